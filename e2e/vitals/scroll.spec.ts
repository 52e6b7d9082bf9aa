// A long table: two thousand families of a school with ten thousand students, scrolled through page by page.
//
// The rule: the page drives itself, since a test runner that looks for elements among thousands makes long tasks of its own.
import { test, expect, type Browser } from '@playwright/test';
import { enrol } from '../fixtures/people';
import { School } from '../fixtures/school';
import { Authenticator } from '../fixtures/test';
import { Figures } from './figures';
import { slow } from './observe';

const STUDENTS = 10_000;
const ROWS = 2000;
/** What an answer brings. */
const PAGE = 50;
/** What the browser calls a long task. */
const LONG = 50;

const figures = new Figures();
let school: School;

test.beforeAll(async () => {
  test.setTimeout(180_000);
  school = await School.start(STUDENTS);
});

test.afterAll(async () => {
  await school.stop();
  await figures.write('scroll.json');
});

interface Task {
  while: 'scrolling' | 'adding';
  rows: number;
  took: number;
  of: string;
}

/** Scrolls and asks for more until enough rows stand there; gives every task that the browser called long. */
async function scrollThrough(browser: Browser, cpu: number): Promise<{ tasks: Task[]; frames: Task[]; rows: number }> {
  const context = await browser.newContext({ locale: 'zh-CN', timezoneId: 'Asia/Shanghai', baseURL: school.origin });
  const page = await context.newPage();
  await Authenticator.of(page);
  await enrol(page, school, 'principal');
  await page.goto('/families');
  await page.locator('tr[data-family]').first().waitFor();
  await page.waitForLoadState('networkidle');
  await slow(page, cpu, false);
  const seen = await page.evaluate(async ([enough, page]) => {
    interface Frame extends PerformanceEntry {
      scripts?: { duration: number; invoker: string; sourceFunctionName: string }[];
      renderStart?: number;
      styleAndLayoutStart?: number;
    }
    const phases: { while: Task['while']; rows: number; from: number }[] = [];
    const tasks: Task[] = [];
    const frames: Task[] = [];
    const at = (start: number): { while: Task['while']; rows: number } => {
      const [phase] = phases.filter(({ from }) => from <= start).slice(-1);
      return { while: phase?.while ?? 'scrolling', rows: phase?.rows ?? 0 };
    };
    const note = (into: Task[]) => (entry: Frame) => {
      const scripts = (entry.scripts ?? []).map((script) => `${script.invoker} ${script.duration.toFixed(0)}`).join(', ');
      const end = entry.startTime + entry.duration;
      const layout = entry.styleAndLayoutStart ? `; style and layout ${(end - entry.styleAndLayoutStart).toFixed(0)}` : '';
      const { while: phase, rows } = at(entry.startTime);
      into.push({ while: phase, rows, took: entry.duration, of: scripts + layout });
    };
    const observers = [
      ['longtask', tasks],
      ['long-animation-frame', frames],
    ] as const;
    for (const [type, into] of observers) {
      if (!PerformanceObserver.supportedEntryTypes.includes(type)) continue;
      const noted = note(into);
      new PerformanceObserver((list) => (list.getEntries() as Frame[]).forEach(noted)).observe({ type });
    }
    const frame = (): Promise<number> => new Promise((resolve) => requestAnimationFrame(resolve));
    const table = document.querySelector('table');
    const root = document.documentElement;
    if (!table) throw new Error('no table');
    const rows = (): number => [...table.tBodies].reduce((sum, body) => sum + body.childElementCount, 0);
    const enter = (phase: Task['while']): void => {
      phases.push({ while: phase, rows: rows(), from: performance.now() });
    };
    for (;;) {
      enter('scrolling');
      for (let before = -1; before !== root.scrollTop; ) {
        before = root.scrollTop;
        root.scrollTop += 200;
        await frame();
      }
      const shown = rows();
      if (shown >= enough) break;
      enter('adding');
      document.querySelector<HTMLButtonElement>('.pager button')?.click();
      while (rows() < shown + page) await frame();
      for (let settle = 0; settle < 4; settle += 1) await frame();
    }
    await new Promise((resolve) => setTimeout(resolve, 500));
    return { tasks, frames, rows: rows() };
  }, [ROWS, PAGE] as const);
  await context.close();
  return seen;
}

for (const cpu of [1, 4]) {
  test(`processor ${cpu} times slower`, async ({ browser }) => {
    const { tasks, frames, rows } = await scrollThrough(browser, cpu);
    expect(rows).toBeGreaterThanOrEqual(ROWS);
    const pace = cpu === 1 ? 'as it is' : `${cpu} × slower`;
    for (const phase of ['scrolling', 'adding'] as const) {
      const took = tasks.filter((task) => task.while === phase).map((task) => task.took);
      // A task that is not long is not reported: the longest is then that, at most.
      figures.add(`${phase}, ${pace}: longest task`, Math.max(LONG, ...took), 'ms');
      figures.add(`${phase}, ${pace}: tasks over ${LONG} ms`, took.length, '');
    }
    figures.add(`${pace}: longest frame`, Math.max(LONG, ...frames.map((frame) => frame.took)), 'ms');
    const worst = [...frames].sort((one, other) => other.took - one.took).slice(0, 5);
    for (const one of worst) console.log(`${pace}, ${one.while} at ${one.rows} rows: ${one.took.toFixed(0)} ms; ${one.of}`);
  });
}
