// Ask for the page's type before anything is painted: a face that comes later is not used on
// this page (font-display: optional). A folder needs no asking, and may not be asked (first.js).
{
  const { src, dataset } = document.currentScript;
  for (const name of location.protocol === "file:" ? [] : dataset.faces.split(" ")) {
    const link = document.createElement("link");
    Object.assign(link, { rel: "preload", as: "font", type: "font/woff2", crossOrigin: "" });
    link.href = new URL(`faces/${name}.woff2`, src);
    document.head.append(link);
  }
}
