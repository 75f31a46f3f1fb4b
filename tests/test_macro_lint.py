from __future__ import annotations

import jinja2
import pytest

from microsite.diagnostics import Diagnostics
from microsite.macro_lint import MacroFacts, TemplateNodes, lint_macros, macro_facts
from tests.projects import report

MACROS = (
    "{% macro row(fact, label='') %}{{ fact }}{% endmacro %}\n"
    "{% macro any() %}{{ varargs }}{% endmacro %}\n{% set names = ['a'] %}\n"
)


def facts(source: str) -> MacroFacts:
    return macro_facts(TemplateNodes(jinja2.Environment().parse(source)))


def found(source: str) -> tuple[bool, list[str]]:
    every = {"m.html": facts(MACROS), "a.html": facts(source)}
    diagnostics = Diagnostics()
    complete = lint_macros("a.html", source, "a.html", every, diagnostics)
    return complete, [line.removeprefix("a.html:") for line in report(diagnostics)]


@pytest.mark.parametrize(
    "source",
    [
        '{% from "m.html" import row, any, names %}{{ row(1) }}{{ row(1, 2) }}{{ row(fact=1) }}{{ any(1) }}{{ names }}',
        '{% from "m.html" import row as line %}{{ line(*[1, 2, 3]) }}',
        '{% from "gone.html" import row %}',  # told where a page is made
        "{% macro row(a) %}{{ a }}{% endmacro %}{{ row(1) }}",
        '{% from "m.html" import row %}{{ row(1) }}{% for row in [1] %}{{ row }}{% endfor %}',
    ],
)
def test_what_is_fine(source: str) -> None:
    assert found(source) == (True, [])


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('{% from "m.html" import rwo %}{{ rwo(1) }}', "1:25: unknown-macro: m.html has no macro “rwo”"),
        ('{% from "m.html" import\n  row %}', "2:3: unused-import: the macro “row” is imported and never used"),
        ('{% from "m.html" import row %}\n{{ row() }}', "2:4: macro-call: “row” is called without “fact”"),
        (
            '{% from "m.html" import row %}\n{{ row(1, 2, 3) }}',
            "2:4: macro-call: “row” is given 3 arguments and takes 2",
        ),
        ('{% from "m.html" import row %}\n{{ row(1, tone=2) }}', "2:4: macro-call: “row” has no argument “tone”"),
        (
            '{% from "m.html" import row %}\n{{ row }}',
            "2:4: macro-call: “row” is a macro, which would be shown as an object if it is not called",
        ),
    ],
)
def test_what_does_not_fit(source: str, expected: str) -> None:
    assert found(source) == ("unknown-macro" not in expected, [expected])
