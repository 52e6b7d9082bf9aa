// Password and code: the administrator lets a role in by it, somebody sets it up, and comes in without a passkey.
import { createHmac } from 'node:crypto';
import type { Page } from '@playwright/test';
import { faults, look } from '../fixtures/axe';
import { ask, enrol, signOut } from '../fixtures/people';
import { expect, test } from '../fixtures/test';

const PASSWORD = '窗外那棵枇杷树今年没结果';

/** What an authenticator app shows (RFC 6238), so many steps from now. */
function code(secret: string, steps = 0): string {
  const bits = [...secret.replaceAll(' ', '')].map((letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'));
  const bytes = (bits.join('').match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + steps));
  const mac = createHmac('sha1', Buffer.from(bytes)).update(counter).digest();
  const at = (mac[mac.length - 1] ?? 0) & 15;
  return String((mac.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

async function shot(page: Page, name: string): Promise<void> {
  if (process.env.SHENDU_SHOTS) await page.screenshot({ path: `${process.env.SHENDU_SHOTS}/${name}.png`, fullPage: true });
}

test('a role is let in by password, somebody sets it up and comes in by it', async ({ page, school, watch, newDevice }) => {
  test.setTimeout(180_000);
  watch.expectRefusal(422, /^\/api\/account\/password\//);
  watch.expectRefusal(401, /^\/api\/sign-in\/password$/);
  // Nothing is offered before the school wants it.
  const visitor = await newDevice();
  await visitor.page.goto('/sign-in');
  await expect(visitor.page.getByRole('button', { name: '用通行密钥登录' })).toBeVisible();
  await expect(visitor.page.getByRole('link', { name: '用密码和验证码' })).toHaveCount(0);

  const { login } = await enrol(page, school, 'teacher');
  await page.goto('/account/password');
  await expect(page.getByText('你的角色不能用密码登录')).toBeVisible();
  await expect(page.getByText('服务器没有认证器清单')).toBeVisible();
  await shot(page, 'password-denied');

  const administrator = await newDevice();
  await enrol(administrator.page, school, 'administrator');
  await administrator.page.goto('/admin/school');
  await administrator.page.getByRole('link', { name: '登录方式' }).click();
  const rung = administrator.page.getByLabel('教师至少用什么登录');
  await rung.selectOption({ label: '密码加验证码' });
  await expect(administrator.page.getByText('原为通行密钥')).toBeVisible();
  const idle = administrator.page.getByLabel('教师闲置多久后退出');
  await idle.selectOption({ label: '30 分钟' });
  await expect(administrator.page.getByText('原为120 分钟')).toBeVisible();
  await look(administrator.page, 'ladder');
  await shot(administrator.page, 'ladder');
  await administrator.page.setViewportSize({ width: 390, height: 844 });
  await shot(administrator.page, 'ladder-390');
  await administrator.page.setViewportSize({ width: 1360, height: 900 });
  await administrator.page.getByRole('button', { name: '保存' }).click();
  await expect(administrator.page.getByText('已保存').first()).toBeVisible();
  await expect(administrator.page.getByText('原为通行密钥')).toHaveCount(0);
  await expect(rung).toHaveValue('mfa');
  await expect(idle).toHaveValue('30');

  await page.goto('/account');
  await page.getByRole('link', { name: '其他登录凭据' }).click();
  await page.getByRole('button', { name: '下一步' }).click();
  const fill = async (password: string) => {
    await page.getByLabel('新密码').fill(password);
    await page.getByLabel('再输一次').fill(password);
    await page.getByRole('button', { name: '下一步' }).click();
  };
  await fill('woaini1314520!');
  await expect(page.getByText('太容易猜到')).toBeVisible();
  await look(page, 'choosing a password');
  await shot(page, 'password-choose');
  await fill(PASSWORD);
  await expect(page.getByRole('img', { name: '验证器扫的码' })).toBeVisible();
  await page.getByText('扫不了就手工输入').click();
  const secret = (await page.locator('details code').textContent()) ?? '';
  await look(page, 'the app');
  await shot(page, 'password-app');
  await page.getByLabel('验证器上的六位码').fill('000000');
  await page.getByRole('button', { name: '完成' }).click();
  await expect(page.getByText('验证码不对')).toBeVisible();
  await page.getByLabel('验证器上的六位码').fill(code(secret));
  await page.getByRole('button', { name: '完成' }).click();
  await expect(page.getByText(/设置。登录页上选/)).toBeVisible();
  await look(page, 'set');
  await shot(page, 'password-set');

  await visitor.page.goto('/sign-in?next=%2Fclasses');
  await visitor.page.getByRole('link', { name: '用密码和验证码' }).click();
  await look(visitor.page, 'sign-in by password');
  await shot(visitor.page, 'password-sign-in');
  await visitor.page.setViewportSize({ width: 390, height: 844 });
  await shot(visitor.page, 'password-sign-in-390');
  await visitor.page.getByRole('button', { name: 'English' }).first().click();
  await expect(visitor.page.getByLabel('Six-digit code of the app')).toBeVisible();
  expect(await faults(visitor.page)).toEqual([]);
  await shot(visitor.page, 'password-sign-in-en');
  const come = async (password: string, digits: string) => {
    await visitor.page.getByLabel('Login name').fill(login);
    await visitor.page.getByLabel('Password', { exact: true }).fill(password);
    await visitor.page.getByLabel('Six-digit code of the app').fill(digits);
    await visitor.page.getByRole('button', { name: 'Sign in' }).click();
  };
  await come('not this one, of course', code(secret, 1));
  await expect(visitor.page.getByText('That was not accepted')).toBeVisible();
  await come(PASSWORD, code(secret, 1));
  await visitor.page.waitForURL('**/classes');
  expect((await ask<{ present: string }>(visitor.page, '/api/account/credentials')).body.present).toBe('mfa');

  // Raised again, it is over at the next request.
  await rung.selectOption({ label: '通行密钥' });
  await administrator.page.getByRole('button', { name: '保存' }).click();
  await expect(administrator.page.getByText('原为密码加验证码')).toHaveCount(0);
  await visitor.page.goto('/classes');
  await visitor.page.waitForURL('**/sign-in?**');
  await page.goto('/account/password');
  await page.getByRole('button', { name: '移除' }).click();
  await shot(page, 'password-remove');
  await page.getByRole('button', { name: '移除' }).click();
  await expect(page.getByText('你的角色不能用密码登录')).toBeVisible();
  await signOut(page);
});
