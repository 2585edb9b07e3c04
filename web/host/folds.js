// Explorers in a fold cost nothing while it is closed: their scripts come when it opens. Folds of
// one name are open one at a time, by the browser itself.

const FOLD = "details.ce-fold";
const linked = new WeakSet(); // folds that a link opens: it brings the picture into view itself

/** Does this place wait for its fold to be opened? */
export function waits(el) {
  return Boolean(el.dataset.script) && !el.closest(FOLD).open;
}

/** Open what an explorer is folded in. */
export function unfold(el) {
  for (let fold = el.closest("details"); fold; fold = fold.parentElement.closest("details")) {
    if (fold.open) continue;
    linked.add(fold);
    fold.open = true;
  }
}

/** Load the scripts of each fold as it is opened; `failed(el)` is told when one does not come. */
export function watchFolds(failed) {
  for (const fold of document.querySelectorAll(FOLD)) {
    fold.addEventListener("toggle", () => {
      if (fold.open) opened(fold, failed);
    });
    if (fold.open) bring(fold, failed); // before the scripts came
  }
}

function opened(fold, failed) {
  bring(fold, failed);
  if (linked.delete(fold)) return;
  // Another one, higher up, may have closed and taken its room along.
  const { top } = fold.parentElement.getBoundingClientRect();
  if (top < 0 || top > innerHeight / 2) fold.parentElement.scrollIntoView({ block: "start" });
}

function bring(fold, failed) {
  for (const el of fold.querySelectorAll("[data-script]")) {
    const script = document.createElement("script");
    script.src = el.dataset.script;
    script.addEventListener("error", () => failed(el));
    delete el.dataset.script;
    document.head.append(script);
  }
}
