const siteRoot = new URL("../../", document.currentScript.src);

// The styles of what scripts add: none of it is there at first, so the page is shown without them.
for (const sheet of document.querySelectorAll("link[media='not all']")) sheet.media = "all";

// What was read stays readable without a network. Not while the site is edited: the preview adds a script of its own.
if (navigator.serviceWorker && location.protocol !== "file:" && !document.querySelector("script[data-edition]")) {
  addEventListener("load", () => navigator.serviceWorker.register(new URL("sw.js", siteRoot)).catch(() => {}));
}

// Opened from disk, a link to a folder shows a listing: lead it to the folder's page instead.
if (location.protocol === "file:") {
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    if (!link || link.protocol !== "file:" || !link.pathname.endsWith("/")) return;
    link.pathname += "index.html";
  });
}

// The page names the day; only the reader's clock knows how far off it is.
for (const day of document.querySelectorAll("[data-countdown]")) {
  const days = Math.ceil((Date.parse(day.dateTime) - Date.now()) / 86_400_000);
  if (days > 0) day.after(days === 1 ? ", tomorrow" : `, in ${days} days`);
}

// Pictures follow the system by themselves; what the reader has chosen instead (data-theme on the root) they cannot see.
{
  const DARK = "(prefers-color-scheme: dark)";
  const sources = [...document.querySelectorAll(`source[media*="${DARK}"]`)];
  const medias = sources.map((source) => source.media);
  const follow = () => {
    const holds = { dark: "(min-width: 0)", light: "(max-width: 0)" }[document.documentElement.dataset.theme] ?? DARK;
    for (const [index, source] of sources.entries()) {
      const media = medias[index].replace(DARK, holds);
      if (source.media !== media) source.media = media;
    }
  };
  if (sources.length) {
    follow();
    new MutationObserver(follow).observe(document.documentElement, { attributeFilter: ["data-theme"] });
  }
}

// Tells what has happened to those who do not see it.
roadbook.announce = (text) => {
  document.querySelector("#announcement").textContent = text;
};

// “/” leads to the search. A key alone may be struck by accident or by speech, so that it can be switched off.
document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || roadbook.chosen("shortcut") === "off") return;
  if (event.target.closest("input, textarea, select, [contenteditable]")) return;
  event.preventDefault();
  const field = document.querySelector("#search-words");
  if (field) field.focus();
  else document.querySelector(".search-link").click();
});
