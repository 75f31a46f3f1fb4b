"""How values are written for readers: dates, times, figures, countries. British English, metric, h:mm:ss."""

from __future__ import annotations

from decimal import Decimal

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
COUNTRIES = {
    "AR": "Argentina",
    "BE": "Belgium",
    "BR": "Brazil",
    "CH": "Switzerland",
    "CI": "Côte d’Ivoire",
    "CO": "Colombia",
    "DE": "Germany",
    "ES": "Spain",
    "FR": "France",
    "GB": "United Kingdom",
    "IT": "Italy",
    "JP": "Japan",
    "LT": "Lithuania",
    "NL": "Netherlands",
    "PT": "Portugal",
    "QA": "Qatar",
    "SA": "Saudi Arabia",
    "SE": "Sweden",
    "US": "United States",
    "ZA": "South Africa",
}
MINUS = "\u2212"


def figure(value: Decimal | str | None) -> str:
    """A number with its thousands separated (7,994), its decimals as typed; words as they are."""
    if isinstance(value, Decimal):
        return f"{value:,f}".replace("-", MINUS)
    return str(value or "")


def date(value: str) -> str:
    """`2026-01-17` as 17 January 2026, `2026-01` as January 2026, `2026` as it is."""
    year, *rest = value.split("-")
    if not rest:
        return year
    month = MONTHS[int(rest[0]) - 1]
    return f"{int(rest[1])} {month} {year}" if len(rest) > 1 else f"{month} {year}"


def duration(seconds: Decimal) -> str:
    """Seconds as h:mm:ss, as m:ss under an hour."""
    whole, tenths = divmod(seconds, 1)
    hours, rest = divmod(int(whole), 3600)
    text = f"{hours}:{rest // 60:02}:{rest % 60:02}" if hours else f"{rest // 60}:{rest % 60:02}"
    return text + (f".{int(tenths * 10)}" if tenths else "")


def gap(seconds: Decimal) -> str:
    """Seconds behind, as +m:ss."""
    return "+" + duration(seconds)


def country(code: str) -> str:
    """The English short name of an ISO 3166-1 code; the code itself where the table has none."""
    return COUNTRIES.get(code, code)
