from __future__ import annotations

from decimal import Decimal

import pytest

from microsite.schema.values.numbers import plain_decimal
from microsite.strict_yaml import PlainText
from tests.schema.values.reading import ADAPTERS, read, refused


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", Decimal("0")),
        ("1.10", Decimal("1.10")),
        ("-3", Decimal("-3")),
        ("+3.5", Decimal("3.5")),
        ("1" * 60, Decimal("1" * 60)),
        ("3:45:12", "3:45:12"),
        ("12:30", "12:30"),
        ("NO", "NO"),
        ("2026-01", "2026-01"),
        ("almost 4 hours", "almost 4 hours"),
        ("2nd", "2nd"),
    ],
)
def test_figures(text: str, value: Decimal | str) -> None:
    figure = read("figure", text)
    assert figure == value
    assert type(figure) is type(value)
    assert str(figure) == text.removeprefix("+")


@pytest.mark.parametrize(
    ("text", "code", "mended"),
    [
        ("012", "leading-zero", "12"),
        ("-012", "leading-zero", "-12"),
        ("00", "leading-zero", "0"),
        ("00.5", "leading-zero", "0.5"),
        ("7,994", "grouped-number", "7994"),
        ("7 994", "grouped-number", "7994"),
        ("7’994", "grouped-number", "7994"),
        ("1,234,567.8", "grouped-number", "1234567.8"),
        ("1,23", "decimal-comma", "1.23"),
        ("４５", "odd-character", "45"),
        ("−16.9", "odd-character", "-16.9"),
        ("“626”", "odd-character", "626"),
        ("7\u00a0994", "odd-character", "7994"),
        ("626 bhp", "unit-in-value", None),
        ("4.5km", "unit-in-value", None),
        ("٣", "odd-character", "3"),
        ("1.", "not-a-number", "1"),
        ("626,", "not-a-number", "626"),
        ("~626", "odd-figure", "about 626"),
        ("c. 626", "odd-figure", "about 626"),
        ("≥4.5", "odd-figure", "more than 4.5"),
        ("626+", "odd-figure", "more than 626"),
        ("626 - 635", "odd-figure", "626–635"),
        ("6.26.0", "odd-figure", None),
        ("1e3", "odd-figure", None),
        (".5", "odd-figure", None),
        ("TBC", "odd-figure", "null"),
    ],
)
def test_figures_that_could_be_misread(text: str, code: str, mended: str | None) -> None:
    assert refused("figure", PlainText(text)) == (code, mended)


@pytest.mark.parametrize("text", ["012", "7,994", "1.10", "5"])
def test_a_quoted_figure_is_a_text(text: str) -> None:
    figure = ADAPTERS["figure"].validate_python(text)
    assert figure == text
    assert isinstance(figure, str)


def test_decimals_are_written_as_they_were_typed() -> None:
    assert ADAPTERS["figure"].dump_json(Decimal("1.10")) == b'"1.10"'
    assert plain_decimal(Decimal("1E+3")) == "1000"


@pytest.mark.parametrize(("text", "value"), [("0", 0), ("2026", 2026)])
def test_whole_numbers(text: str, value: int) -> None:
    assert read("number", text) == value


@pytest.mark.parametrize(
    ("text", "code", "mended"),
    [
        ("012", "leading-zero", "12"),
        ("1,000", "grouped-number", "1000"),
        ("1st", "not-a-number", "1"),
        ("1_000", "grouped-number", "1000"),
        ("3.0", "not-a-number", None),
        ("+3", "not-a-number", None),
        ("0x1F", "not-a-number", None),
        ("three", "not-a-number", "3"),
        ("5 km", "unit-in-value", "5"),
        ("٣", "odd-character", "3"),
        ("{0}", "not-a-number", None),
        ("", "not-a-number", None),
    ],
)
def test_what_is_no_whole_number(text: str, code: str, mended: str | None) -> None:
    assert refused("number", text) == (code, mended)


def test_flags() -> None:
    assert read("flag", "true") is True
    assert read("flag", "false") is False
    for text, mended in (("yes", "true"), ("No", "false"), ("on", "true"), ("off", "false"), ("True", "true")):
        assert refused("flag", text) == ("not-true-or-false", mended)
    assert refused("flag", "perhaps") == refused("flag", "") == ("not-true-or-false", None)
