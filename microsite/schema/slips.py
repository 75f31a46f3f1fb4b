"""What people write for a number, a time, a date or a place, and what it is to be written as here.

Each function answers with the right form of what was typed, or None where that cannot be told without doubt.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

from microsite.accents import without_accents

_MONTHS_ELSEWHERE = (
    "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre",
    "januar februar marz april mai juni juli august september oktober november dezember",
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "janeiro fevereiro marco abril maio junho julho agosto setembro outubro novembro dezembro",
)
"""In French, German, Spanish, Italian and Portuguese, without accents: sources are written in these."""
_DAYS_OF_WEEK = "monday tuesday wednesday thursday friday saturday sunday".split()
MONTHS = "january february march april may june july august september october november december".split()
UNITS = frozenset(
    "km m cm mm mi miles mile ft inches inch in km/h kph mph m/s h hours hour min minutes s seconds kg t tonnes g lb "
    "lbs bhp hp ps kw cv nm lb-ft l litres litre cc % °c °f bar v kwh m² € £ $".split()
)
_QUOTES = "“”„‘’‚«»\"'"
_FIGURE = re.compile(r"[-+]?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")
_GROUPED = re.compile(r"([0-9]{1,3})((?:[,'_ ’][0-9]{3})+)(\.[0-9]+)?")
_LETTERS_IN_DIGITS = re.compile(r"(?=.*[OoIl])[Il]?[0-9]+(?:[OoIl]+[0-9]+)*[Oo]*")
_AS_DIGITS = str.maketrans("OoIil", "00111")
_TIME = re.compile(
    r"""\+?\s*(?:([0-9]+)\s*(?:h|hrs?|hours?|[:.])\s*)?([0-9]{1,2})\s*(?:m|min|mins|minutes?|['’′:.])\s*
    (?:([0-9]{1,2})\s*(?:s|secs?|seconds?|["”″]|''|’’|′′)?)?""",
    re.VERBOSE,
)
_HOURS = re.compile(r"\+?\s*([0-9]+)\s*(?:h|hrs?|hours?)\s*(?:([0-9]{1,2})\s*(?:m|min|minutes?)?)?")
_SECONDS = re.compile(r"\+?\s*([0-9]{1,2})\s*(?:s|secs?|seconds?)")
_MINUTES = re.compile(r"\+?\s*([0-9]{1,4})\s*(?:m|min|mins|minutes?)")
_DAYS = re.compile(r"([0-9]+)\s*(?:d|days?)\s*([0-9]+):([0-9]{2}):([0-9]{2})")
_APPROXIMATE = {
    r"(?:~|≈|≃|±|c\.|ca\.?|circa|approx\.?|approximately)": "about",
    r"(?:>|≥|>=)": "more than",
    r"(?:<|≤|<=)": "less than",
}
_SIGNS_ONLY = re.compile(r"[-+~≈±<>≤≥.,'’:;*?!()\s0-9Ee]*[0-9][-+~≈±<>≤≥.,'’:;*?!()\s0-9]*")
_TOLD = re.compile(r"[0-9]{1,4}(?:[:–][0-9]{1,4})+(?:\.[0-9])?|[0-9]+(?:-[0-9]+){2,}|[0-9]{4}-[0-9]{2}")
_OF_PROGRAMS = re.compile(r"0[xXoObB][0-9A-Fa-f]+")
WORDS = "zero one two three four five six seven eight nine ten eleven twelve".split()
_DEGREES = re.compile(
    r"([-+]?[0-9]{1,3}(?:\.[0-9]+)?)\s*°?\s*(?:([0-9]{1,2}(?:\.[0-9]+)?)\s*['’′]\s*)?"
    r"(?:([0-9]{1,2}(?:\.[0-9]+)?)\s*(?:\"|”|″|'')\s*)?([NSEW])?",
    re.IGNORECASE,
)


def plain(text: str) -> str:
    """`text` in the characters of a keyboard: no full-width digits, no minus signs, no odd spaces, nothing that
    nobody sees, no quotes around."""
    seen = (one for one in text if unicodedata.category(one) != "Cf")
    folded = "".join(str(unicodedata.decimal(one)) if one.isdecimal() else one for one in seen)
    return " ".join(unicodedata.normalize("NFKC", folded).replace("\u2212", "-").split()).strip(_QUOTES + " ")


def number(text: str) -> str | None:
    """`７,994` as 7994, `4,5` as 4.5, `1st` as 1, `2O26` as 2026; None for what is no number however it is read."""
    typed = plain(text).rstrip(",;")
    if re.fullmatch(r"–[0-9.]+", typed):
        typed = "-" + typed[1:]
    if grouped := _GROUPED.fullmatch(typed):
        typed = grouped[1] + re.sub(r"[,'_ ’]", "", grouped[2]) + (grouped[3] or "")
    elif len(typed) > 1 and _LETTERS_IN_DIGITS.fullmatch(typed):
        typed = typed.translate(_AS_DIGITS)
    elif re.fullmatch(r"[-+]?[0-9]+,[0-9]+", typed):
        typed = typed.replace(",", ".")
    elif ordinal := re.fullmatch(r"([0-9]+)(?:st|nd|rd|th|\.)", typed):
        typed = ordinal[1]
    elif padded := re.fullmatch(r"([-+]?)0+([0-9].*)", typed):
        typed = padded[1] + padded[2]
    return typed if _FIGURE.fullmatch(typed) else None


def number_in_words(text: str) -> str | None:
    """`three` as 3."""
    typed = text.strip().lower()
    return str(WORDS.index(typed)) if typed in WORDS else None


def is_broken_number(text: str) -> bool:
    """Whether a text is made of digits and signs but is none of `1981–1998`, `1-2-3` and `58:09:45`: `6.26.0`."""
    return bool(_SIGNS_ONLY.fullmatch(text) or _OF_PROGRAMS.fullmatch(text)) and not _TOLD.fullmatch(text)


def approximate(text: str) -> str | None:
    """`~626` and `c. 626` as about 626, `>626` as more than 626."""
    for sign, words in _APPROXIMATE.items():
        match = re.fullmatch(rf"{sign}\s*([0-9].*)", plain(text), re.IGNORECASE)
        if match:
            figure = number(match[1])
            return f"{words} {figure or match[1]}"
    more = re.fullmatch(r"([0-9.,]+)\s*\+", plain(text))
    return f"more than {more[1]}" if more else None


def span_of_numbers(text: str) -> str | None:
    """`626-635` and `626 - 635` as 626–635."""
    match = re.fullmatch(r"([0-9.]+)\s*[-–—]\s*([0-9.]+)", plain(text))
    return f"{match[1]}–{match[2]}" if match and _FIGURE.fullmatch(match[1]) and _FIGURE.fullmatch(match[2]) else None


def number_with_unit(text: str) -> tuple[str, str] | None:
    """`626 bhp` as 626 and bhp."""
    match = re.fullmatch(r"([-+]?[0-9][0-9., ]*?)\s*([^\d\s.,].*)", plain(text))
    if not match or match[2].lower().replace(" ", "-") not in UNITS:
        return None
    figure = number(match[1])
    return (figure, match[2]) if figure else None


def duration(text: str) -> str | None:
    """`3h45` as 3:45:00, `4h04'59"` as 4:04:59, `12'03` and `+12:03` as 12:03."""
    typed = re.sub(r"(?<=[0-9]),(?=[0-9]$)", ".", plain(text))
    if match := _DAYS.fullmatch(typed):
        return _clock(str(int(match[1]) * 24 + int(match[2])), match[3], match[4])
    if match := re.fullmatch(r"([0-9]{1,2}:[0-5][0-9](?::[0-5][0-9])?(?:\.[0-9])?)\s*h?", typed):
        hours = typed.endswith("h") and match[1].count(":") == 1
        return match[1] + (":00" if hours else "")
    if match := _HOURS.fullmatch(typed):
        return _clock(match[1], match[2] or "0", "0")
    if match := _MINUTES.fullmatch(typed):
        hours, minutes = divmod(int(match[1]), 60)
        return _clock(str(hours) if hours else None, str(minutes), "0")
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
    typed = re.sub(r"([0-9])(?:st|nd|rd|th|er)\b", r"\1", plain(text).lower()).replace(",", " ")
    if re.fullmatch(r"[0-9oil]+(?:-[0-9oil]+)*", typed):
        typed = typed.translate(_AS_DIGITS)
    if whole := re.fullmatch(r"([0-9]{4})([0-9]{2})([0-9]{2})", typed):
        return ["-".join(whole.groups())]
    if timed := re.fullmatch(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:[t ][0-9:.]+)?z?", typed):
        return [timed[1]]
    parts = [
        part for part in re.split(r"[\s./_–—-]+", typed) if part and part not in ("of", "de") and not _is_day(part)
    ]
    months = [_month(part) for part in parts if part.isalpha()]
    numbers = [part for part in parts if part.isascii() and part.isdigit()]
    if len(numbers) + len(months) != len(parts) or len(months) > 1 or None in months:
        return []
    years = [one for one in numbers if len(one) == 4]
    rest = [int(one) for one in numbers if len(one) < 3]
    if len(years) != 1 or len(rest) + 1 != len(numbers):
        return []
    return _readings(int(years[0]), rest, months[0] if months else None, numbers[0] == years[0])


def has_short_year(text: str) -> bool:
    """Whether a text is a date but for its year, which is missing or has two digits: `Jan 5`, `5.1.26`."""
    return any(dates(trial) for trial in (f"{plain(text)} 2000", re.sub(r"[0-9]{2}$", r"20\g<0>", plain(text))))


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


def _is_day(word: str) -> bool:
    return len(word) > 2 and any(day.startswith(word) for day in _DAYS_OF_WEEK)


def _month(word: str) -> int | None:
    bare = without_accents(word)
    for names in (MONTHS, *(line.split() for line in _MONTHS_ELSEWHERE)):
        found = [index for index, name in enumerate(names, 1) if len(bare) >= 3 and name.startswith(bare)]
        if len(found) == 1:
            return found[0]
    return None


def coordinate(text: str) -> str | None:
    """`48°51'24"N` as 48.8567, `2,35 W` as -2.35."""
    typed = re.sub(r"(?<=[0-9]),(?=[0-9])", ".", unicodedata.normalize("NFKC", text).replace("\u2212", "-").strip())
    if first := re.fullmatch(r"([NSEW])\s*([0-9].*)", typed, re.IGNORECASE):
        typed = f"{first[2]} {first[1]}"
    match = _DEGREES.fullmatch(typed)
    if not match:
        return None
    value = Decimal(match[1]).copy_abs()
    if match[2] or match[3]:
        value += Decimal(match[2] or 0) / 60 + Decimal(match[3] or 0) / 3600
        value = value.quantize(Decimal("0.0001")).normalize()
    negative = match[1].startswith("-") or (match[4] or "").upper() in ("S", "W")
    return format(-value if negative else value, "f")
