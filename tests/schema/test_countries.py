"""Where countries lie: the frames that coordinates are compared with."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from microsite.schema.countries import CODES, NAMES, frames_of, lies_in


@pytest.mark.parametrize(
    ("country", "latitude", "longitude", "expected"),
    [
        ("DZ", "27.87", "-0.29", True),
        ("DZ", "-0.29", "27.87", False),
        ("SA", "26.51", "45.34", True),
        ("SA", "-26.51", "45.34", False),
        ("FR", "48.86", "2.35", True),
        ("FR", "4.92", "-52.31", True),  # Cayenne
        ("FJ", "-17.7", "178.1", True),
        ("GI", "80", "80", True),  # too small for the map that the frames are from
    ],
)
def test_what_lies_in_a_country(country: str, latitude: str, longitude: str, expected: bool) -> None:
    assert lies_in(country, Decimal(latitude), Decimal(longitude)) is expected


def test_frames_are_frames() -> None:
    for country in CODES:
        for south, west, north, east in frames_of(country):
            assert -90 <= south < north <= 90
            assert -180 <= west < east <= 180


def test_every_code_has_a_name_of_its_own() -> None:
    assert all(re.fullmatch("[A-Z]{2}", code) for code in CODES)
    assert len(set(NAMES.values())) == len(NAMES) == 249
