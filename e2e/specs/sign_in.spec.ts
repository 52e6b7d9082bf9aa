// Ways in and out: passkey, login name, recovery code, one-time link.
import type { Page } from '@playwright/test';
import { test, expect } from '../fixtures/test';
import { ask, enrol, signOut } from '../fixtures/people';

interface Options {
  challenge: string;
  allowCredentials?: object[];
  [name: string]: unknown;
}

const BUTTON = '用通行密钥登录';

async function byLogin(page: Page, login: string): Promise<void> {
  // The authenticator of the tests would take the quiet offer of the login field at once.
  await page.evaluate(() => {
    PublicKeyCredential.isConditionalMediationAvailable = () => Promise.resolve(false);
  });
  await page.getByRole('button', { name: '用登录名' }).click();
  await page.getByLabel('登录名').fill(login);
  await page.getByRole('button', { name: '继续' }).click();
}

test('signing out takes the cookie and the page away, and the button signs in again', async ({ page, school, device }) => {
  await enrol(page, school, 'consultant');
  await expect(page).toHaveURL(/\/today$/);
  const session = async () => (await device.context.cookies()).filter((cookie) => cookie.name === 'shendu');
  const cookies = await session();
  expect(cookies).toHaveLength(1);
  expect(cookies[0]).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/' });

  await signOut(page);
  // By the other one the browser is known when somebody comes back; it opens nothing.
  expect(await device.context.cookies()).toMatchObject([{ name: 'shendu-device', httpOnly: true, sameSite: 'Lax', path: '/' }]);
  await expect(page.getByText('按权限脱敏')).toHaveCount(0);
  // What the old session could do, its stolen cookie cannot.
  await device.context.addCookies(cookies);
  expect(await ask(page, '/api/session')).toMatchObject({ status: 200, body: null });
  await device.context.clearCookies();

  await page.goto('/families');
  await expect(page).toHaveURL(/sign-in/);
  await page.getByRole('button', { name: BUTTON }).click();
  await expect(page).toHaveURL(/\/families$/);
  const [renewed] = await session();
  expect(renewed).toBeDefined();
  expect(renewed?.value).not.toBe(cookies[0]?.value);
});

test('a login name and its passkey sign in', async ({ page, school }) => {
  const { login } = await enrol(page, school, 'teacher');
  await signOut(page);
  await byLogin(page, login);
  await expect(page).toHaveURL(/\/today$/);
});

test('a login name nobody has is answered like a key that does not fit', async ({ page, school, watch, device }) => {
  const { login } = await enrol(page, school, 'principal');
  await signOut(page);
  watch.expectRefusal(401, /^\/api\/sign-in\/finish$/);

  // The first answer tells nothing either: all of it but the challenge and the credential ids is the same.
  const shape = async (name: string): Promise<{ rest: string; ids: unknown[] }> => {
    const begun = await ask<{ options: { publicKey: Options } }>(page, '/api/sign-in/begin', { login: name });
    expect(begun.status).toBe(200);
    const { challenge: _, allowCredentials = [], ...rest } = begun.body.options.publicKey;
    const keys = allowCredentials.map((credential) => Object.keys(credential).sort());
    return { rest: JSON.stringify([Object.entries(rest).sort(), keys]), ids: allowCredentials };
  };
  const unknown = await shape('nobody');
  expect(unknown.rest).toBe((await shape(login)).rest);
  expect((await shape('nobody')).ids).toEqual(unknown.ids);

  const said: string[] = [];
  for (const name of ['nobody', login]) {
    if (name === login) await device.authenticator.forget();
    await page.goto('/sign-in');
    await byLogin(page, name);
    const refusal = page.getByRole('alert');
    await expect(refusal).toBeVisible();
    said.push(await refusal.innerText());
  }
  expect(said[0]).toBe(said[1]);
});

test('a link works once', async ({ page, school, newDevice, watch }) => {
  watch.expectRefusal(410, /^\/api\/enrolments\/open$/);
  const link = await school.invite({ role: 'auditor' });
  await page.goto(link.url);
  await page.getByRole('button', { name: '建通行密钥' }).click();
  await page.getByRole('button', { name: '我已收好' }).click();
  await expect(page).not.toHaveURL(/enrol/);

  for (const url of [link.url, '/enrol#no-such-link', '/enrol']) {
    const other = await newDevice();
    await other.page.goto(url);
    await expect(other.page.getByRole('heading', { name: '链接已失效' }).first()).toBeVisible();
    await expect(other.page.getByRole('button', { name: '建通行密钥' })).toHaveCount(0);
  }
});

test('the token of a link leaves the address', async ({ page, school }) => {
  const link = await school.invite({ role: 'registrar' });
  await page.goto(link.url);
  await expect(page.getByRole('button', { name: '建通行密钥' })).toBeVisible();
  expect(new URL(page.url()).hash).toBe('');
});

