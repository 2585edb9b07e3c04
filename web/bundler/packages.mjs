// What the bundles take from npm: each package's name, version and licence, as it is installed.
// The book's page of licences shows them (bookext/collected/licences.py), and needs no Node for it.

import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";

const PACKAGE = /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//;
const LICENCE = /^licen[cs]e(\.\w+)?$/i;
const taken = new Set();

/** Bundle as esbuild does, and note which packages have a part in the outcome. */
export async function bundle(options) {
  const result = await build({ ...options, metafile: true });
  for (const { inputs } of Object.values(result.metafile.outputs)) {
    for (const path of Object.keys(inputs)) {
      const name = PACKAGE.exec(path)?.[1];
      if (name) take(name);
    }
  }
  return result;
}

/** Note a package that is copied, not bundled. */
export function take(name) {
  taken.add(name);
}

export function writePackages({ root, out }) {
  const packages = [...taken].sort().map((name) => described(join(root, "node_modules", name), name));
  writeFileSync(join(out, "bookext/bundled.json"), `${JSON.stringify(packages, null, 2)}\n`);
}

function described(folder, name) {
  const { version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const file = readdirSync(folder).find((entry) => LICENCE.test(entry));
  if (!file) throw new Error(`${name}: expected a LICENSE in its package, found none`);
  return { name, version, licence: license, text: readFileSync(join(folder, file), "utf8") };
}
