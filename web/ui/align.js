// Numbers below each other, equal digits in equal places. What a number lacks of the decimals that
// others of its column have, it gets as zeros where they are true, as in an exact 2.4 below 3.07;
// where it was rounded, their room stays empty, as it does in the pages' tables (bookext/tables.py).

import { h, setText } from "./dom.js";

const NUMBER = /^([+−]?\d[\d,]*(\.\d+)?)(\s%)?$/;
const EXACT = 1e-12; // what computing leaves behind a 0.6 is nothing

/**
 * Align the cells of a column; words, powers of ten and ∞ end where the column does. A number's % goes
 * where its unit has a cell of its own. Where the cells are not `alike`, no zeros are written.
 */
export function alignPoints(cells, { alike = true } = {}) {
  const numbers = cells.map(numberIn);
  const most = Math.max(0, ...numbers.map((number) => number?.point ?? 0));
  cells.forEach((cell, i) => {
    if (!numbers[i]) return;
    const { digits, point, percent, exact } = numbers[i];
    const beside = cell.nextElementSibling?.matches(".ce-unit") ? cell.nextElementSibling : null;
    if (percent && beside) setText(beside, "%");
    const lacking = `${point ? "" : "."}${"0".repeat(most)}`.slice(0, most - point);
    const gap = h("span", { class: alike && exact ? "ce-gap ce-zeros" : "ce-gap", "data-gap": lacking });
    const wanted = h("td", {}, digits, ...(lacking ? [gap] : []), beside ? "" : percent);
    if (cell.innerHTML !== wanted.innerHTML) cell.replaceChildren(...wanted.childNodes);
  });
}

/** A cell's number as it is written, and whether nothing of it was rounded away; or null. */
function numberIn(cell) {
  const found = cell.textContent.match(NUMBER);
  if (!found) return null;
  const [, digits, decimals = "", percent = ""] = found;
  const written = Number(digits.replace("−", "-").replaceAll(",", "")) / (percent ? 100 : 1);
  const value = Number(cell.dataset.value ?? written);
  return {
    digits,
    point: decimals.length,
    percent,
    exact: Math.abs(written - value) <= EXACT * Math.abs(value),
  };
}
