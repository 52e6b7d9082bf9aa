// Lighthouse over the pages that everybody meets first; a part of the tests.
import { defineConfig } from '@playwright/test';
import tests from './playwright.config';

export default defineConfig({ ...tests, testDir: 'lighthouse', workers: 1, retries: 0, timeout: 240_000 });
