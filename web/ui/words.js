// Sentences come from the spec; what changes in them stands in {braces}, as in Python.

/** Fill a template's {placeholders} with the values of these names. */
export function filled(template, values) {
  return template.replace(/\{(\w+)\}/g, (_, name) => values[name]);
}
