"""Where something is: degrees and countries."""

# Without `from __future__ import annotations`: pydantic would have to compile each annotation at every start.

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

from microsite.filters import COUNTRIES
from microsite.schema import countries, slips
from microsite.schema.values.numbers import NUMBER, Number
from microsite.schema.values.refusals import problem


def parse_degrees(limit: int) -> Callable[[Any], Any]:
    """Degrees with decimals, north and east positive, at most `limit` either way."""

    def parse(value: Any) -> Any:
        if not isinstance(value, str):
            return value
        if not NUMBER.fullmatch(value):
            raise _misspelt_degrees(value, limit)
        if abs(Decimal(value)) > limit:
            hint = "latitude comes first and goes to 90" if limit < 180 else "longitude goes to 180"
            raise problem("bad-coordinate", f"{value} degrees are more than {limit}", hint)
        return Decimal(value)

    return parse


def _misspelt_degrees(value: str, limit: int) -> PydanticCustomError:
    message = f"“{value}” is not a place in degrees"
    if re.search(r"[NSns]" if limit == 180 else r"[EWew]", value):
        hint = "north and south are the latitude, east and west the longitude"
        return problem("bad-coordinate", message, hint)
    right = slips.coordinate(value)
    hint = f"write {right}" if right else "write degrees with decimals, south and west with a minus: -16.97"
    both = re.fullmatch(r"(-?[0-9.]+)\s*[,;]\s*(-?[0-9.]+)", value.strip())
    if both and (" " in value or "." in both[1]):
        hint = f"write latitude: {both[1]} and in a line of its own longitude: {both[2]}"
        right = None
    return problem("bad-coordinate", message, hint, right)


def parse_country(value: Any) -> Any:
    """A country's code, `GB`."""
    if not isinstance(value, str) or value in countries.CODES:
        return value
    typed = slips.plain(value).upper()
    right = typed if typed in countries.CODES else countries.ALSO.get(typed.replace(" ", ""))
    right = right or next((code for code, name in COUNTRIES.items() if name.upper() == typed), None)
    hint = f"write {right}" if right else "write its two letters of ISO 3166, for example GB"
    raise problem("unknown-country", f"“{value}” is not the code of a country", hint, right)


Latitude = Annotated[
    Number,
    Field(ge=-90, le=90),
    BeforeValidator(parse_degrees(90), json_schema_input_type=Annotated[float, Field(ge=-90, le=90)]),
]
Longitude = Annotated[
    Number,
    Field(ge=-180, le=180),
    BeforeValidator(parse_degrees(180), json_schema_input_type=Annotated[float, Field(ge=-180, le=180)]),
]
Country = Annotated[
    str,
    BeforeValidator(parse_country, json_schema_input_type=Annotated[str, Field(pattern=r"^[A-Z]{2}$")]),
    Field(pattern=r"^[A-Z]{2}$", description="ISO 3166-1 alpha-2, for example GB", examples=["GB", "FR"]),
]
