// The auditor: filters in the address, a line unfolded, new lines as they come, verification, the file.
import { faults } from '../fixtures/axe';
import { someFamily } from '../fixtures/families';
import { enrol } from '../fixtures/people';
import { expect, test } from '../fixtures/test';

test('the trail is narrowed, unfolded, watched, verified and exported', async ({ page, school, newDevice }) => {
  test.setTimeout(120_000);
  const consultant = await newDevice();
  const { name } = await enrol(consultant.page, school, 'consultant');
  await enrol(page, school, 'auditor');
  await page.goto('/admin/trail');
  await expect(page.getByRole('table')).toBeVisible();

  await page.getByLabel('谁').selectOption({ label: name });
  await page.getByLabel('做了什么').selectOption({ label: '登录' });
  await expect(page).toHaveURL(/who=.+&action=signed_in/);
  await expect(page.getByRole('rowheader')).toHaveCount(1);
  await page.reload();
  await expect(page.getByLabel('做了什么')).toHaveValue('signed_in');
  await expect(page.getByRole('rowheader')).toHaveCount(1);
  await page.getByRole('button', { name: /^展开第 \d+ 条$/ }).click();
  await expect(page.getByText('链上指纹', { exact: true })).toBeVisible();
  for (const scheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: scheme });
    expect(await faults(page), scheme).toEqual([]);
  }
  await page.getByLabel('从').fill('2999-01-01');
  await page.keyboard.press('Tab');
  await expect(page.getByText('没有这样的记录')).toBeVisible();
  await page.getByRole('link', { name: '清除条件' }).first().click();
  await expect(page).toHaveURL(/\/admin\/trail$/);

  // A look by somebody else appears by itself.
  await page.getByRole('switch', { name: '实时' }).check();
  await consultant.page.goto('/families');
  await expect(page.getByRole('row', { name: new RegExp(`${name}.*在列表中看到`) }).first()).toBeVisible({ timeout: 15_000 });
  await page.getByRole('switch', { name: '实时' }).uncheck();
  await expect(page.getByText('已暂停')).toBeVisible();

  // A line leads to others by its person and about its record, and names neither in the address.
  const { card } = await someFamily(consultant.page);
  await consultant.page.goto(`/families/${card.id}`);
  await expect(consultant.page.getByRole('heading', { level: 1 })).toBeVisible();
  await page.goto('/admin/trail?action=shown&kind=family');
  await page.getByRole('button', { name: /^展开第 \d+ 条$/ }).first().click();
  await page.getByRole('link', { name: '这个对象的其他记录' }).click();
  await expect(page).toHaveURL(/\/admin\/trail\?same=\d+$/);
  await expect(page.getByText(/^与第 \d+ 条同一对象$/)).toBeVisible();
  await expect(page.getByRole('row', { name: new RegExp(name) }).first()).toBeVisible();
  expect(await faults(page)).toEqual([]);
  await page.getByRole('link', { name: '取消' }).click();
  await expect(page).toHaveURL(/\/admin\/trail$/);
  await page.getByLabel('谁').selectOption({ label: '未登录' });
  await expect(page).toHaveURL(/by=nobody$/);
  await expect(page.getByLabel('谁')).toHaveValue('nobody');
  await page.goto('/admin/trail');

  await page.getByText('核验', { exact: true }).first().click();
  await page.getByRole('button', { name: '立即核验' }).click();
  await expect(page.getByText(/^完好：\d+ \/ \d+ 行/)).toBeVisible({ timeout: 15_000 });

  const coming = page.waitForEvent('download');
  await page.getByRole('button', { name: '导出 CSV' }).click();
  expect((await coming).suggestedFilename()).toMatch(/^trail-.+\.csv$/);
});
