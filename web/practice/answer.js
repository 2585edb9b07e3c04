// The answer box: fields, a verdict for exactly the mistake made, hints one by one.

import { coded, setCoded } from "../ui/backticks.js";
import { attrs, h, inPlace, intoView, setText, uid } from "../ui/dom.js";
import { form as box } from "./form.js";
import { judge } from "./judge.js";
import { askedAgain, comesBack, hold, isDue, note } from "./reviews.js";

const NOTHING = "Nothing to check yet.";
const MARKS = { right: "✓", wrong: "✗", "not tried": "" };

export function answerBox(el, exercise, store) {
  const parts = exercise.fields.map((field) => makeField(field));
  const summary = h("p", { class: "ce-verdict", role: "status" });
  const hints = hintList(exercise.hints, () =>
    save(store.record.answers[exercise.id]?.status ?? "not tried", 0),
  );
  const again = h("p", { class: "ce-again" });
  const press = h("button", { class: "ce-button ce-main" }, "Check");
  const form = box(
    { el, store, prompt: exercise.prompt, submit: check },
    again,
    ...parts.map((part) => part.el),
    h("div", { class: "ce-row" }, press, hints.button, summary),
    hints.el,
  );
  form.addEventListener("input", ({ target }) => {
    setText(summary, "");
    parts.find((part) => part.el.contains(target))?.change();
    el.classList.remove("ce-done");
  });
  let shown = 0; // the moment of the entry that is on show
  let asking = false; // whether it is asked again, as if it never had been

  /** Show the verdicts of what stands in the fields; return the status of the whole. */
  function show() {
    const found = parts.map((part) => judge(part.field, part.read()));
    found.forEach(([status, sentence], i) => {
      parts[i].tell(status, status === "not tried" ? "" : sentence);
    });
    const [status, sentence] = summed(found.map(([one]) => one));
    setText(summary, sentence);
    el.classList.toggle("ce-done", status === "right");
    return status;
  }

  function save(status, tried) {
    store.update((record) => {
      const before = record.answers[exercise.id];
      const fields = Object.fromEntries(parts.map((part) => [part.field.name, part.read().slice(0, 500)]));
      shown = store.now();
      const tries = (before?.tries ?? 0) + tried;
      hold(record, exercise.id);
      if (tried) note(record, exercise.id, status === "right", shown);
      record.answers[exercise.id] = { at: shown, tries, hints: hints.given(), status, fields };
    });
  }

  function check(event) {
    event.preventDefault();
    let status;
    inPlace(form, () => {
      status = show();
    });
    if (status === "not tried") return;
    asking = false;
    save(status, 1);
    inPlace(form, () => setText(again, status === "right" ? comesBack(store.record, exercise.id) : ""));
    bringVerdict(parts, summary);
  }

  /** Ask it afresh, saying why. */
  function ask(why) {
    hints.show(0);
    for (const part of parts) part.write("");
    show();
    setText(summary, "");
    setText(again, why);
  }

  /** Follow the record: at the start, after an import, when another tab answered. */
  function follow() {
    const entry = store.record.answers[exercise.id];
    if (isDue(store.record, exercise.id, Date.now())) {
      if (!asking) ask(askedAgain(store.record, exercise.id));
      asking = true;
    } else if (!entry) {
      if (shown === 0) return;
      shown = 0;
      ask("");
    } else if (entry.at !== shown && !form.contains(document.activeElement)) {
      asking = false;
      shown = entry.at;
      hints.show(entry.hints);
      for (const part of parts) part.write(entry.fields[part.field.name] ?? "");
      setText(again, "");
      if (entry.status !== "not tried") show();
    }
  }

  follow();
  store.listen(follow);
  el.replaceChildren(form);
}

/** What is wrong is to be seen, or else that all is right. */
function bringVerdict(parts, summary) {
  const wrong = parts.find(({ el }) => el.dataset.status === "wrong");
  intoView(summary);
  if (wrong || parts.length === 1) intoView((wrong ?? parts[0]).el.lastChild);
}

/** The hints, given one by one; `asked` hears of each. */
function hintList(hints, asked) {
  const el = h("ol", { class: "ce-hints", "aria-live": "polite" });
  const button = h("button", { type: "button", class: "ce-button", onclick: () => next() });
  let given = 0;

  function next() {
    show(given + 1);
    asked();
    intoView(el.lastChild);
    if (button.hidden) el.lastChild.focus({ preventScroll: true }); // there is nothing left to press
  }

  function show(count) {
    given = Math.min(count, hints.length);
    for (let i = el.children.length; i < given; i += 1)
      el.append(h("li", { tabindex: -1 }, ...coded(hints[i])));
    while (el.children.length > given) el.lastChild.remove();
    el.hidden = given === 0;
    setText(button, given === 0 ? "Hint" : "Another hint");
    button.hidden = given === hints.length;
  }

  show(0);
  return { el, button, show, given: () => given };
}

/** The status of the whole, and the sentence about it, out of the fields' statuses. */
function summed(statuses) {
  const count = (wanted) => statuses.filter((status) => status === wanted).length;
  const [all, right] = [statuses.length, count("right")];
  if (count("not tried") === all) return ["not tried", NOTHING];
  if (all === 1) return [right ? "right" : "wrong", ""];
  if (right === all) return ["right", "All right."];
  return ["wrong", `${right} of ${all} right.`];
}

/** One field: { el, field, read, write, tell }. */
function makeField(field) {
  const message = h("p", { class: "ce-told", role: "status", id: uid("told") });
  const input = field.kind === "choice" ? choiceInput(field, message) : textInput(field, message);
  const el = h("div", { class: "ce-field" }, input.el, message);
  return {
    el,
    field,
    read: input.read,
    write: input.write,
    /** Another answer than the one that was judged: nothing is said of it yet. */
    change() {
      el.dataset.status = "changed";
      input.invalid(false);
    },
    tell(status, sentence) {
      el.dataset.status = status;
      setCoded(message, sentence && `${MARKS[status]} ${sentence}`);
      input.invalid(status === "wrong");
    },
  };
}

function textInput(field, message) {
  const many = field.kind === "vector";
  const input = h("input", {
    type: "text",
    class: many ? "ce-text ce-wide" : "ce-text",
    autocomplete: "off",
    autocapitalize: "off",
    spellcheck: "false",
    maxlength: 500,
    placeholder:
      field.kind === "whole" ? "such as 12" : `such as ${["0.25", "ln(7/2)"].join(many ? "; " : " or ")}`,
    "aria-describedby": message.id,
  });
  const label = h("label", {}, h("span", {}, ...coded(field.label)));
  if (many) label.append(h("span", { class: "ce-aside" }, `in the order ${field.labels.join(", ")}`));
  label.append(input);
  return {
    el: label,
    read: () => input.value,
    write(text) {
      if (input.value !== text) input.value = text;
    },
    invalid(wrong) {
      attrs(input, { "aria-invalid": wrong ? "true" : null });
    },
  };
}

function choiceInput(field, message) {
  const name = uid("answer");
  const radios = field.options.map(([key]) => h("input", { type: "radio", name, value: key }));
  const el = h(
    "fieldset",
    { class: "ce-options", "aria-describedby": message.id },
    h("legend", {}, ...coded(field.label)),
    ...field.options.map(([, text], i) => h("label", {}, radios[i], h("span", {}, ...coded(text)))),
  );
  return {
    el,
    read: () => radios.find((radio) => radio.checked)?.value ?? "",
    write(text) {
      for (const radio of radios) radio.checked = radio.value === text;
    },
    invalid() {},
  };
}
