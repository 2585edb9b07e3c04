"""What of a page is not alive, or does not open."""

#: Explorers that show other buttons than those their page offers.
OTHERWISE = """() => [...document.querySelectorAll(".ce-explorer[data-offers]")]
  .map((el) => [JSON.parse(el.dataset.offers),
    [...el.querySelectorAll(".ce-try button")].map((button) => button.textContent)])
  .filter(([offered, shown]) => offered.join() !== shown.join())"""

#: An explorer that is not alive, though nothing hides it.
WAITING = ".ce-explorer:not(:has(.ce-frame), details:not([open]) *)"

#: Open every fold by a click; say which showed its inside before, and which not after.
FOLDED = """() => {
  const isSeen = (el) => el.checkVisibility({ visibilityProperty: true }) &&
    el.getBoundingClientRect().height > 0;
  const wrong = [];
  const all = [...document.querySelectorAll("main details:not(.toctree-l1 > *, .ce-rule)")];
  const inside = (fold) => [...fold.children].filter((el) => el.localName !== "summary").at(-1);
  const press = (folds) => {
    for (const fold of folds)
      if (isSeen(inside(fold))) wrong.push(`open: ${fold.outerHTML.slice(0, 120)}`);
    for (const fold of folds) fold.querySelector("summary").click();
    for (const fold of folds)
      if (!isSeen(inside(fold))) wrong.push(`shut: ${fold.outerHTML.slice(0, 120)}`);
  };
  // Those that share a name shut each other; the others are laid out once for all.
  for (const fold of all.filter((one) => one.name)) press([fold]);
  press(all.filter((one) => !one.name));
  // The rule of the bets stands open where it is told first.
  for (const rule of document.querySelectorAll(".ce-rule:not([open]) > summary"))
    rule.click();
  for (const body of document.querySelectorAll(".ce-rule-body"))
    if (!isSeen(body)) wrong.push("the rule of the bets");
  return wrong;
}"""
