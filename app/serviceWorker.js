// Keeps the page itself, so that it opens without a network. scripts/pageFiles.js puts two lines before this text:
// VERSION, another for each build, and FILES, what the page consists of, relative to this file. Model files are not
// among them: the engine keeps those. Nothing is kept after the installation, so what was erased stays erased.

const CACHE = `one-token page ${registration.scope} ${VERSION}`;
/** Milliseconds that a server may be silent before the page that was kept will do. */
const PATIENCE = 4000;

addEventListener("install", (event) => {
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(FILES)));
});

addEventListener("activate", (event) => event.waitUntil(forgetOthers()));

addEventListener("fetch", (event) => {
  const {request} = event;
  const file = fileOf(request);
  if (file === null) return;
  event.respondWith(file.startsWith("assets/") ? keptFirst(request, file) : newestFirst(request, file));
});

/** Which of the page's files is asked for; null where none is, and the request takes its usual way. */
function fileOf({url, method, headers}) {
  const address = url.replace(/[?#].*/, "");
  if (method !== "GET" || headers.has("range") || !address.startsWith(registration.scope)) return null;
  const file = address.slice(registration.scope.length).replace(/^(index\.html)?$/, "./");
  return FILES.includes(file) ? file : null;
}

/** A file whose name holds a hash of its content never changes. */
async function keptFirst(request, file) {
  return (await kept(file)) ?? fetch(request);
}

/** Every other is as its server has it now; as it was kept where there is no answer, or none in time. */
async function newestFirst(request, file) {
  const answer = fetch(request);
  const late = new Promise((_, fail) => setTimeout(() => fail(new Error("no answer in time")), PATIENCE));
  try {
    const response = await Promise.race([answer, late]);
    if (response.status < 500) return response;
  } catch {
    // it is not there, or too slow
  }
  return (await kept(file)) ?? answer;
}

const kept = (file) => caches.match(new URL(file, registration.scope), {cacheName: CACHE, ignoreVary: true});

async function forgetOthers() {
  const older = (name) => name.startsWith(`one-token page ${registration.scope} `) && name !== CACHE;
  for (const name of (await caches.keys()).filter(older)) await caches.delete(name);
}
