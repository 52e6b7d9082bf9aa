// Lighthouse over the pages that everybody meets first; apart from the tests until the list on a phone has its hundred.
import { defineConfig } from '@playwright/test';
import tests from './playwright.config';

export default defineConfig({ ...tests, testDir: 'lighthouse', workers: 1, retries: 0, timeout: 240_000 });
