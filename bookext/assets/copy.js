// A button on each piece of code copies it, and with it what it takes from earlier cells: the
// lines that the build wrote beside it (bookext/copying.py).

{
  const TOLD = 2500; // milliseconds
  const status = document.createElement("p");
  status.className = "ce-said";
  status.setAttribute("role", "status");

  /** The code of a block alone: of an example at a prompt, without the prompts and the answers. */
  function codeOf(block) {
    const lines = block.querySelector("pre").textContent.trimEnd().split("\n");
    if (!lines[0].startsWith(">>> ")) return lines.join("\n");
    return lines
      .filter((line) => /^(>>>|\.\.\.)( |$)/.test(line))
      .map((line) => line.slice(4))
      .join("\n");
  }

  async function copy(text) {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      // A page that comes without encryption has no clipboard but the old one.
      const field = document.createElement("textarea");
      field.value = text;
      field.className = "ce-said";
      document.body.append(field);
      field.select();
      const done = document.execCommand("copy");
      field.remove();
      if (!done) throw new Error("no clipboard");
    }
  }

  function withButton(block) {
    const needs = block.closest("[data-needs]")?.dataset.needs;
    const imports = needs?.split("\n").every((line) => /^(import|from|$)/.test(line));
    const along = needs ? (imports ? ", with its imports" : ", with what it needs from above") : "";
    const button = document.createElement("button");
    const text = (said) => button.replaceChildren(said);
    let waiting;
    button.type = "button";
    button.className = "copy";
    button.title = `Copy this code${along}`;
    text("Copy");
    button.addEventListener("click", async () => {
      try {
        await copy([needs, codeOf(block)].filter(Boolean).join("\n\n"));
        status.textContent = `Copied${along}`;
      } catch {
        status.textContent = "The browser does not let this page copy: select the code instead";
      }
      button.focus({ preventScroll: true });
      text(status.textContent);
      clearTimeout(waiting);
      waiting = setTimeout(() => {
        text("Copy");
        status.textContent = "";
      }, TOLD);
    });
    block.append(button);
  }

  document.body.append(status);
  for (const block of document.querySelectorAll("main .highlight:not(.cell_output *)")) withButton(block);
}
