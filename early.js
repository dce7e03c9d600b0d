// What cannot wait for boot.js, which says why. In the page, so that nothing stands before it.
(function (root) {
  root.setAttribute('data-app', 'starting');
  var lang = navigator.language;
  try {
    var theme = localStorage.getItem('ls.theme');
    if (theme === 'light' || theme === 'dark') root.setAttribute('data-theme', theme);
    lang = localStorage.getItem('ls.lang') || lang;
  } catch (refused) { /* a private window keeps nothing */ }
  // What language the app will speak, as src/state/prefs.rs has it.
  root.setAttribute('data-speaks', lang && !/^zh/i.test(lang) ? 'en' : 'zh');
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
