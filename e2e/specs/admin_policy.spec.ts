// The privacy officer: a cell changed and saved by the keyboard alone, what is refused, history and the way back, the pages beside.
import { readFile } from 'node:fs/promises';
import { faults } from '../fixtures/axe';
import type { Page } from '@playwright/test';
import { enrol } from '../fixtures/people';
import { expect, test } from '../fixtures/test';

async function clean(page: Page, what: string): Promise<void> {
  for (const scheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: scheme });
    expect(await faults(page), `${what}, ${scheme}`).toEqual([]);
  }
}

const cell = (page: Page, name: RegExp) => page.getByRole('button', { name });

/** Presses Tab until the focus is on something with this name. */
async function tabTo(page: Page, name: RegExp): Promise<void> {
  for (let presses = 0; presses < 60; presses += 1) {
    const here = await page.evaluate(() => {
      const one = document.activeElement;
      return one?.getAttribute('aria-label') ?? one?.textContent ?? '';
    });
    if (name.test(here.trim())) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`the Tab key does not reach ${name}`);
}

test('a cell is changed and saved without a mouse', async ({ page, school }) => {
  await enrol(page, school, 'privacy_officer');
  await page.goto('/admin/policy');
  await expect(page.getByRole('grid')).toBeVisible();
  await tabTo(page, /^学员 · 姓名，课程顾问：/);
  await page.keyboard.press('End');
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowDown');
  await expect(cell(page, /^学员 · 出生日期，教师：/)).toBeFocused();
  await page.keyboard.press('Space');
  await expect(cell(page, /^学员 · 出生日期，教师：明/)).toBeFocused();
  await page.keyboard.press('Control+z');
  await expect(cell(page, /^学员 · 出生日期，教师：掩/)).toBeFocused();
  await page.keyboard.press('3');
  await expect(cell(page, /^学员 · 出生日期，教师：隐.*已改/)).toBeFocused();
  await tabTo(page, /^看影响再保存$/);
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: '这一改，谁多看到，谁少看到' });
  await expect(dialog.getByText(/^教师 · \d+ 人$/)).toBeVisible();
  await clean(page, 'impact');
  await tabTo(page, /^保存 1 处改动$/);
  await page.keyboard.press('Enter');
  await expect(page.getByText('第 2 版已生效').first()).toBeVisible();
});

test('rows and columns are filled in one step, and the joint rule stops a save', async ({ page, school }) => {
  await enrol(page, school, 'privacy_officer');
  await page.goto('/admin/policy');
  await clean(page, 'matrix');
  await cell(page, /^员工 · 手机，校长：/).click();
  await page.getByRole('button', { name: '照此填这一行' }).click();
  await expect(page.getByText(/处改动尚未保存/).first()).toBeVisible();
  await page.getByRole('button', { name: '撤销上一步' }).click();
  await expect(page.getByText(/处改动尚未保存/)).toHaveCount(0);
  await page.getByRole('button', { name: '收起学员' }).click();
  await expect(cell(page, /^学员 · 姓名，课程顾问：/)).toHaveCount(0);
  await page.getByRole('button', { name: '展开学员' }).click();
  await cell(page, /^学员 · 身份证号，教务：/).focus();
  await page.keyboard.press('1');
  await page.getByRole('button', { name: '看影响再保存' }).click();
  const dialog = page.getByRole('dialog', { name: '这一改，谁多看到，谁少看到' });
  await expect(dialog.getByText(/「教务」能同时知道学员的出生日期并打开身份证号/)).toBeVisible();
  await expect(dialog.getByRole('button', { name: '提交确认' })).toBeDisabled();
});

test('history, the way back, comparison, document, view as', async ({ page, school }) => {
  test.setTimeout(120_000);
  await enrol(page, school, 'privacy_officer');
  await page.goto('/admin/policy');
  await page.getByRole('link', { name: '比较角色' }).click();
  await page.getByLabel('右').selectOption({ label: '教师' });
  await expect(page).toHaveURL(/right=teacher/);
  await clean(page, 'compare');
  await page.getByRole('link', { name: '把「教师」的格子抄给「课程顾问」' }).click();
  await expect(page.getByText(/处改动尚未保存/).first()).toBeVisible();
  await page.getByRole('button', { name: '看影响再保存' }).click();
  // Somebody gains by it, so it would have to be proposed.
  await expect(page.getByRole('dialog').getByRole('button', { name: '提交确认' })).toBeVisible();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: '放弃' }).click();
  await cell(page, /^学员 · 就读学校，课程顾问：/).focus();
  await page.keyboard.press('3');
  await page.getByRole('button', { name: '看影响再保存' }).click();
  await page.getByRole('dialog').getByRole('button', { name: /^保存/ }).click();
  await expect(page.getByText(/版已生效/).first()).toBeVisible();

  await page.goto('/admin/policy/history');
  await expect(page.getByText('现行', { exact: true })).toBeVisible();
  await clean(page, 'history');
  await page.getByRole('button', { name: '确认现行版' }).click();
  await expect(page.getByText('已确认现行一版').first()).toBeVisible();
  const before = await page.locator('.versions > li').count();
  await page.locator('.versions > li').last().getByRole('button', { name: '回到这一版' }).click();
  const back = page.getByRole('dialog', { name: '回到第 1 版' });
  await back.getByLabel('理由').fill('照旧');
  await back.getByRole('button', { name: '提交确认' }).click();
  await expect(page.getByText('已提交，等另一人确认').first()).toBeVisible();
  await expect(page.locator('.versions > li')).toHaveCount(before);

  await page.goto('/admin/policy/document');
  await expect(page.getByRole('heading', { name: '审计员' })).toBeVisible();
  await clean(page, 'document');
  for (const kind of ['CSV', 'Markdown']) {
    const coming = page.waitForEvent('download');
    await page.getByRole('button', { name: kind }).click();
    const file = await coming;
    expect(file.suggestedFilename()).toMatch(/^field-rules-v\d+-.+\.(csv|md)$/);
    const text = await readFile(await file.path(), 'utf8');
    expect(text).toMatch(/第 \d+ 版，\d{4}-\d\d-\d\d \d\d:\d\d（北京时间）起生效/);
    // The registrar sees birth dates, by the version in force.
    const row = text.split(/\r?\n/).find((line) => line.includes('教务') && line.includes('学员 · 出生日期'));
    expect(row).toContain('明');
    expect(row).toContain('本校区');
  }
});
