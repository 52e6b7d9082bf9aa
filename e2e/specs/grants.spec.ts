// A standing grant: a teacher asks for a term, somebody else grants, look after look opens with a reason, until it is revoked.
import type { Locator, Page } from '@playwright/test';
import { look, settled } from '../fixtures/axe';
import { openPalette } from '../fixtures/palette';
import { ask, enrol } from '../fixtures/people';
import type { School } from '../fixtures/school';
import { test, expect } from '../fixtures/test';

const FIELD = 'student.health_note';
const SEAL = '健康与过敏：启封需要批准';

/** The officer says that teachers open health notes only after an approval. That narrows the matrix, and holds at once. */
async function narrow(page: Page): Promise<void> {
  const status = await page.evaluate(async (field) => {
    const { version } = (await (await fetch('/api/policy')).json()) as { version: number };
    const cell = { exposure: 'masked', reveal: 'with_approval', edit: false, search: false, export: false };
    const body = JSON.stringify({ version, cells: [{ role: 'teacher', field, cell }] });
    const answer = await fetch('/api/policy', { method: 'PATCH', headers: { 'content-type': 'application/json' }, body });
    return answer.status;
  }, FIELD);
  expect(status).toBe(200);
}

interface Card {
  students: { id: string; health_note: { state: string } }[];
}

/** A pupil of a class whose health note is masked. */
async function pupil(page: Page, klass: string): Promise<{ family: string; id: string }> {
  const { body } = await ask<{ pupils: { id: string; family: string }[] }>(page, `/api/classes/${klass}`);
  for (const { id, family } of body.pupils) {
    const card = await ask<Card>(page, `/api/families/${family}`);
    if (card.body.students.find((student) => student.id === id)?.health_note.state === 'masked') return { family, id };
  }
  throw new Error('no pupil fits');
}

async function press(page: Page, part: Locator): Promise<Locator> {
  await part.getByRole('button', { name: SEAL, exact: true }).click();
  const dialog = page.getByRole('dialog', { name: SEAL });
  await expect(dialog).toBeVisible();
  return dialog;
}

async function begun(page: Page, school: School, newDevice: () => Promise<{ page: Page }>): Promise<{ officer: Page; teacher: string }> {
  const { page: officer } = await newDevice();
  await enrol(officer, school, 'privacy_officer');
  await narrow(officer);
  const { name: teacher } = await enrol(page, school, 'teacher');
  return { officer, teacher };
}

