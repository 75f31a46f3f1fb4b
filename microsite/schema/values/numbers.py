"""Figures, whole numbers, years, units and flags."""

# Without `from __future__ import annotations`: pydantic would have to compile each annotation at every start.

import re
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, PlainSerializer
from pydantic_core import PydanticCustomError

from microsite.schema import slips
from microsite.schema.values.refusals import misspelt, problem
from microsite.schema.values.texts import PlainProse, Text
from microsite.strict_yaml import Loc, PlainText

# Digits are 0 to 9: those of other scripts would come out as numbers and dates that no reader of these pages can tell.
NUMBER = re.compile(r"[-+]?(0|[1-9][0-9]*)(\.[0-9]+)?")
LEADING_ZERO = re.compile(r"([-+]?)0+([0-9]+(?:\.[0-9]+)?)")
FLAGS = {"yes": "true", "y": "true", "on": "true", "1": "true", "true": "true"} | dict.fromkeys(
    ("no", "n", "off", "0", "false"), "false"
)
YEARS = (1800, 2100)
"""The first and the last year that are not taken for a slip."""
UNKNOWN = frozenset("tbc tba tbd n/a na nan .nan unknown none null nil ? ?? – — - inf .inf -.inf".split())
UNITS = frozenset("km m cm mm mi ft in km/h mph kg g t lb bhp hp PS kW cv Nm lb-ft litres cc s h min bar".split())
NEVER_IN_THOUSANDTHS = frozenset("km mm ft km/h mph kg lb bhp hp PS kW cv Nm cc".split())
"""Units in which nobody measures so finely: three decimals are thousands, as other languages write them."""
_UNITS_BY_LETTERS = {one.lower(): one for one in UNITS} | {
    "kms": "km",
    "kilometres": "km",
    "kilometers": "km",
    "kilometre": "km",
    "kilometer": "km",
    "kph": "km/h",
    "kmh": "km/h",
    "kgs": "kg",
    "kilograms": "kg",
    "lbs": "lb",
    "litre": "litres",
    "liters": "litres",
    "liter": "litres",
    "millimetres": "mm",
    "metres": "m",
    "seconds": "s",
}
IF_UNKNOWN = "; what is not known is null, where that is possible"


def parse_figure(value: Any) -> Any:
    """A bare number becomes a Decimal that remembers how it was typed; everything else stays text."""
    if not isinstance(value, PlainText):
        return value
    if NUMBER.fullmatch(value):
        return Decimal(value)
    if right := slips.number(value):
        raise _misspelt_number(value, right)
    if with_unit := slips.number_with_unit(value):
        figure, unit = with_unit
        raise problem("unit-in-value", f"“{value}” holds a unit", f"write value: {figure} and below it unit: {unit}")
    if is_unknown(value):
        message = f"“{value}” is shown as typed; what was not published has a word of its own"
        raise problem("odd-figure", message, "write null: readers see “not published”", "null")
    if words := slips.approximate(value):
        raise misspelt("odd-figure", f"“{value}” is shown as typed; what is not exact is told in words", words)
    if slips.is_broken_number(value):
        right = slips.span_of_numbers(value)
        hint = f"write {right}" if right else "write digits and at most one point, 4395 or 3.8, or tell it in words"
        raise problem("odd-figure", f"“{value}” is not a number that readers would understand", hint, right)
    return str(value)


def check_thousandths(value: Any, unit: str | None, at: Loc = ("value",)) -> None:
    """Raise a problem if a figure has a point where thousands are separated elsewhere: 6.263 km for 6,263."""
    typed = format(value, "f") if isinstance(value, Decimal) else ""
    if unit in NEVER_IN_THOUSANDTHS and re.fullmatch(r"[1-9][0-9]{0,2}\.[0-9]{3}", typed):
        message = f"{typed} {unit} would be less than {int(value) + 1} {unit}, known to the thousandth"
        hint = f"write {typed.replace('.', '')} if thousands are meant; if not, round it"
        raise problem("grouped-number", message, hint, at=at)


def is_unknown(value: str) -> bool:
    """Whether a value says in other words that it is not known."""
    return value.lower() in UNKNOWN


