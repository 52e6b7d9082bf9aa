// The three main jobs with the keyboard alone: nothing here presses a mouse button or touches the screen.
import type { Locator, Page } from '@playwright/test';
import { test, expect } from '../fixtures/test';
import { enrol, enterByInvitation } from '../fixtures/people';
import { someFamily } from '../fixtures/families';

/** Goes on by Tab, or back by Shift+Tab, until an element has the focus; whoever needs more steps is lost. */
async function tabTo(page: Page, to: Locator, key = 'Tab', most = 120): Promise<void> {
  await expect(to).toBeVisible();
  for (let steps = 0; steps < most; steps += 1) {
    if (await to.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press(key);
  }
  throw new Error(`not reached by ${most} steps of ${key}: ${String(to)}`);
}

/** A way in is no part of the job; from here on a press of the mouse is a fault of the test. */
async function withoutMouse(page: Page): Promise<void> {
  await page.evaluate(() => {
    addEventListener('pointerdown', () => console.error('a mouse was used'), true);
  });
}

test('a consultant finds a family, opens its card, opens the number and writes a note', async ({ page, school }) => {
  await enrol(page, school, 'consultant');
  const { card, guardian } = await someFamily(page);
  await page.goto('/families');
  await expect(page.locator('tr[data-family]').first()).toBeVisible();
  await withoutMouse(page);
  // Down the list by J until it is there, and in by Enter.
  for (let steps = 0; steps < 30; steps += 1) {
    await page.keyboard.press('j');
    if ((await page.evaluate(() => document.activeElement?.getAttribute('data-family'))) === card.id) break;
  }
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(`/families/${card.id}`);
  await expect(page.locator('#app h1')).toBeVisible();

  const part = page.locator(`section[aria-labelledby="guardian-${guardian.id}-title"]`);
  await tabTo(page, part.getByRole('button', { name: '启封 手机', exact: true }));
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: '启封 手机' });
  await expect(dialog).toBeVisible();
  await tabTo(page, dialog.getByRole('button', { name: '启封', exact: true }), 'Tab', 20);
  await page.keyboard.press('Enter');
  await expect(part.locator('.field--revealed .field__text')).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(part.getByRole('button', { name: '复封 手机', exact: true })).toBeFocused();
  await page.keyboard.press('Space');
  await expect(part.getByRole('button', { name: '启封 手机', exact: true })).toBeFocused();

  await page.keyboard.press('n');
  await expect(page.locator('[id="body"]')).toBeFocused();
  await page.keyboard.type('约好周六试听');
  await tabTo(page, page.getByRole('button', { name: '记下', exact: true }), 'Tab', 12);
  await page.keyboard.press('Enter');
  await expect(page.locator('.log__item--note').first()).toContainText('约好周六试听');
});

test('a privacy officer changes a cell of the matrix and saves', async ({ page, school }) => {
  await enrol(page, school, 'privacy_officer');
  const cell = page.getByRole('button', { name: /^家长 · 微信号，课程顾问：/ });
  await expect(cell).toContainText('掩');
  await withoutMouse(page);
  // The matrix is one stop of Tab; within it the arrows go from cell to cell.
  await tabTo(page, page.locator('[role="grid"] button[tabindex="0"]').first(), 'Tab', 40);
  const name = (): Promise<string> => page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? '');
  for (let steps = 0; steps < 40 && !(await name()).startsWith('家长 · 微信号，'); steps += 1) await page.keyboard.press('ArrowDown');
  for (let steps = 0; steps < 12 && !(await name()).includes('，课程顾问：'); steps += 1) await page.keyboard.press('ArrowLeft');
  await expect(cell).toBeFocused();
  await page.keyboard.press('3');
  await expect(cell).toContainText('隐');
  await tabTo(page, page.getByRole('button', { name: '看影响再保存' }), 'Tab', 600);
  await page.keyboard.press('Enter');
  const save = page.getByRole('dialog').getByRole('button', { name: /^保存 1 处改动$/ });
  await expect(save).toBeVisible();
  await tabTo(page, save, 'Tab', 30);
  await page.keyboard.press('Enter');
  await expect(page.getByText(/第 \d+ 版已生效/).first()).toBeVisible();
});

test('a guardian goes from the children to who has looked, and to what the school keeps', async ({ page, school }) => {
  const link = await school.invite({ role: 'guardian' });
  await enterByInvitation(page, school, link.url);
  await page.goto('/portal');
  const child = page.locator('a[href^="/portal/children/"]').first();
  await expect(child).toBeVisible();
  await withoutMouse(page);
  await tabTo(page, child, 'Tab', 20);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/portal\/children\//);
  await expect(page.locator('#app h1')).toBeFocused();
  await expect(page.locator('.log__item').first()).toBeVisible();
  await tabTo(page, page.getByRole('link', { name: '学校记着' }), 'Tab', 20);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: '学校记着什么' })).toBeVisible();
});
