// Before anything else is loaded: the key that came in the address goes onto the phone and out of the address. Then what
// early.js of the app does. The page can do without this: where a server's older policy forbids it, the editor does its part.
(function (root) {
  var station = /^\/s\/([a-z0-9-]{1,40})\/edit\/?(?:index\.html)?$/.exec(location.pathname);
  var key = /^#k=([A-Za-z0-9_-]{22})$/.exec(location.hash);
  if (station && key) {
    try {
      localStorage.setItem('ls.edit.key.' + station[1], key[1]);
    } catch (refused) {
      window.editKey = key[1];
    }
    history.replaceState(null, '', location.pathname + location.search);
  }
  root.setAttribute('data-app', 'starting');
  try {
    var theme = localStorage.getItem('ls.theme');
    if (theme === 'light' || theme === 'dark') root.setAttribute('data-theme', theme);
  } catch (refused) { /* a private window keeps nothing */ }
  var early = window.early = [];
  function note(event) {
    if (event.type !== 'load' && root.getAttribute('data-app') !== 'running') event.preventDefault();
    early.push(event);
  }
  ['error', 'load', 'unhandledrejection', 'ls-running', 'ls-failed'].forEach(function (type) {
    addEventListener(type, note, true);
  });
  setTimeout(function () {
    if (root.getAttribute('data-app') === 'starting') root.setAttribute('data-app', 'slow');
    early.push({ type: 'late' });
  }, 4000);
})(document.documentElement);
