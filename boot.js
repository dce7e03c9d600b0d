// Runs before anything else: the colours that were chosen, the way out if the app cannot start, and the service worker.
// States of <html data-app>: starting, running (set by the app), failed. Without JavaScript there is none, and the
// page leads to the stations as text, /list.html.
(function () {
  'use strict';
  var root = document.documentElement;
  // A slow phone on a slow network needs its time; a dead one must not wait for ever.
  var PATIENCE_MS = 45000;

  var LIST = '/list.html';
  var LIST_PATIENCE_MS = 10000;
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
  var failing = false;

  function fail() {
    if (failing || root.getAttribute('data-app') === 'running') return;
    failing = true;
    // A kept app that does not start is given up once, for what the network has.
    if (workers && workers.controller && isFirst()) renew().catch(plain);
    else plain();
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

  // Puts the stations as text into this page; if even they do not come, the page says so and links to them.
  function plain() {
    var request = new XMLHttpRequest();
    request.open('GET', LIST);
    request.responseType = 'document';
    request.timeout = LIST_PATIENCE_MS;
    request.onloadend = function () {
      if (root.getAttribute('data-app') === 'running') return;
      var list = request.status === 200 && request.response && request.response.getElementById('plain-list');
      var place = document.getElementById('plain-list');
      var plain = document.getElementById('plain');
      if (!plain.querySelector('h1')) {
        var heading = document.createElement('h1');
        heading.textContent = document.title;
        plain.prepend(heading);
      }
      if (list && place) place.replaceWith(document.adoptNode(list));
      root.setAttribute('data-app', 'failed');
    };
    request.send();
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

  // The page anew from the network; stays as it is where there is none.
  function renew() {
    return ask().then(forget).then(function () { location.reload(); });
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

  addEventListener('ls-failed', fail);
  addEventListener('ls-running', function () {
    try { sessionStorage.removeItem(HEALED); } catch (refused) { /* as above */ }
    if (!workers) return;
    // The rider comes first.
    (window.requestIdleCallback || setTimeout)(function () {
      workers.register(WORKER, { updateViaCache: 'none' }).then(watch).catch(function () {});
    });
  });

  root.setAttribute('data-app', 'starting');
  try {
    var theme = localStorage.getItem('ls.theme');
    if (theme === 'light' || theme === 'dark') root.setAttribute('data-theme', theme);
  } catch (refused) { /* a private window keeps nothing */ }

  if (typeof WebAssembly !== 'object' || !('noModule' in HTMLScriptElement.prototype)) {
    fail();
    return;
  }
  // A script that does not load fires an error that does not bubble: listen while it is captured.
  window.addEventListener('error', function (event) {
    var target = event.target;
    if (target === window || (target && target.tagName === 'SCRIPT')) fail();
  }, true);
  window.addEventListener('unhandledrejection', fail);
  setTimeout(fail, PATIENCE_MS);
})();
