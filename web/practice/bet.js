// The bet: spread 100 % over the answers, then see what the forecast pays, and why.

import { wholeParts } from "../maths/hands.js";
import { coded } from "../ui/backticks.js";
import { h, inPlace, intoView, setText } from "../ui/dom.js";
import { shown as digits, percent } from "../ui/format.js";
import { allInSwitch } from "./all-in.js";
import { announcer } from "./announcer.js";
import { form as box } from "./form.js";
import { askedAgain, comesBack, isDue, isMissed, note } from "./reviews.js";
import { spread } from "./spread.js";
import { score } from "./summary.js";

/** Moments of the bet that is on show which are none. */
const [NONE, AGAIN] = [0, -1];

export function betBox(el, question, store) {
  const { id, prompt, options, answer, priced } = question;
  const again = h("p", { class: "ce-again" });
  const problem = h("p", { class: "ce-problem", role: "status" });
  const texts = options.map((option) => option.map(coded));
  const board = spread(texts, (said) => handled(said), priced ? "if true" : "");
  const announce = announcer(() => board.read().map((part) => `${part} %`));
  const allIn = allInSwitch(store);
  const result = h("div", { class: "ce-result", role: "status" });
  const button = h("button", { class: "ce-button ce-main" });
  const form = box(
    { el, store, prompt, submit: place },
    again,
    h("ol", { class: "ce-bets" }, ...board.els),
    h("div", { class: "ce-row" }, button, allIn.el, announce.el),
    problem,
    result,
  );
  let first = NONE; // the moment of the recorded bet that is on show

  function handled(said) {
    setText(problem, said);
    if (said) intoView(problem);
    else announce.soon();
    name();
  }

  function name() {
    const done = result.hasChildNodes();
    setText(button, done ? "Bet again" : board.isEven() ? "Shrug: bet evenly" : "Place the bet");
  }

  function place(event) {
    event.preventDefault();
    setText(problem, board.problem());
    if (problem.textContent) return;
    const q = board.read().map((percents) => percents / 100);
    const isFirst = !store.record.bets[id];
    if (isFirst || first === AGAIN) {
      store.update((record) => {
        const now = store.now();
        record.bets[id] ??= { at: now, q, y: answer };
        first = record.bets[id].at;
        note(record, id, !isMissed({ q, y: answer }), now);
      });
    }
    inPlace(form, () => explain(q));
    intoView(result);
  }

  function explain(q) {
    const lines = priceLines(q, answer, store.record.bets[id]?.q);
    const back = comesBack(store.record, id);
    result.replaceChildren(...[...lines, back].filter(Boolean).map((line) => h("p", {}, line)));
    setText(again, "");
    board.explain(answer);
    name();
    el.classList.add("ce-done");
  }

  function ask(why) {
    result.replaceChildren();
    setText(again, why);
    setText(problem, "");
    board.clear();
    name();
    el.classList.remove("ce-done");
  }

  /** Follow the record: at the start, after an import or clearing, or another tab's bet. */
  function follow() {
    store.sortOutBet(id, [options.length, answer]);
    board.allow(allIn.follow());
    const kept = store.record.bets[id];
    const now = !kept ? NONE : isDue(store.record, id, Date.now()) ? AGAIN : kept.at;
    if (now === first) return;
    if (now > 0 && form.contains(document.activeElement)) return;
    first = now;
    if (now === NONE) ask("");
    else if (now === AGAIN)
      ask(`${askedAgain(store.record, id)} Your first bet stays in the record as it was.`);
    else {
      board.write(wholeParts(kept.q, 100));
      explain(kept.q);
    }
  }

  name();
  follow();
  store.listen(follow);
  el.replaceChildren(form);
}

/** What the forecast q pays, in sentences; `kept` is the first bet, which stays in the record. */
function priceLines(q, answer, kept) {
  const [log, , evenLog] = score(q, answer);
  const lines = [
    log === Infinity
      ? "Price: ∞. You ruled out what is true, and no later success makes up for that in a mean."
      : `Price: ${digits(log)} nats. The uniform guess would pay ${digits(evenLog)}.`,
  ];
  if (kept?.some((part, k) => part !== q[k])) {
    lines.push(`Your first bet stays in the record: ${kept.map(percent).join(", ")}.`);
  }
  return lines;
}
