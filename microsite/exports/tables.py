"""The tables of the site, row by row.

Column names are promises: they are only ever added. Durations are seconds, distances kilometres, dates ISO 8601; an
empty cell (null in JSON) means not published. A column `…_sources` names, by id, the sources of the column before it;
`sources` those of the whole row.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from microsite.entries import Entry
from microsite.exports.formats import Cell, Table
from microsite.schema.kinds import PodiumPlace, Winner
from microsite.schema.values.facts import Cited, Sourced
from microsite.site_model import Site

Row = dict[str, Cell]


@dataclass(frozen=True, slots=True)
class TableSource:
    """How a table is made, and the kinds of entries that it is made from."""

    name: str
    title: str
    home: str
    rows: Callable[[Site], Iterator[Row]]
    kinds: tuple[str, ...]

    def digest(self, site: Site) -> bytes:
        whole = hashlib.sha256(self.name.encode())
        for kind in self.kinds:
            for entry in site.all(kind):
                whole.update(entry.digest)
        return whole.digest()

    def table(self, site: Site) -> Table:
        found = list(self.rows(site))
        columns = tuple(dict.fromkeys(column for row in found for column in row))
        rows = tuple(tuple(row.get(column) for column in columns) for row in found)
        return Table(self.name, self.title, self.home, columns, rows)


def _cited(name: str, fact: Cited[Any] | None) -> Row:
    """A value with its unit and sources. A disagreement is marked; what others say stands on the page."""
    if fact is None:
        return {name: None, f"{name}_sources": None}
    value = fact.value
    return {name: value, f"{name}_sources": _ids(fact.sources)}


def _taken(data: Any, *names: str) -> Row:
    """Fields that are columns as they are."""
    return {name: getattr(data, name) for name in names}


def _all_cited(data: Any, *names: str) -> Row:
    """Fields with their sources, two columns each."""
    return {column: cell for name in names for column, cell in _cited(name, getattr(data, name)).items()}


def _crew_names(row: Winner | PodiumPlace) -> str:
    return " / ".join(person.name for person in row.crew)


def _about(fact: Sourced) -> Row:
    return {"sources": _ids(fact.sources), "disputed": bool(fact.disputed), "unverified": fact.unverified}


def _ids(sources: Iterable[str]) -> str | None:
    return " ".join(sources) or None


def _specification(site: Site) -> Iterator[Row]:
    for comparison in site.all("comparison"):
        for group in comparison.data.groups:
            for row in group.rows:
                for vehicle, fact in row.values.items():
                    yield {
                        "id": row.id,
                        "group": group.title,
                        "label": row.label,
                        "change": row.change,
                        "vehicle": vehicle,
                        "value": fact.value,
                        "unit": fact.unit,
                        **_about(fact),
                    }


def _stages(site: Site) -> Iterator[Row]:
    for stage in sorted(site.all("stage"), key=lambda one: one.data.number):
        data = stage.data
        yield {
            "stage": data.number,
            **_taken(data, "date", "start", "finish"),
            **_all_cited(data, "special_km", "liaison_km", "total_km"),
        }


def _stage_results(site: Site) -> Iterator[Row]:
    for stage in sorted(site.all("stage"), key=lambda one: one.data.number):
        for kind, table in (("stage", stage.data.result), ("overall", stage.data.standings)):
            for line in table.rows:
                yield {
                    "stage": stage.data.number,
                    "table": kind,
                    "position": line.position,
                    **_crew(site, line.entrant),
                    "time_s": line.time,
                    "gap_s": line.gap,
                    "gap_text": line.gap_text,
                    **_about(table),
                }


def _classification(site: Site) -> Iterator[Row]:
    rally = site.only("rally")
    for row in rally.data.classification if rally else ():
        yield {
            "position": row.position,
            **_crew(site, row.entrant),
            "time_s": row.time,
            "gap_s": row.gap,
            "gap_text": row.gap_text,
            "place_among_all_cars": row.overall,
            **_about(row),
        }


def _crew(site: Site, entrant_id: str) -> Row:
    entrant = site.get("entrant", entrant_id)
    if entrant is None:
        return {"entrant": entrant_id}
    return {"entrant": entrant_id, **_taken(entrant.data, "number", "driver", "codriver", "vehicle")}


def _starts(site: Site) -> Iterator[Row]:
    for person in site.all("person"):
        for start in person.data.starts:
            yield {
                "person": person.id,
                "name": person.data.name,
                **_taken(start, "year", "category", "vehicle", "crew", "number", "result", "position", "stage_wins"),
                **_about(start),
            }


def _editions(site: Site) -> Iterator[Row]:
    for edition in _by_year(site):
        figures = "number", "start", "finish", "total_km", "special_km", "stages", "starters", "finishers"
        yield {**_taken(edition.data, "year", "name", "status", "era"), **_all_cited(edition.data, *figures)}


def _winners(site: Site) -> Iterator[Row]:
    for edition in _by_year(site):
        for winner in edition.data.winners:
            yield {
                "year": edition.data.year,
                "category": winner.category,
                "crew": _crew_names(winner),
                "countries": " / ".join(person.country or "" for person in winner.crew),
                **_taken(winner, "make", "model", "model_unverified", "team"),
                "time_s": winner.time,
                **_about(winner),
            }


def _podiums(site: Site) -> Iterator[Row]:
    for edition in _by_year(site):
        for place in edition.data.podium:
            yield {
                "year": edition.data.year,
                "position": place.position,
                "crew": _crew_names(place),
                **_taken(place, "make", "model"),
                "gap_s": place.gap,
                **_about(place),
            }


def _routes(site: Site) -> Iterator[Row]:
    for edition in _by_year(site):
        for order, stop in enumerate(edition.data.route.stops, 1):
            place = site.get("place", stop.place)
            if place is not None:
                yield {
                    "year": edition.data.year,
                    "order": order,
                    "place": stop.place,
                    **_taken(place.data, "name", "country", "latitude", "longitude", "approximate"),
                    "by": stop.by,
                    "sources": _ids(edition.data.route.sources),
                }


def _land_rovers(site: Site) -> Iterator[Row]:
    for entry in sorted(site.all("land-rover"), key=lambda one: (one.data.year, one.id)):
        yield {
            "id": entry.id,
            **_taken(entry.data, "year", "vehicle"),
            "crew": " / ".join(entry.data.crew),
            "result": entry.data.result,
            **_about(entry.data),
        }


def _terms(site: Site) -> Iterator[Row]:
    for entry in site.all("term"):
        yield {
            "id": entry.id,
            "term": entry.data.term,
            "definition": str(entry.data.definition),
            **_about(entry.data),
        }


def _sources(site: Site) -> Iterator[Row]:
    for entry in site.all("source"):
        yield {"id": entry.id, **_taken(entry.data, "title", "publisher", "kind", "url", "date", "language")}


def _by_year(site: Site) -> list[Entry]:
    return sorted(site.all("edition"), key=lambda one: one.data.year)


_RESULTS = ("stage", "entrant", "rally")
TABLES = (
    TableSource("specification", "The D7X-R beside the OCTA", "/car/", _specification, ("comparison",)),
    TableSource("stages-2026", "Stages of the 2026 Dakar", "/dakar-2026/", _stages, ("stage",)),
    TableSource(
        "stage-results-2026",
        "Stock results and standings of the 2026 Dakar, stage by stage",
        "/dakar-2026/",
        _stage_results,
        _RESULTS,
    ),
    TableSource(
        "classification-2026",
        "Final Stock classification of the 2026 Dakar",
        "/dakar-2026/",
        _classification,
        _RESULTS,
    ),
    TableSource("dakar-starts", "Dakar starts of the people on this site", "/crews/", _starts, ("person",)),
    TableSource("editions", "All editions of the Dakar", "/history/", _editions, ("edition",)),
    TableSource("winners", "Winners of every edition and category", "/history/", _winners, ("edition",)),
    TableSource("car-podiums", "The first three cars of every edition", "/history/", _podiums, ("edition",)),
    TableSource("routes", "The routes, place by place", "/history/", _routes, ("edition", "place")),
    TableSource(
        "land-rover-at-dakar",
        "Land Rovers and Range Rovers at the Dakar",
        "/history/land-rover/",
        _land_rovers,
        ("land-rover",),
    ),
    TableSource("glossary", "Words of the rally", "/glossary/", _terms, ("term",)),
    TableSource("sources", "The sources of this site", "/sources/", _sources, ("source",)),
)
