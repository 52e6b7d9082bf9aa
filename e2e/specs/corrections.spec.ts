// A guardian says what is wrong, on a phone; the consultant decides at the desk; the guardian reads the answer.
import { test, expect } from '../fixtures/test';
import { ask, enrol } from '../fixtures/people';
import { home } from '../fixtures/portal';

test('a number is corrected without anybody at the school seeing it', async ({ school, newDevice, watch }) => {
  test.setTimeout(180_000);
  watch.expectRefusal(422, /corrections$/);
  const { page, consultant, child } = await home(school, newDevice, ['诸葛砚秋'], '10012345678');
  await page.goto(`/portal/children/${child}/me`);
  await page.getByRole('button', { name: '更正 手机' }).click();
  const dialog = page.getByRole('dialog', { name: '更正 手机' });
  await expect(dialog.getByLabel('改成下面这样')).toBeChecked();
  await dialog.getByLabel('正确的内容').fill('100****5678');
  await dialog.getByRole('button', { name: '提交' }).click();
  await expect(dialog.getByText('这是脱敏后的样子')).toBeVisible();
  await dialog.getByLabel('正确的内容').fill('100 3333 4444');
  await dialog.getByLabel('说一句').fill('换号了，旧号 10012345678 停用');
  await dialog.getByRole('button', { name: '提交' }).click();
  await expect(dialog).toBeHidden();
  const mine = page.getByRole('region', { name: '我提的更正' }).or(page.locator('section[aria-labelledby="asked"]'));
  await expect(mine).toContainText('10033334444');
  await expect(mine).toContainText(/等学校答复，最迟 \d{4}\/\d{2}\/\d{2}/);
  // While it is open, the field says so in the place of the button.
  await expect(page.getByRole('button', { name: '更正 手机', exact: true })).toHaveCount(0);
  await expect(page.locator('.held__row', { hasText: '更正中' })).toContainText('手机');

  await consultant.goto('/requests');
  const item = consultant.locator('.waits__item').first();
  await expect(item).toContainText('100****5678');
  await expect(item).toContainText('100****4444');
  await expect(item).toContainText('旧号 100****5678 停用');
  await expect(item).toContainText('最迟');
  expect(await consultant.content()).not.toMatch(/(?<![0-9A-Za-z_-])1\d{10}(?![0-9A-Za-z_-])/);
  await item.getByRole('button', { name: '照改' }).click();
  const decide = consultant.getByRole('dialog', { name: '照家长说的改手机' });
  await decide.getByLabel('对家长说一句').fill('已改好');
  await decide.getByRole('button', { name: '照改' }).click();
  await expect(consultant.getByText('没有等你答复的更正')).toBeVisible();
  await consultant.getByRole('link', { name: '已改好' }).click();
  await expect(consultant.locator('.waits__item')).toContainText('已改好');

  await page.reload();
  await expect(mine).toContainText('已改好（李老师）');
  await expect(mine).toContainText('学校答：“已改好”');
  const phone = page.locator('dl .held__row').filter({ has: page.locator('dt', { hasText: /^手机$/ }) });
  await expect(phone.locator('.held__value')).toContainText('10033334444');
  await page.getByRole('link', { name: '谁看过' }).click();
  await expect(page.locator('.log__item', { hasText: '照你提的更正改好了' })).toContainText('手机');
});

test('a refusal gives its reason, what is asked for can be taken back, what is missing can be added', async ({ school, newDevice, watch }) => {
  test.setTimeout(180_000);
  watch.expectRefusal(422, /decision$/);
  const { page, consultant, child } = await home(school, newDevice, ['诸葛砚秋'], '10012345670');
  await page.goto(`/portal/children/${child}/held`);
  await page.getByRole('button', { name: '更正 姓名' }).click();
  const name = page.getByRole('dialog', { name: '更正 姓名' });
  // What has to be there cannot be taken out.
  await expect(name.getByLabel('请删掉，不要再记')).toHaveCount(0);
  await name.getByLabel('不对，请学校核实').check();
  await name.getByLabel('说一句').fill('最后一个字写错了');
  await name.getByRole('button', { name: '提交' }).click();
  await expect(name).toBeHidden();
  await page.getByRole('button', { name: '就读学校', exact: true }).click();
  const add = page.getByRole('dialog', { name: '更正 就读学校' });
  await add.getByLabel('正确的内容').fill('白鹿洞小学');
  await add.getByRole('button', { name: '提交' }).click();
  await expect(add).toBeHidden();

  await consultant.goto('/requests');
  await expect(consultant.locator('.waits__item')).toHaveCount(2);
  await consultant.locator('.waits__item', { hasText: '请核实' }).getByRole('button', { name: '不改' }).click();
  const decline = consultant.getByRole('dialog', { name: '不改姓名' });
  await decline.getByRole('button', { name: '不改' }).click();
  await expect(decline.getByText('请填写')).toBeVisible();
  await decline.getByLabel('为什么不改').fill('与户口本核对过，没有写错');
  await decline.getByRole('button', { name: '不改' }).click();
  await expect(consultant.locator('.waits__item')).toHaveCount(1);

  await page.reload();
  const mine = page.locator('section[aria-labelledby="asked"]');
  await expect(mine).toContainText('学校答：“与户口本核对过，没有写错”');
  await mine.getByRole('button', { name: '收回' }).click();
  await expect(mine.getByRole('button', { name: '收回' })).toHaveCount(0);
  await expect(mine).toContainText('已收回');
  await consultant.reload();
  await expect(consultant.getByText('没有等你答复的更正')).toBeVisible();
  expect((await ask<{ corrections: number }>(consultant, '/api/waiting')).body.corrections).toBe(0);
});

test('whoever may not write the field sees none of it', async ({ school, newDevice, watch }) => {
  watch.expectRefusal(404, /^\/api\/corrections\//);
  const { page, consultant, child } = await home(school, newDevice, ['诸葛砚秋'], '10012345671');
  const made = await ask<{ id: string }>(page, `/api/portal/children/${child}/corrections`, {
    field: 'guardian.phone',
    wish: 'replace',
    value: '10033335555',
  });
  expect(made.status).toBe(201);
  expect((await ask<{ corrections: number }>(consultant, '/api/waiting')).body.corrections).toBeGreaterThan(0);
  for (const role of ['principal', 'finance']) {
    const other = await newDevice();
    await enrol(other.page, school, role);
    await other.page.goto('/requests');
    await expect(other.page.getByText('没有等你答复的更正')).toBeVisible();
    const decision = { version: 1, verdict: 'accept' };
    expect((await ask(other.page, `/api/corrections/${made.body.id}/decision`, decision)).status).toBe(404);
  }
});