test('a recovery code gives a new passkey and is used up', async ({ page, school, device, newDevice, watch }) => {
  watch.expectRefusal(401, /^\/api\/recovery\/begin$/);
  const { login, codes } = await enrol(page, school, 'administrator');
  expect(codes.length).toBeGreaterThanOrEqual(8);
  const [code = ''] = codes;
  await device.context.close();

  const lost = await newDevice();
  await lost.page.goto('/sign-in');
  await lost.page.getByRole('link', { name: '通行密钥丢了' }).click();
  const recover = async (page: Page): Promise<void> => {
    await page.getByLabel('登录名').fill(login);
    await page.getByLabel('恢复码', { exact: true }).fill(code);
    await page.getByRole('button', { name: '继续' }).click();
  };
  await recover(lost.page);
  await lost.page.getByRole('button', { name: '建通行密钥' }).click();
  await lost.page.getByRole('button', { name: /我已收好|进入慎独/ }).click();
  await expect(lost.page).toHaveURL(/\/admin\//);
  expect(await lost.authenticator.count()).toBe(1);

  await signOut(lost.page);
  await lost.page.getByRole('button', { name: BUTTON }).click();
  await expect(lost.page).toHaveURL(/\/admin\//);

  const thief = await newDevice();
  await thief.page.goto('/recover');
  await recover(thief.page);
  await expect(thief.page.getByRole('alert')).toBeVisible();
  await expect(thief.page.getByRole('button', { name: '建通行密钥' })).toHaveCount(0);
});

test('a deep link is reached after signing in, and a link to another site is not', async ({ page, school }) => {
  await enrol(page, school, 'privacy_officer');
  await signOut(page);
  // Whoever means to go is not led back.
  await expect(page).toHaveURL(/\/sign-in$/);
  await page.goto('/admin/policy?by=hand');
  await expect(page).toHaveURL(/\/sign-in\?next=/);
  await page.getByRole('button', { name: BUTTON }).click();
  await expect(page).toHaveURL(/\/admin\/policy\?by=hand$/);

  const home = /\/(today|admin\/\w+)$/;
  for (const next of ['//example.invalid/', '/\\example.invalid/', 'https://example.invalid/', '/\t/example.invalid/', '/portal']) {
    await signOut(page);
    await page.goto(`/sign-in?next=${encodeURIComponent(next)}`);
    await page.getByRole('button', { name: BUTTON }).click();
    await expect(page, next).toHaveURL(home);
  }
});

test('a session that was ended elsewhere leads to the way in, which says so and leads back', async ({ page, school, watch, device }) => {
  await enrol(page, school, { login: 'zhou' });
  await page.goto('/families');
  await page.getByRole('rowheader').getByRole('link').first().waitFor();
  await device.context.clearCookies();
  watch.expectRefusal(401, /^\/api\/families/);
  await page.getByRole('group', { name: '筛选' }).getByRole('button', { name: '试听', exact: true }).click();
  await expect(page).toHaveURL(/\/sign-in\?next=.*&ended=1$/);
  await expect(page.getByText('登录已结束')).toBeVisible();
  await page.getByRole('button', { name: BUTTON }).click();
  await expect(page).toHaveURL(/\/families\?when=stage\.trial$/);
});

test('without a network signing out clears the page and is tried again', async ({ page, school, watch, device }) => {
  watch.expectOffline();
  await enrol(page, school, 'consultant');
  await page.goto('/families');
  await page.getByRole('rowheader').getByRole('link').first().waitFor();
  await device.context.setOffline(true);
  await page.locator('button.account').click();
  await page.getByRole('menuitem', { name: '退出' }).click();
  await expect(page.getByRole('heading', { name: '连不上学校的服务器' })).toBeVisible();
  await expect(page.getByRole('rowheader')).toHaveCount(0);
  const names = async () => (await device.context.cookies()).map((cookie) => cookie.name).sort();
  expect(await names()).toEqual(['shendu', 'shendu-device']);
  await device.context.setOffline(false);
  await page.getByRole('button', { name: '退出' }).click();
  await expect(page).toHaveURL(/\/sign-in$/);
  expect(await names()).toEqual(['shendu-device']);
});

test('the program that comes next is there before it is needed', async ({ page, school }) => {
  const ahead = page.waitForEvent('requestfinished', (request) => /\/desk-[0-9a-f]+_bg\.wasm$/.test(request.url()));
  const link = await school.invite({ role: 'consultant' });
  await page.goto(link.url);
  await ahead;
  await page.getByRole('button', { name: '建通行密钥' }).click();
  await page.getByRole('button', { name: /我已收好|进入慎独/ }).click();
  await expect(page).toHaveURL(/\/today$/);
  const sent = await page.evaluate(() =>
    (performance.getEntriesByType('resource') as PerformanceResourceTiming[]).filter((one) => /\/desk-.*\.(js|wasm)$/.test(one.name)).map((one) => one.transferSize),
  );
  expect(sent).toHaveLength(2);
  // Nothing came over the network again.
  expect(sent.every((bytes) => bytes === 0), sent.join()).toBe(true);
});

test('a duty of the administration is one press away from the families', async ({ page, school }) => {
  await enrol(page, school, 'principal');
  await expect(page).toHaveURL(/\/today$/);
  await page.getByRole('navigation').getByRole('link', { name: '字段权限' }).first().click();
  await expect(page).toHaveURL(/\/admin\/policy$/);
  await expect(page.getByRole('heading', { level: 1, name: '字段权限' })).toBeVisible();
  await page.getByRole('navigation').getByRole('link', { name: '家庭' }).first().click();
  await expect(page).toHaveURL(/\/families$/);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
});

test('a link to another surface loads its program', async ({ page, school }) => {
  await page.goto(`${school.origin}/sign-in`);
  await page.getByRole('link', { name: '我是家长' }).click();
  await expect(page.getByLabel('手机号或邮箱')).toBeVisible();
  await page.getByRole('link', { name: '我是员工' }).click();
  await expect(page.getByRole('button', { name: '用登录名' })).toBeVisible();
});

test('a page out of reach is not found', async ({ page, school }) => {
  await enrol(page, school, { login: 'li' });
  for (const path of ['/admin/policy', '/admin/trail', '/admin/staff', '/portal', '/families/nothing']) {
    await page.goto(path);
    await expect(page.getByRole('heading', { name: '没有这个页面', level: 1 }), path).toBeVisible();
  }
});
