// Before anything else is loaded: the key that came in the address goes onto the phone and out of the address. The app's early.js
// is put behind it (xtask/src/slim.rs). The page can do without both: where a server's older policy forbids it, the editor does its part.
(function () {
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
})();
