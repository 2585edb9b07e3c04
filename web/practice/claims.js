// The claims of a page as a game: a stake on each verdict, the flip, the price, and the score. The
// page works without: a claim's verdict and evidence stand in a fold below it.

import { logScore } from "../maths/scoring.js";
import { h, setText, uid } from "../ui/dom.js";
import { shown } from "../ui/format.js";
import { isAllIn } from "./all-in.js";
import { announcer } from "./announcer.js";
import { asks } from "./asking.js";
import { when } from "./boxes.js";
import { scoreBox } from "./claims-score.js";
import { inDigits } from "./shares.js";
import { spread } from "./spread.js";
import { inShort } from "./tally.js";

function begin() {
  const store = self.ceRecord; // record.js, on every page, comes first
  const place = document.querySelector(".ce-score");
  const verdicts = JSON.parse(place.dataset.verdicts);
  const game = {
    /** The next claim below this one that nobody has staked on, from the top again after the last. */
    after(here) {
      const at = cards.findIndex(({ id }) => id === here);
      return [...cards.slice(at + 1), ...cards.slice(0, Math.max(0, at))].find(({ staked }) => !staked());
    },
    soFar: () => inShort(cards.map(({ staked }) => staked())),
  };
  const cards = [...document.querySelectorAll(".ce-claim")].map((el) => card(el, verdicts, store, game));
  const score = scoreBox(place, { cards, verdicts, store, game });
  for (const group of document.querySelectorAll("section:has(> section > .ce-claim)"))
    groupScore(group, cards, store);
  if (!asks()) score.showAll(true);
}

/** How a group of claims stands, at the end of the line below its heading. */
function groupScore(group, cards, store) {
  const within = cards.filter(({ id }) => group.querySelector(`[data-claim="${id}"]`));
  const said = h("span", { class: "ce-so-far" });
  group.querySelector(":scope > p")?.append(" ", said);
  function show() {
    const stakes = within.map(({ staked }) => staked());
    setText(said, stakes.some(Boolean) ? `${inShort(stakes)}.` : "");
  }
  show();
  store.listen(show);
}

/** One claim: { id, answer, staked, ask, show }. */
function card(el, verdicts, store, game) {
  const id = el.dataset.claim;
  const answer = Number(el.dataset.answer);
  const fold = el.parentElement.querySelector(".ce-verdict");
  const handle = fold.querySelector("summary");
  const unflipped = handle.textContent;
  const title = el.parentElement.querySelector("h2, h3, h4");
  title.id ||= uid("claim");
  const result = h("div", { class: "ce-flipped", role: "status" });
  const button = h("button", { class: "ce-button", "aria-describedby": title.id });
  const soFar = h("span", { class: "ce-so-far" });
  const board = stakeBoard(verdicts, name);
  let next; // what the button leads to, once the claim was flipped here
  let flipped = false;

  const staked = () => store.record.bets[id];

  function name() {
    el.classList.toggle("ce-open", board.isOpen());
    button.hidden = flipped && !next;
    button.classList.toggle("ce-main", board.isOpen() || Boolean(next));
    setText(button, next ? "Next claim" : (board.wanted() ?? "Stake"));
    if (!flipped) setText(handle, board.isOpen() ? "Show me without a stake" : unflipped);
  }

  function ask() {
    board.open(isAllIn(store));
    name();
    board.el.focus({ preventScroll: true });
    const bar = document.querySelector("header.bar")?.offsetHeight ?? 0;
    const [top, bottom] = [title.getBoundingClientRect().top, button.getBoundingClientRect().bottom];
    if (top < bar || bottom > innerHeight) title.scrollIntoView();
  }

  function flip() {
    const q = board.take();
    if (!q) return;
    next = game.after(id);
    store.update((record) => {
      record.bets[id] ??= { at: store.now(), q, y: answer };
    });
    fold.open = true;
    el.classList.add("ce-turned");
    (next ? button : handle).focus({ preventScroll: true });
  }

  function press(event) {
    event.preventDefault();
    if (board.isOpen()) flip();
    else if (next) goOn();
    else ask();
  }

  function goOn() {
    const to = next;
    next = undefined;
    to.ask();
    setText(soFar, "");
    name();
  }

  /** Follow the record: at the start, after an import or a clearing, when another tab staked. */
  function follow() {
    store.sortOutBet(id, [verdicts.length, answer]);
    setText(soFar, next ? game.soFar() : "");
    if (Boolean(staked()) === flipped) return;
    flipped = !flipped;
    if (!flipped) [next, fold.open] = [undefined, false];
    board.close();
    if (flipped) setText(handle, "Why");
    result.replaceChildren(...(flipped ? paid(verdicts, staked().q, answer) : []));
    el.classList.toggle("ce-staked", flipped);
    name();
  }

  const form = { "aria-labelledby": title.id, onsubmit: press, novalidate: true, autocomplete: "off" };
  el.append(h("form", form, board.el, result, h("div", { class: "ce-row" }, button, soFar)));
  el.classList.add("ce-practice", "ce-live");
  name();
  follow();
  store.listen(follow);
  return {
    id,
    answer,
    staked,
    ask,
    show(open) {
      if (!flipped) fold.open = open;
    },
  };
}

/** Where a stake is made, empty while none is; `changed()` hears of every hand. */
function stakeBoard(verdicts, changed) {
  const label = "Spread 100 % over the verdicts";
  const el = h("div", { class: "ce-board", role: "group", tabindex: -1, "aria-label": label });
  const problem = h("p", { class: "ce-problem", role: "status" });
  const announce = announcer(() => hands?.said());
  let hands;

  function handled(said) {
    setText(problem, said);
    if (!said) announce.soon();
    changed();
  }

  return {
    el,
    isOpen: () => hands !== undefined,
    /** What the button offers; nothing while the board is closed. */
    wanted: () => hands && (hands.isEven() ? "Shrug: flip it evenly" : "Flip it"),
    open(allIn) {
      hands = spread(
        verdicts.map((verdict) => [verdict]),
        handled,
        "if so",
      );
      hands.allow(allIn);
      el.replaceChildren(h("ol", { class: "ce-bets" }, ...hands.els), problem, announce.el);
    },
    close() {
      hands = undefined;
      el.replaceChildren();
    },
    /** The stake; nothing, and a sentence, where it is none. */
    take() {
      setText(problem, hands.problem());
      return problem.textContent ? undefined : hands.read();
    },
  };
}

/** The stake beside the verdict, and its price. */
function paid(verdicts, q, answer) {
  const parts = q.map((part) => inDigits(100 * part));
  const bars = verdicts.map((verdict, k) => {
    const right = k === answer;
    const bar = h("span", { class: "ce-share" }, `${right ? "✓ " : ""}${verdict} ${parts[k]} %`);
    bar.classList.toggle("ce-right", right);
    return bar;
  });
  return [
    h("span", { class: "ce-said" }, `${verdicts[answer]}. `),
    h("span", { class: "ce-shares", "aria-hidden": "true" }, ...bars),
    h("span", {}, `You gave it ${parts[answer]} %: ${shown(logScore(q, answer), 3)} nats.`),
  ];
}

when(begin);
