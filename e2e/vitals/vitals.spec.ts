// Web Vitals on a processor four times slower and a slow network: first visits, and what answers a press.
import { test, type Browser, type BrowserContext, type Page } from '@playwright/test';
import { ask, enrol, enterByInvitation } from '../fixtures/people';
import { makeFamily, someFamily } from '../fixtures/families';
import { School } from '../fixtures/school';
import { Authenticator } from '../fixtures/test';
import { Figures, rounds } from './figures';
import { firstVisit, observe, slow, slowest, type Seen } from './observe';

const figures = new Figures();
let school: School;

test.beforeAll(async () => {
  test.setTimeout(120_000);
  school = await School.start(2000);
});

test.afterAll(async () => {
  await school.stop();
  await figures.write('vitals.json');
});

const phone = { viewport: { width: 390, height: 844 } };

async function device(browser: Browser, options = {}): Promise<{ context: BrowserContext; page: Page }> {
  const context = await browser.newContext({ locale: 'zh-CN', timezoneId: 'Asia/Shanghai', ...options, baseURL: school.origin });
  await observe(context);
  const page = await context.newPage();
  await Authenticator.of(page);
  return { context, page };
}

async function visits(name: string, visit: () => Promise<Seen>): Promise<void> {
  const seen: Seen[] = [];
  for (let round = 0; round < rounds; round += 1) seen.push(await visit());
  const of = (one: (seen: Seen) => number): number[] => seen.map(one);
  figures.of(`${name}: first paint`, of(({ firstPaint }) => firstPaint), 'ms');
  figures.of(`${name}: program loaded`, of(({ program }) => program), 'ms');
  figures.of(`${name}: LCP`, of(({ largestPaint }) => largestPaint), 'ms');
  figures.of(`${name}: CLS`, of(({ shift }) => shift), '');
  figures.add(`${name}: first paint before the program, least`, Math.min(...of(({ program, firstPaint }) => program - firstPaint)), 'ms');
  const [last] = seen.slice(-1);
  console.log(`${name}: largest ${last?.largest}; shifts ${last?.shifts.join(' | ') || 'none'}`);
}

test('first visits', async ({ browser }) => {
  await visits('sign-in', async () => {
    const { context, page } = await device(browser);
    await page.close();
    const seen = await firstVisit(context, '/sign-in', '.gate__more');
    await context.close();
    return seen;
  });

  const staff = await device(browser);
  await enrol(staff.page, school, 'consultant');
  await visits('families', () => firstVisit(staff.context, '/families', 'tr[data-family]'));
  await staff.context.close();

  const guardian = await device(browser, phone);
  await enterByInvitation(guardian.page, school, (await school.invite({ role: 'guardian' })).url);
  const { body } = await ask<{ children: { id: string }[] }>(guardian.page, '/api/portal/children');
  await visits('portal, a child', () => firstVisit(guardian.context, `/portal/children/${body.children[0]?.id}`, '.log, .note--info'));
  await guardian.context.close();
});

test('presses', async ({ browser }) => {
  const { context, page } = await device(browser);
  await enrol(page, school, 'consultant');
  await makeFamily(page, '东方小满', '东方明', '13900001111');
  const { card, guardian } = await someFamily(page);
  await slow(page);
  const took: Record<string, number[]> = { search: [], 'sort and filter': [], 'open a family': [], 'open the seal': [] };
  const time = async (name: string, act: () => Promise<void>): Promise<void> => {
    const press = await slowest(page, act);
    took[name]?.push(press.took);
    console.log(`${name}: ${press.took} ms, ${press.of}`);
  };
  const rows = page.locator('tr[data-family]');
  for (let round = 0; round < rounds; round += 1) {
    await page.goto('/families');
    await rows.first().waitFor();
    await time('search', async () => {
      await page.locator('#find').click();
      await page.keyboard.type('东方小满');
      await page.keyboard.press('Enter');
      await page.locator('#find-note .muted').waitFor();
      await page.locator('#find').press('Escape');
      await rows.nth(19).waitFor();
    });
    await time('sort and filter', async () => {
      for (const chip of await page.locator('.chips .chip').all()) {
        await chip.click();
        await page.locator('.grid[aria-busy="false"], .empty').first().waitFor();
        await chip.click();
        await page.locator('.grid[aria-busy="false"]').waitFor();
        await rows.nth(19).waitFor();
      }
    });
    await time('open a family', async () => {
      await rows.first().locator('.grid__title a').click();
      await page.locator('.facts').first().waitFor();
    });
    await page.goto(`/families/${card.id}`);
    const part = page.locator(`section[aria-labelledby="guardian-${guardian.id}-title"]`);
    await part.locator('button.seal').first().waitFor();
    await time('open the seal', async () => {
      await part.locator('button.seal').first().click();
      await page.locator('dialog[open]').waitFor();
    });
  }
  for (const [name, values] of Object.entries(took)) figures.of(`${name}: INP`, values, 'ms');
  await context.close();
});
