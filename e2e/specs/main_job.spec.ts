// The whole story: a consultant opens a number for a reason, the school takes the right away, and the guardian reads who looked.
import type { Locator, Page } from '@playwright/test';
import { test, expect } from '../fixtures/test';
import { ask, enrol, enterByInvitation } from '../fixtures/people';
import { someFamily, type Card } from '../fixtures/families';

const MOBILE = /(?<![0-9A-Za-z_-])1\d{10}(?![0-9A-Za-z_-])/;

function section(page: Page, guardian: string): Locator {
  return page.locator(`section[aria-labelledby="guardian-${guardian}-title"]`);
}

async function open(page: Page, part: Locator, words: string): Promise<string> {
  await part.getByRole('button', { name: '启封 手机', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: '启封 手机' });
  await dialog.getByLabel('到校与接送').check();
  await dialog.getByLabel('补充说明').fill(words);
  await dialog.getByRole('button', { name: '启封', exact: true }).click();
  const value = part.locator('.field--revealed .field__text');
  await expect(value).toHaveText(MOBILE);
  // The focus follows; the number stands in groups, and is copied whole.
  await expect(value).toBeFocused();
  expect((await value.locator('.field__group').allInnerTexts()).map((group) => group.length)).toEqual([3, 4, 4]);
  const copied = await value.evaluate((element) => {
    getSelection()?.selectAllChildren(element);
    const text = String(getSelection());
    getSelection()?.removeAllRanges();
    return text;
  });
  expect(copied).toMatch(new RegExp(`^${MOBILE.source}$`));
  return value.innerText();
}

