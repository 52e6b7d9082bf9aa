// Audits: drawn up, looked at on the screen and on paper, a finding followed by four eyes, and a signature by a passkey.
import { faults, look, settled } from '../fixtures/axe';
import { ask, enrol } from '../fixtures/people';
import { shots } from '../fixtures/shots';
import { expect, test } from '../fixtures/test';

/** The width of a sheet of A4 between the margins of `style/print.css`, in pixels of CSS: 210 mm less twice 14 mm. */
const SHEET = 688;

test('an audit is drawn up, its finding followed, and a principal signs it', async ({ page, school, newDevice, watch }) => {
  test.setTimeout(240_000);
  watch.expectRefusal(422, /^\/api\/(audits|findings)/);
  const administrator = await newDevice();
  const owner = await enrol(administrator.page, school, 'administrator');
  const principal = await newDevice();
  const signer = await enrol(principal.page, school, 'principal');
  await enrol(page, school, 'auditor');

  await page.getByRole('navigation', { name: '主导航' }).getByRole('link', { name: '审计报告' }).click();
  await expect(page.getByRole('heading', { name: '审计报告', level: 1 })).toBeVisible();
  await expect(page.getByText('还没有审计报告')).toBeVisible();
  await look(page, 'no report yet');
  await shots(page, 'audits-first');

  // Days to come are refused where they stand; the last quarter is offered.
  await page.getByRole('button', { name: '拟制报告…' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByLabel('从')).not.toHaveValue('');
  expect(await faults(page)).toEqual([]);
  await dialog.getByRole('radio', { name: '自选' }).check();
  await dialog.getByLabel('到').fill('2999-01-01');
  await dialog.getByRole('button', { name: '核验并拟制' }).click();
  await expect(dialog.locator('.form__error')).toBeVisible();
  const today = await page.evaluate(() => new Date().toLocaleDateString('sv-SE', { timeZone: 'Asia/Shanghai' }));
  await dialog.getByLabel('从').fill(`${today.slice(0, 4)}-01-01`);
  await dialog.getByLabel('到').fill(today);
  await dialog.getByRole('button', { name: '核验并拟制' }).click();

  await expect(page).toHaveURL(/\/admin\/audit\/[0-9a-f-]{36}$/);
  await settled(page);
  const report = page.locator('.report');
  await expect(report.getByRole('heading', { name: '访问权限复核' })).toBeVisible();
  await expect(report.getByRole('row').filter({ hasText: owner.name }).first()).toBeVisible();
  await expect(report.getByText('全部完好')).toBeVisible();
  await expect(report.getByRole('heading', { name: '生效中的授权' })).toBeVisible();
  await expect(report.locator('.digest').last()).toHaveText(/^[0-9a-f]{64}$/);
  await expect(page.getByRole('button', { name: '用通行密钥签署' })).toHaveCount(0);
  await look(page, 'a report that waits');

  // What the figures point at becomes a finding; the words come with it.
  await report.getByRole('button', { name: '记为发现' }).first().click();
  await expect(dialog.getByLabel('发现了什么，要做什么')).not.toHaveValue('');
  await dialog.getByRole('button', { name: '添加', exact: true }).click();
  await expect(dialog.locator('.form__error').first()).toBeVisible();
  await dialog.getByLabel('责任人').selectOption({ label: owner.name });
  await dialog.getByLabel('发现了什么，要做什么').fill('三个账号从未使用，请核实后停用。');
  expect(await faults(page)).toEqual([]);
  await dialog.getByRole('button', { name: '添加', exact: true }).click();
  const finding = report.getByRole('listitem').filter({ hasText: '三个账号从未使用' }).first();
  await expect(finding).toContainText('待整改');
  const url = page.url();

  // Its owner says what was done, and cannot accept it.
  await administrator.page.goto(url);
  const theirs = administrator.page.getByRole('listitem').filter({ hasText: '三个账号从未使用' }).first();
  await theirs.getByRole('button', { name: '说明整改' }).click();
  await administrator.page.getByRole('dialog').getByRole('button', { name: '提交' }).click();
  await expect(administrator.page.getByRole('dialog').locator('.form__error')).toBeVisible();
  await administrator.page.getByLabel('说明', { exact: true }).fill('已停用两个，另一个本周入职。');
  await administrator.page.getByRole('dialog').getByRole('button', { name: '提交' }).click();
  await expect(theirs).toContainText('待验收');
  await expect(theirs.getByRole('button')).toHaveCount(0);
  await expect(administrator.page.getByRole('button', { name: '拟制报告…' })).toHaveCount(0);

  // A principal signs, and the seal stands under it.
  await principal.page.goto(url);
  await settled(principal.page);
  await expect(principal.page.getByRole('button', { name: '添加发现…' })).toHaveCount(0);
  await look(principal.page, 'a report to sign');
  await principal.page.getByRole('button', { name: '用通行密钥签署' }).click();
  await expect(principal.page.locator('.stamp')).toBeVisible();
  await expect(principal.page.locator('.signature')).toContainText(`${signer.name} · `);
  await expect(principal.page.getByRole('button', { name: '用通行密钥签署' })).toHaveCount(0);

  // Then nothing is added, but what was found goes on.
  await page.reload();
  await settled(page);
  await expect(page.locator('.head').getByText('已签署')).toBeVisible();
  await expect(page.getByRole('button', { name: '添加发现…' })).toHaveCount(0);
  await look(page, 'a signed report');
  await shots(page, 'audit-signed');

  // On paper: every section and the block of the signature, no controls.
  await page.emulateMedia({ media: 'print' });
  for (const hidden of ['.side', '.top', '.report button', '.hints']) {
    for (const one of await page.locator(hidden).all()) await expect(one).toBeHidden();
  }
  await expect(page.locator('.hand')).toBeVisible();
  await expect(page.locator('.watermark')).toBeVisible();
  // A sheet of A4 is 182 mm wide between its margins: no table is wider, and each says its heads on every sheet.
  const screen = page.viewportSize()!;
  await page.setViewportSize({ width: SHEET, height: 1000 });
  const tables = await page.locator('.report table').evaluateAll((all) =>
    all.map((one) => ({
      is: one.querySelector('caption')?.textContent ?? one.textContent!.slice(0, 40),
      right: Math.round(one.getBoundingClientRect().right),
      inside: one.scrollWidth - one.parentElement!.clientWidth,
      head: getComputedStyle(one.querySelector('thead')!).display,
    })),
  );
  expect(tables.length).toBeGreaterThan(2);
  expect(tables.filter((one) => one.right > SHEET || one.inside > 0 || one.head !== 'table-header-group')).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(SHEET);
  const shot = process.env.SHENDU_SHOTS;
  const paper = await page.pdf({ path: shot ? `${shot}/audit.pdf` : undefined, preferCSSPageSize: true });
  expect(paper.subarray(0, 5).toString()).toBe('%PDF-');
  expect(paper.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length ?? 0).toBeGreaterThanOrEqual(1);
  await page.setViewportSize(screen);
  await page.emulateMedia({ media: 'screen' });

  await page.goto('/admin/audit');
  await settled(page);
  await expect(page.getByRole('row').filter({ hasText: '已签署' })).toHaveCount(1);
  await look(page, 'the list of reports');
  await shots(page, 'audits-list');

  // The next report carries what is not accepted; somebody else accepts it there.
  const drawn = await ask<{ document: { id: string } }>(page, '/api/audits', { from: today, to: today });
  expect(drawn.status).toBe(201);
  await page.goto(`/admin/audit/${drawn.body.document.id}`);
  await expect(page.getByRole('heading', { name: '以前报告的遗留' })).toBeVisible();
  await page.getByRole('button', { name: '验收整改' }).click();
  await dialog.getByLabel('说明', { exact: true }).fill('核对过员工名单。');
  await dialog.getByRole('button', { name: '提交' }).click();
  await expect(page.locator('.finding').filter({ hasText: '三个账号从未使用' })).toContainText('已验收');
  await look(page, 'a carried finding');

  // Declined in words.
  await principal.page.goto(`/admin/audit/${drawn.body.document.id}`);
  await principal.page.getByRole('button', { name: '不予签署…' }).click();
  await principal.page.getByLabel('说明', { exact: true }).fill('只有一天，请按季度重拟。');
  await principal.page.getByRole('dialog').getByRole('button', { name: '提交' }).click();
  await expect(principal.page.locator('.signature')).toContainText('只有一天，请按季度重拟。');
  await expect(principal.page.getByRole('button', { name: '不予签署…' })).toHaveCount(0);

  // In English, with numbered sections.
  await principal.page.goto(url);
  await principal.page.getByRole('button', { name: 'English' }).click();
  await expect(principal.page.getByRole('heading', { name: 'Access review' })).toBeVisible();
  await look(principal.page, 'a report in English');
  await shots(principal.page, 'audit-en');
});

test('the page of audits is not there for others', async ({ page, school, watch }) => {
  watch.expectRefusal(403, /^\/api\/audits$/);
  await enrol(page, school, 'consultant');
  await page.goto('/admin/audit');
  await expect(page.getByRole('heading', { name: '没有这个页面', level: 2 })).toBeVisible();
  expect((await ask(page, '/api/audits')).status).toBe(403);
});
