// The bet: spread 100 % over the answers, then see what the forecast pays, and why.

import { wholeParts } from "../maths/hands.js";
import { coded } from "../ui/backticks.js";
import { h, inPlace, intoView, setText } from "../ui/dom.js";
import { shown as digits } from "../ui/format.js";
import { allInSwitch } from "./all-in.js";
import { announcer } from "./announcer.js";
import { form as box } from "./form.js";
import { askedAgain, comesBack, isDue, isMissed, note } from "./reviews.js";
import { inDigits } from "./shares.js";
import { spread } from "./spread.js";
import { score } from "./summary.js";

/** Moments of the bet that is on show which are none. */
const [NONE, AGAIN] = [0, -1];

export function betBox(el, question, store) {
  const { id, prompt, options, answer } = question;
  const again = h("p", { class: "ce-again" });
  const problem = h("p", { class: "ce-problem", role: "status" });
  const board = answers(question, handled);
  const announce = announcer(board.said);
  const allIn = allInSwitch(store);
  const result = h("div", { class: "ce-result", role: "status" });
  const button = h("button", { class: "ce-button" });
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
    const shrugs = board.isEven();
    setText(button, done ? "Bet again" : shrugs ? "Shrug: bet evenly" : "Place the bet");
    button.classList.toggle("ce-main", !done && !shrugs); // nobody is urged to shrug
  }

  function place(event) {
    event.preventDefault();
    setText(problem, board.problem());
    if (problem.textContent) return;
    const q = board.read();
    if (!store.record.bets[id] || first === AGAIN) {
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
    result.replaceChildren(...told(store.record, question, q).map((line) => h("p", {}, line)));
    setText(again, "");
    board.explain();
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
      board.write(percentsOf(kept.q));
      explain(kept.q);
    }
  }

  allIn.el.addEventListener("change", () => reread(form, problem));
  name();
  follow();
  store.listen(follow);
  el.replaceChildren(form);
}

/** The answers with their shares, and why each is right or wrong, once that may be said. */
function answers({ options, answer, priced }, changed) {
  const texts = options.map(([text]) => coded(text));
  const board = spread(texts, changed, priced ? "if true" : "");
  const places = board.els.map((row) => row.appendChild(h("p", { class: "ce-why-option" })));
  return {
    ...board,
    clear() {
      board.write(percentsOf(options.map(() => 1)));
      for (const row of board.els) delete row.dataset.status;
      for (const place of places) place.replaceChildren();
    },
    explain() {
      for (const [k, [, why]] of options.entries()) {
        const right = k === answer;
        board.els[k].dataset.status = right ? "right" : "wrong";
        places[k].replaceChildren(h("span", {}, right ? "✓ " : "✗ ", ...coded(why)));
      }
    },
  };
}

/** A forecast in whole per cent; an even one as it is. */
function percentsOf(q) {
  return q.every((part) => part === q[0]) ? q.map(() => 100 / q.length) : wholeParts(q, 100);
}

/** What was typed may be a share by now: read it anew. */
function reread(form, problem) {
  setText(problem, "");
  form.querySelector("[aria-invalid]")?.dispatchEvent(new Event("input"));
}

/** What the forecast q pays, in sentences; the first bet, which stays in the record; when it comes back. */
function told(record, { id, answer }, q) {
  const [log, , evenLog] = score(q, answer);
  const kept = record.bets[id]?.q;
  const lines = [
    log === Infinity
      ? "Price: ∞. You ruled out what is true, and no later success makes up for that in a mean."
      : `Price: ${digits(log)} nats. The uniform guess would pay ${digits(evenLog)}.`,
  ];
  if (kept?.some((part, k) => part !== q[k])) {
    lines.push(
      `Your first bet stays in the record: ${kept.map((part) => inDigits(100 * part)).join(" %, ")} %.`,
    );
  }
  return [...lines, comesBack(record, id)].filter(Boolean);
}
