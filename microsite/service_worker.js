// Keeps what was read, so that it can be read without a network. BUILD, LIST and FALLBACK stand above: the build writes
// them. LIST names every file of one build with its digest. There is one cache to a build, and only what is of that
// build gets into it: a reader never sees a mix of old and new. A new worker fills its own cache first (with what was
// kept before, taken over where it is the same) and then replaces the old one at once.
"use strict";

const ROOT = new URL("./", self.location);
const PREFIX = `kept ${ROOT.pathname} `;
const CACHE = PREFIX + BUILD;
const PATIENCE = 4000; // ms that a network may take before what is kept is shown instead
let list;

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));
self.addEventListener("fetch", (event) => {
  const path = pathOf(event.request.url);
  if (path === null || event.request.method !== "GET" || event.request.headers.has("range")) return;
  event.respondWith(path.startsWith("assets/") ? lasting(event, path) : newest(event, path));
});

async function install() {
  const response = await fetch(address(LIST));
  if (!response.ok) throw new Error(`no ${LIST}`);
  const cache = await caches.open(CACHE);
  await cache.put(address(LIST), response.clone());
  list = await response.json();
  const old = await oldCaches();
  const wanted = new Set([...list.always, ...(await kept(old)), ...(await open())]);
  for (const path of wanted) {
    if (path in list.files && !(await cache.match(address(path)))) await fill(cache, old, path);
  }
  await self.skipWaiting();
}

// Fails if the site has been changed again meanwhile: then another worker is on its way.
async function fill(cache, old, path) {
  for (const one of old) {
    const copy = await one.match(address(path));
    if (copy && (await isOfThisBuild(path, copy))) return cache.put(address(path), copy);
  }
  const response = await fetch(address(path), { cache: "no-cache" });
  if (!(await isOfThisBuild(path, response))) throw new Error(`${path} is of another build`);
  return cache.put(address(path), response);
}

async function activate() {
  for (const name of await caches.keys()) {
    if (name.startsWith(PREFIX) && name !== CACHE) await caches.delete(name);
  }
  await self.clients.claim();
}

// The name of such a file changes with its content, so a copy is as good as the file.
async function lasting(event, path) {
  const cache = await caches.open(CACHE);
  const copy = await cache.match(address(path));
  return copy ?? keep(event, path, await fetch(event.request));
}

async function newest(event, path) {
  const cache = await caches.open(CACHE);
  const copy = await cache.match(address(path));
  const network = fetch(event.request).then((response) => keep(event, path, response));
  try {
    return await (copy ? Promise.race([network, late()]) : network);
  } catch {
    if (copy) return copy;
    if (event.request.mode !== "navigate") return Response.error();
    const files = (await known()).files;
    if (`${path}/` in files) return Response.redirect(address(`${path}/`));
    return (await cache.match(address(FALLBACK))) ?? Response.error();
  }
}

function keep(event, path, response) {
  const copy = response.clone();
  event.waitUntil(
    (async () => {
      if (!response.redirected && (await isOfThisBuild(path, copy.clone()))) {
        await (await caches.open(CACHE)).put(address(path), copy);
      }
    })().catch(() => {}), // no room, say: the page is shown all the same
  );
  return response;
}

async function isOfThisBuild(path, response) {
  const expected = (await known()).files[path];
  if (!expected || response.status !== 200) return false;
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", await response.clone().arrayBuffer()));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("").startsWith(expected);
}

async function known() {
  list ??= await (await (await caches.open(CACHE)).match(address(LIST))).json();
  return list;
}

async function oldCaches() {
  const names = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== CACHE);
  return Promise.all(names.map((name) => caches.open(name)));
}

async function kept(old) {
  const requests = await Promise.all(old.map((cache) => cache.keys()));
  return requests.flat().map((request) => pathOf(request.url));
}

// What is on the screen was read before there was a worker to keep it.
async function open() {
  const clients = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  return clients.map((client) => pathOf(client.url));
}

const late = () => new Promise((_, reject) => setTimeout(reject, PATIENCE));
const address = (path) => new URL(path, ROOT).href;

// Below the root of the site, without what follows a question mark; null for what is elsewhere.
function pathOf(text) {
  const url = new URL(text);
  if (url.origin !== ROOT.origin || !url.pathname.startsWith(ROOT.pathname)) return null;
  return decodeURI(url.pathname.slice(ROOT.pathname.length)).replace(/(^|\/)index\.html$/, "$1");
}
