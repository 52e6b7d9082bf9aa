// An identity number that opens only after somebody else has agreed: asked at the seal, granted, opened once, read by the guardian.
import type { Locator, Page } from '@playwright/test';
import { look, settled } from '../fixtures/axe';
import { ask, enrol, enterByInvitation } from '../fixtures/people';
import { test, expect } from '../fixtures/test';

const NUMBER = /(?<![0-9A-Za-z])\d{17}[\dX](?![0-9A-Za-z])/;
const SEAL = '身份证号：启封需要批准';

interface Family {
  id: string;
  students: { id: string; id_card: { state: string; value?: string | null } }[];
  guardians: { id: string; kinships: { custody: string }[] }[];
}

/** A family whose first student has an identity number and whose first guardian reads the portal. */
async function withNumber(page: Page): Promise<Family> {
  const list = await ask<{ items: { id: string }[] }>(page, '/api/families');
  for (const { id } of list.body.items) {
    const { body } = await ask<Family>(page, `/api/families/${id}`);
    const full = body.guardians[0]?.kinships.every((kinship) => kinship.custody === 'full') ?? false;
    if (body.students[0]?.id_card.value && full) return body;
  }
  throw new Error('no family fits');
}

function student(page: Page, family: Family): Locator {
  return page.locator(`section[aria-labelledby="student-${family.students[0]?.id}-title"]`);
}

async function press(page: Page, part: Locator): Promise<Locator> {
  await part.getByRole('button', { name: SEAL, exact: true }).click();
  const dialog = page.getByRole('dialog', { name: SEAL });
  await expect(dialog).toBeVisible();
  return dialog;
}

test('the registrar asks, the principal grants, it opens once, and the guardian reads who', async ({ page, school, newDevice, watch }) => {
  test.setTimeout(240_000);
  const registrar = await enrol(page, school, 'registrar');
  const family = await withNumber(page);
  await page.goto(`/families/${family.id}`);
  await settled(page);
  const part = student(page, family);
  let dialog = await press(page, part);
  await dialog.getByLabel('合同与缴费').check();
  await dialog.getByLabel('补充说明').fill('考级报名');
  await look(page, 'asking for an approval');
  await dialog.getByRole('button', { name: '请求批准' }).click();
  await expect(dialog.getByText(/等校长或隐私官决定/)).toBeVisible();
  await expect(dialog.getByRole('button', { name: '启封', exact: true })).toHaveCount(0);
  await look(page, 'waiting for an approval');
  await page.keyboard.press('Escape');
  await page.goto('/today');
  await expect(page.locator('section[aria-labelledby="mine"]')).toContainText('等校长或隐私官决定');

  const principal = await newDevice();
  const granted = await enrol(principal.page, school, 'principal');
  await principal.page.goto('/today');
  const waiting = principal.page.locator('section[aria-labelledby="decide"]');
  await expect(waiting).toContainText(registrar.name);
  await expect(waiting).toContainText('学员身份证号');
  await expect(waiting).toContainText('考级报名');
  await expect(waiting.locator('.field--masked').first()).toBeVisible();
  await look(principal.page, 'deciding');
  await waiting.getByLabel('有效期').selectOption('4');
  await waiting.getByRole('button', { name: '批准', exact: true }).click();
  await expect(waiting).toHaveCount(0);

  // Word of it comes to whoever comes back to the page, and a number beside its name.
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange', { bubbles: true })));
  await expect(page.getByText('你的启封请求批准了')).toBeVisible();
  const today = page.locator('.nav__link', { hasText: '今日' });
  await expect(today.locator('.waits__number')).toHaveText(/^[1-9]/);
  await expect(today).toHaveAccessibleName(/今日.*件等着/);

  await page.goto(`/families/${family.id}`);
  await settled(page);
  expect(await page.content()).not.toMatch(NUMBER);
  dialog = await press(page, part);
  await expect(dialog.getByText(`${granted.name} 已批准`)).toBeVisible();
  await look(page, 'granted');
  await dialog.getByRole('button', { name: '启封', exact: true }).click();
  await expect(part.locator('.field--revealed .field__text')).toHaveText(NUMBER);
  await expect(part.getByRole('button', { name: '再看一会儿' })).toHaveCount(0);
  await part.getByRole('button', { name: '复封 身份证号' }).click();
  expect(await page.content()).not.toMatch(NUMBER);

  // The second time it asks anew, and what is sent past the page is refused.
  dialog = await press(page, part);
  await expect(dialog.getByText('上一次的批准已经用过')).toBeVisible();
  await page.keyboard.press('Escape');
  watch.expectRefusal(403, /^\/api\/students\/[^/]+\/reveals$/);
  const again = await ask<{ code: string }>(page, `/api/students/${family.students[0]?.id}/reveals`, {
    field: 'student.id_card',
    reason: { code: 'contract', text: '' },
  });
  expect(again).toMatchObject({ status: 403, body: { code: 'approval_required' } });

  // The guardian reads it all.
  await page.goto(`/families/${family.id}`);
  const guardian = page.locator(`section[aria-labelledby="guardian-${family.guardians[0]?.id}-title"]`);
  await guardian.getByRole('button', { name: '邀请到家长端' }).click();
  const link = await page.getByLabel('邀请链接').inputValue();
  const phone = await newDevice();
  await enterByInvitation(phone.page, school, link);
  await phone.page.goto(`/portal/children/${family.students[0]?.id}`);
  const told = phone.page.locator('.log__item');
  await expect(told.filter({ hasText: '请求启封' }).first()).toContainText(registrar.name);
  await expect(told.filter({ hasText: '请求启封' }).first()).toContainText('考级报名');
  await expect(told.filter({ hasText: '批准启封' }).first()).toContainText(granted.name);
  await expect(phone.page.locator('.log__item--opened').first()).toContainText('身份证号');
});

