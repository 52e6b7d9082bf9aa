// The first page of staff: what waits, done in its place, by the keyboard alone too.
import type { Locator, Page } from '@playwright/test';
import { look, settled } from '../fixtures/axe';
import { makeFamily } from '../fixtures/families';
import { ask, enrol } from '../fixtures/people';
import { test, expect } from '../fixtures/test';

const MOBILE = /(?<![0-9A-Za-z_-])1\d{10}(?![0-9A-Za-z_-])/;

function day(fromNow: number): string {
  return new Date(Date.now() + 8 * 3_600_000 + fromNow * 86_400_000).toISOString().slice(0, 10);
}

/** Takes a family in that is to be contacted on a day. */
async function due(page: Page, names: [string, string, string], on: number): Promise<string> {
  const card = await makeFamily(page, ...names);
  const note = await ask(page, `/api/families/${card.id}/notes`, { body: '约好再联系', next_contact: day(on) });
  expect(note.status).toBe(201);
  return card.id;
}

function item(page: Page, section: string, family: string): Locator {
  return page.locator(`section[aria-labelledby="${section}"] li`).filter({ has: page.locator(`a[href="/families/${family}"]`) });
}

/** Presses Tab until something has the focus. */
async function tabTo(page: Page, what: Locator): Promise<void> {
  for (let presses = 0; presses < 80; presses += 1) {
    if (await what.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error('the focus does not come there');
}

test('what is due stands on the first page, and a note takes it to another day or off the list', async ({ page, school }) => {
  await enrol(page, school, 'consultant');
  await expect(page).toHaveURL(/\/today$/);
  const late = await due(page, ['季寒江', '季云深', '10300000051'], -2);
  const now = await due(page, ['纪晚晴', '纪长空', '10300000052'], 0);
  await page.reload();
  await settled(page);
  const number = page.locator('.nav__link', { hasText: '今日' }).locator('.waits__number');
  await expect(number).toBeVisible();
  const waiting = parseInt(await number.innerText(), 10);
  const overdue = item(page, 'overdue', late);
  await expect(overdue).toContainText('逾期 2 天');
  await expect(overdue).toContainText('我负责');
  await expect(item(page, 'due', now)).toBeVisible();
  expect(await page.content()).not.toContain('季寒江');

  await overdue.getByRole('button', { name: '记一笔' }).click();
  const dialog = page.getByRole('dialog', { name: '记一笔' });
  await dialog.getByLabel('跟进内容').fill('改到下周，回拨 010-62345678');
  await expect(dialog.getByText('其中有 1 处号码')).toBeVisible();
  await dialog.getByRole('button', { name: '明天' }).click();
  await dialog.getByRole('button', { name: '记下' }).click();
  await expect(dialog).toHaveCount(0);
  await expect(item(page, 'soon', late)).toBeVisible();
  await expect(overdue).toHaveCount(0);
  await expect(number).toHaveText(new RegExp(`^${waiting - 1}\\D`));

  await item(page, 'due', now).getByRole('button', { name: '记一笔' }).click();
  await dialog.getByRole('button', { name: '记下' }).click();
  await expect(dialog.getByRole('heading', { name: /处需要改/ })).toBeVisible();
  await dialog.getByLabel('跟进内容').fill('不再联系');
  await dialog.getByRole('button', { name: '记下' }).click();
  await expect(item(page, 'due', now)).toHaveCount(0);
});

test('a number is opened where it is called, and the call written down, by the keyboard alone', async ({ page, school }) => {
  await enrol(page, school, { login: 'li' });
  const family = await due(page, ['严若溪', '严怀远', '10300000053'], -40);
  await page.goto('/today');
  await settled(page);
  const entry = item(page, 'overdue', family);
  const seal = entry.getByRole('button', { name: '启封 手机', exact: true });
  await tabTo(page, seal);
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: '启封 手机' });
  await expect(dialog).toBeVisible();
  await tabTo(page, dialog.getByLabel('补充说明'));
  await page.keyboard.type('回访');
  await tabTo(page, dialog.getByRole('button', { name: '启封', exact: true }));
  await page.keyboard.press('Enter');
  const value = entry.locator('.field--revealed .field__text');
  await expect(value).toHaveText(MOBILE);
  await expect(value).toBeFocused();
  await tabTo(page, entry.getByRole('button', { name: '记一笔' }));
  await page.keyboard.press('Enter');
  const note = page.getByRole('dialog', { name: '记一笔' });
  await tabTo(page, note.getByLabel('跟进内容'));
  await page.keyboard.type('下周来听课');
  await tabTo(page, note.getByRole('button', { name: '一周后' }));
  await page.keyboard.press('Enter');
  await tabTo(page, note.getByRole('button', { name: '记下' }));
  await page.keyboard.press('Enter');
  await expect(note).toHaveCount(0);
  await expect(entry).toHaveCount(0);
  await expect(page.locator('.field--revealed')).toHaveCount(0);
  expect(await page.content()).not.toMatch(MOBILE);
});

test('the page has no serious fault, filled, with its dialog and empty', async ({ page, school, newDevice }) => {
  test.setTimeout(180_000);
  await enrol(page, school, 'consultant');
  await due(page, ['白露生', '白秋水', '10300000054'], 0);
  await page.goto('/today');
  await look(page, 'today');
  await page.getByRole('button', { name: '记一笔' }).first().click();
  await expect(page.getByRole('dialog', { name: '记一笔' })).toBeVisible();
  await look(page, 'today, a note');
  const officer = await newDevice();
  await enrol(officer.page, school, 'privacy_officer');
  await officer.page.goto('/today');
  await expect(officer.page.getByRole('heading', { name: '今天没有等你的事' })).toBeVisible();
  await look(officer.page, 'today, nothing waits');
  await officer.page.getByRole('button', { name: 'English' }).click();
  await expect(officer.page.getByRole('heading', { name: 'Nothing waits for you today' })).toBeVisible();
  await look(officer.page, 'today in English');
  // A finding is late on another day than that of the test: the number alone is put into the answer.
  await officer.page.route('**/api/today', async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ response: answer, json: { ...(await answer.json()), findings: 2 } });
  });
  await officer.page.reload();
  const findings = officer.page.getByRole('region', { name: 'Findings of audits, overdue' });
  await expect(findings).toContainText('2');
  await look(officer.page, 'today, findings that are late');
  await findings.getByRole('link').click();
  await expect(officer.page).toHaveURL(/\/admin\/audit$/);
});

test('a page that could not be read says so and reads again', async ({ page, school, watch }) => {
  await enrol(page, school, 'consultant');
  watch.expectRefusal(503, /^\/api\/today$/);
  const problem = { code: 'trail_unavailable', status: 503, trace_id: 'e2e-0000000000000000', fields: [] };
  await page.route('**/api/today', (route) => route.fulfill({ status: 503, contentType: 'application/problem+json', body: JSON.stringify(problem) }), { times: 1 });
  await page.goto('/today');
  await expect(page.getByText('e2e-0000000000000000')).toBeVisible();
  await page.getByRole('button', { name: '重试' }).click();
  await expect(page.getByRole('region').or(page.locator('.empty, .waits')).first()).toBeVisible();
  await expect(page.getByText('e2e-0000000000000000')).toHaveCount(0);
});
