"""What people write for a number, a time, a date or a place, and what it is to be written as here.

Each function answers with the right form of what was typed, or None where that cannot be told without doubt.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

MONTHS = "january february march april may june july august september october november december".split()
UNITS = frozenset(
    "km m cm mm mi miles mile ft inches inch in km/h kph mph m/s h hours hour min minutes s seconds kg t tonnes g lb "
    "lbs bhp hp ps kw cv nm lb-ft l litres litre cc % °c °f bar v kwh m² € £ $".split()
)
_QUOTES = "“”„‘’‚«»\"'"
_FIGURE = re.compile(r"[-+]?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")
_GROUPED = re.compile(r"([0-9]{1,3})((?:[,' ’][0-9]{3})+)(\.[0-9]+)?")
_TIME = re.compile(
    r"""\+?\s*(?:([0-9]+)\s*(?:h|hrs?|hours?|[:.])\s*)?([0-9]{1,2})\s*(?:m|min|mins|minutes?|['’′:.])\s*
    (?:([0-9]{1,2})\s*(?:s|secs?|seconds?|["”″]|''|’’|′′)?)?""",
    re.VERBOSE,
)
_HOURS = re.compile(r"\+?\s*([0-9]+)\s*(?:h|hrs?|hours?)\s*(?:([0-9]{1,2})\s*(?:m|min|minutes?)?)?")
_SECONDS = re.compile(r"\+?\s*([0-9]{1,2})\s*(?:s|secs?|seconds?)")
_MINUTES = re.compile(r"\+?\s*([0-9]{1,2})\s*(?:m|min|mins|minutes?)")
_DEGREES = re.compile(
    r"([-+]?[0-9]{1,3}(?:\.[0-9]+)?)\s*°?\s*(?:([0-9]{1,2}(?:\.[0-9]+)?)\s*['’′]\s*)?"
    r"(?:([0-9]{1,2}(?:\.[0-9]+)?)\s*(?:\"|”|″|'')\s*)?([NSEW])?",
    re.IGNORECASE,
)


def plain(text: str) -> str:
    """`text` in the characters of a keyboard: no full-width digits, no minus signs, no odd spaces, no quotes around."""
    return " ".join(unicodedata.normalize("NFKC", text).replace("\u2212", "-").split()).strip(_QUOTES + " ")


def number(text: str) -> str | None:
    """`７,994` as 7994, `4,5` as 4.5, `1st` as 1; None for what is no number however it is read."""
    typed = plain(text)
    if re.fullmatch(r"–[0-9.]+", typed):
        typed = "-" + typed[1:]
    if grouped := _GROUPED.fullmatch(typed):
        typed = grouped[1] + re.sub(r"[,' ’]", "", grouped[2]) + (grouped[3] or "")
    elif re.fullmatch(r"[-+]?[0-9]+,[0-9]+", typed):
        typed = typed.replace(",", ".")
    elif ordinal := re.fullmatch(r"([0-9]+)(?:st|nd|rd|th|\.)", typed):
        typed = ordinal[1]
    elif padded := re.fullmatch(r"([-+]?)0+([0-9].*)", typed):
        typed = padded[1] + padded[2]
    return typed if _FIGURE.fullmatch(typed) else None


def number_with_unit(text: str) -> tuple[str, str] | None:
    """`626 bhp` as 626 and bhp."""
    match = re.fullmatch(r"([-+]?[0-9][0-9., ]*?)\s*([^\d\s.,].*)", plain(text))
    if not match or match[2].lower().replace(" ", "-") not in UNITS:
        return None
    figure = number(match[1])
    return (figure, match[2]) if figure else None


def duration(text: str) -> str | None:
    """`3h45` as 3:45:00, `4h04'59"` as 4:04:59, `12'03` and `+12:03` as 12:03."""
    typed = plain(text)
    if match := _HOURS.fullmatch(typed):
        return _clock(match[1], match[2] or "0", "0")
    if match := _MINUTES.fullmatch(typed):
        return _clock(None, match[1], "0")
    if match := _SECONDS.fullmatch(typed):
        return _clock(None, "0", match[1])
    match = _TIME.fullmatch(typed) or _TIME.fullmatch(text.strip())
    if not match or match[3] is None or (match[1] is None and len(match[3]) == 1 and ":" in typed):
        return None
    return _clock(match[1], match[2], match[3])


def _clock(hours: str | None, minutes: str, seconds: str) -> str | None:
    if int(seconds) > 59 or (hours is not None and int(minutes) > 59):
        return None
    if hours is None or int(hours) == 0:
        return f"{int(minutes)}:{int(seconds):02}"
    return f"{int(hours)}:{int(minutes):02}:{int(seconds):02}"


def dates(text: str) -> list[str]:
    """What a date in another form may mean, in ISO 8601: both readings of `3/4/2026`, the one of `17 January 2026`."""
    typed = re.sub(r"([0-9])(?:st|nd|rd|th)\b", r"\1", plain(text).lower()).replace(",", " ")
    parts = [part for part in re.split(r"[\s./_–—-]+", typed) if part and part != "of"]
    months = [_month(part) for part in parts if part.isalpha()]
    numbers = [part for part in parts if part.isascii() and part.isdigit()]
    if len(numbers) + len(months) != len(parts) or len(months) > 1 or None in months:
        return []
    years = [one for one in numbers if len(one) == 4]
    rest = [int(one) for one in numbers if len(one) < 3]
    if len(years) != 1 or len(rest) + 1 != len(numbers):
        return []
    return _readings(int(years[0]), rest, months[0] if months else None, numbers[0] == years[0])


def _readings(year: int, rest: list[int], month: int | None, year_first: bool) -> list[str]:
    if month is not None:
        pairs = [(month, *rest)]
    elif year_first or len(rest) == 1:
        pairs = [tuple(rest)]
    else:
        pairs = [(rest[1], rest[0]), (rest[0], rest[1])] if len(rest) == 2 else []
    found = []
    for pair in dict.fromkeys(pairs):
        if len(pair) <= 2 and 1 <= (pair or (1,))[0] <= 12 and (len(pair) < 2 or 1 <= pair[1] <= 31):
            found.append("-".join([f"{year:04}", *(f"{one:02}" for one in pair)]))
    return found


def _month(word: str) -> int | None:
    found = [index for index, name in enumerate(MONTHS, 1) if len(word) >= 3 and name.startswith(word.rstrip("."))]
    return found[0] if len(found) == 1 else (9 if word == "sept" else None)


def coordinate(text: str) -> str | None:
    """`48°51'24"N` as 48.8567, `2,35 W` as -2.35."""
    typed = re.sub(r"(?<=[0-9]),(?=[0-9])", ".", unicodedata.normalize("NFKC", text).replace("\u2212", "-").strip())
    match = _DEGREES.fullmatch(typed)
    if not match:
        return None
    value = Decimal(match[1]).copy_abs()
    if match[2] or match[3]:
        value += Decimal(match[2] or 0) / 60 + Decimal(match[3] or 0) / 3600
        value = value.quantize(Decimal("0.0001")).normalize()
    negative = match[1].startswith("-") or (match[4] or "").upper() in ("S", "W")
    return format(-value if negative else value, "f")
