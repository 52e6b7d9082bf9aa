// The list as a place to work: conditions, saved views, columns, selection, a look beside it, changes in a row, and the way back.
import type { Page } from '@playwright/test';
import { faults } from '../fixtures/axe';
import { test, expect } from '../fixtures/test';
import { ask, enrol } from '../fixtures/people';
import { makeFamily } from '../fixtures/families';

interface Row {
  id: string;
  version: number;
  stage: string;
  owner: { id: string; name: string } | null;
}
interface List {
  items: Row[];
  total: number;
}

const rows = (page: Page) => page.locator('tr[data-family]');
const filters = (page: Page) => page.getByRole('group', { name: '筛选' });
const shown = (page: Page): Promise<string[]> =>
  rows(page).evaluateAll((all) => all.map((row) => row.getAttribute('data-family') ?? ''));

async function expectAsServed(page: Page, query: string): Promise<void> {
  const { body } = await ask<List>(page, `/api/families?${query}&limit=20`);
  await expect.poll(() => shown(page)).toEqual(body.items.map((row) => row.id));
}

async function addFilter(page: Page, by: string, value: string): Promise<void> {
  await filters(page).getByRole('button', { name: '筛选条件' }).click();
  const editor = page.getByRole('dialog', { name: '筛选条件' });
  await editor.getByLabel('按什么').selectOption({ label: by });
  await editor.getByLabel('是什么').selectOption({ label: value });
  await editor.getByRole('button', { name: '加上' }).click();
  await expect(editor).toBeHidden();
}

test('conditions stand in the address, are joined by all or any, and each can be taken away', async ({ page, school }) => {
  await enrol(page, school, 'principal');
  await page.goto('/families');
  await filters(page).getByRole('button', { name: '试听', exact: true }).click();
  await filters(page).getByRole('button', { name: '线索', exact: true }).click();
  await expect(page).toHaveURL(/\?when=stage\.lead\.trial$/);
  await expectAsServed(page, 'when=stage.lead.trial');
  await addFilter(page, '下次联系', '未安排');
  await expect(page).toHaveURL(/\?when=stage\.lead\.trial_next\.none$/);
  await expectAsServed(page, 'when=stage.lead.trial_next.none');
  await filters(page).getByLabel('条件之间').selectOption('any');
  await expect(page).toHaveURL(/&match=any$/);
  await expectAsServed(page, 'when=stage.lead.trial_next.none&match=any');
  await page.goBack();
  await expect(page).not.toHaveURL(/match/);
  await expect(filters(page).getByLabel('条件之间')).toHaveValue('all');
  await filters(page).getByRole('button', { name: '去掉条件：下次联系：未安排' }).click();
  await expect(page).toHaveURL(/\?when=stage\.lead\.trial$/);
  await filters(page).getByRole('button', { name: '清除筛选' }).click();
  await expect(page).toHaveURL(/\/families$/);
  // The address alone says it, for whoever gets it sent.
  await page.goto('/families?when=stage-not.left_unchanged.7&match=any&sort=oldest');
  await expect(filters(page)).toContainText('阶段不是：已离校');
  await expect(filters(page)).toContainText('7 天未动');
  await expectAsServed(page, 'when=stage-not.left_unchanged.7&match=any&sort=oldest');
});

