from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from microsite.exports import Exports, make_exports
from microsite.exports.formats import LICENCE, Cell, Table, to_csv, to_json, to_schema
from microsite.memory import Memory
from microsite.site_model import Site
from tests.projects import build, make_project
from tests.real_site import real_site

COLUMNS = {
    "specification": "id group label change vehicle value unit sources disputed unverified",
    "stages-2026": "stage date start finish special_km special_km_sources liaison_km liaison_km_sources total_km "
    "total_km_sources",
    "stage-results-2026": "stage table position entrant number driver codriver vehicle time_s gap_s gap_text sources "
    "disputed unverified",
    "classification-2026": "position entrant number driver codriver vehicle time_s gap_s gap_text "
    "place_among_all_cars sources disputed unverified",
    "dakar-starts": "person name year category vehicle crew number result position stage_wins sources disputed "
    "unverified",
    "editions": "year name status era number number_sources start start_sources finish finish_sources total_km "
    "total_km_sources special_km special_km_sources stages stages_sources starters starters_sources finishers "
    "finishers_sources",
    "winners": "year category crew countries make model model_unverified team time_s sources disputed unverified",
    "car-podiums": "year position crew make model gap_s sources disputed unverified",
    "routes": "year order place name country latitude longitude approximate by sources",
    "land-rover-at-dakar": "id year vehicle crew result sources disputed unverified",
    "glossary": "id term definition sources disputed unverified",
    "sources": "id title publisher kind url date language",
}
"""The promise of `microsite.exports`: a column may be added here, never renamed, moved or taken away."""

ODD = 'Say “Ténéré”, "erg"; then\nturn'
TABLE = Table(
    "odd-things",
    "Odd things",
    "/odd/",
    ("name", "km", "wins", "known", "note"),
    (
        (ODD, Decimal("4.40"), 3, True, None),
        ("Žala, Vaidotas", Decimal("7994"), 0, False, None),
    ),
)


class Noting(Memory):
    """A memory that notes which files were made."""

    def __init__(self) -> None:
        super().__init__(None, b"tests")
        self.made: list[bytes] = []

    def keep_content(self, content: bytes, digest: bytes | None = None) -> bytes:
        self.made.append(content)
        return super().keep_content(content, digest)


@pytest.fixture(scope="module")
def memory() -> Iterator[Noting]:
    memory = Noting()
    yield memory
    memory.close()


@pytest.fixture(scope="module")
def exports(memory: Noting) -> Exports:
    return make_exports(real_site()[0], memory)


def text(exports: Exports, path: str) -> str:
    return exports.files[path].read().decode()


def problems(data: Any, schema: Mapping[str, Any], at: str = "$") -> Iterator[str]:
    """What JSON Schema (2020-12) would say, of the keywords that our schemas use; others are refused."""
    unknown = set(schema) - {
        "$schema",
        "title",
        "type",
        "properties",
        "required",
        "additionalProperties",
        "items",
        "const",
    }
    assert not unknown, f"the check does not know {unknown}"
    if "const" in schema and data != schema["const"]:
        yield f"{at} is not {schema['const']}"
    if "type" in schema and not is_of_type(data, schema["type"]):
        yield f"{at} is {json_type(data)}"
    if isinstance(data, dict):
        known = schema.get("properties", {})
        yield from (f"{at} has no {name}" for name in schema.get("required", ()) if name not in data)
        if schema.get("additionalProperties") is False:
            yield from (f"{at} has {name}" for name in data if name not in known)
        for name, value in data.items():
            yield from problems(value, known.get(name, {}), f"{at}.{name}")
    if isinstance(data, list):
        for index, value in enumerate(data):
            yield from problems(value, schema.get("items", {}), f"{at}[{index}]")


def is_of_type(value: Any, allowed: str | list[str]) -> bool:
    """An integer is a number too."""
    listed = [allowed] if isinstance(allowed, str) else allowed
    found = json_type(value)
    return found in listed or (found == "integer" and "number" in listed)


def json_type(value: Any) -> str:
    names = {type(None): "null", bool: "boolean", int: "integer", float: "number", str: "string", list: "array"}
    return names.get(type(value), "object")


# One table ------------------------------------------------------------------------------------------------------------


def test_csv_is_what_rfc_4180_says() -> None:
    assert (
        to_csv(TABLE)
        == (
            "name,km,wins,known,note\r\n"
            '"Say “Ténéré”, ""erg""; then\nturn",4.40,3,true,\r\n'
            '"Žala, Vaidotas",7994,0,false,\r\n'
        ).encode()
    )


def test_json_has_numbers_and_nulls_and_names_its_licence_and_schema() -> None:
    assert json.loads(to_json(TABLE)) == {
        "title": "Odd things",
        "licence": "https://creativecommons.org/licenses/by/4.0/",
        "schema": "odd-things.schema.json",
        "rows": [
            {"name": ODD, "km": 4.4, "wins": 3, "known": True, "note": None},
            {"name": "Žala, Vaidotas", "km": 7994, "wins": 0, "known": False, "note": None},
        ],
    }
    assert "Ténéré".encode() in to_json(TABLE), "letters are written as they are"
    assert b'"km": 7994,' in to_json(TABLE), "a whole number has no point"


