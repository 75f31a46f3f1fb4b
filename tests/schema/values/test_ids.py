from __future__ import annotations

import pytest
from pydantic import TypeAdapter

from microsite.schema.values.ids import PersonId, SourceId
from microsite.strict_yaml import PlainText
from tests.schema.values.reading import read, refused


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
