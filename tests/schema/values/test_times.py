from __future__ import annotations

from decimal import Decimal

import pytest

from tests.schema.values.reading import read, refused


@pytest.mark.parametrize("text", ["2026", "2026-01", "2026-01-17", "2024-02-29", "2000-02-29", "2026-12-31"])
def test_dates_that_exist(text: str) -> None:
    date = read("partial date", text)
    assert date == text
    assert type(date) is str


@pytest.mark.parametrize(
    "text",
    ["2026-13", "2026-00", "2026-01-32", "2026-01-00", "2026-02-29", "1900-02-29", "2026-04-31", "2026-02-30"],
)
def test_dates_that_do_not_exist(text: str) -> None:
    assert refused("partial date", text) == ("impossible-date", None)


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("26", None),
        ("2026-1", "2026-01"),
        ("2026-1-7", "2026-01-07"),
        ("17.01.2026", "2026-01-17"),
        ("03/04/2026", None),
        ("04/04/2026", "2026-04-04"),
        ("2026/01/17", "2026-01-17"),
        ("17 January 2026", "2026-01-17"),
        ("17th of Jan. 2026", "2026-01-17"),
        ("Sept 3, 2026", "2026-09-03"),
        ("January 2026", "2026-01"),
        ("2026-01-17T00:00", "2026-01-17"),
        ("J 2026", None),
        (" 2026", "2026"),
        ("٢٠٢٦", "2026"),
        ("20260117", "2026-01-17"),
        ("", None),
    ],
)
def test_what_is_no_date(text: str, mended: str | None) -> None:
    assert refused("partial date", text) == ("bad-date", mended)


def test_a_whole_date_has_a_day() -> None:
    assert read("date", "2026-01-17") == "2026-01-17"
    for text in ("2026", "2026-01"):
        assert refused("date", text) == ("bad-date", None)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("3:45:12", "13512"),
        ("12:30", "750"),
        ("0:00", "0"),
        ("58:09:45", "209385"),
        ("90:00", "5400"),
        ("1:02:03.4", "3723.4"),
        ("100:00:00", "360000"),
    ],
)
def test_durations(text: str, seconds: str) -> None:
    assert read("duration", text) == Decimal(seconds)


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("750", None),
        ("3:5:12", "3:05:12"),
        ("1:60:00", None),
        ("0:60", None),
        ("1:2", None),
        ("-1:00", None),
        ("+6:49", "6:49"),
        ("1:02:03.45", None),
        ("1h", "1:00:00"),
        ("3h45", "3:45:00"),
        ("3 h 45 min", "3:45:00"),
        ("4h04'59\"", "4:04:59"),
        ("58h 09m 45s", "58:09:45"),
        ("12'03", "12:03"),
        ("12m03s", "12:03"),
        ("45 min", "45:00"),
        ("9 s", "0:09"),
        ("4.04.59", "4:04:59"),
        ("٣:٢٣", "3:23"),
        ("", None),
    ],
)
def test_what_is_no_duration(text: str, mended: str | None) -> None:
    assert refused("duration", text) == ("bad-duration", mended)
