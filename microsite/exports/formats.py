"""A table as CSV, as JSON, and the JSON Schema of the latter."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass
from decimal import Decimal

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
