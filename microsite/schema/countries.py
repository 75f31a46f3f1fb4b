"""Countries by their code: ISO 3166-1 alpha-2, as of 2024."""

from __future__ import annotations

import json
from decimal import Decimal
from functools import cache
from pathlib import Path

_FRAMES = Path(__file__).with_name("country_frames.json")
MARGIN = Decimal("0.5")
"""Degrees by which a place may lie outside its country, as islands and points at sea do."""

Frame = tuple[Decimal, Decimal, Decimal, Decimal]
"""South, west, north and east, in degrees."""

CODES = frozenset(
    "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ "
    "CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO "
    "FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE "
    "JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO "
    "MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW "
    "PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM "
    "TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW".split()
)
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
