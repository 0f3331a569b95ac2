// A number that several KPIs ask for is typed once: the other boxes that ask for it follow.
document.addEventListener("input", ({ target }) => {
  const group = target.dataset?.shared;
  if (group === undefined) return;
  for (const box of document.querySelectorAll(`[data-shared="${group}"]`)) {
    if (box === target || box.value === target.value) continue;
    box.value = target.value;
    // Whoever saves what is typed hears of this box too.
    box.dispatchEvent(new Event("input", { bubbles: true }));
  }
});
