"""Every table of the site as CSV and JSON, with a JSON Schema: for journalists, editors elsewhere, and the curious.

Column names are promises: they are only ever added. Durations are seconds, distances kilometres, dates ISO 8601; an
empty cell (null in JSON) means not published. A column `…_sources` names, by id, the sources of the column before it;
`sources` those of the whole row.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from microsite.entries import Entry
from microsite.memory import Memory
from microsite.publish import OutputFile
from microsite.schema.values import Cited, Sourced
from microsite.site_model import Site

Cell = str | int | Decimal | bool | None
LICENCE = "https://creativecommons.org/licenses/by/4.0/"


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under named columns. `name` is the file's, `home` the page that shows the same."""

    name: str
    title: str
    home: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class TableSummary:
    """What the page of all tables says of one."""

    name: str
    title: str
    home: str
    columns: tuple[str, ...]
    count: int


Row = dict[str, Cell]


@dataclass(frozen=True, slots=True)
class Exports:
    """The files of all tables by output path, and what there is to say of each table."""

    files: Mapping[str, OutputFile]
    summaries: tuple[TableSummary, ...]


def make_exports(site: Site, memory: Memory) -> Exports:
    """Every table that has rows; one is made anew only if an entry of a kind that it draws on has changed."""
    files: dict[str, OutputFile] = {}
    summaries = []
    for source in _TABLES:
        key = source.digest(site)

        def make(_: list[bytes], source: _TableSource = source, key: bytes = key) -> dict[bytes, Any]:
            return {key: _written(source.table(site), memory)}

        summary, written = memory.results("export", [key], make)[key]
        if summary.count:
            summaries.append(summary)
            files.update({path: memory.file(digest) for path, digest in written.items()})
    return Exports(files, tuple(summaries))


def _written(table: Table, memory: Memory) -> tuple[TableSummary, dict[str, bytes]]:
    formats = {".csv": to_csv, ".json": to_json, ".schema.json": to_schema}
    written = {f"data/{table.name}{ending}": memory.keep_content(write(table)) for ending, write in formats.items()}
    return TableSummary(table.name, table.title, table.home, table.columns, len(table.rows)), written