test('a view is saved with its columns, changed, restored, shared by a principal and used by a consultant', async ({ page, school, newDevice }) => {
  await enrol(page, school, 'principal');
  await page.goto('/families?when=stage.lead');
  await page.getByRole('button', { name: '列与疏密' }).click();
  const panel = page.getByRole('dialog', { name: '显示的列' });
  await panel.getByRole('checkbox', { name: '住址' }).uncheck();
  await panel.getByRole('checkbox', { name: '校区' }).check();
  await panel.getByRole('button', { name: '阶段 前移' }).click();
  await panel.getByRole('button', { name: '紧凑' }).click();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('columnheader')).toHaveText(['学员', '家长手机', '阶段', '出生日期', '班级', '顾问', '下次联系', '校区']);
  await page.getByRole('button', { name: '保存视图' }).click();
  const dialog = page.getByRole('dialog', { name: '保存视图' });
  await dialog.getByLabel('名称').fill('全校线索');
  await dialog.getByLabel('全校可用').check();
  await dialog.getByRole('button', { name: '保存', exact: true }).click();
  await expect(page).toHaveURL(/\?view=[0-9a-f-]{36}&when=stage\.lead$/);
  await expect(page.getByText('已改动', { exact: true })).toHaveCount(0);

  await filters(page).getByRole('button', { name: '试听', exact: true }).click();
  await expect(page.getByText('已改动', { exact: true })).toBeVisible();
  await page.getByRole('button', { name: '还原' }).click();
  await expect(page).toHaveURL(/when=stage\.lead$/);
  await expect(page.getByText('已改动', { exact: true })).toHaveCount(0);

  // A shared view is run by whoever opens it, within their own reach, and is locked for them.
  const { page: theirs } = await newDevice();
  await enrol(theirs, school, 'consultant');
  await theirs.goto('/families');
  await expect(rows(theirs).first()).toBeVisible();
  await theirs.getByRole('button', { name: /^视图/ }).click();
  await theirs.getByRole('menuitemradio', { name: /全校线索/ }).click();
  await expect(theirs.getByRole('columnheader')).toHaveText(['学员', '家长手机', '阶段', '出生日期', '班级', '顾问', '下次联系', '校区']);
  await expectAsServed(theirs, 'when=stage.lead');
  await theirs.getByRole('button', { name: /^视图/ }).click();
  await expect(theirs.getByRole('menuitem', { name: '改名' })).toHaveCount(0);
  await theirs.keyboard.press('Escape');
  await theirs.reload();
  await expect(theirs.getByRole('columnheader', { name: '校区' })).toBeVisible();
  // Nothing of it lies in the browser but the order of the rows, as ids.
  const kept = await theirs.evaluate(() => ({ ...localStorage, ...sessionStorage }) as Record<string, string>);
  expect(Object.keys(kept)).toEqual(['shendu.beside']);
  expect(kept['shendu.beside']).toMatch(/^[0-9a-f -]+$/);

  await page.getByRole('button', { name: /^视图/ }).click();
  await page.getByRole('menuitem', { name: '删除视图' }).click();
  await page.getByRole('dialog', { name: '删除视图「全校线索」？' }).getByRole('button', { name: '删除视图' }).click();
  await expect(page).toHaveURL(/\/families\?when=stage\.lead$/);
});

test('many families are moved at once, after a preview, with a report of what was left', async ({ page, school }) => {
  await enrol(page, school, 'consultant');
  const late = await makeFamily(page, '钟鸣远', '钟子期', '10300000051');
  await makeFamily(page, '林间月', '林和靖', '10300000052');
  await page.goto('/families');
  await expect(rows(page).nth(2)).toBeVisible();
  const first = page.getByRole('checkbox', { name: /^选择 / }).first();
  await first.check();
  await page.getByRole('checkbox', { name: /^选择 / }).nth(2).click({ modifiers: ['Shift'] });
  const bulk = page.locator('.bulk');
  await expect(bulk).toContainText('已选 3 户');
  // Somebody else is faster with one of them.
  const { body: list } = await ask<List>(page, '/api/families?limit=20');
  const seen = list.items.find((row) => row.id === late.id);
  const moved = await ask<{ families: { outcome: string }[] }>(page, '/api/families/bulk', {
    families: [{ id: late.id, version: seen?.version }],
    stage: 'trial',
  });
  expect(moved.body.families[0]?.outcome).toBe('changed');
  await bulk.getByLabel('改阶段').selectOption('enrolled');
  const dialog = page.getByRole('dialog', { name: '改阶段：在读' });
  await expect(dialog).toContainText('刚被别人改过');
  await dialog.getByRole('button', { name: /^改动 \d+ 户$/ }).click();
  await expect(dialog).toContainText('已改动');
  await dialog.getByRole('button', { name: '重试没改成的 1 户' }).click();
  await expect(dialog).toContainText('已改动 1 户');
  await dialog.getByRole('button', { name: '关闭' }).last().click();
  await expect(bulk).toHaveCount(0);
  const { body: after } = await ask<List>(page, '/api/families?limit=20');
  expect(after.items.find((row) => row.id === late.id)?.stage).toBe('enrolled');
});

