// A role that the school makes itself: made in the matrix by two people, given to somebody, who sees exactly its row; then given up.
import { look } from '../fixtures/axe';
import { ask, enrol } from '../fixtures/people';
import { shots } from '../fixtures/shots';
import { expect, test } from '../fixtures/test';

interface Families {
  items: { id: string }[];
  total: number;
}
interface Card {
  students: { name: { state: string }; birth_date: { state: string }; health_note: { state: string } }[];
  guardians: { phone: { state: string }; email: { state: string } }[];
}

test('two people make a role, somebody has it and sees its row, and it is given up', async ({ page, school, newDevice, watch }) => {
  test.setTimeout(300_000);
  const officer = page;
  await enrol(officer, school, 'privacy_officer');
  await officer.goto('/admin/policy');
  const own = officer.getByRole('region', { name: '自设角色' });
  await own.getByRole('button', { name: '新增角色' }).click();
  const dialog = officer.getByRole('dialog', { name: '新增角色' });
  const take = dialog.getByRole('button', { name: '放进草稿' });
  await take.click();
  await expect(dialog.locator('#own-role-zh-error')).toHaveText('请填写');
  // A name that is another role's is refused where it stands.
  watch.expectRefusal(422, /^\/api\/policy\/impact$/);
  await dialog.getByLabel('中文名').fill('教务');
  await dialog.getByLabel('英文名').fill('=Homeroom');
  await take.click();
  await expect(dialog.locator('#own-role-zh-error')).not.toBeEmpty();
  await expect(dialog.locator('#own-role-en-error')).not.toBeEmpty();
  await look(officer, 'a name that will not do');
  await shots(officer, 'custom-role-dialog');
  await dialog.getByLabel('依哪个角色').selectOption({ label: '教师' });
  await dialog.getByLabel('中文名').fill('班主任');
  await dialog.getByLabel('英文名').fill('Homeroom teacher');
  await take.click();
  await expect(dialog).toBeHidden();
  await expect(own).toContainText('班主任 · Homeroom teacher');
  // It begins as its base is, and is changed like any other.
  await expect(officer.getByRole('columnheader', { name: '班主任' })).toBeVisible();
  await expect(officer.getByRole('button', { name: /^学员 · 姓名，班主任：明/ })).toBeVisible();
  await officer.getByLabel('班主任的范围').selectOption({ label: '本校区' });
  const phone = officer.getByRole('button', { name: /^家长 · 手机，班主任：/ });
  await phone.focus();
  await officer.keyboard.press('2');
  const note = officer.getByRole('button', { name: /^学员 · 健康与过敏，班主任：/ });
  await note.focus();
  await officer.keyboard.press('3');
  await look(officer, 'a new role in the draft');
  await shots(officer, 'custom-role-draft');

  await officer.getByRole('button', { name: '看影响再保存' }).click();
  const impact = officer.getByRole('dialog', { name: '这一改，谁多看到，谁少看到' });
  await expect(impact.getByText('角色名称 （无） → 班主任 · Homeroom teacher')).toBeVisible();
  await expect(impact.getByText('班主任 · 0 人')).toBeVisible();
  await impact.getByLabel('理由').fill('班主任要联系家长');
  await impact.getByRole('button', { name: '提交确认' }).click();
  await expect(impact).toBeHidden();
  await expect(officer.getByRole('columnheader', { name: '班主任' })).toHaveCount(0);

  const { page: principal } = await newDevice();
  await enrol(principal, school, 'principal');
  await principal.goto('/admin/policy');
  const waiting = principal.getByRole('region', { name: '等待生效的改动' });
  await expect(waiting).toContainText('班主任 · Homeroom teacher');
  await waiting.getByRole('button', { name: '用通行密钥确认' }).click();
  await expect(principal.getByText('第 2 版已生效').first()).toBeVisible();
  await expect(principal.getByRole('columnheader', { name: '班主任' })).toBeVisible();

  // The administrator gives it, by its name.
  const { page: admin } = await newDevice();
  await enrol(admin, school, 'administrator');
  const teacher = await newDevice();
  const me = await enrol(teacher.page, school, 'teacher');
  await admin.goto('/admin/staff?role=teacher');
  await admin.getByRole('link', { name: me.name }).click();
  await admin.getByLabel('班主任').check();
  await admin.getByLabel('教师', { exact: true }).uncheck();
  await look(admin, 'giving it');
  await shots(admin, 'custom-role-given');
  await admin.getByRole('button', { name: '保存' }).click();
  await expect(admin.getByText('已保存，从下一次请求起生效。')).toBeVisible();

  // Whoever has it sees exactly its row.
  await teacher.page.reload();
  await expect(teacher.page.locator('#account-name')).toContainText('班主任');
  const { body: list } = await ask<Families>(teacher.page, '/api/families');
  expect(list.total).toBeGreaterThan(0);
  const { body: card } = await ask<Card>(teacher.page, `/api/families/${list.items[0]?.id}`);
  expect(card.students[0]?.name.state).toBe('clear');
  expect(card.students[0]?.birth_date.state).toBe('masked');
  expect(card.students[0]?.health_note.state).toBe('withheld');
  expect(card.guardians[0]?.phone.state).toBe('masked');
  expect(card.guardians[0]?.email.state).toBe('withheld');
  await teacher.page.goto(`/families/${list.items[0]?.id}`);
  await expect(teacher.page.locator('#account-name')).toContainText('班主任');
  await shots(teacher.page, 'custom-role-seen');

  // In English by its English name, on paper too.
  await officer.goto('/admin/policy/document');
  await officer.getByRole('button', { name: 'English' }).click();
  await expect(officer.getByRole('heading', { name: 'Homeroom teacher' })).toBeVisible();
  await officer.getByRole('button', { name: '中文' }).click();

  // Given up: it narrows, so that one person is enough, and it is gone at the next request.
  await officer.goto('/admin/policy');
  await own.getByRole('button', { name: '停用' }).click();
  await expect(officer.getByRole('columnheader', { name: '班主任' })).toHaveCount(0);
  await shots(officer, 'custom-role-giving-up');
  await officer.getByRole('button', { name: '看影响再保存' }).click();
  await expect(impact.getByText('班主任 · Homeroom teacher → （无）')).toBeVisible();
  await impact.getByRole('button', { name: /^保存/ }).click();
  await expect(officer.getByText(/第 3 版已生效/)).toBeVisible();
  await expect(own).not.toContainText('班主任');
  watch.expectRefusal(404, /^\/api\/families\//);
  expect((await ask(teacher.page, `/api/families/${list.items[0]?.id}`)).status).toBe(404);
  await admin.reload();
  await expect(admin.getByLabel('班主任')).toHaveCount(0);
});
