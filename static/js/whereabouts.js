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

    const footer = document.querySelector(".site-footer");
    const button = document.createElement("button");
    button.type = "button";
    button.className = "whereabouts";
    button.hidden = true;
    button.popoverTargetElement = list;
    document.querySelector("main").append(button, list);

    const mark = () => {
      // A filter may have taken sections away.
      const shown = headings.filter((heading) => heading.getClientRects().length);
      const at = shown.findLastIndex((heading) => heading.getBoundingClientRect().top < innerHeight / 3);
      const current = shown[at];
      for (const link of [...links, ...document.querySelectorAll(".contents a")]) {
        if (current && link.hash === `#${current.id}`) link.setAttribute("aria-current", "location");
        else link.removeAttribute("aria-current");
      }
      for (const [index, link] of links.entries()) link.parentElement.hidden = !shown.includes(headings[index]);
      button.hidden = !current || footer.getBoundingClientRect().top < innerHeight;
      if (!current) return;
      const title = current.textContent.trim();
      const number = document.createElement("span");
      number.textContent = `${at + 1}/${shown.length}`;
      button.replaceChildren(number, ` ${title}`);
      button.setAttribute("aria-label", `${number.textContent} ${title}: all sections`); // begins with what is seen
    };
    // Told when a heading crosses the upper third, whichever way, and when the footer comes, which is left free.
    const observer = new IntersectionObserver(mark, { rootMargin: "0px 0px -66% 0px" });
    for (const heading of headings) observer.observe(heading);
    new IntersectionObserver(mark).observe(footer);
    list.addEventListener("click", (event) => {
      if (event.target.closest("a")) list.hidePopover();
    });
  }
}
