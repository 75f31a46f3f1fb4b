from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import pytest
from pydantic import ValidationError

from microsite.schema.values.facts import CitedDate, CitedFigure, CitedText, Sourced, Statement
from microsite.strict_yaml import PlainText


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


@pytest.mark.parametrize(
    ("value", "unit", "is_meant"),
    [
        ("6.263", "km", False),
        ("1.626", "bhp", False),
        ("6263", "km", True),
        ("6.26", "km", True),
        ("0.125", "km", True),
        ("4.395", "litres", True),
        ("2.415", "t", True),
        ("3.545", None, True),
    ],
)
def test_thousands_are_told_from_thousandths(value: str, unit: str | None, is_meant: bool) -> None:
    def refused(typed: Mapping[str, object]) -> list[tuple[str, object]]:
        try:
            CitedFigure.model_validate({"unit": unit, "sources": ["a"], **typed})
        except ValidationError as error:
            return [(one["type"], one["ctx"]["at"]) for one in error.errors()]
        return []

    assert refused({"value": PlainText(value)}) == ([] if is_meant else [("grouped-number", ("value",))])
    other = {"value": PlainText("5"), "disputed": [{"value": PlainText(value), "sources": ["b"]}]}
    assert refused(other) == ([] if is_meant else [("grouped-number", ("disputed", 0, "value"))])
