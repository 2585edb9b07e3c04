// What must be known before anything is painted: dark or light, whether the page asks before
// it shows, and how much of it is laid out at once. In the head, so that nothing is painted first
// that would not stay.

// A block of its own: a classic script shares its names with all others.
{
  const root = document.documentElement;
  const KEY = "mode";
  const system = matchMedia("(prefers-color-scheme: dark)");
  let chosen = read(); // "light", "dark", or null: as the system says

  /** What was chosen on an earlier page; nothing where the browser keeps nothing. */
  function read() {
    try {
      const mode = localStorage.getItem(KEY);
      return mode === "light" || mode === "dark" ? mode : null;
    } catch {
      return null;
    }
  }

  function keep() {
    try {
      if (chosen) localStorage.setItem(KEY, chosen);
      else localStorage.removeItem(KEY);
    } catch {
      // The choice then lasts as long as the page.
    }
  }

  function colour() {
    const theme = chosen ?? (system.matches ? "dark" : "light");
    root.dataset.theme = theme;
    document.querySelector("button.colours")?.setAttribute("aria-pressed", theme === "dark");
  }

  /** Turn the colours over. Who chooses what the system says follows the system again. */
  function turn() {
    const wanted = root.dataset.theme === "dark" ? "light" : "dark";
    chosen = wanted === (system.matches ? "dark" : "light") ? null : wanted;
    keep();
    colour();
  }

  /** What the reader has answered and chosen so far (web/practice/store.js). */
  function recorded() {
    try {
      return JSON.parse(localStorage.getItem("cross-entropy-practice")) ?? {};
    } catch {
      return {};
    }
  }

  const { choices, guesses } = recorded();
  const [page] = location.pathname.split("/").at(-1).split(".");
  const guess = guesses?.[`guess-${page}`]; // its value is null if it was skipped

  /**
   * Does the question that opens this page wait for an answer, with its explorer hidden? Not if
   * it was skipped, if questions are turned off (web/practice/asking.js), or if the address
   * sets the state of an explorer.
   */
  function asks() {
    const said = new URLSearchParams(location.search).get("questions");
    if (said === "off" || /^#[\w-]+(\?|%3f)/i.test(location.hash)) return false;
    return guess?.value !== null && (said === "on" || !choices?.unasked?.on);
  }

  const later = self.requestIdleCallback ?? setTimeout;

  /**
   * Until all has come, only what is in the window is laid out (book.css); then the rest is, a
   * section at a time, so that a finger need not wait for all of it. Not where the reader is led
   * to a place below: what stands above it must have its height. Returns when all is laid out.
   */
  async function hurry() {
    const [how] = performance.getEntriesByType("navigation"); // a browser may not say
    if (how?.type !== "navigate" || location.hash) return;
    root.classList.add("ce-coming");
    await new Promise((come) => addEventListener("load", come));
    for (const section of document.querySelectorAll("article > section > section")) {
      section.classList.add("ce-come");
      await new Promise((idle) => later(idle));
    }
    root.classList.remove("ce-coming");
  }

  self.ceWhole = hurry();
  root.dataset.questions = asks() ? "on" : "off";
  root.toggleAttribute("data-guessed", Boolean(guess));
  colour();
  // In a folder a face is there at once, but a browser that was not told to wait does not.
  if (location.protocol === "file:") for (const face of document.fonts) face.display = "block";
  system.addEventListener("change", colour);
  addEventListener("storage", (event) => {
    if (event.key !== KEY && event.key !== null) return;
    chosen = read();
    colour();
  });

  addEventListener("DOMContentLoaded", () => {
    colour(); // the button is there now
    document.querySelector("button.colours").addEventListener("click", turn);
  });
}
