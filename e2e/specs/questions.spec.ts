// A guardian questions a look, on a phone; the privacy officer answers at the desk; the guardian reads what was found.
import { faults, settled } from '../fixtures/axe';
import { test, expect } from '../fixtures/test';
import { ask, enrol, reveal } from '../fixtures/people';
import { PHONE, home } from '../fixtures/portal';

const OPENED = { field: 'guardian.phone', reason: { code: 'follow_up', text: '约试听' } };

test('a look is questioned, answered by somebody else, and the answer is read', async ({ school, newDevice, watch }) => {
  test.setTimeout(240_000);
  watch.expectRefusal(403, /^\/api\/questions$/);
  const { page, consultant, card, child } = await home(school, newDevice, ['诸葛砚秋'], '10012345678');
  expect((await reveal(consultant, `/api/guardians/${card.guardians[0]?.id}/reveals`, OPENED)).status).toBe(200);
  await page.goto(`/portal/children/${child}`);
  await settled(page);
  const look = page.locator('.log__item--opened');
  await look.getByRole('button', { name: /^质疑/ }).click();
  const dialog = page.getByRole('dialog', { name: '质疑这次查看' });
  await expect(dialog).toContainText('打开看了 手机');
  await expect(dialog).toContainText('约试听');
  await expect(dialog).toContainText('不会是被问的那个人');
  await dialog.getByLabel('想问什么').fill('我没有约过试听，为什么看 10012345678？');
  expect(await faults(page)).toEqual([]);
  await dialog.getByRole('button', { name: '提交' }).click();
  await expect(dialog).toBeHidden();
  await expect(look).toContainText(/等学校答复，最迟 \d{4}\/\d{2}\/\d{2}/);
  await expect(look).toContainText('你说：“我没有约过试听，为什么看 10012345678？”');
  await expect(look.getByRole('button', { name: /^质疑/ })).toHaveCount(0);

  // Whoever looked learns nothing of it.
  expect((await ask(consultant, '/api/questions')).status).toBe(403);
  await consultant.goto('/requests');
  await expect(consultant.getByText('没有等你答复的更正')).toBeVisible();
  await expect(consultant.getByRole('link', { name: '质疑' })).toHaveCount(0);
  await consultant.goto(`/families/${card.id}`);
  await settled(consultant);
  await expect(consultant.getByText('没有约过试听')).toHaveCount(0);

  const officer = await newDevice();
  const answering = await enrol(officer.page, school, 'privacy_officer');
  const desk = officer.page;
  await desk.goto('/today');
  const nav = desk.locator('.nav').getByRole('link', { name: /^请求/ });
  await expect(nav).toContainText('1');
  await nav.click();
  const item = desk.locator('.waits__item');
  await expect(item).toHaveCount(1);
  await expect(item).toContainText('李老师');
  await expect(item).toContainText('课程顾问');
  await expect(item).toContainText('手机（明）');
  await expect(item).toContainText('事由：课程回访 · 约试听');
  await expect(item).toContainText('有通行密钥签名');
  await expect(item).toContainText('家长说：“我没有约过试听，为什么看 100****5678？”');
  await expect(item).toContainText(/还有 15 天，最迟 \d{4}\/\d{2}\/\d{2}/);
  await expect(item).not.toContainText('诸葛');
  expect(await faults(desk)).toEqual([]);
  await item.getByRole('button', { name: '答复' }).click();
  const answer = desk.getByRole('dialog', { name: '答复家长的质疑' });
  await answer.getByRole('button', { name: '答复' }).click();
  await expect(answer.getByText('请填写')).toHaveCount(1);
  await answer.getByLabel('是失误，已采取措施').check();
  await answer.getByLabel('对家长说明').fill('查过了，看错了一家，已提醒本人');
  expect(await faults(desk)).toEqual([]);
  await answer.getByRole('button', { name: '答复' }).click();
  await expect(desk.getByText('没有等你答复的质疑')).toBeVisible();
  await desk.getByRole('link', { name: '已答复' }).click();
  await expect(item).toContainText('是失误，已采取措施');
  await expect(item).toContainText('答复：“查过了，看错了一家，已提醒本人”');

  await page.reload();
  await settled(page);
  await expect(look).toContainText(`答复（${answering.name}）：是失误，已处理`);
  await expect(look).toContainText('学校答：“查过了，看错了一家，已提醒本人”');
  await expect(page.locator('.log__item', { hasText: '答复了质疑' })).toContainText(answering.name);
  await expect(page.locator('.log__item', { hasText: '答复了质疑' }).getByRole('button')).toHaveCount(0);
  expect(await faults(page)).toEqual([]);
});

