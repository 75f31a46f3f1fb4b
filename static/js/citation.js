// Copies a reference to the page, or to the line whose source note is open, in one form:
// what it says. In “page”, site, address, as of date. Sources: …
{
  const canonical = document.querySelector("link[rel='canonical']").href;
  const site = document.querySelector(".site-name").textContent.trim();
  const date = document.querySelector(".page-updated time, .site-footer time").textContent;
  const page = document.querySelector("h1").textContent.trim();
  let line = null;

  const words = (element) => {
    const copy = element.cloneNode(true);
    for (const one of copy.querySelectorAll(".cite, .badge, .remark, .alternative, .change")) one.remove();
    return copy.textContent.replace(/\s+/g, " ").trim();
  };

  // What a line says, with the heading that it stands under.
  const saidBy = (element) => {
    if (element.matches("tr")) {
      const caption = element.closest("table").caption;
      const cells = [...element.cells].map(words).filter(Boolean);
      return `${caption ? `${words(caption)}: ` : ""}${cells.join(", ")}`;
    }
    if (element.matches("tbody")) return [...element.rows].map((row) => words(row)).join(": ");
    const term = element.querySelector("dt");
    if (term) return `${words(term)}: ${words(element.querySelector("dd"))}`;
    const all = words(element).split(" ");
    return all.slice(0, 16).join(" ") + (all.length > 16 ? " …" : "");
  };

  const source = (marker) => {
    const note = document.getElementById(marker.getAttribute("popovertarget"));
    const title = note.querySelector(".source-title");
    const link = title.querySelector("a");
    return `“${words(title)}”, ${words(note.querySelector(".source-about"))}${link ? `, ${link.href}` : ""}`;
  };

  const citation = (element) => {
    const about = `“${page}”, ${site}, ${canonical}${element ? `#${element.id}` : ""}, as of ${date}.`;
    if (!element) return about;
    const sources = [...new Set([...element.querySelectorAll(".marker")].map(source))];
    const said = saidBy(element).replace(/[.…]?$/, (end) => end || ".");
    return `${said} In ${about}${sources.length ? ` Sources: ${sources.join("; ")}.` : ""}`;
  };

  const copy = async (button, text) => {
    try {
      await navigator.clipboard.writeText(text);
      button.textContent = "Copied";
      roadbook.announce(`Copied: ${text}`);
    } catch {
      // Without leave to write to the clipboard the reader copies it by hand.
      const shown = document.createElement("span");
      shown.className = "citation";
      shown.textContent = text;
      button.after(shown);
      roadbook.announce("The browser did not let us copy. The citation stands behind the button.");
    }
    setTimeout(() => (button.textContent = "Copy as citation"), 3000);
  };

  document.addEventListener("click", (event) => {
    const marker = event.target.closest(".marker");
    if (marker) line = marker.closest("main :is(tr, tbody, li, div, p, figure)[id]:not([popover])");
    const button = event.target.closest(".cite-button");
    if (button) copy(button, citation(button.closest("[popover]") ? line : null));
  });

  for (const note of document.querySelectorAll("main .source-note:not(.term-note)")) {
    note.addEventListener("beforetoggle", (event) => {
      const known = note.querySelector(".cite-button");
      if (event.newState !== "open" || known) return;
      const button = document.createElement("button");
      button.type = "button";
      button.className = "cite-button";
      button.textContent = "Copy as citation";
      note.append(button);
    });
  }
}
