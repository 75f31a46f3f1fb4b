from __future__ import annotations

from decimal import Decimal
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from microsite.digests import Digester
from microsite.graphics import CareerStart, GapCar, GapStanding, career_chart, gap_chart
from microsite.graphics.career import kind_of, outcome_of
from microsite.graphics.gaps import seconds_of
from microsite.graphics.geometry import Box
from microsite.graphics.labels import NARROW, WIDE

CAREER = [
    CareerStart(1990, "motorcycle", None, "Did not finish"),
    CareerStart(1991, "motorcycle", 1, "1st"),
    CareerStart(1992, "motorcycle", 1, "1st"),
    CareerStart(1999, "car", 60, "60th"),
    CareerStart(2000, "Stock", None, "First of the women"),
]


# Careers --------------------------------------------------------------------------------------------------------------


def test_first_is_at_the_top_and_the_last_place_at_the_bottom_of_the_plot() -> None:
    chart = career_chart(CAREER)
    by_year = {mark.year: mark for mark in chart.marks}
    assert by_year[1991].y == chart.top
    assert by_year[1999].y == chart.top + 170
    assert [tick.text for tick in chart.places] == ["1st", "2nd", "3rd", "5th", "10th", "20th", "40th", "60th"]
    assert (chart.starts, chart.won, chart.out, chart.first_year, chart.last_year) == (5, 2, 1, 1990, 2000)


def test_a_chart_of_ten_places_is_lower_and_names_all_that_a_higher_one_does() -> None:
    low, high = (career_chart([CareerStart(1980, "car", 4), CareerStart(1981, "car", last)]) for last in (10, 11))
    assert low.height == high.height - 60
    assert [tick.text for tick in low.places] == [tick.text for tick in high.places if tick.text != "20th"]


def test_who_has_no_place_stands_in_a_band_below() -> None:
    chart = career_chart(CAREER)
    assert [band.outcome for band in chart.bands] == ["out", "unknown"]
    assert chart.marks[0].y == chart.bands[0].middle > chart.top + 170
    assert chart.marks[-1].y == chart.bands[1].middle
    assert career_chart(CAREER[1:3]).bands == ()


def test_wins_on_end_share_a_label_above_their_middle() -> None:
    chart = career_chart(CAREER)
    (label,) = chart.wins
    first, second = (mark.x for mark in chart.marks if mark.is_win)
    assert label.text == "1991–92"
    assert chart.leaders[0].x == pytest.approx((first + second) / 2, abs=Decimal("0.1"))


def test_shapes_and_names_tell_the_categories() -> None:
    chart = career_chart(CAREER)
    assert [mark.kind for mark in chart.marks] == ["motorcycle"] * 3 + ["car", "stock"]
    assert [run.label.text for run in chart.runs] == ["Motorcycle", "Car", "Stock"]
    assert [kind_of(one) for one in ("Motorcycles", "Ultimate", "SSV (T4)")] == ["motorcycle", "car", "other"]


@pytest.mark.parametrize(
    ("result", "outcome"), [("Did not finish", "out"), ("Retired, stage 3", "out"), ("First woman", "unknown")]
)
def test_words_tell_who_dropped_out(result: str, outcome: str) -> None:
    assert outcome_of(CareerStart(2000, "car", None, result)) == outcome
    assert outcome_of(CareerStart(2000, "car", None, None)) == "unknown"
    assert outcome_of(CareerStart(2000, "car", 7, result)) == "place"


def test_one_start_is_a_career_and_none_is_not() -> None:
    chart = career_chart(CAREER[1:2])
    assert [tick.text for tick in chart.years] == ["1991"]
    with pytest.raises(ValueError, match="at least one start"):
        career_chart([])


starts = st.builds(
    CareerStart,
    year=st.integers(1979, 2030),
    category=st.sampled_from(["motorcycle", "car", "truck", "SSV (T4)", "Challenger (T3)", "Stock"]),
    position=st.none() | st.integers(1, 200),
    result=st.none() | st.just("Did not finish"),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(starts, min_size=1, max_size=40, unique_by=lambda start: start.year))
def test_labels_of_a_career_never_overlap_and_stay_in_the_drawing(found: list[CareerStart]) -> None:
    chart = career_chart(found)
    labels = [*chart.wins, *(run.label for run in chart.runs)]
    boxes = [label.box(NARROW) for label in labels]
    drawing = Box(0, 0, chart.width, chart.height + 1)
    assert all(drawing.contains(box) for box in boxes)
    assert not any(one.overlaps(other) for one, other in combinations(boxes, 2))
    assert all(chart.left <= mark.x <= chart.right and mark.y < chart.bottom for mark in chart.marks)
    assert Digester().digest(chart)


