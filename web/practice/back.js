// What to go back to: what was missed and is to be asked again today, and what comes later.

import { coded } from "../ui/backticks.js";
import { h } from "../ui/dom.js";
import { comingBack } from "./reviews.js";

/** Elements; `prompts` are the questions' words by their ids. */
export function goBack(record, chapters, prompts, now) {
  const places = new Map();
  for (const { title, href, asked } of chapters) {
    for (const kind of ["bet", "answer"]) {
      for (const id of asked[kind] ?? []) places.set(id, { title, href: `${href}#${kind}-${id}` });
    }
  }
  const coming = comingBack(record, [...places.keys()]);
  const today = coming.filter(([, at]) => at <= now);
  const parts = [h("h2", {}, "Due today")];
  if (today.length > 0) {
    const items = today.map(([id]) => {
      const { title, href } = places.get(id);
      return h("li", {}, h("a", { href }, ...coded(prompts[id])), h("span", { class: "ce-aside" }, title));
    });
    parts.push(h("ul", { class: "ce-due" }, ...items));
  } else {
    parts.push(h("p", {}, "Nothing. What you miss is asked again after a day, a week and a month."));
  }
  const later = coming.slice(today.length);
  if (later.length > 0) parts.push(h("p", { class: "ce-aside" }, next(later)));
  return parts;
}

/** When the next ones come, and how many. */
function next(later) {
  const day = (at) =>
    new Date(at).toLocaleDateString("en-GB", { weekday: "long", day: "numeric", month: "long" });
  const first = day(later[0][1]);
  const count = later.filter(([, at]) => day(at) === first).length;
  const rest = later.length - count;
  return `Next: ${count} on ${first}${rest > 0 ? `, ${rest} after that` : ""}.`;
}
