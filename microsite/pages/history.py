"""What the pages of the Dakar's history show: editions, records, Land Rovers, words and tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from microsite.entries import Entry
from microsite.graphics.route_map import Stop
from microsite.pages.records import computed_records
from microsite.pages.shown import link_to
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


@dataclass(frozen=True, slots=True)
class RecordGroup:
    """Records that sources tell, under one heading."""

    id: str
    title: str
    records: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class StopOnPage:
    """A place of a route in its order; `others` are the years of the other editions that came here."""

    place: Entry
    by: str
    others: tuple[int, ...]


def editions(site: Site) -> tuple[Entry, ...]:
    return tuple(sorted(site.all("edition"), key=lambda one: one.data.year))


def history(site: Site, entry: Entry) -> Mapping[str, Any]:
    eras = []
    for era, title in ERAS.items():
        found = tuple(one for one in editions(site) if one.data.era == era)
        eras.append(Era(era, title, found, tuple(route_of(site, one) for one in found)))
    return {
        "eras": tuple(era for era in eras if era.editions),
        "rules": site.get("factsheet", "rally-rules"),
    }


def edition(site: Site, entry: Entry) -> Mapping[str, Any]:
    ordered = editions(site)
    at = ordered.index(entry)
    return {
        "stops": _stops(site, entry, ordered),
        "route": route_of(site, entry),
        "people": {one.id: link_to(one) for one in site.all("person")},
        "previous": link_to(ordered[at - 1]) if at else None,
        "next": link_to(ordered[at + 1]) if at + 1 < len(ordered) else None,
    }


def records(site: Site, entry: Entry) -> Mapping[str, Any]:
    groups = (
        RecordGroup(group, title, tuple(one for one in site.all("record") if one.data.group == group))
        for group, title in RECORD_GROUPS.items()
    )
    return {
        "computed": computed_records(editions(site)),
        "groups": tuple(group for group in groups if group.records),
        "people": {one.id: link_to(one) for one in site.all("person")},
    }


def land_rover(site: Site, entry: Entry) -> Mapping[str, Any]:
    known = {one.data.year: link_to(one) for one in site.all("edition")}
    found = sorted(site.all("land-rover"), key=lambda one: (one.data.year, one.id))
    return {"entries": tuple(found), "editions": known}


def glossary(site: Site, entry: Entry) -> Mapping[str, Any]:
    return {"terms_all": tuple(sorted(site.all("term"), key=lambda one: str(one.data.term).casefold()))}


def route_of(site: Site, edition: Entry) -> tuple[Stop, ...]:
    """The places of an edition's route as a map needs them."""
    found = ((stop, site.get("place", stop.place)) for stop in edition.data.route.stops)
    return tuple(
        Stop(place.data.name, place.data.latitude, place.data.longitude, place.data.approximate, stop.by)
        for stop, place in found
        if place
    )


def _stops(site: Site, entry: Entry, ordered: tuple[Entry, ...]) -> tuple[StopOnPage, ...]:
    visits: dict[str, dict[int, None]] = {}
    for other in ordered:
        if other is not entry:
            for stop in other.data.route.stops:
                visits.setdefault(stop.place, {})[other.data.year] = None
    return tuple(
        StopOnPage(place, stop.by, tuple(visits.get(stop.place, ())))
        for stop in entry.data.route.stops
        if (place := site.get("place", stop.place))
    )
