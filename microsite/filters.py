"""How values are written for readers: dates, times, figures, countries. British English, metric, h:mm:ss."""

from __future__ import annotations

import base64
import hashlib
from decimal import Decimal
from html import unescape

from markupsafe import Markup, escape

from microsite.schema.countries import NAMES

MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
LONGEST_TITLE = 65
"""Of a page, in characters: about what search engines and browser tabs show."""
MINUS = "\u2212"


def figure(value: Decimal | str | None) -> str:
    """A number with its thousands separated (7,994), its decimals as typed; words as they are."""
    if isinstance(value, Decimal):
        return f"{value:,f}".replace("-", MINUS)
    return str(value or "")


def distance(value: Decimal | str | None, unit: str | None) -> Markup:
    """A figure; a number of kilometres, or of kilometres per hour, is marked so that a reader may see it in miles."""
    text = escape(figure(value))
    if not isinstance(value, Decimal) or not is_metric_distance(unit):
        return text
    return Markup('<data class="km" value="{}" data-unit="{}">{}</data>').format(f"{value:f}", unit, text)


def is_metric_distance(unit: str | None) -> bool:
    """Whether a unit is km, km/h, or km with a word behind it (“km timed”)."""
    return unit is not None and unit.replace("/", " ").split(" ")[0] == "km"


def date(value: str) -> str:
    """`2026-01-17` as 17 January 2026, `2026-01` as January 2026, `2026` as it is."""
    year, *rest = value.split("-")
    if not rest:
        return year
    month = MONTHS[int(rest[0]) - 1]
    return f"{int(rest[1])} {month} {year}" if len(rest) > 1 else f"{month} {year}"


def period(start: str, until: str) -> Markup:
    """Two dates as a span of time that says once what they share: 3–17 January 2026, 28 September – 3 October 2026."""
    first, last = date(start).split(" "), date(until).split(" ")
    same_form = len(first) == len(last)
    while same_form and len(first) > 1 and first[-1] == last[len(first) - 1]:
        first.pop()
    dash = "–" if len(first) == 1 else " – "
    element = Markup('<time datetime="{}">{}</time>').format
    return element(start, " ".join(first)) + dash + element(until, date(until))


def duration(seconds: Decimal) -> str:
    """Seconds as h:mm:ss, as m:ss under an hour."""
    whole, tenths = divmod(seconds, 1)
    hours, rest = divmod(int(whole), 3600)
    text = f"{hours}:{rest // 60:02}:{rest % 60:02}" if hours else f"{rest // 60}:{rest % 60:02}"
    return text + (f".{int(tenths * 10)}" if tenths else "")


def gap(seconds: Decimal) -> str:
    """Seconds behind, as +m:ss."""
    return "+" + duration(seconds)


def degrees(value: Decimal, hemispheres: str) -> str:
    """A latitude (`hemispheres` is NS) or a longitude (EW), as 16.97° N."""
    return f"{abs(value):f}° {hemispheres[value < 0]}"


def country(code: str) -> str:
    """The English short name of an ISO 3166-1 code; the code itself where it is none."""
    return NAMES.get(code, code)


def page_title(title: str, site_title: str) -> str:
    """A title with that of the site behind it, or without where it would be too long; cut if it is so by itself."""
    own = unescape(str(title)).strip()
    whole = own if site_title in own else f"{own} – {site_title}"
    if len(whole) <= LONGEST_TITLE:
        return whole
    if len(own) <= LONGEST_TITLE:
        return own
    return own[: LONGEST_TITLE - 1].rpartition(" ")[0].rstrip(",;:–- ") + "…"


def script_hash(script: str) -> Markup:
    """What allows one inline script in a Content Security Policy (CSP Level 3, 2.3.1): the hash of its text."""
    return Markup(f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'")
