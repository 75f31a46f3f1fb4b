"""Tables in Markdown that would come out as something else than was meant."""

from __future__ import annotations

import re

from microsite.content_files import Passage
from microsite.diagnostics import Diagnostics
from microsite.markdown_lint.shapes import PARAGRAPH

_TABLE_RULE = re.compile(r"[ ]{0,3}\|?[ ]*:?-+:?[ ]*(?:\|[ ]*:?-+:?[ ]*)*\|?[ ]*")
_ALMOST_RULE = re.compile(r"[ ]*\|?[\s:=+_‐‑‒–—―-]*[=_‐‑‒–—―-][\s:=+_‐‑‒–—―|-]*")


def lint_tables(prose: Passage, diagnostics: Diagnostics) -> None:
    """Report what is wrong with tables, in the body of a document without its code."""
    for paragraph in PARAGRAPH.finditer(prose.text):
        text = paragraph[0].lstrip("\n")
        start = paragraph.start() + len(paragraph[0]) - len(text)
        lines = text.rstrip("\n").split("\n")
        if any("|" in line for line in lines):
            _table(lines, start, prose, diagnostics)


def _table(lines: list[str], start: int, prose: Passage, diagnostics: Diagnostics) -> None:
    offsets = [start + sum(len(line) + 1 for line in lines[:number]) for number in range(len(lines))]
    rules = [number for number, line in enumerate(lines) if "|" in line and _TABLE_RULE.fullmatch(line)]
    rows = [number for number, line in enumerate(lines) if line.lstrip().startswith("|")]
    if not rules and (almost := next((one for one, line in enumerate(lines) if _is_almost_rule(line)), None)):
        right = f"|{' --- |' * _cells(lines[0])}"
        message = "this line is not the hyphens that make a table of the lines around it"
        span = prose.span(offsets[almost], len(lines[almost]))
        diagnostics.error("table-rule", message, span, f"write {right}", right)
        return
    if not rules:
        above = prose.text[:start].rstrip("\n").rpartition("\n")[2]
        if len(rows) == len(lines) == 1 and above.startswith("|") and lines[0].rstrip().endswith("|"):
            message = "this row is a part of no table"
            span = prose.span(offsets[0], len(lines[0]))
            diagnostics.error("table-rule", message, span, "take out the empty line above it")
        if len(rows) > 1:
            hint = f"put |{' --- |' * _cells(lines[rows[0]])} below its first line"
            message = "a table needs a line of hyphens below its first line"
            diagnostics.error("table-rule", message, prose.span(offsets[rows[0]], len(lines[rows[0]])), hint)
        return
    if rules[0] != 1:
        message = "the table would become part of the paragraph above"
        first = max(rules[0] - 1, 0)
        if rules[0] == 0:
            message = "a table needs a line with the names of its columns"
        diagnostics.error(
            "glued-table", message, prose.span(offsets[first], len(lines[first])), "put an empty line above"
        )
        return
    wanted = _cells(lines[0])
    _check_edges(lines, offsets, prose, diagnostics)
    for number, line in enumerate(lines):
        if "|" not in line and wanted > 1:
            message = "this line becomes a row of the table above"
            span = prose.span(offsets[number], len(line))
            diagnostics.error("glued-text", message, span, "put an empty line above it", "\n" + line)
        elif number != 0 and _cells(line) != wanted:
            message = f"this row has {_cells(line)} cells; the table has {wanted} columns"
            hint = "give each row as many cells as the first; a | within a text is written \\|"
            diagnostics.error("uneven-table", message, prose.span(offsets[number], len(line)), hint)


def _is_almost_rule(line: str) -> bool:
    return bool("|" in line and _ALMOST_RULE.fullmatch(line))


def _check_edges(lines: list[str], offsets: list[int], prose: Passage, diagnostics: Diagnostics) -> None:
    """Report rows that lack the | at an end that most others have."""
    begun = [line.lstrip().startswith("|") for line in lines]
    ended = [line.rstrip().endswith("|") and not line.rstrip().endswith("\\|") for line in lines]
    for number, line in enumerate(lines):
        right, lacks = line.strip(), []
        if not begun[number] and sum(begun) * 2 > len(lines):
            right, lacks = f"| {right}", ["begin"]
        if not ended[number] and sum(ended) * 2 > len(lines):
            right, lacks = f"{right} |", [*lacks, "end"]
        if lacks and "|" in line:
            message = f"this row does not {' or '.join(lacks)} with | as the others do"
            span = prose.span(offsets[number], len(line))
            diagnostics.error("uneven-table", message, span, f"write {right}", right)


def _cells(row: str) -> int:
    inside = re.sub(r"\\\|", "", row.strip())
    return inside.removeprefix("|").removesuffix("|").count("|") + 1
