// What stands there before the program: nothing but what the page shows in that place, and no question asked twice.
import type { Page } from '@playwright/test';
import { test, expect } from '../fixtures/test';
import { ask, enrol, enterByInvitation } from '../fixtures/people';

/** Holds the program back until it is let go. */
async function hold(page: Page): Promise<() => void> {
  let letGo = (): void => undefined;
  const held = new Promise<void>((resolve) => (letGo = resolve));
  await page.route(/_bg\.wasm$/, async (route) => {
    await held;
    await route.continue();
  });
  return letGo;
}

interface Place {
  text: string;
  x: number;
  y: number;
  size: string;
}

/** The visible texts of some elements, and where they stand. */
async function places(page: Page, within: string): Promise<Place[]> {
  return page.locator(within).evaluateAll((all) =>
    all
      .filter((element) => element.checkVisibility())
      .map((element) => {
        const { x, y } = element.getBoundingClientRect();
        return { text: (element as HTMLElement).innerText.trim(), x: Math.round(x), y: Math.round(y), size: getComputedStyle(element).fontSize };
      }),
  );
}

const sheets = [
  { lang: 'zh-CN', title: '慎独' },
  { lang: 'en', title: 'Shendu' },
].flatMap(({ lang, title }) =>
  ['/sign-in', '/portal/sign-in'].flatMap((path) =>
    [
      { width: 1360, height: 900 },
      { width: 390, height: 844 },
    ].map((viewport) => ({ lang, title, path, viewport })),
  ),
);

for (const { lang, title, path, viewport } of sheets) {
  test(`the sheet of ${path} stands before the program, ${lang}, ${viewport.width} wide`, async ({ newDevice }) => {
    const { page, context } = await newDevice({ viewport });
    await context.addInitScript((tag) => localStorage.setItem('shendu.lang', tag), lang);
    const letGo = await hold(page);
    await page.goto(path, { waitUntil: 'commit' });
    const parts = 'h1, .quote p, .quote footer, .mark--large';
    await expect.poll(async () => (await places(page, parts)).map(({ text }) => text)).toContain(title);
    await page.evaluate(() => document.fonts.ready);
    const before = await places(page, parts);
    expect(before).toHaveLength(4);
    await expect(page.getByRole('button')).toHaveCount(0);
    letGo();
    await expect(page.getByRole('button', { name: /通行密钥|passkey/ }).first()).toBeVisible();
    const after = await places(page, parts);
    expect(after.map(({ text, size }) => ({ text, size }))).toEqual(before.map(({ text, size }) => ({ text, size })));
    after.forEach(({ x, y }, at) => {
      expect(Math.abs(x - (before[at]?.x ?? NaN))).toBeLessThanOrEqual(2);
      expect(Math.abs(y - (before[at]?.y ?? NaN))).toBeLessThanOrEqual(2);
    });
  });
}

test('the frame of the list stands before the program, for those who may see the list', async ({ page, school, newDevice }) => {
  await enrol(page, school, 'consultant');
  const letGo = await hold(page);
  await page.goto('/families', { waitUntil: 'commit' });
  await expect.poll(async () => (await places(page, 'h1')).map(({ text }) => text)).toEqual(['家庭']);
  const before = await places(page, 'h1, .brand__name');
  letGo();
  await expect(page.locator('tr[data-family]').first()).toBeVisible();
  const after = await places(page, 'h1');
  expect(after[0]).toEqual(before.find(({ text }) => text === '家庭'));

  const stranger = await newDevice();
  const letIn = await hold(stranger.page);
  const asked: string[] = [];
  stranger.page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  await stranger.page.goto('/families', { waitUntil: 'commit' });
  await stranger.page.waitForResponse((answer) => answer.url().endsWith('/api/session'));
  await expect.poll(async () => (await places(stranger.page, '.mark--large')).length).toBe(1);
  expect(await places(stranger.page, 'h1')).toEqual([]);
  letIn();
  await expect(stranger.page).toHaveURL(/\/sign-in/);
  // Who they are, and by what ways one signs in, which is the same for everybody.
  const open = ['/api/session', '/api/sign-in/ways'];
  expect(asked.filter((path) => path.startsWith('/api/') && !open.includes(path))).toEqual([]);
});

