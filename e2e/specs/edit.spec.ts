// Writing: a new family, changes, notes, and two people at one record. The mobiles are of a range that cannot ring.
import type { Locator, Page } from '@playwright/test';
import { test, expect } from '../fixtures/test';
import { enrol } from '../fixtures/people';
import { makeFamily } from '../fixtures/families';

function field(page: Page | Locator, id: string): Locator {
  return page.locator(`[id="${id}"]`);
}

async function find(page: Page, text: string): Promise<void> {
  await page.goto('/families');
  await page.getByRole('searchbox').fill(text);
  await page.getByRole('searchbox').press('Enter');
  await expect(page.locator('#find-note')).toContainText('找到');
}

test('a new family says what is wrong beside each field, then is taken in', async ({ page, school }) => {
  await enrol(page, school, 'consultant');
  await page.goto('/families/new');
  const send = page.getByRole('button', { name: '建档', exact: true });
  await field(page, 'guardians.0.phone').fill('123');
  await send.click();
  const summary = page.getByRole('alert').filter({ hasText: '处需要改' });
  await expect(summary).toBeVisible();
  await expect(summary).toBeFocused();
  await expect(field(page, 'students.0.name')).toHaveAttribute('aria-invalid', 'true');
  await expect(field(page, 'guardians.0.phone')).toHaveAttribute('aria-invalid', 'true');
  await expect(page.locator('.form__error').first()).toBeVisible();
  await summary.getByRole('link', { name: /手机/ }).click();
  await expect(field(page, 'guardians.0.phone')).toBeFocused();
  await expect(page).toHaveURL(/\/families\/new$/);

  await field(page, 'students.0.name').fill('许知远');
  await field(page, 'guardians.0.name').fill('许望舒');
  await field(page, 'guardians.0.phone').fill('100 8765 4321');
  await send.click();
  await expect(page).toHaveURL(/\/families\/[0-9a-f-]{36}$/);
  await expect(page.getByRole('heading', { level: 1 })).not.toContainText('许知远');
  expect(await page.content()).not.toContain('10087654321');

  const id = page.url().split('/').pop() ?? '';
  await find(page, '10087654321');
  await expect(page.locator(`tr[data-family="${id}"]`)).toBeVisible();
  // What was typed to find by stands in no address and no storage.
  expect(page.url()).not.toContain('10087654321');
  expect(await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }))).not.toContain('10087654321');
});

test('a changed mobile is found and the old one is not', async ({ page, school }) => {
  await enrol(page, school, 'consultant');
  const family = await makeFamily(page, '沈听澜', '沈若水', '10300000011');
  await page.goto(`/families/${family.id}`);
  const part = page.locator(`section[aria-labelledby="guardian-${family.guardians[0]?.id}-title"]`);
  await part.getByRole('button', { name: '编辑' }).click();
  const phone = part.locator('[id$=".phone"]');
  await expect(phone).toHaveValue('');
  await phone.fill('10300000012');
  await part.getByRole('button', { name: '保存', exact: true }).click();
  await expect(part.getByRole('button', { name: '编辑' })).toBeEnabled();
  await expect(part).toContainText('0012');
  expect(await page.content()).not.toContain('10300000012');

  await find(page, '10300000012');
  await expect(page.locator(`tr[data-family="${family.id}"]`)).toBeVisible();
  await find(page, '10300000011');
  await expect(page.locator(`tr[data-family="${family.id}"]`)).toHaveCount(0);
});

test('a note with a next contact appears on the card and among what is due', async ({ page, school }) => {
  await enrol(page, school, 'consultant');
  const family = await makeFamily(page, '温北辰', '温如玉', '10300000021');
  await page.goto(`/families/${family.id}`);
  const today = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' }).format(new Date());
  await field(page, 'body').fill('想试听周末的阅读课');
  await field(page, 'next_contact').fill(today);
  await page.getByRole('button', { name: '记下', exact: true }).click();
  const note = page.locator('.log__item').filter({ hasText: '想试听周末的阅读课' });
  await expect(note).toBeVisible();
  await expect(note).toContainText('下次联系');
  await expect(field(page, 'body')).toHaveValue('');

  await page.goto('/families?when=next.overdue.today');
  await expect(page.locator(`tr[data-family="${family.id}"]`)).toBeVisible();
});

