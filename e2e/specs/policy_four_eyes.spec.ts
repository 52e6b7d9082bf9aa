// The matrix by two people: what widens is proposed, and holds when another person has confirmed it, now or from its moment.
import { faults } from '../fixtures/axe';
import type { Page } from '@playwright/test';
import { ask, enrol } from '../fixtures/people';
import { expect, test } from '../fixtures/test';

async function clean(page: Page, what: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    expect(await faults(page), `${what}, ${colorScheme}`).toEqual([]);
  }
}

const PHONE = /^家长 · 手机，教师：/;
const TITLE = '等待生效的改动';

/** Puts a guardian's phone for teachers into the draft, one form up, and opens what it would do. */
async function widen(page: Page, form = '2'): Promise<void> {
  await page.goto('/admin/policy');
  const cell = page.getByRole('button', { name: PHONE });
  await cell.focus();
  await page.keyboard.press(form);
  await page.getByRole('button', { name: '看影响再保存' }).click();
}

const card = (page: Page) => page.getByRole('region', { name: TITLE });

interface Matrix {
  version: number;
  cells: { role: string; field: string; cell: { exposure: string } }[];
}
async function phone(page: Page): Promise<string | undefined> {
  const { body } = await ask<Matrix>(page, '/api/policy');
  return body.cells.find((cell) => cell.role === 'teacher' && cell.field === 'guardian.phone')?.cell.exposure;
}

test('one proposes, another declines, then confirms; nobody does it alone', async ({ page, school, newDevice }) => {
  test.setTimeout(180_000);
  const officer = await enrol(page, school, 'privacy_officer');
  const before = (await school.outbox()).length;
  await widen(page);
  const dialog = page.getByRole('dialog', { name: '这一改，谁多看到，谁少看到' });
  await expect(dialog.getByText(/要由另一人确认后才生效：.*孟校长/)).toBeVisible();
  await expect(dialog.getByRole('button', { name: /^保存/ })).toHaveCount(0);
  await dialog.getByRole('button', { name: '提交确认' }).click();
  await expect(dialog.locator('#words-error')).toHaveText('请填写');
  await dialog.getByLabel('理由').fill('接送时要联系，已问过 10012345678');
  await clean(page, 'proposing');
  await dialog.getByRole('button', { name: '提交确认' }).click();
  await expect(dialog).toBeHidden();
  await expect(card(page)).toContainText(officer.name);
  await expect(card(page)).toContainText('接送时要联系');
  await expect(card(page)).not.toContainText('10012345678');
  await expect(card(page).getByRole('button', { name: '用通行密钥确认' })).toHaveCount(0);
  await clean(page, 'waiting');
  expect(await phone(page)).toBe('withheld');

  const letter = (await school.outbox())[before];
  expect(letter?.to).toBe('meng@example.com');
  expect(letter?.text).not.toContain('接送');

  const { page: second } = await newDevice();
  const principal = await enrol(second, school, 'principal');
  await second.goto('/admin/policy');
  await expect(card(second)).toContainText(/教师 · \d+ 人/);
  await expect(card(second).getByRole('button', { name: '撤回' })).toHaveCount(0);
  await clean(second, 'deciding');
  await card(second).getByRole('button', { name: '否决' }).click();
  const why = second.getByRole('dialog', { name: '否决这项改动' });
  await why.getByLabel('为什么不同意').fill('请走启封');
  await clean(second, 'declining');
  await why.getByRole('button', { name: '否决' }).click();
  await expect(card(second)).toHaveCount(0);
  await expect(second.getByText(`${officer.name} 提出的改动被 ${principal.name} 否决：请走启封`)).toBeVisible();

  await widen(page);
  await dialog.getByLabel('理由').fill('与校长商量过');
  await dialog.getByRole('button', { name: '提交确认' }).click();
  await expect(dialog).toBeHidden();
  await second.reload();
  await card(second).getByRole('button', { name: '用通行密钥确认' }).click();
  await expect(second.getByText('第 2 版已生效').first()).toBeVisible();
  await expect(card(second)).toHaveCount(0);
  await expect(second.getByRole('button', { name: /^家长 · 手机，教师：掩/ })).toBeVisible();
  expect(await phone(page)).toBe('masked');
  await page.goto('/admin/policy/history');
  await expect(page.locator('.versions > li').first()).toContainText(`${officer.name} · ${principal.name}`);
});

test('a way back that widens is proposed for a moment, and either of the two calls it off', async ({ page, school, newDevice }) => {
  test.setTimeout(180_000);
  await enrol(page, school, 'privacy_officer');
  await page.goto('/admin/policy');
  const cell = page.getByRole('button', { name: /^学员 · 姓名，教师：/ });
  await cell.focus();
  await page.keyboard.press('3');
  await page.getByRole('button', { name: '看影响再保存' }).click();
  await page.getByRole('dialog').getByRole('button', { name: '保存 1 处改动' }).click();
  await expect(page.getByText(/版已生效/).first()).toBeVisible();
  await page.goto('/admin/policy/history');
  await page.locator('.versions > li').nth(1).getByRole('button', { name: '回到这一版' }).click();
  const back = page.getByRole('dialog', { name: /^回到第 \d+ 版$/ });
  await back.getByLabel('理由').fill('下周起恢复');
  // The school's time, whatever the browser's: tomorrow at eight in Beijing.
  const day = new Date(Date.now() + 32 * 3_600_000).toISOString().slice(0, 10);
  await back.getByLabel(/生效时间/).fill(`${day}T08:00`);
  await back.getByRole('button', { name: '提交确认' }).click();
  await expect(back).toBeHidden();

  const { page: second } = await newDevice({ timezoneId: 'America/New_York' });
  await enrol(second, school, 'principal');
  await second.goto('/admin/policy');
  await expect(card(second)).toContainText(`${day} 08:00（北京时间）`);
  await card(second).getByRole('button', { name: '用通行密钥确认' }).click();
  await expect(second.getByText(`已确认，${day} 08:00（北京时间）生效。`)).toBeVisible();
  await expect(card(second)).toContainText('自动生效');
  await clean(second, 'confirmed');

  // One at a time.
  await widen(page, '1');
  const dialog = page.getByRole('dialog', { name: '这一改，谁多看到，谁少看到' });
  await expect(dialog.getByText('还有一项改动没有生效')).toBeVisible();
  await expect(dialog.getByRole('button', { name: '提交确认' })).toBeDisabled();
  await page.keyboard.press('Escape');
  await card(second).getByRole('button', { name: '取消这项改动' }).click();
  await expect(card(second)).toHaveCount(0);
});
