// The portal of guardians on a phone: children, what is kept, who looked, help, and that nothing stays after signing out.
import { faults, settled } from '../fixtures/axe';
import { test, expect } from '../fixtures/test';
import { ask, enrol, enterByInvitation, reveal } from '../fixtures/people';
import { PHONE, family, home } from '../fixtures/portal';

const WECHAT =
  'Mozilla/5.0 (Linux; Android 14; M2012K11AC) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/126.0.0.0 Mobile Safari/537.36 MicroMessenger/8.0.50';

test('the other children are one press away from wherever the page is scrolled to', async ({ school, newDevice }) => {
  const { page, card } = await home(school, newDevice, ['诸葛砚秋', '诸葛砚冬'], '10012340001');
  await page.goto(`/portal/children/${card.students[0]?.id}/held`);
  await settled(page);
  const children = page.getByRole('navigation', { name: '换孩子' });
  await expect(children.getByRole('link')).toHaveCount(2);
  await expect(children.locator('[aria-current="page"]')).toContainText('诸葛砚秋');
  await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
  await expect(children).toBeInViewport();
  await children.getByRole('link', { name: '诸葛砚冬' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('诸葛砚冬');
  // The part that was open stays open, and nothing of the other child stays.
  await expect(page).toHaveURL(/\/held$/);
  await expect(page.locator('#main')).not.toContainText('诸葛砚秋');

  const only = await home(school, newDevice, ['温庭'], '10012340002');
  await only.page.goto('/portal');
  await expect(only.page).toHaveURL(new RegExp(`/portal/children/${only.child}`));
  await settled(only.page);
  await expect(only.page.getByRole('navigation', { name: '换孩子' })).toHaveCount(0);
});

test('what is kept says who sees it in which form, and what is not kept is said quietly', async ({ school, newDevice }) => {
  const { page, child } = await home(school, newDevice, ['诸葛砚秋'], '10012345678');
  await page.goto(`/portal/children/${child}/me`);
  await settled(page);
  const phone = page.locator('.held__row').filter({ has: page.locator('dt', { hasText: /^手机$/ }) });
  await expect(phone.locator('.held__value')).toContainText('10012345678');
  await expect(phone.locator('.held__who')).toContainText('课程顾问、教务、校长、应急人员只看到 100****5678，写明事由才能打开。');
  await expect(phone.locator('.held__who')).toContainText('财务只看到 100****5678，不能打开。');
  // The numbers above are those of the entries below.
  const groups = page.locator('section.card:has(h3) dl.held');
  const entries = await groups.locator('.held__row').count();
  const numbers = (await page.locator('.reaches .figure__number').allInnerTexts()).map(Number);
  expect(numbers.reduce((sum, one) => sum + one, 0)).toBe(entries);
  await expect(page.getByText('没有登记')).toContainText('工作单位');
  await expect(page.locator('dt', { hasText: '工作单位' })).toHaveCount(0);
});

test('who looked is found by kind and by entry, and a filter of nothing says so', async ({ school, newDevice }) => {
  const { page, consultant, card, child } = await home(school, newDevice, ['诸葛砚秋'], '10012345679');
  const guardian = card.guardians[0]?.id ?? '';
  await page.goto(`/portal/children/${child}`);
  await settled(page);
  await expect(page.locator('.month')).toContainText('这个月 1 位老师看过，没有打开过遮住的内容。');
  const opened = await reveal(consultant, `/api/guardians/${guardian}/reveals`, { field: 'guardian.phone', reason: { code: 'follow_up', text: '' } });
  expect(opened.status).toBe(200);
  await page.reload();
  await settled(page);
  await expect(page.locator('.month')).toContainText('1 次打开了手机');
  await page.getByRole('navigation', { name: '按种类看' }).getByRole('link', { name: '打开' }).click();
  await expect(page).toHaveURL(/kind=opened/);
  await expect(page.locator('.log__item')).toHaveCount(1);
  await expect(page.locator('.log__item--opened')).toContainText('课程回访');
  await page.getByLabel('按哪一项看').selectOption('student.school');
  await expect(page).toHaveURL(/field=student\.school/);
  await expect(page.getByText('没有这样的记录。')).toBeVisible();
  // The address holds the filter, and nothing else than plain facts.
  await page.reload();
  await expect(page.getByText('没有这样的记录。')).toBeVisible();
  await page.getByRole('link', { name: '看全部' }).click();
  await expect(page.locator('.log__item')).not.toHaveCount(0);

  // The same look again and again is one line with its number; what was opened keeps a line for each time.
  const lines = await page.locator('.log__item').count();
  for (let time = 0; time < 3; time += 1) expect((await ask(consultant, `/api/families/${card.id}`)).status).toBe(200);
  await page.reload();
  await settled(page);
  await expect(page.locator('.log__item')).toHaveCount(lines + 1);
  await expect(page.locator('.log__item').first()).toContainText('3 次');
  await reveal(consultant, `/api/guardians/${guardian}/reveals`, { field: 'guardian.phone', reason: { code: 'follow_up', text: '' } });
  await page.reload();
  await settled(page);
  await expect(page.locator('.log__item--opened')).toHaveCount(2);
});

test('on paper: black on white, with reader and time, without anything to press', async ({ school, newDevice }) => {
  const { page, child } = await home(school, newDevice, ['诸葛砚秋'], '10012345680');
  await page.goto(`/portal/children/${child}`);
  await settled(page);
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  await expect(page.locator('.printed')).toContainText(/诸葛听澜 打印 · 截至 \d{4}/);
  for (const gone of ['.tabbar', '.sift', '.tabs', '.button']) await expect(page.locator(gone).first()).toBeHidden();
  const colours = await page.evaluate(() => [getComputedStyle(document.body).backgroundColor, getComputedStyle(document.body).color]);
  expect(colours).toEqual(['rgb(255, 255, 255)', 'rgb(0, 0, 0)']);
});

test('after signing out nothing stays in the page, the storage, a cache or the history', async ({ school, newDevice }) => {
  const { page, child } = await home(school, newDevice, ['诸葛砚秋'], '10012345681');
  await page.goto(`/portal/children/${child}/me`);
  await settled(page);
  await expect(page.locator('#main')).toContainText('10012345681');
  const answers = await page.evaluate(async (path) => {
    const answer = await fetch(path);
    return answer.headers.get('cache-control');
  }, `/api/portal/children/${child}`);
  expect(answers).toBe('no-store');
  await page.getByRole('button', { name: '退出' }).click();
  await expect(page).toHaveURL(/\/portal\/sign-in$/);
  await expect(page.getByLabel('手机号或邮箱')).toBeVisible();
  const left = async () =>
    page.evaluate(async () => ({
      local: Object.keys(localStorage).filter((key) => !['shendu.theme', 'shendu.lang'].includes(key)),
      session: Object.keys(sessionStorage),
      caches: await caches.keys(),
      databases: (await indexedDB.databases()).length,
      cookie: document.cookie,
    }));
  const nothing = { local: [], session: [], caches: [], databases: 0, cookie: '' };
  expect(await left()).toEqual(nothing);
  // The one cookie that stays opens nothing, and no script reads it.
  expect(await page.context().cookies()).toMatchObject([{ name: 'shendu-device', httpOnly: true }]);
  for (let step = 0; step < 4; step += 1) {
    await page.goBack().catch(() => null);
    if (new URL(page.url()).protocol === 'about:') break;
    await expect(page).toHaveURL(/sign-in|invitation/);
    expect(await page.content()).not.toContain('10012345681');
    expect(await page.content()).not.toContain('诸葛砚秋');
  }
  await page.goto(`/portal/children/${child}/me`);
  await expect(page).toHaveURL(/sign-in\?next=/);
  expect(await page.content()).not.toContain('诸葛砚秋');
  expect(await left()).toEqual(nothing);
});

test('a code: the whole message may be pasted, a wrong one and a spent one are told apart, sending again waits', async ({ school, newDevice, watch }) => {
  watch.expectRefusal(422, /^\/api\/portal\/codes\/verify$/);
  watch.expectRefusal(410, /^\/api\/portal\/codes\/verify$/);
  const staff = await newDevice();
  await enrol(staff.page, school, { login: 'zhou' });
  await family(staff.page, ['诸葛砚秋'], '10012345682');
  const { page } = await newDevice(PHONE);
  await page.goto('/portal/sign-in');
  await page.getByLabel('手机号或邮箱').fill('100 1234 5682');
  const before = (await school.outbox()).length;
  await page.getByRole('button', { name: '发送验证码' }).click();
  const field = page.getByLabel('六位验证码');
  await expect(field).toHaveAttribute('autocomplete', 'one-time-code');
  await expect(field).toBeFocused();
  await expect(page.getByRole('button', { name: /^重新发送（\d+ 秒后）$/ })).toBeDisabled();
  const code = await school.code(before);
  const wrong = code === '000000' ? '111111' : '000000';
  await field.fill('123');
  await page.getByRole('button', { name: '进入' }).click();
  await expect(page.getByText('验证码是六位数字')).toBeVisible();
  for (let tries = 0; tries < 5; tries += 1) {
    await field.fill(wrong);
    const answered = page.waitForResponse('**/api/portal/codes/verify');
    await page.getByRole('button', { name: '进入' }).click();
    await answered;
    await expect(page.getByRole('alert')).toContainText('验证码不对');
  }
  await field.fill(code);
  await page.getByRole('button', { name: '进入' }).click();
  await expect(page.getByRole('alert')).toContainText('过期了，或试得太多');
  // Of a spent code nobody has to wait for the next.
  const sent = (await school.outbox()).length;
  await page.getByRole('button', { name: '重新发送' }).click();
  const next = await school.code(sent);
  await expect(page.getByRole('button', { name: /^重新发送（\d+ 秒后）$/ })).toBeVisible();
  await field.evaluate((input, text) => {
    (input as HTMLInputElement).value = text;
    input.dispatchEvent(new Event('input', { bubbles: true }));
  }, `【明德书院】登录验证码 ${next}，10 分钟内有效。`);
  await expect(field).toHaveValue(next);
  await page.getByRole('button', { name: '进入' }).click();
  await expect(page).toHaveURL(/\/portal\/children\//);
});

test('inside WeChat the code works, and the way to the browser is told', async ({ school, newDevice }) => {
  const staff = await newDevice();
  await enrol(staff.page, school, 'registrar');
  const { card, url } = await family(staff.page, ['诸葛砚秋'], '10012345683');
  const { page } = await newDevice({ ...PHONE, userAgent: WECHAT });
  await page.goto('/portal/sign-in');
  await expect(page.getByText('在微信里用验证码就能登录')).toContainText('在浏览器打开');
  await expect(page.getByRole('button', { name: '用通行密钥登录' })).toHaveCount(0);
  const before = (await school.outbox()).length;
  await page.goto(url);
  await page.getByRole('button', { name: '发送验证码' }).click();
  await page.getByLabel('六位验证码').fill(await school.code(before));
  await page.getByRole('button', { name: '进入' }).click();
  // No passkey is offered where it would fail.
  await expect(page).toHaveURL(new RegExp(`/portal(/children/${card.students[0]?.id})?`));
  await page.goto('/portal/account');
  await expect(page.getByText('微信里的网页用不了通行密钥')).toBeVisible();
  await expect(page.getByRole('rowheader')).toContainText('WeChat · Android');
});

test('an invitation that is opened where somebody is signed in asks first', async ({ school, newDevice, watch }) => {
  const first = await home(school, newDevice, ['诸葛砚秋'], '10012345684');
  const { url } = await family(first.consultant, ['温庭'], '10012345685');
  await first.page.goto(url);
  await expect(first.page.getByRole('heading', { name: '这里已有人登录' })).toBeVisible();
  expect(new URL(first.page.url()).hash).toBe('');
  await first.page.getByRole('button', { name: '接着用' }).click();
  await expect(first.page).toHaveURL(new RegExp(`/portal/children/${first.child}`));
  await first.page.goto(url);
  await first.page.getByRole('button', { name: '退出，用这份邀请' }).click();
  await expect(first.page.getByRole('button', { name: '发送验证码' })).toBeVisible();
  expect((await ask(first.page, '/api/session')).body).toBeNull();
  // Staff are told by name, and a link that is none is told as lapsed.
  await first.consultant.goto(url);
  await expect(first.consultant.getByText('正在这个浏览器里登录')).toBeVisible();
  watch.expectRefusal(410, /^\/api\/portal\/invitations\/open$/);
  const { page } = await newDevice(PHONE);
  await page.goto('/invitation#no-such-link');
  await expect(page.getByRole('heading', { name: '链接已失效' }).first()).toBeVisible();
});

test('of several sign-ins all others are ended at once', async ({ school, newDevice, watch }) => {
  const one = await home(school, newDevice, ['诸葛砚秋'], '10012345686');
  const made = await ask<{ url: string }>(one.consultant, `/api/guardians/${one.card.guardians[0]?.id}/invitations`, {});
  const two = await newDevice(PHONE);
  await enterByInvitation(two.page, school, made.body.url);
  await one.page.goto('/portal/account');
  await expect(one.page.getByRole('rowheader')).toHaveCount(2);
  await one.page.getByRole('button', { name: '结束其他所有登录' }).click();
  await expect(one.page.getByRole('rowheader')).toHaveCount(1);
  await expect(one.page.getByRole('button', { name: '结束其他所有登录' })).toHaveCount(0);
  watch.expectRefusal(401, /^\/api\/portal\//);
  expect((await ask(two.page, '/api/portal/children')).status).toBe(401);
});

test('help is one press away, in both languages', async ({ school, newDevice }) => {
  const { page, child } = await home(school, newDevice, ['诸葛砚秋'], '10012345687');
  await page.goto(`/portal/children/${child}`);
  await page.getByRole('navigation').getByRole('link', { name: '帮助' }).click();
  await expect(page.getByRole('heading', { level: 1, name: '帮助' })).toBeVisible();
  for (const part of ['这些记号是什么意思', '谁是谁', '有疑问、要更正', '要走的时候']) {
    await expect(page.getByRole('heading', { name: part })).toBeVisible();
  }
  await page.evaluate(() => localStorage.setItem('shendu.lang', 'en'));
  await page.reload();
  await expect(page.getByRole('heading', { level: 1, name: 'Help' })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Who is who' })).toBeVisible();
});

test('no fault, in light and dark, at twice the size, and by the keyboard', async ({ school, newDevice }) => {
  test.setTimeout(180_000);
  const { page, child } = await home(school, newDevice, ['诸葛砚秋', '诸葛砚冬'], '10012345688');
  for (const path of [`/portal/children/${child}`, `/portal/children/${child}/held`, `/portal/children/${child}/me`, '/portal/help', '/portal/account']) {
    await page.goto(path);
    await settled(page);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      expect.soft(await faults(page), `${path}, ${colorScheme}`).toEqual([]);
    }
    // 200 % of a phone is half of its width.
    await page.setViewportSize({ width: 195, height: 422 });
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    expect.soft(width, `${path} at 200 %`).toBeLessThanOrEqual(195);
    await page.setViewportSize(PHONE.viewport);
  }
  await page.goto(`/portal/children/${child}/me`);
  await settled(page);
  const correct = page.getByRole('button', { name: '更正 手机' });
  await correct.focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: '更正 手机' });
  await expect(dialog).toBeVisible();
  expect.soft(await faults(page), 'the dialog').toEqual([]);
  await page.keyboard.press('Escape');
  await expect(correct).toBeFocused();
});
