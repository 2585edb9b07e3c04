// How numbers are shown. Full precision lives in data-value; this is for reading. Mirrors
// ce_lib/_written.py; tests/web/formats.json holds both to the same cases.

/**
 * A number in `digits` significant digits, below 0.1 in one fewer, so that it ends where its
 * neighbours do: a real minus sign, ∞ instead of Infinity, and beyond 10⁶ or below 10⁻⁴ a power
 * of ten behind one digit fewer. Words stay as they are.
 */
export function shown(value, digits = 4) {
  if (typeof value === "string") return value;
  if (value === Infinity) return "∞";
  if (value === -Infinity) return "−∞";
  if (value === 0) return "0";
  const size = Math.abs(value);
  if (size >= 999_999.5 || size < 1e-4) {
    const [mantissa, exponent] = value.toExponential(digits - 2).split("e");
    return minus(`${mantissa}·10${superscript(Number(exponent))}`);
  }
  const text = value.toPrecision(kept(value, digits));
  return grouped(minus(text.includes("e") ? value.toFixed(0) : text)); // more digits before the point
}

function kept(value, digits) {
  return Math.abs(value) < 0.1 ? digits - 1 : digits;
}

/** The same with an explicit plus, for things that push in a direction. */
export function signed(value, digits = 3) {
  return value > 0 ? `+${shown(value, digits)}` : shown(value, digits);
}

/** The same without zeros at the end, for what was chosen rather than computed. */
export function plain(value, digits = 6) {
  const [number, ...power] = shown(value, digits).split("·");
  const bare = number.includes(".") ? number.replace(/\.?0+$/, "") : number;
  return [bare, ...power].join("·");
}

/** An exact 0.6 as "0.6", a 0.6 with something behind it as "0.6000". */
export function exact(value, slack = 0) {
  const written = Number(Number(value).toPrecision(kept(value, 4)));
  return Math.abs(written - value) <= slack * Math.abs(value) ? plain(value, 4) : shown(value);
}

/** The same for what was computed: what adding leaves behind a 0.6 is nothing. */
export function computed(value) {
  return exact(value, 1e-12);
}

/** A probability as a percentage with just enough digits; a tiny one as "1 in 1,000,000". */
export function percent(value) {
  const times = Number((1 / value).toPrecision(3));
  if (value > 0 && value < 1e-4 && times < Infinity)
    return `1 in ${times < 1e9 ? grouped(String(times)) : plain(times, 4)}`;
  return `${plain(100 * value, 3)} %`;
}

/** The thousands apart of what has five digits or more before the point: 50,257, but 1000. */
export function grouped(text) {
  const [whole, ...rest] = text.split(".");
  const parted = /\d{5}/.test(whole) ? whole.replace(/\B(?=(\d{3})+$)/g, ",") : whole;
  return [parted, ...rest].join(".");
}

/** The forms a quantity can ask for in its explorer's spec. */
export const FORMS = { shown, signed, plain, exact, computed, percent };

function minus(text) {
  return text.replace("-", "−");
}

/** An exponent in raised digits. */
export function superscript(exponent) {
  const digits = "⁰¹²³⁴⁵⁶⁷⁸⁹";
  return String(exponent).replace(/[-\d]/g, (c) => (c === "-" ? "⁻" : digits[c]));
}
