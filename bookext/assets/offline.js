// Keep the book for the next time, when there may be no network.

{
  const root = document.documentElement.dataset.content_root;
  const worker = new URL(`${root}offline-worker.js`, document.baseURI);
  // Not from a folder, nor where the browser allows no storage.
  navigator.serviceWorker?.register(worker).catch(() => {});
}
