"""The record from its other end: whom and what else on this site an edition, a person, a stage or a place concerns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from microsite.entries import Entry
from microsite.pages.page import Link
from microsite.pages.records import ComputedRecord, RecordRow
from microsite.pages.shown import as_read, link_to, place_of
from microsite.schema.kinds import DakarStart
from microsite.site_model import Site


@dataclass(frozen=True, slots=True)
class StartOf:
    """One start of somebody who has a page."""

    person: Link
    start: DakarStart


@dataclass(frozen=True, slots=True)
class RecordHeld:
    """Somebody's line in a computed record."""

    record: Link
    row: RecordRow


def starts_in(site: Site, year: int) -> tuple[StartOf, ...]:
    """Everybody with a page who started in a year, by family name."""
    everybody = sorted(site.all("person"), key=lambda one: str(one.data.sort_name).casefold())
    return tuple(
        StartOf(link_to(person), start) for person in everybody for start in person.data.starts if start.year == year
    )


def land_rovers_in(site: Site, year: int) -> tuple[Entry, ...]:
    return tuple(one for one in land_rovers(site) if one.data.year == year)


def land_rovers_of(site: Site, person: Entry) -> tuple[Entry, ...]:
    return tuple(one for one in land_rovers(site) if person.data.name in one.data.crew)


def land_rovers(site: Site) -> tuple[Entry, ...]:
    return tuple(sorted(site.all("land-rover"), key=lambda one: (one.data.year, one.id)))


def people_by_name(site: Site) -> Mapping[str, Link]:
    """Links to people by the name that tables call them."""
    return {one.data.name: link_to(one) for one in site.all("person")}


def records_told_of(site: Site, person: Entry) -> tuple[Entry, ...]:
    """The records that sources tell of somebody."""
    return tuple(one for one in site.all("record") if one.data.person == person.id)


def records_held_by(person: Entry, computed: Iterable[ComputedRecord]) -> tuple[RecordHeld, ...]:
    return tuple(
        RecordHeld(Link(record.title, f"/history/records/#{record.anchor}"), row)
        for record in computed
        for row in record.rows
        if row.person == person.id
    )


def told_on(site: Site, entry: Entry) -> tuple[Link, ...]:
    """The pages whose text leads to this one, in the order of their titles."""
    found = {link.permalink: link for link in _linking(site).get(entry.permalink or "", ())}
    found.pop(entry.permalink or "", None)
    return tuple(sorted(found.values(), key=lambda link: as_read(link.title.casefold())))


def visited_in(site: Site, place_id: str) -> tuple[Link, ...]:
    """The chapters whose map shows a place."""
    return _chapters_by_place(site).get(place_id, ())


@lru_cache(maxsize=1)
def _linking(site: Site) -> Mapping[str, tuple[Link, ...]]:
    """By permalink, the places of the texts that link to it. Of files that hold many entries nobody can tell which."""
    typed: dict[str, list[str]] = {}
    for link in site.links:
        typed.setdefault(link.span.path, []).append(link.target)
    found: dict[str, list[Link]] = {}
    for entry in (one for kind in site.entries for one in site.all(kind) if one.path.endswith(".md")):
        place = place_of(entry, site)
        for target in typed.get(entry.path, ()) if place else ():
            assert place is not None
            found.setdefault(target.partition("#")[0], []).append(place)
    return {target: tuple(links) for target, links in found.items()}


def chapters(site: Site) -> tuple[Entry, ...]:
    """What came before, in order."""
    return tuple(sorted(site.all("chapter"), key=lambda one: (one.data.from_year, one.data.to_year, one.id)))


@lru_cache(maxsize=1)
def _chapters_by_place(site: Site) -> Mapping[str, tuple[Link, ...]]:
    found: dict[str, dict[Link, None]] = {}
    for chapter in chapters(site):
        for one in chapter.data.places:
            found.setdefault(one.place, {})[link_to(chapter)] = None
    return {place: tuple(links) for place, links in found.items()}
