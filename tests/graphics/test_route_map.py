from __future__ import annotations

from decimal import Decimal
from itertools import combinations
from pathlib import Path

import jinja2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from microsite.digests import Digester
from microsite.graphics import LANDSCAPE, RouteMap, Stop, route_map, small_frame, small_route
from microsite.graphics.labels import NARROW, WIDE
from microsite.graphics.route_map import By
from microsite.graphics.small_routes import MOST_ROUTE_BYTES

ROOT = Path(__file__).parents[2]
GOLDEN = Path(__file__).with_name("dakar-2026.svg")
MOST_SVG_BYTES = 8192

DAKAR_2026 = [
    Stop("Yanbu", 24.09, 38.06),
    Stop("AlUla", 26.61, 37.92),
    Stop("Ha’il", 27.52, 41.69),
    Stop("Riyadh", 24.71, 46.68),
    Stop("Wadi ad-Dawasir", 20.49, 44.80),
    Stop("Bisha", 19.99, 42.61),
    Stop("Al Henakiyah", 24.86, 40.51),
    Stop("Yanbu", 24.09, 38.06),
]
PARIS_CAPE_TOWN = [
    Stop("Paris", 48.86, 2.35),
    Stop("Sète", 43.4, 3.7),
    Stop("Misrata", 32.38, 15.09, by="sea"),
    Stop("Waw al Kabir", 25.3, 16.8, approximate=True),
    Stop("N’Djamena", 12.11, 15.04),
    Stop("Lobito", -12.36, 13.54, by="air"),
    Stop("Cape Town (Green Point)", -33.92, 18.42),
]


def drawn(found: RouteMap) -> str:
    loader = jinja2.FileSystemLoader(ROOT / "templates")
    environment = jinja2.Environment(
        loader=loader,
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.do"],
    )
    macros = environment.from_string('{% from "macros/graphics.html" import route_map %}{{ route_map(m, "T") }}')
    return macros.render(m=found)


def test_a_map_of_a_loop() -> None:
    found = route_map(DAKAR_2026, shapes=(LANDSCAPE,))
    assert (found.width, found.height, found.shape) == (400, 300, "landscape")
    assert (found.start, found.is_loop, found.places, found.modes) == (found.finish, True, 7, ("road",))
    assert (found.sea, found.air, found.open_dots) == ("", "", "")
    assert found.dots.count("M") == 6
    assert found.labels[0].text == "Yanbu,\nstart and finish"


def test_the_scale_bar_is_as_long_as_its_distance() -> None:
    found = route_map(DAKAR_2026, shapes=(LANDSCAPE,))
    per_degree = (300 - 2 * 34) / 12  # the route is smaller than the least frame
    assert found.scale.km == 500
    assert found.scale.length == Decimal(str(round(500 / (111.2 / per_degree), 1)))


def test_ways_to_travel_and_places_known_roughly_are_told_apart() -> None:
    found = route_map(PARIS_CAPE_TOWN)
    assert found.shape == "portrait"
    assert found.modes == ("road", "sea", "air")
    assert (found.road.count("M"), found.sea.count("M"), found.air.count("M")) == (3, 1, 1)
    assert (found.dots.count("M"), found.open_dots.count("M")) == (4, 1)
    texts = [label.text for label in found.labels]
    assert texts[:2] == ["Paris, start", "Cape Town, finish"]


def test_there_is_no_arrow_on_a_leg_that_was_gone_both_ways() -> None:
    there_and_back = [Stop("A", 20, 40), Stop("B", 20, 50), Stop("A", 20, 40)]
    assert route_map(there_and_back).arrows == ""
    assert route_map(there_and_back[:2]).arrows.count("M") == 1


def test_a_map_needs_a_stop() -> None:
    with pytest.raises(ValueError, match="at least one stop"):
        route_map([])


def test_results_can_be_shown_by_templates() -> None:
    frame = small_frame([DAKAR_2026])
    for value in (route_map(DAKAR_2026), frame, small_route(DAKAR_2026, frame), DAKAR_2026[0].name):
        assert Digester().digest(value)


def test_the_same_route_gives_the_same_map() -> None:
    assert route_map(DAKAR_2026) == route_map(list(DAKAR_2026))


def test_the_drawing_of_2026_is_as_it_was_signed() -> None:
    """If the drawing is meant to change: look at it, then write it to tests/graphics/dakar-2026.svg."""
    assert drawn(route_map(DAKAR_2026)) == GOLDEN.read_text(encoding="utf-8").rstrip("\n")


def test_drawings_are_small() -> None:
    for stops in (DAKAR_2026, PARIS_CAPE_TOWN):
        assert len(drawn(route_map(stops)).encode()) <= MOST_SVG_BYTES


ways: st.SearchStrategy[By] = st.sampled_from(["road", "sea", "air"])
stops_anywhere = st.lists(
    st.builds(
        Stop,
        name=st.text("abcdefgMWil ", min_size=1, max_size=20),
        latitude=st.floats(-80, 80),
        longitude=st.floats(-180, 180),
        approximate=st.booleans(),
        by=ways,
    ),
    min_size=1,
    max_size=20,
)


@settings(max_examples=60, deadline=None)
@given(stops_anywhere)
def test_every_route_gives_a_sound_map(stops: list[Stop]) -> None:
    found = route_map(stops)
    frame = LANDSCAPE.box if found.shape == "landscape" else type(LANDSCAPE.box)(0, 0, 400, 480)
    paths = (found.land, found.borders, found.road, found.sea, found.air, found.arrows, found.dots, found.open_dots)
    assert not any("n" in one or "e" in one for one in paths)  # neither nan nor inf nor 1e-7
    for size, shown in ((NARROW, [one for one in found.labels if not one.wide]), (WIDE, found.labels)):
        boxes = [label.box(size) for label in shown]
        assert all(frame.contains(box) for box in boxes)
        assert not any(one.grown(-0.1).overlaps(other.grown(-0.1)) for one, other in combinations(boxes, 2))


@settings(max_examples=60, deadline=None)
@given(stops_anywhere)
def test_small_routes_are_small(stops: list[Stop]) -> None:
    found = small_route(stops, small_frame([stops, DAKAR_2026]))
    longest_leg = len("M-100.5-100.5l-100.5-100.5")  # a route that changes its way each time is a path for each leg
    assert len(found.path) + len(found.jumps) <= max(MOST_ROUTE_BYTES, longest_leg * (len(stops) - 1))
    assert "n" not in found.path + found.jumps


def test_small_routes_share_a_projection() -> None:
    frame = small_frame([DAKAR_2026, PARIS_CAPE_TOWN], 90, 120)
    one, other = small_route(DAKAR_2026, frame), small_route(DAKAR_2026[:1] + PARIS_CAPE_TOWN, frame)
    assert one.start == other.start
    assert (one.jumps, one.start) == ("", one.finish)
    assert len(frame.land) <= 1600
    with pytest.raises(ValueError, match="at least one stop"):
        small_frame([[]])
    with pytest.raises(ValueError, match="at least one stop"):
        small_route([], frame)
