// Numbers below each other, equal digits in equal places: behind a number stands the room of the point
// and the digits that others of its column have and it lacks. Mirrors bookext/tables.py.

import { h, setText } from "./dom.js";

const NUMBER = /^[+−]?\d[\d,]*(\.\d+)?/;
const PERCENT = /\s%$/;

/**
 * Align the cells of a column; words, powers of ten and ∞ end where the column does. A number's % goes
 * where its unit has a cell of its own.
 */
export function alignPoints(cells) {
  const texts = cells.map((cell) => cell.textContent);
  const parts = texts.map((text, i) => {
    const bare = cells[i].nextElementSibling?.matches(".ce-unit") ? text.replace(PERCENT, "") : text;
    const found = bare.match(NUMBER);
    return found?.[0] === bare ? { bare, point: found[1]?.length ?? 0 } : null;
  });
  const most = Math.max(0, ...parts.map((part) => part?.point ?? 0));
  cells.forEach((cell, i) => {
    if (!parts[i]) return;
    const { bare, point } = parts[i];
    const lacking = `${point ? "" : "."}${"0".repeat(most)}`.slice(0, most - point);
    if (bare !== texts[i]) setText(cell.nextElementSibling, "%");
    if (bare === texts[i] && (cell.querySelector(".ce-gap")?.dataset.gap ?? "") === lacking) return;
    cell.replaceChildren(bare, ...(lacking ? [h("span", { class: "ce-gap", "data-gap": lacking })] : []));
  });
}
