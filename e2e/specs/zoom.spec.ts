// 200 % zoom and 320 px: no page scrolls sideways, and nothing that is said is cut off (WCAG 1.4.4, 1.4.10).
import type { Page } from '@playwright/test';
import { test, expect } from '../fixtures/test';
import { enrol, enterByInvitation } from '../fixtures/people';
import { someFamily } from '../fixtures/families';

/** What is wrong with the page as it stands, a sentence each. */
async function losses(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const wrong: string[] = [];
    const root = document.documentElement;
    if (root.scrollWidth > root.clientWidth) wrong.push(`the page is ${root.scrollWidth} wide in ${root.clientWidth}`);
    const name = (element: Element): string => `${element.tagName.toLowerCase()}.${element.className}`;
    for (const element of document.querySelectorAll<HTMLElement>('#app *')) {
      const style = getComputedStyle(element);
      const box = element.getBoundingClientRect();
      if (box.width < 2 || box.height < 2 || style.visibility === 'hidden') continue;
      // A region that scrolls by itself and can be reached by the keyboard loses nothing.
      if (element.closest('.scroll, .tabs, dialog, [popover]')) continue;
      // What only a screen reader is told.
      let spoken: HTMLElement | null = element;
      while (spoken && !getComputedStyle(spoken).clipPath.startsWith('inset(50%')) spoken = spoken.parentElement;
      if (spoken) continue;
      const own = [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim());
      if (own && (box.right > root.clientWidth + 1 || box.left < -1)) wrong.push(`${name(element)} stands out of the page: ${element.textContent?.length}`);
      const cut = style.overflowX === 'hidden' || style.overflowX === 'clip';
      if (own && cut && element.scrollWidth > element.clientWidth + 1) wrong.push(`${name(element)} is cut`);
      const low = style.overflowY === 'hidden' || style.overflowY === 'clip';
      if (own && low && element.scrollHeight > element.clientHeight + parseFloat(style.fontSize) / 2) wrong.push(`${name(element)} is cut below`);
    }
    return wrong;
  });
}

async function holds(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await expect(page.locator('h1').first()).toBeVisible();
  await expect(page.locator('.skeleton')).toHaveCount(0);
  await page.waitForLoadState('networkidle');
  for (const lang of ['zh-CN', 'en']) {
    await page.evaluate((chosen) => localStorage.setItem('shendu.lang', chosen), lang);
    await page.reload();
    await expect(page.locator('h1').first()).toBeVisible();
    await page.waitForLoadState('networkidle');
    // 320 px is 1280 at 400 %; 680 px is the desk's 1360 at 200 %.
    for (const [width, height] of [[320, 640], [680, 450]] as const) {
      await page.setViewportSize({ width, height });
      expect.soft(await losses(page), `${path}, ${width} px, ${lang}`).toEqual([]);
    }
    await page.setViewportSize({ width: 1360, height: 900 });
  }
  await page.evaluate(() => localStorage.removeItem('shendu.lang'));
}

test('list, card and class', async ({ page, school }) => {
  test.setTimeout(180_000);
  await enrol(page, school, 'consultant');
  const { card } = await someFamily(page);
  await holds(page, '/families');
  await holds(page, `/families/${card.id}`);
  await holds(page, '/classes');
  const classes = await page.evaluate(async () => (await (await fetch('/api/classes')).json()) as { items: { id: string; pupils: number }[] });
  await holds(page, `/classes/${classes.items.find((one) => one.pupils > 0)?.id}`);
});

test('portal', async ({ page, school }) => {
  const link = await school.invite({ role: 'guardian' });
  await enterByInvitation(page, school, link.url);
  await holds(page, '/portal');
  const { children } = await page.evaluate(async () => (await (await fetch('/api/portal/children')).json()) as { children: { id: string }[] });
  for (const part of ['', '/held', '/me']) await holds(page, `/portal/children/${children[0]?.id}${part}`);
});
