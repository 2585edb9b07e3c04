// In the page, for eye.py: what can be pressed, where it stands, how large it is.

{
  const ASKS =
    "a[href], button, input:not([type=hidden]), select, textarea, summary, label, [tabindex]," +
    "[role=button], [role=slider], [role=link], [role=tab], [contenteditable=true]";
  const PRESSED = "a[href], button, input, select, textarea, summary";
  const HANDS = /^(pointer|grab|grabbing|move|crosshair|.*-resize)$/;
  const MOST = 24; // px: WCAG 2.5.8
  let waiting = []; // what is still to be looked at
  let shown = [];

  const style = (el) => getComputedStyle(el);
  const labels = (el) => [...(el.labels ?? [])].filter((label) => label.checkVisibility());
  const small = ({ width, height }) => width <= 1 || height <= 1;

  /** An input that nobody sees is its label's business. */
  const stoodFor = (el) =>
    el.matches("input") &&
    labels(el).length > 0 &&
    (style(el).opacity === "0" || small(el.getBoundingClientRect()));

  /** Everything in the page that takes a click or the focus, or says so by its cursor. */
  function all(inside) {
    const root = document.querySelector(inside);
    return [...root.querySelectorAll("*")].filter((el) => {
      if (!el.checkVisibility({ visibilityProperty: true }) || el.closest("[inert]")) return false;
      if (el.matches("[tabindex='-1']:not(a, button, input)") || stoodFor(el)) return false;
      if (el.matches("option, svg [aria-hidden=true] *")) return false;
      if (el.matches(ASKS)) return true;
      const asked = el.closest(ASKS);
      const hand = style(el).cursor;
      return !asked && HANDS.test(hand) && style(el.parentElement).cursor !== hand;
    });
  }

  const describe = (el) => el.outerHTML.replace(/\s+/g, " ").slice(0, 110);

  /** The part of a rectangle that its ancestors let through. */
  function clipped(el, rect) {
    let { left, top, right, bottom } = rect;
    for (let up = el.parentElement; up && up !== document.documentElement; up = up.parentElement) {
      if (style(up).position === "fixed" || up.matches(":popover-open")) {
        const box = up.getBoundingClientRect();
        [left, top] = [Math.max(left, box.left), Math.max(top, box.top)];
        [right, bottom] = [Math.min(right, box.right), Math.min(bottom, box.bottom)];
        break;
      }
      if (up === document.body || style(up).overflow === "visible" || style(up).display === "inline")
        continue;
      const box = up.getBoundingClientRect();
      [left, top] = [Math.max(left, box.left), Math.max(top, box.top)];
      [right, bottom] = [Math.min(right, box.right), Math.min(bottom, box.bottom)];
    }
    return { left, top, right, bottom, width: right - left, height: bottom - top };
  }

  /** Where an element's ink should be: inside its border, and clear of round corners. */
  function boxes(el, frame) {
    const s = style(el);
    const field = el.matches("input, select, textarea");
    const out = [];
    for (const rect of el.getClientRects()) {
      const seen = clipped(el, rect);
      if (seen.width < 1 || seen.height < 1) continue;
      if (seen.width * seen.height < 0.5 * rect.width * rect.height) continue;
      const round = 0.3 * Math.min(Number.parseFloat(s.borderTopLeftRadius) || 0, rect.height / 2);
      const edge = field ? -1 : (Number.parseFloat(s.borderTopWidth) || 0) + round;
      const side = field ? -1 : (Number.parseFloat(s.borderLeftWidth) || 0) + round;
      const box = [seen.left + side, seen.top + edge, seen.right - side, seen.bottom - edge];
      if (box[0] < frame.left - 1 || box[1] < frame.top - 1) continue;
      if (box[2] > frame.right + 1 || box[3] > frame.bottom + 1) continue;
      out.push(box.map((at, i) => at - (i % 2 ? frame.top : frame.left)));
    }
    return out;
  }

  const page = () => {
    const { scrollWidth, scrollHeight } = document.documentElement;
    const [left, top] = [-scrollX, -scrollY];
    return { left, top, right: left + scrollWidth, bottom: top + scrollHeight };
  };
  const windowed = () => ({ left: 0, top: 0, right: innerWidth, bottom: innerHeight });

  let frame = null;
  /** Collect what stands in the frame, and leave the rest waiting. */
  function sort() {
    const looked = waiting.map((el) => [el, boxes(el, frame)]);
    shown = looked.filter(([, found]) => found.length).map(([el, found]) => record(el, found));
    waiting = looked.filter(([, found]) => !found.length).map(([el]) => el);
  }
  const record = (el, found) => ({
    el,
    html: describe(el),
    boxes: found,
    clear: !el.checkVisibility({ opacityProperty: true }),
    faint: el.matches(":disabled, [aria-disabled=true], :disabled *") || Boolean(el.control?.disabled),
  });

  function labelled(control) {
    return !stoodFor(control) && !["radio", "checkbox"].includes(control.type);
  }
  /** A box to tick is as large as its label. */
  function target(el) {
    const label = ["radio", "checkbox"].includes(el.type) ? labels(el)[0] : null;
    return (label ?? el).getBoundingClientRect();
  }
  function size({ width, height }) {
    return `${width.toFixed(1)} × ${height.toFixed(1)} px`;
  }
  /** The exception for links in a sentence, whose line decides their height. */
  function inSentence(el) {
    if (!style(el).display.startsWith("inline") || !el.matches("a, [role=link]")) return false;
    const block = el.closest("p, li, dd, dt, td, th, figcaption, span.caption, div, h1, h2, h3");
    const rest = block.cloneNode(true);
    for (const link of rest.querySelectorAll("a")) link.remove();
    return /[\p{L}\p{N}]/u.test(rest.textContent);
  }
  /** The exception for what the browser draws and nobody restyled. */
  function untouched(el) {
    return (
      el.matches("input[type=radio], input[type=checkbox]") &&
      style(el).appearance === "auto" &&
      !labels(el).length
    );
  }
  /** The exception for spacing: a circle of 24 px on the small one's middle meets no other. */
  function crowds(one, two) {
    const [x, y] = [(one.left + one.right) / 2, (one.top + one.bottom) / 2];
    if (one.el.contains(two.el) || two.el.contains(one.el)) return false;
    const alone = two.width < MOST || two.height < MOST;
    const dx = Math.max(two.left - x, 0, x - two.right);
    const dy = Math.max(two.top - y, 0, y - two.bottom);
    if (Math.hypot(dx, dy) < MOST / 2) return true;
    const [u, v] = [(two.left + two.right) / 2, (two.top + two.bottom) / 2];
    return alone && Math.hypot(u - x, v - y) < MOST;
  }
  /** What a press on the middle of an element meets instead of it. */
  function covers(el) {
    if (el.matches("label, :disabled")) return null;
    el.scrollIntoView({ block: "center", inline: "center" });
    let hit = null;
    for (const rect of el.getClientRects()) {
      if (!rect.width || !rect.height) continue;
      hit = document.elementFromPoint((rect.left + rect.right) / 2, (rect.top + rect.bottom) / 2);
      if (!hit || hit === el || el.contains(hit) || hit.closest("label")?.control === el) return null;
      // A drawn handle may leave its clicks to the picture around it.
      if (hit.contains(el) && (el.closest("svg") || style(el).pointerEvents === "none")) return null;
    }
    return hit;
  }

  globalThis.visible = {
    /** Open what is folded, set the colours, and wait until the page stands still. */
    async settle(theme) {
      document.documentElement.dataset.theme = theme;
      for (const fold of document.querySelectorAll("details")) fold.open = true;
      scrollTo(0, 0);
      // What opens asks for its letters in the next frame, and an explorer comes alive later.
      const coming = () =>
        document.fonts.status === "loading" ||
        [...document.querySelectorAll(".ce-explorer:not(.ce-live, .ce-still)")].some((el) =>
          el.checkVisibility(),
        );
      for (let i = 0; i < 3 || (i < 300 && coming()); i++) await new Promise(requestAnimationFrame);
      // What a reader's scrolling moves is never finished.
      const moving = document.getAnimations().filter((one) => one.timeline === document.timeline);
      await Promise.allSettled(moving.map((one) => one.finished));
    },
    list(inside) {
      document.activeElement?.blur?.();
      scrollTo(0, 0);
      waiting = all(inside);
      frame = inside === "html" ? page() : windowed();
      sort();
      return inside === "html" ? { width: frame.right - frame.left, height: frame.bottom - frame.top } : null;
    },
    shown: () => shown.map(({ el, ...rest }) => rest),
    /** Whether something of it has moved since it was collected. */
    moved: () => shown.some(({ el, boxes: before }) => `${boxes(el, frame)}` !== `${before}`),
    /** Bring what waits into the window; say whether anything did. */
    async reveal() {
      if (!waiting.length) return false;
      const [el] = waiting;
      el.focus({ preventScroll: true });
      el.scrollIntoView({ block: "center", inline: "center" });
      await new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted)));
      frame = windowed();
      sort();
      if (waiting[0] === el) {
        waiting.shift();
        shown.push(record(el, []));
      }
      return true;
    },
    openers: () =>
      [...document.querySelectorAll("[popovertarget]")]
        .filter((el) => el.checkVisibility() && !el.closest("[popover]"))
        .map((el) => el.getAttribute("popovertarget")),
    async open(id) {
      document.querySelector(`[popovertarget="${id}"]`).click();
      for (let i = 0; i < 2; i++) await new Promise(requestAnimationFrame);
    },
    /** What can be pressed and is of none of the kinds that are pressed in a test. */
    unknown: (kinds) =>
      all("html")
        .filter((el) => el.matches(PRESSED) && !kinds.some((kind) => el.matches(kind)))
        .map((el) => `pressed in no test: ${describe(el)}`),
    measure(inside) {
      document.activeElement?.blur?.();
      const wrong = [];
      const pressed = all(inside).filter((el) => !el.matches("[tabindex]:not(a, button, input, [role])"));
      const targets = pressed.filter((el) => !el.matches("label") || (el.control && !labelled(el.control)));
      const rects = targets.map((el) => {
        const { left, top, right, bottom, width, height } = target(el);
        return {
          el,
          left: left + scrollX,
          right: right + scrollX,
          top: top + scrollY,
          bottom: bottom + scrollY,
          width,
          height,
        };
      });
      for (const one of rects) {
        if (one.width >= MOST && one.height >= MOST) continue;
        if (inSentence(one.el) || untouched(one.el)) continue;
        const near = rects.find((two) => two.el !== one.el && crowds(one, two));
        if (near) wrong.push(`${size(one)} and beside ${describe(near.el)}: ${describe(one.el)}`);
      }
      for (const el of pressed) {
        const over = covers(el);
        if (over) wrong.push(`${describe(over)} lies over ${describe(el)}`);
      }
      return wrong;
    },
  };
}
