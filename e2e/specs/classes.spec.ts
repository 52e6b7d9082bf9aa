// Classes: the list, sorted by the address; one class, whose pupils are those within reach; its paper.
import { faults } from '../fixtures/axe';
import { test, expect } from '../fixtures/test';
import { enrol } from '../fixtures/people';

test('a registrar sorts the classes, opens one, goes on to a family, and prints the list', async ({ page, school }) => {
  await enrol(page, school, 'registrar');
  await page.getByRole('navigation', { name: '主导航' }).getByRole('link', { name: '班级' }).click();
  await expect(page.getByRole('heading', { level: 1, name: '班级' })).toBeVisible();
  const rows = page.locator('tbody tr');
  await expect(rows.first()).toBeVisible();
  const counts = async (): Promise<number[]> => (await page.locator('tbody td.num').allTextContents()).map(Number);
  const head = page.getByRole('columnheader', { name: '学员' });
  await head.getByRole('button').click();
  await expect(head).toHaveAttribute('aria-sort', 'ascending');
  expect(await counts()).toEqual([...(await counts())].sort((one, other) => one - other));
  await head.getByRole('button').click();
  await expect(page).toHaveURL(/sort=-pupils$/);
  expect(await counts()).toEqual([...(await counts())].sort((one, other) => other - one));
  // The order is in the address.
  await page.reload();
  await expect(head).toHaveAttribute('aria-sort', 'descending');

  const count = (await counts())[0] ?? 0;
  expect(count).toBeGreaterThan(0);
  await rows.first().getByRole('link').click();
  await expect(page).toHaveURL(/\/classes\/[0-9a-f-]{36}$/);
  await expect(page.locator('tbody tr')).toHaveCount(count);
  await expect(page.locator('caption')).toContainText('本次查看已记入访问簿');
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    expect(await faults(page)).toEqual([]);
  }

  // On paper: who printed it, room for remarks, no navigation.
  await page.emulateMedia({ media: 'print' });
  await expect(page.locator('.watermark')).toBeVisible();
  await expect(page.locator('.watermark')).toContainText(/老师/);
  await expect(page.getByRole('columnheader', { name: '备注' })).toBeVisible();
  await expect(page.locator('.side')).toBeHidden();
  await page.emulateMedia({ media: 'screen' });
  await expect(page.getByRole('columnheader', { name: '备注' })).toBeHidden();

  await page.locator('tbody tr').first().getByRole('link').click();
  await expect(page).toHaveURL(/\/families\/[0-9a-f-]{36}$/);
  // From the family back to the class of its student.
  await page.locator('a[href^="/classes/"]').first().click();
  await expect(page).toHaveURL(/\/classes\/[0-9a-f-]{36}$/);
});

test('a class out of reach is as if it were not there', async ({ page, school, newDevice, watch }) => {
  await enrol(page, school, 'teacher');
  await page.goto('/classes');
  await expect(page.locator('tbody tr').first()).toBeVisible();
  const own = await page.locator('tbody a').evaluateAll((links) => links.map((link) => link.getAttribute('href')));
  const principal = await newDevice();
  await enrol(principal.page, school, 'principal');
  await principal.page.goto('/classes');
  await expect(principal.page.locator('tbody tr').first()).toBeVisible();
  const all = await principal.page.locator('tbody a').evaluateAll((links) => links.map((link) => link.getAttribute('href')));
  expect(all.length).toBeGreaterThan(own.length);
  const other = all.find((href) => !own.includes(href)) ?? '';
  watch.expectRefusal(404, /^\/api\/classes\//);
  await page.goto(other);
  await expect(page.getByRole('heading', { name: '没有这个页面', level: 1 })).toBeAttached();
});
