// look.js - what in the page as it is drawn now would somebody not be able to
// read or reach?  Returns sentences; [] is a page in order.  Run by
// test_look.py in each theme and at each width, without loading the page anew.
//
// What it measures: contrast of every text that can be seen with what is
// really behind it (WCAG 1.4.3), borders of fields (1.4.11), text cut off by
// its box, a page wider than its window (1.4.10), fields too narrow for what
// stands in them, places that scroll and cannot be reached by keys (2.1.1),
// (words drawn on a shape of their own, .t-on, are the pictures' business),
// targets too small for a finger (2.5.8).
'use strict';
return (() => {
  const told = [];
  const wide = document.documentElement.clientWidth;
  const say = (e, what) => {
    const name = e.tagName.toLowerCase() + (e.id ? '#' + e.id : '') +
        (e.getAttribute('class') ? '.' + e.getAttribute('class').trim().replace(/\s+/g, '.') : '');
    const text = (e.textContent || e.value || '').trim().replace(/\s+/g, ' ').slice(0, 40);
    told.push(`${what}: ${name} «${text}»`);
  };

  // ---- colours ----
  const parse = (s) => {
    const m = s.match(/[\d.]+/g);
    return m ? [+m[0], +m[1], +m[2], m[3] === undefined ? 1 : +m[3]] : [0, 0, 0, 0];
  };
  const over = (top, under) => [0, 1, 2].map((i) => top[i] * top[3] + under[i] * (1 - top[3])).concat(1);
  const light = (c) => {
    const [r, g, b] = c.map((v) => v / 255).map((v) => v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4);
    return .2126 * r + .7152 * g + .0722 * b;
  };
  const contrast = (a, b) => {
    const [x, y] = [light(a), light(b)].sort((p, q) => q - p);
    return (x + .05) / (y + .05);
  };
  const grounds = new Map();
  const ground = (e) => {
    if (!e) return [255, 255, 255, 1];
    if (!grounds.has(e)) {
      const own = parse(getComputedStyle(e).backgroundColor);
      grounds.set(e, own[3] === 1 ? own : over(own, ground(e.parentElement)));
    }
    return grounds.get(e);
  };

  const seen = (e) => {
    const box = e.getBoundingClientRect();
    if (box.width < 2 || box.height < 2) return false;
    const style = getComputedStyle(e);
    for (let up = e; up && up !== document.body; up = up.parentElement) if (getComputedStyle(up).clipPath !== "none") return false;
    return style.visibility === 'visible' && style.opacity !== '0' &&
        !e.closest('.vh, .skip, [hidden], [aria-hidden=true]') && !e.closest('[disabled]');
  };

  // ---- words ----
  const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = words.nextNode(); node; node = words.nextNode()) {
    const e = node.parentElement;
    if (!node.data.trim() || !seen(e) || e.closest('script, style, title, desc, option, datalist, .t-on')) continue;
    const style = getComputedStyle(e);
    const ink = e.closest('svg') ? parse(style.fill) : parse(style.color);
    const size = parseFloat(style.fontSize);
    const isLarge = size >= 24 || size >= 18.66 && +style.fontWeight >= 700;
    const behind = ground(e);
    const is = contrast(over(ink, behind), behind);
    if (is < (isLarge ? 3 : 4.5)) say(e, `contrast ${is.toFixed(2)}`);
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const box of range.getClientRects()) {
      const scrolls = e.closest('.scroll, .fig, .chips, .tabs, .board, .sheet, .leafs, pre, [tabindex="0"]');
      if (!scrolls && (box.right > wide + 1 || box.left < -1)) say(e, 'outside the window');
    }
  }

  // ---- boxes ----
  if (document.documentElement.scrollWidth > wide + 1)
    told.push(`the page is ${document.documentElement.scrollWidth} wide in a window of ${wide}`);
  for (const e of document.querySelectorAll('main *, header *, nav *')) {
    if (e.closest('svg') || !seen(e)) continue;
    const style = getComputedStyle(e);
    const hides = (v) => v === 'hidden' || v === 'clip';
    if (!e.matches('input') && hides(style.overflowX) && e.scrollWidth > e.clientWidth + 1 && e.clientWidth > 0)
      say(e, 'text is cut off');
    const scrolls = style.overflowX === 'auto' || style.overflowX === 'scroll';
    if (scrolls && e.scrollWidth > e.clientWidth + 1 && e.tabIndex < 0 && !e.querySelector('a[href], button, input, select'))
      say(e, 'scrolls, but not by keys');
    if (e.matches('td, th, .box, .tile, .note, .btn, button, .chip, li') && style.overflowX === 'visible' &&
        e.scrollWidth > e.clientWidth + 4 && e.clientWidth > 0)
      say(e, 'its words leave the box');
  }

  // ---- fields ----
  const typed = 'input:not([type=hidden]):not([type=checkbox]):not([type=radio]):not([type=file]), select, textarea';
  for (const e of document.querySelectorAll(typed)) {
    if (!seen(e)) continue;
    const style = getComputedStyle(e);
    const edge = parse(style.borderTopColor), behind = ground(e.parentElement);
    if (contrast(over(edge, behind), behind) < 3) say(e, `border ${contrast(over(edge, behind), behind).toFixed(2)}`);
    // A long sentence may be wider than its field; a date, an address may not.
    if (e.tagName === 'INPUT' && e.value.length <= 40 && e.scrollWidth > e.clientWidth + 1) say(e, `«${e.value}» does not fit`);
    const placeholder = e.tagName === 'INPUT' && !e.value && e.placeholder;
    if (placeholder) {
      const pen = document.createElement('canvas').getContext('2d');
      pen.font = style.font;
      const room = e.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
      if (pen.measureText(e.placeholder).width > room + 1) say(e, `the words «${e.placeholder}» do not fit`);
    }
    const least = {email: 260, text: 90, search: 120}[e.type];
    const room = Math.min(least || 0, wide - 60);
    if (e.getBoundingClientRect().width < room && !e.maxLength > 0 && !e.size) say(e, 'narrow');
  }

  // ---- targets ----
  if (wide < 800) {
    for (const e of document.querySelectorAll('a[href], button, input[type=checkbox], input[type=radio], summary, select')) {
      if (!seen(e) || e.closest('svg')) continue;
      // A link all of whose words are for a reader aloud is nothing to tap.
      if (e.innerText && ![...e.childNodes].some((c) => !(c.classList && c.classList.contains('vh')))) continue;
      const box = e.getBoundingClientRect();
      const isInText = e.tagName === 'A' && getComputedStyle(e).display === 'inline';
      const label = e.closest('label');
      if (!isInText && !label && box.height < 24) say(e, `a target ${Math.round(box.width)} × ${Math.round(box.height)}`);
    }
  }
  return [...new Set(told)];
})();
