// What stands around every page: dark and light, whether it asks before it shows, and what the
// two panels (the contents, and this page's own) need beyond being popovers. Loaded in the head,
// so that nothing is painted first that would not stay.

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

  /**
   * Does the question that opens this page wait for an answer, with its explorer hidden? Not if
   * it was skipped, if questions are turned off (web/practice/asking.js), or if the address
   * sets the state of an explorer.
   */
  function asks() {
    const said = new URLSearchParams(location.search).get("questions");
    if (said === "off" || /^#[\w-]+(\?|%3f)/i.test(location.hash)) return false;
    try {
      const { choices, guesses } = JSON.parse(localStorage.getItem("cross-entropy-practice"));
      const [page] = location.pathname.split("/").at(-1).split(".");
      const skipped = guesses?.[`guess-${page}`]?.value === null;
      return !skipped && (said === "on" || !choices?.unasked?.on);
    } catch {
      return true; // there is no record
    }
  }

  root.dataset.questions = asks() ? "on" : "off";
  colour();
  // In a folder a face is there at once, but a browser that was not told to wait does not.
  if (location.protocol === "file:") for (const face of document.fonts) face.display = "block";
  system.addEventListener("change", colour);
  addEventListener("storage", (event) => {
    if (event.key !== KEY && event.key !== null) return;
    chosen = read();
    colour();
  });

  const opened = () => document.querySelector(".panel:popover-open");
  const opener = (panel) => document.querySelector(`.bar [popovertarget="${panel.id}"]`);

  /** Bring the page that is open into the middle of the contents. */
  function centre(panel) {
    const here = panel.querySelector(".current");
    if (here) panel.scrollTop = here.offsetTop - panel.clientHeight / 2;
  }

  /** While a panel is open nothing else can be reached; then the focus goes back. */
  function toggled({ target: panel, newState }) {
    const open = newState === "open";
    for (const el of document.querySelectorAll(".skip, .bar, .panel, main")) {
      if (el !== panel) el.inert = open;
    }
    if (open) {
      centre(panel);
      panel.querySelector(".closer").focus({ preventScroll: true });
    } else if (document.activeElement === document.body || panel.contains(document.activeElement)) {
      opener(panel).focus({ preventScroll: true });
    }
  }

  function pressed(event) {
    const panel = opened();
    if (panel && (!panel.contains(event.target) || event.target.closest("a"))) panel.hidePopover();
  }

  function typed(event) {
    if (event.key === "Escape") opened()?.hidePopover();
    if (event.key === "k" && (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey) {
      const field = document.querySelector(".seek input");
      event.preventDefault();
      opened()?.hidePopover();
      if (field.checkVisibility()) field.select();
      else field.form.submit();
    }
  }

  /**
   * Of folds of one name one is open at a time. The one that closes takes its room along: what was pressed
   * stays where it is.
   */
  function keepPlace({ target }) {
    const handle = target.closest?.("details[name] > summary");
    if (!handle) return;
    const { top } = handle.getBoundingClientRect();
    requestAnimationFrame(() =>
      scrollBy({ top: handle.getBoundingClientRect().top - top, behavior: "instant" }),
    );
  }

  /** Say in the page's own contents which section is being read. */
  function follow(links) {
    const parts = links.map((link) => document.getElementById(decodeURIComponent(link.hash.slice(1))));
    let waiting = false;
    const mark = () => {
      waiting = false;
      const line = innerHeight / 3;
      const passed = parts.filter((part) => part && part.getBoundingClientRect().top < line);
      links.forEach((link, i) => {
        if (passed.length && parts[i] === passed.at(-1)) link.setAttribute("aria-current", "location");
        else link.removeAttribute("aria-current");
      });
    };
    const scrolled = () => {
      if (!waiting) requestAnimationFrame(mark);
      waiting = true;
    };
    addEventListener("scroll", scrolled, { passive: true });
    mark();
  }

  /** What scrolls sideways is reached by the keyboard, too; what does not is no stop for it. */
  function reach(boxes) {
    const see = ({ target }) => {
      if (target.scrollWidth > target.clientWidth) target.tabIndex = 0;
      else target.removeAttribute("tabindex");
    };
    const seer = new ResizeObserver((entries) => entries.forEach(see));
    for (const box of boxes) seer.observe(box);
  }

  addEventListener("DOMContentLoaded", () => {
    colour();
    for (const panel of document.querySelectorAll(".panel")) panel.addEventListener("toggle", toggled);
    document.addEventListener("click", pressed);
    document.addEventListener("click", keepPlace);
    document.addEventListener("keydown", typed, true);
    document.querySelector("button.colours").addEventListener("click", turn);
    document.querySelector("button.print")?.addEventListener("click", () => print());
    // In a wide window the panels stand beside the text, and no button opens them.
    addEventListener("resize", () => {
      const panel = opened();
      if (panel && !opener(panel).checkVisibility()) panel.hidePopover();
    });
    reach(
      document.querySelectorAll(
        "main :is(pre, .katex-display, .pst-scrollable-table-container, .output.text_html)",
      ),
    );
    follow([...document.querySelectorAll("#this-page nav a")]);
    centre(document.getElementById("contents"));
  });
}
