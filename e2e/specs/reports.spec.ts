// Reports: the register of approvals for an authority, and ninety days of one person beside their peers; on the screen, as a file, on paper.
import { readFile } from 'node:fs/promises';
import { look, settled } from '../fixtures/axe';
import { ask, enrol, reveal } from '../fixtures/people';
import { expect, test } from '../fixtures/test';

interface Asked {
  mine: { id: string }[];
}

const FIELD = 'student.id_card';
const WORDS = '考级报名用';

test('every approval stands in the register with its steps, and leaves it as a file', async ({ page, school, newDevice, watch }) => {
  test.setTimeout(180_000);
  const registrar = await newDevice();
  const who = await enrol(registrar.page, school, 'registrar');
  const list = await ask<{ items: { students: { id: string }[] }[] }>(registrar.page, '/api/families');
  const [used, refused] = list.body.items.flatMap((family) => family.students.map((student) => student.id));
  const wish = (record: string | undefined) => ({ kind: 'student', record, field: FIELD, reason: { code: 'contract', text: WORDS } });
  const request = async (record: string | undefined) =>
    (await ask<Asked>(registrar.page, '/api/approvals', wish(record))).body.mine[0]?.id;

  await enrol(page, school, 'privacy_officer');
  await page.goto('/admin/trail');
  await page.getByRole('link', { name: '审批登记簿' }).click();
  await expect(page.getByRole('heading', { name: '审批登记簿' })).toBeVisible();
  await expect(page.getByText('还没有人请求过启封')).toBeVisible();
  await look(page, 'nothing asked yet');

  const principal = await newDevice();
  const decided = await enrol(principal.page, school, 'principal');
  const first = await request(used);
  expect((await ask(principal.page, `/api/approvals/${first}/decision`, { answer: 'grant', hours: 4 })).status).toBe(200);
  expect((await reveal(registrar.page, `/api/students/${used}/reveals`, { field: FIELD, reason: wish(used).reason })).status).toBe(200);
  const second = await request(refused);
  expect((await ask(principal.page, `/api/approvals/${second}/decision`, { answer: 'refuse', why: '报名用不到' })).status).toBe(200);
  await request(refused);

  await page.reload();
  const rows = page.locator('tbody tr');
  await expect(rows).toHaveCount(3);
  await expect(rows.nth(2)).toContainText('已启封');
  await expect(rows.nth(2)).toContainText(`学员 …${used?.slice(-6)}`);
  await expect(rows.nth(2).getByRole('cell').nth(3)).toContainText(decided.name);
  await expect(rows.nth(2).getByRole('cell').nth(4)).toContainText(who.name);
  await expect(rows.nth(1)).toContainText('未批准');
  await expect(rows.nth(0)).toContainText('等待决定');
  expect(await page.content()).not.toContain(WORDS);
  await look(page, 'register');

  await page.getByLabel('结果').selectOption({ label: '已启封' });
  await expect(page).toHaveURL(/state=used/);
  await expect(rows).toHaveCount(1);
  await page.reload();
  await expect(page.getByLabel('结果')).toHaveValue('used');
  const coming = page.waitForEvent('download');
  await page.getByRole('button', { name: '导出 CSV' }).click();
  const file = await coming;
  expect(file.suggestedFilename()).toMatch(/^approvals-.+\.csv$/);
  const text = await readFile(await file.path(), 'utf8');
  expect(text.trim().split('\n')).toHaveLength(2);
  expect(text).toContain('"身份证号","合同与缴费","已启封"');
  expect(text).toContain('请求：时间（北京时间）');
  expect(text).not.toContain(FIELD);
  expect(text).not.toContain(WORDS);

  await page.getByLabel('从').fill('2999-01-01');
  await page.keyboard.press('Tab');
  await expect(page.getByText('没有这样的审批')).toBeVisible();
  await page.getByRole('link', { name: '清除条件' }).first().click();
  await expect(page).toHaveURL(/\/approvals$/);
  await expect(rows).toHaveCount(3);

  // On paper: the rows and who printed them, no controls.
  await page.emulateMedia({ media: 'print' });
  await expect(page.locator('.filters')).toBeHidden();
  await expect(page.locator('.watermark')).toBeVisible();
  await expect(rows.nth(2)).toBeVisible();
  await page.emulateMedia({ media: 'screen' });

  // Whoever decides does not keep the register.
  watch.expectRefusal(403, /^\/api\/approvals\/register$/);
  expect((await ask(principal.page, '/api/approvals/register')).status).toBe(403);
  await principal.page.goto('/admin/trail/approvals');
  await expect(principal.page.getByRole('heading', { name: '没有这个页面', level: 2 })).toBeVisible();
});

