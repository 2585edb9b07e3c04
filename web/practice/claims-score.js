// The score of a page of claims: above them how it stands, below them what to compare it with, and
// lines to share.

import { wholeParts } from "../maths/hands.js";
import { h, setText, uid } from "../ui/dom.js";
import { shown } from "../ui/format.js";
import { allInSwitch } from "./all-in.js";
import { foot } from "./foot.js";
import { howOften, inShort, tally, told } from "./tally.js";

/** Fill the place of the score, which keeps its height; { showAll }. */
export function scoreBox(el, { cards, verdicts, store, game }) {
  const end = comparison(cards, verdicts);
  const count = h("span", {});
  const more = h("a", { href: `#${end.el.id}` }, "Compare and share");
  const button = (onclick) => h("button", { type: "button", class: "ce-button", onclick });
  const go = button(() => game.after("").ask());
  go.classList.add("ce-main");
  const all = button(() => showAll(!open));
  const allIn = allInSwitch(store);
  let open = false;

  function showAll(now) {
    open = now;
    setText(all, open ? "Hide the verdicts" : "Show all verdicts");
    for (const card of cards) card.show(open);
    show();
  }

  function show() {
    const stakes = cards.map(({ staked }) => staked());
    const any = stakes.some(Boolean);
    go.hidden = open || stakes.every(Boolean);
    more.hidden = !any;
    setText(go, any ? "Go on" : "Begin");
    setText(count, any ? `${inShort(stakes)}. ` : `${cards.length} claims.`);
    allIn.follow();
    end.show(stakes);
  }

  el.append(
    h(
      "section",
      { class: "ce-box", "aria-label": "How it stands" },
      h("p", { class: "ce-count" }, count, more),
      h("div", { class: "ce-row" }, go, all),
      allIn.el,
      foot(el, store),
    ),
  );
  el.parentElement.append(end.el);
  for (const part of [el, end.el]) part.classList.add("ce-practice", "ce-live");
  showAll(false);
  store.listen(show);
  return { showAll };
}

/** What others would have paid for the same claims, and the lines to share: { el, show }. */
function comparison(cards, verdicts) {
  const often = howOften(
    cards.map(({ answer }) => answer),
    verdicts.length,
  );
  const title = document.querySelector("h1").firstChild.textContent;
  const prices = h("dl", { class: "ce-prices" });
  const text = h("pre", { class: "ce-lines", tabindex: 0, "aria-label": "Your score, as text" });
  const said = h("span", { role: "status" });

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

  const copy = h("button", { type: "button", class: "ce-button", onclick: take }, "Copy my score");
  const el = h("div", { class: "ce-score-end", id: uid("score"), tabindex: -1 });
  const heading = h("h2", {}, "Your score");
  el.append(h("div", { class: "ce-box" }, heading, prices, text, h("div", { class: "ce-row" }, copy, said)));
  return {
    el,
    show(stakes) {
      el.hidden = !stakes.some(Boolean);
      if (el.hidden) return;
      const { own, even, hedge } = tally(stakes.filter(Boolean), often);
      const most = Math.max(...[own, even, hedge].filter(Number.isFinite));
      const shares = wholeParts(often, 100).join(", ");
      prices.replaceChildren(
        ...row("you, for a claim", own, most),
        ...row("who always shrugs", even, most),
        ...row(`the hedger, always ${shares} %`, hedge, most),
      );
      const address = location.protocol === "file:" ? "" : `${location.origin}${location.pathname}`;
      setText(text, told(title, stakes, often, address));
      setText(said, "");
    },
  };
}

/** A price as a bar: what is paid for a claim, in the mean. */
function row(name, price, most) {
  const bar = h("span", { class: "ce-mean" });
  const endless = !Number.isFinite(price);
  bar.style.setProperty("--part", endless ? 1 : price / most);
  bar.classList.toggle("ce-endless", endless);
  return [h("dt", {}, name), h("dd", {}, bar, `${shown(price, 3)} nats`)];
}
