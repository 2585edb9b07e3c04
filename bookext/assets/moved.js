// On the page of an old address: go where it leads, and take along what stands behind # and ?.
// A part that stands elsewhere than its page has an address of its own.
const { to, parts } = document.currentScript.dataset;
const [name, ...state] = location.hash.slice(1).split("?");
const elsewhere = new Map(Object.entries(JSON.parse(parts)));
const target = new URL(elsewhere.get(name) ?? to, location.href);
if (!elsewhere.has(name)) target.hash = name;
if (state.length > 0) target.hash += `?${state.join("?")}`;
target.search = location.search;
location.replace(target);
