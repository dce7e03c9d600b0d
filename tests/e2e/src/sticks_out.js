// Visible elements with text or a box of their own that reach past the window's sides, unless something around them
// scrolls sideways or cuts them off on purpose (an ellipsis, an element only for screen readers, the map).
(() => {
  const width = document.documentElement.clientWidth;
  const excused = element => {
    for (let e = element; e && e !== document.body; e = e.parentElement) {
      const style = getComputedStyle(e);
      if (e.matches('.unseen, .offscreen, .map, .skip, svg')) return true;
      if (e !== element && /auto|scroll/.test(style.overflowX) && !e.matches('.layer, .dialog-body, #plain')) return true;
    }
    return false;
  };
  const found = [];
  for (const e of document.querySelectorAll('body *')) {
    if (!e.checkVisibility({ visibilityProperty: true })) continue;
    const box = e.getBoundingClientRect();
    if (box.width === 0 || box.height === 0) continue;
    if ((box.right > width + 1 || box.left < -1) && !excused(e)) {
      found.push(`${e.tagName.toLowerCase()}.${[...e.classList].join('.')} ${Math.round(box.left)}..${Math.round(box.right)} of ${width}: ${e.textContent.trim().slice(0, 40)}`);
    }
  }
  for (const e of document.querySelectorAll('.layer, .dialog-body, #plain')) {
    if (e.checkVisibility({ visibilityProperty: true }) && e.scrollWidth > e.clientWidth + 1) {
      found.push(`${e.className || e.id} scrolls sideways: ${e.scrollWidth} in ${e.clientWidth}`);
    }
  }
  return found;
})()
