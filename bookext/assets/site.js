// What stands around every page: what the two panels (the contents, and this page's own) need
// beyond being popovers, the search's key, and what scrolls.

// A block of its own: a classic script shares its names with all others.
{
  const opened = () => document.querySelector(".panel:popover-open");
  const opener = (panel) => document.querySelector(`.bar [popovertarget="${panel.id}"]`);

  /** Bring the page that is open into the middle of the contents, which then begin with a whole line. */
  function centre(panel) {
    const here = panel.querySelector("a.current");
    if (!here) return;
    const { top } = panel.getBoundingClientRect();
    const upTo = (el) => el.getBoundingClientRect().top - top + panel.scrollTop;
    const last = panel.scrollHeight - panel.clientHeight;
    const wanted = Math.min(upTo(here) - panel.clientHeight / 2, last);
    const lines = [...panel.querySelectorAll(".caption, li > a")].filter((el) => el.checkVisibility());
    const line = lines.findLast((el) => upTo(el) <= wanted);
    panel.scrollTop = line ? upTo(line) - (line.matches(".caption") ? 8 : 0) : 0;
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
      // At the foot of the page the last part is being read, however short it is.
      const atEnd = scrollY > 0 && scrollY + innerHeight >= document.documentElement.scrollHeight - 2;
      const below = atEnd ? -1 : parts.findIndex((part) => part && part.getBoundingClientRect().top >= line);
      const read = parts.slice(0, below === -1 ? parts.length : below).findLast(Boolean);
      links.forEach((link, i) => {
        if (read && parts[i] === read) link.setAttribute("aria-current", "location");
        else link.removeAttribute("aria-current");
      });
    };
    const scrolled = () => {
      if (!waiting) requestAnimationFrame(mark);
      waiting = true;
    };
    addEventListener("scroll", scrolled, { passive: true });
    scrolled();
  }

  /** What scrolls sideways is reached by the keyboard, too; what does not is no stop for it. */
  function reach(boxes) {
    const see = ({ target }) => {
      if (target.scrollWidth > target.clientWidth) target.tabIndex = 0;
      else target.removeAttribute("tabindex");
    };
    // With the next frame: what becomes a stop may change its size, and would be measured again.
    const seer = new ResizeObserver((entries) => requestAnimationFrame(() => entries.forEach(see)));
    for (const box of boxes) seer.observe(box);
  }

  for (const panel of document.querySelectorAll(".panel")) panel.addEventListener("toggle", toggled);
  document.addEventListener("click", pressed);
  document.addEventListener("click", keepPlace);
  document.addEventListener("keydown", typed, true);
  document.querySelector("button.print")?.addEventListener("click", () => print());
  // In a wide window the panels stand beside the text, and no button opens them.
  addEventListener("resize", () => {
    const panel = opened();
    if (panel && !opener(panel).checkVisibility()) panel.hidePopover();
  });
  // Not while a section is laid out when it is reached (first.js), in the midst of this measuring:
  // Firefox reports that as an error.
  self.ceWhole.then(() =>
    reach(
      document.querySelectorAll(
        "main :is(pre, .katex-display, .pst-scrollable-table-container, .output.text_html)",
      ),
    ),
  );
  follow([...document.querySelectorAll("#this-page nav a")]);
  // With the frame, which lays the page out anyway.
  requestAnimationFrame(() => centre(document.getElementById("contents")));
}
