"""What the pages of the Dakar's history show: editions, records, Land Rovers, words and tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from unicodedata import normalize

from microsite.entries import Entry
from microsite.filters import country
from microsite.graphics.route_map import By, Stop
from microsite.pages import connections
from microsite.pages.page import Link
from microsite.pages.records import ComputedRecord, computed_records
from microsite.pages.shown import link_to, neighbours, people_links
from microsite.schema.kinds import Winner
from microsite.schema.values.texts import InlineMarkdown
from microsite.site_model import Site

ERAS = {
    "africa": "Africa",
    "south-america": "South America",
    "saudi-arabia": "Saudi Arabia",
}
RECORD_GROUPS = {
    "wins": "Wins",
    "stage-wins": "Stage wins",
    "people": "People",
    "margins": "Margins",
    "route": "Routes",
    "field": "Fields",
    "vehicles": "Vehicles",
    "other": "More",
}


@dataclass(frozen=True, slots=True)
class Era:
    """Editions on one continent, in order, and the route of each (empty where there was none)."""

    id: str
    title: str
    editions: tuple[Entry, ...]
    routes: tuple[tuple[Stop, ...], ...]

    @property
    def held(self) -> int:
        """How many of them were held."""
        return sum(one.data.status == "held" for one in self.editions)


@dataclass(frozen=True, slots=True)
class EditionLine:
    """An edition as a row of the table of all; `car` and `motorcycle` are the winners where they are known."""

    edition: Entry
    era: str
    era_title: str
    car: Winner | None
    motorcycle: Winner | None


@dataclass(frozen=True, slots=True)
class RecordGroup:
    """Records that sources tell, under one heading."""

    id: str
    title: str
    records: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class StopOnPage:
    """A place of a route in its order, and how the rally came there."""

    place: Entry
    by: str


@dataclass(frozen=True, slots=True)
class ChapterSpot:
    """A place on the map of a chapter, the words beside it and what happened there, with its sources."""

    place: Entry
    label: str
    note: InlineMarkdown | None

    @property
    def stop(self) -> Stop:
        return stop_at(self.place)


@dataclass(frozen=True, slots=True)
class Visit:
    """An edition whose route led to a place; its `status` says whether it was held."""

    year: int
    permalink: str
    status: str


@dataclass(frozen=True, slots=True)
class VisitedPlace:
    """A place, the editions that came there, the stages that began or ended there, the chapters that tell of it."""

    place: Entry
    visits: tuple[Visit, ...]
    stages: tuple[Link, ...]
    chapters: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Country:
    """A country (ISO 3166-1) and the places in it that some route led to, by name."""

    code: str
    places: tuple[VisitedPlace, ...]


@dataclass(frozen=True, slots=True)
class Journey:
    """A chapter that tells of a journey, and its places in order."""

    chapter: Link
    stops: tuple[Stop, ...]


def editions(site: Site) -> tuple[Entry, ...]:
    return tuple(sorted(site.all("edition"), key=lambda one: one.data.year))


def edition_links(site: Site) -> Mapping[int, Link]:
    """Links to editions by their year."""
    return {one.data.year: link_to(one) for one in site.all("edition")}


def history(site: Site, entry: Entry) -> Mapping[str, Any]:
    eras = []
    for era, title in ERAS.items():
        found = tuple(one for one in editions(site) if one.data.era == era)
        eras.append(Era(era, title, found, tuple(route_of(site, one) for one in found)))
    return {
        "eras": tuple(era for era in eras if era.editions),
        "lines": tuple(_line(one) for one in editions(site)),
        "rules": site.get("factsheet", "rally-rules"),
    }


def edition(site: Site, entry: Entry) -> Mapping[str, Any]:
    return {
        "stops": _stops(site, entry),
        "route": route_of(site, entry),
        "people": people_links(site),
        "starts": connections.starts_in(site, entry.data.year),
        "land_rovers": connections.land_rovers_in(site, entry.data.year),
        "stages_of": stages_of(site, entry),
        "days": site.get("factsheet", f"dakar-{entry.data.year}-days"),
        "told_on": connections.told_on(site, entry),
        **neighbours(editions(site), entry),
    }


def records(site: Site, entry: Entry) -> Mapping[str, Any]:
    groups = (
        RecordGroup(group, title, tuple(one for one in site.all("record") if one.data.group == group))
        for group, title in RECORD_GROUPS.items()
    )
    return {
        "computed": all_computed(site),
        "groups": tuple(group for group in groups if group.records),
        "people": people_links(site),
        "editions": edition_links(site),
    }


def places(site: Site, entry: Entry) -> Mapping[str, Any]:
    """Every place that the route of some edition leads to, or the map of a chapter shows, by country; then those of
    journeys, which are no rallies.
    """
    visits: dict[str, dict[Visit, None]] = {}
    for one in editions(site):
        visit = Visit(one.data.year, one.permalink or "/", one.data.status)
        for stop in one.data.route.stops:
            visits.setdefault(stop.place, {})[visit] = None
    stages: dict[str, dict[Link, None]] = {}
    for stage in sorted(site.all("stage"), key=lambda one: one.data.number):
        for name in (stage.data.start, stage.data.finish):
            if found := stage_place(site, name):
                stages.setdefault(found.id, {})[link_to(stage)] = None
    countries: dict[str, list[VisitedPlace]] = {}
    for place in sorted(site.all("place"), key=lambda one: _alphabetical(one.data.name)):
        chapters = connections.visited_in(site, place.id)
        if place.id in visits or chapters:
            visited = VisitedPlace(place, tuple(visits.get(place.id, ())), tuple(stages.get(place.id, ())), chapters)
            countries.setdefault(place.data.country, []).append(visited)
    ordered = sorted(countries, key=lambda code: _alphabetical(country(code)))
    return {
        "countries": tuple(Country(code, tuple(countries[code])) for code in ordered),
        "journeys": tuple(
            Journey(link_to(one), stops) for one in connections.chapters(site) if (stops := chapter_route(one))
        ),
    }


def land_rover(site: Site, entry: Entry) -> Mapping[str, Any]:
    return {
        "entries": connections.land_rovers(site),
        "editions": edition_links(site),
        "people_named": connections.people_by_name(site),
    }


def glossary(site: Site, entry: Entry) -> Mapping[str, Any]:
    return {"terms_all": tuple(sorted(site.all("term"), key=lambda one: str(one.data.term).casefold()))}


def route_of(site: Site, edition: Entry) -> tuple[Stop, ...]:
    """The places of an edition's route as a map needs them."""
    found = ((stop, site.get("place", stop.place)) for stop in edition.data.route.stops)
    return tuple(stop_at(place, stop.by) for stop, place in found if place)


