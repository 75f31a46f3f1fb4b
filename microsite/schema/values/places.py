"""Where something is, and in which language it is told: degrees, countries, languages."""

# Without `from __future__ import annotations`: pydantic would have to compile each annotation at every start.

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

from microsite.schema import countries, languages, slips
from microsite.schema.values.numbers import NUMBER, Number
from microsite.schema.values.refusals import problem
from microsite.suggest import edit_distance, fold, nearest

CODE_OF_THREE = 3
SLIPS = 2


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
    by_name = {name: code for code, name in countries.NAMES.items()}
    meant = nearest(value, by_name) or ""
    if len(typed) == CODE_OF_THREE or edit_distance(fold(value), fold(meant), SLIPS) <= SLIPS:
        right = right or by_name.get(meant)
    hint = f"write {right}" if right else "write its two letters of ISO 3166, for example GB"
    raise problem("unknown-country", f"“{value}” is not the code of a country", hint, right)


def parse_language(value: Any) -> Any:
    """A language's code, `fr`."""
    if not isinstance(value, str) or value in languages.CODES:
        return value
    typed = slips.plain(value).lower()
    right = languages.ALSO.get(typed)
    if right is None and re.split(r"[-_]", typed)[0] in languages.CODES:
        right = re.split(r"[-_]", typed)[0]
    hint = f"write {right}" if right else "write its two letters of ISO 639-1, for example fr"
    raise problem("unknown-language", f"“{value}” is not the code of a language", hint, right)


def parse_site_language(value: Any) -> Any:
    """A language's code with that of a country or without: `en-GB`."""
    if not isinstance(value, str):
        return value
    language, hyphen, country = value.replace("_", "-").partition("-")
    if language not in languages.CODES:
        return parse_language(language)
    if hyphen and country not in countries.CODES:
        right = countries.ALSO.get(country.upper())
        found = f"{language}-{right}" if right else None
        hint = f"write {found}" if found else "write the language and, if you like, the country: en-GB"
        raise problem(
            "unknown-language", f"“{value}” is not the code of a language as spoken in a country", hint, found
        )
    return value


def check_position(country: str, latitude: Decimal, longitude: Decimal) -> None:
    """Raise a problem if a place does not lie in its country, with what was probably meant."""
    if countries.lies_in(country, latitude, longitude):
        return
    name = countries.NAMES[country]
    message = f"{latitude}, {longitude} does not lie in {name}"
    if countries.lies_in(country, latitude, -longitude):
        raise problem(
            "outside-country",
            message,
            f"write {-longitude}: west has a minus, east none",
            str(-longitude),
            at=("longitude",),
        )
    if countries.lies_in(country, -latitude, longitude):
        raise problem(
            "outside-country",
            message,
            f"write {-latitude}: south has a minus, north none",
            str(-latitude),
            at=("latitude",),
        )
    if countries.lies_in(country, longitude, latitude):
        hint = f"the two are swapped: write latitude: {longitude} and longitude: {latitude}"
        raise problem("outside-country", message, hint, at=("latitude",))
    south, west, north, east = countries.frames_of(country)[0]
    hint = (
        f"{name} lies between {south} and {north} north, {west} and {east} east: look at the digits, or at the country"
    )
    key = "longitude" if south <= latitude <= north else "latitude"
    raise problem("outside-country", message, hint, at=(key,))


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
Language = Annotated[
    str,
    BeforeValidator(parse_language, json_schema_input_type=Annotated[str, Field(pattern=r"^[a-z]{2}$")]),
    Field(pattern=r"^[a-z]{2}$", description="ISO 639-1, for example fr", examples=["en", "fr"]),
]
SiteLanguage = Annotated[
    str,
    BeforeValidator(
        parse_site_language, json_schema_input_type=Annotated[str, Field(pattern=r"^[a-z]{2}(-[A-Z]{2})?$")]
    ),
    Field(pattern=r"^[a-z]{2}(-[A-Z]{2})?$"),
]
