// Emergency access: asked by somebody who does not reach the family, opened by a second person, ended.
import { faults } from '../fixtures/axe';
import { enrol } from '../fixtures/people';
import { expect, test } from '../fixtures/test';

test('somebody asks, a second person opens, and it is ended', async ({ page, school, newDevice }) => {
  test.setTimeout(120_000);
  await enrol(page, school, 'teacher');
  await page.goto('/today');
  await page.getByRole('button', { name: '紧急查看…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: '请求开启' }).click();
  await expect(dialog.locator('.form__error')).toBeVisible();
  await page.getByLabel('出了什么事').fill('学员在校门口摔伤，要马上联系家长。');
  expect(await faults(page)).toEqual([]);
  await shot(page, 'emergency-ask');
  await dialog.getByRole('button', { name: '请求开启' }).click();
  await expect(page.getByText('等第二人开启').first()).toBeVisible();
  await expect(page.getByRole('button', { name: '紧急查看…' })).toHaveCount(0);

  const principal = await newDevice();
  await enrol(principal.page, school, 'principal');
  await principal.page.goto('/today');
  await expect(principal.page.getByText('摔伤')).toBeVisible();
  for (const scheme of ['light', 'dark'] as const) {
    await principal.page.emulateMedia({ colorScheme: scheme });
    expect(await faults(principal.page), scheme).toEqual([]);
    await shot(principal.page, `emergency-decide-${scheme}`);
  }
  await principal.page.emulateMedia({ colorScheme: 'light' });
  await principal.page.getByRole('button', { name: '开启一小时' }).click();
  await expect(principal.page.getByText('已开启，到').first()).toBeVisible();

  await page.reload();
  await expect(page.getByRole('link', { name: '去找这一家' })).toBeVisible();
  expect(await faults(page)).toEqual([]);
  await shot(page, 'emergency-open');
  await page.setViewportSize({ width: 390, height: 844 });
  await shot(page, 'emergency-open-390');
  await page.setViewportSize({ width: 1360, height: 900 });
  await page.getByRole('link', { name: '去找这一家' }).click();
  await expect(page.getByRole('row').nth(1)).toBeVisible();
  await page.goto('/today');
  await page.getByRole('button', { name: '现在结束' }).click();
  await expect(page.getByText('紧急查看已结束')).toBeVisible();
  await expect(page.getByRole('button', { name: '紧急查看…' })).toBeVisible();
});

async function shot(page: import('@playwright/test').Page, name: string): Promise<void> {
  if (process.env.SHENDU_SHOTS) await page.screenshot({ path: `${process.env.SHENDU_SHOTS}/${name}.png`, fullPage: true });
}
