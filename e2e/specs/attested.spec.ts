// The highest rung: which makes will do, an authenticator that proves none of them, one that does, and a role that asks for it.
import { faults, look } from '../fixtures/axe';
import { Maker } from '../fixtures/maker';
import { ask, enrol } from '../fixtures/people';
import { shots } from '../fixtures/shots';
import { expect, test } from '../fixtures/test';

const maker = new Maker('甲钥匙', '2fc0579f-8113-47ea-b116-bb5a8db9202a');
// Says that it is of the same make, with a root of its own.
const forger = new Maker('甲钥匙', '2fc0579f-8113-47ea-b116-bb5a8db9202a');

test.use({ flags: ['--authenticators', maker.list()] });

test('a make on the list is registered, any other is refused, and a role can ask for it', async ({ page, school, watch, newDevice }) => {
  test.setTimeout(180_000);
  watch.expectRefusal(422, /^\/api\/account\/passkeys\/finish$/);
  await enrol(page, school, 'teacher');
  await page.goto('/account');
  await page.getByRole('link', { name: '其他登录凭据' }).click();
  await expect(page.getByText('可以登记的型号：甲钥匙')).toBeVisible();
  await expect(page.getByText('你还没有登记')).toBeVisible();
  await look(page, 'none registered');
  await shots(page, 'attested-none');

  await page.getByRole('button', { name: '登记一个' }).click();
  await page.getByRole('button', { name: '登记一个' }).click();
  await expect(page.getByText('请填写')).toBeVisible();
  await page.getByLabel('给这个通行密钥起个名字').fill('办公室的钥匙');
  await forger.plugIn(page);
  await page.getByRole('button', { name: '登记一个' }).click();
  await expect(page.getByRole('alert')).toContainText('没有证明自己是学校清单上的型号');
  await look(page, 'refused');
  await shots(page, 'attested-refused');
  const own = async () => (await ask<{ attested: { name: string; make: string }[]; present: string }>(page, '/api/account/credentials')).body;
  expect((await own()).attested).toEqual([]);

  await maker.plugIn(page);
  await page.getByRole('button', { name: '登记一个' }).click();
  await expect(page.getByText('已登记')).toBeVisible();
  await expect(page.getByText('认证有效')).toBeVisible();
  await expect(page.getByText('这次不是用它登录的')).toBeVisible();
  expect((await own()).attested).toMatchObject([{ name: '办公室的钥匙', make: '甲钥匙' }]);
  await look(page, 'registered');
  await shots(page, 'attested-registered');

  const administrator = await newDevice();
  await enrol(administrator.page, school, 'administrator');
  await administrator.page.goto('/admin/school/sign-in');
  const rung = (role: string) => administrator.page.getByLabel(`${role}至少用什么登录`);
  await rung('教师').selectOption({ label: '认证过的通行密钥' });
  await expect(administrator.page.getByRole('columnheader', { name: '有认证过的' })).toBeVisible();
  await look(administrator.page, 'ladder');
  await shots(administrator.page, 'attested-ladder');
  await administrator.page.getByRole('button', { name: '保存' }).click();
  // Saved, and drawn anew with nothing that waits.
  await expect(administrator.page.getByRole('button', { name: '取消' })).toBeDisabled();
  await expect(rung('教师')).toBeEnabled();
  await expect(rung('教师')).toHaveValue('attested_passkey');
  // Nobody raises a rung that they do not stand on.
  watch.expectRefusal(403, /^\/api\/school\/ladder$/);
  await rung('系统管理员').selectOption({ label: '认证过的通行密钥' });
  await administrator.page.getByRole('button', { name: '保存' }).click();
  await expect(administrator.page.getByRole('alert')).toBeVisible();
  // Whoever came with another passkey is out at the next request, and a link asks for the proof as well.
  await page.goto('/today');
  await page.waitForURL('**/sign-in**');
  watch.expectRefusal(422, /^\/api\/enrolments\/finish$/);
  const link = await school.invite({ role: 'teacher' });
  const visitor = await newDevice();
  await visitor.page.goto(link.url);
  await expect(visitor.page.getByRole('button', { name: '建通行密钥' })).toBeVisible();
  await forger.plugIn(visitor.page);
  await visitor.page.getByRole('button', { name: '建通行密钥' }).click();
  await expect(visitor.page.getByRole('alert')).toContainText('没有证明自己是学校清单上的型号');
  expect(await faults(visitor.page)).toEqual([]);
  await shots(visitor.page, 'attested-enrol');
});
