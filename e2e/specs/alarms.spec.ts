// The watch: an attack becomes an alarm on an open page by itself; it is taken, closed with words, and a rule is set.
import { faults, look } from '../fixtures/axe';
import { enrol } from '../fixtures/people';
import { shots } from '../fixtures/shots';
import { expect, test } from '../fixtures/test';

test('an alarm appears by itself, is taken and closed, and a rule is set', async ({ page, school, newDevice, watch }) => {
  test.setTimeout(120_000);
  watch.expectRefusal(403, /^\/api\/staff$/);
  watch.expectRefusal(422, /\/closing$/);
  const consultant = await newDevice();
  const { name } = await enrol(consultant.page, school, 'consultant');
  await enrol(page, school, 'privacy_officer');
  await page.goto('/admin/alarms');
  await expect(page.getByText('值守中')).toBeVisible();
  await expect(page.getByText('没有警报').first()).toBeVisible();

  // What is out of reach, again and again.
  await consultant.page.goto('/families');
  const answers = await consultant.page.evaluate(async () => {
    const all: number[] = [];
    for (let at = 0; at < 12; at += 1) {
      const answer = await fetch('/api/staff');
      await answer.text();
      all.push(answer.status);
    }
    return all;
  });
  expect(new Set(answers)).toEqual(new Set([403]));
  const alarm = page.getByRole('listitem').filter({ hasText: '反复试探无权内容' });
  await expect(alarm).toBeVisible({ timeout: 10_000 });
  await expect(alarm).toContainText(name);
  for (const scheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: scheme });
    expect(await faults(page), scheme).toEqual([]);
  }
  await shots(page, 'alarms');

  await alarm.getByRole('button', { name: '我来处理' }).click();
  await expect(alarm.getByText('在处理')).toBeVisible();
  await alarm.getByRole('button', { name: '了结…' }).click();
  await page.getByRole('dialog').getByRole('button', { name: '了结', exact: true }).click();
  await expect(page.getByRole('dialog').locator('.form__error')).toBeVisible();
  await page.getByLabel('说明').fill('已问本人，误点了旧书签。');
  await page.getByRole('dialog').getByRole('button', { name: '了结', exact: true }).click();
  await expect(alarm).toHaveCount(0);
  await page.getByRole('link', { name: '已了结' }).click();
  await expect(page.getByText('误点了旧书签')).toBeVisible();

  await page.getByRole('link', { name: '规则' }).click();
  await page.getByRole('button', { name: '修改 短时大量查看' }).click();
  await page.getByLabel('达到').fill('80');
  await page.getByRole('dialog').getByRole('button', { name: '保存' }).click();
  await expect(page.getByRole('row').filter({ hasText: '短时大量查看' })).toContainText('20 分钟内达到 80');
  await expect(page.getByRole('row').filter({ hasText: '一天查看过多' })).toContainText('1 天内达到 240');
  expect(await faults(page)).toEqual([]);
  await shots(page, 'rules');
  // Setting a rule is an alarm for the others.
  await page.getByRole('link', { name: '未了结' }).click();
  await expect(page.getByText('关于您本人，由别人处理')).toBeVisible({ timeout: 10_000 });

  // The trail says how the rule was and how it is.
  const auditor = await newDevice();
  await enrol(auditor.page, school, 'auditor');
  await auditor.page.goto('/admin/trail?action=watch_changed');
  await auditor.page.getByRole('button', { name: /^展开第 \d+ 条$/ }).first().click();
  const fact = auditor.page.locator('.facts__row', { has: auditor.page.locator('del') });
  await expect(fact.locator('del')).toContainText('分钟内达到');
  await expect(fact.locator('ins')).toContainText('分钟内达到');
  await look(auditor.page, 'a tuned rule in the trail');
  await shots(auditor.page, 'trail-tuning');
});

