// Who sees what, and why: asked by whoever keeps the matrix and by the principal, by keyboard; no value in any answer.
import { look, settled } from '../fixtures/axe';
import { someFamily } from '../fixtures/families';
import { ask, enrol } from '../fixtures/people';
import { shots } from '../fixtures/shots';
import { expect, test } from '../fixtures/test';

const PAGE = '/admin/policy/view-as';

interface Colleagues {
  staff: { id: string; name: string; roles: string[] }[];
}

test('the officer learns forms and reasons, and nothing else', async ({ page, school, newDevice, watch }) => {
  test.setTimeout(180_000);
  watch.expectRefusal(404, /^\/api\/policy\/sights$/);
  const consultant = await newDevice();
  const me = await enrol(consultant.page, school, 'consultant');
  const { card } = await someFamily(consultant.page);
  await enrol(page, school, 'privacy_officer');
  await page.goto('/admin/policy');
  await page.getByRole('link', { name: '谁看得到，为什么' }).click();
  await expect(page.getByRole('heading', { name: '先选一户家庭' })).toBeVisible();
  await look(page, 'no family yet');
  await shots(page, 'why-first');

  const family = page.getByLabel('家庭', { exact: true });
  await family.fill('小明');
  await family.press('Enter');
  await expect(page.getByText('格式不对').first()).toBeVisible();
  await family.fill(`${school.origin}/families/${card.id}?sort=due`);
  await family.press('Enter');
  await expect(page).toHaveURL(new RegExp(`family=${card.id}$`));
  await expect(page.getByText(`编号末六位 ${card.id.slice(-6)}`)).toBeVisible();

  // What a colleague sees, by keyboard.
  const person = page.getByLabel('一位同事看到什么');
  await person.selectOption({ label: `${me.name} · 课程顾问` });
  await page.getByRole('button', { name: '看他看到什么' }).press('Enter');
  await expect(page.getByRole('heading', { name: `${me.name}看到的` })).toBeVisible();
  const phone = page.getByRole('row').filter({ has: page.getByRole('rowheader', { name: '手机', exact: true }) });
  await expect(phone.first()).toContainText('掩');
  await expect(phone.first()).toContainText(/角色 课程顾问 · 本人负责的家庭 · 矩阵第 \d+ 版/);
  await page.getByText('接口给他的原文').click();
  const text = (await page.locator('pre').textContent()) ?? '';
  const body = JSON.parse(text);
  const real = (await ask<Record<string, unknown>>(consultant.page, `/api/families/${card.id}`)).body;
  expect(Object.keys(body)).toEqual(Object.keys(real));
  expect(body.stage).toBe('…');
  expect(body.guardians[0].phone).toEqual({ state: 'masked', value: '****' });
  await look(page, 'what a colleague sees');
  await shots(page, 'why-person');

  // And on to who else sees a field; the address says what was asked.
  await phone.first().getByRole('link').click();
  await expect(page).toHaveURL(/field=guardian\.phone$/);
  await expect(page.getByRole('heading', { name: '谁看得到家长 · 手机' })).toBeVisible();
  const seers = page.getByRole('row').filter({ hasText: me.name }).first();
  await expect(seers).toContainText('角色 课程顾问 · 本人负责的家庭');
  await expect(page.getByText(/^看不到的 \d+ 人$/)).toBeVisible();
  await page.getByText(/^看不到的 \d+ 人$/).click();
  await expect(page.getByText('不及任何家庭').first()).toBeVisible();
  await look(page, 'who sees a field');
  await shots(page, 'why-field');
  // On the narrowest phone people and reasons have the width of the card.
  await page.setViewportSize({ width: 360, height: 800 });
  for (const one of ['.why__steps', '.why__people']) {
    expect((await page.locator(one).first().boundingBox())?.width ?? 0, one).toBeGreaterThan(260);
  }
  if (process.env.SHENDU_SHOTS) await page.screenshot({ path: `${process.env.SHENDU_SHOTS}/why-field-360.png`, fullPage: true });
  await page.setViewportSize({ width: 1360, height: 900 });
  await page.goBack();
  await expect(page.getByRole('heading', { name: `${me.name}看到的` })).toBeVisible();

  // A change of the matrix that waits is a reason as well, for whom it would change anything.
  const { version } = (await ask<{ version: number }>(page, '/api/policy')).body;
  const cell = { exposure: 'clear', reveal: 'no', edit: true, search: true, export: false };
  const wish = { version, cells: [{ role: 'consultant', field: 'guardian.phone', cell }], words: '接送要用' };
  expect((await ask(page, '/api/policy/proposals', wish)).status).toBe(201);
  await page.reload();
  await expect(phone.first()).toContainText(`待定的改动（第 ${version + 1} 版）一经确认即放宽，明`);
  await expect(page.getByRole('row').filter({ hasText: '学校' }).first()).not.toContainText('待定的改动');
  await look(page, 'a change that waits');
  await shots(page, 'why-change');

  await page.goto(`${PAGE}?family=00000000-0000-0000-0000-000000000009&field=guardian.phone`);
  await expect(page.getByText('全校的家庭可以请隐私官来问')).toBeVisible();
  await look(page, 'no such family');
});

