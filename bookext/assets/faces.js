// Ask for the page's type before anything is painted: a face that comes later is not used on
// this page (font-display: optional). A folder needs no asking, and may not be asked (first.js).
// On a slow line it would come later, and all else would wait for it.
{
  const { src, dataset } = document.currentScript;
  const { saveData, effectiveType = "4g" } = navigator.connection ?? {};
  const asked = location.protocol !== "file:" && effectiveType === "4g" && !saveData;
  for (const name of asked ? dataset.faces.split(" ") : []) {
    const link = document.createElement("link");
    Object.assign(link, { rel: "preload", as: "font", type: "font/woff2", crossOrigin: "" });
    link.href = new URL(`faces/${name}.woff2`, src);
    document.head.append(link);
  }
}
