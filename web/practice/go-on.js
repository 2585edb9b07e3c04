// The cover's button: who has been here before goes on where they were.

import { h } from "../ui/dom.js";
import { chaptersIn } from "./chapters.js";

/** The chapter that the reader opened last for the first time, out of `chapters`; or none. */
export function furthest(visits, chapters) {
  const opened = chapters.filter(({ page }) => Object.hasOwn(visits, page));
  return opened.sort((a, b) => visits[b.page].at - visits[a.page].at)[0];
}

/** Let the button lead on, and keep a link to the start beside it, in the button's own line. */
export function goOn(place, nav, asked, { visits }) {
  const button = place?.querySelector("a");
  const chapter = button && furthest(visits, numbered(chaptersIn(nav, asked)));
  if (!chapter || chapter.href === button.href) return;
  const start = h("a", { class: "ce-from-start", href: button.href }, "from the start");
  button.href = chapter.href;
  button.replaceChildren("Go on");
  button.after(h("span", { class: "ce-where" }, chapter.title), start);
}

/** Chapters have a number; other pages that ask something have none. */
function numbered(pages) {
  return pages.filter(({ title }) => /^\d/.test(title));
}