test('a refusal says why, and what was asked can be withdrawn', async ({ page, school, newDevice }) => {
  await enrol(page, school, 'registrar');
  const family = await withNumber(page);
  await page.goto(`/families/${family.id}`);
  await settled(page);
  const part = student(page, family);
  let dialog = await press(page, part);
  await dialog.getByRole('button', { name: '请求批准' }).click();
  await dialog.getByRole('button', { name: '撤回' }).click();
  await expect(dialog.getByText('上一次的请求已撤回')).toBeVisible();
  await dialog.getByRole('button', { name: '请求批准' }).click();
  await expect(dialog.getByText(/等校长或隐私官决定/)).toBeVisible();
  await page.keyboard.press('Escape');

  // The officer reaches no family: a kind, a number, a reason.
  const officer = await newDevice();
  await enrol(officer.page, school, 'privacy_officer');
  await officer.page.getByRole('navigation').getByRole('link', { name: '今日' }).first().click();
  const waiting = officer.page.locator('section[aria-labelledby="decide"]');
  await expect(waiting.locator('.field')).toHaveCount(0);
  await expect(waiting).toContainText(`编号 ${(family.students[0]?.id ?? '').slice(-8)} 的学员 身份证号`);
  await waiting.getByRole('button', { name: '不批准' }).click();
  const why = officer.page.getByRole('dialog', { name: '不批准' });
  await why.getByRole('button', { name: '不批准' }).click();
  await expect(why.getByText('请写明原因')).toBeVisible();
  await why.getByLabel('为什么不批准').fill('报名用不到证号');
  await why.getByRole('button', { name: '不批准' }).click();
  await expect(waiting).toHaveCount(0);

  dialog = await press(page, part);
  await expect(dialog.getByText('报名用不到证号')).toBeVisible();
  await expect(dialog.getByRole('button', { name: '请求批准' })).toBeVisible();
});

test('a copied value is taken back when it closes, and the page says what it cannot take back', async ({ page, school, device }) => {
  await device.context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await enrol(page, school, { login: 'li' });
  const list = await ask<{ items: { id: string; guardian: { phone: { value?: string } } }[] }>(page, '/api/families');
  const family = list.body.items.find((one) => one.guardian?.phone.value);
  await page.goto(`/families/${family?.id}`);
  await settled(page);
  const held = (): Promise<string> => page.evaluate(() => navigator.clipboard.readText());
  const open = async (): Promise<void> => {
    await page.getByRole('button', { name: '启封 手机', exact: true }).first().click();
    await page.getByRole('dialog', { name: '启封 手机' }).getByRole('button', { name: '启封', exact: true }).click();
    await page.getByRole('button', { name: '复制', exact: true }).click();
    await expect(page.getByText(/在剪贴板里，别的程序也读得到/).first()).toBeVisible();
    await expect.poll(held).toMatch(/^1\d{10}$/);
  };
  await open();
  await page.getByRole('button', { name: '复封 手机', exact: true }).click();
  await expect(page.getByText('剪贴板已清除')).toBeVisible();
  expect(await held()).toBe('');

  // Something else that was copied meanwhile is left alone.
  await open();
  await page.evaluate(() => navigator.clipboard.writeText('别的内容'));
  await page.getByRole('button', { name: '复封 手机', exact: true }).click();
  await expect(page.locator('.field--revealed')).toHaveCount(0);
  expect(await held()).toBe('别的内容');

  // A window that was left cannot write any more, and says so.
  await open();
  await page.evaluate(() => {
    document.hasFocus = () => false;
    window.dispatchEvent(new Event('blur'));
  });
  await expect(page.getByText(/可能还有刚才启封的手机/)).toBeVisible();
});

test('a seal that does not open says why and what to do', async ({ page, school, watch }) => {
  await enrol(page, school, { login: 'li' });
  const list = await ask<{ items: { id: string; guardian: { phone: { value?: string } } }[] }>(page, '/api/families');
  const family = list.body.items.find((one) => one.guardian?.phone.value);
  await page.goto(`/families/${family?.id}`);
  await settled(page);
  await page.getByRole('button', { name: '启封 手机', exact: true }).first().click();
  const dialog = page.getByRole('dialog', { name: '启封 手机' });
  for (const [code, status, words] of [
    ['quota_exhausted', 429, '北京时间零点恢复'],
    ['trail_unavailable', 503, '什么也没有启封，次数没有扣'],
    ['not_found', 404, '权限可能刚改过'],
  ] as const) {
    watch.expectRefusal(status, /^\/api\/guardians\/[^/]+\/reveals$/);
    const problem = { code, status, trace_id: 'e2e-0000000000000000', fields: [] };
    await page.route('**/api/guardians/*/reveals', (route) => route.fulfill({ status, contentType: 'application/problem+json', body: JSON.stringify(problem) }), { times: 1 });
    await dialog.getByRole('button', { name: '启封', exact: true }).click();
    await expect(dialog.getByRole('alert')).toContainText(words);
  }
});
