// The script and the style sheet of the slides, with reveal.js and its licence.

import { cpSync } from "node:fs";
import { join } from "node:path";
import { bundle } from "./packages.mjs";
import { common } from "./scripts.mjs";

export async function buildSlides({ root, out }) {
  const to = join(out, "tools/decks/static");
  await bundle({
    ...common,
    entryPoints: { slides: join(root, "web/slides/main.js") },
    format: "iife",
    outdir: to,
  });
  await bundle({
    ...common,
    entryPoints: { slides: join(root, "web/slides/slides.css") },
    outdir: to,
  });
  cpSync(join(root, "node_modules/reveal.js/LICENSE"), join(to, "reveal.LICENSE"));
}
