// The chronology: draw over a stretch to look nearer, or use + - 0 and the arrows. The links beside it do the same.
"use strict";
(() => {
  const MARGIN = 0.03;
  const DAY = 86400000;
  const section = document.getElementById("chronology");
  const line = section?.querySelector(".timeline");
  if (!line) return;

  function dayAt(clientX) {
    const box = line.getBoundingClientRect();
    const share = ((clientX - box.left) / box.width - MARGIN) / (1 - 2 * MARGIN);
    const first = Date.parse(line.dataset.first), last = Date.parse(line.dataset.last);
    const day = first + Math.min(Math.max(share, 0), 1) * (last - first);
    return new Date(Math.round(day / DAY) * DAY).toISOString().slice(0, 10);
  }

  function go(from, until) {
    const address = new URL(window.location.href);
    address.searchParams.set("from", from);
    address.searchParams.set("until", until);
    address.hash = "chronology";
    window.location.assign(address);
  }

  let begun = null;
  let drawn = null;
  line.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || event.pointerType === "touch") return;
    begun = event.clientX;
  });
  window.addEventListener("pointermove", (event) => {
    if (begun === null) return;
    if (!drawn && Math.abs(event.clientX - begun) < 6) return;
    drawn ??= line.appendChild(document.createElementNS("http://www.w3.org/2000/svg", "rect"));
    const left = line.getBoundingClientRect().left;
    drawn.setAttribute("class", "drawn");
    drawn.setAttribute("x", Math.min(begun, event.clientX) - left);
    drawn.setAttribute("width", Math.abs(event.clientX - begun));
    drawn.setAttribute("height", 104);
    event.preventDefault();
  });
  window.addEventListener("pointerup", (event) => {
    const from = begun, was = drawn;
    begun = drawn = null;
    if (from === null || !was) return;
    was.remove();
    const days = [dayAt(from), dayAt(event.clientX)].sort();
    go(...days);
  });
  line.addEventListener("dragstart", (event) => event.preventDefault());

  section.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const key = event.key === "=" ? "+" : event.key;
    const link = [...section.querySelectorAll("[data-zoom]")].find((one) => one.dataset.zoom === key);
    if (!link) return;
    event.preventDefault();
    link.click();
  });
})();
