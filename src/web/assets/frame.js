// frame.js - the frame's keys: Ctrl+K and / to the search, ? to the help; the
// year changes at once; the search suggests schools; «Печать» prints.  Every page works without it.
'use strict';
(() => {
  const search = document.getElementById('q');
  const isTyping = (e) => e.target.closest('input, textarea, select, [contenteditable]');

  document.addEventListener('keydown', (e) => {
    if (search && ((e.ctrlKey || e.metaKey) && e.key.toLowerCase() === 'k' || e.code === 'KeyK' && e.ctrlKey)) {
      e.preventDefault();
      search.focus();
      search.select();
    } else if (e.key === '?' && !isTyping(e)) {
      const help = document.querySelector('a.keys');
      if (help) location.href = help.href;
    }
  });

  for (const button of document.querySelectorAll('button[data-print]')) {
    button.hidden = false;
    button.addEventListener('click', () => window.print());
  }

  for (const select of document.querySelectorAll('select[data-go]')) {
    select.addEventListener('change', () => select.form.submit());
    const button = select.form.querySelector('.go');
    if (button) button.hidden = true;
  }

  if (search && search.dataset.suggest) {
    const list = document.getElementById('q-list');
    let wait = 0;
    search.addEventListener('input', () => {
      clearTimeout(wait);
      wait = setTimeout(async () => {
        const answer = await fetch(search.dataset.suggest + '?q=' + encodeURIComponent(search.value));
        if (!answer.ok) return;
        const rows = await answer.json();
        list.replaceChildren(...rows.slice(0, 8).map((row) => {
          const option = document.createElement('option');
          option.value = row.name;
          return option;
        }));
      }, 120);
    });
  }

  // Letters of a queue: the element that names the key is followed or sent.
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.target.closest('input, select, textarea')) return;
    const code = event.code.startsWith('Key') ? event.code.slice(3) : '';
    const named = code && document.querySelector('[data-key=' + code + ']');
    if (!named) return;
    event.preventDefault();
    const words = named.querySelector('textarea');
    if (words) words.focus();
    else if (named.requestSubmit) named.requestSubmit();
    else named.click();
  });
})();
