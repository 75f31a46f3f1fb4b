"""Values read as they are from a file, and what is said of those that are refused."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from microsite.schema.values.ids import Permalink, Slug
from microsite.schema.values.numbers import Figure, Flag, WholeNumber
from microsite.schema.values.places import Country, Latitude
from microsite.schema.values.times import Duration, IsoDate, PartialDate
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
