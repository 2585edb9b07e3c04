// Build what the browser runs, out of web/:
//   ce_lib/explorers/static/<name>.js  one module per explorer, for JupyterLab (anywidget)
//   ce_lib/explorers/static/explorers.css
//   bookext/static/explorers.js        one classic script with all of them, for the pages
//   bookext/static/practice.js         one more for pages with answer boxes and bets
//   bookext/static/katex/              the mathematics' style sheet and fonts
// Run with `make explorers`; `node web/bundle.mjs --out DIR` writes below DIR instead.

import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const { build } = await import("esbuild").catch(() => {
  console.error("esbuild is not installed. Run `make explorers`: it installs what it needs.");
  process.exit(1);
});

const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const out = process.argv[2] === "--out" ? resolve(process.argv[3]) : root;
const source = join(root, "web");
const files = (ending) =>
  readdirSync(join(source, "explorers"))
    .filter((file) => file.endsWith(ending))
    .sort()
    .map((file) => join(source, "explorers", file));
const modules = files(".js").map((path) => basename(path));

const common = {
  bundle: true,
  minify: true,
  charset: "utf8",
  target: "es2022",
  logLevel: "warning",
  legalComments: "none",
};

await build({
  ...common,
  entryPoints: modules.map((file) => join(source, "explorers", file)),
  format: "esm",
  outdir: join(out, "ce_lib/explorers/static"),
});

/** `import explorers from "explorers"`: every module of the folder, by its file's name. */
const listing = {
  name: "explorers",
  setup(bundler) {
    bundler.onResolve({ filter: /^explorers$/ }, () => ({ path: "explorers", namespace: "listing" }));
    bundler.onLoad({ filter: /.*/, namespace: "listing" }, () => ({
      resolveDir: join(source, "explorers"),
      contents: [
        ...modules.map((file, i) => `import m${i} from "./${file}";`),
        `export default { ${modules.map((file, i) => `"${file.slice(0, -3)}": m${i}`).join(", ")} };`,
      ].join("\n"),
    }));
  },
};

await build({
  ...common,
  entryPoints: [join(source, "host/host.js")],
  format: "iife",
  outfile: join(out, "bookext/static/explorers.js"),
  plugins: [listing],
});

await build({
  ...common,
  entryPoints: [join(source, "practice/main.js")],
  format: "iife",
  outfile: join(out, "bookext/static/practice.js"),
});

const palette = JSON.parse(readFileSync(join(root, "ce_lib/palette.json"), "utf8"));
const variables = (theme) =>
  Object.entries(palette)
    .map(([meaning, pair]) => `--ce-${meaning}:${pair[theme]};`)
    .join("");
// Paper is never dark.
const DARK = 'html[data-theme="dark"],body[data-jp-theme-light="false"]';
// The shared look, then what a single explorer's drawing adds.
const styles = [join(source, "ui/explorers.css"), ...files(".css")]
  .map((path) => readFileSync(path, "utf8"))
  .join("\n");
// Without scripts the page cannot store a choice: then the system's decides.
const SYSTEM = `@media screen and (prefers-color-scheme: dark){html[data-theme="auto"]{${variables("dark")}}}`;
// The room each explorer will need, reserved while its static table stands there. Without
// scripts the table is all there is, and needs no more room than its own.
const rooms = modules.map((file) => {
  const name = file.slice(0, -3);
  const { room } = JSON.parse(readFileSync(join(source, `specs/${name}.json`), "utf8"));
  const rule = (height) => `.ce-explorer[data-explorer="${name}"]:not(.ce-live){min-height:${height}rem}`;
  return `${rule(room[0])}@media(max-width:700px){${rule(room[1])}}`;
});
const ROOMS = `@media(scripting:enabled){${rooms.join("")}}`;
const css = await build({
  ...common,
  stdin: {
    contents: `:root{${variables("light")}}\n@media screen{${DARK}{${variables("dark")}}}\n${SYSTEM}\n${styles}\n${ROOMS}`,
    loader: "css",
    resolveDir: source,
  },
  write: false,
});
const stylesheet = join(out, "ce_lib/explorers/static/explorers.css");
mkdirSync(dirname(stylesheet), { recursive: true });
writeFileSync(stylesheet, css.outputFiles[0].text);

const katex = join(root, "node_modules/katex");
const fonts = join(out, "bookext/static/katex/fonts");
mkdirSync(fonts, { recursive: true });
for (const font of readdirSync(join(katex, "dist/fonts"))) {
  if (font.endsWith(".woff2")) cpSync(join(katex, "dist/fonts", font), join(fonts, font));
}
// Every browser that runs the explorers reads woff2; the other formats are left out.
const katexCss = readFileSync(join(katex, "dist/katex.min.css"), "utf8");
writeFileSync(
  join(fonts, "../katex.min.css"),
  katexCss.replace(/,url\([^)]*\.(?:woff|ttf)\) format\("[a-z]+"\)/g, ""),
);
cpSync(join(katex, "LICENSE"), join(fonts, "../LICENSE"));

console.log(`built ${modules.length} explorers into ${relative(process.cwd(), out) || "."}`);
