// A disk that is full: nothing is shown that is not written down, the page says so in its own words and keeps what was typed, and it goes
// on once there is room. The kernel refuses the server every write, by a limit of its own process; nobody has to be root for it.
import { test, expect } from '../fixtures/test';
import { enrol } from '../fixtures/people';

test('while the disk is full the page says that nothing can be written down, and goes on by itself once there is room', async ({ page, school, watch }) => {
  test.skip(!school.isOnDisk, 'PostgreSQL has a disk of its own');
  watch.expectRefusal(503, /^\/api\//);
  const full = '访问记录暂时写不进去，所以不能给出资料。';
  await enrol(page, school, 'consultant');
  await page.goto('/families');
  await page.locator('tr[data-family] a').first().click();
  const note = page.locator('[id="body"]');
  await note.fill('想试听周末的阅读课');
  const save = page.getByRole('button', { name: '记下', exact: true });
  const health = async (): Promise<number> => (await fetch(`${school.origin}/api/health`)).status;

  // What was typed stays where it is.
  await school.fill(true);
  await save.click();
  await expect(page.getByText(full)).toBeVisible();
  await expect(note).toHaveValue('想试听周末的阅读课');
  await expect.poll(health).toBe(503);
  await school.fill(false);
  await save.click();
  await expect(page.getByText(full)).toBeHidden();
  await expect(note).toHaveValue('');
  await expect(page.locator('.log__item--note').first()).toContainText('想试听周末的阅读课');
  await expect.poll(health).toBe(200);

  // A page that is opened meanwhile shows nothing of anybody, and no reload is needed afterwards.
  await school.fill(true);
  await page.goto('/families');
  await expect(page.getByText(full)).toBeVisible();
  await expect(page.locator('tr[data-family]')).toHaveCount(0);
  const again = page.getByRole('button', { name: '重试' });
  // Its answer has to be there before there is room, or it is the one that goes on.
  const refused = page.waitForResponse((answer) => answer.url().includes('/api/families') && answer.status() === 503);
  await again.click();
  await refused;
  await expect(page.getByText(full)).toBeVisible();
  await school.fill(false);
  await again.click();
  await expect(page.locator('tr[data-family]').first()).toBeVisible();
  await expect(page.getByText(full)).toHaveCount(0);
});
