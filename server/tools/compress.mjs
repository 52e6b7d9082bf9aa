// compress.mjs DIR [--release|--quick]: writes x.br beside every text and wasm file of DIR, as small as can be or in little time.
// compress.mjs DIR --check: weighs what a first visit to a page of each program loads, from the files so written, and fails
// above its bar, or more than a fiftieth above what sizes.json keeps: a program that grows does so in a commit that says it.
// compress.mjs DIR --keep: writes the present weights into sizes.json.
// Guardians load the ways in, their own access and the three of the portal: these five have the bar of a phone. Wasm and JS
// are named by their program; of the stylesheets one is everybody's and one the staff's.
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { basename, extname, join } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";

const KIB = 1024;
const phone = 200 * KIB;
const desk = 350 * KIB;
const bars = { entry: phone, account: phone, password: phone, staff: desk, family: desk, desk, matrix: desk, admin: desk, watch: desk, audit: desk, reports: desk, portal: phone, held: phone, help: phone };
const compressed = new Set([".html", ".js", ".css", ".wasm", ".svg", ".json", ".txt", ".webmanifest"]);
const keeper = new URL("sizes.json", import.meta.url);
const growth = 1.02;
const weighed = new Set([".js", ".css", ".wasm"]);

const [folder, flag] = process.argv.slice(2);
if (!folder) {
  console.error("usage: compress.mjs DIR [--release|--quick|--check|--keep]");
  process.exit(2);
}

const files = readdirSync(folder, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && compressed.has(extname(entry.name)))
  .map((entry) => join(entry.parentPath ?? entry.path, entry.name));

function compress(file) {
  const plain = readFileSync(file);
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: flag === "--quick" ? 1 : 11,
    [constants.BROTLI_PARAM_LGWIN]: 22,
    [constants.BROTLI_PARAM_MODE]: extname(file) === ".wasm" ? constants.BROTLI_MODE_GENERIC : constants.BROTLI_MODE_TEXT,
    [constants.BROTLI_PARAM_SIZE_HINT]: plain.length,
  };
  writeFileSync(`${file}.br`, brotliCompressSync(plain, { params }));
}

const kib = (bytes) => `${(bytes / KIB).toFixed(1)} KiB`;

const stray = files.filter((file) => file.endsWith(".wasm") && !Object.keys(bars).some((program) => basename(file).startsWith(`${program}-`)));
if (stray.length > 0) {
  console.error(`without a bar: ${stray.map((file) => basename(file)).join(", ")}`);
  process.exit(1);
}

// What a first visit loads, in bytes with brotli.
function weight(program) {
  // The stylesheet of the staff counts for the programs of the staff, which are those with the higher bar.
  const others = [...Object.keys(bars).filter((other) => other !== program), ...(bars[program] === phone ? ["work"] : [])];
  const loaded = files.filter((file) => weighed.has(extname(file)) && !others.some((other) => basename(file).startsWith(`${other}-`)));
  if (!loaded.some((file) => file.endsWith(".wasm"))) {
    console.error(`nothing to weigh for ${program} in ${folder}`);
    process.exit(1);
  }
  return loaded.reduce((sum, file) => sum + statSync(`${file}.br`).size, 0);
}

function isWithin(program, kept) {
  const total = weight(program);
  const change = 100 * (total / kept - 1);
  const sign = change < 0 ? "" : "+";
  console.log(`${program}: wasm + JS + CSS ${kib(total)} with brotli, bar ${kib(bars[program])}, ${sign}${change.toFixed(1)} % beside the kept size`);
  if (total > bars[program]) console.error(`too big: ${program} is ${kib(total - bars[program])} above its bar`);
  const grew = !(total <= kept * growth);
  if (grew) console.error(`grown: ${program} was ${kib(kept)}; where that is meant: node server/tools/compress.mjs ${folder} --keep`);
  return total <= bars[program] && !grew;
}

const programs = Object.keys(bars);
if (flag === "--check") {
  // Whoever ships it has built it with the feature, or changed what the feature guards.
  const shown = files.filter((file) => file.endsWith(".wasm") && readFileSync(file).includes("shendu-gallery"));
  if (shown.length > 0) {
    console.error(`the gallery of the components is in what would be shipped: ${shown.join(", ")}`);
    process.exit(1);
  }
  const kept = JSON.parse(readFileSync(keeper, "utf8"));
  if (!programs.map((program) => isWithin(program, kept[program] ?? 0)).every(Boolean)) process.exit(1);
} else if (flag === "--keep") {
  const weights = Object.fromEntries(programs.map((program) => [program, weight(program)]));
  writeFileSync(keeper, `${JSON.stringify(weights, undefined, 2)}\n`);
} else {
  files.forEach(compress);
}
