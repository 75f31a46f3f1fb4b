from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from microsite.filters import (
    LONGEST_TITLE,
    country,
    date,
    degrees,
    distance,
    duration,
    figure,
    gap,
    page_title,
    period,
    script_hash,
)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Decimal("7994"), "7,994"),
        (Decimal("1234567.50"), "1,234,567.50"),
        (Decimal("4.4"), "4.4"),
        (Decimal("1.10"), "1.10"),
        (Decimal("999"), "999"),
        (Decimal("0"), "0"),
        (Decimal("-5.5"), "\N{MINUS SIGN}5.5"),
        ("about 390", "about 390"),
        ("7994", "7994"),
        ("4-speed", "4-speed"),
        (None, ""),
    ],
)
def test_figure(value: Decimal | str | None, text: str) -> None:
    assert figure(value) == text


@pytest.mark.parametrize(
    ("value", "unit", "html"),
    [
        (Decimal("7994"), "km", '<data class="km" value="7994" data-unit="km">7,994</data>'),
        (Decimal("4.50"), "km/h", '<data class="km" value="4.50" data-unit="km/h">4.50</data>'),
        (Decimal("93"), "km timed", '<data class="km" value="93" data-unit="km timed">93</data>'),
        (Decimal("93"), "kmh", "93"),
        (Decimal("320"), "mm", "320"),
        (Decimal("3"), None, "3"),
        ("about 8,000 & more", "km", "about 8,000 &amp; more"),
        (None, "km", ""),
    ],
)
def test_distance(value: Decimal | str | None, unit: str | None, html: str) -> None:
    assert distance(value, unit) == html


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("2026", "2026"),
        ("2026-01", "January 2026"),
        ("2026-01-07", "7 January 2026"),
        ("1978-12-26", "26 December 1978"),
    ],
)
def test_date(value: str, text: str) -> None:
    assert date(value) == text


@pytest.mark.parametrize(
    ("start", "until", "text"),
    [
        ("2026-01-03", "2026-01-17", "3–17 January 2026"),
        ("2026-09-28", "2026-10-03", "28 September – 3 October 2026"),
        ("1978-12-26", "1979-01-14", "26 December 1978 – 14 January 1979"),
        ("2025-03", "2025-05", "March–May 2025"),
        ("2024", "2026", "2024–2026"),
        ("2024-11", "2024-12-01", "November 2024 – 1 December 2024"),
    ],
)
def test_a_span_of_time_says_once_what_its_dates_share(start: str, until: str, text: str) -> None:
    assert Markup(period(start, until)).striptags() == text


def test_both_dates_of_a_span_are_there_for_machines() -> None:
    assert period("2026-01-03", "2026-01-17") == (
        '<time datetime="2026-01-03">3</time>–<time datetime="2026-01-17">17 January 2026</time>'
    )


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        ("0", "0:00"),
        ("59", "0:59"),
        ("60", "1:00"),
        ("3599", "59:59"),
        ("3600", "1:00:00"),
        ("209385", "58:09:45"),
        ("65.3", "1:05.3"),
        ("3600.0", "1:00:00"),
    ],
)
def test_duration_and_gap(seconds: str, text: str) -> None:
    assert duration(Decimal(seconds)) == text
    assert gap(Decimal(seconds)) == "+" + text


@given(st.integers(0, 10**6))
def test_a_duration_can_be_read_back(seconds: int) -> None:
    parts = [int(part) for part in duration(Decimal(seconds)).split(":")]
    hours, minutes, rest = ([0] * 3 + parts)[-3:]
    assert hours * 3600 + minutes * 60 + rest == seconds


@pytest.mark.parametrize(("code", "text"), [("GB", "United Kingdom"), ("CI", "Côte d’Ivoire"), ("XX", "XX")])
def test_country(code: str, text: str) -> None:
    assert country(code) == text


@pytest.mark.parametrize(
    ("value", "hemispheres", "text"),
    [("16.97", "NS", "16.97° N"), ("-0.29", "EW", "0.29° W"), ("0", "NS", "0° N"), ("-33.90", "NS", "33.90° S")],
)
def test_degrees(value: str, hemispheres: str, text: str) -> None:
    assert degrees(Decimal(value), hemispheres) == text


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("The car", "The car – Site"),
        ("Site: about the car", "Site: about the car"),
        ("Q &amp; A", "Q & A – Site"),
        ("a" * 60, "a" * 60),
        ("words " * 20, "words " * 9 + "words words"[:5] + "…"),
    ],
)
def test_page_title(title: str, shown: str) -> None:
    assert page_title(title, "Site") == shown
    assert len(shown) <= LONGEST_TITLE


def test_script_hash() -> None:
    """The second is the example of CSP Level 2, 8.4.2."""
    assert script_hash("") == "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"
    assert script_hash("alert('Hello, world.');") == "'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng='"
