// Every page as each role, wide and narrow, light and dark, in both languages.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { test, expect } from '../fixtures/test';
import { enrol, enterByInvitation } from '../fixtures/people';
import { someFamily } from '../fixtures/families';

const folder = process.env.SHENDU_SHOTS ?? '/tmp/shots';

async function shoot(page: Page, name: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const lang of ['zh-CN', 'en']) {
    await page.evaluate((chosen) => localStorage.setItem('shendu.lang', chosen), lang);
    await page.reload();
    await expect(page.locator('h1').first()).toBeAttached();
    await expect(page.locator('.skeleton')).toHaveCount(0);
    await page.waitForLoadState('networkidle');
    await frames(page, name, lang);
  }
  await page.evaluate(() => localStorage.removeItem('shendu.lang'));
  await page.reload();
}

/** The page as it stands, without loading it again. */
async function frames(page: Page, name: string, lang = 'zh-CN'): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    for (const [width, height] of [[1360, 900], [390, 844]] as const) {
      await page.setViewportSize({ width, height });
      const path = join(folder, `${name}-${width}-${colorScheme}-${lang.slice(0, 2)}.png`);
      await page.screenshot({ path, fullPage: true, animations: 'disabled' });
    }
  }
  await page.setViewportSize({ width: 1360, height: 900 });
}

test('before sign-in', async ({ page, school }) => {
  for (const path of ['/sign-in', '/recover']) {
    await page.goto(path);
    await shoot(page, path.slice(1));
  }
  await page.goto('/sign-in');
  await page.getByRole('link', { name: '我是家长' }).click();
  await expect(page.getByLabel('手机号或邮箱')).toBeVisible();
  await frames(page, 'sign-in-guardian');
  const link = await school.invite({ role: 'registrar' });
  await page.goto(link.url);
  await expect(page.getByRole('button', { name: '建通行密钥' })).toBeVisible();
  await frames(page, 'enrol');
  await page.getByRole('button', { name: '建通行密钥' }).click();
  await expect(page.getByRole('button', { name: '我已收好' })).toBeVisible();
  await frames(page, 'enrol-codes');
});

for (const role of ['consultant', 'teacher', 'principal']) {
  test(role, async ({ page, school }) => {
    await enrol(page, school, role);
    if (role === 'consultant') {
      await page.goto('/nothing');
      await shoot(page, 'not-found');
    }
    await page.goto('/today');
    await shoot(page, `${role}-today`);
    await page.goto('/families');
    await shoot(page, `${role}-families`);
    const list = await page.evaluate(async () => (await (await fetch('/api/families')).json()) as { items: { id: string }[] });
    await page.goto(`/families/${list.items[0]?.id}`);
    await shoot(page, `${role}-family`);
    if (role !== 'consultant') return;
    await page.goto('/families/new');
    await shoot(page, 'consultant-family-new');
    await page.getByRole('button', { name: '建档', exact: true }).click();
    await frames(page, 'consultant-family-new-errors');
    await page.goto('/account');
    await shoot(page, 'consultant-account');
    const { card, guardian } = await someFamily(page);
    await page.goto(`/families/${card.id}`);
    const part = page.locator(`section[aria-labelledby="guardian-${guardian.id}-title"]`);
    await part.getByRole('button', { name: '启封 手机', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: '启封 手机' });
    await expect(dialog).toBeVisible();
    await frames(page, 'consultant-reason');
    await dialog.getByRole('button', { name: '启封', exact: true }).click();
    await expect(part.locator('.field--revealed')).toBeVisible();
    await frames(page, 'consultant-revealed');
    await page.goto(`/families/${card.id}`);
    await part.getByRole('button', { name: '编辑' }).click();
    await frames(page, 'consultant-edit');
  });
}

for (const [role, path, name] of [
  ['privacy_officer', '/admin/policy', 'privacy-policy'],
  ['auditor', '/admin/trail', 'auditor-trail'],
  ['administrator', '/admin/staff', 'administrator-staff'],
] as const) {
  test(role, async ({ page, school }) => {
    await enrol(page, school, role);
    await page.goto(path);
    await shoot(page, name);
  });
}

test('guardian', async ({ page, school }) => {
  const link = await school.invite({ role: 'guardian' });
  await enterByInvitation(page, school, link.url);
  await page.goto('/portal');
  await shoot(page, 'guardian-portal');
  const { children } = await page.evaluate(async () => (await (await fetch('/api/portal/children')).json()) as { children: { id: string }[] });
  for (const [tab, part] of [['who', ''], ['held', '/held'], ['me', '/me']] as const) {
    await page.goto(`/portal/children/${children[0]?.id}${part}`);
    await shoot(page, `guardian-child-${tab}`);
  }
  await page.goto('/portal/account');
  await shoot(page, 'guardian-account');
});
