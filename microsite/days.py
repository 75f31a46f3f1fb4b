"""What depends on the day of a build: what is not published yet, and what cannot have happened yet."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from functools import lru_cache

from microsite.diagnostics import Diagnostics, Span
from microsite.entries import Entry, PastDay, name_of
from microsite.schema import KINDS

LAST_DAY = "9999-12-31"
YEARS_AHEAD = 1
"""An entry may wait for a day of the next calendar year, and of none after it."""
_DATED = frozenset(kind.name for kind in KINDS if hasattr(kind.model, "published_from"))


def present(today: str, updated: str, past: Iterable[PastDay]) -> str:
    """The day of a build. A clock may be behind, or SOURCE_DATE_EPOCH long ago: where something has happened since
    `today`, and the site is told as of a later day, that day counts. `updated` alone may be a slip."""
    since = any((_possible_from(one.date) or "") > today for one in past if one.date != updated)
    return max(today, updated) if since else today


def period(entries: Iterable[Entry], past: Iterable[PastDay], day: str) -> tuple[str, str]:
    """From which day until before which other one all that depends on the day is as it is on `day` (ISO dates)."""
    published = [entry.data.published_from for entry in entries if entry.kind in _DATED]
    possible = [first for one in past if (first := _possible_from(one.date))]
    turning = {"", LAST_DAY, *published, *map(_may_wait_from, published), *possible}
    return max(one for one in turning if one <= day), min((one for one in turning if one > day), default=LAST_DAY)


def check_past(past: Iterable[PastDay], day: str, diagnostics: Diagnostics) -> None:
    """Report what is said to have happened after `day`."""
    for one in past:
        if (_possible_from(one.date) or "") > day:
            message = f"{one.date} is yet to come: today is {day}"
            diagnostics.error("future-date", message, one.span, "look at the year, the month and the day")


def check_wait(entries: Iterable[Entry], day: str, places: Mapping[str, Span], diagnostics: Diagnostics) -> None:
    """Report what would be published years after `day`."""
    for entry in (one for one in entries if one.kind in _DATED):
        published = entry.data.published_from
        if day < _may_wait_from(published):
            message = f"nobody would see this before {published}, and today is {day}"
            span = places.get(f"{name_of(entry)}.date", places[name_of(entry)])
            diagnostics.error("future-date", message, span, "look at the digits of the year")


def _may_wait_from(published: str) -> str:
    return f"{int(published[:4]) - YEARS_AHEAD:04}-01-01"


@lru_cache(maxsize=4096)  # each save of a preview asks for all dates of the site again
def _possible_from(date: str) -> str | None:
    """The day on which something of a date can be told of: the one before, when it is that date somewhere on earth.

    None for what is no date, which is reported where it is read.
    """
    try:
        first = datetime.date.fromisoformat(f"{date}-01-01"[:10])
    except ValueError:
        return None
    return (first - datetime.timedelta(days=1)).isoformat()
