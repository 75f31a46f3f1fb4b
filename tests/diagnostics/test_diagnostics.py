from __future__ import annotations

import random
import subprocess
import sys

from microsite.diagnostics import Diagnostic, Diagnostics, Severity, Span
from tests.diagnostics.samples import car_and_page


def test_errors_come_first_then_places() -> None:
    assert [one.code for one in car_and_page().in_order()] == ["unknown-source", "missing-file", "long-title"]


def test_counts() -> None:
    diagnostics = car_and_page()
    assert (diagnostics.has_errors, diagnostics.error_count, diagnostics.warning_count) == (True, 2, 1)
    nothing = Diagnostics()
    assert (nothing.has_errors, nothing.error_count, nothing.warning_count) == (False, 0, 0)
    nothing.warning("a", "b", Span("c"))
    assert not nothing.has_errors


def test_the_same_problem_twice_is_one() -> None:
    diagnostics = car_and_page()
    diagnostics.extend(car_and_page().found)
    assert len(diagnostics.in_order()) == 3
    assert (diagnostics.error_count, diagnostics.warning_count) == (2, 1)


def test_the_order_does_not_depend_on_who_came_first() -> None:
    found = [
        Diagnostic("code", "message", Span("a.md", line), hint, severity)
        for line in (1, 2)
        for hint in (None, "a", "b")
        for severity in Severity
    ]
    shuffled = random.Random(1).sample(found, len(found))
    assert Diagnostics(shuffled).in_order() == Diagnostics(found).in_order()


def test_the_end_of_a_span_is_behind_its_last_column() -> None:
    line = "drive: {value: 4, source: dakr-2025}"
    span = Span("a.md", 1, 27, 9)
    assert line[span.column - 1 : span.end - 1] == "dakr-2025"


def test_collecting_imports_no_report() -> None:
    program = (
        "import sys, microsite.diagnostics; print(*sorted(m for m in sys.modules if 'microsite' in m or m == 'json'))"
    )
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert ran.stdout == "microsite microsite.diagnostics\n"
