// Keeps one build of the book, whole, for when there is no network.
//
// A page comes from the network whenever there is one. Everything a page asks for comes from
// where the page came from, or is known to be of the same build: two builds are never mixed.

const [BUILD, FILES] = ["", {}];

const OURS = `cross-entropy ${registration.scope} `;
const KEPT = OURS + BUILD;
const PAGES = `${OURS}pages`;

addEventListener("install", (event) => event.waitUntil(keep()));
addEventListener("activate", (event) => event.waitUntil(forgetOthers()));
addEventListener("fetch", (event) => {
  const { method, mode, url } = event.request;
  const name = nameOf(url);
  if (method !== "GET" || !name) return;
  event.respondWith(mode === "navigate" ? page(event, name) : part(event, name));
});

/** Find which file of the book is at an address, if any. */
function nameOf(url) {
  if (!url.startsWith(registration.scope)) return undefined;
  const name = decodeURIComponent(url.slice(registration.scope.length).split(/[?#]/)[0]);
  // Some servers leave out what others demand.
  return [name, `${name}index.html`, `${name}.html`].find((each) => Object.hasOwn(FILES, each));
}

async function keep() {
  const kept = await caches.open(KEPT);
  for (const [name, checksum] of Object.entries(FILES)) {
    const response = (await fromEarlier(name, checksum)) ?? (await fetch(name, { cache: "reload" }));
    // In the middle of an update a server hands out both builds: try again at another visit.
    if (!(await is(response, checksum))) throw new Error(`${name} is of another build`);
    // As a response of its own: one that was redirected could not answer for a page.
    await kept.put(name, new Response(response.body, { headers: response.headers }));
  }
}

/** Find a file that has not changed since an earlier build. */
async function fromEarlier(name, checksum) {
  for (const cacheName of await caches.keys()) {
    const response = cacheName.startsWith(OURS) && (await caches.match(name, { cacheName }));
    if (response && (await is(response, checksum))) return response;
  }
  return null;
}

async function is(response, checksum) {
  const bytes = await crypto.subtle.digest("SHA-256", await response.clone().arrayBuffer());
  return response.ok && [...new Uint8Array(bytes)].map(hex).join("") === checksum;
}

function hex(byte) {
  return byte.toString(16).padStart(2, "0");
}

/** Called when no page of an earlier build is open any more. */
async function forgetOthers() {
  for (const name of await caches.keys()) {
    if (name.startsWith(OURS) && name !== KEPT) await caches.delete(name);
  }
}

async function page(event, name) {
  try {
    const response = await fetch(event.request, { cache: "no-cache" });
    const copy = response.clone();
    event.waitUntil(is(copy, FILES[name]).then((same) => same && note(event.resultingClientId)));
    return response;
  } catch (problem) {
    const response = await fromKept(name);
    if (!response) throw problem;
    await note(event.resultingClientId);
    return response;
  }
}

async function part(event, name) {
  const ofThisBuild = await caches.match(`client/${event.clientId}`, { cacheName: PAGES });
  return (ofThisBuild && (await fromKept(name))) || fetch(event.request);
}

function fromKept(name) {
  return caches.match(name, { cacheName: KEPT });
}

/** Remember, longer than a worker lives, that an open page is of this build. */
async function note(client) {
  const pages = await caches.open(PAGES);
  for (const { url } of await pages.keys()) {
    if (!(await clients.get(url.split("/").at(-1)))) await pages.delete(url);
  }
  await pages.put(`client/${client}`, new Response());
}
