// Runs before anything else: the colours that were chosen, and the way out if the app cannot start.
// States of <html data-app>: starting, running (set by the app), failed. Without JavaScript there is none, and the
// page leads to the stations as text, /list.html.
(function () {
  'use strict';
  var root = document.documentElement;
  // A slow phone on a slow network needs its time; a dead one must not wait for ever.
  var PATIENCE_MS = 45000;

  var LIST = '/list.html';
  var LIST_PATIENCE_MS = 10000;
  var failing = false;

  // Puts the stations as text into this page; if even they do not come, the page says so and links to them.
  function fail() {
    if (failing || root.getAttribute('data-app') !== 'starting') return;
    failing = true;
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
  // A server whose policy is older than the app forbids the loader, the page's one module.
  document.addEventListener('securitypolicyviolation', function (event) {
    if (event.target.type === 'module') fail();
  });
  setTimeout(fail, PATIENCE_MS);
})();
