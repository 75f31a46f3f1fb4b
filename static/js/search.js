// The page of search. The index is fetched when the reader turns to the field or comes with a question in the address.
{
  const MOST = 40; // results to show at once
  const form = document.querySelector("form.search");
  const { q: field, kind } = form.elements;
  const count = form.querySelector(".search-count");
  const list = document.querySelector(".search-results");
  const index = document.querySelector(".index");

  // Sources come last: they are many, and their titles hold every name.
  const weight = ({ group, path }) => (group === "Sources" ? 0.1 : path.includes("#") ? 0.6 : 1);

  let loading;
  const load = () => (loading ??= fetchIndex());
  const fetchIndex = async () => {
    const response = await fetch(new URL("index.json", form.action));
    if (!response.ok) throw new Error(response.statusText);
    const { groups, entries } = await response.json();
    const found = entries.map(([group, title, path, about, also, words]) => ({
      group: groups[group], title, path, about, also, words,
    }));
    const titles = new Map(found.filter((one) => !one.path.includes("#")).map((one) => [one.path, one.title]));
    return { find: await roadbook.makeFinder(found, weight), titles };
  };

  const nameOf = (group) => group.toLowerCase().replaceAll(" ", "-");

  const results = ({ find }, words) => find(words, kind.value ? (one) => nameOf(one.group) === kind.value : undefined);

  // The words of a text that were matched, however they are written there, in <mark>.
  const highlighted = (text, terms) =>
    text.split(/([\p{L}\p{M}\p{N}]+)/u).map((piece) => {
      if (!terms.has(roadbook.fold(piece))) return piece;
      const mark = document.createElement("mark");
      mark.textContent = piece;
      return mark;
    });

  const element = (name, className, ...children) => {
    const made = document.createElement(name);
    if (className) made.className = className;
    made.append(...children);
    return made;
  };

  const line = ({ entry: one, words }, titles) => {
    const terms = new Set(words);
    const link = element("a", "", ...highlighted(one.title, terms));
    link.href = new URL(`../${one.path}`, form.action);
    const page = one.path.includes("#") ? titles.get(one.path.split("#")[0]) : null;
    const where = element("span", "result-kind", page && page !== one.group ? `${one.group} · ${page}` : one.group);
    return element("li", "", link, " ", where, element("p", "", ...highlighted(one.about, terms)));
  };

  const counted = (number, words) => {
    if (!number) return `Nothing was found for “${words}”. Everything there is stands in the index below.`;
    const shown = number > MOST ? `, the best ${MOST} of them shown` : "";
    return `${number === 1 ? "One result" : `${number} results`} for “${words}”${shown}`;
  };

  const remember = () => {
    if (location.protocol === "file:") return;
    const address = new URL(location.href);
    address.hash = "";
    for (const one of [field, kind]) {
      if (one.value.trim()) address.searchParams.set(one.name, one.value.trim());
      else address.searchParams.delete(one.name);
    }
    history.replaceState(history.state, "", address);
  };

  const show = async () => {
    const words = field.value.trim();
    let loaded;
    try {
      loaded = await load();
    } catch {
      loading = undefined;
      count.textContent = "The search could not be loaded. Everything there is stands in the index below.";
      return;
    }
    if (words !== field.value.trim()) return; // the reader has gone on typing
    const found = words ? results(loaded, words) : [];
    list.replaceChildren(...found.slice(0, MOST).map((one) => line(one, loaded.titles)));
    count.textContent = words ? counted(found.length, words) : "";
    index.hidden = found.length > 0;
    remember();
  };

  let waiting;
  field.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(show, 120);
  });
  kind.addEventListener("change", show);
  const prepare = () => load().catch(() => (loading = undefined));
  field.addEventListener("focus", prepare, { once: true });
  if (document.activeElement === field) prepare(); // it asks for the focus itself, and may have had it before this ran

  const go = (links, at) => (at < 0 ? field : links[Math.min(at, links.length - 1)])?.focus();
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    clearTimeout(waiting);
    await show();
    go([...list.querySelectorAll("a")], 0);
  });
  document.addEventListener("keydown", (event) => {
    const links = [...list.querySelectorAll("a")];
    const at = links.indexOf(document.activeElement);
    if (at < 0 && document.activeElement !== field) return;
    if (event.key === "ArrowDown") go(links, at + 1);
    else if (event.key === "ArrowUp" && at >= 0) go(links, at - 1);
    else if (event.key === "Escape" && at >= 0) field.focus();
    else if (event.key === "Escape") {
      field.value = "";
      show();
    } else return;
    event.preventDefault();
  });

  const asked = new URLSearchParams(location.search);
  field.value = asked.get("q") ?? "";
  if ([...kind.options].some((one) => one.value === asked.get("kind"))) kind.value = asked.get("kind");
  if (field.value.trim()) show();
}
