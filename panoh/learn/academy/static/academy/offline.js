// A practice of a course that was taken along: compared here, kept nowhere, counted nowhere.
for (const form of document.querySelectorAll("form[data-kind]")) {
  const { kind, key, right, wrong } = form.dataset;
  const wanted = JSON.parse(key);
  const said = form.querySelector("output");
  const why = form.nextElementSibling;
  const number = (text) => Number(text.trim().replace(/\s/g, "").replace(",", "."));
  const plain = (text) => text.trim().toLowerCase();

  const isRight = () => {
    const typed = form.elements.answer.value ?? "";
    if (kind === "number") return typed.trim() !== "" && Math.abs(number(typed) - wanted[0]) <= wanted[1];
    if (kind === "short") return wanted.includes(plain(typed));
    const chosen = [...form.querySelectorAll(":checked")].map((field) => field.value);
    return chosen.length === wanted.length && chosen.every((one) => wanted.includes(one));
  };

  form.hidden = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const good = isRight();
    said.textContent = good ? right : wrong;
    if (good) why.open = true;
  });
}