# Gaps -----------------------------------------------------------------------------------------------------------------

LEADER = GapCar("Baciuška", tuple(GapStanding(stage, 1) for stage in range(1, 6)))
SECOND = GapCar(
    "Peterhansel",
    (
        GapStanding(1, 4, Decimal(2929)),
        GapStanding(3, 3),
        GapStanding(4, 3, Decimal(2635)),
        GapStanding(5, 2, None, "about 44 minutes"),
    ),
)


def test_a_line_joins_only_stages_that_follow_each_other() -> None:
    chart = gap_chart([LEADER, SECOND], range(6))
    leader, second = chart.cars
    assert (leader.line.count("M"), len(leader.marks)) == (1, 5)
    assert (second.line.count("M"), len(second.marks)) == (1, 3)
    assert [mark.is_approximate for mark in second.marks] == [False, False, True]
    assert {mark.at.y for mark in leader.marks} == {chart.top}


def test_what_was_not_published_is_shown_as_unknown() -> None:
    chart = gap_chart([LEADER, SECOND], range(6))
    cells = chart.cars[1].cells  # none for the prologue, after which nobody was classified
    assert [(cell.place, cell.is_unknown) for cell in cells] == [
        ("4", False),
        (None, True),
        ("3", True),
        ("3", False),
        ("2", False),
    ]
    assert (chart.known, chart.unknown) == (8, 2)
    assert [tick.text for tick in chart.stages] == ["P", "1", "2", "3", "4", "5"]


def test_gaps_are_labelled_as_they_were_told() -> None:
    texts = {label.text for label in gap_chart([LEADER, SECOND], range(6)).labels}
    assert {"Baciuška leads", "Peterhansel +48:49", "Peterhansel +43:55", "about 44 minutes"} <= texts


def test_gaps_grow_downwards_on_round_ticks() -> None:
    far = GapCar("Price", (GapStanding(1, 2, Decimal(14400)),))
    chart = gap_chart([far], [1])
    assert [(tick.text, tick.at) for tick in chart.gaps] == [
        ("0", Decimal(30)),
        ("1 h", Decimal("72.5")),
        ("2 h", Decimal(115)),
        ("3 h", Decimal("157.5")),
        ("4 h", Decimal(200)),
    ]
    assert chart.cars[0].marks[0].at.y == Decimal(200)


@pytest.mark.parametrize(
    ("words", "seconds"),
    [
        ("almost 4 hours", 14400),
        ("about 44 minutes", 2640),
        ("more than three and a half hours", 12600),
        ("One hour", 3600),
        ("45 seconds behind fourth place", None),
        ("second", None),
        (None, None),
    ],
)
def test_gaps_in_words(words: str | None, seconds: int | None) -> None:
    assert seconds_of(words) == seconds


def test_a_gap_chart_needs_cars_and_stages_and_has_four_shapes() -> None:
    for cars, stages in (([], [1]), ([LEADER], []), ([LEADER] * 5, [1])):
        with pytest.raises(ValueError, match="one to 4 cars"):
            gap_chart(cars, stages)


standings = st.builds(
    GapStanding,
    stage=st.integers(0, 13),
    position=st.none() | st.integers(1, 7),
    gap=st.none() | st.integers(0, 50000).map(Decimal),
    words=st.none() | st.just("almost 4 hours"),
)
cars = st.builds(
    GapCar,
    name=st.sampled_from(["Peterhansel", "Baciuška", "Price"]),
    standings=st.lists(standings, max_size=14, unique_by=lambda one: one.stage).map(tuple),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(cars, min_size=1, max_size=3, unique_by=lambda car: car.name))
def test_labels_of_gaps_never_overlap_and_stay_in_the_drawing(found: list[GapCar]) -> None:
    chart = gap_chart(found, range(14))
    drawing = Box(0, 0, chart.width, chart.height)
    for size, shown in ((NARROW, [one for one in chart.labels if not one.wide]), (WIDE, chart.labels)):
        boxes = [label.box(size) for label in shown]
        assert all(drawing.contains(box) for box in boxes)
        assert not any(one.grown(-0.1).overlaps(other.grown(-0.1)) for one, other in combinations(boxes, 2))
    assert Digester().digest(chart)
