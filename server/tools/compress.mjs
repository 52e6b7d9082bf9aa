// compress.mjs DIR: writes x.br beside every text and wasm file of DIR.
// compress.mjs DIR --check: weighs what a first visit to a page of each program loads, from the files so written, and fails
// above its bar. Guardians load the ways in, their own access and the portal: these three have the bar of a phone. Wasm and JS
// are named by their program; the stylesheet is everybody's.
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { basename, extname, join } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";

const KIB = 1024;
const bars = { entry: 200 * KIB, account: 200 * KIB, staff: 350 * KIB, admin: 350 * KIB, portal: 200 * KIB };
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

function weigh(program) {
  const others = Object.keys(bars).filter((other) => other !== program);
  const loaded = files.filter((file) => weighed.has(extname(file)) && !others.some((other) => basename(file).startsWith(`${other}-`)));
  if (!loaded.some((file) => file.endsWith(".wasm"))) {
    console.error(`nothing to weigh for ${program} in ${folder}`);
    return false;
  }
  const total = loaded.reduce((sum, file) => sum + statSync(`${file}.br`).size, 0);
  console.log(`${program}: wasm + JS + CSS ${kib(total)} with brotli, bar ${kib(bars[program])}`);
  if (total > bars[program]) console.error(`too big: ${program} is ${kib(total - bars[program])} above its bar`);
  return total <= bars[program];
}

if (flag === "--check") {
  if (!Object.keys(bars).map(weigh).every(Boolean)) process.exit(1);
} else {
  files.forEach(compress);
}