test('a question is taken back, and one about an older look stands before the page', async ({ school, newDevice, watch }) => {
  test.setTimeout(180_000);
  watch.expectRefusal(404, /questions$/);
  const { page, consultant, card, child } = await home(school, newDevice, ['诸葛砚秋'], '10012345670');
  await page.goto(`/portal/children/${child}`);
  await settled(page);
  const created = page.locator('.log__item', { hasText: '登记了' }).last();
  await created.getByRole('button', { name: /^质疑/ }).click();
  await page.getByRole('dialog').getByRole('button', { name: '提交' }).click();
  await expect(created).toContainText('等学校答复');
  await created.getByRole('button', { name: '收回' }).click();
  await expect(created.getByRole('button', { name: /^质疑/ })).toBeVisible();
  await created.getByRole('button', { name: /^质疑/ }).click();
  await page.getByRole('dialog').getByRole('button', { name: '提交' }).click();
  await expect(created).toContainText('等学校答复');
  // More looks than one page holds: the question has left it, and is not lost.
  await consultant.evaluate(async (path) => {
    for (let turn = 0; turn < 101; turn += 1) await (await fetch(path)).text();
  }, `/api/families/${card.id}`);
  await page.reload();
  await settled(page);
  const elsewhere = page.getByRole('region', { name: '问过的，不在下面这一页' });
  await expect(elsewhere).toContainText('登记了');
  await expect(elsewhere).toContainText('等学校答复');
  // A line that is not the guardian's is not there.
  expect((await ask(page, `/api/portal/children/${child}/questions`, { line: 1 })).status).toBe(404);
  await page.emulateMedia({ media: 'print' });
  await expect(page.getByRole('button', { name: /^质疑/ }).first()).toBeHidden();
});

test('whoever is questioned does not find it, though they have the duty; overdue is said', async ({ school, newDevice, watch }) => {
  test.setTimeout(180_000);
  watch.expectRefusal(404, /answer$/);
  const { page, card, child } = await home(school, newDevice, ['诸葛砚秋'], '10012345671');
  const principal = await newDevice(PHONE);
  await enrol(principal.page, school, 'principal');
  expect((await reveal(principal.page, `/api/guardians/${card.guardians[0]?.id}/reveals`, OPENED)).status).toBe(200);
  const ledger = await ask<{ lines: { seq: number; action: string }[] }>(page, `/api/portal/children/${child}/ledger`);
  const line = ledger.body.lines.find((one) => one.action === 'revealed')?.seq;
  const made = await ask<{ id: string }>(page, `/api/portal/children/${child}/questions`, { line, words: '校长为什么看？' });
  expect(made.status).toBe(201);
  await principal.page.goto('/requests?about=questions');
  await expect(principal.page.locator('.waits__item', { hasText: '校长为什么看' })).toHaveCount(0);
  expect((await ask(principal.page, `/api/questions/${made.body.id}/answer`, { finding: 'justified', answer: '有事' })).status).toBe(404);
  // Days later, by the clock of the browser: both sides say that it is late.
  const later = new Date(Date.now() + 20 * 86_400_000);
  await page.clock.setFixedTime(later);
  await page.goto(`/portal/children/${child}`);
  await expect(page.locator('.log__item--opened')).toContainText(/本应 \d{4}\/\d{2}\/\d{2} 前答复，请向学校催问/);
  const officer = await newDevice(PHONE);
  await enrol(officer.page, school, 'privacy_officer');
  await officer.page.clock.setFixedTime(later);
  await officer.page.goto('/requests');
  await expect(officer.page.locator('.waits__item', { hasText: '校长为什么看' })).toContainText('已过期 5 天');
});
