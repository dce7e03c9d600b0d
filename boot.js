// The way out if the app cannot start, or not soon: the stations as text. And the service worker.
// States of <html data-app>: starting; slow (the text shows while the app is on its way); running (set by the app);
// failed (the text stays). Without scripts there is none, and the text shows.
// early.js, within the page, sets the first, and the second after four seconds: nobody in the snow looks at an empty
// screen for longer. It hears from the beginning what breaks, and until the app runs nothing that does is a surprise.
// This file may be late or never come: it finds in `early` what happened before, and then takes the place of its `push`.
(function () {
  'use strict';
  var root = document.documentElement;
  var LIST = '/list.html';
  var LIST_PATIENCE_MS = 10000;
  // As early.js has it.
  var LATE_MS = 4000;
  // A dead app must not wait for ever.
  var DEAD_MS = 40000;
  var WORKER = '/sw.js';
  // The worker's caches of the app begin so.
  var SHELL = 'ls-shell-';
  var HEALED = 'ls.healed';
  var ANSWER_MS = 5000;
  var TAKE_OVER_MS = 4000;
  var CHECK_MS = 3600000;
  // Not there: without https, in WeChat on iPhones, in some private windows.
  var workers = navigator.serviceWorker;
  var waiting;
  var asked = false;
  var failing = false;
  var isLate = false;

  function state() {
    return root.getAttribute('data-app');
  }

  function element(name, words, to) {
    var made = document.createElement(name);
    made.textContent = words;
    if (to !== undefined) made.href = to;
    return made;
  }

  // The place of the text; a page that broke off before it gets one.
  function plain() {
    var plain = document.getElementById('plain');
    if (!plain) {
      plain = document.createElement('main');
      plain.id = 'plain';
      var place = document.createElement('div');
      place.id = 'plain-list';
      place.append(element('a', '打开文字版站点列表 Open the stations as text', LIST));
      plain.append(element('a', '再试一次 Try again', ''), place);
      document.body.append(plain);
    }
    return plain;
  }

  // Puts the stations as text into this page; if even they do not come, the page has links to them.
  function list() {
    if (asked) return;
    // A page whose connection broke never comes to its end: it is not waited for any longer.
    if (!document.getElementById('plain') && document.readyState === 'loading' && !isLate) {
      document.addEventListener('DOMContentLoaded', list);
      return;
    }
    asked = true;
    if (!document.body) {
      // Chromium paints nothing that is put into such a page.
      location.replace(LIST);
      return;
    }
    if (!plain().querySelector('h1')) plain().prepend(element('h1', document.title));
    var request = new XMLHttpRequest();
    request.open('GET', LIST);
    request.responseType = 'document';
    request.timeout = LIST_PATIENCE_MS;
    request.onload = function () {
      var list = request.status === 200 && request.response && request.response.getElementById('plain-list');
      var place = document.getElementById('plain-list');
      if (list && place) place.replaceWith(document.adoptNode(list));
    };
    request.send();
  }

  // What the browser keeps may be what is broken: ask past it, so that the next try has a chance.
  function refetch() {
    document.querySelectorAll('link[href], script[src]').forEach(function (part) {
      var url = part.href || part.src;
      if (/\.(js|css|wasm)$/.test(url)) fetch(url, { cache: 'reload' }).catch(function () {});
    });
  }

  function fail(why) {
    if (state() === 'running' || failing) return;
    failing = true;
    if (why) console.error(why);
    root.setAttribute('data-app', 'failed');
    list();
    // A kept app that does not start is given up once, for what the network has.
    if (workers && workers.controller && isFirst()) renew().catch(refetch);
    else refetch();
  }

  // Whether this is the first failure since the app last ran. Where that cannot be kept, none is: a loop would be worse.
  function isFirst() {
    try {
      if (sessionStorage.getItem(HEALED)) return false;
      sessionStorage.setItem(HEALED, '1');
      return true;
    } catch (refused) {
      return false;
    }
  }

  // What the server says of the worker, past it and every cache; rejects without a network, soon.
  function ask() {
    return Promise.race([
      fetch(WORKER, { method: 'HEAD', cache: 'no-store' }),
      new Promise(function (_, reject) { setTimeout(reject, ANSWER_MS); })
    ]);
  }

  // Takes off the worker and everything it keeps.
  function forget() {
    return workers.getRegistration().then(function (one) { return one && one.unregister(); }).then(function () { return caches.keys(); }).then(function (names) {
      return Promise.all(names.map(function (name) { return name.indexOf(SHELL) === 0 && caches.delete(name); }));
    });
  }

  // A server that is ill for a moment is no reason to give up what is kept; one that has no worker any more is.
  function heal(answer) {
    if (!answer.ok && answer.status !== 404 && answer.status !== 410) throw answer;
    return forget();
  }

  // The page anew from the network; stays as it is where there is none.
  function renew() {
    return ask().then(heal).then(function () { location.reload(); });
  }

  // The app asks for its newest version: the one that waits, otherwise what the network has.
  addEventListener('ls-renew', function () {
    if (!waiting) {
      if (workers) renew().catch(function () {});
      else location.reload();
      return;
    }
    function reload() { location.reload(); }
    waiting.addEventListener('statechange', function () { if (waiting.state !== 'activating') reload(); });
    setTimeout(reload, TAKE_OVER_MS);
    waiting.postMessage('take-over');
  });

  // Tells the app of a version that waits behind the one in use.
  function watch(registration) {
    function follow(worker) {
      function look() {
        if (worker.state !== 'installed' || !registration.active) return;
        waiting = worker;
        dispatchEvent(new Event('ls-update'));
      }
      if (!worker) return;
      worker.addEventListener('statechange', look);
      look();
    }
    function check() {
      checked = Date.now();
      // A site that gave its worker up must not leave its riders with an old app.
      registration.update().catch(ask).then(function (answer) {
        if (answer && (answer.status === 404 || answer.status === 410)) return forget();
      }).catch(function () {});
    }
    var checked;
    follow(registration.waiting);
    follow(registration.installing);
    registration.addEventListener('updatefound', function () { follow(registration.installing); });
    if (registration.active) check();
    document.addEventListener('visibilitychange', function () {
      if (document.visibilityState === 'visible' && Math.abs(Date.now() - checked) > CHECK_MS) check();
    });
  }

  // Without its style sheet the app is no use.
  function unstyled() {
    fail();
    for (var part = document.body && document.body.firstElementChild; part; part = part.nextElementSibling) {
      if (part.id !== 'plain') part.hidden = true;
    }
    // The app looks here before it starts.
    root.setAttribute('data-unstyled', '');
  }

  function isStyle(part) {
    return part && part.tagName === 'LINK' && part.rel === 'stylesheet';
  }

  function hear(event) {
    var target = event.target;
    if (event.type === 'late') late();
    else if (event.type === 'ls-running') running();
    else if (event.type === 'ls-failed') fail();
    else if (event.type === 'load') {
      if (isStyle(target) && !(target.sheet && target.sheet.cssRules.length)) unstyled();
    } else if (isStyle(target)) unstyled();
    else if (event.type === 'unhandledrejection') fail(event.reason);
    else if (target === window) fail(event.message);
    else if (target && target.tagName === 'SCRIPT') fail();
  }

  function running() {
    // The app starts when the page was painted, and hears nothing before.
    if (/starting|slow/.test(root.getAttribute('data-app'))) { setTimeout(running, 16); return; }
    try { sessionStorage.removeItem(HEALED); } catch (refused) { /* a private window keeps nothing */ }
    if (!workers) return;
    // The rider comes first.
    (window.requestIdleCallback || setTimeout)(function () {
      workers.register(WORKER, { updateViaCache: 'none' }).then(watch).catch(function () {});
    });
  }

  // A style sheet on its way holds up everything that is to be painted, but one for paper does not.
  function late() {
    isLate = true;
    document.querySelectorAll('link[rel="stylesheet"]').forEach(function (link) {
      if (link.sheet) return;
      var again = link.cloneNode();
      again.media = 'print';
      again.onload = function () { again.media = 'all'; };
      link.replaceWith(again);
      unstyled();
    });
    if (state() === 'running') return;
    list();
    setTimeout(fail, DEAD_MS);
  }

  function whole() {
    if (!document.getElementById('plain') && state() !== 'running') fail();
  }

  if (typeof WebAssembly !== 'object' || !('noModule' in HTMLScriptElement.prototype)) {
    fail();
    return;
  }
  var early = window.early;
  if (!early) {
    // A server whose policy is older forbids early.js: its part, as soon as can be.
    early = [];
    if (state() === 'running') running();
    else root.setAttribute('data-app', 'starting');
    ['error', 'load', 'unhandledrejection', 'ls-running', 'ls-failed'].forEach(function (type) {
      addEventListener(type, hear, true);
    });
    setTimeout(function () {
      if (state() === 'starting') root.setAttribute('data-app', 'slow');
      late();
    }, LATE_MS);
  }
  early.splice(0).forEach(hear);
  early.push = hear;
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', whole);
  else whole();
})();
