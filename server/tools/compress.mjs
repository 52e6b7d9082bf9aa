// compress.mjs DIR: writes x.br beside every text and wasm file of DIR.
// compress.mjs DIR --check: weighs what a first visit to each surface loads, from the files so written, and fails above its
// limit. Where the bar is not reached yet, the limit stands a little above the present weight, so that nothing is added
// unnoticed, and only ever goes down. Wasm and JS are named by their surface; the stylesheet is everybody's.
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { basename, extname, join } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";

const KIB = 1024;
const bars = { staff: 350 * KIB, admin: 350 * KIB, portal: 200 * KIB };
const limits = { staff: 372 * KIB, admin: 350 * KIB, portal: 254 * KIB };
const compressed = new Set([".html", ".js", ".css", ".wasm", ".svg", ".json", ".txt", ".webmanifest"]);
const weighed = new Set([".js", ".css", ".wasm"]);

const [folder, flag] = process.argv.slice(2);
if (!folder) {
  console.error("usage: compress.mjs DIR [--check]");
  process.exit(2);
}

const files = readdirSync(folder, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && compressed.has(extname(entry.name)))
  .map((entry) => join(entry.parentPath ?? entry.path, entry.name));

function compress(file) {
  const plain = readFileSync(file);
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: 11,
    [constants.BROTLI_PARAM_LGWIN]: 22,
    [constants.BROTLI_PARAM_MODE]: extname(file) === ".wasm" ? constants.BROTLI_MODE_GENERIC : constants.BROTLI_MODE_TEXT,
    [constants.BROTLI_PARAM_SIZE_HINT]: plain.length,
  };
  writeFileSync(`${file}.br`, brotliCompressSync(plain, { params }));
}

const kib = (bytes) => `${(bytes / KIB).toFixed(1)} KiB`;

function weigh(surface) {
  const others = Object.keys(bars).filter((other) => other !== surface);
  const loaded = files.filter((file) => weighed.has(extname(file)) && !others.some((other) => basename(file).startsWith(`${other}-`)));
  if (!loaded.some((file) => file.endsWith(".wasm"))) {
    console.error(`nothing to weigh for ${surface} in ${folder}`);
    return false;
  }
  const total = loaded.reduce((sum, file) => sum + statSync(`${file}.br`).size, 0);
  console.log(`${surface}: wasm + JS + CSS ${kib(total)} with brotli, bar ${kib(bars[surface])}, limit ${kib(limits[surface])}`);
  if (total > bars[surface]) console.log(`MISSED: ${surface} is ${kib(total - bars[surface])} above its bar`);
  if (total > limits[surface]) console.error(`too big: ${surface}`);
  return total <= limits[surface];
}

if (flag === "--check") {
  if (!Object.keys(bars).map(weigh).every(Boolean)) process.exit(1);
} else {
  files.forEach(compress);
}