def stop_at(place: Entry, by: By = "road") -> Stop:
    """A place as maps need it, and how one came there."""
    data = place.data
    return Stop(data.name, data.latitude, data.longitude, data.approximate, by)


def chapter_route(chapter: Entry) -> tuple[Stop, ...]:
    """The places of a chapter's route as a map needs them; none if it has no route."""
    route = chapter.data.route
    return tuple(
        Stop(stop.name, stop.latitude, stop.longitude, stop.approximate, stop.by)
        for stop in (route.stops if route else ())
    )


def chapter_spots(site: Site, chapter: Entry) -> tuple[ChapterSpot, ...]:
    """The places of a chapter that is no journey, each with what stands beside it on the map."""
    found = ((one, site.get("place", one.place)) for one in chapter.data.places)
    return tuple(ChapterSpot(place, one.label, one.note) for one, place in found if place)


def stages_of(site: Site, edition: Entry) -> tuple[Link, ...]:
    """The stages of an edition that this site tells of one by one."""
    rally = site.only("rally")
    if rally is None or not rally.data.start.startswith(f"{edition.data.year}-"):
        return ()
    return tuple(link_to(one) for one in sorted(site.all("stage"), key=lambda one: one.data.number))


def stage_place(site: Site, name: str) -> Entry | None:
    """The place at which a stage begins or ends: that of its name on the route of the same year's edition."""
    rally = site.only("rally")
    edition = site.get("edition", rally.data.start[:4]) if rally else None
    on_route = _stops(site, edition) if edition else ()
    return next((stop.place for stop in on_route if stop.place.data.name == name), None)


@lru_cache(maxsize=1)
def all_computed(site: Site) -> tuple[ComputedRecord, ...]:
    """The computed records: the page of records shows them all, those of people theirs."""
    return computed_records(editions(site))


def _stops(site: Site, entry: Entry) -> tuple[StopOnPage, ...]:
    stops = entry.data.route.stops
    return tuple(StopOnPage(place, stop.by) for stop in stops if (place := site.get("place", stop.place)))


def _line(edition: Entry) -> EditionLine:
    first: dict[str, Winner] = {}
    for winner in edition.data.winners:
        first.setdefault(winner.category, winner)
    era = edition.data.era
    return EditionLine(edition, era, ERAS[era], first.get("cars"), first.get("motorcycles"))


def _alphabetical(name: str) -> str:
    """What a name is sorted by: without case and accents, so that Él comes before Em."""
    return "".join(letter for letter in normalize("NFKD", name) if letter.isalpha() or letter == " ").casefold()
