// The main pages at three widths, light and dark, beside their pictures of the last time. The school begins with one student, the
// same one always; what depends on the day is covered in the pictures.
import type { Page } from '@playwright/test';
import { settled } from '../fixtures/axe';
import { makeFamily } from '../fixtures/families';
import { ask, enrol } from '../fixtures/people';
import { home } from '../fixtures/portal';
import { test, expect } from '../fixtures/test';

test.use({ students: 1 });

async function pictures(page: Page, name: string, path: string): Promise<void> {
  await page.goto(path);
  await settled(page);
  // How much waits is asked after the page.
  await page.waitForTimeout(2000);
  // What takes the focus by itself has its ring in one run and not in the next.
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    for (const width of [1360, 768, 390]) {
      await page.setViewportSize({ width, height: 900 });
      const ofTheDay = page.locator('time, .head__line, .waits__number, input[type="date"], .log__meta, .month, .num');
      await expect.soft(page).toHaveScreenshot(`${name}-${width}-${colorScheme}.png`, { mask: [ofTheDay] });
    }
  }
  await page.setViewportSize({ width: 1360, height: 900 });
}

test('before anybody is known', async ({ page }) => {
  await pictures(page, 'sign-in', '/sign-in');
  await pictures(page, 'recover', '/recover');
  await pictures(page, 'portal-sign-in', '/portal/sign-in');
});

test('staff', async ({ page, school }) => {
  test.setTimeout(240_000);
  await enrol(page, school, 'consultant');
  await pictures(page, 'families-at-first', '/families');
  const card = await makeFamily(page, '季寒江', '季云深', '10300000051');
  await makeFamily(page, '欧阳雪', '欧阳闻笛', '10300000052');
  const day = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
  expect((await ask(page, `/api/families/${card.id}/notes`, { body: '约好再联系', next_contact: day })).status).toBe(201);
  await pictures(page, 'today', '/today');
  await pictures(page, 'families', '/families');
  await pictures(page, 'family', `/families/${card.id}`);
  await pictures(page, 'family-new', '/families/new');
  await pictures(page, 'classes', '/classes');
  await pictures(page, 'requests', '/requests');
  await pictures(page, 'account', '/account');
});

test('administration', async ({ school, newDevice }) => {
  test.setTimeout(240_000);
  const officer = await newDevice();
  await enrol(officer.page, school, 'privacy_officer');
  await pictures(officer.page, 'policy', '/admin/policy');
  await pictures(officer.page, 'policy-document', '/admin/policy/document');
  const administrator = await newDevice();
  await enrol(administrator.page, school, 'administrator');
  await pictures(administrator.page, 'staff', '/admin/staff');
  await pictures(administrator.page, 'school', '/admin/school');
});

test('portal', async ({ school, newDevice }) => {
  test.setTimeout(240_000);
  const { page, child } = await home(school, newDevice, ['诸葛砚秋', '诸葛知遥'], '10012345690');
  await pictures(page, 'portal', '/portal');
  await pictures(page, 'portal-looks', `/portal/children/${child}`);
  await pictures(page, 'portal-held', `/portal/children/${child}/held`);
  await pictures(page, 'portal-me', `/portal/children/${child}/me`);
  await pictures(page, 'portal-account', '/portal/account');
  await pictures(page, 'portal-help', '/portal/help');
});
