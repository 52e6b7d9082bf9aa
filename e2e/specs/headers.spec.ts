// What the server says beside the bodies, asked without a browser.
import { test, expect } from '../fixtures/test';

const PAGE = { accept: 'text/html' };

function assets(html: string): string[] {
  return [...html.matchAll(/(?:href|src|from)=?\s*["']\/?([^"':]+\.(?:js|css|wasm))["']/g)].map((found) => `/${found[1]}`);
}

test('the page is never cached and its policy allows nothing inline', async ({ request, school }) => {
  const answer = await request.get(school.origin, { headers: PAGE });
  expect(answer.status()).toBe(200);
  const headers = answer.headers();
  expect(headers['cache-control']).toBe('no-cache');
  expect(headers['content-type']).toContain('text/html');
  const policy = headers['content-security-policy'] ?? '';
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).not.toContain('unsafe-inline');
  // Compiling WebAssembly is a permission of its own and no eval.
  expect(policy.replace("'wasm-unsafe-eval'", '')).not.toContain('unsafe-eval');
  expect(headers['x-content-type-options']).toBe('nosniff');
  expect(headers['referrer-policy']).toBe('no-referrer');
  expect(headers['x-frame-options']).toBe('DENY');
  expect(headers['cross-origin-opener-policy']).toBe('same-origin');
});

test('a path of the client gives the page, a missing file does not', async ({ request, school }) => {
  const page = await request.get(`${school.origin}/families/anything`, { headers: PAGE });
  expect(page.status()).toBe(200);
  for (const path of ['/nothing.js', '/assets/nothing-0123456789abcdef.wasm', '/index.php', '/.env']) {
    const missing = await request.get(`${school.origin}${path}`, { headers: PAGE });
    expect(missing.status(), path).toBe(404);
  }
});

test('each page loads its own program and no other', async ({ request, school }) => {
  for (const [path, program] of [
    ['/', 'desk'],
    ['/families', 'staff'],
    ['/families/new', 'family'],
    ['/today', 'desk'],
    ['/sign-in', 'entry'],
    ['/account', 'account'],
    ['/portal/account', 'account'],
    ['/admin/policy', 'matrix'],
    ['/admin/policy/history', 'audit'],
    ['/admin/staff', 'admin'],
    ['/portal', 'portal'],
    ['/portal/children/0', 'portal'],
    ['/portal/children/0/held', 'held'],
    ['/portal/help', 'help'],
    ['/portal/sign-in', 'entry'],
    ['/invitation', 'entry'],
  ] as const) {
    const html = await (await request.get(`${school.origin}${path}`, { headers: PAGE })).text();
    const loaded = html.replace(/<template id="next">.*?<\/template>/, '');
    const programs = new Set(assets(loaded).filter((file) => /\.(js|wasm)$/.test(file) && /-[0-9a-f]{8,16}[_.]/.test(file)).map((file) => file.split('-')[0]));
    expect([...programs], path).toEqual([`/${program}`]);
  }
});

test('the program that mostly comes next is named, for later', async ({ request, school }) => {
  for (const [path, program] of [
    ['/sign-in', 'desk'],
    ['/enrol', 'desk'],
    ['/families', 'family'],
    ['/portal/sign-in', 'portal'],
    ['/invitation', 'portal'],
    ['/portal', 'held'],
  ] as const) {
    const answer = await request.get(`${school.origin}${path}`, { headers: PAGE });
    // In a header it would be fetched at once, beside the program that is waited for.
    expect(answer.headers()['link'], path).toBeUndefined();
    const later = (await answer.text()).match(/<template id="next">(.*?)<\/template>/)?.[1] ?? '';
    const files = [...later.matchAll(/<link rel="prefetch" href="([^"]+)"/g)].map((found) => found[1] ?? '');
    expect(files.map((file) => file.replace(/-[0-9a-f]+/, '')).sort(), path).toEqual([`/${program}.js`, `/${program}_bg.wasm`]);
    for (const file of files) expect((await request.get(`${school.origin}${file}`)).status(), file).toBe(200);
  }
  expect(await (await request.get(`${school.origin}/today`, { headers: PAGE })).text()).not.toContain('prefetch');
});

test('a file with a hash in its name is kept for ever and comes compressed', async ({ request, school }) => {
  const html = await (await request.get(school.origin, { headers: PAGE })).text();
  const hashed = assets(html).filter((path) => /-[0-9a-f]{8,16}[_.]/.test(path));
  expect(hashed.some((path) => path.endsWith('.wasm'))).toBe(true);
  expect(hashed.some((path) => path.endsWith('.css'))).toBe(true);
  for (const path of new Set(hashed)) {
    const answer = await request.get(`${school.origin}${path}`, { headers: { 'accept-encoding': 'br' } });
    expect(answer.status(), path).toBe(200);
    expect(answer.headers()['cache-control'], path).toBe('public, max-age=31536000, immutable');
    expect(answer.headers()['content-encoding'], path).toBe('br');
    expect(answer.headers()['vary'], path).toContain('accept-encoding');
  }
});

test('an unknown path of the interface is a problem with a trace', async ({ request, school }) => {
  const answer = await request.get(`${school.origin}/api/nothing`);
  expect(answer.status()).toBe(404);
  expect(answer.headers()['content-type']).toContain('application/problem+json');
  expect(answer.headers()['cache-control']).toBe('no-store');
  const problem = (await answer.json()) as Record<string, unknown>;
  expect(problem.code).toBe('not_found');
  expect(problem.trace_id).toEqual(expect.stringMatching(/.{8,}/));
});

test('whoever is not signed in gets nothing', async ({ request, school }) => {
  for (const path of ['families', 'policy', 'trail', 'staff', 'account', 'school', 'portal/children']) {
    const answer = await request.get(`${school.origin}/api/${path}`);
    expect(answer.status(), path).toBe(401);
  }
});

test('a request from another site is refused', async ({ request, school }) => {
  const answer = await request.post(`${school.origin}/api/sign-in/begin`, {
    headers: { origin: 'https://elsewhere.example', 'sec-fetch-site': 'cross-site' },
    data: {},
  });
  expect(answer.status()).toBe(403);
});
