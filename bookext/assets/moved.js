// On the page of an old address: go where it leads, and take along what stands behind # and ?.
// A part that stands elsewhere than its page has an address of its own; a page that is
// still there (without `to`) sends on for such parts alone.
const { to, parts } = document.currentScript.dataset;
const [name, ...state] = location.hash.slice(1).split("?");
const elsewhere = new Map(Object.entries(JSON.parse(parts)));
const target = elsewhere.get(name) ?? to;
if (target !== undefined) {
  const address = new URL(target, location.href);
  if (!elsewhere.has(name)) address.hash = name;
  if (state.length > 0) address.hash += `?${state.join("?")}`;
  address.search = location.search;
  location.replace(address);
}
