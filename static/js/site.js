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
