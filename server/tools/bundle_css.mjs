// bundle_css.mjs IN OUT: inlines the `@import "file" layer(name);` lines of IN in their order, drops comments and idle white space.
// Deliberately small: no nesting of imports, no rewriting of values; what it does not know it refuses.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

const [input, output] = process.argv.slice(2);
if (!input || !output) {
  console.error("usage: bundle_css.mjs IN OUT");
  process.exit(2);
}

// Strings and url(…) are copied as they are; everything between them may be squeezed.
const TOKEN = /"(?:[^"\\]|\\[\s\S])*"|'(?:[^'\\]|\\[\s\S])*'|url\([^)]*\)|\/\*[\s\S]*?\*\//g;

// A space before a colon may stand between two selectors; one behind it never does.
const squeeze = (text) => text.replace(/\s+/g, " ").replace(/ ?([{};,]) ?/g, "$1").replaceAll(": ", ":");

function minify(css) {
  let out = "";
  let last = 0;
  for (const found of css.matchAll(TOKEN)) {
    out += squeeze(css.slice(last, found.index));
    // A comment separates as a space does.
    out += found[0].startsWith("/*") ? " " : found[0];
    last = found.index + found[0].length;
  }
  out += squeeze(css.slice(last));
  return out.trim().replaceAll(";}", "}");
}

function inline(file, layer) {
  const css = minify(readFileSync(join(dirname(input), file), "utf8"));
  if (/@import|@charset/.test(css)) throw new Error(`${file}: imports belong in ${input} alone`);
  const relative = css.match(/url\(\s*["']?(?!data:|#|\/)[^)]*\)/);
  if (relative) throw new Error(`${file}: ${relative[0]} would point elsewhere once bundled`);
  return css === "" ? "" : `@layer ${layer}{${css}}\n`;
}

const IMPORT = /@import\s+"([^"]+)"\s+layer\(([\w-]+)\)\s*;/g;
const main = minify(readFileSync(input, "utf8"));
const bundled = main.replace(IMPORT, (_, file, layer) => inline(file, layer));
if (/@import/.test(bundled)) throw new Error(`${input}: an import without a layer`);

mkdirSync(dirname(output), { recursive: true });
writeFileSync(output, bundled.trim() + "\n");
