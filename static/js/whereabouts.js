// On a page of many sections: which one is on the screen, and a list to go to the others. It floats, so nothing moves.
{
  const LEAST = 4;
  const headings = [...document.querySelectorAll("main h2[id]")];
  if (headings.length >= LEAST && "popover" in HTMLElement.prototype) {
    const list = document.createElement("nav");
    list.id = "whereabouts";
    list.className = "whereabouts-list";
    list.popover = "auto";
    list.setAttribute("aria-label", "Sections of this page");
    const lines = document.createElement("ol");
    const links = headings.map((heading) => {
      const link = document.createElement("a");
      link.href = `#${heading.id}`;
      link.textContent = heading.textContent.trim();
      lines.appendChild(document.createElement("li")).append(link);
      return link;
    });
    list.append(lines);

    const button = document.createElement("button");
    button.type = "button";
    button.className = "whereabouts";
    button.hidden = true;
    button.popoverTargetElement = list;
    document.querySelector("main").append(button, list);

    const mark = () => {
      const limit = innerHeight / 3;
      const at = headings.findLastIndex((heading) => heading.getBoundingClientRect().top < limit);
      button.hidden = at < 0;
      for (const [index, link] of links.entries()) {
        if (index === at) link.setAttribute("aria-current", "location");
        else link.removeAttribute("aria-current");
      }
      for (const link of document.querySelectorAll(".contents a")) {
        if (at >= 0 && link.hash === `#${headings[at].id}`) link.setAttribute("aria-current", "location");
        else link.removeAttribute("aria-current");
      }
      if (at < 0) return;
      const number = document.createElement("span");
      number.textContent = `${at + 1}/${headings.length}`;
      button.replaceChildren(number, links[at].textContent);
      button.setAttribute("aria-label", `Section ${at + 1} of ${headings.length}: ${links[at].textContent}. All sections`);
    };
    // Told when a heading crosses the upper third, whichever way.
    const observer = new IntersectionObserver(mark, { rootMargin: "0px 0px -66% 0px" });
    for (const heading of headings) observer.observe(heading);
    list.addEventListener("click", (event) => {
      if (event.target.closest("a")) list.hidePopover();
    });
  }
}
