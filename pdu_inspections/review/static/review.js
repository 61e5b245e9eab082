// Keys for the buttons and links that name one in data-key, and the rules' word on a figure while it is corrected.
"use strict";

const isField = (element) => element.matches("input, select, textarea");
const form = document.getElementById("decision");

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && isField(document.activeElement)) {
    document.activeElement.blur();
    return;
  }
  if (event.key === "Enter" && event.ctrlKey && form) {
    event.preventDefault();
    form.querySelector('[data-key="a"]').click();
    return;
  }
  if (event.ctrlKey || event.altKey || event.metaKey || isField(event.target)) return;
  if (event.key === "c" && form) {
    event.preventDefault();
    const field = form.querySelector(".wrong :is(input, select, textarea)") || form.querySelector("input, select, textarea");
    field.focus();
    if (field.setSelectionRange) field.setSelectionRange(field.value.length, field.value.length);
    return;
  }
  const target = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  if (target) {
    event.preventDefault();
    target.click();
  }
});

const said = document.getElementById("contradictions");
if (form && said) {
  form.addEventListener("change", async (event) => {
    if (said.contains(event.target)) return;
    const address = form.getAttribute("action").replace("/decide", "/contradictions");
    const answer = await fetch(address, { method: "POST", body: new URLSearchParams(new FormData(form)) });
    if (answer.ok) said.innerHTML = await answer.text();
  });
}
