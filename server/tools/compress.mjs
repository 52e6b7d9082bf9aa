// compress.mjs DIR: writes x.br beside every text and wasm file of DIR.
// compress.mjs DIR --check: weighs what a first visit loads, from the files so written, against the bar of 350 KiB, and
// fails above SHENDU_BUNDLE_LIMIT bytes. The bar is MISSED today and says so at each build; the limit stands a little above
// the present weight, so that nothing is added unnoticed, and only ever goes down.
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { extname, join } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";

const [folder, flag] = process.argv.slice(2);
const bar = 350 * 1024;
const limit = Number(process.env.SHENDU_BUNDLE_LIMIT || 492 * 1024);
const compressed = new Set([".html", ".js", ".css", ".wasm", ".svg", ".json", ".txt", ".webmanifest"]);
const weighed = new Set([".js", ".css", ".wasm"]);

if (!folder || !Number.isFinite(limit)) {
  console.error("usage: [SHENDU_BUNDLE_LIMIT=bytes] compress.mjs DIR [--check]");
  process.exit(2);
}

const files = readdirSync(folder, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && compressed.has(extname(entry.name)))
  .map((entry) => join(entry.parentPath ?? entry.path, entry.name));

let total = 0;
for (const file of files) {
  if (flag !== "--check") {
    const plain = readFileSync(file);
    const text = extname(file) !== ".wasm";
    const params = {
      [constants.BROTLI_PARAM_QUALITY]: 11,
      [constants.BROTLI_PARAM_LGWIN]: 22,
      [constants.BROTLI_PARAM_MODE]: text ? constants.BROTLI_MODE_TEXT : constants.BROTLI_MODE_GENERIC,
      [constants.BROTLI_PARAM_SIZE_HINT]: plain.length,
    };
    writeFileSync(`${file}.br`, brotliCompressSync(plain, { params }));
  }
  if (weighed.has(extname(file))) {
    const size = statSync(`${file}.br`).size;
    total += size;
    if (flag !== "--check") console.log(`  ${file}  ${size} bytes`);
  }
}

if (flag !== "--check") process.exit(0);

const words = `wasm + JS + CSS: ${(total / 1024).toFixed(1)} KiB with brotli, limit ${(limit / 1024).toFixed(1)} KiB`;
if (total === 0) {
  console.error(`nothing to weigh in ${folder}`);
  process.exit(1);
}
if (total > limit) {
  console.error(`too big: ${words}`);
  process.exit(1);
}
console.log(words);
if (total > bar) console.log(`MISSED: the bar is ${(bar / 1024).toFixed(0)} KiB, the client is ${((total - bar) / 1024).toFixed(1)} KiB above it`);
