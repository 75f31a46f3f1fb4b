// What was probably meant by an address that leads nowhere: the pages of the index whose addresses are most like it.
{
  const MOST = 3;
  const ENOUGH = 0.4;
  const root = new URL(document.querySelector(".site-name").href);
  const place = document.querySelector(".did-you-mean");

  const pairs = (text) => {
    const letters = ` ${text.toLowerCase().normalize("NFKD").replace(/[^a-z0-9]+/g, "")} `;
    return [...letters].slice(1).map((letter, index) => letters[index] + letter);
  };

  // How many pairs of letters two texts share, from 0 to 1 (Dice).
  const likeness = (one, other) => {
    const rest = [...other];
    const shared = one.filter((pair) => rest.includes(pair) && rest.splice(rest.indexOf(pair), 1));
    return (2 * shared.length) / (one.length + other.length);
  };

  const lastPart = (path) => path.split("/").filter(Boolean).at(-1) ?? "";

  const link = (text, path) => {
    const made = document.createElement("a");
    made.href = new URL(path, root);
    made.textContent = text;
    return made;
  };

  const near = (entries, asked) => {
    const [whole, last] = [pairs(asked), pairs(lastPart(asked))];
    // The addresses of sources are many and hold the names of all others.
    const weight = (path) => (path.startsWith("sources/") && !asked.startsWith("sources") ? 0.7 : 1);
    const like = (path) =>
      weight(path) * Math.max(likeness(whole, pairs(path)), 0.9 * likeness(last, pairs(lastPart(path))));
    return entries
      .filter(([, , path]) => path && !path.includes("#"))
      .map(([, title, path]) => ({ title, path, like: like(path) }))
      .filter((one) => one.like > ENOUGH)
      .sort((one, other) => other.like - one.like)
      .slice(0, MOST);
  };

  const suggest = async () => {
    const asked = decodeURIComponent(location.pathname.slice(root.pathname.length)).replace(/(index)?\.html?$/, "");
    const response = await fetch(new URL("search/index.json", root));
    const found = near((await response.json()).entries, asked);
    if (!found.length) throw new Error("nothing near");
    const list = document.createElement("ul");
    for (const { title, path } of found) list.appendChild(document.createElement("li")).append(link(title, path));
    place.replaceChildren("Did you mean", list);
  };

  suggest().catch(() => {
    const words = lastPart(location.pathname).replace(/\.\w+$/, "").replaceAll("-", " ");
    const search = link("Search the site", `search/?q=${encodeURIComponent(words)}`);
    place.firstElementChild.replaceChildren("No page has an address like it. ", search, ".");
  });
}
