// Runs before anything else: the colours that were chosen, and the way out if the app cannot start.
// States of <html data-app>: starting, running (set by the app), failed. Without JavaScript there is none,
// and the plain list shows.
(function () {
  'use strict';
  var root = document.documentElement;
  // A slow phone on a slow network needs its time; a dead one must not wait for ever.
  var PATIENCE_MS = 45000;

  function fail() {
    if (root.getAttribute('data-app') === 'starting') root.setAttribute('data-app', 'failed');
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
  setTimeout(fail, PATIENCE_MS);
})();
