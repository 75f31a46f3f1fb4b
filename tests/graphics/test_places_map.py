from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

import pytest

from microsite.digests import Digester
from microsite.graphics import Stop, places_map
from microsite.graphics.labels import NARROW


@dataclass(frozen=True)
class Pin:
    label: str
    stop: Stop


def pin(label: str, latitude: float, longitude: float, approximate: bool = False) -> Pin:
    return Pin(label, Stop(label, latitude, longitude, approximate))


WORLD = [
    pin("1980", -4.3, -56.0, True),
    pin("1984", -3.1, -60.0),
    pin("1986", -12.5, 130.8),
    pin("1989", -9.9, -56.1),
    pin("1990", 52.3, 104.3),
    pin("1992", 6.8, -58.2),
    pin("1997", 46.9, 103.8, True),
]


def test_a_map_needs_a_place() -> None:
    with pytest.raises(ValueError, match="at least one place"):
        places_map([])


def test_every_place_has_a_dot_and_rough_ones_are_open() -> None:
    found = places_map(WORLD)
    assert found.places == 7
    assert (found.dots.count("M"), found.open_dots.count("M")) == (5, 2)
    assert found.has_approximate
    assert found.has_more
    alone = places_map([pin("a", 1, 2)])
    assert not alone.has_approximate
    assert not alone.has_more


def test_places_close_to_each_other_share_their_words() -> None:
    found = places_map(WORLD)
    assert {label.text for label in found.labels} == {"1980 +2", "1986", "1990; 1997", "1992"}


def test_two_events_at_one_place_have_one_dot() -> None:
    found = places_map([pin("1990", 10, 10), pin("1995", 10, 10), pin("far", -20, 60)])
    assert (found.places, found.dots.count("M")) == (2, 2)
    assert [label.text for label in found.labels] == ["1990; 1995", "far"]


def test_the_world_has_no_borders_and_a_region_has() -> None:
    assert places_map(WORLD).borders == ""
    assert places_map([pin("a", 10, 10), pin("b", 20, 20)]).borders.startswith("M")


def test_labels_stay_apart_and_within_the_frame() -> None:
    found = places_map([pin(str(1980 + n), 40.0 - 9 * n, -150.0 + 31 * n) for n in range(10)])
    boxes = [label.box(NARROW) for label in found.labels if not label.wide]
    assert len(found.labels) == 10
    assert all(not one.overlaps(other) for one in boxes for other in boxes if one is not other)
    for label in found.labels:
        assert 0 <= label.x <= found.width
        assert 0 <= label.y <= found.height


def test_what_is_shown_can_be_digested_and_is_exact_to_a_tenth() -> None:
    found = places_map(WORLD)
    assert Digester().digest(found) == Digester().digest(places_map(WORLD))
    assert all(label.x == round(label.x, 1) and isinstance(label.x, Decimal) for label in found.labels)
