// Tables whose columns can be sorted by their headings. Order and choice stand in the address, so that they can be shared.
{
  const numbers = (text) => {
    const found = text.replaceAll(",", "").match(/\d+(\.\d+)?/);
    return found ? Number(found[0]) : null;
  };

  // What is not known comes last in either order.
  const compare = (one, other, sign) => {
    if (one === null || other === null) return (one === null) - (other === null);
    return sign * (typeof one === "number" ? one - other : one.localeCompare(other, "en"));
  };

  const remember = (values) => {
    if (location.protocol === "file:") return;
    const address = new URL(location.href);
    for (const [key, value] of Object.entries(values)) {
      if (value) address.searchParams.set(key, value);
      else address.searchParams.delete(key);
    }
    history.replaceState(history.state, "", address);
  };

  const makeSortable = (table, wanted) => {
    const headings = [...table.tHead.rows[0].cells];
    const body = table.tBodies[0];
    const rows = [...body.rows];

    const valueOf = (row, heading) => {
      const cell = row.cells[heading.cellIndex];
      if (cell.querySelector(".unknown")) return null;
      const text = cell.querySelector("data")?.value ?? cell.textContent.trim();
      return "numbers" in heading.dataset ? numbers(text) : text;
    };

    const sort = (heading, order) => {
      const sign = order === "descending" ? -1 : 1;
      const values = new Map(rows.map((row) => [row, valueOf(row, heading)]));
      body.append(...[...rows].sort((one, other) => compare(values.get(one), values.get(other), sign)));
      for (const one of headings) one.removeAttribute("aria-sort");
      heading.setAttribute("aria-sort", order);
    };

    for (const heading of headings) {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...heading.childNodes);
      heading.append(button);
      button.addEventListener("click", () => {
        const order = heading.getAttribute("aria-sort") === "ascending" ? "descending" : "ascending";
        sort(heading, order);
        roadbook.announce(`Sorted by ${button.textContent}, ${order}`);
        remember({ sort: heading.dataset.key, order });
      });
    }

    const first = headings.find((one) => one.dataset.key === wanted.get("sort"));
    if (first) sort(first, wanted.get("order") === "descending" ? "descending" : "ascending");
    else headings[0].setAttribute("aria-sort", "ascending");
  };

  const wanted = new URLSearchParams(location.search);
  for (const table of document.querySelectorAll("table[data-sortable]")) makeSortable(table, wanted);
  for (const choice of document.querySelectorAll(".choices input")) {
    if (choice.value === wanted.get(choice.name)) choice.checked = true;
    choice.addEventListener("change", () => remember({ [choice.name]: choice.value === "all" ? null : choice.value }));
  }
}
