"""Where a reader finds what an entry says: its own page, or the page that shows it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from microsite.entries import Entry
from microsite.pages.page import Link
from microsite.site_model import Site

SHOWN_ON = {
    "comparison": "/car/",
    "timeline": "/car/",
    "team": "/programme/team/",
    "season": "/programme/season-2026/",
    "rally": "/dakar-2026/",
    "entrant": "/dakar-2026/",
    "place": "/history/places/",
    "record": "/history/records/",
    "term": "/glossary/",
    "land-rover": "/history/land-rover/",
}
ROWS = frozenset({"entrant", "place", "record", "term", "land-rover"})
"""Kinds of which each entry is a row of its page, under its own id."""
FACTSHEETS_SHOWN_ON = {
    "octa": "/car/",
    "stock-rules": "/car/",
    "works-programme": "/programme/team/",
    "dakar-2027": "/",
    "dakar-2027-days": "/history/2027/",
    "rally-rules": "/history/",
}


_DIGITS = re.compile(r"([0-9]+)")


def title_of(entry: Entry) -> str:
    data = entry.data
    return str(getattr(data, "title", None) or getattr(data, "name", None) or entry.id)


def as_read(folded: str) -> list[int | str]:
    """What a title without capitals sorts by: stage 2 comes before stage 10."""
    return [int(part) if part.isdecimal() else part for part in _DIGITS.split(folded)]


def link_to(entry: Entry) -> Link:
    """A link to an entry that has a page of its own."""
    return Link(title_of(entry), entry.permalink or "/")


def place_of(entry: Entry, site: Site) -> Link | None:
    """The page on which an entry is shown, and its row there; None if readers never see it as such."""
    if entry.permalink:
        return link_to(entry)
    if entry.kind == "quote":
        speaker = site.get("person", entry.data.speaker)
        return Link(title_of(speaker), f"{speaker.permalink}#quote-{entry.id}") if speaker else None
    permalink = SHOWN_ON.get(entry.kind)
    if entry.kind == "factsheet":
        permalink = FACTSHEETS_SHOWN_ON.get(entry.id, "/programme/")
    hosts = (*site.all("page"), *site.all("edition"))
    host = next((one for one in hosts if one.permalink == permalink), None)
    if host is None:
        return None
    return Link(title_of(host), f"{host.permalink}#{entry.id}") if entry.kind in ROWS else link_to(host)


def people_links(site: Site) -> Mapping[str, Link]:
    return {one.id: link_to(one) for one in site.all("person")}


def neighbours(ordered: Sequence[Entry], entry: Entry) -> Mapping[str, Link | None]:
    """The entries before and after one."""
    at = next(index for index, one in enumerate(ordered) if one is entry)
    return {
        "previous": link_to(ordered[at - 1]) if at else None,
        "next": link_to(ordered[at + 1]) if at + 1 < len(ordered) else None,
    }
