// The frame all explorers share, from top to bottom: question, stage, readouts,
// controls, try this, foot. An explorer fills the stage and the controls.

import { choice } from "./controls.js";
import { attrs, h, setText } from "./dom.js";
import { FORMS } from "./format.js";
import { checkState, stateToQuery } from "./state.js";
import { filled } from "./words.js";

const ANNOUNCE_AFTER = 700; // ms of rest before a screen reader is told

/**
 * Make an anywidget front-end module out of an explorer's definition:
 *
 * - `name`, `spec`: its name and its description from specs/<name>.json;
 * - `check(state)`, if parts must fit each other: throws an Error with a sentence;
 * - `readout(state)`: the same quantities as `readout()` in Python;
 * - `headline`: the keys of the three or four large numbers, or a function of the state
 *   that gives them;
 * - `ask(state)`: the question, when it depends on the state;
 * - `describe(state, readout)`: one sentence saying what the stage shows;
 * - `check(state)`: throws an Error with a sentence when parts do not fit each other;
 * - `build({ stage, controls, get, set })`: draws, and returns { update, close }.
 */
export function defineExplorer(definition) {
  return { ...definition, render: ({ model, el }) => render(definition, model, el) };
}

function render(definition, model, el) {
  const { spec } = definition;
  const names = Object.keys(spec.fields);
  const get = () => Object.fromEntries(names.map((name) => [name, model.get(name)]));
  const set = (patch) => {
    checkState(spec, patch);
    definition.check?.({ ...get(), ...patch });
    for (const [name, value] of Object.entries(patch)) model.set(name, value);
    model.save_changes();
  };
  const opening = get();

  const question = h("p", { class: "ce-question" }, spec.question);
  const stage = h("div", { class: "ce-stage" });
  const controls = h("div", { class: "ce-controls" });
  const readouts = headline(definition);
  const table = fullTable(definition);
  const tryThis = tryButtons(definition, set);
  const foot = footer(definition, { get, set, opening, model });
  const spoken = h("p", { class: "ce-spoken", "aria-live": "polite" });
  const root = h("div", { class: "ce-frame", role: "group", "aria-label": spec.question });
  root.append(question, stage, readouts.el, controls, tryThis.el, foot.el, table.el, spoken);
  // JupyterLab takes the arrow keys from whatever has the focus, unless that says no.
  root.addEventListener("focusin", ({ target }) => attrs(target, { "data-lm-suppress-shortcuts": "" }));
  el.classList.add("ce-live");
  el.replaceChildren(root);

  const instrument = definition.build({ stage, controls, get, set });
  let pending = false;
  let rest = 0;
  function paint() {
    pending = false;
    const state = get();
    const numbers = definition.readout(state);
    setText(question, definition.ask?.(state) ?? spec.question);
    instrument.update(state, numbers);
    readouts.update(state, numbers);
    table.update(state, numbers);
    foot.update(state);
    tryThis.update(state);
    const sentence = definition.describe(state, numbers);
    const picture = stage.querySelector("svg");
    if (picture) attrs(picture, { "aria-label": sentence });
    clearTimeout(rest);
    rest = setTimeout(() => setText(spoken, sentence), ANNOUNCE_AFTER);
  }
  // Several changes in one go are painted once, still before the browser's next frame.
  function schedule() {
    if (!pending) queueMicrotask(paint);
    pending = true;
  }
  for (const name of names) model.on(`change:${name}`, schedule);
  paint();
  clearTimeout(rest); // nobody has touched it yet: stay silent

  return () => {
    clearTimeout(rest);
    for (const name of names) model.off(`change:${name}`, schedule);
    instrument.close?.();
  };
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
      el.textContent = typeof value === "string" ? value : written(value);
    },
  };
}

function unit({ spec }, key, state) {
  return filled(spec.quantities[key].unit, state);
}

function headline(definition) {
  const el = h("dl", { class: "ce-readouts" });
  let cards = [];
  function lay(keys) {
    cards = keys.map((key) => {
      const number = cell(definition.spec, "dd", key);
      const after = h("span", { class: "ce-unit" });
      const label = h("dt", {}, definition.spec.quantities[key].label);
      return { key, number, after, el: h("div", {}, label, number.el, h("dd", {}, after)) };
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
        setText(after, unit(definition, key, state));
      }
    },
  };
}

/** Every quantity, one click away. Rows of entries are made when their number is known. */
function fullTable(definition) {
  const { spec } = definition;
  const scalars = h("tbody");
  const head = h("thead");
  const lists = h("tbody");
  const el = h(
    "details",
    { class: "ce-details" },
    h("summary", {}, "All the numbers, as a table"),
    h("table", { class: "ce-table" }, scalars),
    h("table", { class: "ce-table" }, head, lists),
  );
  const cells = new Map();
  let shape = "";
  function lay(state, numbers) {
    const keys = Object.keys(numbers);
    const listed = keys.filter((key) => Array.isArray(numbers[key]));
    cells.clear();
    const put = (id) => {
      cells.set(id, cell(spec, "td", id));
      return cells.get(id).el;
    };
    scalars.replaceChildren(
      ...keys
        .filter((key) => !listed.includes(key))
        .map((key) =>
          h(
            "tr",
            {},
            h("th", { scope: "row" }, spec.quantities[key].label),
            put(key),
            h("td", { class: "ce-unit" }, unit(definition, key, state)),
          ),
        ),
    );
    const longest = Math.max(0, ...listed.map((key) => numbers[key].length));
    head.replaceChildren(
      h("tr", {}, h("td"), ...listed.map((key) => h("th", { scope: "col" }, spec.quantities[key].label))),
    );
    lists.replaceChildren(
      ...Array.from({ length: longest }, (_, i) =>
        h(
          "tr",
          {},
          h("th", { scope: "row" }, spec.entries[i] ?? String(i + 1)),
          ...listed.map((key) => (i < numbers[key].length ? put(`${key}[${i}]`) : h("td"))),
        ),
      ),
    );
    lists.parentElement.hidden = longest === 0;
  }
  return {
    el,
    update(state, numbers) {
      const units = Object.keys(numbers).map((key) => unit(definition, key, state));
      const now = `${Object.entries(numbers).map(([k, v]) => k + (v.length ?? ""))}|${units}`;
      if (now !== shape) lay(state, numbers);
      shape = now;
      for (const [key, value] of Object.entries(numbers)) {
        const shownAs = (i) => (Array.isArray(value) ? `${key}[${i}]` : key);
        for (const [i, entry] of [value].flat().entries()) cells.get(shownAs(i)).update(entry);
      }
    },
  };
}

function tryButtons({ spec }, set) {
  const notice = h("p", { class: "ce-notice", "aria-live": "polite" });
  let expected = null;
  const buttons = spec.tryThis.map(({ label, state, notice: sentence }) =>
    h(
      "button",
      {
        type: "button",
        class: "ce-button",
        onclick: () => {
          set(state);
          expected = state;
          setText(notice, sentence);
        },
      },
      label,
    ),
  );
  const lead = h("span", { class: "ce-lead" }, "Try this");
  return {
    el: h("div", { class: "ce-try" }, lead, ...buttons, notice),
    // The sentence goes when the state it speaks of goes.
    update(state) {
      if (
        expected &&
        Object.entries(expected).some(([name, value]) => String(state[name]) !== String(value))
      ) {
        expected = null;
        setText(notice, "");
      }
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
      setText(told, "Copy it from here:");
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