def to_csv(table: Table) -> bytes:
    """RFC 4180, UTF-8, lines end with CRLF."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(table.columns)
    writer.writerows(["" if cell is None else _text(cell) for cell in row] for row in table.rows)
    return out.getvalue().encode()


def to_json(table: Table) -> bytes:
    rows = [{name: _plain(cell) for name, cell in zip(table.columns, row, strict=True)} for row in table.rows]
    data = {"title": table.title, "licence": LICENCE, "schema": f"{table.name}.schema.json", "rows": rows}
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


def to_schema(table: Table) -> bytes:
    """A JSON Schema (2020-12) of the JSON file."""
    properties = {name: {"type": _types(table, index)} for index, name in enumerate(table.columns)}
    row = {"type": "object", "properties": properties, "required": list(table.columns), "additionalProperties": False}
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": table.title,
        "type": "object",
        "properties": {
            "title": {"type": "string"},
            "licence": {"const": LICENCE},
            "schema": {"type": "string"},
            "rows": {"type": "array", "items": row},
        },
        "required": ["title", "licence", "schema", "rows"],
    }
    return (json.dumps(schema, ensure_ascii=False, indent=1) + "\n").encode()


def _types(table: Table, index: int) -> list[str]:
    return sorted({_type(row[index]) for row in table.rows})


def _type(cell: Cell) -> str:
    if cell is None:
        return "null"
    if isinstance(cell, bool):
        return "boolean"
    return "integer" if isinstance(cell, int) else "number" if isinstance(cell, Decimal) else "string"


def _text(cell: Cell) -> str:
    if isinstance(cell, bool):
        return "true" if cell else "false"
    return format(cell, "f") if isinstance(cell, Decimal) else str(cell)


def _plain(cell: Cell) -> str | int | float | bool | None:
    if isinstance(cell, Decimal):
        return int(cell) if cell == cell.to_integral_value() else float(cell)
    return cell


@dataclass(frozen=True, slots=True)
class _TableSource:
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


# Rows -----------------------------------------------------------------------------------------------------------------


def _cited(name: str, fact: Cited[Any] | None) -> Row:
    """A value with its unit and sources. A disagreement is marked; what others say stands on the page."""
    if fact is None:
        return {name: None, f"{name}_sources": None}
    value = fact.value
    return {name: value, f"{name}_sources": _ids(fact.sources)}


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
            "date": data.date,
            "start": data.start,
            "finish": data.finish,
            **_cited("special_km", data.special_km),
            **_cited("liaison_km", data.liaison_km),
            **_cited("total_km", data.total_km),
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
    data = entrant.data
    return {
        "entrant": entrant_id,
        "number": data.number,
        "driver": data.driver,
        "codriver": data.codriver,
        "vehicle": data.vehicle,
    }


def _starts(site: Site) -> Iterator[Row]:
    for person in site.all("person"):
        for start in person.data.starts:
            yield {
                "person": person.id,
                "name": person.data.name,
                "year": start.year,
                "category": start.category,
                "vehicle": start.vehicle,
                "crew": start.crew,
                "number": start.number,
                "result": start.result,
                "position": start.position,
                "stage_wins": start.stage_wins,
                **_about(start),
            }


def _editions(site: Site) -> Iterator[Row]:
    for edition in _by_year(site):
        data = edition.data
        yield {
            "year": data.year,
            "name": data.name,
            "status": data.status,
            "era": data.era,
            **_cited("number", data.number),
            **_cited("start", data.start),
            **_cited("finish", data.finish),
            **_cited("total_km", data.total_km),
            **_cited("special_km", data.special_km),
            **_cited("stages", data.stages),
            **_cited("starters", data.starters),
            **_cited("finishers", data.finishers),
        }


def _winners(site: Site) -> Iterator[Row]:
    for edition in _by_year(site):
        for winner in edition.data.winners:
            yield {
                "year": edition.data.year,
                "category": winner.category,
                "crew": " / ".join(person.name for person in winner.crew),
                "countries": " / ".join(person.country or "" for person in winner.crew),
                "make": winner.make,
                "model": winner.model,
                "model_unverified": winner.model_unverified,
                "team": winner.team,
                "time_s": winner.time,
                **_about(winner),
            }


def _podiums(site: Site) -> Iterator[Row]:
    for edition in _by_year(site):
        for place in edition.data.podium:
            yield {
                "year": edition.data.year,
                "position": place.position,
                "crew": " / ".join(person.name for person in place.crew),
                "make": place.make,
                "model": place.model,
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
                    "name": place.data.name,
                    "country": place.data.country,
                    "latitude": place.data.latitude,
                    "longitude": place.data.longitude,
                    "approximate": place.data.approximate,
                    "by": stop.by,
                    "sources": _ids(edition.data.route.sources),
                }


def _land_rovers(site: Site) -> Iterator[Row]:
    for entry in sorted(site.all("land-rover"), key=lambda one: (one.data.year, one.id)):
        yield {
            "id": entry.id,
            "year": entry.data.year,
            "vehicle": entry.data.vehicle,
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
        data = entry.data
        yield {
            "id": entry.id,
            "title": data.title,
            "publisher": data.publisher,
            "kind": data.kind,
            "url": data.url,
            "date": data.date,
            "language": data.language,
        }


def _by_year(site: Site) -> list[Entry]:
    return sorted(site.all("edition"), key=lambda one: one.data.year)


_RESULTS = ("stage", "entrant", "rally")
_TABLES = (
    _TableSource("specification", "The D7X-R beside the OCTA", "/car/", _specification, ("comparison",)),
    _TableSource("stages-2026", "Stages of the 2026 Dakar", "/dakar-2026/", _stages, ("stage",)),
    _TableSource(
        "stage-results-2026",
        "Stock results and standings of the 2026 Dakar, stage by stage",
        "/dakar-2026/",
        _stage_results,
        _RESULTS,
    ),
    _TableSource(
        "classification-2026",
        "Final Stock classification of the 2026 Dakar",
        "/dakar-2026/",
        _classification,
        _RESULTS,
    ),
    _TableSource("dakar-starts", "Dakar starts of the people on this site", "/crews/", _starts, ("person",)),
    _TableSource("editions", "All editions of the Dakar", "/history/", _editions, ("edition",)),
    _TableSource("winners", "Winners of every edition and category", "/history/", _winners, ("edition",)),
    _TableSource("car-podiums", "The first three cars of every edition", "/history/", _podiums, ("edition",)),
    _TableSource("routes", "The routes, place by place", "/history/", _routes, ("edition", "place")),
    _TableSource(
        "land-rover-at-dakar",
        "Land Rovers and Range Rovers at the Dakar",
        "/history/land-rover/",
        _land_rovers,
        ("land-rover",),
    ),
    _TableSource("glossary", "Words of the rally", "/glossary/", _terms, ("term",)),
    _TableSource("sources", "The sources of this site", "/sources/", _sources, ("source",)),
)
