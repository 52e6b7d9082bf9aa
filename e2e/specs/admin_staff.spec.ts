// The administrator: staff from the first link to the last day, campuses and settings, the first steps.
import { faults } from '../fixtures/axe';
import type { Page } from '@playwright/test';
import { ask, enrol } from '../fixtures/people';
import { shots } from '../fixtures/shots';
import { expect, test } from '../fixtures/test';

async function clean(page: Page, what: string): Promise<void> {
  for (const scheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: scheme });
    expect(await faults(page), `${what}, ${scheme}`).toEqual([]);
  }
}

test('somebody is taken in, comes in by the link, changes roles, is suspended and leaves', async ({ page, school, newDevice, watch }) => {
  test.setTimeout(120_000);
  await enrol(page, school, 'administrator');
  await page.goto('/admin/staff');
  await page.getByRole('link', { name: '添加员工' }).click();
  await expect(page.getByRole('heading', { name: '添加员工' })).toBeVisible();
  await clean(page, 'new');

  // Everything that is wrong is told at once.
  watch.expectRefusal(422, /^\/api\/staff$/);
  await page.getByRole('button', { name: '添加员工' }).click();
  await expect(page.getByRole('alert')).toContainText('登录名');
  await page.getByLabel('登录名').fill('bai.lu');
  await page.getByLabel('称呼').fill('白老师');
  await page.getByLabel('手机').fill('10012345678');
  await page.getByLabel('课程顾问').check();
  await page.getByRole('group', { name: '校区' }).getByRole('checkbox').first().check();
  await page.getByRole('button', { name: '添加员工' }).click();
  await expect(page.getByRole('heading', { name: '白老师' })).toBeVisible();
  await expect(page.getByText('100****5678')).toBeVisible();
  await clean(page, 'person');

  await page.getByRole('button', { name: '签发注册链接' }).click();
  const link = await page.getByLabel('链接', { exact: true }).inputValue();
  await expect(page.getByRole('img', { name: '用本人的设备扫一扫' })).toBeVisible();
  await page.getByRole('button', { name: '关闭' }).last().click();
  const bai = await newDevice();
  await bai.page.goto(link);
  await bai.page.getByRole('button', { name: '建通行密钥' }).click();
  await bai.page.getByRole('button', { name: /我已收好|进入慎独/ }).click();
  await expect(bai.page).toHaveURL(/\/today/);

  // A role holds at the next request of a session that is open.
  bai.page.on('console', () => undefined);
  watch.expectRefusal(403, /^\/api\/trail/);
  expect((await ask(bai.page, '/api/trail')).status).toBe(403);
  await page.getByLabel('审计员').check();
  await page.getByRole('button', { name: '保存' }).click();
  await expect(page.getByText('已保存，从下一次请求起生效。')).toBeVisible();
  expect((await ask(bai.page, '/api/trail')).status).toBe(200);

  // Two of the three are refused, with the reason.
  watch.expectRefusal(422, /^\/api\/staff\/[^/]+$/);
  await page.getByLabel('隐私官').check();
  await page.getByRole('button', { name: '保存' }).click();
  await expect(page.getByText('系统管理员、隐私官、审计员要由不同的人担任。')).toBeVisible();
  await page.getByRole('button', { name: '放弃' }).click();

  await page.getByRole('button', { name: '停用', exact: true }).click();
  await expect(page.getByRole('button', { name: '恢复' })).toBeVisible();
  watch.expectRefusal(401, /^\/api\//);
  // Not by the page, which may be on its way to the sign-in already.
  expect((await bai.page.request.get(`${school.origin}/api/families`)).status()).toBe(401);
  await page.getByRole('button', { name: '恢复' }).click();
  await expect(page.getByRole('button', { name: '停用', exact: true })).toBeVisible();

  await page.getByRole('button', { name: '办理离职…' }).click();
  const dialog = page.getByRole('dialog', { name: '白老师 离职' });
  await expect(dialog.getByText('管理员只看到数目')).toBeVisible();
  await clean(page, 'leaving');
  await dialog.getByRole('button', { name: '确认离职' }).click();
  await expect(page.getByText('此人已离职')).toBeVisible();
  await page.getByRole('navigation', { name: '所在位置' }).getByRole('link', { name: '员工' }).click();
  await page.getByLabel('状态').selectOption({ label: '已离职' });
  await expect(page).toHaveURL(/state=left/);
  await expect(page.getByRole('row', { name: /白老师/ })).toBeVisible();
  await page.getByLabel('角色').selectOption({ label: '财务' });
  await expect(page.getByText('没有符合条件的员工')).toBeVisible();
  await page.getByRole('link', { name: '清除条件' }).click();
  await expect(page).toHaveURL(/\/admin\/staff$/);
});

test('a consultant with families leaves and another takes them over', async ({ page, school }) => {
  await enrol(page, school, 'administrator');
  await page.goto('/admin/staff?role=consultant');
  await page.getByRole('rowheader').first().getByRole('link').click();
  await page.getByRole('button', { name: '办理离职…' }).click();
  const dialog = page.getByRole('dialog', { name: /离职$/ });
  await dialog.getByLabel('家庭交给').selectOption({ index: 1 });
  await dialog.getByRole('button', { name: '确认离职' }).click();
  await expect(page.getByText('此人已离职')).toBeVisible();
});

test('the school is named, campuses come and go, and the first steps follow the facts', async ({ page, school, watch }) => {
  await enrol(page, school, 'administrator');
  await page.getByRole('link', { name: '学校' }).click();
  await expect(page.getByRole('heading', { name: '开学清单' })).toBeVisible();
  await clean(page, 'school');
  await page.getByLabel('学校名称').fill('弘毅书院');
  await page.getByRole('button', { name: '保存' }).click();
  await expect(page.getByText('已保存').first()).toBeVisible();
  await page.getByRole('button', { name: '添加校区' }).click();
  await page.getByLabel('校区名称').fill('西城校区');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('row', { name: /西城校区/ })).toBeVisible();
  watch.expectRefusal(422, /^\/api\/campuses$/);
  await page.getByRole('button', { name: '添加校区' }).click();
  await page.getByLabel('校区名称').fill('西城校区');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog').getByText('已有人使用').first()).toBeVisible();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: '关闭 西城校区' }).click();
  await expect(page.getByRole('row', { name: /西城校区/ })).toContainText('已关闭');
  await page.reload();
  await expect(page.getByText('弘毅书院').first()).toBeVisible();
});

