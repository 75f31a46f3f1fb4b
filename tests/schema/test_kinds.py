from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from microsite.load import kind_of
from microsite.schema import BY_NAME, KINDS
from microsite.schema.kinds import QUOTE_WORDS, ChapterStop, ClassWinner, Picture, Quote, ResultTable, SiteInfo, Source
from microsite.schema.values.facts import Model
from microsite.schema.values.ids import EntryId
from microsite.strict_yaml import PlainText

SOURCE = {"title": "A", "publisher": "B", "kind": "press", "url": None, "date": None, "language": "en"}
SITE = {
    "title": "A",
    "tagline": "B",
    "description": "C",
    "base_url": "https://example.org/",
    "language": "en-GB",
    "author": "D",
    "notice": "E",
    "licence": "F",
    "updated": "2026-01-17",
    "navigation": [{"label": "Home", "path": "/"}],
}


def codes(model: type[Model], data: dict[str, Any]) -> list[tuple[str, str]]:
    with pytest.raises(ValidationError) as caught:
        model.model_validate(data)
    return [(".".join(map(str, one["loc"])), one["type"]) for one in caught.value.errors()]


def test_every_kind_has_its_own_name_and_place() -> None:
    assert len({kind.name for kind in KINDS}) == len({kind.files for kind in KINDS}) == len(KINDS)
    for kind in KINDS:
        assert BY_NAME[kind.name] is kind
        assert kind_of("content/" + kind.files.replace("*", "a-name")) is kind
        assert kind.home is None or kind.home.format(id="x").startswith("/")


def test_every_kind_has_a_schema() -> None:
    for kind in KINDS:
        schema = kind.model.model_json_schema()
        assert schema["additionalProperties"] is False
        assert schema["type"] == "object"


def test_ids_refer_to_kinds_that_exist() -> None:
    assert {one.kind for one in EntryId.__subclasses__()} <= set(BY_NAME)


def test_site() -> None:
    assert SiteInfo.model_validate(SITE).navigation[0].path == "/"
    assert codes(SiteInfo, {**SITE, "base_url": "https://example.org"}) == [("base_url", "string_pattern_mismatch")]
    assert codes(SiteInfo, {**SITE, "language": "english"}) == [("language", "unknown-language")]
    assert codes(SiteInfo, {**SITE, "updated": "2026-02-30"}) == [("updated", "impossible-date")]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"url": "example.org/a"}, [("url", "url_parsing")]),
        ({"url": "ftp://example.org/"}, [("url", "url_scheme")]),
        ({"url": "https://"}, [("url", "url_parsing")]),
        ({"kind": "blog"}, [("kind", "literal_error")]),
        ({"language": "eng"}, [("language", "unknown-language")]),
        ({"date": "2026-1"}, [("date", "bad-date")]),
        ({"title": "  "}, [("title", "string_too_short")]),
        ({"titel": "A"}, [("titel", "extra_forbidden")]),
    ],
)
def test_sources(change: dict[str, Any], expected: list[tuple[str, str]]) -> None:
    assert Source.model_validate(SOURCE).title == "A"
    assert codes(Source, {**SOURCE, **change}) == expected


def test_a_source_says_openly_that_it_has_no_date_or_address() -> None:
    without = {key: value for key, value in SOURCE.items() if key not in ("url", "date")}
    assert codes(Source, without) == [("url", "missing"), ("date", "missing")]


def test_the_address_of_a_source_stays_as_typed() -> None:
    assert Source.model_validate({**SOURCE, "url": "https://example.org"}).url == "https://example.org"


def test_quotes_are_short() -> None:
    quote = {"speaker": "a", "sources": ["b"]}
    assert Quote.model_validate({**quote, "text": "word " * QUOTE_WORDS}).reader_label.endswith(" …”")
    assert codes(Quote, {**quote, "text": "word " * (QUOTE_WORDS + 1)}) == [("text", "long-quote")]
    assert codes(Quote, {**quote, "text": "A", "sources": []}) == [("sources", "too_short")]


@pytest.mark.parametrize("file", ["a.png", "folder/a.jpeg", "a.webp"])
def test_files_of_pictures(file: str) -> None:
    assert Picture.model_validate({"file": file, "alt": "A", "credit": "B", "licence": "C"}).file == file


@pytest.mark.parametrize("file", ["a.gif", "a", "a b.png", "a.png.exe"])
def test_what_is_no_file_of_a_picture(file: str) -> None:
    wrong = {"file": file, "alt": "A", "credit": "B", "licence": "C"}
    assert codes(Picture, wrong) == [("file", "string_pattern_mismatch")]


def test_a_result_needs_sources_once_it_has_lines() -> None:
    assert ResultTable.model_validate({}).is_known is False
    rows = [{"entrant": "car-1", "position": "1", "time": "3:45:12"}]
    assert codes(ResultTable, {"rows": rows}) == [("", "no-source")]
    assert ResultTable.model_validate({"rows": rows, "sources": ["a"]}).rows[0].time == 13512


def test_models_do_not_change() -> None:
    winner = ClassWinner.model_validate({"id": "a", "category": "car", "crew": "B", "sources": ["c"]})
    with pytest.raises(ValidationError, match="frozen"):
        winner.crew = "C"


def test_a_stop_lies_in_the_country_that_is_named_or_that_it_is() -> None:
    stop = {"name": "Paris", "country": "FR", "latitude": PlainText("48.86"), "longitude": PlainText("2.35")}
    assert ChapterStop.model_validate(stop).country == "FR"
    assert codes(ChapterStop, stop | {"longitude": PlainText("-52.35")}) == [("", "outside-country")]
    assert codes(ChapterStop, stop | {"country": None, "name": "Mexico"}) == [("", "outside-country")]
    assert ChapterStop.model_validate(stop | {"country": None}).country is None
