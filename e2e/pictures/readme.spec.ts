// The pictures of the README, one a surface, light, in Chinese; every person in them is invented.
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { test, expect } from '../fixtures/test';
import { ask, enrol, enterByInvitation } from '../fixtures/people';
import { someFamily } from '../fixtures/families';

const folder = process.env.SHENDU_SHOTS ?? '/tmp/shots';

test.use({ students: 200 });

async function shoot(page: Page, name: string): Promise<void> {
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  await expect(page.locator('.skeleton')).toHaveCount(0);
  await page.waitForLoadState('networkidle');
  await page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled' });
}

test('sign-in', async ({ page }) => {
  await page.goto('/sign-in');
  await expect(page.getByRole('button', { name: '用通行密钥登录' })).toBeVisible();
  await shoot(page, 'sign-in');
});

test('staff', async ({ page, school }) => {
  await enrol(page, school, 'consultant');
  await page.goto('/families');
  await expect(page.locator('tr[data-family]').first()).toBeVisible();
  await shoot(page, 'families');
  const { card, guardian } = await someFamily(page);
  await page.goto(`/families/${card.id}`);
  const part = page.locator(`section[aria-labelledby="guardian-${guardian.id}-title"]`);
  await part.getByRole('button', { name: '启封 手机', exact: true }).click();
  await page.getByRole('dialog', { name: '启封 手机' }).getByRole('button', { name: '启封', exact: true }).click();
  await expect(part.locator('.field--revealed')).toBeVisible();
  await shoot(page, 'family');
});

test('matrix', async ({ page, school }) => {
  await enrol(page, school, 'privacy_officer');
  await page.goto('/admin/policy');
  await expect(page.getByRole('table').first()).toBeVisible();
  await shoot(page, 'matrix');
});

test('portal', async ({ page, school }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await enterByInvitation(page, school, (await school.invite({ role: 'guardian' })).url);
  const { body } = await ask<{ children: { id: string }[] }>(page, '/api/portal/children');
  await page.goto(`/portal/children/${body.children[0]?.id}`);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await shoot(page, 'portal');
});
