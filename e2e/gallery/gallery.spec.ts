// Every component in every state, light and dark, in both languages: no fault by axe, and looking as it did.
import { faults } from '../fixtures/axe';
import { test, expect } from '../fixtures/test';

for (const lang of ['zh-CN', 'en']) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test(`the components, ${colorScheme}, ${lang}`, async ({ page }) => {
      test.setTimeout(240_000);
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await page.goto('/sign-in');
      await page.evaluate((chosen) => localStorage.setItem('shendu.lang', chosen), lang);
      await page.goto('/__ui');
      const parts = page.locator('section[data-part]');
      await expect(parts.first()).toBeVisible();
      expect.soft(await faults(page)).toEqual([]);
      const ids = await parts.evaluateAll((all) => all.map((part) => part.getAttribute('data-part') ?? ''));
      expect(ids.length).toBeGreaterThan(12);
      for (const width of [1360, 768, 390]) {
        await page.setViewportSize({ width, height: 900 });
        for (const id of ids) {
          await expect.soft(page.locator(`section[data-part="${id}"]`)).toHaveScreenshot(`${id}-${width}-${colorScheme}-${lang}.png`);
        }
      }
    });
  }
}