/** What a page asks of the interface until it is at rest, and whether it was asked before the program was there. */
async function visit(page: Page, path: string, ready: string): Promise<{ asked: string[]; early: string[] }> {
  // The page before has asked for all that it asks for.
  await page.waitForLoadState('networkidle');
  const asked: string[] = [];
  const note = (request: { url(): string }): void => {
    const url = new URL(request.url());
    // How much waits is asked a second after the page, whatever the page.
    if (url.pathname.startsWith('/api/') && url.pathname !== '/api/waiting') asked.push(url.pathname + url.search);
  };
  page.on('request', note);
  const letGo = await hold(page);
  await page.goto(path, { waitUntil: 'commit' });
  await page.waitForTimeout(1500);
  const early = [...asked];
  letGo();
  await page.locator(ready).first().waitFor();
  await page.waitForLoadState('networkidle');
  page.off('request', note);
  await page.unrouteAll();
  return { asked: asked.sort(), early: early.sort() };
}

test('what is asked for early is asked for once, and is what the page shows', async ({ page, school, newDevice }) => {
  await enrol(page, school, 'consultant');
  const list = await visit(page, '/families', 'tr[data-family]');
  expect(list.early).toEqual(['/api/families?limit=20', '/api/session']);
  expect(list.asked).toEqual(['/api/families?limit=20', '/api/school', '/api/session']);
  // Asked again, the server answers again: the early answer is used up.
  const again = page.waitForRequest((request) => new URL(request.url()).pathname === '/api/families');
  await page.getByRole('group', { name: '筛选' }).getByRole('button', { name: '我的家庭' }).click();
  await again;
  await page.waitForLoadState('networkidle');
  const back = page.waitForRequest((request) => request.url().endsWith('/api/families?limit=20'));
  await page.getByRole('group', { name: '筛选' }).getByRole('button', { name: '我的家庭' }).click();
  await back;

  // Another order is another question, which the program alone can put.
  const sorted = await visit(page, '/families?sort=oldest', 'tr[data-family]');
  expect(sorted.early).toEqual(['/api/session']);
  expect(sorted.asked.filter((path) => path.startsWith('/api/families'))).toHaveLength(1);

  await page.goto('/families');
  const family = (await page.locator('tr[data-family]').first().getAttribute('data-family')) ?? '';
  const card = await visit(page, `/families/${family}`, '.facts');
  expect(card.early).toEqual([`/api/families/${family}`, '/api/session']);
  expect(card.asked.filter((path) => path === `/api/families/${family}`)).toHaveLength(1);

  // Who is not of the staff asks for nothing of it.
  const officer = await newDevice();
  await enrol(officer.page, school, 'privacy_officer');
  const refused = await visit(officer.page, '/families', 'h1');
  expect(refused.asked).toEqual(['/api/session']);

  const parent = await newDevice({ viewport: { width: 390, height: 844 } });
  await enterByInvitation(parent.page, school, (await school.invite({ role: 'guardian' })).url);
  const { body } = await ask<{ children: { id: string }[] }>(parent.page, '/api/portal/children');
  const child = `/portal/children/${body.children[0]?.id}`;
  const portal = await visit(parent.page, child, '.log, .note--info');
  expect(portal.asked).toEqual(['/api/portal/children', `/api${child}`, `/api${child}/ledger`, '/api/session']);
  expect(portal.early).toEqual(portal.asked);
});

test('the program that comes next is fetched once the first one is there', async ({ page }) => {
  const loaded: string[] = [];
  page.on('request', (request) => {
    if (request.url().endsWith('.wasm')) loaded.push(new URL(request.url()).pathname.split('-')[0] ?? '');
  });
  const letGo = await hold(page);
  await page.goto('/sign-in', { waitUntil: 'commit' });
  await page.waitForTimeout(1000);
  expect(loaded).toEqual(['/entry']);
  letGo();
  await expect.poll(() => loaded).toEqual(['/entry', '/desk']);
});
