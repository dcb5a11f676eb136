// Brings the page up to date without closing or moving what somebody has opened, and says how old its figures are.
"use strict";
const EVERY_MS = 10000, OLD_S = 30;
let away = false;
const live = document.getElementById("at") !== null && !document.querySelector("[data-still]");

// What differs is changed in place: an element that stays keeps its focus, its scroll position, and whether it is open.
function bring(into, from) {
  for (const name of into.getAttributeNames())
    if (!from.hasAttribute(name) && name !== "open") into.removeAttribute(name);
  for (const name of from.getAttributeNames())
    if (name !== "open" && into.getAttribute(name) !== from.getAttribute(name)) into.setAttribute(name, from.getAttribute(name));
  const old = [...into.childNodes], fresh = [...from.childNodes];
  fresh.forEach((node, i) => {
    const now = old[i];
    if (!now) into.appendChild(document.importNode(node, true));
    else if (now.nodeType !== node.nodeType || now.nodeName !== node.nodeName || (now.id || "") !== (node.id || ""))
      now.replaceWith(document.importNode(node, true));
    else if (node.nodeType === Node.TEXT_NODE) { if (now.data !== node.data) now.data = node.data; }
    else if (node.nodeType === Node.ELEMENT_NODE && !["INPUT", "SELECT", "TEXTAREA"].includes(node.nodeName)) bring(now, node);
  });
  old.slice(fresh.length).forEach(node => node.remove());
}

async function refresh() {
  if (document.hidden) return;
  try {
    const answer = await fetch(location.href, {credentials: "same-origin", headers: {"X-Refresh": "1"}});
    if (!answer.ok || answer.redirected) throw new Error();
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const part of ["main", "footer"]) bring(document.querySelector(part), page.querySelector(part));
    document.title = page.title;
    away = false;
  } catch (failed) {
    away = true;
  }
  tell();
}

function tell() {
  const seconds = Math.round((Date.now() - Date.parse(document.getElementById("at").dateTime)) / 1000);
  const old = away || seconds > OLD_S;
  document.body.classList.toggle("stale", old);
  const text = !old ? "" : (away ? document.body.dataset.away : document.body.dataset.old)
    .replace("{0}", seconds > 120 ? Math.round(seconds / 60) + " min" : seconds + " s");
  const age = document.getElementById("age");
  if (age.textContent !== text) age.textContent = text;
}

if (live) {
  setInterval(refresh, EVERY_MS);
  setInterval(tell, 5000);
  document.addEventListener("visibilitychange", refresh);
  tell();
}
