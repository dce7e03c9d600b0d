// Where to hit the first element that can be seen: its middle, once it has stood still for two frames and is what
// lies there. Otherwise why not.
(async () => {
  const name = e => e ? `<${e.tagName.toLowerCase()} id="${e.id}" class="${e.getAttribute('class') ?? ''}">` : 'nothing';
  const frame = () => new Promise(done => requestAnimationFrame(done));
  const all = [...ALL];
  if (all.length === 0) return { why: 'there is none' };
  const target = all.find(e => e.checkVisibility({ visibilityProperty: true }));
  if (!target) return { why: `${name(all[0])} cannot be seen` };
  const middle = () => {
    // Of text that wraps, the box of the first line.
    const box = target.getClientRects()[0] ?? target.getBoundingClientRect();
    return { x: box.left + box.width / 2, y: box.top + box.height / 2 };
  };
  const hit = at => document.elementFromPoint(at.x, at.y);
  const free = e => e && (target === e || target.contains(e) || e.closest('label')?.control === target);
  let first = middle();
  if (!free(hit(first))) {
    target.scrollIntoView({ block: 'center', inline: 'center', behavior: 'instant' });
    await frame();
    first = middle();
  }
  await frame();
  await frame();
  const second = middle();
  if (Math.abs(first.x - second.x) > 0.5 || Math.abs(first.y - second.y) > 0.5) return { why: `${name(target)} moves` };
  const there = hit(second);
  if (!free(there)) return { why: `${name(there)} lies over ${name(target)} at ${Math.round(second.x)},${Math.round(second.y)}` };
  return second;
})()
