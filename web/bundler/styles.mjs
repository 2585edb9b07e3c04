// The one style sheet of all explorers: colours, the shared look, each drawing's own.
//
// It stays one: an explorer's own rules are a few hundred bytes when gzipped, less than
// another request costs.

import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { bundle } from "./packages.mjs";
import { common } from "./scripts.mjs";

// Paper is never dark.
const DARK = 'html[data-theme="dark"],body[data-jp-theme-light="false"]';

export async function buildStyles({ root, out, names }) {
  const source = join(root, "web");
  const read = (path) => readFileSync(join(root, path), "utf8");
  const own = names.map((name) => `web/explorers/${name}.css`).filter((path) => existsSync(join(root, path)));
  const css = await bundle({
    ...common,
    stdin: {
      contents: [
        colours(JSON.parse(read("ce_lib/palette.json"))),
        ...["web/ui/explorers.css", ...own].map(read),
        rooms(names, (name) => JSON.parse(read(`web/specs/${name}.json`)).room),
      ].join("\n"),
      loader: "css",
      resolveDir: source,
    },
    write: false,
  });
  const sheet = join(out, "ce_lib/explorers/static/explorers.css");
  mkdirSync(dirname(sheet), { recursive: true });
  writeFileSync(sheet, css.outputFiles[0].text);
}

function colours(palette) {
  const variables = (theme) =>
    Object.entries(palette)
      .map(([meaning, pair]) => `--ce-${meaning}:${pair[theme]};`)
      .join("");
  return [
    `:root{${variables("light")}}`,
    // In a shadow root (marimo) there is no :root; there the host's colour scheme decides.
    `:host{${either(palette)}}`,
    `@media screen{${DARK}{${variables("dark")}}}`,
    // Without scripts the page cannot store a choice: then the system's decides.
    `@media screen and (prefers-color-scheme: dark){html[data-theme="auto"]{${variables("dark")}}}`,
  ].join("\n");
}

function either(palette) {
  return Object.entries(palette)
    .map(([meaning, { light, dark }]) => `--ce-${meaning}:light-dark(${light},${dark});`)
    .join("");
}

/**
 * The room each explorer will need, reserved while its static table stands there, and no more:
 * a longer table scrolls. Without scripts, or where the explorer cannot start, the table is all
 * there is and takes its own room.
 */
function rooms(names, roomOf) {
  const rules = names.map((name) => {
    const [wide, narrow] = roomOf(name);
    const waiting = `.ce-explorer[data-explorer="${name}"]:not(.ce-live,.ce-still)`;
    const rule = (height) => `${waiting}{height:${height}rem;overflow:auto}`;
    return `${rule(wide)}@media(max-width:700px){${rule(narrow)}}`;
  });
  return `@media screen and (scripting:enabled){${rules.join("")}}`;
}
