// Sentences come from the spec; what changes in them stands in {braces}, as in Python.

/** Fill a template's {placeholders} with the values of these names. */
export function filled(template, values) {
  return template.replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

/** A whole number of things: 1 step, 2 steps. */
export function counted(count, thing) {
  return `${count} ${thing}${count === 1 ? "" : "s"}`;
}
