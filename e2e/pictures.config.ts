// Pictures of every page, for people to look at; no part of the tests. SHENDU_SHOTS is the folder.
import { defineConfig } from '@playwright/test';
import tests from './playwright.config';

export default defineConfig({ ...tests, testDir: 'pictures', workers: 1, timeout: 600_000 });
