// Keeps an open page of the preview up to date. Not part of the published site.
"use strict";

(() => {
  const script = document.currentScript;
  let generation = Number(script.dataset.generation);

  const connect = () => {
    const scheme = location.protocol === "https:" ? "wss:" : "ws:";
    const socket = new WebSocket(`${scheme}//${location.host}/_microsite/socket`);
    socket.onopen = () => socket.send(JSON.stringify({ generation }));
    socket.onmessage = (event) => follow(JSON.parse(event.data));
    socket.onclose = () => setTimeout(connect, 500);
  };

  const follow = (news) => {
    if (news.generation === generation) return;
    generation = news.generation;
    if (news.styleSheets) {
      Object.entries(news.styleSheets).forEach(([old, fresh]) => replaceStyleSheet(old, fresh));
    } else {
      location.reload(); // browsers keep the scroll position
    }
  };

  const replaceStyleSheet = (old, fresh) => {
    for (const link of document.querySelectorAll('link[rel="stylesheet"]')) {
      if (new URL(link.href).pathname !== old) continue;
      const next = link.cloneNode();
      next.href = fresh;
      next.onload = () => link.remove(); // only then, so that the page never stands without style
      link.after(next);
    }
  };

  connect();
})();
