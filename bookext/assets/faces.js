// Ask for the page's type before anything is painted: a face that comes later is not used on
// this page (font-display: optional). A folder needs no asking, and may not be asked (first.js).
// On a slow line it would come later, and all else would wait for it: there the first page does
// without, and asks once it has all else, for the pages to come.
{
  const { src, dataset } = document.currentScript;
  const { saveData, effectiveType = "4g" } = navigator.connection ?? {};
  const KEY = "faces";
  const faces = dataset.faces.split(" ").map((name) => new URL(`faces/${name}.woff2`, src).href);

  /** Has an earlier page of this visit fetched them? */
  function fetched() {
    try {
      return sessionStorage.getItem(KEY) !== null;
    } catch {
      return false; // the browser keeps nothing
    }
  }

  async function fetchAll() {
    const files = await Promise.all(faces.map((face) => fetch(face)));
    await Promise.all(files.map((file) => file.blob()));
    sessionStorage.setItem(KEY, "here");
  }

  function preload(href) {
    const link = document.createElement("link");
    Object.assign(link, { rel: "preload", as: "font", type: "font/woff2", crossOrigin: "", href });
    document.head.append(link);
  }

  if (location.protocol !== "file:") {
    if ((effectiveType === "4g" && !saveData) || fetched()) faces.forEach(preload);
    else {
      document.documentElement.classList.add("ce-plain");
      // A face that does not come is no fault: the reader has another.
      if (!saveData) addEventListener("load", () => fetchAll().catch(() => {}));
    }
  }
}
