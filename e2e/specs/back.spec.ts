// Back to the list, in a browser that keeps pages whole, as people's browsers do; the other tests run without that.
import { chromium } from '@playwright/test';
import { test, expect } from '../fixtures/test';
import { enrol } from '../fixtures/people';
import { Authenticator } from '../fixtures/test';
import { browser } from '../playwright.config';

test('Back finds the list as it was left, and only for whoever left it', async ({ school }) => {
  const kept = await chromium.launch({ ...browser, ignoreDefaultArgs: ['--disable-back-forward-cache'] });
  try {
    const page = await kept.newPage({ baseURL: school.origin, locale: 'zh-CN', viewport: { width: 1360, height: 900 } });
    await Authenticator.of(page);
    await enrol(page, school, 'principal');
    await page.goto('/families');
    await expect(page.locator('tr[data-family]')).toHaveCount(20);
    await page.locator('.pager button').click();
    await expect.poll(() => page.locator('tr[data-family]').count()).toBeGreaterThan(20);
    const count = await page.locator('tr[data-family]').count();
    const link = page.locator('tr[data-family]').nth(18).locator('th a');
    await link.scrollIntoViewIfNeeded();
    const scrolled = await page.evaluate(() => scrollY);
    expect(scrolled).toBeGreaterThan(100);
    await page.evaluate(() => Object.assign(window, { same: true }));
    await link.click();
    await expect(page).toHaveURL(/\/families\/[0-9a-f-]{36}$/);
    await expect(page.locator('.facts').first()).toBeVisible();
    await page.evaluate(() => history.back());
    await expect(page).toHaveURL(/\/families$/);
    await expect.poll(() => page.evaluate(() => (window as { same?: boolean }).same)).toBe(true);
    await expect(page.locator('tr[data-family]').first()).toBeVisible();
    await expect.poll(() => page.evaluate(() => scrollY)).toBe(scrolled);
    expect(await page.locator('tr[data-family]').count()).toBeGreaterThan(0);
    expect(count).toBeGreaterThan(20);

    // Once the session is over the kept page shows nothing and gives way to the sign-in.
    await page.locator('tr[data-family]').first().locator('th a').click();
    await expect(page.locator('.facts').first()).toBeVisible();
    await page.evaluate(async () => {
      await fetch('/api/sign-out', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' });
    });
    await page.evaluate(() => history.back());
    await expect(page).toHaveURL(/sign-in/);
    await expect(page.locator('tr[data-family]')).toHaveCount(0);
  } finally {
    await kept.close();
  }
});
