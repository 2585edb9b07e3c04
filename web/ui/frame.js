// The frame all explorers share, from top to bottom: question, stage, the buttons that act on it and
// what it says, main controls, readouts, try this, what is said at length, steps of the chapter, and
// the rest one press away. Down to the sentence all stays in view while the rest scrolls: a step that
// says "press Run" shares the screen with Run. An explorer fills stage, act, main, below and more.

import { alignPoints } from "./align.js";
import { coded, setCoded, words } from "./backticks.js";
import { holdHint } from "./chart.js";
import { choice } from "./controls.js";
import { attrs, h, inPlace, scrolling, setText } from "./dom.js";
import { FORMS } from "./format.js";
import { whenResized } from "./sizes.js";
import { checkState, stateToQuery } from "./state.js";
import { filled } from "./words.js";

const ANNOUNCE_AFTER = 700; // ms of rest before a screen reader is told

/**
 * Make an anywidget front-end module out of an explorer's definition:
 *
 * - `name`, `spec`: its name and its description from specs/<name>.json;
 * - `check(state)`, if parts must fit each other: throws an Error with a sentence;
 * - `readout(state)`: the same quantities as `readout()` in Python;
 * - `headline`: the keys of at most four large numbers, or a function of the state that
 *   gives them;
 * - `entries(state)`: what the entries of lists are called, when that depends on it;
 * - `listed`: true where a table of its own, of the class ce-lists, has the lists;
 * - `ask(state)`: the question, when it depends on the state;
 * - `describe(state, readout)`: what the stage shows, for who cannot see it;
 * - `say(state, readout)`: what is true now, in a short sentence for all: a text, or
 *   { text, hint, wrong }, with what a hand may do now apart, and whether something is wrong. What
 *   has the class ce-hint, here or in the stage, is not there on paper (tools/printed/pictures.py).
 *   In it, as in all texts and labels of the spec, code stands between backticks;
 * - `run(state)`, if the page keeps what a reader ran: the state to keep, or null;
 * - `build({ stage, act, main, below, more, model, get, set, arrange })`: draws, and returns
 *   { update, close }; hands change the state by `set`, and what no hand did goes by `arrange`;
 *   `update(state, readout, guess)` gets the reader's guess (web/practice/guess.js) once there is
 *   one, { kind, value, unit, at, of }, asked `of` the opening state; a spread's has the `options`
 *   and the index of the `answer`; and `skip()`, if a question that was skipped
 *   makes a difference;
 * - `comes(state)`, if a state may need what is not there yet: a promise of it, or null. Meanwhile
 *   the explorer shows what it showed, and says `coming` of its `words`; or `missing`, if it does
 *   not come.
 */
export function defineExplorer(definition) {
  return { ...definition, render: ({ model, el }) => render(definition, model, el) };
}

