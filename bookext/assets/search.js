// The search page: Sphinx's index and list of hits, ranked by what a reader means.
//
// Sphinx wants every word of a query on a page, counts none for more than another, and finds
// an entry of the book's index only by more than half of its letters. Here a page is found by
// the words it has, the rare ones first, and by the headings and entries that hold them.

// From a folder a browser lets no page read another one: list the hits without excerpts.
if (location.protocol === "file:") DOCUMENTATION_OPTIONS.SHOW_SEARCH_SUMMARY = false;

{
  // What a word is worth in a page's text, and what an entry, heading or name adds that holds it.
  const TEXT = 20;
  const WORTH = { entry: 40, title: 40, heading: 28, mention: 12, name: 60 };

  const stemmer = () => new Stemmer();
  const listed = (found) => (found === undefined ? [] : [found].flat());

  // Words of a question that say nothing about what is asked.
  const ASKING = new Set(
    "can could do does how i is it me my should there what when which who why".split(" "),
  );

  /** The words of a text that a search is made by, as the index writes them. */
  function stems(text) {
    const words = splitQuery(text.toLowerCase()).filter((word) => !stopwords.includes(word));
    return words.map((word) => stemmer().stemWord(word));
  }

  /** The pages that have a word: in their text or in a heading. */
  function pagesWith({ terms, titleterms }, stem) {
    const own = (shelf) => (Object.hasOwn(shelf, stem) ? listed(shelf[stem]) : []);
    return new Set([...own(terms), ...own(titleterms)]);
  }

  /**
   * One word of a query as the index may know it: itself, its two halves ("crossentropy"), the
   * parts of a name ("NLLLoss"), or the beginning of longer words.
   */
  function known(index, word) {
    const has = (stem) => pagesWith(index, stem).size > 0;
    const [whole] = stems(word);
    if (whole === undefined || has(whole)) return whole === undefined ? [] : [whole];
    const humps = word.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+/g) ?? [];
    if (humps.length > 1 && together(index, humps.flatMap(stems))) return humps.flatMap(stems);
    for (let at = word.length - 3; at >= 3; at -= 1) {
      const halves = [word.slice(0, at), word.slice(at)].flatMap(stems);
      if (halves.length === 2 && together(index, halves)) return halves;
    }
    const longer = Object.keys(index.terms).filter((term) => whole.length > 2 && term.startsWith(whole));
    return longer.sort((a, b) => a.length - b.length).slice(0, 1);
  }

  /** What to mark of a word in a text: the word, or what the index knows it by. */
  function marked(index, word) {
    const [whole] = stems(word);
    if (whole === undefined) return [];
    const found = known(index, word);
    return found.includes(whole) ? [word.toLowerCase()] : found.map((stem) => stem.replace(/i$/, ""));
  }

  /** What can be matched besides text: { file, id, words, worth }. */
  function* places({ alltitles, indexentries, titles }) {
    for (const [title, found] of Object.entries(alltitles)) {
      for (const [file, id] of found) {
        const worth = titles[file] === title ? WORTH.title : WORTH.heading;
        yield { file, id, title, words: stems(title), worth };
      }
    }
    for (const [entry, found] of Object.entries(indexentries)) {
      for (const [file, id, isMain] of found) {
        yield { file, id, words: stems(entry), worth: isMain ? WORTH.entry : WORTH.mention };
      }
    }
  }

  /** How well a place is named by the words that it shares with the query. */
  const worth = (place, shared) => place.worth * (0.4 + (0.6 * shared.length) / new Set(place.words).size);

  /** Whether a heading or an entry has all of these words. */
  function together(index, words) {
    return [...places(index)].some((place) => words.every((word) => place.words.includes(word)));
  }

  /** The pages for these words, the best last; each leads to the place that matches best. */
  function ranked(index, words) {
    const { docnames, filenames, titles } = index;
    const rarities = words.map((word) => Math.log(1 + docnames.length / (1 + pagesWith(index, word).size)));
    const all = rarities.reduce((a, b) => a + b, 0);
    const share = (word) => rarities[words.indexOf(word)] / all;
    const hits = new Map();
    for (const word of words) {
      for (const file of pagesWith(index, word)) {
        if (!hits.has(file)) hits.set(file, { best: new Map(), top: 0 });
        hits.get(file).best.set(word, TEXT);
      }
    }
    for (const place of places(index)) {
      const hit = hits.get(place.file);
      const shared = words.filter((word) => place.words.includes(word));
      if (!hit || shared.length === 0) continue;
      const value = worth(place, shared);
      for (const word of shared) hit.best.set(word, Math.max(hit.best.get(word) ?? 0, TEXT + value));
      const here = value * shared.reduce((total, word) => total + share(word), 0);
      if (here > hit.top) Object.assign(hit, { top: here, id: place.id, title: place.title });
    }
    const results = [...hits].map(([file, { best, top, id, title }]) => {
      const name = title && !titles[file].endsWith(title) ? `${titles[file]} > ${title}` : titles[file];
      const score = top + [...best].reduce((total, [word, value]) => total + share(word) * value, 0);
      return [docnames[file], name, id ? `#${id}` : "", null, score, filenames[file]];
    });
    return results.sort(([, a, , , x], [, b, , , y]) => x - y || (a < b ? 1 : -1));
  }

  /** Say which words no page has; the list answers the others. */
  function tellUnknown(unknown) {
    if (unknown.length === 0) return;
    const said = document.createElement("p");
    said.textContent = `No page has ${unknown.map((word) => `“${word}”`).join(", ")}.`;
    Search.output?.before(said);
  }

  /** The paragraphs of a page, those around the place first, and each formula once. */
  function paragraphs(html, anchor) {
    const page = new DOMParser().parseFromString(html, "text/html");
    for (const el of page.querySelectorAll("script, style, noscript, button, .katex-mathml")) el.remove();
    const place = anchor ? page.getElementById(decodeURIComponent(anchor.slice(1))) : null;
    const term = place?.matches("dt") ? place.nextElementSibling : null;
    const parts = [term, place?.closest("section, dl"), page.querySelector("article")];
    const found = parts.flatMap((part) => [...(part?.querySelectorAll("p, li, dd, td") ?? [])]);
    return found.map((el) =>
      el.textContent
        .replace(/\u200b/g, "")
        .replace(/\s+/g, " ")
        .trim(),
    );
  }

  /** Where in a text each of these words first begins, as far as they do. */
  function beginnings(text, words) {
    const lower = ` ${text.toLowerCase()}`;
    const at = [...words].map((word) => lower.search(RegExp(`(?<![\\p{L}])${word}`, "u")));
    return at.filter((start) => start >= 0);
  }

  const better = {
    _parseQuery(query) {
      const words = splitQuery(query.trim());
      const shown = words.flatMap((word) => marked(Search._index, word));
      try {
        localStorage.setItem("sphinx_highlight_terms", shown.join(" "));
      } catch {
        // Then the words are not marked on the page that is opened.
      }
      return [query, new Set(shown), new Set(), new Set(shown), new Set(words)];
    },

    _performSearch(query) {
      const all = splitQuery(query.trim()).filter((word) => stems(word).length > 0);
      const telling = all.filter((word) => !ASKING.has(word.toLowerCase()));
      const words = telling.length > 0 ? telling : all;
      const found = words.map((word) => known(Search._index, word));
      tellUnknown(words.filter((_, i) => found[i].length === 0));
      const results = ranked(Search._index, [...new Set(found.flat())]);
      const asked = query.trim().toLowerCase();
      const names = Search.performObjectSearch(asked, new Set([asked]));
      for (const name of names) name[4] = name[1].toLowerCase().endsWith(asked) ? WORTH.name : 1;
      const others = names.filter(
        ([page, , place]) => !results.some((hit) => hit[0] === page && hit[2] === place),
      );
      return [...results, ...others].sort((a, b) => a[4] - b[4]);
    },

    /** Some words around one of those asked for, out of the paragraph that has most of them. */
    makeSearchSummary(html, words, anchor) {
      const texts = paragraphs(html, anchor);
      const places = texts.map((text) => beginnings(text, words));
      const most = Math.max(...places.map(({ length }) => length));
      const best = places.findIndex(({ length }) => length === most);
      if (best < 0) return null;
      const text = texts[best];
      const near = Math.min(...places[best], text.length) - 100;
      const start = most === 0 || near <= 0 ? 0 : text.indexOf(" ", near) + 1;
      const end = start + 240 < text.length ? text.lastIndexOf(" ", start + 240) : text.length;
      const said = document.createElement("p");
      said.className = "context";
      said.textContent = `${start > 0 ? "… " : ""}${text.slice(start, end)}${end < text.length ? " …" : ""}`;
      return said;
    },
  };

  // Before Sphinx's own start, which waits for the same event.
  document.addEventListener("DOMContentLoaded", () => Object.assign(Search, better));
}
