// What a screen reader meets on the main pages, kept in aria.spec.ts-snapshots. A change shows in review; where it is meant:
// server/tools/e2e.sh specs/aria.spec.ts --update-snapshots
import { test, expect } from '../fixtures/test';
import { enrol, enterByInvitation } from '../fixtures/people';
import { someFamily } from '../fixtures/families';

test('sign-in', async ({ page }) => {
  await page.goto('/sign-in');
  await expect(page.getByRole('button', { name: '用通行密钥登录' })).toBeVisible();
  await expect(page.locator('#app')).toMatchAriaSnapshot({ name: 'sign-in.aria.yml' });
});
