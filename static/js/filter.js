// Shows only those rows or entries that have all the words of a field. The words stand in the address.
{
  const fold = (text) => text.toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "");

  for (const form of document.querySelectorAll("form.filter")) {
    const field = form.elements.filter;
    const count = form.querySelector("output");
    const entries = [...document.querySelectorAll(form.dataset.of)];
    const texts = new Map(entries.map((one) => [one, fold(one.textContent)]));
    const sections = new Set(entries.map((one) => one.closest("section")));

    const apply = () => {
      const words = fold(field.value).split(/\s+/).filter(Boolean);
      for (const one of entries) one.hidden = !words.every((word) => texts.get(one).includes(word));
      const shown = entries.filter((one) => !one.hidden).length;
      count.textContent = words.length ? `${shown} of ${entries.length} shown` : "";
      // A heading without anything below it would be in the way.
      for (const section of sections) section.hidden = !section.contains(form) && !section.querySelector(`:is(${form.dataset.of}):not([hidden])`);
    };

    const remember = () => {
      if (location.protocol === "file:") return;
      const address = new URL(location.href);
      if (field.value.trim()) address.searchParams.set("filter", field.value.trim());
      else address.searchParams.delete("filter");
      history.replaceState(history.state, "", address);
    };

    form.addEventListener("submit", (event) => event.preventDefault());
    field.addEventListener("input", () => {
      apply();
      remember();
    });
    field.value = new URLSearchParams(location.search).get("filter") ?? "";
    if (field.value) apply();
  }
}
