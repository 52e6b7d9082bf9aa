// Manners: nothing typed is lost by a slip, an input method is left to its work, a broken program says so.
import type { Page } from '@playwright/test';
import { test, expect } from '../fixtures/test';
import { ask, enrol } from '../fixtures/people';

/** An input method at work in the field that has the focus: its letters are there but not yet a word. */
async function compose(page: Page, letters: string): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('Input.imeSetComposition', { text: letters, selectionStart: letters.length, selectionEnd: letters.length });
  await session.detach();
}

/** The POSTs to a path, as they come. */
function posts(page: Page, path: string): string[] {
  const seen: string[] = [];
  page.on('request', (request) => {
    if (request.method() === 'POST' && new URL(request.url()).pathname === path) seen.push(request.url());
  });
  return seen;
}

test('the Back button asks before typed words are lost', async ({ page, school }) => {
  await enrol(page, school, 'consultant');
  await page.goto('/families');
  await page.locator('tr[data-family] a').first().click();
  await expect(page).toHaveURL(/\/families\/[0-9a-f-]{36}$/);
  const before = page.url();
  await expect(page.locator('.facts').first()).toBeVisible();
  await page.keyboard.press(']');
  await expect(page).not.toHaveURL(before);
  await expect(page.locator('.facts').first()).toBeVisible();
  const card = page.url();
  const note = page.locator('[id="body"]');
  const stage = page.locator('[id="stage"]');
  await note.fill('想试听周末的阅读课');
  // Two forms would lose something; the question is asked once.
  const now = await stage.inputValue();
  await stage.selectOption(now === 'trial' ? 'lead' : 'trial');

  const dialog = page.getByRole('dialog', { name: '离开这一页？' });
  for (const _ of [1, 2]) {
    await page.evaluate(() => history.back());
    await expect(dialog).toBeVisible();
    expect(page.url()).toBe(card);
    await dialog.getByRole('button', { name: '留下' }).click();
    await expect(dialog).toBeHidden();
    await expect(note).toHaveValue('想试听周末的阅读课');
  }
  await page.evaluate(() => history.back());
  await dialog.getByRole('button', { name: '离开', exact: true }).click();
  await expect(page).toHaveURL(before);
  await expect(note).toBeVisible();
  await expect(dialog).toHaveCount(0);

  // On the way to another program the browser asks in its own words.
  await note.fill('想试听周末的阅读课');
  const asked: string[] = [];
  page.once('dialog', async (question) => {
    asked.push(question.type());
    await question.dismiss();
  });
  await page.evaluate(() => history.back());
  await expect.poll(() => asked).toEqual(['beforeunload']);
  expect(page.url()).toBe(before);

  // With nothing typed, nothing is asked.
  await note.fill('');
  await page.evaluate(() => history.back());
  await expect(page).toHaveURL(/\/families$/);
});

test('whoever has several campuses narrows the list to one', async ({ page, school, newDevice }) => {
  await enrol(page, school, 'principal');
  await page.goto('/families');
  const { body } = await ask<{ campuses: { id: string; name: string }[] }>(page, '/api/school');
  expect(body.campuses.length).toBeGreaterThan(1);
  await page.goto('/families');
  const filters = page.getByRole('group', { name: '筛选' });
  for (const { id, name } of body.campuses) {
    await filters.getByRole('button', { name, exact: true }).click();
    await expect(page).toHaveURL(new RegExp(`when=campus.${id}$`));
    await expect(filters.getByRole('button', { name, exact: true })).toHaveAttribute('aria-pressed', 'true');
    const { body: list } = await ask<{ items: { id: string; campus: { id: string } }[] }>(page, `/api/families?when=campus.${id}&limit=20`);
    expect(list.items.every((row) => row.campus.id === id)).toBe(true);
    await expect(page.locator('tr[data-family]')).toHaveCount(list.items.length);
    await expect(page.locator(`tr[data-family="${list.items[0]?.id}"]`)).toBeVisible();
  }
  // Whoever has one is not asked which.
  const other = await newDevice();
  await enrol(other.page, school, 'consultant');
  await other.page.goto('/families');
  await expect(other.page.locator('tr[data-family]').first()).toBeVisible();
  await other.page.waitForLoadState('networkidle');
  for (const { name } of body.campuses) {
    await expect(other.page.getByRole('group', { name: '筛选' }).getByRole('button', { name, exact: true })).toHaveCount(0);
  }
});

test('the Enter that confirms a word searches for nothing', async ({ page, school }) => {
  await enrol(page, school, 'consultant');
  await page.goto('/families');
  const searches = posts(page, '/api/families/search');
  const box = page.getByRole('searchbox');
  await box.click();
  await compose(page, 'zhang');
  await page.keyboard.press('Enter');
  await expect(box).toHaveValue('zhang');
  expect(searches).toEqual([]);
  await page.keyboard.insertText('张');
  await expect(box).toHaveValue('张');
  await page.keyboard.press('Enter');
  await expect(page.locator('#find-note')).toContainText(/找到|只列出/);
  expect(searches).toHaveLength(1);
});

test('the Enter that confirms a word sends no form', async ({ page, school }) => {
  await enrol(page, school, 'consultant');
  await page.goto('/families/new');
  const taken = posts(page, '/api/families');
  const name = page.locator('[id="students.0.name"]');
  await name.click();
  await compose(page, 'lin');
  await page.keyboard.press('Enter');
  await expect(name).toHaveValue('lin');
  await expect(page).toHaveURL(/\/families\/new$/);
  expect(taken).toEqual([]);
  await page.keyboard.insertText('林间月');
  await expect(name).toHaveValue('林间月');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/families\/[0-9a-f-]{36}$/);
  expect(taken).toHaveLength(1);

  // An input of a record that is there already.
  const part = page.locator('section[aria-labelledby^="student-"]').first();
  await part.getByRole('button', { name: '编辑' }).click();
  const dayschool = part.locator('[id$=".school"]');
  const changes: string[] = [];
  page.on('request', (request) => {
    if (request.method() === 'PATCH') changes.push(request.url());
  });
  await dayschool.click();
  await compose(page, 'bai');
  await page.keyboard.press('Enter');
  await expect(dayschool).toHaveValue('bai');
  expect(changes).toEqual([]);
});

test('when the program has died, the prepared page says so', async ({ page, watch }) => {
  watch.expectCrash(/unreachable/);
  await page.goto('/sign-in');
  const enter = page.getByRole('button', { name: '用登录名' });
  await expect(enter).toBeVisible();
  await expect(page.locator('#crash')).toBeHidden();
  // The program itself has no way to fail on purpose: the document under it is made to refuse.
  await page.evaluate(() => {
    const refuse = (): never => {
      throw new Error('refused');
    };
    Document.prototype.createElement = refuse;
  });
  await enter.click();
  await expect(page.getByRole('heading', { name: '页面出了差错' })).toBeVisible();
  await expect(page.locator('#app')).toBeHidden();
  // It says nothing of the cause.
  await expect(page.locator('#crash')).not.toContainText('refused');
  await page.getByRole('link', { name: '重新打开' }).click();
  await expect(enter).toBeVisible();
});
