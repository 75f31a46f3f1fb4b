// Keeps an open page of the preview up to date. Not part of the published site.

import { renew } from "./renewal.js";

const KEPT = "microsite-preview";
const EDITION = / data-edition="([^"]*)"/;
let edition = document.querySelector("script[data-edition]").dataset.edition;
let shown; // will be the page as the server sent it, or null if that is not known
let following = Promise.resolve();

const connect = () => {
  const scheme = location.protocol === "https:" ? "wss:" : "ws:";
  const socket = new WebSocket(`${scheme}//${location.host}/_microsite/socket`);
  socket.onopen = () => socket.send(JSON.stringify({ edition }));
  socket.onmessage = (event) => follow(JSON.parse(event.data));
  socket.onclose = () => setTimeout(connect, 500);
};

const follow = (news) => {
  if (news.edition === edition) return;
  edition = news.edition;
  if (news.styleSheets) {
    Object.entries(news.styleSheets).forEach(([old, fresh]) => replaceStyleSheet(old, fresh));
  } else {
    following = following.then(showNewest).catch(reload);
  }
};

const showNewest = async () => {
  const sent = await load("no-cache");
  const before = sent && (await shown);
  if (before && renew(document.documentElement, parsed(before), parsed(sent))) {
    shown = Promise.resolve(sent);
    edition = editionOf(sent);
  } else {
    reload();
  }
};

const reload = () => {
  keep();
  location.reload();
};

// The page from the server or, which costs nothing, as it came from there when it was loaded; null if there is none.
const load = (cache) =>
  fetch(location.href, { cache, mode: "same-origin" })
    .then((response) => (response.ok && !response.redirected ? response.text() : null))
    .catch(() => null);

const editionOf = (html) => EDITION.exec(html)?.[1];

const parsed = (html) => new DOMParser().parseFromString(html.replace(EDITION, ""), "text/html").documentElement;

// Another tab may have loaded the page anew meanwhile.
const asLoaded = async () => {
  const html = await load("only-if-cached");
  return html && editionOf(html) === edition ? html : null;
};

// What a reload would lose. Browsers keep the place on the page themselves.
const keep = () => {
  const state = {
    path: location.pathname,
    popovers: named("[popover]:popover-open"),
    details: named("details[open]"),
    fields: fields().map((field) => [field.type, field.value, field.checked]),
    focus: document.activeElement?.id,
  };
  sessionStorage.setItem(KEPT, JSON.stringify(state));
};

const restore = () => {
  const state = JSON.parse(sessionStorage.getItem(KEPT));
  sessionStorage.removeItem(KEPT);
  if (state?.path !== location.pathname) return;
  state.details.forEach((id) => document.getElementById(id)?.setAttribute("open", ""));
  const now = fields();
  if (now.length === state.fields.length) now.forEach((field, index) => fill(field, state.fields[index]));
  if (state.focus) document.getElementById(state.focus)?.focus({ preventScroll: true });
  // Last, since a popover that is open closes when the focus goes elsewhere.
  state.popovers.forEach((id) => document.getElementById(id)?.showPopover?.());
};

const named = (selector) => [...document.querySelectorAll(selector)].map((element) => element.id).filter(Boolean);

const fields = () => [...document.querySelectorAll("input, select, textarea")];

const fill = (field, [type, value, checked]) => {
  if (field.type !== type || ["file", "hidden", "submit", "button"].includes(type)) return;
  if (field.value === value && field.checked === checked) return;
  field.value = value;
  if (checked !== undefined) field.checked = checked;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.dispatchEvent(new Event("change", { bubbles: true }));
};

const replaceStyleSheet = (old, fresh) => {
  shown = shown.then((html) => html && html.replaceAll(old.slice(1), fresh.slice(1)));
  for (const link of document.querySelectorAll('link[rel="stylesheet"]')) {
    if (isReplaced(link) || new URL(link.href).pathname !== old) continue;
    const next = link.cloneNode();
    next.href = fresh;
    link.dataset.replaced = "";
    link.after(next);
    next.onload = () => removeReplaced(next);
  }
};

// Only now, so that the page never stands without style; and all of them, for the one before may never have loaded.
const removeReplaced = (link) => {
  while (link.previousElementSibling && isReplaced(link.previousElementSibling)) link.previousElementSibling.remove();
};

const isReplaced = (element) => "replaced" in element.dataset;

// Somebody with many tabs sees from the outside that something is wrong.
const markTab = () => {
  const overlay = document.querySelector("microsite-overlay, main.problems");
  if (!overlay) return;
  document.title = `✗ ${overlay.dataset.count} – ${document.title}`;
  document.querySelectorAll('link[rel~="icon"]').forEach((link) => link.remove());
  const icon = document.createElement("link");
  icon.rel = "icon";
  icon.href = "/_microsite/problem.svg";
  document.head.append(icon);
};

markTab();
restore();
shown = asLoaded();
connect();
