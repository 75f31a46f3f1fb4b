"""`--fix` tried with every fault of the corpus that has one mend: it is gone then, and nothing else changed."""

from __future__ import annotations

from typing import Any

import pytest

from microsite.diagnostics import Diagnostic, Severity
from microsite.editing.content import Reader, read_content
from microsite.editing.fixes import mend
from microsite.load import kind_of
from tests.real_site import ROOT
from tests.test_faults import GROUPS, read

AT_LEAST = 80
ROUNDS = 5


def mendable() -> list[dict[str, Any]]:
    """Changes of one file of content of which all that is told can be mended."""
    faults = [fault for group in GROUPS for fault in read(group)]
    return [
        fault
        for fault in faults
        if kind_of(fault.get("file", "")) and all("mends" in one and "in" not in one for one in fault["told"])
    ]


@pytest.fixture(scope="module")
def content() -> dict[str, bytes]:
    return read_content(ROOT)


@pytest.fixture(scope="module")
def reader(content: dict[str, bytes]) -> Reader:
    reader = Reader()
    reader.load(content)  # so that each fault costs the reading of one file only
    return reader


def broken(fault: dict[str, Any], content: dict[str, bytes]) -> str:
    text = content[fault["file"]].decode()
    if "append" in fault:
        return text.rstrip("\n") + "\n" + str(fault["append"])
    return text.replace(fault["find"], fault["put"], 1)


def replaced(text: str, found: list[Diagnostic]) -> str:
    """`text` with nothing done but what the diagnostics offer."""
    lines = text.split("\n")
    for one in sorted(found, key=lambda one: one.span, reverse=True):  # from the end, so that places stay
        line = lines[one.span.line - 1]
        lines[one.span.line - 1] = line[: one.span.column - 1] + str(one.replacement) + line[one.span.end - 1 :]
    return "\n".join(lines)


def replaced_in_rounds(path: str, text: str, content: dict[str, bytes], reader: Reader) -> str:
    """The same until nothing is offered: of a list that is wrong as a whole only the first line is told."""
    for _ in range(ROUNDS):
        every = reader.site({**content, path: text.encode()})[1].found
        found = [one for one in every if one.replacement is not None]
        if not found:
            break
        text = replaced(text, found)
    return text


def lines_of(text: str) -> list[str]:
    return [line.rstrip() for line in text.rstrip("\n").split("\n")]


def test_the_fault_is_gone_and_nothing_else_changed(content: dict[str, bytes], reader: Reader) -> None:
    """What only a build of all pages can tell, such as a dead link, is left to its report."""
    tried = 0
    for fault in mendable():
        path = fault["file"]
        text = broken(fault, content)
        before = {**content, path: text.encode()}
        found = [one for one in reader.site(before)[1].found if one.severity is Severity.ERROR]
        if not found:
            continue
        mended, left = mend(before, reader)
        assert not {one.message for one in found} & {one.message for one in left.found}, fault
        assert {other for other in content if mended[other] != content[other]} <= {path}, fault
        assert lines_of(mended[path].decode()) == lines_of(replaced_in_rounds(path, text, content, reader)), fault
        tried += 1
    assert tried >= AT_LEAST