def test_the_schema_tells_the_types_of_every_column() -> None:
    schema = json.loads(to_schema(TABLE))
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    row = schema["properties"]["rows"]["items"]
    assert row["properties"] == {
        "name": {"type": ["string"]},
        "km": {"type": ["number"]},
        "wins": {"type": ["integer"]},
        "known": {"type": ["boolean"]},
        "note": {"type": ["null"]},
    }
    assert row["required"] == list(TABLE.columns)
    assert row["additionalProperties"] is False


def test_json_is_what_its_schema_says() -> None:
    schema = json.loads(to_schema(TABLE))
    data = json.loads(to_json(TABLE))
    assert list(problems(data, schema)) == []
    del data["rows"][0]["km"]
    data["rows"][1] |= {"wins": "none", "more": 1}
    data["licence"] = "mine"
    assert list(problems(data, schema)) == [
        f"$.licence is not {LICENCE}",
        "$.rows[0] has no km",
        "$.rows[1] has more",
        "$.rows[1].wins is string",
    ]


@pytest.mark.parametrize(
    ("cell", "written", "plain"),
    [
        (None, "", None),
        (True, "true", True),
        (Decimal("1E+3"), "1000", 1000),
        (Decimal("0.10"), "0.10", 0.1),
        (Decimal("209385"), "209385", 209385),
        ("7994", "7994", "7994"),
        ("58:09:45", "58:09:45", "58:09:45"),
    ],
)
def test_cells(cell: Cell, written: str, plain: Any) -> None:
    table = Table("one", "One", "/", ("first", "cell"), (("x", cell),))
    assert to_csv(table).decode() == f"first,cell\r\nx,{written}\r\n"
    assert json.loads(to_json(table))["rows"][0]["cell"] == plain


# The tables of the site -----------------------------------------------------------------------------------------------


def test_columns_are_promises(exports: Exports) -> None:
    assert {one.name: " ".join(one.columns) for one in exports.summaries} == COLUMNS


def test_every_table_has_its_three_files(exports: Exports) -> None:
    assert sorted(exports.files) == sorted(
        f"data/{name}{ending}" for name in COLUMNS for ending in (".csv", ".json", ".schema.json")
    )


@pytest.mark.parametrize("name", COLUMNS)
def test_csv_and_json_hold_the_same_rows(exports: Exports, name: str) -> None:
    data = json.loads(text(exports, f"data/{name}.json"))
    header, *lines = csv.reader(io.StringIO(text(exports, f"data/{name}.csv"), newline=""), strict=True)
    summary = next(one for one in exports.summaries if one.name == name)
    assert len(lines) == len(data["rows"]) == summary.count > 0
    for line, row in zip(lines, data["rows"], strict=True):
        assert header == list(row)
        for cell, value in zip(line, row.values(), strict=True):
            assert same(cell, value), (name, line)


def same(cell: str, value: Any) -> bool:
    if value is None or isinstance(value, bool):
        return cell == {None: "", True: "true", False: "false"}[value]
    return cell == value if isinstance(value, str) else float(cell) == value


@pytest.mark.parametrize("name", COLUMNS)
def test_every_table_is_what_its_schema_says(exports: Exports, name: str) -> None:
    data = json.loads(text(exports, f"data/{name}.json"))
    schema = json.loads(text(exports, f"data/{name}.schema.json"))
    assert list(problems(data, schema)) == []
    assert data["schema"] == f"{name}.schema.json"
    assert data["title"] == schema["title"]


@pytest.mark.parametrize("name", [name for name in COLUMNS if name != "sources"])
def test_sources_named_in_a_table_are_in_the_table_of_sources(exports: Exports, name: str) -> None:
    known = {row["id"] for row in json.loads(text(exports, "data/sources.json"))["rows"]}
    for row in json.loads(text(exports, f"data/{name}.json"))["rows"]:
        for column in row:
            if column.endswith("sources") and row[column]:
                assert set(row[column].split(" ")) <= known, row


def test_times_are_seconds_and_crews_are_joined(exports: Exports) -> None:
    rows = json.loads(text(exports, "data/winners.json"))["rows"]
    stock = next(row for row in rows if (row["year"], row["category"]) == (2026, "stock"))
    assert (stock["crew"], stock["countries"]) == ("Rokas Baciuška / Oriol Vidal", "LT / ES")
    assert stock["time_s"] == 58 * 3600 + 9 * 60 + 45


def test_a_project_without_tables_exports_only_its_sources(tmp_path: Any) -> None:
    tree = build(make_project(tmp_path)).tree
    assert [path for path in tree if path.startswith("data/")] == [
        "data/sources.csv",
        "data/sources.json",
        "data/sources.schema.json",
    ]


def test_a_table_is_made_anew_only_if_what_it_draws_on_has_changed(memory: Noting, exports: Exports) -> None:
    site = real_site()[0]
    memory.made.clear()
    assert make_exports(site, memory).summaries == exports.summaries
    assert memory.made == []
    make_exports(changed(site, "place", "dakar"), memory)
    assert [json.loads(content)["title"] for content in memory.made[1:]] == ["The routes, place by place"] * 2


def changed(site: Site, kind: str, entry_id: str) -> Site:
    """The site with one entry that says the same but has another digest."""
    entry = site.entries[kind][entry_id]
    return replace(
        site, entries={**site.entries, kind: {**site.entries[kind], entry_id: replace(entry, digest=b"new")}}
    )
