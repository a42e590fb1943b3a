// A field goes where the cursor was. Without this script one types it: {{ commune }}.
let last = null;
document.addEventListener("focusin", (event) => {
  if (event.target.matches("textarea[data-takes-fields]")) last = event.target;
});
document.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-field]");
  if (!button) return;
  const area = last || document.querySelector("textarea[data-takes-fields]");
  if (!area) return;
  area.setRangeText(`{{ ${button.dataset.field} }}`, area.selectionStart, area.selectionEnd, "end");
  area.focus();
});
