// Runs before anything is painted: what the reader has chosen must not come late. Other scripts use `roadbook`.
{
  const root = document.documentElement;
  const KEY = "roadbook";

  const read = () => {
    try {
      return JSON.parse(localStorage.getItem(KEY)) ?? {};
    } catch {
      return {}; // storage is switched off, or somebody else wrote there
    }
  };
  let choices = read();

  // The browser's own parts, scroll bars and the bar of a phone, follow the choice as the page does.
  const showTheme = () => {
    const chosen = ["light", "dark"].includes(choices.theme) ? choices.theme : null;
    if (chosen) root.dataset.theme = chosen;
    else delete root.dataset.theme;
    for (const meta of document.querySelectorAll("meta[name='theme-color']")) {
      meta.dataset.media ??= meta.media;
      const matches = meta.dataset.media.includes(chosen);
      meta.media = chosen ? (matches ? "all" : "not all") : meta.dataset.media;
    }
    const scheme = document.querySelector("meta[name='color-scheme']");
    if (scheme) scheme.content = chosen ?? "light dark";
  };

  const choose = (name, value) => {
    choices = { ...choices, [name]: value };
    try {
      localStorage.setItem(KEY, JSON.stringify(choices));
    } catch {
      // Then it holds for this page.
    }
    showTheme();
    dispatchEvent(new CustomEvent("choice"));
  };

  // Another tab chose.
  addEventListener("storage", (event) => {
    if (event.key !== KEY) return;
    choices = read();
    showTheme();
    dispatchEvent(new CustomEvent("choice"));
  });

  root.dataset.script = ""; // shows what only works with scripts
  showTheme();
  globalThis.roadbook = { choose, chosen: (name) => choices[name] };
}
