// What was set aside of the record: why, and what the reader can do with it.

import { h } from "../ui/dom.js";
import { download } from "./download.js";
import { parseRecord, strangers } from "./store.js";

/** A box that follows the store; `tell` says a sentence, `takeIn` joins a record to it. */
export function asideBox(store, book, { tell, takeIn }) {
  const el = h("div", { class: "ce-box ce-set-aside" });

  function offer(text) {
    const why = unusable(text, book);
    const put = () => {
      takeIn(parseRecord(text));
      store.forget(text);
    };
    const drop = () => {
      store.forget(text);
      tell("Deleted.");
    };
    return h(
      "div",
      { class: "ce-row" },
      h("p", {}, why ? `Set aside: ${why}` : "Set aside, and readable now."),
      press("Save it as a file", () => tell(download(el, text, "cross-entropy-set-aside.json"))),
      ...(why ? [] : [press("Put it back", put)]),
      press("Delete it", drop),
    );
  }

  function show() {
    el.hidden = store.aside.length === 0;
    el.replaceChildren(...store.aside.map(offer));
  }

  show();
  store.listen(show);
  return el;
}

function press(label, onclick) {
  return h("button", { type: "button", class: "ce-button", onclick }, label);
}

/** Why a text that was set aside cannot be put back; nothing when it can. */
function unusable(text, book) {
  try {
    const ids = strangers(parseRecord(text), book).map(([, id]) => id);
    const changed = ids.filter((id) => Object.hasOwn(book.questions, id));
    const unknown = ids.filter((id) => !changed.includes(id));
    const said = [];
    if (changed.length > 0) said.push(`the question has changed since this bet (${changed.join(", ")}).`);
    if (unknown.length > 0) said.push(`this book does not ask that (${unknown.join(", ")}).`);
    return said.join(" And ");
  } catch (error) {
    return error.message;
  }
}
