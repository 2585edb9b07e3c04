// What an explorer's state may be, by the same rules as ce_lib/explorers/state.py.
// The rules themselves come from specs.json, which Python writes.

const SUM_TOLERANCE = 1e-9;
const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

const KINDS = {
  number: (value, o) => inRange(value, o),
  whole: (value, o) => (Number.isInteger(inRange(value, o)) ? value : fail("a whole number")),
  flag: (value) => (typeof value === "boolean" ? value : fail("true or false")),
  choice: (value, o) => (o.names.includes(value) ? value : fail(`one of ${o.names.join(", ")}`)),
  text: (value, { symbols, longest }) => {
    const fits = typeof value === "string" && value.length >= 1 && value.length <= longest;
    if (!fits || [...value].some((symbol) => !symbols.includes(symbol)))
      fail(`1 to ${longest} of the symbols "${symbols}"`);
    return value;
  },
  vector: (value, o) => {
    if (!Array.isArray(value) || value.length < o.shortest || value.length > o.longest) {
      fail(o.shortest === o.longest ? `${o.shortest} numbers` : `${o.shortest} to ${o.longest} numbers`);
    }
    return value.map((entry) => inRange(entry, o));
  },
  wholes: (value, o) => KINDS.vector(value, o).map((entry) => KINDS.whole(entry, o)),
  distribution: (value, o) => {
    const checked = KINDS.vector(value, o);
    const total = checked.reduce((a, b) => a + b, 0);
    if (Math.abs(total - 1) > SUM_TOLERANCE) fail("probabilities that sum to 1");
    return checked;
  },
};

const FROM_TEXT = {
  number: decimal,
  whole: decimal,
  flag: (text) => ({ true: true, false: false })[text],
  choice: (text) => text,
  text: (text) => text.replaceAll("+", " "),
  vector: (text) => text.split(",").map(decimal),
  wholes: (text) => text.split(",").map(decimal),
  distribution: (text) => text.split(",").map(decimal),
};

/** The state of `spec` when nobody has touched it. */
export function defaults(spec) {
  return Object.fromEntries(Object.entries(spec.fields).map(([name, field]) => [name, field.default]));
}

/** Return `state` if every part is allowed, or throw an Error that says which is not. */
export function checkState(spec, state) {
  for (const [name, value] of Object.entries(state)) {
    if (!Object.hasOwn(spec.fields, name)) throw new Error(`"${short(name)}" is not part of its state`);
    const field = spec.fields[name];
    explained(name, () => KINDS[field.kind](value, field));
  }
  return state;
}

/** Read the query of a link, `p=0.6,0.3,0.1&units=bits`, or throw an Error. */
export function stateFromQuery(spec, query) {
  const state = {};
  for (const part of query.split("&").filter(Boolean)) {
    const at = part.indexOf("=");
    const name = at < 0 ? part : part.slice(0, at);
    if (at < 0 || !Object.hasOwn(spec.fields, name)) {
      throw new Error(`"${short(name)}" is not part of its state`);
    }
    if (Object.hasOwn(state, name)) throw new Error(`"${name}" stands in it twice`);
    state[name] = explained(name, () => FROM_TEXT[spec.fields[name].kind](part.slice(at + 1)));
  }
  return checkState(spec, state);
}

/** Write the state as the query of a link; reading it back gives the same state. */
export function stateToQuery(spec, state) {
  return Object.keys(spec.fields)
    .map((name) => `${name}=${[state[name]].flat().map(String).join(",").replaceAll(" ", "+")}`)
    .join("&");
}

function explained(name, attempt) {
  try {
    return attempt();
  } catch (error) {
    throw new Error(`${name} should be ${error.message}`);
  }
}

function inRange(value, { low, high }) {
  if (typeof value !== "number" || !(value >= low && value <= high)) fail(`from ${low} to ${high}`);
  return value;
}

function decimal(text) {
  return DECIMAL.test(text) ? Number(text) : fail("a decimal number");
}

function fail(expected) {
  throw new Error(expected);
}

/** The beginning of a text that may be very long. */
export function short(text) {
  return text.length > 24 ? `${text.slice(0, 24)}…` : text;
}
