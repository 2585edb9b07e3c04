// How numbers are shown. Full precision lives in data-value; this is for reading.

/** Four significant digits, a real minus sign, ∞ instead of Infinity. */
export function shown(value, digits = 4) {
  if (typeof value === "string") return value;
  if (value === Infinity) return "∞";
  if (value === -Infinity) return "−∞";
  if (value === 0) return "0";
  const size = Math.abs(value);
  if (size >= 1e6 || size < 1e-4) {
    const [mantissa, exponent] = value.toExponential(digits - 2).split("e");
    return minus(`${mantissa}·10${superscript(Number(exponent))}`);
  }
  return minus(size >= 10 ** digits ? value.toFixed(0) : value.toPrecision(digits));
}

/** The same with an explicit plus, for things that push in a direction. */
export function signed(value, digits = 3) {
  return value > 0 ? `+${shown(value, digits)}` : shown(value, digits);
}

/** A probability as a percentage with just enough digits. */
export function percent(value) {
  return `${minus(String(Number((100 * value).toPrecision(3))))} %`;
}

function minus(text) {
  return text.replace("-", "−");
}

/** An exponent in raised digits. */
export function superscript(exponent) {
  const digits = "⁰¹²³⁴⁵⁶⁷⁸⁹";
  return String(exponent).replace(/[-\d]/g, (c) => (c === "-" ? "⁻" : digits[c]));
}
