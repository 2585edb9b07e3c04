// The scripts: modules for JupyterLab, and for the pages a core and a script per explorer.

import { cpSync, readdirSync } from "node:fs";
import { join, relative, resolve, sep } from "node:path";
import { bundle } from "./packages.mjs";

export const common = {
  bundle: true,
  minify: true,
  charset: "utf8",
  target: "es2022",
  logLevel: "warning",
  legalComments: "none",
  loader: { ".txt": "text" }, // those of ce_lib/texts
};

export async function buildScripts({ root, out, names }) {
  const source = join(root, "web");
  const pages = join(out, "bookext/static");
  const { metafile } = await bundle({
    ...common,
    absWorkingDir: source,
    entryPoints: names.map((name) => `explorers/${name}.js`),
    format: "esm",
    outdir: join(out, "ce_lib/explorers/static"),
  });
  const shared = sharedModules(metafile.inputs, names);
  await bundle({
    ...common,
    stdin: { contents: coreOf(shared), resolveDir: source },
    format: "iife",
    outfile: join(pages, "core.js"),
  });
  const core = takenFromTheCore(source, await exportsOf(source, shared));
  for (const name of names) {
    await bundle({
      ...common,
      stdin: { contents: `import it from "./explorers/${name}.js"; ceStart(it);`, resolveDir: source },
      format: "iife",
      outfile: join(pages, `explorers/${name}.js`),
      plugins: [core, laterOnPages],
      // The script waits for the core, whichever of the two comes first (host.js).
      banner: { js: "(self.ceExplorers??=[]).push((ceShared,ceStart)=>{" },
      footer: { js: "});" },
    });
  }
  for (const name of textsForLater(source)) {
    await bundle({
      ...common,
      stdin: {
        contents: `import text from "../ce_lib/texts/${name}.txt"; (self.ceTexts ??= {}).${name} = text;`,
        resolveDir: source,
      },
      format: "iife",
      outfile: join(pages, `texts/${name}.js`),
    });
  }
  for (const [entry, script] of [
    ["practice/record", "record"],
    ["practice/main", "practice"],
    ["practice/claims", "claims"],
    ["practice/report", "report"],
    ["search/main", "search"],
  ]) {
    await bundle({
      ...common,
      entryPoints: [join(source, `${entry}.js`)],
      format: "iife",
      outfile: join(pages, `${script}.js`),
    });
  }
  // The search is MiniSearch's, whose licence goes with it.
  cpSync(join(root, "node_modules/minisearch/LICENSE.txt"), join(pages, "search.LICENSE.txt"));
}

/** The modules of web/ that more than one explorer imports, at first or second hand. */
function sharedModules(inputs, names) {
  const users = new Map();
  for (const name of names) {
    const reached = new Set();
    const reach = (path) => {
      if (reached.has(path)) return;
      reached.add(path);
      for (const imported of inputs[path].imports) reach(imported.path);
    };
    reach(`explorers/${name}.js`);
    for (const path of reached) users.set(path, (users.get(path) ?? 0) + 1);
  }
  return [...users.keys()].filter((path) => users.get(path) > 1 && !path.startsWith("..")).sort();
}

function coreOf(shared) {
  return [
    'import { begin } from "./host/host.js";',
    ...shared.map((path, i) => `import * as m${i} from "./${path}";`),
    `begin({ ${shared.map((path, i) => `"${path}": m${i}`).join(", ")} });`,
  ].join("\n");
}

async function exportsOf(source, shared) {
  const { metafile } = await bundle({
    ...common,
    absWorkingDir: source,
    entryPoints: shared,
    format: "esm",
    outdir: "unwritten",
    outbase: source,
    write: false,
  });
  const outputs = Object.values(metafile.outputs);
  return new Map(outputs.map((output) => [output.entryPoint, output.exports]));
}

/** An import of a shared module takes what the core has made of it. */
function takenFromTheCore(source, exported) {
  return {
    name: "taken-from-the-core",
    setup(bundler) {
      bundler.onResolve({ filter: /^\./ }, ({ path, resolveDir }) => {
        const module = relative(source, resolve(resolveDir, path)).split(sep).join("/");
        return exported.has(module) ? { path: module, namespace: "core" } : undefined;
      });
      bundler.onLoad({ filter: /.*/, namespace: "core" }, ({ path }) => {
        const parts = exported.get(path).map((part, i) => [JSON.stringify(part), `m${i}`]);
        const pairs = (as) => parts.map(([part, local]) => as(part, local)).join(", ");
        return {
          contents: `const { ${pairs((part, local) => `${part}: ${local}`)} } = ceShared["${path}"];
            export { ${pairs((part, local) => `${local} as ${part}`)} };`,
        };
      });
    },
  };
}

/** The texts that a page brings when they are asked for. */
function textsForLater(source) {
  const pages = readdirSync(join(source, "texts")).filter((file) => file.endsWith(".page.js"));
  return pages.map((file) => file.replace(".page.js", "")).sort();
}

/** On a page a text is not in its explorer's script: `texts/x.page.js` stands for `texts/x.js`. */
const laterOnPages = {
  name: "later-on-pages",
  setup(bundler) {
    bundler.onResolve({ filter: /\/texts\/\w+\.js$/ }, ({ path, resolveDir }) =>
      resolveDir.endsWith("explorers")
        ? { path: resolve(resolveDir, path.replace(".js", ".page.js")) }
        : undefined,
    );
  },
};