function render(definition, model, el) {
  const { spec } = definition;
  const { names, get, set, arrange } = access(definition, model, el);
  const opening = get();

  const question = h("p", { class: "ce-question" }, spec.question);
  const [stage, act] = ["stage", "act"].map((name) => h("div", { class: `ce-${name}` }));
  const sentence = h("p", { class: "ce-sentence" }, h("span"), h("span", { class: "ce-hint" }));
  const pinned = h("div", { class: "ce-pinned" }, stage, act, sentence);
  const main = h("div", { class: "ce-main" });
  const readouts = headline(definition);
  const below = h("div", { class: "ce-below" });
  const presets = tryButtons(offered(spec, model.get("offers")), (state) => {
    arrange(state);
    schedule(); // even if it is that state already
  });
  const more = h("div", { class: "ce-controls" });
  const table = fullTable(definition);
  const foot = footer(definition, { get, set: arrange, opening, model });
  const rest = h("details", { class: "ce-more" }, h("summary", {}, "More"), more, foot.el, table.el);
  const spoken = h("p", { class: "ce-spoken", "aria-live": "polite" });
  const root = h("div", { class: "ce-frame", role: "group", "aria-label": spec.question });
  root.append(question, holdHint(), pinned, main, readouts.el, presets.el, below, rest, spoken);
  // JupyterLab takes the arrow keys from whatever has the focus, unless that says no.
  root.addEventListener("focusin", ({ target }) => attrs(target, { "data-lm-suppress-shortcuts": "" }));
  el.classList.add("ce-live");
  el.replaceChildren(root);
  const released = keepClear(root, pinned);

  const parts = { stage, act, main, below, more };
  const instrument = definition.build({ ...parts, model, get, set, arrange });
  let guess = null;
  let [pending, timer] = [false, 0];
  function paint() {
    pending = false;
    const needed = definition.comes?.(get());
    if (!waits(needed, { root, sentence, words: spec.words, again: schedule })) inPlace(root, show, pinned);
  }
  function show() {
    const state = { ...get(), labels: namesFrom(model) };
    const numbers = definition.readout(state);
    const asked = definition.ask?.(state) ?? spec.question;
    setText(question, asked);
    attrs(root, { "aria-label": asked });
    instrument.update(state, numbers, guess);
    readouts.update(state, numbers);
    table.update(state, numbers);
    foot.update(state);
    const description = definition.describe(state, numbers);
    const now = said(definition, state, numbers);
    const remark = presets.remark(state);
    tell(sentence, remark ? { text: remark } : now);
    const picture = stage.querySelector("svg");
    if (picture) attrs(picture, { "aria-label": description });
    clearTimeout(timer);
    // Who cannot see the picture hears what it shows; where there is none, the sentence says all.
    const heard = words(remark || (picture ? description : now.text));
    timer = setTimeout(() => setText(spoken, heard), ANNOUNCE_AFTER);
  }
  // Several changes in one go are painted once, still before the browser's next frame.
  function schedule() {
    if (!pending) queueMicrotask(paint);
    pending = true;
  }
  function guessed({ detail }) {
    guess = { ...detail, of: opening };
    schedule();
  }
  const skipped = () => instrument.skip?.();
  for (const name of names) model.on(`change:${name}`, schedule);
  el.addEventListener("ce-guess", guessed);
  el.addEventListener("ce-skip", skipped);
  paint();
  clearTimeout(timer); // nobody has touched it yet: stay silent

  return () => {
    clearTimeout(timer);
    for (const name of names) model.off(`change:${name}`, schedule);
    el.removeEventListener("ce-guess", guessed);
    el.removeEventListener("ce-skip", skipped);
    released();
    instrument.close?.();
  };
}

/** Ways to the state: to read it, to set it by hand, which the page hears, and without. */
function access({ spec, check }, model, el) {
  const names = Object.keys(spec.fields);
  const get = () => Object.fromEntries(names.map((name) => [name, model.get(name)]));
  const arrange = (patch) => {
    checkState(spec, patch);
    check?.({ ...get(), ...patch });
    for (const [name, value] of Object.entries(patch)) model.set(name, value);
    model.save_changes();
  };
  const set = (patch) => {
    arrange(patch);
    el.dispatchEvent(new CustomEvent("ce-hand"));
  };
  return { names, get, set, arrange };
}

/** What the page calls the outcomes, if it says so: no part of the state, but all that is shown knows it. */
function namesFrom(model) {
  return model.get("labels") ?? null;
}

function tell(sentence, { text, hint = "", wrong = false }) {
  const [what, how] = sentence.children;
  setCoded(what, text);
  setText(how, hint && ` ${hint}`);
  sentence.classList.toggle("ce-wrong", wrong);
}

/** Is something needed that comes yet? Say so, and look `again` when it is there; or that it does not come. */
function waits(needed, { root, sentence, words, again }) {
  attrs(root, { "aria-busy": needed ? "true" : null });
  if (!needed) return false;
  tell(sentence, { text: words.coming });
  needed.then(again, () => {
    if (!root.hasAttribute("aria-busy")) return; // nobody waits for it any more
    attrs(root, { "aria-busy": null });
    tell(sentence, { text: words.missing, wrong: true });
  });
  return true;
}