def _misspelt_number(value: str, right: str) -> PydanticCustomError:
    """What is wrong with a number of which we know how it is to be written."""
    if value != slips.plain(value):
        return misspelt("odd-character", f"“{value}” holds characters that only look like those of a number", right)
    if re.search("[OoIl]", value):
        return misspelt("odd-character", f"“{value}” holds letters that only look like digits", right)
    if LEADING_ZERO.fullmatch(value):
        return misspelt("leading-zero", f"“{value}” starts with a zero", right)
    if "," in value and "." in right and "." not in value:
        return misspelt("decimal-comma", f"“{value}” has a comma where decimals begin", right)
    if re.fullmatch(r"[0-9]+(?:st|nd|rd|th|\.)|.*[,;]", value):
        return misspelt("not-a-number", f"“{value}” is not a plain number", right)
    return misspelt("grouped-number", f"“{value}” has its thousands separated", right)


def parse_words(value: Any) -> Any:
    """A figure that may be told in words: only what is a number in other characters or another form is refused."""
    if isinstance(value, PlainText) and re.fullmatch(r"[0-9]+(?:st|nd|rd|th)", value):
        return str(value)
    return parse_figure(value)


def parse_whole_number(value: Any) -> Any:
    """Only plain decimal digits; `012`, `1_000` and `3.0` are refused with what to write instead."""
    if not isinstance(value, str) or re.fullmatch(r"-?(0|[1-9][0-9]*)", value):
        return int(value) if isinstance(value, str) else value
    right = slips.number(value)
    if right and right.isdigit():
        raise _misspelt_number(value, right)
    if with_unit := slips.number_with_unit(value):
        raise misspelt("unit-in-value", f"“{value}” holds a unit; this is a number alone", with_unit[0])
    if word := slips.number_in_words(value):
        raise misspelt("not-a-number", f"“{value}” is a word; this is a number in digits", word)
    hint = "write digits alone, for example 12" + (IF_UNKNOWN if is_unknown(value) else "")
    raise problem("not-a-number", f"“{value}” is not a whole number", hint)


def parse_year(value: Any) -> Any:
    """A year with four digits, and one that can be meant."""
    year = parse_whole_number(value)
    if isinstance(year, int) and not YEARS[0] <= year <= YEARS[1]:
        raise odd_year(str(value))
    return year


def odd_year(value: str) -> PydanticCustomError:
    hint = "write all four digits of the year" if len(value) < 4 else "look at its digits"
    return problem("bad-year", f"{value} is hardly the year that is meant", hint)


def parse_flag(value: Any) -> Any:
    """Only `true` and `false`: `yes`, `no`, `on` and `off` mean different things to different readers."""
    if isinstance(value, str):
        if value not in ("true", "false"):
            right = FLAGS.get(slips.plain(value).lower())
            hint = f"write {right}" if right else "write true or false"
            raise problem("not-true-or-false", f"“{value}” is neither true nor false", hint, right)
        return value == "true"
    return value


def parse_unit(value: Any) -> Any:
    """A unit as it is known by everybody: `km`, not `Km`."""
    if isinstance(value, str) and NUMBER.fullmatch(value):
        raise problem("odd-unit", f"“{value}” is a number and no unit", "write what is counted or measured: km, wins")
    if isinstance(value, str) and value not in UNITS and (right := _UNITS_BY_LETTERS.get(value.lower())):
        raise misspelt("odd-unit", f"“{value}” is not how this unit is written", right)
    return value


def plain_decimal(value: Decimal) -> str:
    """How a Decimal is written into digests and data files."""
    return format(value, "f")


class NamesEdition:
    """Marks a year that is that of an edition of the rally, and so the id of an entry."""


Number = Annotated[Decimal, PlainSerializer(plain_decimal, return_type=str)]
Figure = Annotated[Number | str, BeforeValidator(parse_words, json_schema_input_type=str | float), PlainProse]
WholeNumber = Annotated[int, BeforeValidator(parse_whole_number), Field(ge=0)]
Position = Annotated[int, BeforeValidator(parse_whole_number), Field(ge=1)]
Year = Annotated[
    int,
    BeforeValidator(
        parse_year, json_schema_input_type=Annotated[int, Field(ge=YEARS[0], le=YEARS[1], examples=[2026])]
    ),
]
Flag = Annotated[bool, BeforeValidator(parse_flag)]
Unit = Annotated[Text, BeforeValidator(parse_unit, json_schema_input_type=Text)]
EditionYear = Annotated[Year, NamesEdition]
