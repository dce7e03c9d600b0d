// Made by `staff build` from crates/staff/src/build/worker/sw.js; do not edit.
//
// Keeps the app's shell on this phone, so that it opens at once and without a network. The data are not its business: the
// app keeps the last good ones itself.
//
// What always holds: a version is used only when every file of it is here with the length and the hash that were
// published; until then, and when it never gets so far, the version before stays whole and in use. A new version waits
// until the person takes it or all pages of the old one are closed. Nothing here waits without an end.
'use strict';

const VERSION = '@version@';
// The shell's files: {url, sha256, len, type}.
const FILES = @files@;
// What the hosts' page needs besides, itself the last: whoever never opens it never loads it.
const HOSTS = @hosts@;
// What the page is answered with, as the site's own server does.
const HEADERS = @headers@;

// Caches of shells begin so; boot.js forgets them by this name.
const PREFIX = 'ls-shell-';
const CACHE = PREFIX + VERSION;
// Holds the name of the cache in use, for who comes after.
const NOTES = PREFIX + 'notes';
const IN_USE = '/in-use';
// In a cache once everything else is.
const WHOLE = '/whole';

const PAGE = '/shell.html';
const EDIT = '/edit.html';
const LIST = '/list.html';
const FILE_PATIENCE_MS = 60000;
const LIST_PATIENCE_MS = 3000;

self.addEventListener('install', (event) => event.waitUntil(stage()));
self.addEventListener('activate', (event) => event.waitUntil(tidy().catch(() => {})));
self.addEventListener('message', (event) => {
  if (event.data === 'take-over') event.waitUntil(self.skipWaiting());
  // The hosts' page was opened before there was a worker.
  if (event.data === 'keep-edit') event.waitUntil(stageHosts().catch(() => {}));
});
self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== self.location.origin || request.headers.has('range')) return;
  if (pathname === LIST) event.respondWith(list(event));
  else if (request.mode === 'navigate') {
    if (isEdit(pathname)) event.respondWith(edit(event));
    else if (isPage(pathname)) event.respondWith(page(event));
  } else if (isShell(pathname)) event.respondWith(file(pathname, request));
});

// The app's addresses, as routes.rs has them. Chats glue words to a station's; a picture beside its page is no page.
function isPage(path) {
  return /^\/(index\.html|about\/?)?$/.test(path) || (path.startsWith('/s/') && !/\.(?!html$)\w+$/.test(path));
}

// The hosts' page of a station.
function isEdit(path) {
  return HOSTS.length > 0 && (path === EDIT || /^\/s\/[a-z0-9-]{1,40}\/edit(\/(index\.html)?)?$/.test(path));
}

// What this version names, and what an older one that is still open named by its content.
function isShell(path) {
  return [...FILES, ...HOSTS].some(({ url }) => url === path) || /^\/[^/]*-[0-9a-f]{12,16}[._][^/]*$/.test(path);
}

// Brings every file of this version here, or throws and leaves nothing of it.
async function stage() {
  try {
    const cache = await caches.open(CACHE);
    for (const it of FILES) await cache.put(it.url, await verified(it));
    // The last resort. It changes with the data, so that no hash of it is in here.
    await newestList().catch(() => {});
    // A host finds the page again after a new version.
    if (await find(EDIT)) await stageHosts().catch(() => {});
    await cache.put(WHOLE, new Response());
    // Written to a cache that somebody has deleted, it would seem kept and not be here.
    if (!(await caches.match(WHOLE, { cacheName: CACHE }))) throw new Error('it was taken away');
  } catch (why) {
    await forget(async (name) => name !== NOTES && !(await caches.match(WHOLE, { cacheName: name })));
    throw new Error(`this version is not kept: ${why}`);
  }
}

// Brings what the hosts' page needs here, the page last, so that where it is, everything is; or leaves nothing of it. One at a
// time: what one takes away when it fails, another may have counted on.
let hosts;
function stageHosts() {
  hosts ??= bringHosts().finally(() => { hosts = undefined; });
  return hosts;
}

async function bringHosts() {
  const cache = await caches.open(CACHE);
  if (await cache.match(EDIT)) return;
  try {
    for (const it of HOSTS) await cache.put(it.url, await verified(it));
  } catch (why) {
    for (const it of HOSTS) await cache.delete(it.url);
    throw why;
  }
}