/** What is true now, as { text, hint, wrong }. */
function said(definition, state, numbers) {
  const now = (definition.say ?? definition.describe)(state, numbers);
  return typeof now === "string" ? { text: now } : now;
}

/** Tell the style sheet how high the pinned part is: what gets the focus must not lie below it. */
function keepClear(root, pinned) {
  const say = (height) => root.style.setProperty("--ce-pinned", `${height}px`);
  return whenResized([pinned], say, () => pinned.offsetHeight);
}

/**
 * An element showing one number, `q` or `q[2]`, in the form its spec asks for: text for eyes,
 * data-value for everyone exact.
 */
export function cell(spec, tag, id, attributes = {}) {
  const el = h(tag, { ...attributes, "data-quantity": id });
  const written = FORMS[spec.quantities[id.replace(/\[\d+\]$/, "")].form];
  return {
    el,
    update(value) {
      const exact = String(value);
      if (el.dataset.value === exact) return;
      el.dataset.value = exact;
      setText(el, typeof value === "string" ? value : written(value));
    },
  };
}

/** What a number is counted in; words are counted in nothing. */
function unit({ spec }, key, state, value) {
  return typeof value === "string" ? "" : filled(spec.quantities[key].unit, state);
}

function headline(definition) {
  const el = h("dl", { class: "ce-readouts" });
  let cards = [];
  function lay(keys) {
    cards = keys.map((key) => {
      const number = cell(definition.spec, "span", key);
      const after = h("span", { class: "ce-unit" });
      const label = h("dt", {}, ...coded(definition.spec.quantities[key].label));
      return { key, number, after, el: h("div", {}, label, h("dd", {}, number.el, after)) };
    });
    el.replaceChildren(...cards.map((card) => card.el));
  }
  return {
    el,
    update(state, numbers) {
      const keys = definition.headline instanceof Function ? definition.headline(state) : definition.headline;
      if (keys.join() !== cards.map(({ key }) => key).join()) lay(keys);
      for (const { key, number, after } of cards) {
        number.update(numbers[key]);
        setText(after, unit(definition, key, state, numbers[key]));
      }
    },
  };
}

/** Every quantity. Rows of entries are made when their number is known. */
function fullTable(definition) {
  const { spec } = definition;
  const scalars = h("tbody");
  const head = h("thead");
  const lists = h("tbody");
  const el = scrolling(
    "All the numbers",
    { class: "ce-numbers" },
    h("p", { class: "ce-lead" }, "All the numbers"),
    h("table", { class: "ce-table" }, scalars),
    h("table", { class: "ce-table" }, head, lists),
  );
  const cells = new Map();
  let columns = [];
  let shape = "";
  function lay(state, numbers) {
    const keys = Object.keys(numbers);
    const listed = keys.filter((key) => Array.isArray(numbers[key]));
    cells.clear();
    const put = (id, value) => {
      cells.set(id, cell(spec, "td", id, typeof value === "string" ? { class: "ce-words" } : {}));
      return cells.get(id).el;
    };
    const single = keys.filter((key) => !listed.includes(key));
    scalars.replaceChildren(
      ...single.map((key) => {
        const name = h("th", { scope: "row" }, ...coded(spec.quantities[key].label));
        const value = put(key);
        if (typeof numbers[key] === "string") return h("tr", {}, name, attrs(value, { colspan: 2 }));
        return h(
          "tr",
          {},
          name,
          value,
          h("td", { class: "ce-unit" }, unit(definition, key, state, numbers[key])),
        );
      }),
    );
    columns = [single, ...listed.map((key) => numbers[key].map((_, i) => `${key}[${i}]`))];
    const entries = definition.entries?.(state) ?? spec.entries;
    const longest = Math.max(0, ...listed.map((key) => numbers[key].length));
    const headOf = (key) => {
      const kind = typeof numbers[key][0] === "string" ? { class: "ce-words" } : {};
      return h("th", { scope: "col", ...kind }, ...coded(spec.quantities[key].label));
    };
    head.replaceChildren(h("tr", {}, h("td"), ...listed.map(headOf)));
    lists.replaceChildren(
      ...Array.from({ length: longest }, (_, i) =>
        h(
          "tr",
          {},
          h("th", { scope: "row" }, entries[i] ?? String(i + 1)),
          ...listed.map((key) => (i < numbers[key].length ? put(`${key}[${i}]`, numbers[key][i]) : h("td"))),
        ),
      ),
    );
    lists.parentElement.hidden = longest === 0;
  }
  return {
    el,
    update(state, all) {
      const here = ([, value]) => !(definition.listed && Array.isArray(value));
      const numbers = Object.fromEntries(Object.entries(all).filter(here));
      const units = Object.keys(numbers).map((key) => unit(definition, key, state, numbers[key]));
      const kind = (value) => (typeof value === "string" ? "words" : (value.length ?? ""));
      const now = `${Object.entries(numbers).map(([k, v]) => k + kind(v))}|${units}`;
      if (now !== shape) lay(state, numbers);
      shape = now;
      for (const [key, value] of Object.entries(numbers)) {
        const shownAs = (i) => (Array.isArray(value) ? `${key}[${i}]` : key);
        for (const [i, entry] of [value].flat().entries()) cells.get(shownAs(i)).update(entry);
      }
      columns.forEach((ids, i) => {
        alignPoints(
          ids.map((id) => cells.get(id).el),
          { alike: i > 0 }, // the first one has what is no list
        );
      });
    },
  };
}

