// Takes away what an earlier build may have left: this one keeps nothing for later.

addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => {
  const takeAway = async () => {
    for (const name of await caches.keys()) {
      if (name.startsWith(`cross-entropy ${registration.scope} `)) await caches.delete(name);
    }
    await registration.unregister();
  };
  event.waitUntil(takeAway());
});
