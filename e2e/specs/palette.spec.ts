// The command palette and what stands around every page of the staff: go, find, act; keys; the network gone.
import type { Page } from '@playwright/test';
import { faults } from '../fixtures/axe';
import { openPalette, palette } from '../fixtures/palette';
import { test, expect } from '../fixtures/test';
import { enrol } from '../fixtures/people';
import { makeFamily } from '../fixtures/families';

function searches(page: Page): string[] {
  const seen: string[] = [];
  page.on('request', (request) => {
    if (request.url().endsWith('/api/families/search')) seen.push(request.url());
  });
  return seen;
}

async function compose(page: Page, letters: string): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('Input.imeSetComposition', { text: letters, selectionStart: letters.length, selectionEnd: letters.length });
  await session.detach();
}

test('pages by duty, recent first; actions; nothing of another surface', async ({ page, school }) => {
  await enrol(page, school, 'principal');
  await openPalette(page);
  const options = page.getByRole('listbox').getByRole('option');
  await expect(options.filter({ hasText: '字段权限' })).toBeVisible();
  await expect(options.filter({ hasText: '员工' })).toHaveCount(0);
  await page.keyboard.type('zdqx');
  await expect(options.first()).toHaveText(/字段权限/);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/admin\/policy$/);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await openPalette(page);
  await page.keyboard.type('切换');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await openPalette(page);
  await expect(options.first()).toContainText('Language');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('combobox', { name: 'Go, find, act' })).toBeHidden();
});

test('a family is searched for on Enter alone, and not by the Enter that confirms a word', async ({ page, school }) => {
  await enrol(page, school, 'consultant');
  const family = await makeFamily(page, '钟鸣远', '钟子期', '10300000091');
  await page.goto('/families');
  await expect(page.locator('tr[data-family]').first()).toBeVisible();
  const seen = searches(page);
  await openPalette(page);
  await compose(page, 'zhong');
  await page.keyboard.press('Enter');
  expect(seen).toEqual([]);
  await page.keyboard.insertText('钟鸣');
  await expect(palette(page)).toHaveValue('钟鸣');
  expect(seen).toEqual([]);
  await page.keyboard.press('Enter');
  await expect(page.getByText('查找已记入访问簿')).toBeVisible();
  expect(seen).toHaveLength(1);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(new RegExp(`/families/${family.id}$`));
  expect(await page.evaluate(() => location.href)).not.toContain('钟');
  // What was typed is gone when it is opened again.
  await openPalette(page);
  await expect(palette(page)).toHaveValue('');
});

test('the keys of a page, and the palette, have no fault by axe', async ({ page, school }) => {
  await enrol(page, school, 'consultant');
  await page.goto('/families');
  await expect(page.locator('tr[data-family]').first()).toBeVisible();
  const check = async (): Promise<void> => {
    expect(await faults(page)).toEqual([]);
  };
  for (const scheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: scheme });
    await page.keyboard.press('?');
    const keys = page.getByRole('dialog', { name: '快捷键' });
    await expect(keys).toContainText('选中');
    await check();
    await page.keyboard.press('Escape');
    await expect(keys).toBeHidden();
    await openPalette(page);
    await check();
    await page.keyboard.press('Escape');
    await expect(palette(page)).toBeHidden();
  }
});

test('without a network the page says what still works, until it is back', async ({ page, school, device }) => {
  await enrol(page, school, 'consultant');
  await page.goto('/families');
  await expect(page.locator('tr[data-family]').first()).toBeVisible();
  await device.context.setOffline(true);
  await expect(page.getByText('网络断开了')).toBeVisible();
  await expect(page.locator('tr[data-family]').first()).toBeVisible();
  await device.context.setOffline(false);
  await expect(page.getByText('网络断开了')).toHaveCount(0);
});