test('whoever opens a honey record is an alarm, is slowed down, and is let go again', async ({ page, school, newDevice, watch }) => {
  test.setTimeout(120_000);
  watch.expectRefusal(429, /^\/api\/(families|today)/);
  watch.expectRefusal(404, /^\/api\/alarms\/honey$/);
  const consultant = await newDevice();
  await enrol(consultant.page, school, 'consultant');
  await enrol(page, school, 'privacy_officer');
  await consultant.page.goto('/families');
  const family = await consultant.page.evaluate(async () => (await (await fetch('/api/families?limit=1')).json()).items[0].id as string);

  // Marked by the address of its page; what is none is said at the field.
  await page.goto('/admin/alarms/honey');
  await expect(page.getByText('还没有诱饵')).toBeVisible();
  const field = page.getByLabel('家庭的网址或编号');
  for (const none of ['随便', 'https://school.example/families/0199a0a0-0000-7000-8000-000000000000']) {
    await field.fill(none);
    await page.getByRole('button', { name: '标记为诱饵' }).click();
    await expect(page.getByText('没有这个家庭')).toBeVisible();
  }
  await field.fill(`https://school.example/families/${family}?from=list`);
  await page.getByRole('button', { name: '标记为诱饵' }).click();
  await expect(page.getByRole('row').filter({ hasText: family })).toBeVisible();
  for (const scheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: scheme });
    expect(await faults(page), scheme).toEqual([]);
  }
  await shots(page, 'honey');

  // What is done by itself: slowly for an hour.
  await page.getByRole('link', { name: '规则' }).click();
  await page.getByRole('button', { name: '修改 碰了诱饵' }).click();
  await page.getByLabel('自动处置').selectOption({ label: '放慢其查看一小时' });
  await page.getByRole('dialog').getByRole('button', { name: '保存' }).click();
  await expect(page.getByRole('row').filter({ hasText: '碰了诱饵' })).toContainText('放慢其查看一小时');
  await page.getByRole('link', { name: '未了结' }).click();
  await consultant.page.evaluate(async (id) => (await fetch(`/api/families/${id}`)).text(), family);
  const alarm = page.getByRole('listitem').filter({ hasText: '碰了诱饵' });
  await expect(alarm).toBeVisible({ timeout: 10_000 });
  await expect(alarm).toContainText('危急');
  const looks = () => consultant.page.evaluate(async () => {
    const all: number[] = [];
    for (let at = 0; at < 5; at += 1) {
      const answer = await fetch('/api/families?limit=1');
      await answer.text();
      all.push(answer.status);
    }
    return all;
  });
  expect(await looks()).toContain(429);
  await alarm.getByRole('button', { name: '不再放慢' }).click();
  await expect(page.getByText('已不再放慢。')).toBeVisible();
  expect(new Set(await looks())).toEqual(new Set([200]));

  await page.getByRole('link', { name: '诱饵' }).click();
  await page.getByRole('button', { name: `取消标记 ${family}` }).click();
  await expect(page.getByText('还没有诱饵')).toBeVisible();
});

test('a line that the server would not have is made anew, and what happened meanwhile is there', async ({ page, school, newDevice, watch }) => {
  test.setTimeout(120_000);
  watch.expectRefusal(403, /^\/api\/staff$/);
  watch.expectRefusal(503, /^\/api\/alarms\/live$/);
  const consultant = await newDevice();
  await enrol(consultant.page, school, 'consultant');
  await enrol(page, school, 'privacy_officer');
  await page.route('**/api/alarms/live', (route) => route.fulfill({ status: 503, body: '' }));
  await page.goto('/admin/alarms');
  await expect(page.getByText('未连接，正在重连…')).toBeVisible();
  await expect(page.getByRole('listitem').filter({ hasText: '反复试探无权内容' })).toHaveCount(0);
  await consultant.page.goto('/families');
  await consultant.page.evaluate(async () => {
    for (let at = 0; at < 12; at += 1) {
      await (await fetch('/api/staff')).text();
    }
  });
  await page.unroute('**/api/alarms/live');
  await expect(page.getByText('实时')).toBeVisible({ timeout: 20_000 });
  await expect(page.getByRole('listitem').filter({ hasText: '反复试探无权内容' })).toBeVisible({ timeout: 10_000 });
});

test('the rule of emergencies is not loosened and that of failed sign-ins has no answer, and both say why', async ({ page, school }) => {
  await enrol(page, school, 'privacy_officer');
  await page.goto('/admin/alarms/rules');
  await page.getByRole('button', { name: '修改 开启紧急查看' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText('不能停用或放宽')).toBeVisible();
  await expect(dialog.getByLabel('达到')).toHaveCount(0);
  await expect(dialog.getByLabel('启用')).toHaveCount(0);
  expect(await faults(page)).toEqual([]);
  await dialog.getByRole('button', { name: '取消' }).click();
  await page.getByRole('button', { name: '修改 多次登录失败' }).click();
  await expect(dialog.getByText('还没有证明身份')).toBeVisible();
  await expect(dialog.getByLabel('自动处置').locator('option')).toHaveCount(1);
});
