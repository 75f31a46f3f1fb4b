"""Every code that the generator reports is explained, tried, and in docs/problems.md as the registry has it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from microsite.diagnostics.codes import SECTIONS, codes, reference
from microsite.diagnostics.text import REFERENCE
from microsite.schema.values.ids import EntryId
from tests.real_site import ROOT
from tests.test_faults import GROUPS, read
from tests.test_golden import MISTAKES

REPORTERS = {
    "error",
    "warning",
    "problem",
    "Finding",
    "Slip",
    "Told",
    "misspelt",
    "offer",
    "_tell",
    "Diagnostic",
    "NamedBy",
}
# In tests/test_unreadable.py, as no corpus can hold a pipe, and in tests/test_days.py, as no corpus knows the day.
TRIED_ELSEWHERE = {"unreadable", "future-date"}
EXPLAINERS = {"_explained", "_undefined"}
CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def test_every_code_that_is_reported_is_explained_and_no_other() -> None:
    assert sorted(codes_in_source()) == sorted(codes())


def test_every_code_is_explained_once() -> None:
    assert len(codes()) == sum(len(listed) for listed in SECTIONS.values())


def test_every_code_is_tried_with_a_whole_site() -> None:
    tried = {one["code"] for group in GROUPS for fault in read(group) for one in fault["told"]}
    assert sorted(codes() - tried - set(MISTAKES) - TRIED_ELSEWHERE) == []


def test_the_page_of_all_problems_is_the_registry() -> None:
    assert (ROOT / REFERENCE).read_text("utf-8") == reference()


def test_causes_and_cures_are_sentences() -> None:
    for listed in SECTIONS.values():
        for code in listed:
            assert CODE.fullmatch(code.name), code
            assert code.cause.endswith("."), code
            assert code.cure.endswith("."), code


def codes_in_source() -> set[str]:
    """Every code that the generator reports: what its reporting functions are called with, or explainers return."""
    found: set[str] = set()
    for file in sorted((ROOT / "microsite").rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            found.update(_codes_of(node))
    return found


def _codes_of(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Call) and _called(node) in REPORTERS and node.args:
        yield from _texts(node.args[0])
    elif isinstance(node, ast.FunctionDef) and node.name in EXPLAINERS:
        for inner in ast.walk(node):
            if isinstance(inner, ast.Return) and isinstance(inner.value, ast.Tuple):
                yield from _texts(inner.value.elts[0])


def _called(node: ast.Call) -> str:
    return str(getattr(node.func, "attr", None) or getattr(node.func, "id", ""))


def _texts(node: ast.expr) -> Iterator[str]:
    """The codes that an expression may stand for; `unknown-{mention.kind}` for one of each kind that ids name."""
    if isinstance(node, ast.JoinedStr):
        yield from (f"unknown-{kind}" for kind in ("edition", *(one.kind for one in EntryId.__subclasses__())))
    elif isinstance(node, ast.Constant) and isinstance(node.value, str) and CODE.fullmatch(node.value):
        yield node.value
