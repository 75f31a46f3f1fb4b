from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from microsite.diagnostics import Diagnostics, Span
from microsite.diagnostics.terminal import render
from tests.diagnostics.samples import SOURCES, car_and_page, odd_diagnostics, odd_text

WHOLE = """\
content/car.md:3:27: error[unknown-source]: no source is called “dakr-2025”
   3 | drive: {value: 4, source: dakr-2025}
     |                           ^^^^^^^^^
  hint: did you mean “dakar-2025”?

content/gone.md:1:1: error[missing-file]: there is no such file

content/car.md:2:8: warning[long-title]: the title has 80 letters
   2 | title: Car
     |        ^^^

2 errors, 1 warning in 2 files
“python build.py --fix” mends 1 of them. docs/problems.md explains every [code]."""


def test_the_whole_report() -> None:
    assert render(car_and_page(), SOURCES, colour=False, width=80) == WHOLE


def test_nothing_to_report() -> None:
    assert render(Diagnostics(), SOURCES, colour=True, width=80) == ""


def test_colour_adds_nothing_else() -> None:
    coloured = render(car_and_page(), SOURCES, colour=True, width=80)
    assert coloured.startswith("\x1b[1mcontent/car.md:3:27:\x1b[0m \x1b[1;31merror[unknown-source]:\x1b[0m no source")
    assert "\x1b[1;33mwarning[long-title]:\x1b[0m" in coloured
    assert re.sub(r"\x1b\[[\d;]*m", "", coloured) == WHOLE


def test_a_narrow_terminal_cuts_excerpts_and_nothing_else() -> None:
    lines = render(car_and_page(), SOURCES, colour=False, width=31).splitlines()
    assert lines[:6] == [
        "content/car.md:3:27:",
        "  error[unknown-source]: no source is",
        "  called “dakr-2025”",
        "   3 | … 4, source: dakr-2025}",
        "     |              ^^^^^^^^^",
        "  hint: did you mean “dakar-2025”?",
    ]


def test_more_than_three_alike_are_folded() -> None:
    diagnostics = Diagnostics()
    for line in range(1, 18):
        diagnostics.error("unknown-key", f"there is no key “k{line}”", Span("a.yaml", line))
    for line in range(1, 4):
        diagnostics.error("unknown-key", f"there is no key “k{line}”", Span("b.yaml", line))
    diagnostics.error("unknown-key", "keys are text", Span("a.yaml", 30))
    listed = "line 4, line 5, line 6, line 7, line 8, line 9, line\n  10, line 11, …"
    assert render(diagnostics, lambda path: None, colour=False, width=80) == (
        "a.yaml:1:1: error[unknown-key]: there is no key “k1”\n\n"
        "a.yaml:2:1: error[unknown-key]: there is no key “k2”\n\n"
        "a.yaml:3:1: error[unknown-key]: there is no key “k3”\n"
        f"  … and 14 more like this: {listed}\n\n"
        "a.yaml:30:1: error[unknown-key]: keys are text\n\n"
        "b.yaml:1:1: error[unknown-key]: there is no key “k1”\n\n"
        "b.yaml:2:1: error[unknown-key]: there is no key “k2”\n\n"
        "b.yaml:3:1: error[unknown-key]: there is no key “k3”\n\n"
        "21 errors in 2 files\ndocs/problems.md explains every [code]."
    )


def test_content_cannot_command_the_terminal() -> None:
    diagnostics = Diagnostics()
    evil = "\x1b]0;title\x07\x1b[2J\x9b31m"
    diagnostics.error(evil, f"first\n{evil}", Span(f"{evil}.md", 1, 2), hint=evil)
    report = render(diagnostics, lambda path: f"{evil}\n", colour=False, width=80)
    safe = "␛]0;title␇␛[2J\ufffd31m"
    assert report == (
        f"{safe}.md:1:2: error[{safe}]: first {safe}\n   1 | {safe}\n     |  ^\n  hint: {safe}\n\n1 error in 1 file\n"
        "docs/problems.md explains every [code]."
    )


@given(odd_diagnostics, odd_text, st.booleans(), st.integers(-1, 200))
def test_odd_input_never_fails(diagnostics: Diagnostics, text: str, colour: bool, width: int) -> None:
    report = render(diagnostics, {"a.md": text}.get, colour, width)
    assert bool(report) == bool(diagnostics.found)
    report.encode()
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", re.sub(r"\x1b\[[\d;]*m", "", report) if colour else report)
