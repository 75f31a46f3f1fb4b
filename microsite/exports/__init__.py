"""Every table of the site as CSV and JSON, for journalists, editors elsewhere, and the curious."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from microsite.exports.formats import Table, to_csv, to_json, to_schema
from microsite.exports.tables import TABLES, TableSource
from microsite.memory import Memory
from microsite.publish import OutputFile
from microsite.site_model import Site


@dataclass(frozen=True, slots=True)
class TableSummary:
    """What the page of all tables says of one."""

    name: str
    title: str
    home: str
    columns: tuple[str, ...]
    count: int


@dataclass(frozen=True, slots=True)
class Exports:
    """The files of all tables by output path, and what there is to say of each table."""

    files: Mapping[str, OutputFile]
    summaries: tuple[TableSummary, ...]


def make_exports(site: Site, memory: Memory) -> Exports:
    """Every table that has rows; one is made anew only if an entry of a kind that it draws on has changed."""
    files: dict[str, OutputFile] = {}
    summaries = []
    for source in TABLES:
        key = source.digest(site)

        def make(_: list[bytes], source: TableSource = source, key: bytes = key) -> dict[bytes, Any]:
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
