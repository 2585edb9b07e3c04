// Sentences come from the spec; what changes in them stands in {braces}, as in Python.

import { FORMS } from "./format.js";

/** Fill a template's {placeholders} with the values of these names. */
export function filled(template, values) {
  return template.replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

/** The same for numbers, written as computed ones, or in the form behind a colon: {share:percent}. */
export function written(template, values) {
  return template.replace(/\{(\w+)(?::(\w+))?\}/g, (_, name, form = "computed") => {
    const value = values[name];
    return typeof value === "string" ? value : FORMS[form](value);
  });
}

/** A whole number of things: 1 step, 2 steps. */
export function counted(count, thing) {
  return `${count} ${thing}${count === 1 ? "" : "s"}`;
}