test('a stage, a consultant and a day are changed in the row', async ({ page, school }) => {
  await enrol(page, school, 'consultant');
  const family = await makeFamily(page, '陆知秋', '陆远山', '10300000061');
  await page.goto('/families');
  const row = page.locator(`tr[data-family="${family.id}"]`);
  await row.getByRole('button', { name: /^改阶段/ }).click();
  await page.getByRole('dialog', { name: '阶段' }).getByRole('button', { name: '试听' }).click();
  await expect(row.locator('[data-edit=stage]')).toHaveAttribute('data-state', 'saved');
  await expect(row).toContainText('试听');
  await row.focus();
  await page.keyboard.press('e');
  await page.getByRole('dialog', { name: '阶段' }).getByRole('button', { name: '在读' }).click();
  await expect(row).toContainText('在读');
  await row.getByRole('button', { name: /^改下次联系/ }).click();
  await page.getByRole('dialog', { name: '下次联系' }).getByRole('button', { name: '明天' }).click();
  await expect(row.locator('time')).toBeVisible();
  // Another tab was faster: nothing is overwritten, and the row says so.
  const { body } = await ask<List>(page, '/api/families?limit=20');
  const version = body.items.find((one) => one.id === family.id)?.version;
  await ask(page, '/api/families/bulk', { families: [{ id: family.id, version }], stage: 'lead' });
  await row.getByRole('button', { name: /^改阶段/ }).click();
  await page.getByRole('dialog', { name: '阶段' }).getByRole('button', { name: '已离校' }).click();
  await expect(row.locator('[data-edit=stage]')).toHaveAttribute('data-state', 'failed');
  await expect(page.locator('.toast--error')).toContainText('刚被别人改过');
  const { body: after } = await ask<List>(page, '/api/families?limit=20');
  expect(after.items.find((one) => one.id === family.id)?.stage).toBe('lead');
});

test('found, looked at, opened and back again, by the keyboard alone', async ({ page, school }) => {
  await enrol(page, school, 'consultant');
  for (const [at, name] of ['温北辰', '温南星', '温东篱'].entries()) await makeFamily(page, name, '温如玉', `1030000007${at}`);
  await page.goto('/families');
  await expect(rows(page).first()).toBeVisible();
  await page.keyboard.press('/');
  await page.keyboard.type('温如玉');
  await page.keyboard.press('Enter');
  await expect(rows(page)).toHaveCount(3);
  await page.getByRole('heading', { level: 1 }).focus();
  await page.keyboard.press('j');
  const [first, second] = await shown(page);
  const looked = page.waitForResponse((answer) => answer.url().endsWith(`/api/families/${first}`));
  await page.keyboard.press(' ');
  await looked;
  const drawer = page.locator('dialog.drawer');
  await expect(drawer).toBeVisible();
  await expect(drawer.locator('.facts').first()).toBeVisible();
  await page.keyboard.press('j');
  await expect(page.locator('tr[data-cursor]')).toHaveAttribute('data-family', second ?? '');
  await page.keyboard.press('Escape');
  await expect(drawer).toBeHidden();
  expect(await page.evaluate(() => document.activeElement?.getAttribute('data-family'))).toBe(second);
  await page.keyboard.press('x');
  await expect(page.locator('.bulk')).toContainText('已选 1 户');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(new RegExp(`/families/${second}$`));
  await expect(page.locator('.facts').first()).toBeVisible();
  await page.goBack();
  await expect(rows(page).first()).toBeVisible();
});

test('the list at work has no fault by axe, in light and dark', async ({ page, school }) => {
  await enrol(page, school, 'principal');
  for (const theme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: theme });
    await page.goto('/families?when=stage-not.left_next.none');
    await expect(rows(page).first()).toBeVisible();
    await page.getByRole('checkbox', { name: /^选择 / }).first().check();
    await rows(page).nth(1).getByRole('button', { name: /^速览/ }).click();
    await expect(page.locator('dialog.drawer .facts').first()).toBeVisible();
    expect(await faults(page)).toEqual([]);
  }
});
