"use strict";
(() => {
  const specs = JSON.parse(document.getElementById("specs").textContent);
  const tip = document.body.appendChild(Object.assign(document.createElement("div"), { className: "tip", hidden: true }));
  tip.setAttribute("role", "status");

  const say = (_, event, __, value) => {
    const text = value == null || value === "null" || value === "undefined" ? "" : String(value);
    tip.hidden = text === "";
    if (tip.hidden) return;
    tip.textContent = text;
    const left = Math.min(event.clientX + 14, document.documentElement.clientWidth - tip.offsetWidth - 8);
    tip.style.left = `${Math.max(8, left) + scrollX}px`;
    tip.style.top = `${event.clientY + scrollY - tip.offsetHeight - 12}px`;
  };

  let ready = false;
  const load = () => {
    if (ready) return;
    const source = document.createElement("script");
    source.textContent = document.getElementById("library").textContent;
    document.head.append(source);
    ready = true;
  };

  const wake = async (figure) => {
    load();
    for (const width of ["wide", "narrow"]) {
      const place = figure.querySelector(`.drawing.${width}`);
      if (place.dataset.live || place.offsetParent === null) continue;
      place.dataset.live = "yes";
      const stage = document.createElement("div");
      await vegaEmbed(stage, specs[figure.id][width], {
        mode: "vega-lite", renderer: "svg", actions: false, ast: true, defaultStyle: false, tooltip: say,
      });
      place.append(stage);
      place.classList.add("live");
    }
  };

  for (const figure of document.querySelectorAll("figure")) {
    for (const sign of ["pointerenter", "focusin"]) {
      figure.addEventListener(sign, () => wake(figure).catch(console.error));
    }
    figure.addEventListener("pointerleave", () => { tip.hidden = true; });
  }

  for (const note of document.querySelectorAll(".note")) {
    note.addEventListener("click", (event) => { if (event.target.closest("a")) note.hidePopover?.(); });
  }

  const links = new Map([...document.querySelectorAll(".contents a")].map((link) => [link.hash.slice(1), link]));
  const seen = new IntersectionObserver((entries) => {
    for (const entry of entries) {
      if (!entry.isIntersecting) continue;
      links.forEach((link) => link.removeAttribute("aria-current"));
      links.get(entry.target.id)?.setAttribute("aria-current", "true");
    }
  }, { rootMargin: "-10% 0px -75% 0px" });
  document.querySelectorAll("main > section[id]").forEach((section) => seen.observe(section));
})();
