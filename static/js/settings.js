// The reader's choices: the form that makes them, and distances in miles.
{
  const KM_PER_MILE = 1.609344;
  const UNITS = [["km/h", "mph"], ["km", "mi"]];

  const made = (name, properties, ...children) => {
    const element = Object.assign(document.createElement(name), properties);
    element.append(...children);
    return element;
  };

  // The first value is what holds before anything was chosen.
  const choice = (name, title, options) => {
    const labels = Object.entries(options).map(([value, label], index) =>
      made("label", {}, made("input", { type: "radio", name, value, checked: index === 0 }), ` ${label}`));
    return made("fieldset", { className: "choices" }, made("legend", {}, title), ...labels);
  };

  const close = made("button", { type: "button", className: "settings-close", popoverTargetAction: "hide" }, "Close");
  const form = made(
    "form",
    { id: "settings", className: "settings", popover: "auto", ariaLabel: "Settings" },
    choice("theme", "Light or dark", { system: "As the device", light: "Light", dark: "Dark" }),
    choice("distance", "Distances", { km: "Kilometres", mi: "Miles" }),
    made("p", { className: "hint" }, "Miles are converted from the kilometres of the sources and rounded. Running text keeps its kilometres."),
    choice("shortcut", "The key / leads to the search", { on: "Yes", off: "No" }),
    close,
  );
  document.querySelector(".site-header").after(form);
  for (const button of [close, ...document.querySelectorAll(".settings-button")]) button.popoverTargetElement = form;

  // As exact as the figure in kilometres, and no more: 5,000 km are 3,110 miles, not 3,107.
  const inMiles = (text) => {
    const miles = Number(text) / KM_PER_MILE;
    const digits = text.replace(/\D/g, "").replace(/^0+/, "").replace(text.includes(".") ? "" : /0+$/, "").length;
    const rounded = Number(miles.toPrecision(Math.max(3, digits)));
    return rounded.toLocaleString("en-GB", { maximumFractionDigits: rounded < 100 ? 1 : 0 });
  };

  const note = made("p", { className: "page-updated" }, "Distances set in figures on this page are converted from kilometres to miles and rounded.");

  const showDistances = () => {
    const wanted = roadbook.chosen("distance") === "mi";
    const figures = document.querySelectorAll("data.km");
    for (const one of figures) {
      one.dataset.km ??= one.textContent;
      one.textContent = wanted ? inMiles(one.value) : one.dataset.km;
      if (wanted) one.title = `${one.dataset.km} ${one.dataset.unit}`;
      else one.removeAttribute("title");
    }
    for (const one of document.querySelectorAll(".km-unit")) {
      one.dataset.km ??= one.textContent;
      const [km, mi] = UNITS.find(([unit]) => one.dataset.km.startsWith(unit));
      one.textContent = wanted ? one.dataset.km.replace(km, mi) : one.dataset.km;
    }
    if (wanted && figures.length) document.querySelector(".cite-page")?.before(note);
    else note.remove();
  };

  const showChoices = () => {
    for (const one of form.querySelectorAll("input")) {
      const chosen = roadbook.chosen(one.name);
      if (chosen) one.checked = one.value === chosen;
    }
    if (roadbook.chosen("distance") || note.isConnected) showDistances();
  };

  form.addEventListener("change", ({ target }) => {
    roadbook.choose(target.name, target.value);
    roadbook.announce(`${target.closest("fieldset").querySelector("legend").textContent}: ${target.closest("label").textContent.trim()}`);
  });
  addEventListener("choice", showChoices);
  showChoices();
}
