"""Results agree with one another, within an edition and between the pages that tell them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from decimal import Decimal

from microsite.schema.kinds import (
    DakarStart,
    Edition,
    Rally,
    ResultTable,
    Stage,
)
from microsite.site_model import Site
from tests.content.lookups import number, winner

NOT_RACED_FOR = {"classic", "mission-1000"}
"""Events of their own beside the race, which counts of race vehicles leave out."""

SPECIALS_DIFFER_KM = 10
"""How far the sum of the stages may be from the total, whose sources themselves differ by 60 km."""


def test_no_more_finish_than_start(held: list[Edition]) -> None:
    for edition in held:
        starters, finishers = number(edition.starters), number(edition.finishers)
        assert starters is None or finishers is None or finishers <= starters, edition.year
        for count in edition.counts:
            if count.starters is not None and count.finishers is not None:
                assert count.finishers <= count.starters, (edition.year, count.category)


def test_no_category_has_more_than_the_whole(held: list[Edition]) -> None:
    """Where all classes are counted their sum is the total, unless a note says why not."""
    for edition in held:
        race = [count for count in edition.counts if count.category not in NOT_RACED_FOR]
        for total, parts in (
            (number(edition.starters), [count.starters for count in race]),
            (number(edition.finishers), [count.finishers for count in race]),
        ):
            known = sum(part for part in parts if part is not None)
            explained = all(count.note for count in race) or edition.starters.note
            assert total is None or known <= total or explained, (edition.year, known, total)


def test_the_timed_distance_is_part_of_the_whole(editions: list[Edition], stages: list[Stage]) -> None:
    whole: list[Edition | Stage] = [*editions, *stages]
    for one in whole:
        total, special = number(one.total_km), number(one.special_km)
        assert total is None or special is None or special <= total, one.title
    for stage in stages:
        parts = [number(stage.special_km), number(stage.liaison_km)]
        if None not in parts and (total := number(stage.total_km)) is not None:
            assert sum(part for part in parts if part is not None) == total, stage.title


def test_the_winner_of_the_cars_is_first_of_the_podium(held: list[Edition]) -> None:
    for edition in held:
        first, one = edition.podium[0], winner(edition, "cars")
        assert one is not None
        assert (first.crew, first.make, first.model) == (one.crew, one.make, one.model), edition.year


def test_gaps_grow_from_place_to_place(held: list[Edition], stages: list[Stage], rally: Rally) -> None:
    for edition in held:
        assert edition.podium[0].gap is None, edition.year
        assert_rising([place.gap for place in edition.podium], edition.title)
    tables: list[tuple[str, ResultTable]] = [
        pair for stage in stages for pair in ((stage.title, stage.result), (stage.title, stage.standings))
    ]
    for title, table in tables:
        assert [row.position for row in table.rows] == sorted({row.position for row in table.rows}), title
        assert len({row.entrant for row in table.rows}) == len(table.rows), title
        assert_rising([row.gap for row in table.rows], title)
        assert all(row.time is None for row in table.rows if row.position > 1), title
    assert_rising([Decimal(row.overall) for row in rally.classification if row.overall], rally.name)


def assert_rising(values: Iterable[Decimal | None], what: str) -> None:
    known = [value for value in values if value is not None]
    assert known == sorted(known), what


def test_the_stages_of_2026_add_up_to_its_timed_distance(stages: list[Stage], held: list[Edition]) -> None:
    edition = held[-1]
    total = number(edition.special_km)
    lengths = [number(stage.special_km) for stage in stages]
    assert None not in lengths
    assert total is not None
    assert abs(sum(length for length in lengths if length is not None) - total) <= SPECIALS_DIFFER_KM
    assert edition.special_km.note, "the total is the plan’s"
    assert {str(other.value) for other in edition.special_km.disputed} >= {"4845", "4880"}


def test_the_rally_of_2026_is_told_alike_in_both_places(rally: Rally, held: list[Edition]) -> None:
    edition = held[-1]
    figures = {one.id: one for one in rally.figures}
    assert (edition.start.value, edition.finish.value) == (rally.start, rally.finish)
    for figure_id, fact in (
        ("edition", edition.number),
        ("total-distance", edition.total_km),
        ("special-distance", edition.special_km),
        ("starting-vehicles", edition.starters),
        ("finishing-vehicles", edition.finishers),
    ):
        assert figures[figure_id].value == fact.value, figure_id
    for one in rally.winners:
        same = winner(edition, "cars" if one.id == "ultimate" else one.id)
        assert same is not None, one.id
        assert one.crew == " / ".join(competitor.name for competitor in same.crew), one.id
    for count in edition.counts:
        name = "ultimate" if count.category == "cars" else count.category
        assert figures[f"starters-{name}"].value == count.starters, name


def test_the_stock_winners_of_2026(site: Site, rally: Rally, stages: list[Stage], held: list[Edition]) -> None:
    """Seven stages for Baciuška, three each for Price and Peterhansel, and the prologue for Price."""
    drivers = {entry.id: entry.data.driver for entry in site.all("entrant")}
    firsts = {stage.number: drivers[stage.result.rows[0].entrant] for stage in stages}
    assert firsts.pop(0) == "Sara Price"
    assert Counter(firsts.values()) == {"Rokas Baciuška": 7, "Sara Price": 3, "Stéphane Peterhansel": 3}
    stock = winner(held[-1], "stock")
    assert stock is not None
    first = rally.classification[0]
    assert (stock.crew[0].name, stock.time) == (drivers[first.entrant], first.time)
    assert [row.entrant for row in stages[-1].standings.rows] == [row.entrant for row in rally.classification]
    for person in ("rokas-baciuska", "sara-price", "stephane-peterhansel"):
        entry = site.get("person", person)
        assert entry is not None
        start: DakarStart = entry.data.starts[-1]
        place = next(row.position for row in rally.classification if drivers[row.entrant] == entry.data.name)
        assert (start.year, start.position) == (2026, place), person
        assert start.stage_wins in (None, Counter(firsts.values())[entry.data.name]), person
