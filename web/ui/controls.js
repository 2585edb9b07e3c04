// Native controls with their labels. Each is { el, update }: `update` shows a value.

import { coded } from "./backticks.js";
import { attrs, h, setText, uid } from "./dom.js";
import { computed } from "./format.js";

/**
 * A slider. `value` and `input` speak in the quantity's own unit; `scale` maps it to
 * the slider's position, so that a logarithmic slider is an ordinary one inside. A finger that
 * takes it up may turn out to scroll the page: then `back` gets what `keep` gave, the value if
 * there is no more to it.
 */
export function slider({ label, format = computed, ...rest }) {
  // For eyes: the slider says its value itself, and several that a button sets would be a row of bare numbers.
  const output = h("output", { class: "ce-slider-value", "aria-live": "off" });
  const hand = range({ label, ...rest });
  const el = h("label", { class: "ce-slider" }, h("span", {}, label), output, hand.el);
  return {
    el,
    update(value, name = label) {
      hand.update(value, format(value), name);
      setText(el.firstChild, name);
      setText(output, format(value));
    },
  };
}

/** What a slider has under the hand; `update(value, text, label)` also says it to who cannot see it. */
export function range({ label, low, high, step, input, keep, back = input, scale = LINEAR }) {
  let now = low; // the value on show
  let taken = low; // what a finger found
  let held = false;
  const el = h("input", {
    type: "range",
    min: scale.to(low),
    max: scale.to(high),
    step: step ?? "any",
    "aria-label": label,
    oninput: () => input(clamp(scale.from(Number(el.value)), low, high)),
    onpointerdown: () => {
      held = true;
      taken = keep ? keep() : now;
    },
    onpointerup: () => {
      held = false;
    },
    onpointercancel: () => {
      held = false;
      back(taken);
    },
  });
  return {
    el,
    update(value, text, name = label) {
      now = value;
      const position = scale.to(value ?? low);
      // A link may set more than the slider shows by itself: widen it, never lie. Once that has gone, and
      // no hand is on it, it is as wide as it was.
      const ends = held ? [Number(el.min), Number(el.max)] : [scale.to(low), scale.to(high)];
      attrs(el, { min: Math.min(ends[0], position), max: Math.max(ends[1], position) });
      if (Number(el.value) !== position) el.value = position;
      attrs(el, { "aria-label": name, "aria-valuetext": text });
    },
  };
}

/**
 * A slider for each of `names`, made by `make(name, k)`; `update(values)` shows as many of
 * them as there are values, `update(values, labels)` with other labels.
 */
export function sliders(names, make) {
  const all = names.map(make);
  return {
    els: all.map(({ el }) => el),
    update(values, labels = []) {
      all.forEach((one, k) => {
        one.el.hidden = k >= values.length;
        if (k < values.length) one.update(values[k], labels[k]);
      });
    },
  };
}

const LINEAR = { to: (value) => value, from: (position) => position };

/** A logarithmic slider's scale. */
export const LOG = { to: Math.log10, from: (position) => 10 ** position };

/**
 * Radio buttons side by side; `options` is [[value, label], …], with code between backticks. `update` shows a value;
 * an option named in `blocked` cannot be chosen, and the sentence there says why. `only`
 * hides the options that a condition on their value does not allow.
 */
export function choice({ legend, options, input }) {
  const name = uid("choice");
  const radios = options.map(([value]) =>
    h("input", { type: "radio", name, value: String(value), onchange: () => input(value) }),
  );
  const el = h(
    "fieldset",
    { class: "ce-choice" },
    h("legend", {}, legend),
    ...options.map(([, label], i) => h("label", {}, radios[i], h("span", {}, ...coded(label)))),
  );
  const why = h("p", { class: "ce-why" });
  el.append(why);
  return {
    el,
    update(value, blocked = {}) {
      options.forEach(([option], i) => {
        radios[i].checked = option === value;
        radios[i].disabled = option in blocked;
      });
      setText(why, Object.values(blocked).join(" "));
    },
    only(allowed) {
      options.forEach(([option], i) => {
        radios[i].parentElement.hidden = !allowed(option);
      });
    },
  };
}

export function checkbox({ label, input }) {
  const box = h("input", { type: "checkbox", onchange: () => input(box.checked) });
  const el = h("label", { class: "ce-checkbox" }, box, h("span", {}, label));
  return {
    el,
    update(value) {
      box.checked = value;
    },
  };
}

/** A button that says why when it cannot do its work. */
export function button({ label, press }) {
  const el = h("button", { type: "button", class: "ce-button", onclick: press }, label);
  return {
    el,
    update({ text = label, why = "" } = {}) {
      setText(el, text);
      el.disabled = why !== "";
      el.title = why;
    },
  };
}

function clamp(value, low, high) {
  return Math.min(high, Math.max(low, value));
}