test('ninety days of one person are told beside three or more peers, and offered when somebody leaves', async ({
  page,
  school,
  newDevice,
  watch,
}) => {
  test.setTimeout(180_000);
  const finance = await newDevice();
  const { name } = await enrol(finance.page, school, 'finance');
  for (let turn = 0; turn < 8; turn++) await ask(finance.page, '/api/families');

  await enrol(page, school, 'administrator');
  await page.goto('/admin/staff');
  await page.getByRole('rowheader', { name }).getByRole('link').click();
  await page.getByRole('link', { name: '查阅报告' }).click();
  await expect(page.getByRole('heading', { name: `${name} 的 90 天` })).toBeVisible();
  await expect(page.getByText('同角色的人不到三位，不作比较')).toBeVisible();
  await expect(page.locator('tbody tr')).toHaveCount(13);
  await expect(page.getByRole('row', { name: /同角色中位数/ })).toHaveCount(0);
  await look(page, 'a report without a comparison');

  for (const login of ['bai.lu', 'he.qing', 'tang.yun']) {
    const made = await ask(page, '/api/staff', { login, name: `同事${login}`, roles: ['finance'], campuses: [] });
    expect(made.status).toBe(201);
  }
  await page.reload();
  const out = page.locator('section[aria-labelledby="stands-out"]');
  await expect(out).toContainText(/查看 \d+ 次，超过同角色中位数（0 次）的三倍。/);
  await expect(page.getByRole('row', { name: /合计/ }).getByText('超三倍')).toBeVisible();
  await expect(page.getByRole('row', { name: /同角色最高/ })).toBeVisible();
  await look(page, 'a report that compares');
  await page.getByRole('button', { name: 'English' }).click();
  await expect(page.getByRole('heading', { name: `${name}: 90 days` })).toBeVisible();
  await expect(out).toContainText(/Looks: \d+, more than three times/);
  await page.getByRole('button', { name: '中文' }).click();
  await page.emulateMedia({ media: 'print' });
  await expect(page.locator('.watermark')).toBeVisible();
  await expect(page.getByRole('button', { name: '打印' })).toBeHidden();
  await page.emulateMedia({ media: 'screen' });

  // From the last day on the page offers it.
  await page.goBack();
  await page.getByRole('button', { name: '办理离职…' }).click();
  await page.getByRole('dialog').getByRole('button', { name: '确认离职' }).click();
  await expect(page.getByText('此人已离职')).toBeVisible();
  await page.getByRole('link', { name: '90 天报告' }).click();
  await expect(page.getByText(/^离职前：/)).toBeVisible();

  // The auditor comes to it by the trail; a consultant does not.
  const auditor = await newDevice();
  await enrol(auditor.page, school, 'auditor');
  await auditor.page.goto('/admin/trail');
  await auditor.page.getByLabel('谁').selectOption({ label: name });
  await auditor.page.getByRole('link', { name: '90 天报告' }).click();
  await expect(auditor.page.getByRole('heading', { name: `${name} 的 90 天` })).toBeVisible();
  const path = new URL(auditor.page.url()).pathname;
  const other = await newDevice();
  await enrol(other.page, school, 'consultant');
  watch.expectRefusal(403, /^\/api\/staff\/[^/]+\/activity$/);
  expect((await ask(other.page, `/api${path.replace('/admin', '')}`)).status).toBe(403);
  await other.page.goto(path);
  await settled(other.page);
  await expect(other.page.getByRole('heading', { name: '没有这个页面', level: 2 })).toBeVisible();
});
