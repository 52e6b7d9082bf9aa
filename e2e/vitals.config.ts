// How pages feel on a slow device, measured in the browser; no part of the tests, since nothing timed is a test.
// SHENDU_BENCH_OUT is the folder of the measurements, SHENDU_VITALS_ROUNDS how often each is made.
import { defineConfig } from '@playwright/test';
import tests from './playwright.config';

export default defineConfig({ ...tests, testDir: 'vitals', workers: 1, retries: 0, timeout: 900_000 });
