// The gallery of the components and the main pages, beside their pictures of the last time. Pictures depend on the fonts of a machine, so they are
// kept on it and not in the tree: the first run makes them, a later one fails where more than a hundred pixels have changed.
import { existsSync } from 'node:fs';
import { defineConfig } from '@playwright/test';
import tests from './playwright.config';

const kept = process.env.SHENDU_PICTURES ?? '/tmp/shendu-gallery';

export default defineConfig({
  ...tests,
  testDir: 'gallery',
  workers: 1,
  retries: 0,
  updateSnapshots: existsSync(kept) ? 'none' : 'all',
  snapshotPathTemplate: `${kept}/{arg}{ext}`,
  expect: { ...tests.expect, toHaveScreenshot: { maxDiffPixels: 100, animations: 'disabled' } },
});
