/** The page itself, kept by its service worker (app/serviceWorker.js), so that it opens without a network. */

/** @param onChange told when it is kept, or cannot be */
export async function keepPage(onChange: () => void): Promise<void> {
  const workers = (navigator as {readonly serviceWorker?: ServiceWorkerContainer}).serviceWorker;
  if (!import.meta.env.PROD || !workers) return; // it changes while it is being worked on
  try {
    const registration = await workers.register(new URL("sw.js", location.href));
    registration.installing?.addEventListener("statechange", onChange);
  } catch {
    // a browser that does not let it: the page then needs its server
  }
}

/** The page is fetched from its server again from the next visit on. Its files go with all else that is kept. */
export async function forgetPage(): Promise<void> {
  const workers = (navigator as {readonly serviceWorker?: ServiceWorkerContainer}).serviceWorker;
  const registration = await workers?.getRegistration().catch(() => undefined);
  await registration?.unregister();
}

/** What is kept of the page. */
export async function keptPage(): Promise<{readonly files: number; readonly bytes: number}> {
  const names = (await caches.keys()).filter((name) => name.startsWith("one-token page "));
  let [files, bytes] = [0, 0];
  for (const name of names) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      const response = await cache.match(request);
      files += 1;
      bytes += (await response?.blob())?.size ?? 0;
    }
  }
  return {files, bytes};
}
