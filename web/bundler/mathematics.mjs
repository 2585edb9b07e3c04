// KaTeX's style sheet and fonts. The book keeps, of these, the glyphs that it uses.

import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { take } from "./packages.mjs";

export function copyMathematics({ root, out }) {
  take("katex");
  const from = join(root, "node_modules/katex");
  const to = join(out, "bookext/static/katex");
  mkdirSync(join(to, "fonts"), { recursive: true });
  for (const font of readdirSync(join(from, "dist/fonts"))) {
    if (font.endsWith(".woff2")) cpSync(join(from, "dist/fonts", font), join(to, "fonts", font));
  }
  // Every browser that runs the explorers reads woff2; the other formats are left out.
  const css = readFileSync(join(from, "dist/katex.min.css"), "utf8");
  writeFileSync(
    join(to, "katex.min.css"),
    css.replace(/,url\([^)]*\.(?:woff|ttf)\) format\("[a-z]+"\)/g, ""),
  );
  cpSync(join(from, "LICENSE"), join(to, "LICENSE"));
}
