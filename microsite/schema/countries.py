"""Countries by their code: ISO 3166-1 alpha-2, as of 2024, with their everyday names in English."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path

_FRAMES = Path(__file__).with_name("country_frames.json")
NAMES: Mapping[str, str] = json.loads(Path(__file__).with_name("country_names.json").read_text("utf-8"))
CODES = frozenset(NAMES)
MARGIN = Decimal("0.5")
"""Degrees by which a place may lie outside its country, as islands and points at sea do."""

Frame = tuple[Decimal, Decimal, Decimal, Decimal]
"""South, west, north and east, in degrees."""

# What people write for it: codes of the Olympic Committee and of cars, old ones, and everyday names.
ALSO = {
    "UK": "GB",
    "GBR": "GB",
    "ENGLAND": "GB",
    "SCOTLAND": "GB",
    "WALES": "GB",
    "BRITAIN": "GB",
    "GREATBRITAIN": "GB",
    "USA": "US",
    "AMERICA": "US",
    "FRA": "FR",
    "GER": "DE",
    "DEU": "DE",
    "ESP": "ES",
    "ITA": "IT",
    "NED": "NL",
    "NLD": "NL",
    "HOLLAND": "NL",
    "SUI": "CH",
    "BEL": "BE",
    "LTU": "LT",
    "KSA": "SA",
    "SAU": "SA",
    "POR": "PT",
    "PRT": "PT",
    "RSA": "ZA",
    "QAT": "QA",
    "U.S.": "US",
    "U.S.A.": "US",
    "AMERICAN": "US",
    "BELGIAN": "BE",
    "BRITISH": "GB",
    "DUTCH": "NL",
    "FRENCH": "FR",
    "GERMAN": "DE",
    "ITALIAN": "IT",
    "LITHUANIAN": "LT",
    "POLISH": "PL",
    "PORTUGUESE": "PT",
    "QATARI": "QA",
    "SAUDI": "SA",
    "SPANISH": "ES",
    "SWEDISH": "SE",
    "SWISS": "CH",
    "BURMA": "MM",
    "DEUTSCHLAND": "DE",
    "ALG": "DZ",
    "DZA": "DZ",
    "AUS": "AU",
    "AUT": "AT",
    "CHI": "CL",
    "CHL": "CL",
    "CHN": "CN",
    "CRO": "HR",
    "HRV": "HR",
    "DEN": "DK",
    "DNK": "DK",
    "IRL": "IE",
    "JPN": "JP",
    "KOR": "KR",
    "LAT": "LV",
    "LVA": "LV",
    "MAR": "MA",
    "MLI": "ML",
    "MRT": "MR",
    "NOR": "NO",
    "NZL": "NZ",
    "PAR": "PY",
    "PRY": "PY",
    "SLO": "SI",
    "SVN": "SI",
    "SVK": "SK",
    "TUR": "TR",
    "UAE": "AE",
    "ARE": "AE",
}


def lies_in(country: str, latitude: Decimal, longitude: Decimal) -> bool:
    """Whether a place may lie in a country, as far as the frames of its parts tell; True for one that has none."""
    frames = frames_of(country)
    return not frames or any(
        south - MARGIN <= latitude <= north + MARGIN and west - MARGIN <= longitude <= east + MARGIN
        for south, west, north, east in frames
    )


def frames_of(country: str) -> tuple[Frame, ...]:
    """The frames of a country's parts (see tools/make_country_frames.py), the largest first."""
    frames = _frames().get(country, ())
    return tuple(sorted(frames, key=lambda one: (one[0] - one[2]) * (one[3] - one[1])))


@cache
def _frames() -> dict[str, tuple[Frame, ...]]:
    read = json.loads(_FRAMES.read_text("utf-8"), parse_float=Decimal)
    return {code: tuple((one[0], one[1], one[2], one[3]) for one in frames) for code, frames in read.items()}
