"""Dates and durations."""

# Without `from __future__ import annotations`: pydantic would have to compile each annotation at every start.

import re
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BeforeValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from microsite.schema import slips
from microsite.schema.values.numbers import IF_UNKNOWN, YEARS, Number, is_unknown, odd_year
from microsite.schema.values.refusals import problem

MONTH_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def parse_date(value: Any) -> Any:
    """A whole day, `2026-01-17`."""
    date = parse_partial_date(value)
    if isinstance(date, str) and len(date) < len("2026-01-17"):
        raise problem("bad-date", f"“{value}” is not a whole date", "write year, month and day: 2026-01-17")
    return date


def parse_partial_date(value: Any) -> Any:
    """A year, a month or a day: `2026`, `2026-01` or `2026-01-17` (ISO 8601), and one that exists."""
    if not isinstance(value, str):
        return value
    match = re.fullmatch(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?", value)
    if not match:
        raise _misspelt_date(value)
    if not exists(value):
        month, day = int(match[2] or 1), int(match[3] or 1)
        swapped = f"{match[1]}-{match[3]}-{match[2]}"
        if month > 12 and day <= 12 and match[3]:
            raise problem("impossible-date", f"there is no month {month}", f"the month comes before the day: {swapped}")
        raise _no_such_day(value)
    if not YEARS[0] <= int(match[1]) <= YEARS[1]:
        raise odd_year(match[1])
    return str(value)


def _misspelt_date(value: str) -> PydanticCustomError:
    readings = slips.dates(value)
    found = [one for one in readings if exists(one)]
    if readings and not found:
        return _no_such_day(value)
    hint = f"write {' or '.join(found)}" if found else "write 2026, 2026-01 or 2026-01-17"
    if not found and slips.has_short_year(value):
        hint = "write the year too, with four digits: 2026-01-17"
    elif not found and len(re.findall(r"[0-9]{4}", value)) > 1:
        hint = "write one date here, 2026-01-17; if there is a key for when it ended, the other goes there"
    if is_unknown(value):
        hint += IF_UNKNOWN
    return problem("bad-date", f"“{value}” is not a date as written here", hint, found[0] if len(found) == 1 else None)


def _no_such_day(value: str) -> PydanticCustomError:
    return problem("impossible-date", f"“{value}” does not exist in the calendar", "look at the month and the day")


def exists(date: str) -> bool:
    """Whether the calendar has a date that is written as ISO 8601 has it: 2024-02-29."""
    year, month, day = ([int(part) for part in date.split("-")] + [1, 1])[:3]
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return 1 <= month <= 12 and 1 <= day <= MONTH_DAYS[month - 1] and ((month, day) != (2, 29) or leap)


def parse_duration(value: Any) -> Any:
    """`h:mm:ss`, or `m:ss` under an hour; kept as seconds."""
    if not isinstance(value, str):
        return value
    match = re.fullmatch(r"(?:([0-9]+):(?=[0-9]{2}:))?([0-9]{1,2}):([0-5][0-9])(\.[0-9])?", value)
    if not match or (match[1] and int(match[2]) > 59):
        right = slips.duration(value)
        hint = f"write {right}" if right else "write 58:09:45 (h:mm:ss) or 12:03 (m:ss)"
        if short := re.fullmatch(r"([0-9]+):([0-9])", value):
            hint = f"write {short[1]}:0{short[2]} or {short[1]}:{short[2]}0, as m:ss"
        elif re.fullmatch(r"(?:[0-9]+:)+[0-9]{2}", value):
            hint = "minutes and seconds go to 59: 58:09:45 (h:mm:ss) or 12:03 (m:ss)"
        elif is_unknown(value):
            hint += IF_UNKNOWN
        elif value.startswith(("-", "−")):
            hint = "a gap has no sign: it is how far behind the winner somebody is"
        raise problem("bad-duration", f"“{value}” is not a time as written here", hint, right)
    return Decimal(int(match[1] or 0) * 3600 + int(match[2]) * 60 + int(match[3])) + Decimal(match[4] or 0)


class Past:
    """Marks a date of what has happened: it cannot lie in the future."""


IsoDate = Annotated[
    str,
    BeforeValidator(parse_date),
    WithJsonSchema({"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$", "examples": ["2026-01-17"]}),
]
PartialDate = Annotated[
    str,
    BeforeValidator(parse_partial_date),
    # To other readers of YAML a year alone is a number.
    WithJsonSchema(
        {
            "type": ["string", "integer"],
            "pattern": r"^\d{4}(-\d{2}){0,2}$",
            "minimum": 1000,
            "maximum": 9999,
            "examples": ["2026-01-17", "2026-01", 2026],
        }
    ),
]
Duration = Annotated[
    Number,
    BeforeValidator(parse_duration),
    WithJsonSchema(
        {"type": "string", "pattern": r"^(\d+:)?\d{1,2}:[0-5]\d(\.\d)?$", "examples": ["58:09:45", "12:03"]}
    ),
]
PastDate = Annotated[PartialDate, Past]
PastDay = Annotated[IsoDate, Past]
