// Reads "name count" lines, prints them beside the kept ones of counts.json and fails where they differ by more than 5 %,
// either way: a gain that is not kept would hide the next loss. With --keep it writes them down instead.
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";

const ALLOWED = 5;
const file = new URL("counts.json", import.meta.url);
const compiler = `${execFileSync("rustc", ["--version"], { encoding: "utf8" }).trim()}, ${process.arch}`;
const counted = new Map(
  readFileSync(0, "utf8").trim().split("\n").map((line) => line.split(" ")).map(([name, count]) => [name, Number(count)]),
);

if (process.argv.includes("--keep")) {
  writeFileSync(file, `${JSON.stringify({ compiler, instructions: Object.fromEntries(counted) }, null, 2)}\n`);
  console.log("  kept in server/tools/counts.json");
}

const { compiler: keptBy, instructions } = JSON.parse(readFileSync(file, "utf8"));
const faults = [];
console.log(`  ${"instructions".padEnd(28)} ${"counted".padStart(9)} ${"kept".padStart(9)} ${"change".padStart(9)}`);
for (const [name, count] of counted) {
  const kept = instructions[name];
  const change = kept === undefined ? NaN : (100 * (count - kept)) / kept;
  const words = Number.isNaN(change) ? "" : `${change > 0 ? "+" : ""}${change.toFixed(1)} %`;
  console.log(`  ${name.replaceAll("_", " ").padEnd(28)} ${String(count).padStart(9)} ${String(kept ?? "").padStart(9)} ${words.padStart(9)}`);
  if (kept === undefined) faults.push(`${name}: not kept yet; keep it: server/tools/counts.sh --keep`);
  else if (change > ALLOWED) faults.push(`${name}: ${words}, more than ${ALLOWED} % above what is kept`);
  else if (!(change >= -ALLOWED)) faults.push(`${name}: ${words}, better than what is kept; keep it: server/tools/counts.sh --keep`);
}
for (const name of Object.keys(instructions)) {
  if (!counted.has(name)) faults.push(`${name}: kept, but not counted any more`);
}
for (const fault of faults) console.error(`counts: ${fault}`);
if (faults.length > 0) {
  if (keptBy !== compiler) console.error(`counts: they were kept by ${keptBy}; this is ${compiler}: they may have to be kept anew`);
  process.exit(1);
}
