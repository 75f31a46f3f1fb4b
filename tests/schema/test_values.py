from __future__ import annotations

from contextlib import suppress
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from microsite.schema.values import (
    CitedDate,
    CitedFigure,
    CitedText,
    Country,
    Duration,
    Figure,
    Flag,
    InlineMarkdown,
    IsoDate,
    Latitude,
    PartialDate,
    Permalink,
    PersonId,
    Slug,
    Sourced,
    SourceId,
    Statement,
    WholeNumber,
    first_words,
    plain_decimal,
)
from microsite.strict_yaml import PlainText

ADAPTERS: dict[str, TypeAdapter[Any]] = {
    "figure": TypeAdapter(Figure),
    "number": TypeAdapter(WholeNumber),
    "flag": TypeAdapter(Flag),
    "date": TypeAdapter(IsoDate),
    "partial date": TypeAdapter(PartialDate),
    "duration": TypeAdapter(Duration),
    "permalink": TypeAdapter(Permalink),
    "latitude": TypeAdapter(Latitude),
    "country": TypeAdapter(Country),
    "slug": TypeAdapter(Slug),
}


def read(kind: str, text: str) -> Any:
    return ADAPTERS[kind].validate_python(PlainText(text))


def refused(kind: str, text: Any) -> tuple[str, str | None]:
    """The code, and what mends the text if that is certain."""
    with pytest.raises(ValidationError) as caught:
        ADAPTERS[kind].validate_python(text)
    first = caught.value.errors()[0]
    return first["type"], first.get("ctx", {}).get("replacement")


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
        ("1_000", "not-a-number", None),
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


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("48°51'24\"N", "48.8567"),
        ("2,35 S", "-2.35"),
        ("−16.97", "-16.97"),
        ("16.97° S", "-16.97"),
        ("north of Dakar", None),
        ("90.5", None),
        ("", None),
    ],
)
def test_what_is_no_place(text: str, mended: str | None) -> None:
    assert refused("latitude", text) == ("bad-coordinate", mended)


@pytest.mark.parametrize(
    ("text", "mended"),
    [("UK", "GB"), ("gb", "GB"), ("France", "FR"), ("USA", "US"), ("XX", None), ("", None), ("Narnia", None)],
)
def test_what_is_no_country(text: str, mended: str | None) -> None:
    assert refused("country", text) == ("unknown-country", mended)


@pytest.mark.parametrize("kind", ["figure", "number", "flag", "date", "partial date", "duration"])
@pytest.mark.parametrize("value", [["1"], {"a": "1"}, None])
def test_one_value_is_neither_a_list_nor_a_mapping_nor_nothing(kind: str, value: Any) -> None:
    assert refused(kind, value)[0] in ("decimal_type", "int_type", "bool_type", "string_type")


@pytest.mark.parametrize("text", ["/", "/car/", "/dakar-2026/stage-1/", "/404.html", "/a/b.json"])
def test_permalinks(text: str) -> None:
    assert read("permalink", text) == text


@pytest.mark.parametrize(
    "text", ["", "car/", "/car", "/Car/", "//", "/../", "/.git/", "/a b/", "/a/?b", "/ä/", "/a/\n"]
)
def test_what_is_no_permalink(text: str) -> None:
    assert refused("permalink", text)[0] == "string_pattern_mismatch"


@pytest.mark.parametrize("text", ["Car", "a--b", "-a", "a-", "a_b", "a b", "", "ä", "a\n"])
def test_what_is_no_slug(text: str) -> None:
    assert refused("slug", text)[0] == "string_pattern_mismatch"


def test_ids_know_their_kind() -> None:
    one = TypeAdapter(PersonId).validate_python(PlainText("sara-price"))
    assert one == "sara-price"
    assert type(one) is PersonId
    assert (PersonId.kind, SourceId.kind) == ("person", "source")


def test_inline_markdown_is_shallow() -> None:
    adapter = TypeAdapter(InlineMarkdown)
    assert type(adapter.validate_python("a *b*")) is InlineMarkdown
    with pytest.raises(ValidationError, match="brackets or lists are nested more than 24 deep"):
        adapter.validate_python("[" * 200_000)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Short.", "Short."),
        ("One [two](/x/) *three*.[@four]", "One two three."),
        ("a b c d e f g h i", "a b c d e f g h i"),
        ("a b c d e f g h i j", "a b c d e f g h i …"),
        ("", ""),
    ],
)
def test_first_words(text: str, words: str) -> None:
    assert first_words(text) == words


# What cites ----------------------------------------------------------------------------------------------------------


def test_a_fact_needs_its_source() -> None:
    with pytest.raises(ValidationError, match="a fact needs its source") as caught:
        Statement.model_validate({"text": "A"})
    assert caught.value.errors()[0]["type"] == "no-source"
    assert Statement.model_validate({"text": "A", "sources": ["a"]}).sources == ("a",)
    assert Statement.model_validate({"text": "A", "unverified": "true"}).unverified
    assert Sourced.model_validate({"sources": ["a"]}).is_known


def test_what_is_not_known_needs_no_source() -> None:
    assert CitedFigure.model_validate({"value": None}).is_known is False
    with pytest.raises(ValidationError, match="a fact needs its source"):
        CitedFigure.model_validate({"value": PlainText("0")})


def test_cited_values_keep_their_type() -> None:
    assert CitedFigure.model_validate({"value": PlainText("5"), "sources": ["a"]}).value == Decimal(5)
    assert CitedText.model_validate({"value": PlainText("5"), "sources": ["a"]}).value == "5"
    assert CitedDate.model_validate({"value": PlainText("1979"), "sources": ["a"]}).value == "1979"


def test_labels_and_anchors() -> None:
    fact = Statement.model_validate({"id": "a", "text": "One *two*", "sources": ["b"]})
    assert (fact.reader_label, fact.anchor) == ("One two", "a")
    assert CitedFigure.model_validate({"value": None}).reader_label is None


@given(st.sampled_from([*ADAPTERS]), st.text() | st.text("0123456789-:.,+", max_size=12))
def test_no_text_is_too_odd(kind: str, text: str) -> None:
    for value in (text, PlainText(text)):
        with suppress(ValidationError):
            ADAPTERS[kind].validate_python(value)
