// A token for a program: one asks, another confirms, the secret is seen once, a program reads masks by it, and it is ended.
import { look } from '../fixtures/axe';
import { openPalette, palette } from '../fixtures/palette';
import { ask, enrol } from '../fixtures/people';
import type { School } from '../fixtures/school';
import { shots } from '../fixtures/shots';
import { test, expect } from '../fixtures/test';

interface Rows {
  items: { id: string; guardian: { phone: { state: string; value: string } } | null }[];
}

/** What a program reads: no browser, no cookie, the token in a header. */
async function read<T>(school: School, path: string, secret: string, method = 'GET'): Promise<{ status: number; body: T }> {
  const answer = await fetch(new URL(path, school.origin), { method, headers: { authorization: `Bearer ${secret}` } });
  return { status: answer.status, body: (await answer.json().catch(() => null)) as T };
}

test('one asks, another confirms, a program reads masks, and it is over when it is ended', async ({ page, school, newDevice }) => {
  test.setTimeout(240_000);
  const { page: officer } = await newDevice();
  await enrol(officer, school, 'privacy_officer');
  const { name: owner } = await enrol(page, school, 'consultant');
  await page.goto('/tokens');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('程序令牌');
  await expect(page.getByText('没有程序令牌')).toBeVisible();
  await look(page, 'no tokens yet');
  await shots(page, 'tokens-none');
  await page.getByRole('button', { name: '申请令牌' }).click();
  const form = page.getByRole('dialog', { name: '申请令牌' });
  await form.getByRole('button', { name: '请求确认' }).click();
  await expect(form.getByText('请填写')).toHaveCount(2);
  await form.getByLabel('程序名称').fill('每日名单');
  await form.getByLabel('有效天数').fill('366');
  await form.getByLabel('用途').fill('每天早上核对名单，出错打 10012345678');
  await form.getByLabel('只许从这些网络用').fill('127.0.0.0/8\n到处');
  await form.getByRole('button', { name: '请求确认' }).click();
  await expect(form.getByText('请填 1 到 365')).toBeVisible();
  await expect(form.getByText(/有一行不是网络/)).toBeVisible();
  await look(page, 'asking for a token');
  await shots(page, 'tokens-ask');
  await form.getByLabel('有效天数').fill('30');
  await form.getByLabel('只许从这些网络用').fill('127.0.0.0/8\n::1');
  await form.getByRole('button', { name: '请求确认' }).click();
  const mine = page.getByRole('region', { name: '我的令牌' });
  await expect(mine).toContainText('等确认');
  await expect(mine.getByRole('button', { name: '生成密钥' })).toHaveCount(0);

  // The officer hears of it on the page of today.
  await officer.goto('/today');
  const waiting = officer.getByRole('region', { name: '有程序令牌等你决定' });
  await expect(waiting).toContainText('1');
  await shots(officer, 'tokens-today');
  await waiting.getByRole('link', { name: '去决定' }).click();
  const deciding = officer.getByRole('region', { name: '等你决定' });
  await expect(deciding).toContainText(owner);
  await expect(deciding).toContainText('每天早上核对名单，出错打 100****5678');
  await look(officer, 'deciding about a token');
  await shots(officer, 'tokens-decide');
  await deciding.getByRole('button', { name: '确认', exact: true }).click();
  await expect(deciding).toHaveCount(0);
  await expect(officer.getByRole('region', { name: '其他人的令牌' })).toContainText('等申请人生成密钥');

  // The secret, once.
  await page.reload();
  await mine.getByRole('button', { name: '生成密钥' }).click();
  const shown = page.getByRole('dialog', { name: '密钥只显示这一次' });
  const secret = (await shown.locator('[data-secret]').textContent()) ?? '';
  expect(secret).toMatch(/^shendu_[\w-]{43}$/);
  await look(page, 'the secret of a token');
  await shots(page, 'tokens-secret');
  await shown.getByRole('button', { name: '已存好' }).click();
  await expect(mine).toContainText('还没用过');
  await expect(page.locator('[data-secret]')).toHaveCount(0);
  expect(await page.content()).not.toContain(secret);

  // A program reads masks where it may, and nothing anywhere else.
  const rows = await read<Rows>(school, '/api/families', secret);
  expect(rows.status).toBe(200);
  expect(JSON.stringify(rows.body)).not.toContain('"state":"clear"');
  expect(rows.body.items[0]?.guardian?.phone).toMatchObject({ state: 'masked', value: expect.stringContaining('****') });
  expect((await ask<Rows>(page, '/api/families')).body).not.toEqual(rows.body);
  for (const path of ['/api/today', '/api/account', '/api/tokens', '/api/trail', '/api/waiting']) {
    expect((await read(school, path, secret)).status, path).toBe(401);
  }
  expect((await read(school, '/api/families/exports', secret, 'POST')).status).toBe(401);
  await page.reload();
  await expect(mine).toContainText('最近使用');
  await shots(page, 'tokens-mine');

  // Ended by whoever confirmed it.
  await officer.reload();
  const others = officer.getByRole('region', { name: '其他人的令牌' });
  await others.getByRole('button', { name: '停用' }).click();
  const sure = officer.getByRole('dialog', { name: '停用令牌' });
  await expect(sure).toContainText('每日名单');
  await look(officer, 'ending a token');
  await sure.getByRole('button', { name: '停用' }).click();
  await expect(others).toContainText('已停用');
  expect((await read(school, '/api/families', secret)).status).toBe(401);
});

test('whoever works with no family cannot ask, and finds the page by the palette', async ({ page, school }) => {
  await enrol(page, school, 'auditor');
  await openPalette(page);
  await palette(page).fill('令牌');
  await expect(page.getByRole('listbox').getByRole('option').first()).toContainText('令牌');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/tokens$/);
  await expect(page.getByText('你没有这样的角色，不能申请。')).toBeVisible();
  await expect(page.getByRole('button', { name: '申请令牌' })).toHaveCount(0);
  await look(page, 'whoever may not ask for a token');
  await shots(page, 'tokens-denied');
});
