// Alice in Wonderland, for who asks. A notebook's module carries the text along; a page has
// alice.page.js in its place, which brings it when it is first asked for.

import text from "../../ce_lib/texts/alice.txt";

/** The text, or null while it is not there. */
export const now = () => text;

/** Resolves when it is. */
export const brought = () => Promise.resolve();