test('a teacher asks, the officer grants, it opens again and again, and is revoked', async ({ page, school, newDevice, watch }) => {
  test.setTimeout(240_000);
  const { officer, teacher } = await begun(page, school, newDevice);
  await page.goto('/today');
  await page.getByRole('main').getByRole('link', { name: '常设授权' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('常设授权');
  const form = page.getByRole('region', { name: '请求常设授权' });
  await form.getByRole('button', { name: '请求批准' }).click();
  await expect(form.getByText('请至少勾一个字段')).toBeVisible();
  await expect(form.getByText('选「其他」时请写明事由')).toBeVisible();
  await look(page, 'asking for a standing grant');
  await form.getByLabel('健康与过敏').check();
  await form.getByLabel('补充说明').fill('每日晨检，家长电话 10012345678');
  await form.getByRole('button', { name: '请求批准' }).click();
  const mine = page.getByRole('region', { name: '我的授权' });
  await expect(mine).toContainText('等决定');
  await expect(mine).toContainText('健康与过敏');
  const { may_ask: [offer] } = (await ask<{ may_ask: { class: { id: string; name: string } }[] }>(page, '/api/grants')).body;
  const known = await pupil(page, offer?.class.id ?? '');

  // The officer hears of it where one-off requests stand, and decides until an earlier day or the one that was asked for.
  await officer.goto('/today');
  const waiting = officer.getByRole('region', { name: '有常设授权等你决定' });
  await expect(waiting).toContainText('1');
  await expect(officer.getByText('今天没有等你的事')).toBeHidden();
  await look(officer, 'today, a standing grant waits');
  await waiting.getByRole('link', { name: '去决定' }).click();
  const deciding = officer.getByRole('region', { name: '等你决定' });
  await expect(deciding).toContainText('每日晨检，家长电话 100****5678');
  await look(officer, 'deciding about a standing grant');
  await deciding.getByRole('button', { name: '批准', exact: true }).click();
  await expect(deciding).toHaveCount(0);
  const force = officer.getByRole('region', { name: '正在生效' });
  await expect(force).toContainText(offer?.class.name ?? '?');

  // Two looks, each with a reason and a passkey.
  await page.goto(`/families/${known.family}`);
  await settled(page);
  const part = page.locator(`section[aria-labelledby="student-${known.id}-title"]`);
  for (let turn = 0; turn < 2; turn += 1) {
    const dialog = await press(page, part);
    await expect(dialog.getByText(/常设授权有效，不必再请求/)).toBeVisible();
    if (turn === 0) await look(page, 'a standing grant covers it');
    await dialog.getByRole('button', { name: '启封', exact: true }).click();
    // What opens may be empty: a mask of this kind does not say so.
    await expect(part.locator('.field--revealed .field__text')).toHaveCount(1);
    await part.getByRole('button', { name: '复封 健康与过敏' }).click();
    await expect(part.locator('.field--revealed')).toHaveCount(0);
  }

  // Whoever keeps the matrix reads it as a reason, and the register lists it.
  await officer.goto('/admin/trail/approvals');
  const row = officer.getByRole('row', { name: new RegExp(teacher) });
  await expect(row).toContainText(`常设 · ${offer?.class.name}`);
  await expect(row).toContainText('已批准');
  await look(officer, 'the register with a standing grant');

  // Revoked: the next look has to be asked for.
  await officer.getByRole('navigation', { name: '主导航' }).getByRole('link', { name: '常设授权' }).click();
  await expect(officer).toHaveURL(/\/grants$/);
  await force.getByRole('button', { name: '收回' }).click();
  const sure = officer.getByRole('dialog', { name: '收回常设授权' });
  await expect(sure).toContainText(teacher);
  await look(officer, 'revoking');
  await sure.getByRole('button', { name: '收回' }).click();
  await expect(force).toHaveCount(0);
  const dialog = await press(page, part);
  await expect(dialog.getByRole('button', { name: '请求批准' })).toBeVisible();
  await page.keyboard.press('Escape');
  watch.expectRefusal(403, /^\/api\/students\/[^/]+\/reveals$/);
  const past = await ask(page, `/api/students/${known.id}/reveals`, { field: FIELD, reason: { code: 'contract', text: '' } });
  expect(past).toMatchObject({ status: 403, body: { code: 'approval_required' } });
  await page.goto('/grants');
  await expect(page.getByRole('region', { name: '我的授权' })).toContainText('已被收回');
});

test('a refusal says why; whoever has nothing to ask for is told', async ({ page, school, newDevice }) => {
  const { officer } = await begun(page, school, newDevice);
  // Whoever teaches finds it in the palette, in either language.
  await page.goto('/today');
  await expect(page.getByRole('heading', { level: 1, name: '今日' })).toBeVisible();
  await openPalette(page);
  await page.keyboard.type('cssq');
  await expect(page.getByRole('option').first()).toContainText('常设授权');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'English' }).click();
  await openPalette(page);
  await page.keyboard.type('Standing');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/grants$/);
  await page.getByRole('button', { name: '中文' }).click();
  const form = page.getByRole('region', { name: '请求常设授权' });
  await form.getByLabel('健康与过敏').check();
  await form.getByLabel('补充说明').fill('每日晨检');
  await form.getByRole('button', { name: '请求批准' }).click();
  await expect(page.getByRole('region', { name: '我的授权' })).toContainText('等决定');
  await officer.goto('/grants');
  await officer.getByRole('button', { name: '不批准' }).click();
  const why = officer.getByRole('dialog', { name: '不批准' });
  await why.getByRole('button', { name: '不批准' }).click();
  await expect(why.getByText('请写明原因')).toBeVisible();
  await why.getByLabel('为什么不批准').fill('晨检由校医做');
  await why.getByRole('button', { name: '不批准' }).click();
  await expect(officer.getByText('没有常设授权')).toBeVisible();
  await look(officer, 'no standing grants');
  await page.reload();
  await expect(page.getByRole('region', { name: '我的授权' })).toContainText('晨检由校医做');
});
