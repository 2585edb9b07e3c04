// The score of a page of claims: what the stakes cost so far, lines to share, every verdict at once.

import { wholeParts } from "../maths/hands.js";
import { h, setText } from "../ui/dom.js";
import { shown } from "../ui/format.js";
import { allInSwitch } from "./all-in.js";
import { foot } from "./foot.js";
import { howOften, inShort, tally, told } from "./tally.js";

/** Fill the place of the score; { showAll }. */
export function scoreBox(el, { cards, verdicts, store, game }) {
  const often = howOften(
    cards.map(({ answer }) => answer),
    verdicts.length,
  );
  const title = document.querySelector("h1").firstChild.textContent;
  const count = h("p", { class: "ce-count" });
  const prices = h("dl", { class: "ce-prices" });
  const text = h("pre", { class: "ce-lines", tabindex: 0, "aria-label": "My score, as text" });
  const said = h("span", { role: "status" });
  const press = (words, onclick) => h("button", { type: "button", class: "ce-button", onclick }, words);
  const go = press("", () => game.after("").ask());
  go.classList.add("ce-main");
  const copy = press("Copy my score", take);
  const all = press("", () => showAll(!open));
  const allIn = allInSwitch(store);
  let open = false;

  function showAll(now) {
    open = now;
    setText(all, open ? "Hide the verdicts" : "Show all verdicts");
    for (const card of cards) card.show(open);
    show();
  }

  async function take() {
    try {
      await navigator.clipboard.writeText(text.textContent);
      setText(said, "Copied.");
    } catch {
      text.focus();
      getSelection().selectAllChildren(text);
      setText(said, "It is marked: copy it from here.");
    }
  }

  function show() {
    const stakes = cards.map(({ staked }) => staked());
    const any = stakes.some(Boolean);
    for (const part of [prices, text, copy]) part.hidden = !any;
    go.hidden = open || stakes.every(Boolean);
    setText(go, any ? "Go on" : "Begin");
    setText(count, any ? `${inShort(stakes)}.` : `${cards.length} claims.`);
    setText(said, "");
    allIn.follow();
    if (!any) return;
    const found = tally(stakes.filter(Boolean), often);
    const most = Math.max(...Object.values(found).filter(Number.isFinite));
    const shares = wholeParts(often, 100).join(", ");
    prices.replaceChildren(
      ...row("you", found.own, most),
      ...row("who always shrugs", found.even, most),
      ...row(`the hedger, always ${shares}\u00a0%`, found.hedge, most),
    );
    const address = location.protocol === "file:" ? "" : `${location.origin}${location.pathname}`;
    setText(text, told(title, stakes, often, address));
  }

  el.append(
    h(
      "section",
      { class: "ce-box", "aria-label": "Your score" },
      count,
      prices,
      text,
      h("div", { class: "ce-row" }, go, copy, all, said),
      allIn.el,
      foot(el, store),
    ),
  );
  el.classList.add("ce-practice", "ce-live");
  showAll(false);
  store.listen(show);
  return { showAll };
}

/** A price as a bar: what is paid for a claim, in the mean. */
function row(name, price, most) {
  const bar = h("span", { class: "ce-mean" });
  const endless = !Number.isFinite(price);
  bar.style.setProperty("--part", endless ? 1 : price / most);
  bar.classList.toggle("ce-endless", endless);
  return [h("dt", {}, name), h("dd", {}, bar, shown(price, 3))];
}
