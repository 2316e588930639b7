// What pages do besides htmx. Everything works without it.
(() => {
  "use strict";
  // A page that updates itself keeps what the reader has opened, and never what he is writing.
  const rort = () => document.querySelector("#innhold form[data-rort]");
  let apne = [];
  document.addEventListener("input", (e) => e.target.form?.setAttribute("data-rort", ""));
  document.addEventListener("htmx:beforeSwap", (e) => {
    if (e.detail.target.id !== "innhold") return;
    if (rort()) {
      e.detail.shouldSwap = false;
      const nytt = document.getElementById("nytt");
      if (nytt) nytt.hidden = false;
      return;
    }
    apne = [...document.querySelectorAll("#innhold details[open][id]")].map((d) => d.id);
  });
  document.addEventListener("htmx:afterSettle", () => {
    for (const id of apne) document.getElementById(id)?.setAttribute("open", "");
    apne = [];
    const status = document.querySelector("[data-status]")?.textContent.trim();
    const levende = document.getElementById("levende");
    if (status && levende && levende.textContent !== status) levende.textContent = status;
  });
  // Whoever has lost the connection is told, and told when it is back.
  const frakoblet = (ja) => { const f = document.getElementById("frakoblet"); if (f) f.hidden = !ja; };
  document.addEventListener("htmx:sseError", () => frakoblet(true));
  document.addEventListener("htmx:sseOpen", () => frakoblet(false));
  // A form that is on its way is not sent twice.
  document.addEventListener("submit", (e) => {
    if (e.target.hasAttribute("data-pa-vei")) { e.preventDefault(); return; }
    if (e.target.method === "post" && !e.target.hasAttribute("data-last-ned")) e.target.setAttribute("data-pa-vei", "");
  });
  addEventListener("pageshow", () => document.querySelectorAll("[data-pa-vei]").forEach((f) => f.removeAttribute("data-pa-vei")));
  document.addEventListener("click", (e) => { if (e.target.closest("[data-skriv-ut]")) print(); });
})();
