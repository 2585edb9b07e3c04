// Report a mistake: where the reader is goes into the text, and the text can be copied.

{
  const panel = document.getElementById("mistake");
  const text = panel.querySelector("textarea");
  const said = panel.querySelector("[role=status]");
  const LINE = /^Section: .*$/m;
  let touched = false; // what a reader has written is not written over

  /** The section that is being read: the page's own contents mark it (site.js). */
  function section() {
    const link = document.querySelector("#this-page nav a[aria-current]");
    return link ? link.textContent.trim() : "";
  }

  async function copy() {
    try {
      await navigator.clipboard.writeText(text.value);
    } catch {
      // A page that comes without encryption has no clipboard but the old one.
      text.select();
      if (!document.execCommand("copy")) {
        said.textContent = "The browser does not let this page copy: select the text instead.";
        return;
      }
    }
    said.textContent = "Copied.";
  }

  text.addEventListener("input", () => {
    touched = true;
    said.textContent = "";
  });
  panel.addEventListener("toggle", ({ newState }) => {
    if (newState === "open" && !touched) text.value = text.value.replace(LINE, () => `Section: ${section()}`);
    said.textContent = "";
    // Whoever goes by keys is in the panel while it is open, and with the last stop leaves it.
    if (newState === "open") panel.focus();
  });
  panel.addEventListener("focusout", ({ relatedTarget }) => {
    if (relatedTarget && !panel.contains(relatedTarget)) panel.hidePopover();
  });
  panel.querySelector(".copy-report").addEventListener("click", copy);
}
