// The commune picker: what is ticked among the results goes up into the choice, once, and the search box is ready for the next one.
// Without this script the same boxes are ticked where they are and sent with the form.
// Each picker of a page brings this script: the first one to come does the work for all.
if (!document.documentElement.dataset.picks) {
  document.documentElement.dataset.picks = "1";
  document.addEventListener("change", (event) => {
    const box = event.target;
    const picker = box.closest?.("[data-picker]");
    if (!picker || !box.checked || !box.closest("[data-found]")) return;
    const chosen = picker.querySelector("[data-chosen]");
    const row = box.closest("li");
    if (box.type === "radio") chosen.replaceChildren();
    const twin = [...chosen.querySelectorAll("input")].find((one) => one.value === box.value);
    if (twin) { twin.checked = true; row.remove(); } else { chosen.append(row); }
    const search = picker.querySelector("input[type=search]");
    search.value = "";
    picker.querySelector("[data-found]").replaceChildren();
    search.focus();
  });

  document.addEventListener("keydown", (event) => {
    const search = event.target;
    const picker = search.matches?.("input[type=search]") && search.closest("[data-picker]");
    if (!picker) return;
    const boxes = picker.querySelectorAll("[data-found] input");
    if (event.key === "Enter") { event.preventDefault(); if (boxes.length) boxes[0].click(); }
    if (event.key === "ArrowDown" && boxes.length) { event.preventDefault(); boxes[0].focus(); }
    if (event.key === "Escape") { search.value = ""; picker.querySelector("[data-found]").replaceChildren(); }
  });

  document.querySelectorAll("[data-without-script]").forEach((button) => { button.hidden = true; });
}
