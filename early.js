// What cannot wait for boot.js, which says why. In the page, so that nothing stands before it.
(function (root) {
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