test('the principal finds the family by a name, and a suspended account is said to be one', async ({ page, school, newDevice }) => {
  test.setTimeout(180_000);
  await enrol(page, school, 'principal');
  const { card } = await someFamily(page);
  const owner = (card as unknown as { owner: { id: string; name: string } }).owner;
  const administrator = await newDevice();
  await enrol(administrator.page, school, 'administrator');
  const { body } = await ask<Colleagues>(page, '/api/colleagues');
  expect(body.staff.some((person) => person.id === owner.id)).toBe(true);
  expect((await ask(administrator.page, `/api/staff/${owner.id}/suspensions`, {})).status).toBe(200);

  await page.goto(PAGE);
  await page.getByLabel('家庭', { exact: true }).fill('l');
  await page.getByRole('button', { name: '选定' }).click();
  await expect(page.locator('.why__chosen button').first()).toBeVisible();
  await look(page, 'families found');
  await page.goto(`${PAGE}?family=${card.id}&staff=${owner.id}`);
  await expect(page.getByText('账号已暂停：现在什么应答也得不到')).toBeVisible();
  await settled(page);
  await page.goto(`${PAGE}?family=${card.id}&field=student.name`);
  await expect(page.getByText('账号已暂停，现在不能登录')).toBeHidden();
  await page.getByText(/^看不到的 \d+ 人$/).last().click();
  await expect(page.getByText('账号已暂停，现在不能登录').first()).toBeVisible();
});

test('a colleague’s record is asked about like a family, and says which duty it takes', async ({ page, school, newDevice, watch }) => {
  test.setTimeout(180_000);
  watch.expectRefusal(404, /^\/api\/policy\/sights$/);
  const administrator = await newDevice();
  const keeper = await enrol(administrator.page, school, 'administrator');
  await enrol(page, school, 'privacy_officer');
  await page.goto(PAGE);
  const { body } = await ask<Colleagues>(page, '/api/colleagues');
  const colleague = body.staff.find((person) => person.roles.includes('consultant'));
  if (!colleague) throw new Error('no consultant');
  await page.getByLabel('或一位同事的记录').selectOption(colleague.id);
  await page.getByRole('button', { name: '选其记录' }).press('Enter');
  await expect(page).toHaveURL(new RegExp(`colleague=${colleague.id}$`));
  await expect(page.getByText(`已选${colleague.name}的员工记录`)).toBeVisible();

  // Who sees a field of it: those who keep the staff, and for all others the duty that they do not have.
  await page.getByLabel('一个字段谁看得到').selectOption('staff.email');
  await page.getByRole('button', { name: '看谁看得到' }).press('Enter');
  const seers = page.getByRole('row').filter({ hasText: keeper.name }).first();
  await expect(seers).toContainText('有职责：管理员工');
  await expect(seers).toContainText(/角色 系统管理员 · 不论范围 · 矩阵第 \d+ 版/);
  await page.getByText(/^看不到的 \d+ 人$/).click();
  await expect(page.getByText('没有职责：管理员工').first()).toBeVisible();
  await look(page, 'who sees a colleague’s field');
  await shots(page, 'why-colleague-field');

  // What the administrator sees: every value covered, and what the officer does not read.
  await page.getByLabel('一位同事看到什么').selectOption({ label: `${keeper.name} · 系统管理员` });
  await page.getByRole('button', { name: '看他看到什么' }).press('Enter');
  await expect(page.getByRole('heading', { name: `${keeper.name}看到的` })).toBeVisible();
  await page.getByText('接口给他的原文').click();
  const seen = JSON.parse((await page.locator('pre').textContent()) ?? '');
  const real = (await ask<Record<string, unknown>>(administrator.page, `/api/staff/${colleague.id}`)).body;
  expect(Object.keys(seen)).toEqual(Object.keys(real));
  expect([seen.email, seen.login]).toEqual([{ state: 'masked', value: '****' }, '…']);
  await look(page, 'what the administrator sees of a colleague');
  await shots(page, 'why-colleague-person');
  await page.setViewportSize({ width: 360, height: 800 });
  expect((await page.locator('.why__steps').first().boundingBox())?.width ?? 0).toBeGreaterThan(260);
  if (process.env.SHENDU_SHOTS) await page.screenshot({ path: `${process.env.SHENDU_SHOTS}/why-colleague-360.png`, fullPage: true });
  await page.goto(`${PAGE}?colleague=00000000-0000-0000-0000-000000000009&field=staff.email`);
  await expect(page.getByText('没有这位同事').first()).toBeVisible();
});