test('for how long the trail is kept is chosen, a shorter time is said to be final, and the trail says who chose it', async ({ page, school, newDevice }) => {
  await enrol(page, school, 'administrator');
  await page.goto('/admin/school');
  const kept = page.getByLabel('审计记录保存');
  await expect(kept).toHaveValue('1095');
  await expect(kept.locator('option')).toHaveText(['180 天', '1 年', '2 年', '3 年', '5 年', '10 年']);
  await kept.selectOption({ label: '5 年' });
  await expect(page.getByText('不能恢复')).toBeHidden();
  await kept.selectOption({ label: '180 天' });
  await expect(page.getByText('不能恢复')).toBeVisible();
  await shots(page, 'retention');
  expect(await faults(page)).toEqual([]);
  await page.getByRole('button', { name: '保存', exact: true }).click();
  await expect(page.getByText('已保存').first()).toBeVisible();
  await page.reload();
  await expect(kept).toHaveValue('180');

  const auditor = await newDevice();
  await enrol(auditor.page, school, 'auditor');
  await auditor.page.goto('/admin/trail?action=retention_changed');
  await auditor.page.getByRole('button', { name: /^展开第 \d+ 条$/ }).click();
  await expect(auditor.page.getByText('1095 → 180')).toBeVisible();
  await shots(auditor.page, 'retention-line');
});