// Deletes those of our caches that are wanted no more.
async function forget(isUnwanted) {
  for (const name of await caches.keys()) {
    if (name.startsWith(PREFIX) && (await isUnwanted(name))) await caches.delete(name);
  }
}

// A file as it was published: from an older version or a staging that was killed, from the browser's cache, or past every
// cache on the way. Never through the browser's cache to the network: a download that stalls there holds up the page that
// asks for the same file.
async function verified(it) {
  for (const ask of [kept, cached, (url) => fetched(url, 'no-store')]) {
    const bytes = await ask(it.url);
    if (bytes && bytes.byteLength === it.len && (await sha256(bytes)) === it.sha256) {
      const headers = it.url === PAGE || it.url === EDIT ? HEADERS : { 'X-Content-Type-Options': 'nosniff' };
      return new Response(bytes, { headers: { ...headers, 'Content-Type': it.type } });
    }
  }
  throw new Error(`${it.url} is not what was published`);
}

async function kept(url) {
  const found = await caches.match(url);
  return found && found.arrayBuffer();
}

// What the browser's cache has of a file, however old: its hash decides.
async function cached(url) {
  try {
    return await (await fetch(url, { cache: 'only-if-cached', mode: 'same-origin' })).arrayBuffer();
  } catch (absent) {
    return undefined;
  }
}

// The whole body, or nothing where the server says no; rejects where it does not come.
async function fetched(url, cache, patience = FILE_PATIENCE_MS) {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), patience);
  try {
    const answer = await fetch(url, { cache, priority: 'low', signal: controller.signal });
    return answer.ok ? await answer.arrayBuffer() : undefined;
  } finally {
    clearTimeout(timer);
  }
}

async function sha256(bytes) {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

// Forgets older versions, but not the one before: pages of it may still be open.
async function tidy() {
  const notes = await caches.open(NOTES);
  const noted = await notes.match(IN_USE);
  const before = noted && (await noted.text());
  await notes.put(IN_USE, new Response(CACHE));
  // One that is not whole is being brought here by the version after this.
  await forget(async (name) => ![CACHE, NOTES, before].includes(name) && (await caches.match(WHOLE, { cacheName: name })));
}

// A file of the shell, of this version before others.
async function find(url) {
  try {
    return (await caches.match(url, { cacheName: CACHE })) || (await caches.match(url));
  } catch (broken) {
    return undefined;
  }
}

async function file(url, request) {
  return (await find(url)) || fetch(request).catch(() => Response.error());
}

async function page(event) {
  const found = await find(PAGE);
  if (found) {
    // A number that was taken down shall not stay in the last resort.
    event.waitUntil(newestList().catch(() => {}));
    return found;
  }
  // The phone took the shell away to make room.
  event.waitUntil(stage().catch(() => {}));
  return fetch(event.request).catch(async () => (await find(LIST)) || Response.error());
}

// The hosts' page: as it is kept, otherwise from the network, and kept from then on.
async function edit(event) {
  const found = await find(EDIT);
  event.waitUntil(stageHosts().catch(() => {}));
  if (found) return found;
  return fetch(event.request).catch(async () => (await find(PAGE)) || Response.error());
}

// The stations as text: the newest if it comes soon, otherwise the last one that came.
async function list(event) {
  const newest = newestList();
  // Also when it comes too late for this time.
  event.waitUntil(newest.catch(() => {}));
  const last = await find(LIST);
  if (!last) return newest.catch(() => fetch(event.request)).catch(() => Response.error());
  const late = new Promise((resolve) => setTimeout(resolve, LIST_PATIENCE_MS, last));
  return Promise.race([newest.catch(() => last), late]);
}

// Fetches the stations as text, whole, and keeps them.
async function newestList() {
  const bytes = await fetched(LIST, 'no-cache');
  if (!bytes || !new TextDecoder().decode(bytes).trimEnd().endsWith('</html>')) throw new Error('no whole list');
  const answer = new Response(bytes, { headers: { ...HEADERS, 'Content-Type': 'text/html; charset=utf-8' } });
  // A full phone keeps none.
  await caches.open(CACHE).then((cache) => cache.put(LIST, answer.clone())).catch(() => {});
  return answer;
}
