from __future__ import annotations

import pytest

from microsite.days import LAST_DAY, check_past, check_wait, period, present
from microsite.diagnostics import Diagnostics, Span
from microsite.entries import Entry, PastDay
from microsite.schema.kinds import Update
from tests.projects import report

SPAN = Span("a.yaml", 3, 7, 10)
TODAY = "2026-11-23"


def past(date: str) -> PastDay:
    return PastDay(date, SPAN, "source/a")


def update(date: str) -> Entry:
    data = Update.model_validate({"title": "T", "description": "D.", "date": date})
    return Entry("update", "a", data, None, "content/updates/a.md", "/updates/a/", b"")


@pytest.mark.parametrize("clock", ["1970-01-01", "2026-11-01"])
def test_a_clock_that_is_behind_what_has_happened_is_wrong(clock: str) -> None:
    happened = [past("2026-11-22"), past("2026-11-20"), past("1979")]
    assert present(clock, "2026-11-22", happened) == "2026-11-22"
    assert present(TODAY, "2026-11-22", happened) == TODAY


def test_a_site_that_is_told_of_a_later_day_than_all_else_may_have_a_slip() -> None:
    assert present(TODAY, "2062-11-22", [past("2062-11-22"), past("2026-11-20")]) == TODAY


@pytest.mark.parametrize(
    "date", ["2026-11-23", "2026-11-24", "2026-11", "2026", "1979-01-01", "nonsense", "2026-13-40"]
)
def test_what_can_have_happened(date: str) -> None:
    diagnostics = Diagnostics()
    check_past([past(date)], TODAY, diagnostics)
    assert report(diagnostics) == []


@pytest.mark.parametrize("date", ["2026-11-25", "2026-12", "2027", "2062-11-23"])
def test_what_cannot_have_happened_yet(date: str) -> None:
    diagnostics = Diagnostics()
    check_past([past(date)], TODAY, diagnostics)
    assert report(diagnostics) == [f"a.yaml:3:7: future-date: {date} is yet to come: today is 2026-11-23"]


def test_an_entry_waits_for_a_day_of_the_next_year_at_most() -> None:
    places = {"update/a": Span("content/updates/a.md"), "update/a.date": SPAN}
    diagnostics = Diagnostics()
    check_wait([update("2026-12-31"), update("2027-12-31"), update("2062-05-15")], TODAY, places, diagnostics)
    assert report(diagnostics) == [
        "a.yaml:3:7: future-date: nobody would see this before 2062-05-15, and today is 2026-11-23"
    ]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2026-01-01", ("2025-01-01", "2026-01-30")),  # in 2025 the entry would have been years ahead
        ("2026-02-01", ("2026-01-31", "2026-03-04")),  # the entry is published
        ("2026-03-04", ("2026-03-04", LAST_DAY)),  # it is the fifth somewhere on earth
    ],
)
def test_the_days_on_which_nothing_changes(day: str, expected: tuple[str, str]) -> None:
    entries, dates = [update("2026-01-31")], [past("2026-01-31"), past("2026-03-05"), past("nonsense")]
    assert period(entries, dates, day) == expected