/** What is to be tried here: of all that the explorer knows, what the page or notebook names. */
function offered({ tryThis }, labels) {
  return labels ? labels.map((label) => tryThis.find((item) => item.label === label)) : tryThis;
}

/** Buttons that set a state. The remark on it stands as long as its state does. */
function tryButtons(items, set) {
  let tried = null;
  const buttons = items.map((item) =>
    h(
      "button",
      {
        type: "button",
        class: "ce-button",
        onclick: () => {
          tried = item;
          set(item.state);
        },
      },
      item.label,
    ),
  );
  const holds =
    (state) =>
    ([name, value]) =>
      String(state[name]) === String(value);
  return {
    el: h(
      "div",
      { class: "ce-try", hidden: items.length === 0 },
      h("span", { class: "ce-lead" }, "Try this"),
      ...buttons,
    ),
    remark(state) {
      if (tried && !Object.entries(tried.state).every(holds(state))) tried = null;
      return tried?.notice ?? "";
    },
  };
}

function footer({ name, spec }, { get, set, opening, model }) {
  const units = spec.fields.units
    ? choice({
        legend: "Units",
        options: spec.fields.units.names.map((unitName) => [unitName, unitName]),
        input: (value) => set({ units: value }),
      })
    : null;
  const told = h("span", { class: "ce-told", role: "status" });
  const link = h("input", { class: "ce-link-text", readonly: true, hidden: true, "aria-label": "link" });
  const copy = async () => {
    // In a page the host knows the address; in a notebook the fragment alone is useful.
    const text = `${model.address ?? ""}#${name}?${stateToQuery(spec, get())}`;
    try {
      await navigator.clipboard.writeText(text);
      link.hidden = true;
      setText(told, "Link copied.");
    } catch {
      link.hidden = false;
      link.value = text;
      link.select();
      // A page from a folder has no clipboard but the old one.
      const done = document.execCommand("copy");
      setText(told, done ? "Link copied:" : "Copy it from here:");
    }
  };
  const reset = h("button", { type: "button", class: "ce-quiet", onclick: () => set(opening) }, "Reset");
  const copyLink = h("button", { type: "button", class: "ce-quiet", onclick: copy }, "Copy link");
  const el = h("div", { class: "ce-foot" }, ...(units ? [units.el] : []), reset, copyLink, told, link);
  return {
    el,
    update(state) {
      units?.update(state.units);
      if (told.textContent) setText(told, "");
      link.hidden = true;
    },
  };
}
