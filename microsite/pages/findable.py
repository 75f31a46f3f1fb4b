"""What a reader may look for, and where it is: pages, and whatever has an anchor and a name of its own on one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from microsite.entries import Entry
from microsite.filters import country, date, figure
from microsite.markdown import plain_inline
from microsite.pages.shown import as_read, place_of, title_of
from microsite.schema.walk import texts
from microsite.site_model import Site
from microsite.suggest import fold

PAGE_KINDS = {
    "page": "Pages",
    "person": "People",
    "stage": "Stages",
    "edition": "Editions",
    "chapter": "Heritage",
    "update": "Updates",
    "source": "Sources",
}
"""Entries with a page of their own, and what readers call a group of them."""

_ARTICLE = re.compile(r"(?:the|an?) ", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Findable:
    """Something to find. `sorted_as` is the title as an index on paper has it (“Peterhansel, Stéphane”).

    `about` is a sentence that is shown, `also` other names and headings, `text` more words in which it is found.
    """

    group: str
    title: str
    permalink: str
    about: str
    sorted_as: str
    also: tuple[str, ...] = ()
    text: str = ""

    @property
    def is_page(self) -> bool:
        return "#" not in self.permalink


@lru_cache(maxsize=1)
def findables(site: Site) -> tuple[Findable, ...]:
    """Everything to find, by the title that an index sorts by; sources last."""
    found = [*_pages(site), *_terms(site), *_places(site), *_records(site), *_land_rovers(site), *_car_rows(site)]
    return tuple(sorted(found, key=lambda one: (one.group == "Sources", as_read(fold(one.sorted_as)), one.permalink)))


def _pages(site: Site) -> Iterator[Findable]:
    for kind, group in PAGE_KINDS.items():
        for entry in site.all(kind):
            if entry.permalink and not entry.permalink.endswith(".html"):
                yield _page(entry, group)


def _page(entry: Entry, group: str) -> Findable:
    title, data = title_of(entry), entry.data
    if entry.kind == "source":
        told = ", ".join((data.publisher, *((date(data.date),) if data.date else ())))
        return Findable(group, title, entry.permalink or "", told, _sorted_as(title))
    names = tuple(name for name in (getattr(data, "heading", None), getattr(data, "role", None)) if name)
    headings = tuple(heading.text for heading in entry.body.headings) if entry.body else ()
    text = " ".join((*texts(data), entry.body.plain_text if entry.body else ""))
    sorted_as = getattr(data, "sort_name", None) or _sorted_as(title)
    return Findable(group, title, entry.permalink or "", data.description, sorted_as, names + headings, text)


def _terms(site: Site) -> Iterator[Findable]:
    for entry in site.all("term"):
        word = entry.data.term
        yield from _shown(site, entry, "Words", word, plain_inline(entry.data.definition), also=entry.data.also)


def _places(site: Site) -> Iterator[Findable]:
    """Places that the route of some edition leads to; others are nowhere shown."""
    years: dict[str, dict[int, None]] = {}
    for edition in sorted(site.all("edition"), key=lambda one: one.data.year):
        for stop in edition.data.route.stops:
            years.setdefault(stop.place, {})[edition.data.year] = None
    for entry in site.all("place"):
        if entry.id in years:
            about = f"{country(entry.data.country)}, on the route of {_years(list(years[entry.id]))}"
            yield from _shown(site, entry, "Places", entry.data.name, about)


def _years(years: list[int]) -> str:
    """One year, two, or how many between the first and the last."""
    if len(years) < 3:
        return " and ".join(map(str, years))
    return f"{len(years)} editions from {years[0]} to {years[-1]}"


def _records(site: Site) -> Iterator[Findable]:
    for entry in site.all("record"):
        data = entry.data
        value = f": {figure(data.value)} {data.unit or ''}".rstrip() if data.value is not None else ""
        yield from _shown(site, entry, "Records", data.title, data.holder + value)


def _land_rovers(site: Site) -> Iterator[Findable]:
    """Of several alike in one year each is told from the others by its driver."""
    count = Counter((entry.data.year, entry.data.vehicle) for entry in site.all("land-rover"))
    for entry in site.all("land-rover"):
        data = entry.data
        driver = data.crew[:1] if count[data.year, data.vehicle] > 1 else ()
        about = ": ".join(filter(None, (", ".join(data.crew), data.result or "result not published")))
        text = " ".join(map(plain_inline, data.facts))
        title = ", ".join((data.vehicle, str(data.year), *driver))
        yield from _shown(site, entry, "Land Rovers", title, about, text=text)


def _car_rows(site: Site) -> Iterator[Findable]:
    """The lines of the comparison; each is found by its label and shows what is said of the first vehicle."""
    for entry in site.all("comparison"):
        first = entry.data.vehicles[0]
        for group in entry.data.groups:
            for row in group.rows:
                fact = row.values.get(first.id)
                known = fact is not None and fact.value is not None
                told = f"{figure(fact.value)} {fact.unit or ''}".strip() if fact and known else "not published"
                about = f"{first.name}: {told}"
                yield from _shown(site, entry, "The car", row.label, about, anchor=row.id, also=(group.title,))


def _shown(
    site: Site,
    entry: Entry,
    group: str,
    title: str,
    about: str,
    *,
    anchor: str | None = None,
    also: tuple[str, ...] = (),
    text: str = "",
) -> Iterator[Findable]:
    """What has an anchor, its own row's or another, on the page that shows it; nothing if there is no such page."""
    place = place_of(entry, site)
    if place:
        permalink = f"{place.permalink}#{anchor}" if anchor else place.permalink
        yield Findable(group, title, permalink, about, _sorted_as(title), also, text)


def _sorted_as(title: str) -> str:
    """“The car is shown” as “Car is shown, the”."""
    article = _ARTICLE.match(title)
    if not article:
        return title
    rest = title[article.end() :]
    return f"{rest[:1].upper()}{rest[1:]}, {article[0].strip().lower()}"
