from __future__ import annotations

import pytest

from tests.schema.values.reading import refused


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("48°51'24\"N", "48.8567"),
        ("2,35 S", "-2.35"),
        ("−16.97", "-16.97"),
        ("16.97° S", "-16.97"),
        ("north of Dakar", None),
        ("90.5", None),
        ("", None),
    ],
)
def test_what_is_no_place(text: str, mended: str | None) -> None:
    assert refused("latitude", text) == ("bad-coordinate", mended)


@pytest.mark.parametrize(
    ("text", "mended"),
    [("UK", "GB"), ("gb", "GB"), ("France", "FR"), ("USA", "US"), ("XX", None), ("", None), ("Narnia", None)],
)
def test_what_is_no_country(text: str, mended: str | None) -> None:
    assert refused("country", text) == ("unknown-country", mended)
