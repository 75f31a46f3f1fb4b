from __future__ import annotations

from hypothesis import given

from microsite.diagnostics import Diagnostics, Span
from microsite.diagnostics.github import render_github
from tests.diagnostics.samples import car_and_page, odd_diagnostics


def test_the_whole_report() -> None:
    assert render_github(car_and_page()).splitlines() == [
        "::error file=content/car.md,line=3,col=27,endColumn=36,title=unknown-source::"
        "no source is called “dakr-2025”%0Ahint: did you mean “dakar-2025”?",
        "::error file=content/gone.md,line=1,col=1,endColumn=2,title=missing-file::there is no such file",
        "::warning file=content/car.md,line=2,col=8,endColumn=11,title=long-title::the title has 80 letters",
    ]


def test_escaping() -> None:
    diagnostics = Diagnostics()
    diagnostics.error("a,b:c", "100 % wrong:\n::warning::no, really", Span("a,b:c%.md", 0, -1))
    assert render_github(diagnostics) == (
        "::error file=a%2Cb%3Ac%25.md,line=1,col=1,endColumn=1,title=a%2Cb%3Ac::100 %25 wrong: ::warning::no, really"
    )


def test_nothing_to_report() -> None:
    assert render_github(Diagnostics()) == ""


@given(odd_diagnostics)
def test_each_problem_is_one_line(diagnostics: Diagnostics) -> None:
    lines = render_github(diagnostics).split("\n")
    assert len(lines) == max(len(diagnostics.in_order()), 1)
    assert all(line.startswith(("::error file=", "::warning file=")) for line in lines if line)
