// On every page: opens the record of this browser, notes that the page was opened, and marks
// the contents and the cover. The boxes of a page take the record from here.

import { heed } from "./asking.js";
import { askedOf, markContents, pageOf } from "./contents.js";
import { goOn } from "./go-on.js";
import { Store } from "./store.js";

const store = new Store();
self.ceRecord = store;
heed(store);
addEventListener("storage", (event) => store.arrive(event.key));
// A page that slept heard nothing; and right after a click elsewhere, what was written there
// may reach this page a moment late.
addEventListener("pageshow", () => store.arrive(null));
setTimeout(() => store.arrive(null), 500);

const nav = document.getElementById("contents");
const here = pageOf(location.href);
if (here in askedOf(nav) && !Object.hasOwn(store.record.visits, here)) {
  store.update((record) => {
    record.visits[here] ??= { at: store.now() };
  });
}
goOn(document.querySelector(".cover-start"), nav, askedOf(nav), store.record);
markContents(nav, store);
