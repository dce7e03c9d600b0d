// Watches a page from its first moment: what it shows, what it lets slip, which edition it keeps.
(() => {
  const watch = { first: null, blank: null, thrown: [], seqs: [] };
  Object.defineProperty(window, 'watch', { value: watch });
  const slipped = (event, what) => setTimeout(() => {
    // Whoever prevents the default has dealt with it.
    if (!event.defaultPrevented) watch.thrown.push(String(what));
  });
  window.addEventListener('error', event => {
    if (event instanceof ErrorEvent) slipped(event, event.message);
  }, true);
  window.addEventListener('unhandledrejection', event => slipped(event, event.reason), true);

  const painted = () => performance.getEntriesByName('first-contentful-paint').length > 0;
  const words = () => (document.body ? document.body.innerText.trim().length : 0) > 1;
  const seq = () => {
    try { return JSON.parse(localStorage.getItem('ls.data.index')).seq ?? null; } catch { return null; }
  };
  const sample = () => {
    const now = performance.now();
    if (painted() && words()) watch.first ??= now;
    else if (watch.first !== null) watch.blank ??= now;
    const kept = seq();
    if (kept !== null && watch.seqs.at(-1) !== kept) watch.seqs.push(kept);
  };
  setInterval(sample, 100);

  const seen = e => e.getClientRects().length > 0 && e.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  let covering = null;
  // Whether a finger on some place of `e` meets it: what sticks to the top may lie over its middle.
  const touched = e => !!e && ['center', 'end'].some(block => {
    e.scrollIntoView({ block, behavior: 'instant' });
    const box = e.getBoundingClientRect();
    return [0.5, 0.8, 0.2].some(part => {
      const at = document.elementFromPoint(box.x + box.width / 2, box.y + box.height * part);
      const met = !!at && (e.contains(at) || at.contains(e) && at !== document.body && at !== document.documentElement);
      if (!met) covering = `${e.outerHTML.slice(0, 60)} at ${box.x} ${box.y} ${box.width} ${box.height} is under ${at?.outerHTML.slice(0, 60)}`;
      return met;
    });
  });
  const some = css => [...document.querySelectorAll(css)].find(seen);
  watch.look = () => {
    sample();
    const kind = touched(some('.row > a, .page.station #page-title')) ? 'app'
      : touched(some('#plain-list a[href^="tel:"], #plain .page a[href^="tel:"]')) ? 'text'
      : touched(some('.panel.problem .button, .panel.loading .button, #boot-failed a, #plain a[href="/list.html"]')) ? 'way out'
      : 'nothing';
    return {
      kind, at: performance.now(), url: location.href, painted: painted(), state: document.documentElement.dataset.app ?? '',
      first: watch.first, blank: watch.blank, thrown: watch.thrown, seqs: watch.seqs, seq: seq(), covering, busy: !!document.querySelector('#list[aria-busy]'),
      count: document.querySelector('#count')?.innerText ?? '', name: (document.querySelector('#page-title') ?? document.querySelector('.row'))?.textContent ?? '',
      words: (document.body?.innerText ?? '').trim().slice(0, 300),
    };
  };
})();
