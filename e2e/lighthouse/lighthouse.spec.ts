// Accessibility and best practices by Lighthouse: sign-in, list, portal; each must have the whole hundred, wide and on a phone.
// Speed is not asked here: a time on a shared machine is no test (e2e/vitals measures it).
import { chromium, expect, test, type BrowserContext, type Page } from '@playwright/test';
import lighthouse, { desktopConfig } from 'lighthouse';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { browser } from '../playwright.config';
import { enrol, enterByInvitation } from '../fixtures/people';
import { School } from '../fixtures/school';
import { Authenticator } from '../fixtures/test';

const categories = ['accessibility', 'best-practices'] as const;

let school: School;

test.beforeAll(async () => {
  school = await School.start(60);
});

test.afterAll(async () => {
  await school.stop();
});

/** A port that nobody listens at. */
async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => probe.once('listening', resolve));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}

/** A browser of its own whose only profile is shared by the person who signs in and by Lighthouse, which opens another tab. */
async function within(visit: (page: Page, port: number) => Promise<void>): Promise<void> {
  const profile = await mkdtemp(join(tmpdir(), 'shendu-lighthouse.'));
  const port = await freePort();
  let context: BrowserContext | undefined;
  try {
    const args = [...browser.args, `--remote-debugging-port=${port}`];
    context = await chromium.launchPersistentContext(profile, { ...browser, args, locale: 'zh-CN', baseURL: school.origin });
    const page = await context.newPage();
    await Authenticator.of(page);
    await visit(page, port);
  } finally {
    await context?.close();
    await rm(profile, { recursive: true, force: true });
  }
}

/** Every audit of the two categories that did not pass, by name. */
async function failed(port: number, path: string, wide: boolean): Promise<string[]> {
  // Under another name the browser would be another one, and its session is ended.
  const as = { emulatedUserAgent: false, disableStorageReset: true };
  const flags = { port, output: 'json' as const, logLevel: 'error' as const, onlyCategories: [...categories], ...as };
  const result = await lighthouse(`${school.origin}${path}`, flags, wide ? desktopConfig : undefined);
  if (!result) throw new Error('Lighthouse said nothing');
  const { lhr } = result;
  // A page that led elsewhere would be praised in the place of this one.
  expect(lhr.finalDisplayedUrl).toContain(path);
  expect(lhr.runtimeError).toBeUndefined();
  return categories.flatMap((name) => {
    const category = lhr.categories[name];
    if (!category || category.score === null) throw new Error(`${name} was not looked at`);
    if (category.score === 1) return [];
    const audits = category.auditRefs.flatMap(({ id, weight }) => {
      const audit = lhr.audits[id];
      return weight > 0 && audit && audit.score !== null && audit.score < 1 ? [`${name}: ${id}: ${JSON.stringify(audit.details ?? audit.title)}`] : [];
    });
    return [`${name}: ${category.score}`, ...audits];
  });
}

async function hundred(port: number, path: string): Promise<void> {
  for (const wide of [true, false]) expect(await failed(port, path, wide), `${path}, ${wide ? 'wide' : 'on a phone'}`).toEqual([]);
}

test('sign-in', async () => {
  await within(async (_, port) => {
    await hundred(port, '/sign-in');
    await hundred(port, '/portal/sign-in');
  });
});

test('the list of families', async () => {
  await within(async (page, port) => {
    await enrol(page, school, 'consultant');
    await hundred(port, '/families');
  });
});

test('the portal', async () => {
  await within(async (page, port) => {
    await enterByInvitation(page, school, (await school.invite({ role: 'guardian' })).url);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await hundred(port, '/portal');
    const { children } = await page.evaluate(async () => (await (await fetch('/api/portal/children')).json()) as { children: { id: string }[] });
    await hundred(port, `/portal/children/${children[0]?.id}`);
  });
});
