// A long list of families: drawn in slices, and still one table with nothing lost in it.
import type { Page } from '@playwright/test';
import { test, expect } from '../fixtures/test';
import { enrol } from '../fixtures/people';

test.use({ students: 300 });

const MOBILE = /(?<![0-9A-Za-z_-])1\d{10}(?![0-9A-Za-z_-])/;
/** What the list shows at first, and what each press adds. */
const FIRST = 20;
const PAGE = 50;

async function openList(page: Page): Promise<void> {
  await page.goto('/families');
  await expect(page.locator('tr[data-family]')).toHaveCount(FIRST);
}

async function more(page: Page): Promise<void> {
  await page.getByRole('button', { name: '更多' }).last().click();
}

async function families(page: Page): Promise<string[]> {
  return page.locator('tr[data-family]').evaluateAll((rows) => rows.map((row) => row.getAttribute('data-family') ?? ''));
}

test('J and K go through the rows from group to group, and more rows leave the focus alone', async ({ page, school }) => {
  await enrol(page, school, 'principal');
  await openList(page);
  const all = await families(page);
  const focused = (): Promise<string | null | undefined> => page.evaluate(() => document.activeElement?.getAttribute('data-family'));
  for (const family of all.slice(0, 20)) {
    await page.keyboard.press('j');
    expect(await focused()).toBe(family);
  }
  for (const family of all.slice(8, 19).reverse()) {
    await page.keyboard.press('k');
    expect(await focused()).toBe(family);
  }
  await expect(page.locator(`tr[data-family="${all[8]}"]`)).toBeInViewport();
  // Asked for without a press, which would take the focus.
  await page.evaluate(() => document.querySelector<HTMLButtonElement>('.pager button')?.click());
  await expect(page.locator('tr[data-family]')).toHaveCount(FIRST + PAGE);
  expect(await focused()).toBe(all[8]);
  expect((await families(page)).slice(0, FIRST)).toEqual(all);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(new RegExp(`/families/${all[8]}$`));
});

test('what is open stays open while more rows come, and is closed when the list is asked for anew', async ({ page, school }) => {
  await enrol(page, school, 'principal');
  await openList(page);
  const row = page.locator('tr[data-family]').filter({ has: page.locator('button.seal') }).first();
  await row.locator('button.seal').click();
  await page.getByRole('dialog').getByRole('button', { name: '启封', exact: true }).click();
  const opened = row.locator('.field--revealed .field__text');
  await expect(opened).toHaveText(MOBILE);
  const number = await opened.innerText();
  await more(page);
  await expect(page.locator('tr[data-family]')).toHaveCount(FIRST + PAGE);
  await expect(opened).toHaveText(number);
  await page.getByRole('group', { name: '筛选' }).getByRole('button', { name: '最久未动的在前' }).click();
  await expect(page).toHaveURL(/sort=oldest/);
  await expect(page.locator('.field--revealed')).toHaveCount(0);
  expect(await page.content()).not.toContain(number);
});

test('rows out of sight are in the table for a screen reader and for the search of the browser', async ({ page, school }) => {
  await enrol(page, school, 'principal');
  await openList(page);
  await page.evaluate(() => document.querySelector<HTMLButtonElement>('.pager button')?.click());
  await expect(page.locator('tr[data-family]')).toHaveCount(FIRST + PAGE);
  const last = page.locator('tr[data-family]').last();
  await expect(last).not.toBeInViewport();
  const session = await page.context().newCDPSession(page);
  await session.send('Accessibility.enable');
  const { nodes } = (await session.send('Accessibility.getFullAXTree')) as { nodes: { ignored: boolean; role?: { value: string } }[] };
  const count = (role: string): number => nodes.filter((node) => !node.ignored && node.role?.value === role).length;
  expect(count('table')).toBe(1);
  expect(count('caption')).toBe(1);
  expect(count('columnheader')).toBe(8);
  expect(count('row')).toBe(FIRST + PAGE + 1);
  expect(count('rowheader')).toBe(FIRST + PAGE);
  await last.evaluate((row) => row.querySelector('th a')?.append('末行之末'));
  expect(await page.evaluate(() => (window as unknown as { find(text: string): boolean }).find('末行之末'))).toBe(true);
  await expect(last).toBeInViewport();
});

test('on paper all rows are there, as a table', async ({ page, school }) => {
  await enrol(page, school, 'principal');
  await openList(page);
  // No frame comes any more: what is still to be drawn stays so until the printer asks for it.
  await page.evaluate(() => {
    window.requestAnimationFrame = () => 0;
  });
  const came = page.waitForResponse((answer) => answer.url().includes('/api/families?') && answer.ok());
  await more(page);
  await came;
  await expect(page.locator('.pager').getByRole('status')).toContainText(String(FIRST + PAGE));
  await expect(page.locator('tr[data-family]')).toHaveCount(FIRST);
  await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
  await expect(page.locator('tr[data-family]')).toHaveCount(FIRST + PAGE);
  await page.emulateMedia({ media: 'print' });
  const rows = await page.locator('tr[data-family]').evaluateAll((all) =>
    all.map((row) => ({ display: getComputedStyle(row).display, top: row.getBoundingClientRect().top })),
  );
  expect(new Set(rows.map(({ display }) => display))).toEqual(new Set(['table-row']));
  rows.slice(1).forEach((row, at) => expect(row.top).toBeGreaterThan(rows[at]?.top ?? 0));
});

test('another language reaches every row, at the desk and on a phone', async ({ page, school }) => {
  await enrol(page, school, 'principal');
  await openList(page);
  await page.getByRole('button', { name: 'English' }).click();
  await expect(page.getByRole('columnheader', { name: 'Stage' })).toBeVisible();
  await expect(page.locator('tr[data-family] [data-label="Guardian\'s mobile"]')).toHaveCount(FIRST);
  await page.setViewportSize({ width: 390, height: 844 });
  const card = page.locator('tr[data-family]').first();
  const { width, height } = (await card.boundingBox()) ?? { width: 0, height: 0 };
  expect(width).toBeLessThanOrEqual(390);
  expect(height).toBeGreaterThan(100);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
});
