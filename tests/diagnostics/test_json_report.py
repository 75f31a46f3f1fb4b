from __future__ import annotations

import json

from hypothesis import given

from microsite.diagnostics import Diagnostics
from microsite.diagnostics.json_report import render_json
from tests.diagnostics.samples import car_and_page, odd_diagnostics


def test_the_whole_report() -> None:
    assert json.loads(render_json(car_and_page())) == {
        "errors": 2,
        "warnings": 1,
        "diagnostics": [
            {
                "code": "unknown-source",
                "severity": "error",
                "message": "no source is called “dakr-2025”",
                "hint": "did you mean “dakar-2025”?",
                "replacement": "dakar-2025",
                "path": "content/car.md",
                "line": 3,
                "column": 27,
                "length": 9,
            },
            {
                "code": "missing-file",
                "severity": "error",
                "message": "there is no such file",
                "hint": None,
                "replacement": None,
                "path": "content/gone.md",
                "line": 1,
                "column": 1,
                "length": 1,
            },
            {
                "code": "long-title",
                "severity": "warning",
                "message": "the title has 80 letters",
                "hint": None,
                "replacement": None,
                "path": "content/car.md",
                "line": 2,
                "column": 8,
                "length": 3,
            },
        ],
    }


def test_nothing_to_report() -> None:
    assert render_json(Diagnostics()) == '{\n  "errors": 0,\n  "warnings": 0,\n  "diagnostics": []\n}'


@given(odd_diagnostics)
def test_odd_input_never_fails(diagnostics: Diagnostics) -> None:
    text = render_json(diagnostics)
    assert text.isascii()
    report = json.loads(text)
    assert report["errors"] + report["warnings"] == len(report["diagnostics"])
