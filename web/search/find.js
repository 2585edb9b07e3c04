// The places of the book that answer a question, the best first.

import MiniSearch from "minisearch";
import { tokens, words } from "./words.js";

/** What a word in each part of a place is worth. `asked` is what readers call it, and the index. */
const WORTH = { title: 3, asked: 3, page: 1, text: 1, code: 0.5 };
/** What a part of a name, or a number with fewer digits, is worth beside the whole. */
const PART = 0.3;
/** Pages that say in short what a chapter says in full come after it. */
const SHORT = [
  [/references/, 0.4],
  [/glossary|reference-card/, 0.55],
  [/^reference\//, 0.5],
  [/gallery|teaching|self-check|your-record|^index/, 0.6],
];
/** A second place of a page has to be so much better to come before another page's first. */
const AGAIN = 0.85;
/** Of the best hit's worth; what has less is no answer. */
const LEAST = 0.05;
/** Words of a question that say nothing about what is asked. */
const ASKING = new Set(
  `a about after all also am an and any are as at be been before being but by can could did do does doing for from
  get gets getting go goes had has have he how i if in into is it its just like many may me mean means
  much my no not of off on or our out put say should so some such than that the their them then there
  these they this those to too up us use used using very want was way we were what when where which
  while who why will with would you your work works happen happens difference between need one ever
  vs versus really always still possible word words meaning explain explained definition define`.split(/\s+/),
);

/** A place as the search knows it: where it is, what it is called, and what stands there. */
export function placesOf(pages) {
  return pages.flatMap(([file, places]) =>
    places.map(([id, trail, title, text, code, asked]) => ({
      id: `${file}#${id}`,
      file,
      trail,
      title,
      text,
      asked,
      code,
      page: trail[0] ?? title,
    })),
  );
}

/** A function that finds in these pages: `find(question)` gives `{ hits, unknown }`. */
export function finder(pages) {
  const places = placesOf(pages);
  const index = new MiniSearch({
    fields: Object.keys(WORTH),
    extractField: (place, name) => [place[name]].flat().join(" \n "),
    tokenize: (text) => words(text).flat(),
    processTerm: (term) => term,
  });
  index.addAll(places);
  const byId = new Map(places.map((place) => [place.id, place]));
  const kind = new Map(places.map(({ id, file }) => [id, SHORT.find(([name]) => name.test(file))?.[1] ?? 1]));

  /** How well each place answers one word of a question, in any of its forms. */
  function answers(forms, fuzzy) {
    const best = new Map();
    for (const [i, form] of forms.entries()) {
      const found = index.search(form, {
        tokenize: (text) => [text],
        boost: WORTH,
        prefix: form.length > 3 && !/^\d/.test(form),
        fuzzy: fuzzy && form.length > 3 && !/\d/.test(form) ? 0.2 : false,
        weights: { prefix: 0.4, fuzzy: 0.3 },
      });
      for (const { id, score } of found) {
        const worth = score * (i === 0 ? 1 : PART);
        best.set(id, Math.max(best.get(id) ?? 0, worth));
      }
    }
    return best;
  }

  /** The words of a question that tell something; a name that no page has, in its parts. */
  function read(question) {
    const said = tokens(question);
    const telling = said.filter((token) => !ASKING.has(token.toLowerCase()));
    const asked = (telling.length > 0 ? telling : said).flatMap((token) => {
      const [whole, ...parts] = words(token)[0];
      const split = parts.length > 0 && !/^\d/.test(whole) && answers([whole], false).size === 0;
      return split ? parts : [token];
    });
    return { asked, forms: words(asked.join(" ")) };
  }

  return function find(question) {
    const { asked, forms } = read(question);
    const exact = forms.map((form) => answers(form, false));
    const found = exact.map((hits, i) => (hits.size > 0 ? hits : answers(forms[i], true)));
    const unknown = asked.filter((_, i) => found[i].size === 0);
    const rarity = found.map(({ size }) => (size === 0 ? 0 : Math.log(1 + places.length / size)));
    const all = rarity.reduce((a, b) => a + b, 0);
    const scores = new Map();
    for (const [i, hits] of found.entries()) {
      for (const [id, worth] of hits) {
        const { sum, share } = scores.get(id) ?? { sum: 0, share: 0 };
        scores.set(id, { sum: sum + worth, share: share + rarity[i] / all });
      }
    }
    const hits = [...scores].map(([id, { sum, share }]) => ({
      ...byId.get(id),
      score: sum * share * share * kind.get(id) * named(byId.get(id), forms),
    }));
    const best = Math.max(0, ...hits.map(({ score }) => score));
    const worthy = hits.filter(({ score }) => score > LEAST * best);
    return { hits: spread(worthy.sort((a, b) => b.score - a.score)), unknown, forms: new Set(forms.flat()) };
  };
}

/** A place whose title, or a name of it, is what was asked, is what was meant. */
function named({ title, asked, page }, forms) {
  const wanted = forms.map(([first]) => first);
  const close = [title, page, ...asked].map((name) => {
    const own = words(name).map(([first]) => first);
    const shared = wanted.filter((word) => own.includes(word)).length;
    return shared / (own.length + wanted.length - shared);
  });
  return 1 + Math.max(...close);
}

/** Let each page speak once before one speaks again, unless it has much more to say. */
function spread(hits) {
  const times = new Map();
  for (const hit of hits) {
    const before = times.get(hit.file) ?? 0;
    times.set(hit.file, before + 1);
    hit.score *= AGAIN ** before;
  }
  return hits.sort((a, b) => b.score - a.score);
}