test('the slower of two tabs sees both sides and loses nothing', async ({ page, school, device, watch }) => {
  watch.expectRefusal(409, /^\/api\/guardians\//);
  await enrol(page, school, 'consultant');
  const family = await makeFamily(page, '陆知秋', '陆远山', '10300000031');
  const slow = await device.context.newPage();
  const both = [page, slow];
  const part = (at: Page): Locator => at.locator(`section[aria-labelledby="guardian-${family.guardians[0]?.id}-title"]`);
  for (const at of both) {
    await at.goto(`/families/${family.id}`);
    await part(at).getByRole('button', { name: '编辑' }).click();
  }
  await part(page).locator('[id$=".phone"]').fill('10300000032');
  await part(page).getByRole('button', { name: '保存', exact: true }).click();
  await expect(part(page)).toContainText('0032');

  await part(slow).locator('[id$=".phone"]').fill('10300000033');
  await part(slow).getByRole('button', { name: '保存', exact: true }).click();
  const sides = part(slow).getByRole('table', { name: '保存前有人改过' });
  await expect(sides).toBeVisible();
  await expect(sides.locator('.diff__mine')).toContainText('10300000033');
  await expect(sides.locator('.diff__theirs')).toContainText('0032');
  await expect(part(slow).locator('[id$=".phone"]')).toHaveValue('10300000033');
  const save = part(slow).getByRole('button', { name: '保存', exact: true });
  await save.click();
  await expect(sides).toBeVisible();
  await sides.getByRole('radio', { name: '手机：我的' }).check();
  await save.click();
  await expect(part(slow).getByRole('button', { name: '编辑' })).toBeEnabled();
  await expect(part(slow)).toContainText('0033');
});

test('of two people at one record each field has its own winner', async ({ page, school, device, watch }) => {
  watch.expectRefusal(409, /^\/api\/guardians\//);
  await enrol(page, school, 'consultant');
  const family = await makeFamily(page, '顾清和', '顾长风', '10300000041');
  const slow = await device.context.newPage();
  const part = (at: Page): Locator => at.locator(`section[aria-labelledby="guardian-${family.guardians[0]?.id}-title"]`);
  const write = async (at: Page, name: string, text: string): Promise<void> => part(at).locator(`[id$=".${name}"]`).fill(text);
  for (const at of [page, slow]) {
    await at.goto(`/families/${family.id}`);
    await part(at).getByRole('button', { name: '编辑' }).click();
  }
  await write(page, 'phone', '10300000042');
  await write(page, 'wechat', 'quickhand1');
  await part(page).getByRole('button', { name: '保存', exact: true }).click();
  await expect(part(page)).toContainText('0042');

  await write(slow, 'phone', '10300000043');
  await write(slow, 'wechat', 'slowhand2');
  await write(slow, 'email', 'slow@example.com');
  const save = part(slow).getByRole('button', { name: '保存', exact: true });
  await save.click();
  const sides = part(slow).getByRole('table', { name: '保存前有人改过' });
  await expect(sides.locator('tbody tr')).toHaveCount(3);
  // Nobody else touched the address: there is nothing to choose.
  await expect(sides.getByRole('radio')).toHaveCount(4);
  await expect(part(slow)).toContainText('还要选 2 项');
  await sides.getByRole('radio', { name: '手机：现在' }).check();
  await sides.getByRole('radio', { name: '微信号：我的' }).check();
  await expect(part(slow)).toContainText('用我的 2 项，用现在的 1 项');
  await save.click();
  await expect(part(slow).getByRole('button', { name: '编辑' })).toBeEnabled();
  await expect(part(slow)).toContainText('0042');
  await expect(part(slow)).toContainText('s****2');
  const mail = part(slow).locator('.facts__row').filter({ has: slow.locator('dt', { hasText: /^邮箱$/ }) });
  await expect(mail.locator('.field--masked')).toBeVisible();
});
