// Choosing words in a letter, with the mouse or by keyboard, to note what was missed or to point somebody to a passage.
"use strict";
(() => {
  const text = document.getElementById("text");
  const pick = document.getElementById("pick");
  const points = (words) => [...words].length;

  document.getElementById("at")?.scrollIntoView({ block: "center" });

  // The paper itself: a place on the picture leads to its note; a letter or an arrow leads to another page.
  document.addEventListener("click", (event) => {
    const place = event.target.closest(".place[data-note]");
    const note = place && document.getElementById(`n${place.dataset.note}`);
    if (!note) return;
    const group = note.closest("details");
    if (group) group.open = true;
    window.location.hash = note.id;
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || event.target === text) return;
    if (event.target.closest("input, textarea, select, .leaves")) return;
    try { if (window.localStorage.getItem("amparo-keys-off") === "1") return; } catch { /* no store, keys stay on */ }
    const way = document.querySelector(`[data-letter="${CSS.escape(event.key)}"]`);
    if (!way) return;
    event.preventDefault();
    way.click();
  });
  if (!text || !pick) return;

  // Places are counted in code points of the letter itself; labels of pages are not part of it.
  function placeOf(node, offset) {
    const before = document.createRange();
    before.selectNodeContents(text);
    before.setEnd(node, offset);
    const copy = before.cloneContents();
    for (const label of copy.querySelectorAll(".page")) label.remove();
    return points(copy.textContent);
  }

  function chosen() {
    const selection = window.getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return null;
    const range = selection.getRangeAt(0);
    if (!text.contains(range.commonAncestorContainer)) return null;
    let start = placeOf(range.startContainer, range.startOffset);
    let end = placeOf(range.endContainer, range.endOffset);
    const copy = range.cloneContents();
    for (const label of copy.querySelectorAll(".page")) label.remove();
    const words = copy.textContent;
    start += points(words) - points(words.trimStart());
    end -= points(words) - points(words.trimEnd());
    return start < end ? { start, end, words: words.trim() } : null;
  }

  function refresh() {
    const found = chosen();
    if (!found) {
      if (!pick.contains(document.activeElement)) pick.hidden = true;
      return;
    }
    const at = `${found.start}-${found.end}`;
    document.getElementById("picked").textContent = found.words.length > 90 ? `${found.words.slice(0, 88)} …` : found.words;
    for (const way of pick.querySelectorAll("[data-pick]")) {
      const kind = way.dataset.pick;
      if (kind === "link") way.href = `${window.location.pathname}?at=${at}#at`;
      else if (kind === "place") way.href = `${text.dataset.place}?at=${at}`;
      else way.href = `${text.dataset.add}?kind=${kind}&at=${at}`;
    }
    pick.hidden = false;
  }
  document.addEventListener("selectionchange", refresh);

  pick.addEventListener("click", async (event) => {
    const way = event.target.closest('[data-pick="link"]');
    if (!way) return;
    event.preventDefault();
    window.history.replaceState(null, "", way.href);
    try {
      await navigator.clipboard.writeText(way.href);
      document.getElementById("picked").textContent = way.dataset.copied;
    } catch {
      window.location.assign(way.href);
    }
  });

  // By keyboard: arrows take the next word, with Shift they take in more.
  function begin(selection) {
    const box = text.getBoundingClientRect();
    const from = document.caretRangeFromPoint?.(box.left + 6, Math.max(box.top, 0) + 24);
    if (from && text.contains(from.startContainer)) selection.collapse(from.startContainer, from.startOffset);
    else selection.collapse(text, 0);
  }

  text.addEventListener("keydown", (event) => {
    const ways = { ArrowLeft: ["backward", "character"], ArrowRight: ["forward", "character"],
                   ArrowUp: ["backward", "line"], ArrowDown: ["forward", "line"] };
    const way = ways[event.key];
    if (event.target !== text || !way || event.altKey || event.metaKey) return;
    const across = way[1] === "character";
    if (!event.shiftKey && !across) return;
    const selection = window.getSelection();
    if (!selection.rangeCount || !text.contains(selection.anchorNode)) begin(selection);
    if (event.shiftKey) selection.modify("extend", way[0], across && event.ctrlKey ? "word" : way[1]);
    else {
      if (!selection.isCollapsed) selection[way[0] === "forward" ? "collapseToEnd" : "collapseToStart"]();
      selection.modify("move", way[0], "word");
      selection.modify("extend", way[0], "word");
    }
    event.preventDefault();
  });

  document.addEventListener("keydown", (event) => {
    if (pick.hidden || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, textarea, select")) return;
    try { if (window.localStorage.getItem("amparo-keys-off") === "1") return; } catch { /* no store, keys stay on */ }
    if (event.key === "m") pick.querySelector('[data-pick="place"], [data-pick="allegation"]').click();
    else if (event.key === "l") pick.querySelector('[data-pick="link"]').click();
    else return;
    event.preventDefault();
  });
})();