test('a look is masked, opened for a reason, taken away, and read by the guardian', async ({ school, watch, newDevice }) => {
  test.setTimeout(180_000);
  const { page } = await newDevice();
  const consultant = await enrol(page, school, 'consultant');
  expect(consultant.codes.length).toBeGreaterThanOrEqual(8);
  await expect(page).toHaveURL(/\/today$/);
  await page.goto('/families');

  // The list holds masks and nothing else, in the page and in what came over the wire.
  await expect(page.locator('tr[data-family]').first()).toBeVisible();
  expect(await page.content()).not.toMatch(MOBILE);
  await expect(page.locator('tr[data-family] .field--masked').first()).toBeVisible();

  const { card, guardian } = await someFamily(page);
  await page.goto(`/families/${card.id}`);
  const part = section(page, guardian.id);
  await expect(part.locator('.field--masked').first()).toBeVisible();
  expect(await page.content()).not.toMatch(MOBILE);

  // The number comes with the answer to the signature, not before.
  const begun = page.waitForResponse((response) => response.url().endsWith(`/guardians/${guardian.id}/reveals`));
  const signed = page.waitForResponse((response) => response.url().endsWith('/api/reveals'));
  const number = await open(page, part, '放学接送');
  expect(await (await begun).text()).not.toMatch(MOBILE);
  expect(await (await signed).json()).toMatchObject({ field: 'guardian.phone', value: { state: 'clear' } });
  const ring = part.getByRole('button', { name: '复封 手机', exact: true });
  await expect(ring).toBeVisible();
  expect(Number(await ring.getAttribute('data-seconds'))).toBeGreaterThan(0);
  // The ledger beside it knows already.
  const told = page.locator('section[aria-labelledby="thread-title"] .log__item--opened').first();
  await expect(told).toContainText(consultant.name);
  await expect(told).toContainText('放学接送');

  // Leaving the window closes it.
  await page.evaluate(() => window.dispatchEvent(new Event('blur')));
  await expect(part.locator('.field--revealed')).toHaveCount(0);
  expect(await page.content()).not.toContain(number);
  const seal = part.getByRole('button', { name: '启封 手机', exact: true });
  await expect(seal).toBeFocused();

  // The reason given last is offered first, its words are not.
  await seal.click();
  const again = page.getByRole('dialog', { name: '启封 手机' });
  await expect(again.getByLabel('到校与接送')).toBeChecked();
  await expect(again.getByLabel('补充说明')).toHaveValue('');
  await page.keyboard.press('Escape');
  await expect(seal).toBeFocused();

  // The privacy officer takes the field away.
  const officer = await newDevice();
  await enrol(officer.page, school, 'privacy_officer');
  await expect(officer.page).toHaveURL(/\/admin\/policy$/);
  const cell = officer.page.getByRole('button', { name: /^家长 · 手机，课程顾问：/ });
  await expect(cell).toContainText('掩');
  await cell.click();
  const editor = officer.page.locator('#cell-editor');
  await editor.locator('label', { hasText: /^隐$/ }).click();
  await editor.locator('label', { hasText: /^不可$/ }).click();
  await expect(cell).toContainText('隐');
  await officer.page.getByRole('button', { name: '看影响再保存' }).click();
  const effect = officer.page.getByRole('dialog', { name: '这一改，谁多看到，谁少看到' });
  await expect(effect.getByText(/^课程顾问 · \d+ 人$/)).toBeVisible();
  await effect.getByRole('button', { name: /^保存 1 处改动$/ }).click();
  await expect(officer.page.getByText(/第 \d+ 版已生效/).first()).toBeVisible();

  // It holds at the consultant's next request, in a session that was open all the time.
  const after = await ask<Card>(page, `/api/families/${card.id}`);
  expect(after.body.guardians.find((one) => one.id === guardian.id)?.phone).toEqual({ state: 'withheld' });
  await page.reload();
  const row = part.locator('.facts__row').filter({ has: page.locator('dt', { hasText: /^手机$/ }) });
  await expect(row.locator('.field--withheld')).toBeVisible();
  await expect(row.getByRole('button', { name: /启封/ })).toHaveCount(0);
  watch.expectRefusal(404, /^\/api\/guardians\/[^/]+\/reveals$/);
  const refused = await ask(page, `/api/guardians/${guardian.id}/reveals`, {
    field: 'guardian.phone',
    reason: { code: 'attendance', text: '' },
  });
  expect(refused.status).toBe(404);

  // The guardian comes in by the consultant's invitation and reads who looked, and why.
  await part.getByRole('button', { name: '邀请到家长端' }).click();
  const invitation = await page.getByLabel('邀请链接').inputValue();
  await page.getByRole('dialog', { name: '家长端邀请' }).getByRole('button', { name: '关闭' }).last().click();
  const parent = await newDevice({ viewport: { width: 390, height: 844 } });
  await enterByInvitation(parent.page, school, invitation);
  const child = card.students[0]?.id ?? '';
  await parent.page.goto(`/portal/children/${child}`);
  const look = parent.page.locator('.log__item--opened').filter({ hasText: consultant.name }).first();
  await expect(look).toContainText('手机');
  await expect(look).toContainText('到校与接送');
  await expect(look).toContainText('放学接送');
  await expect(look).toContainText('本人通行密钥签名');
  await parent.page.getByRole('link', { name: '学校记着' }).click();
  await expect(parent.page.getByRole('heading', { name: '学校记着什么' })).toBeVisible();
  await parent.page.getByRole('link', { name: '我的资料' }).click();
  await expect(parent.page.getByText(number).first()).toBeVisible();

  // The invitation is used up.
  watch.expectRefusal(410, /^\/api\/portal\/invitations\/open$/);
  const stranger = await newDevice();
  await stranger.page.goto(invitation);
  await expect(stranger.page.getByRole('heading', { name: '链接已失效' }).first()).toBeVisible();

  // Another family's child does not exist for this guardian.
  const other = (await someFamily(page, card.id)).card.students[0]?.id ?? '';
  watch.expectRefusal(404, /^\/api\/portal\/children\/[^/]+(\/ledger)?$/);
  for (const path of [`/api/portal/children/${other}`, `/api/portal/children/${other}/ledger`]) {
    expect((await ask(parent.page, path)).status).toBe(404);
  }
  await parent.page.goto(`/portal/children/${other}`);
  await expect(parent.page.getByRole('heading', { name: '没有这个页面', level: 1 })).toBeVisible();
  // Nor does the staff's side.
  watch.expectRefusal(404, /^\/api\/(families|policy|trail|staff)/);
  for (const path of ['families', `families/${card.id}`, 'policy', 'trail', 'staff']) {
    expect((await ask(parent.page, `/api/${path}`)).status, path).toBe(404);
  }
});

test('an opened value closes when its seconds are over', async ({ school, newDevice }) => {
  const { page } = await newDevice();
  // Another person's right to the number is untouched by the test above.
  await enrol(page, school, 'principal');
  const { card, guardian } = await someFamily(page);
  await page.clock.install();
  await page.goto(`/families/${card.id}`);
  const part = section(page, guardian.id);
  const number = await open(page, part, '');
  await page.clock.fastForward('10:00');
  await expect(part.locator('.field--revealed')).toHaveCount(0);
  expect(await page.content()).not.toContain(number);
});
