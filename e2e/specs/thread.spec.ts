// The thread of a family, and what is typed on its card: narrowed, told anew without a second look, kept when the program dies.
import type { Locator, Page } from '@playwright/test';
import { test, expect } from '../fixtures/test';
import { ask, enrol } from '../fixtures/people';
import { makeFamily } from '../fixtures/families';

function thread(page: Page): Locator {
  return page.locator('section[aria-labelledby="thread-title"]');
}

/** The paths that the page asks for, as they go out. */
function asked(page: Page, of: RegExp): string[] {
  const seen: string[] = [];
  page.on('request', (request) => {
    const path = new URL(request.url()).pathname;
    if (of.test(path)) seen.push(`${request.method()} ${path}`);
  });
  return seen;
}

test('what is done to a family is told at once, and looking at the ledger is no look at the family', async ({ page, school }) => {
  await enrol(page, school, 'consultant');
  const family = await makeFamily(page, '闻人月', '闻人晴', '10300000051');
  await page.goto(`/families/${family.id}`);
  const told = thread(page);
  await expect(told.getByText('建档')).toBeVisible();
  const requests = asked(page, /^\/api\/families\//);

  // A change of the family says what it set; the day is one press away.
  await page.locator('[id="stage"]').selectOption('trial');
  const keep = page.locator('section[aria-labelledby="keep-title"]');
  await keep.getByRole('button', { name: '一周后' }).click();
  await keep.getByRole('button', { name: '保存', exact: true }).click();
  await expect(told.locator('.log__item').first()).toContainText('阶段改为试听');
  await expect(told.locator('.log__item').first()).toContainText('下次联系改为');

  // A note stands in the thread, with its words; a day to come stays where the note names none.
  await page.locator('[id="body"]').fill('妈妈想周末再来');
  await told.getByRole('button', { name: '记下', exact: true }).click();
  await expect(told.locator('.log__item--note').first()).toContainText('妈妈想周末再来');
  await expect(page.locator('[id="keep.next_contact"]')).not.toHaveValue('');

  // After a reveal the thread alone is asked for.
  requests.length = 0;
  const part = page.locator(`section[aria-labelledby="guardian-${family.guardians[0]?.id}-title"]`);
  await part.getByRole('button', { name: '启封 手机', exact: true }).click();
  await page.getByRole('dialog', { name: '启封 手机' }).getByRole('button', { name: '启封', exact: true }).click();
  await expect(told.locator('.log__item--opened')).toContainText('手机');
  expect(requests).toEqual([`GET /api/families/${family.id}/timeline`]);
  const lines = async (): Promise<number> => {
    const { body } = await ask<{ items: unknown[] }>(page, `/api/families/${family.id}/timeline`);
    return body.items.length;
  };
  const before = await lines();
  expect(await lines()).toBe(before);
  // An item that was there is still the same element: what is open in it stays open.
  await expect(part.locator('.field--revealed')).toBeVisible();

  const kinds = told.getByRole('group', { name: '筛选' });
  await kinds.getByRole('button', { name: '跟进' }).click();
  await expect(told.locator('.log__item')).toHaveCount(1);
  await expect(told.locator('.log__item')).toContainText('妈妈想周末再来');
  await kinds.getByRole('button', { name: '查看' }).click();
  await expect(told.getByText('这些家长也能看到。')).toBeVisible();
  await expect(told.locator('.log__item--note')).toHaveCount(0);
  await expect(told.locator('.log__item--opened')).toHaveCount(1);
  await kinds.getByRole('button', { name: '改动' }).click();
  await expect(told.locator('.log__item--opened')).toHaveCount(0);
  await expect(told.locator('.log__item--write')).not.toHaveCount(0);
});

test('a number in a note is found while it is typed, and said once', async ({ page, school }) => {
  await enrol(page, school, 'consultant');
  const family = await makeFamily(page, '申屠竹', '申屠兰', '10300000061');
  await page.goto(`/families/${family.id}`);
  const found = page.locator('.note--found');
  await expect(found).toBeHidden();
  await page.locator('[id="body"]').pressSequentially('奶奶的号码是10312345678，');
  await expect(found.getByRole('status')).toContainText('1 处号码');
  await expect(found).not.toContainText('10312345678');
  // The words that a screen reader is told stay the same while typing goes on.
  const said = await found.getByRole('status').elementHandle();
  await page.evaluate((status) => {
    (window as unknown as { said: number }).said = 0;
    if (status) new MutationObserver(() => ((window as unknown as { said: number }).said += 1)).observe(status, { subtree: true, childList: true, characterData: true });
  }, said);
  await page.locator('[id="body"]').pressSequentially('白天打');
  expect(await page.evaluate(() => (window as unknown as { said: number }).said)).toBe(0);
});

test('the keys go through the families of the list one came from, edit and write', async ({ page, school }) => {
  await enrol(page, school, 'consultant');
  await page.goto('/families');
  await expect(page.locator('tr[data-family]').nth(2)).toBeVisible();
  const ids = await page.locator('tr[data-family]').evaluateAll((rows) => rows.map((row) => row.getAttribute('data-family')));
  await page.locator(`tr[data-family="${ids[1]}"] a`).click();
  await expect(page).toHaveURL(`/families/${ids[1]}`);
  await expect(page.locator('#thread-title')).toBeVisible();
  await page.keyboard.press(']');
  await expect(page).toHaveURL(`/families/${ids[2]}`);
  await expect(page.locator('#thread-title')).toBeVisible();
  await page.keyboard.press('k');
  await expect(page).toHaveURL(`/families/${ids[1]}`);
  await expect(page.locator('#thread-title')).toBeVisible();
  await page.keyboard.press('[');
  await expect(page).toHaveURL(`/families/${ids[0]}`);
  await expect(page.getByRole('link', { name: '上一户' })).toHaveCount(0);
  await expect(page.locator('#thread-title')).toBeVisible();
  await page.keyboard.press('n');
  await expect(page.locator('[id="body"]')).toBeFocused();
  // Typed letters are letters.
  await page.keyboard.type('jeje');
  await expect(page.locator('[id="body"]')).toHaveValue('jeje');
  await expect(page).toHaveURL(`/families/${ids[0]}`);
  await page.locator('[id="body"]').fill('');
  await page.locator('#app h1').focus();
  await page.keyboard.press('e');
  await expect(page.locator('form input:focus')).toBeVisible();
});

test('when the program has died, what was typed can be copied and stands in no storage', async ({ page, school, watch }) => {
  watch.expectCrash(/unreachable/);
  await enrol(page, school, 'consultant');
  const family = await makeFamily(page, '澹台松', '澹台柏', '10300000071');
  await page.goto(`/families/${family.id}`);
  await page.locator('[id="body"]').pressSequentially('外婆说下周再来看看');
  // How much waits is drawn a second after the page: not while nothing can be drawn.
  await expect(page.locator('.nav .waits__number').first()).toBeVisible();
  await page.evaluate(() => {
    const refuse = (): never => {
      throw new Error('refused');
    };
    Document.prototype.createElement = refuse;
  });
  await page.getByRole('button', { name: '添加家长' }).click();
  await expect(page.getByRole('heading', { name: '页面出了差错' })).toBeVisible();
  const words = page.getByLabel('你刚才写的还在这里');
  await expect(words).toHaveValue('外婆说下周再来看看');
  // Nothing that was merely shown is in it, and nothing of it is kept.
  await expect(page.locator('#app')).toBeHidden();
  expect(await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }))).not.toContain('外婆');
  await expect(page.getByRole('link', { name: '重新打开' })).toHaveAttribute('href', `/families/${family.id}`);
});
