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
  await look.getByRole('link', { name: /^质疑/ }).click();
  await expect(page).toHaveURL(new RegExp(`/portal/children/${child}/questions/\\d+$`));
  await expect(page.getByRole('heading', { level: 1, name: '质疑这次查看' })).toBeVisible();
  const form = page.getByRole('region', { name: '质疑这次查看' });
  await expect(form).toContainText('打开看了 手机');
  await expect(form).toContainText('约试听');
  await expect(form).toContainText('不会是被问的那个人');
  await expect(page.locator('.portal__head')).toContainText('诸葛砚秋');
  // What was typed is not lost by a press beside it.
  await form.getByLabel('想问什么').fill('我没有约过试听，为什么看 10012345678？');
  await page.getByRole('link', { name: '帮助' }).click();
  const leave = page.getByRole('dialog', { name: '离开这一页？' });
  await leave.getByRole('button', { name: '留下' }).click();
  await settled(page);
  expect(await faults(page)).toEqual([]);
  await form.getByRole('button', { name: '提交' }).click();
  // Back at the line, with how far it has come.
  await expect(page).toHaveURL(new RegExp(`/portal/children/${child}#look-\\d+$`));
  await expect(look).toBeFocused();
  await expect(look).toContainText(/等学校答复，最迟 \d{4}\/\d{2}\/\d{2}/);
  await expect(look.getByRole('link', { name: /^质疑/ })).toHaveCount(0);
  await expect(look).not.toContainText('我没有约过试听');
  await look.getByRole('link', { name: '我问的' }).click();
  const mine = page.locator('.held__row');
  await expect(mine).toBeFocused();
  await expect(mine).toContainText('你说：“我没有约过试听，为什么看 10012345678？”');
  await expect(mine).toContainText('等学校答复');
  expect(await faults(page)).toEqual([]);
  await mine.getByRole('link', { name: '看那一行' }).click();
  await expect(look).toBeFocused();

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
  await expect(look).toContainText('已答复：是失误，已处理');
  const told = page.locator('.log__item', { hasText: '答复了质疑' });
  await expect(told).toContainText(answering.name);
  await expect(told.getByRole('link')).toHaveCount(0);
  expect(await faults(page)).toEqual([]);
  await look.getByRole('link', { name: '读答复' }).click();
  await expect(mine).toContainText('已答复：是失误，已处理');
  await expect(mine).toContainText(answering.name);
  await expect(mine).toContainText('学校答：“查过了，看错了一家，已提醒本人”');
  await expect(mine.getByRole('button')).toHaveCount(0);
  expect(await faults(page)).toEqual([]);
});

test('a question is taken back; one about an older look is found again, with the filter it came from', async ({ school, newDevice, watch }) => {
  test.setTimeout(180_000);
  watch.expectRefusal(404, /questions$/);
  const { page, consultant, card, child } = await home(school, newDevice, ['诸葛砚秋'], '10012345670');
  await page.goto(`/portal/children/${child}?kind=changed`);
  await settled(page);
  const created = page.locator('.log__item', { hasText: '登记了' }).last();
  const send = page.getByRole('button', { name: '提交' });
  await created.getByRole('link', { name: /^质疑/ }).click();
  await page.getByRole('link', { name: '取消' }).click();
  await expect(page).toHaveURL(new RegExp(`/portal/children/${child}\\?kind=changed#look-\\d+$`));
  await expect(created).toBeFocused();
  await expect(page.getByRole('link', { name: /^我问过的/ })).toHaveCount(0);
  await created.getByRole('link', { name: /^质疑/ }).click();
  const form = page.url();
  await send.click();
  await expect(page).toHaveURL(/\?kind=changed#look-/);
  await expect(created).toContainText('等学校答复');
  // Of a line one question is open: the form says so.
  await page.goto(form);
  await expect(page.getByText('等学校答复')).toBeVisible();
  await expect(send).toHaveCount(0);
  await page.getByRole('link', { name: '我问的' }).click();
  const mine = page.locator('.held__row');
  await mine.getByRole('button', { name: '收回' }).click();
  await expect(mine).toContainText(/\d{4}\/\d{2}\/\d{2} 已收回/);
  await mine.getByRole('link', { name: '看那一行' }).click();
  await expect(created).toBeFocused();
  await expect(created).not.toContainText('等学校答复');
  await created.getByRole('link', { name: /^质疑/ }).click();
  await send.click();
  await expect(created).toContainText('等学校答复');
  // More looks than one page holds: whoever comes from the question is led to its line.
  await consultant.evaluate(async (path) => {
    for (let turn = 0; turn < 101; turn += 1) await (await fetch(path)).text();
  }, `/api/families/${card.id}`);
  await page.goto(`/portal/children/${child}`);
  await settled(page);
  await expect(created).toHaveCount(0);
  await page.getByRole('link', { name: '我问过的（1）' }).click();
  await expect(mine).toHaveCount(2);
  await mine.first().getByRole('link', { name: '看那一行' }).click();
  await expect(created).toBeFocused();
  await expect(created).toBeInViewport();
  // A line that is not the guardian's is not there, and neither is one that is nobody's.
  expect((await ask(page, `/api/portal/children/${child}/questions`, { line: 1 })).status).toBe(404);
  await page.goto(`/portal/children/${child}/questions/1`);
  await expect(page.getByText('这里没有可以质疑的查看')).toBeVisible();
  await page.goto(`/portal/children/${child}/questions/x`);
  await expect(page.getByRole('heading', { name: '没有这个页面' }).last()).toBeVisible();
  await page.goto(`/portal/children/${child}`);
  await settled(page);
  await page.emulateMedia({ media: 'print' });
  await expect(page.getByRole('link', { name: /^质疑/ }).first()).toBeHidden();
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
