// 遮蔽: on a shared screen nothing that came in clear is to be read until somebody presses it.
import { test, expect } from '../fixtures/test';
import { enrol } from '../fixtures/people';

test('what came in clear stays covered until a press, in the list and on the card, and covers itself again', async ({ page, school }) => {
  // A registrar sees names in clear.
  await enrol(page, school, 'registrar');
  await page.goto('/families');
  const value = page.locator('tr[data-family] .field--clear').first();
  await expect(value).toBeVisible();
  const name = (await value.innerText()).trim();
  expect(name).not.toBe('');
  const turn = page.getByRole('button', { name: '遮蔽', exact: true });
  await turn.click();
  await expect(turn).toHaveAttribute('aria-pressed', 'true');
  await expect(value.locator('span').first()).toBeHidden();
  await expect(value).toHaveAccessibleName('已遮蔽，按一下显示');
  expect(await page.locator('#main').innerText()).not.toContain(name);

  // A press opens the one value, and goes nowhere.
  await value.click();
  await expect(page).toHaveURL(/\/families$/);
  await expect(value).toHaveText(name);
  await expect(value.locator('span').first()).toBeVisible();
  await page.evaluate(() => dispatchEvent(new Event('blur')));
  await expect(value.locator('span').first()).toBeHidden();
  // By the keyboard too.
  await value.focus();
  await page.keyboard.press('Enter');
  await expect(value.locator('span').first()).toBeVisible();
  await expect(page).toHaveURL(/\/families$/);
  await page.evaluate(() => {
    Object.defineProperty(document, 'hidden', { value: true, configurable: true });
    document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
    Reflect.deleteProperty(document, 'hidden');
  });
  await expect(value.locator('span').first()).toBeHidden();

  // The card: heading, window title and fields.
  const id = await page.locator('tr[data-family]').first().getAttribute('data-family');
  await page.locator(`tr[data-family="${id}"]`).focus();
  await page.keyboard.press('Enter');
  await expect(page.locator('.facts').first()).toBeVisible();
  expect(await page.title()).not.toContain(name);
  expect(await page.locator('body').innerText()).not.toContain(name);
  await turn.click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText(name);
  expect(await page.title()).toContain(name);
  // On one page, so on the next, before anything is drawn; and on Back.
  await turn.click();
  await page.goBack();
  await expect(turn).toHaveAttribute('aria-pressed', 'true');
  await expect(value.locator('span').first()).toBeHidden();
  await turn.click();
  await expect(value).toHaveText(name);
  const kept = await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }));
  expect(Object.keys(JSON.parse(kept) as object)).toEqual(['shendu.beside']);
  expect(kept).not.toContain(name);

  // Whoever signs in next on this machine finds nothing, from whatever page somebody signed out.
  await turn.click();
  await page.goto('/today');
  await expect(turn).toHaveAttribute('aria-pressed', 'true');
  await page.locator('.account').click();
  await page.getByRole('menuitem', { name: '退出' }).click();
  await expect(page).toHaveURL(/\/sign-in/);
  expect(await page.evaluate(() => Object.keys({ ...localStorage, ...sessionStorage }))).toEqual([]);
});

test('a value that was pressed is covered again after some seconds', async ({ page, school }) => {
  await enrol(page, school, 'registrar');
  await page.goto('/families');
  const value = page.locator('tr[data-family] .field--clear').first();
  await expect(value).toBeVisible();
  await page.clock.install();
  await page.getByRole('button', { name: '遮蔽', exact: true }).click();
  await value.click();
  await expect(value.locator('span').first()).toBeVisible();
  await page.clock.runFor(16_000);
  await expect(value.locator('span').first()).toBeHidden();
});
