// For everybody: no serious fault by axe in light and dark, both languages, and a phone's width.
import { look, settled } from '../fixtures/axe';
import { test, expect } from '../fixtures/test';
import { enrol, enterByInvitation } from '../fixtures/people';
import { someFamily } from '../fixtures/families';

test('the pages before sign-in', async ({ page, school }) => {
  await page.goto('/sign-in');
  await look(page, 'sign-in');
  await page.getByRole('button', { name: '用登录名' }).click();
  await look(page, 'sign-in by login name');
  await page.goto('/sign-in');
  await page.getByRole('link', { name: '我是家长' }).click();
  await expect(page.getByLabel('手机号或邮箱')).toBeVisible();
  await look(page, 'sign-in of guardians');
  await page.goto('/recover');
  await look(page, 'recovery');
  const link = await school.invite({ role: 'registrar' });
  await page.goto(link.url);
  await expect(page.getByRole('button', { name: '建通行密钥' })).toBeVisible();
  await look(page, 'enrolment');
  await page.getByRole('button', { name: '建通行密钥' }).click();
  await expect(page.getByRole('button', { name: '我已收好' })).toBeVisible();
  await look(page, 'recovery codes');
});

test('the pages of the staff', async ({ page, school }) => {
  test.setTimeout(180_000);
  await enrol(page, school, 'consultant');
  await page.goto('/families');
  await expect(page.locator('tr[data-family]').first()).toBeVisible();
  await look(page, 'list');
  const { card, guardian } = await someFamily(page);
  await page.goto(`/families/${card.id}`);
  await look(page, 'card');
  const part = page.locator(`section[aria-labelledby="guardian-${guardian.id}-title"]`);
  await part.getByRole('button', { name: '启封 手机', exact: true }).click();
  await expect(page.getByRole('dialog', { name: '启封 手机' })).toBeVisible();
  await look(page, 'reason');
  await page.keyboard.press('Escape');
  await part.getByRole('button', { name: '编辑' }).click();
  await look(page, 'card, editing');
  await page.goto('/families/new');
  await look(page, 'new family');
  await page.goto('/account');
  await look(page, 'account');
  for (const path of ['/today', '/classes', '/requests', '/grants', '/nowhere']) {
    await page.goto(path);
    await look(page, path);
  }
});

test('the pages of the administration', async ({ school, newDevice }) => {
  test.setTimeout(180_000);
  for (const [role, paths] of [
    ['privacy_officer', ['/admin/policy', '/admin/policy/roles', '/admin/policy/history', '/admin/policy/document', '/admin/policy/view-as']],
    ['auditor', ['/admin/trail', '/admin/trail/approvals']],
    ['administrator', ['/admin/staff', '/admin/staff/new', '/admin/school']],
  ] as const) {
    const { page, context } = await newDevice();
    await enrol(page, school, role);
    for (const path of paths) {
      await page.goto(path);
      await look(page, path);
    }
    await context.close();
  }
});

test('the pages of a guardian', async ({ page, school }) => {
  const link = await school.invite({ role: 'guardian' });
  await enterByInvitation(page, school, link.url);
  await page.goto('/portal');
  await look(page, 'portal');
  const [child] = await page.evaluate(async () => {
    const answer = await fetch('/api/portal/children');
    const { children } = (await answer.json()) as { children: { id: string }[] };
    return children.map(({ id }) => id);
  });
  for (const part of ['', '/held', '/me']) {
    await page.goto(`/portal/children/${child}${part}`);
    await look(page, `child${part}`);
  }
  await page.goto('/portal/account');
  await look(page, 'account of a guardian');
  await page.goto('/portal/help');
  await look(page, 'help');
});

test('the other language keeps the page', async ({ page, school }) => {
  await enrol(page, school, 'consultant');
  const { card } = await someFamily(page);
  await page.goto(`/families/${card.id}`);
  await settled(page);
  const url = page.url();
  await page.getByRole('button', { name: 'English' }).click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await expect(page.getByRole('heading', { name: 'History' })).toBeVisible();
  expect(page.url()).toBe(url);
  await look(page, 'card in English');
  await page.reload();
  await expect(page.getByRole('heading', { name: 'History' })).toBeVisible();
  await page.getByRole('button', { name: '中文' }).click();
  await expect(page.getByRole('heading', { name: '经过' })).toBeVisible();
});

test('the keyboard alone reaches the content first', async ({ page, school }) => {
  await enrol(page, school, 'consultant');
  await page.goto('/families');
  await settled(page);
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: '跳到正文' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.locator('#main')).toBeFocused();
});
