// Keeps what goes wrong on a page where a test can read it, whatever drives the browser. The tests'
// server makes it the first script of every page.

self.ceWrong = [];

addEventListener(
  "error",
  ({ target, message, filename, lineno }) => {
    const lost = target !== window && (target.src || target.href);
    self.ceWrong.push(lost ? `not loaded: ${lost}` : `${message} (${filename}:${lineno})`);
  },
  true,
);

addEventListener("unhandledrejection", ({ reason }) => self.ceWrong.push(`rejected: ${reason}`));

document.addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI, sourceFile }) =>
  self.ceWrong.push(`forbidden: ${effectiveDirective} ${blockedURI} in ${sourceFile}`),
);

for (const kind of ["error", "warn"]) {
  const say = console[kind];
  console[kind] = (...words) => {
    self.ceWrong.push(`${kind}: ${words.join(" ")}`);
    say.apply(console, words);
  };
}
