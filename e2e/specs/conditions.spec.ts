// A role that counts in full at some hours alone: set by the officer, told to whoever is narrowed, said wherever the matrix is.
import { look } from '../fixtures/axe';
import { someFamily } from '../fixtures/families';
import { openPalette } from '../fixtures/palette';
import { ask, enrol } from '../fixtures/people';
import { shots } from '../fixtures/shots';
import { expect, test } from '../fixtures/test';

const DAYS = ['周日', '周一', '周二', '周三', '周四', '周五', '周六'];

/** A day of the school's week that is neither today nor beside it. */
function another(): string {
  const today = new Date(Date.now() + 8 * 3_600_000).getUTCDay();
  return DAYS[(today + 3) % 7] ?? '';
}

interface Named {
  students: { name: { state: string } }[];
}

test('the officer narrows a role to some hours, and whoever has it is told', async ({ page, school, newDevice }) => {
  test.setTimeout(240_000);
  const colleague = await newDevice();
  const me = await enrol(colleague.page, school, 'registrar');
  const { card } = await someFamily(colleague.page);
  const form = async () => (await ask<Named>(colleague.page, `/api/families/${card.id}`)).body.students[0]?.name.state;
  expect(await form()).toBe('clear');
  await expect(colleague.page.getByText('至多看到遮罩')).toHaveCount(0);
  const note = { body: '约好再联系', next_contact: new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10) };
  expect((await ask(colleague.page, `/api/families/${card.id}/notes`, note)).status).toBe(201);
  await colleague.page.goto('/today');
  await expect(colleague.page.getByRole('button', { name: '记一笔' }).first()).toBeVisible();

  await enrol(page, school, 'privacy_officer');
  await page.goto('/admin/policy');
  // Offices, guardians and emergencies take none.
  await expect(page.getByRole('button', { name: /何时完整可见：/ })).toHaveCount(5);
  const button = page.getByRole('button', { name: /^教务何时完整可见：/ });
  await expect(button).toHaveText('随时');
  await button.focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: '教务何时完整可见' });
  await expect(dialog).toBeVisible();
  await look(page, 'no condition yet');

  // What is wrong is said where it stands, and nothing is taken over.
  const take = dialog.getByRole('button', { name: '放进草稿' });
  const networks = dialog.getByLabel('从哪些网络');
  await networks.fill('203.0.113.9/24\n\n校内\n0.0.0.0/0');
  await dialog.getByLabel(another()).check();
  await dialog.getByLabel('从', { exact: true }).fill('17:00');
  await dialog.getByLabel('到', { exact: true }).fill('09:00');
  await take.click();
  await expect(dialog.getByText('第 3 行不是网络：校内')).toBeVisible();
  await expect(dialog.getByText('第 4 行包含所有地址，等于没有限制。')).toBeVisible();
  await expect(dialog.getByText('结束须晚于开始。')).toBeVisible();
  await expect(networks).toHaveAttribute('aria-invalid', 'true');
  await look(page, 'wrong lines');
  await shots(page, 'conditions-dialog');
  await networks.fill('203.0.113.9/24');
  await dialog.getByLabel('从', { exact: true }).fill('09:00');
  await dialog.getByLabel('到', { exact: true }).fill('00:00');
  await take.click();
  await expect(dialog).toBeHidden();
  const said = `${another()} 9:00–24:00 · 自网络 203.0.113.0/24`;
  await expect(button).toHaveText(said);
  await expect(button).toBeFocused();
  await look(page, 'a condition in the draft');
  await shots(page, 'conditions-draft');

  // It narrows, so that one person is enough.
  await page.getByRole('button', { name: '看影响再保存' }).click();
  const impact = page.getByRole('dialog', { name: '这一改，谁多看到，谁少看到' });
  await expect(impact.getByText(`何时完整可见 随时 → ${said}`)).toBeVisible();
  await expect(impact.getByText('减', { exact: true })).toBeVisible();
  await look(page, 'what it does');
  await impact.getByRole('button', { name: /^保存/ }).click();
  await expect(page.getByText(/第 2 版已生效/)).toBeVisible();
  expect(await form()).toBe('masked');

  await colleague.page.goto('/');
  await expect(colleague.page.getByText(/以教务的身份至多看到遮罩/)).toBeVisible();
  await look(colleague.page, 'told on today');
  await shots(colleague.page, 'conditions-told');
  // What the server refuses now is not offered: on this page, in the palette, in the list, on the card.
  await expect(colleague.page.locator('.waits__item').first()).toBeVisible();
  await expect(colleague.page.getByRole('button', { name: '记一笔' })).toHaveCount(0);
  await openPalette(colleague.page);
  await expect(colleague.page.getByRole('option', { name: '家庭', exact: false }).first()).toBeVisible();
  await expect(colleague.page.getByRole('option', { name: '新建家庭' })).toHaveCount(0);
  await colleague.page.keyboard.press('Escape');
  await colleague.page.goto('/families');
  await expect(colleague.page.getByRole('row').nth(1)).toBeVisible();
  await expect(colleague.page.getByRole('link', { name: /^新建家庭/ })).toHaveCount(0);
  await colleague.page.goto(`/families/${card.id}`);
  await expect(colleague.page.getByRole('heading', { name: '经过' }).first()).toBeVisible();
  for (const name of ['记一笔', '添加学员', '添加家长', '记下']) {
    await expect(colleague.page.getByRole('button', { name })).toHaveCount(0);
  }
  await look(colleague.page, 'a card that is only read');
  await colleague.page.goto('/');
  await colleague.page.getByRole('button', { name: 'English' }).click();
  await expect(colleague.page.getByText(/you see masks at most/)).toBeVisible();

  // Said wherever the matrix is.
  await page.goto('/admin/policy/history');
  await page.getByText('1 处改动').click();
  await expect(page.getByText(`何时完整可见 随时 → ${said}`)).toBeVisible();
  await page.goto('/admin/policy/roles?left=registrar&right=consultant');
  await expect(page.getByRole('row', { name: new RegExp(`何时完整可见.*203\\.0\\.113\\.0/24.*随时`) })).toBeVisible();
  await look(page, 'two roles');
  await page.goto('/admin/policy/document');
  await expect(page.getByText(`何时完整可见：${said}`)).toBeVisible();
  await look(page, 'on paper');
  await page.goto(`/admin/policy/view-as?family=${card.id}&field=student.name`);
  const row = page.getByRole('row').filter({ hasText: me.name }).first();
  await expect(row).toContainText(`现在不符合条件（${said}），至多看遮罩`);
  await expect(row).toContainText('掩');
  await look(page, 'who sees it');

  // Looser is another matter.
  await page.goto('/admin/policy');
  await button.click();
  await dialog.getByRole('button', { name: '改为随时' }).click();
  await expect(button).toHaveText('随时');
  await page.getByRole('button', { name: '看影响再保存' }).click();
  await expect(impact.getByText('增', { exact: true })).toBeVisible();
  await expect(impact.getByRole('button', { name: '提交确认' })).toBeVisible();
  await expect(impact.getByRole('button', { name: /^保存/ })).toHaveCount(0);
});

test('in English and by whoever only reads', async ({ page, school }) => {
  await enrol(page, school, 'principal');
  await page.goto('/admin/policy');
  await expect(page.getByRole('columnheader', { name: '何时完整可见' })).toBeVisible();
  await expect(page.getByRole('button', { name: /何时完整可见：/ })).toHaveCount(0);
  await page.getByRole('button', { name: 'English' }).click();
  await expect(page.getByRole('columnheader', { name: 'In full when' })).toBeVisible();
  await look(page, 'read only');
});
