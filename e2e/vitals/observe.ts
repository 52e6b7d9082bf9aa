// What the browser itself says about a page, and the slow device that it is made to be.
//
// The rule: everything is observed from before the first byte, and read after the page has come to rest. Deliberately
// absent: clocks of the test runner, which would measure the runner.
import type { BrowserContext, CDPSession, Page } from '@playwright/test';

/** 1.6 Mbit/s down, 0.75 up, each request 150 ms later. */
const NETWORK = { offline: false, downloadThroughput: 200_000, uploadThroughput: 93_750, latency: 150 };

/** Milliseconds since the navigation began, unless said otherwise. */
export interface Seen {
  firstPaint: number;
  largestPaint: number;
  largest: string;
  /** The sum of all shifts that no input brought about: never less than CLS, which takes the worst five seconds. */
  shift: number;
  shifts: string[];
  /** When the last byte of the page's own program was there, and how many bytes went over the network for it. */
  program: number;
  programBytes: number;
}

interface Notes {
  largest: { at: number; what: string };
  shift: number;
  shifts: string[];
  /** Milliseconds from input to next paint, and in what: waiting, in handlers, until the paint. */
  interactions: Map<number, Press>;
}

export interface Press {
  took: number;
  of: string;
}

type Noting = typeof globalThis & { notes: Notes };

export async function observe(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    interface Shift extends PerformanceEntry {
      value: number;
      hadRecentInput: boolean;
      sources: { node: Node | null }[];
    }
    interface Input extends PerformanceEntry {
      interactionId: number;
      processingStart: number;
      processingEnd: number;
      target: Node | null;
    }
    interface Largest extends PerformanceEntry {
      element: Element | null;
    }
    const named = (node: Node | null): string => {
      const element = node instanceof Element ? node : node?.parentElement;
      return element ? `${element.localName}.${element.className}` : '?';
    };
    const notes: Notes = { largest: { at: 0, what: '' }, shift: 0, shifts: [], interactions: new Map() };
    (globalThis as Noting).notes = notes;
    const on = <E extends PerformanceEntry>(type: string, note: (entry: E) => void, options: object = {}): void => {
      new PerformanceObserver((list) => (list.getEntries() as E[]).forEach(note)).observe({ type, buffered: true, ...options });
    };
    on<Largest>('largest-contentful-paint', (entry) => (notes.largest = { at: entry.startTime, what: named(entry.element) }));
    on<Shift>('layout-shift', (entry) => {
      if (entry.hadRecentInput) return;
      notes.shift += entry.value;
      notes.shifts.push(`${entry.value.toFixed(4)} at ${entry.startTime.toFixed(0)}: ${entry.sources.map(({ node }) => named(node)).join(' ')}`);
    });
    const press = (entry: Input): void => {
      if (entry.interactionId === 0 || entry.duration <= (notes.interactions.get(entry.interactionId)?.took ?? 0)) return;
      const parts = [entry.startTime, entry.processingStart, entry.processingEnd, entry.startTime + entry.duration];
      const of = parts.slice(1).map((end, at) => (end - (parts[at] ?? 0)).toFixed(0));
      notes.interactions.set(entry.interactionId, { took: entry.duration, of: `${entry.name} on ${named(entry.target)} ${of.join('+')}` });
    };
    on<Input>('event', press, { durationThreshold: 16 });
    on<Input>('first-input', press);
  });
}

/** Makes the page's device slow; gives the session to undo it with. */
export async function slow(page: Page, cpu = 4, network = true): Promise<CDPSession> {
  const session = await page.context().newCDPSession(page);
  if (network) {
    await session.send('Network.enable');
    await session.send('Network.emulateNetworkConditions', NETWORK);
  }
  await session.send('Emulation.setCPUThrottlingRate', { rate: cpu });
  return session;
}

/** Waits until nothing is awaited and what was drawn last has been counted. */
export async function rest(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle');
  await page.waitForTimeout(1000);
}

/** Opens a page as if for the first time and says how it came. */
export async function firstVisit(context: BrowserContext, path: string, ready: string): Promise<Seen> {
  const page = await context.newPage();
  const session = await slow(page);
  await session.send('Network.clearBrowserCache');
  await page.goto(path);
  await page.locator(ready).first().waitFor();
  await rest(page);
  const seen = await page.evaluate(() => {
    const { largest, shift, shifts } = (globalThis as Noting).notes;
    const resources = performance.getEntriesByType('resource') as PerformanceResourceTiming[];
    // Its own is what the page preloads; another one may be fetched ahead beside it.
    const own = document.querySelector<HTMLLinkElement>('link[rel="preload"][as="fetch"]')?.href;
    const program = resources.find(({ name }) => name === own);
    return {
      firstPaint: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? NaN,
      largestPaint: largest.at,
      largest: largest.what,
      shift,
      shifts,
      program: program?.responseEnd ?? NaN,
      programBytes: program?.transferSize ?? 0,
    };
  });
  await page.close();
  if (seen.programBytes < 10_000) throw new Error(`${path} came out of the cache: this was no first visit`);
  return seen;
}

/** The slowest interaction from input to next paint while `act` runs; at least the 16 ms below which none is reported. */
export async function slowest(page: Page, act: () => Promise<void>): Promise<Press> {
  await page.evaluate(() => (globalThis as Noting).notes.interactions.clear());
  await act();
  await rest(page);
  const presses = await page.evaluate(() => [...(globalThis as Noting).notes.interactions.values()]);
  return presses.reduce((one, other) => (other.took > one.took ? other : one), { took: 16, of: 'none above 16 ms' });
}
