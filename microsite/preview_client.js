// Keeps an open page of the preview up to date. Not part of the published site.
"use strict";

(() => {
  const script = document.currentScript;
  let edition = script.dataset.edition;

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
      location.reload(); // browsers keep the scroll position
    }
  };

  const replaceStyleSheet = (old, fresh) => {
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

  connect();
})();
