"use strict";
(() => {
  const statements = JSON.parse(document.getElementById("statements-data").textContent);
  const choice = document.getElementById("choice");
  const families = ["wants", "gives", "resists", "holds"];
  const shown = choice.querySelector(".shown");

  const show = () => {
    const kinds = new Set([...choice.querySelectorAll("[name=kind]:checked")].map((box) => box.value));
    const speaker = choice.querySelector("[name=speaker]").value;
    const wanted = statements.map((each) => kinds.has(each.kind) && (speaker === "" || each.speaker === speaker));
    for (const place of document.querySelectorAll("[data-s]")) {
      const seen = place.dataset.s.split(" ").map(Number).filter((number) => wanted[number]);
      if (place.tagName !== "MARK") {
        place.hidden = seen.length === 0;
        continue;
      }
      place.classList.remove("off", ...families, "deep-1", "deep-2", "deep-3");
      if (seen.length === 0) place.classList.add("off");
      else place.classList.add(statements[seen[0]].family, `deep-${Math.min(seen.length, 3)}`);
    }
    const count = wanted.filter(Boolean).length;
    shown.textContent = count === statements.length ? "" : `${count} of ${statements.length} shown`;
  };

  choice.addEventListener("change", show);
  choice.addEventListener("submit", (event) => event.preventDefault());
  addEventListener("pageshow", show);
})();
