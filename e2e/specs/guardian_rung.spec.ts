// The school asks guardians for a passkey: the row of the ladder, a guardian who makes one first, and a code that is worth nothing then.
import { look, settled } from '../fixtures/axe';
import { ask, enrol, enterByInvitation } from '../fixtures/people';
import { PHONE, family } from '../fixtures/portal';
import { shots } from '../fixtures/shots';
import { expect, test } from '../fixtures/test';

test('a school asks guardians for a passkey, and a guardian makes one before anything else', async ({ page, school, watch, newDevice }) => {
  test.setTimeout(180_000);
  watch.expectRefusal(403, /^\/api\/portal\/children/);
  watch.expectRefusal(422, /^\/api\/portal\/codes\/verify$/);
  await enrol(page, school, 'administrator');
  await page.goto('/admin/school/sign-in');
  const rung = page.getByLabel('家长至少用什么登录');
  await expect(rung).toHaveValue('any');
  // Each role is offered what it can ask for.
  expect(await rung.locator('option').allTextContents()).toEqual(['一次性验证码', '通行密钥']);
  expect(await page.getByLabel('教师至少用什么登录').locator('option').allTextContents()).toEqual(['密码加验证码', '通行密钥']);
  await expect(page.getByLabel('家长闲置多久后退出').locator('option:checked')).toHaveText('24 小时');
  await expect(page.getByLabel('家长最长登录多久').locator('option:checked')).toHaveText('30 天');
  await rung.selectOption({ label: '通行密钥' });
  await expect(page.getByText('原为一次性验证码')).toBeVisible();
  await look(page, 'ladder of guardians');
  await shots(page, 'ladder-guardians');
  await page.getByRole('button', { name: '保存' }).click();
  await expect(page.getByText('已保存').first()).toBeVisible();
  await expect(rung).toHaveValue('passkey');

  const staff = await newDevice();
  await enrol(staff.page, school, { login: 'li' });
  const { card, url } = await family(staff.page, ['诸葛砚秋'], '10012347001');
  const mother = await newDevice(PHONE);
  await enterByInvitation(mother.page, school, url);
  // Who would rather not is led there all the same, and told why.
  await expect(mother.page).toHaveURL(/\/portal\/account$/);
  await expect(mother.page.getByText('要用通行密钥才能继续')).toBeVisible();
  await settled(mother.page);
  await look(mother.page, 'asked for a passkey');
  await shots(mother.page, 'guardian-asked');
  expect((await ask(mother.page, '/api/portal/children')).status).toBe(403);
  await mother.page.goto(`/portal/children/${card.students[0]?.id}/held`);
  await expect(mother.page).toHaveURL(/\/portal\/account$/);
  await mother.page.getByRole('button', { name: '添加通行密钥' }).click();
  await mother.page.getByRole('button', { name: '建通行密钥' }).click();
  await expect(mother.page).toHaveURL(new RegExp(`/portal/children/${card.students[0]?.id}`));
  await settled(mother.page);
  await expect(mother.page.getByRole('heading', { level: 1 })).toContainText('诸葛砚秋');

  // From elsewhere, by the contact: a message that says so, and no code.
  const before = (await school.outbox()).length;
  const elsewhere = await newDevice(PHONE);
  await elsewhere.page.goto('/portal/sign-in');
  await elsewhere.page.getByLabel('手机号或邮箱').fill('10012347001');
  await elsewhere.page.getByRole('button', { name: '发送验证码' }).click();
  await expect.poll(async () => (await school.outbox())[before]?.text).toContain('请用它登录');
  await elsewhere.page.getByLabel('六位验证码').fill('000000');
  await elsewhere.page.getByRole('button', { name: '进入' }).click();
  await expect(elsewhere.page.getByRole('alert')).toContainText('验证码不对');

  // By the passkey she comes in.
  await mother.page.getByRole('button', { name: '退出' }).click();
  await mother.page.getByRole('button', { name: '用通行密钥登录' }).click();
  await mother.page.getByRole('button', { name: '用通行密钥登录' }).click();
  await expect(mother.page).toHaveURL(/\/portal\/children\//);
});
