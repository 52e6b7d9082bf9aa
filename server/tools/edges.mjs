// Reads `cargo metadata` and refuses an edge between the crates that the architecture does not have, a banned package,
// and a second version of a package of which there must be one.
import { readFileSync } from "node:fs";

const WORKSPACE = {
  contract: [],
  guard: ["contract"],
  store: ["contract", "guard"],
  server: ["contract", "guard", "store"],
  app: ["contract"],
  bench: ["contract", "guard", "store", "server"],
};
const NEVER = {
  contract: [/^leptos/, /^axum/, /^sea-orm/, /^sqlx/, /^tokio$/, /^web-sys$/],
  guard: [/^leptos/, /^axum/, /^sea-orm/, /^sqlx/],
  store: [/^leptos/, /^axum/],
  server: [/^leptos/, /^sea-orm/, /^sqlx/],
  app: [/^axum/, /^sea-orm/, /^sqlx/, /^tokio$/, /^ring$/],
  bench: [/^leptos/],
};
const BANNED = ["openssl-sys", "native-tls", "aws-lc-sys", "aws-lc-rs"];
const ONE_VERSION = ["leptos", "sqlx", "sea-orm", "rustls", "libsqlite3-sys", "axum", "wasm-bindgen"];

const metadata = JSON.parse(readFileSync(0, "utf8"));
const faults = [];
const members = metadata.packages.filter((one) => metadata.workspace_members.includes(one.id));

for (const member of members) {
  const allowed = WORKSPACE[member.name];
  if (!allowed) {
    faults.push(`${member.name}: a new crate; name its edges in edges.mjs and in the architecture`);
    continue;
  }
  for (const dependency of member.dependencies) {
    const what = dependency.kind ? `${dependency.name} (${dependency.kind})` : dependency.name;
    if (dependency.name in WORKSPACE && !allowed.includes(dependency.name)) faults.push(`${member.name} → ${what}: no such edge`);
    // What a test stands on is not part of the crate; `guard` tests with tokio, say.
    if (dependency.kind !== "dev" && NEVER[member.name].some((never) => never.test(dependency.name))) {
      faults.push(`${member.name} → ${what}: never`);
    }
  }
}
for (const name of Object.keys(WORKSPACE)) {
  if (!members.some((one) => one.name === name)) faults.push(`${name}: not in the workspace`);
}
for (const { name, version } of metadata.packages) {
  if (BANNED.includes(name)) faults.push(`${name} ${version}: banned; find it with cargo tree -i ${name} --target all`);
}
for (const name of ONE_VERSION) {
  const versions = metadata.packages.filter((one) => one.name === name).map((one) => one.version);
  if (versions.length > 1) faults.push(`${name}: ${versions.join(" and ")}; one version only`);
}

for (const fault of faults) console.error(`boundary: ${fault}`);
if (faults.length > 0) process.exit(1);
console.log(`  ${members.length} crates, ${metadata.packages.length} packages`);
