// Keys, dropping files, and walking between words and notes. Every page does its work without this file.
"use strict";
(() => {
  const KEYS_OFF = "amparo-keys-off";
  const page = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const items = () => all("[data-items] [data-item]").filter((item) => item.offsetParent !== null);
  const typing = (element) => element.closest("input, textarea, select, [contenteditable]") !== null;

  function kept(action) {
    try { return action(window.localStorage); } catch { return null; }
  }
  const keysOff = () => kept((store) => store.getItem(KEYS_OFF)) === "1";

  function current() {
    const active = document.activeElement?.closest("[data-item]");
    return active ?? page("[data-item].here");
  }

  function goTo(item, { smooth = false } = {}) {
    if (!item) return;
    for (const other of all("[data-item].here")) other.classList.remove("here");
    item.classList.add("here");
    const target = item.matches("[tabindex]") ? item : page("a, button", item);
    target.focus({ preventScroll: true });
    item.scrollIntoView({ block: "nearest", behavior: smooth ? "smooth" : "auto" });
    showInText(item);
  }

  function showInText(item) {
    const text = page("#text");
    const number = item.dataset.item?.startsWith("n") ? item.dataset.item.slice(1) : "";
    if (!text || !number) return;
    for (const other of all(".hl.here", text)) other.classList.remove("here");
    for (const run of all(`[data-note="${number}"]`, text)) run.classList.add("here");
    const anchor = document.getElementById(`t${number}`);
    if (anchor && text.scrollHeight > text.clientHeight) {
      const away = anchor.getBoundingClientRect().top - text.getBoundingClientRect().top;
      if (away < 40 || away > text.clientHeight - 80) text.scrollTop += away - text.clientHeight / 3;
    }
  }

  function step(by) {
    const list = items();
    const at = list.indexOf(current());
    goTo(list[at < 0 ? (by > 0 ? 0 : list.length - 1) : Math.min(Math.max(at + by, 0), list.length - 1)]);
  }

  function nextWaiting() {
    const list = items();
    const at = list.indexOf(current());
    const next = [...list.slice(at + 1), ...list.slice(0, Math.max(at, 0))].find((item) => item.hasAttribute("data-waits"));
    if (next) goTo(next);
    else page("[data-following]")?.click();
  }

  // Words and notes.
  function markFromAddress() {
    const found = /^#([nt])(\d+)$/.exec(window.location.hash);
    if (!found) return;
    const note = document.getElementById(`n${found[2]}`);
    if (!note) return;
    const group = note.closest("details");
    if (group) group.open = true;
    if (found[1] === "n") goTo(note);
    else showInText(note);
  }

  document.addEventListener("click", (event) => {
    const run = event.target.closest("a[data-note]");
    const quote = event.target.closest("a[data-text]");
    if (!run && !quote) return;
    event.preventDefault();
    const note = document.getElementById(`n${run ? run.dataset.note : quote.dataset.text}`);
    if (!note) return;
    const group = note.closest("details");
    if (group) group.open = true;
    goTo(note, { smooth: true });
    if (quote && getComputedStyle(page(".letter")).position !== "sticky") {
      document.getElementById(`t${quote.dataset.text}`)?.scrollIntoView({ block: "center", behavior: "smooth" });
    }
    window.history.replaceState(null, "", `#${note.id}`);
  });

  // Deciding without leaving the place.
  async function fetched(address, options) {
    const answer = await fetch(address, { credentials: "same-origin", ...options });
    return new DOMParser().parseFromString(await answer.text(), "text/html");
  }

  function taken(from, selector) {
    const fresh = page(selector, from);
    const old = page(selector);
    if (fresh && old) old.replaceChildren(...fresh.childNodes);
    return Boolean(fresh && old);
  }

  document.addEventListener("submit", async (event) => {
    const form = event.target.closest("form[data-verdict]");
    if (!form) return;
    event.preventDefault();
    const id = form.closest("[data-item]").id;
    const shut = all(".group:not([open])").map((group) => group.id);
    const scrolled = page("#text")?.scrollTop ?? 0;
    for (const button of all("button", form)) button.disabled = true;
    let fresh;
    try {
      fresh = await fetched(form.action, { method: "POST", body: new FormData(form) });
    } catch {
      form.submit();
      return;
    }
    if (page("#changed", fresh)) {
      taken(fresh, "main");
      page("#changed a, #changed button").focus();
      return;
    }
    if (!page("#notes", fresh)) {
      window.location.reload();
      return;
    }
    taken(fresh, "#messages");
    taken(fresh, "#text");
    taken(fresh, "#notes");
    for (const group of shut) document.getElementById(group)?.removeAttribute("open");
    if (page("#text")) page("#text").scrollTop = scrolled;
    const note = document.getElementById(id);
    note?.classList.add("here");
    if (form.dataset.verdict === "z" || note?.hasAttribute("data-waits")) goTo(note);
    else {
      const list = items();
      const rest = list.slice(list.indexOf(note) + 1).find((item) => item.hasAttribute("data-waits"));
      goTo(rest ?? note);
    }
  });

  // One field that goes along with several forms: a reason for whichever verdict.
  document.addEventListener("submit", (event) => {
    const shared = page("[data-shared]");
    if (!shared || !event.target.matches("form[data-key]") || event.target.elements[shared.name]) return;
    const copy = document.createElement("input");
    copy.type = "hidden";
    copy.name = shared.name;
    copy.value = shared.value;
    event.target.append(copy);
  });

  // Keys.
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && event.target.matches("[data-seek]")) event.target.blur();
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    if (event.key === "Escape") {
      for (const sheet of all("details.me[open]")) sheet.open = false;
      return;
    }
    if (keysOff()) return;
    const here = current();
    if (event.key === "j") step(1);
    else if (event.key === "k") step(-1);
    else if (event.key === "n") nextWaiting();
    else if (event.key === "Enter" && here && document.activeElement === here) page("a", here)?.click();
    else if (event.key === "e" && here && page("a[data-correct]", here)) page("a[data-correct]", here).click();
    else if (["a", "r", "z"].includes(event.key) && here && page(`form[data-verdict="${event.key}"]`, here)) page(`form[data-verdict="${event.key}"]`, here)?.requestSubmit();
    else if (/^[a-z]$/.test(event.key) && page(`form[data-key="${event.key}"]`)) page(`form[data-key="${event.key}"]`).requestSubmit();
    else if (event.key === "/" && page("[data-seek]")) page("[data-seek]").select();
    else if (event.key === "?") {
      const keys = page("#keys");
      if (!keys) return;
      keys.open = !keys.open;
      if (keys.open) {
        keys.scrollIntoView({ block: "end" });
        page("summary", keys).focus();
      }
    } else return;
    event.preventDefault();
  });

  function keysSwitch() {
    const button = page("[data-keys-switch]");
    if (!button) return;
    const label = () => { button.textContent = keysOff() ? button.dataset.on : button.dataset.off; };
    button.hidden = false;
    label();
    button.addEventListener("click", () => {
      kept((store) => (keysOff() ? store.removeItem(KEYS_OFF) : store.setItem(KEYS_OFF, "1")));
      label();
    });
  }

  document.addEventListener("click", (event) => {
    for (const sheet of all("details.me[open]")) if (!sheet.contains(event.target)) sheet.open = false;
  });

  // Taking in: drop files, and see how far they have come.
  function send(form, files) {
    const body = new FormData(form);
    body.delete("files");
    for (const file of files) body.append("files", file);
    const shown = page(".progress", form);
    const failed = page(".failed", form);
    const bar = page("progress", form);
    const request = new XMLHttpRequest();
    const broken = () => { shown.hidden = true; failed.hidden = false; };
    shown.hidden = false;
    failed.hidden = true;
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) bar.value = (100 * event.loaded) / event.total;
    });
    request.addEventListener("error", broken);
    request.addEventListener("load", () => {
      if (request.status !== 200) {
        broken();
        return;
      }
      const fresh = new DOMParser().parseFromString(request.responseText, "text/html");
      taken(fresh, "#messages");
      refreshed(fresh);
    });
    request.open("POST", form.action);
    request.send(body);
  }

  function dropping() {
    const form = page("[data-drop]");
    if (!form) return;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      send(form, page("input[type=file]", form).files);
    });
    for (const kind of ["dragenter", "dragover"]) {
      form.addEventListener(kind, (event) => { event.preventDefault(); form.classList.add("over"); });
    }
    for (const kind of ["dragleave", "drop"]) form.addEventListener(kind, () => form.classList.remove("over"));
    form.addEventListener("drop", (event) => {
      event.preventDefault();
      if (event.dataTransfer.files.length) send(form, event.dataTransfer.files);
    });
    for (const kind of ["dragover", "drop"]) window.addEventListener(kind, (event) => event.preventDefault());
  }

  // The inbox looks again while something is being read.
  let clock = 0;
  function refreshed(fresh) {
    const main = page("main");
    const kept = current()?.dataset.item;
    const focused = document.activeElement !== document.body && main.contains(document.activeElement);
    taken(fresh, "main");
    const busy = page("main", fresh).dataset.busy;
    if (busy) main.dataset.busy = busy;
    else delete main.dataset.busy;
    dropping();
    if (kept && focused) goTo(items().find((item) => item.dataset.item === kept));
    lookAgain();
  }
  function lookAgain() {
    window.clearTimeout(clock);
    const seconds = Number(page("main").dataset.busy);
    if (!seconds) return;
    clock = window.setTimeout(async () => {
      const chosen = page("[data-drop] input[type=file]")?.files.length || !page("[data-drop] .progress")?.hidden && page("[data-drop] .progress");
      if (document.hidden || chosen) {
        lookAgain();
        return;
      }
      try {
        const fresh = await fetched(window.location.href);
        if (page("main", fresh)) refreshed(fresh);
      } catch {
        lookAgain();
      }
    }, seconds * 1000);
  }

  keysSwitch();
  dropping();
  markFromAddress();
  lookAgain();
  window.addEventListener("hashchange", markFromAddress);
})();
