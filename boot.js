// The way out if the app cannot start, or not soon: the stations as text.
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
  var asked = false;

  function state() {
    return root.getAttribute('data-app');
  }

  function element(name, words, to) {
    var made = document.createElement(name);
    made.textContent = words;
    if (to) made.href = to;
    return made;
  }

  // The place of the text; a page that broke off before it gets one.
  function plain() {
    var plain = document.getElementById('plain');
    if (!plain && document.body) {
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
    if (asked || !plain()) return;
    asked = true;
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
  function renew() {
    document.querySelectorAll('link[href], script[src]').forEach(function (part) {
      var url = part.href || part.src;
      if (/\.(js|css|wasm)$/.test(url)) fetch(url, { cache: 'reload' }).catch(function () {});
    });
  }

  function fail(why) {
    if (state() === 'running' || state() === 'failed') return;
    if (why) console.error(why);
    root.setAttribute('data-app', 'failed');
    list();
    renew();
  }

  // Without its style sheets the app is no use. Other files than the app's may be as ugly as they are.
  function unstyled(link) {
    if (!/\/(app|tokens)-/.test(link.href)) return;
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
    else if (event.type === 'load') {
      if (isStyle(target) && !(target.sheet && target.sheet.cssRules.length)) unstyled(target);
    } else if (event.type === 'securitypolicyviolation') {
      // A server whose policy is older than the app forbids the loader, the page's one module.
      if (target.type === 'module') fail();
    } else if (isStyle(target)) unstyled(target);
    else if (event.type === 'unhandledrejection') fail(event.reason);
    else if (target === window) fail(event.message);
    else if (target && target.tagName === 'SCRIPT') fail();
  }

  // A style sheet on its way holds up everything that is to be painted: go on without.
  function late() {
    document.querySelectorAll('link[rel="stylesheet"]').forEach(function (link) {
      if (link.sheet) return;
      link.remove();
      unstyled(link);
    });
    if (state() !== 'running') list();
  }

  function whole() {
    if (!document.getElementById('plain') && state() !== 'running') fail();
  }

  // An old policy forbids even early.js.
  var early = window.early;
  if (!early || typeof WebAssembly !== 'object' || !('noModule' in HTMLScriptElement.prototype)) {
    fail();
    return;
  }
  early.splice(0).forEach(hear);
  early.push = hear;
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', whole);
  else whole();
})();
