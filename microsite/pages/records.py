"""Records of the Dakar, computed from the tables of its editions. Nothing here is typed in by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from microsite.entries import Entry
from microsite.filters import country
from microsite.pages.page import Link
from microsite.pages.shown import link_to
from microsite.schema.kinds import Competitor, Edition, Winner
from microsite.schema.values import CitedFigure

TOP = 5
"""How many ranks a list has; holders that share the last rank are all named."""

Unit = Literal["wins", "km", "vehicles", "%", "seconds"]


@dataclass(frozen=True, slots=True)
class RecordRow:
    """One holder: a value in the record's unit, and the editions that it comes from."""

    rank: int
    holder: str
    value: Decimal
    editions: tuple[Link, ...]
    unverified: bool


@dataclass(frozen=True, slots=True)
class ComputedRecord:
    """A list of holders and the rule by which it was made."""

    id: str
    title: str
    rule: str
    unit: Unit
    rows: tuple[RecordRow, ...]


@dataclass(frozen=True, slots=True)
class _Count:
    """One edition's contribution to a holder's total."""

    holder: str
    edition: Entry
    unverified: bool


@dataclass(frozen=True, slots=True)
class _Size:
    """One edition's measure, and whether it rests on a figure that no source confirms."""

    value: Decimal
    unverified: bool


def computed_records(editions: Iterable[Entry]) -> tuple[ComputedRecord, ...]:
    """All computed records from the editions that were held."""
    held = [one for one in editions if one.data.status == "held"]
    return tuple(record for record in (*_wins(held), *_sizes(held)) if record.rows)


# Who won most ---------------------------------------------------------------------------------------------------------


def _wins(held: list[Entry]) -> Iterator[ComputedRecord]:
    yield _tally(
        "wins-by-person",
        "Most wins, motorcycles and cars together",
        "Overall wins as rider of a motorcycle or driver of a car. The driver is whom the result names first.",
        (*_by_driver(held, "motorcycles"), *_by_driver(held, "cars")),
    )
    for category, noun in (("cars", "driver of a car"), ("motorcycles", "rider"), ("trucks", "driver of a truck")):
        title = {
            "cars": "Most wins in cars",
            "motorcycles": "Most wins on motorcycles",
            "trucks": "Most wins in trucks",
        }
        rule = f"Wins in the category as {noun}. The driver is whom the result names first."
        yield _tally(f"wins-{category}", title[category], rule, _by_driver(held, category))
    yield _tally(
        "wins-co-driver",
        "Most wins as co-driver of a car",
        "Car wins of everyone whom the result names after the driver.",
        (
            _Count(person.name, edition, person.unverified or winner.unverified)
            for edition, winner in _winners(held, "cars")
            for person in winner.crew[1:]
        ),
    )
    for category, noun in (("cars", "cars"), ("motorcycles", "motorcycles"), ("trucks", "trucks")):
        yield _tally(
            f"wins-make-{category}",
            f"Most wins by make: {noun}",
            "Wins by the make on the winning vehicle, whoever entered it.",
            (
                _Count(winner.make, edition, winner.unverified)
                for edition, winner in _winners(held, category)
                if winner.make
            ),
        )
    yield _tally(
        "wins-nation",
        "Most wins by nation",
        "Wins in cars, on motorcycles and in trucks by the nation of the driver or rider.",
        (
            _Count(country(winner.crew[0].country), edition, winner.crew[0].unverified or winner.unverified)
            for category in ("cars", "motorcycles", "trucks")
            for edition, winner in _winners(held, category)
            if winner.crew[0].country
        ),
    )


def _by_driver(held: list[Entry], category: str) -> Iterator[_Count]:
    for edition, winner in _winners(held, category):
        driver: Competitor = winner.crew[0]
        yield _Count(driver.name, edition, driver.unverified or winner.unverified)


def _winners(held: list[Entry], category: str) -> Iterator[tuple[Entry, Winner]]:
    for edition in held:
        for winner in edition.data.winners:
            if winner.category == category:
                yield edition, winner


def _tally(record_id: str, title: str, rule: str, counts: Iterable[_Count]) -> ComputedRecord:
    by_holder: dict[str, list[_Count]] = {}
    for one in counts:
        by_holder.setdefault(one.holder, []).append(one)
    totals = [
        (
            Decimal(len(found)),
            holder,
            tuple(link_to(one.edition) for one in sorted(found, key=lambda one: one.edition.data.year)),
            any(one.unverified for one in found),
        )
        for holder, found in by_holder.items()
    ]
    return ComputedRecord(record_id, title, rule, "wins", _ranked(totals, highest=True))


# How long, how many, how close ----------------------------------------------------------------------------------------


def _sizes(held: list[Entry]) -> Iterator[ComputedRecord]:
    measures: tuple[tuple[str, str, str, Unit, bool, Callable[[Edition], _Size | None]], ...] = (
        ("longest", "Longest editions", "By the total distance shown for each edition.", "km", True, _total),
        ("shortest", "Shortest editions", "By the total distance shown for each edition.", "km", False, _total),
        ("longest-special", "Most timed kilometres", "By the timed distance shown.", "km", True, _special),
        ("biggest-field", "Biggest fields", "By race vehicles at the start.", "vehicles", True, _starters),
        ("smallest-field", "Smallest fields", "By race vehicles at the start.", "vehicles", False, _starters),
        ("most-finishers", "Most reached the finish", "Finishers for every hundred starters.", "%", True, _rate),
        ("fewest-finishers", "Fewest reached the finish", "Finishers for every hundred starters.", "%", False, _rate),
        (
            "closest",
            "Closest car finishes",
            "By the gap of the second car, where it is known.",
            "seconds",
            False,
            _margin,
        ),
        ("clearest", "Clearest car wins", "By the gap of the second car, where it is known.", "seconds", True, _margin),
    )
    for record_id, title, rule, unit, highest, measure in measures:
        values = [
            (size.value, edition.data.name, (link_to(edition),), size.unverified)
            for edition in held
            if (size := measure(edition.data)) is not None
        ]
        yield ComputedRecord(record_id, title, rule, unit, _ranked(values, highest))


def _total(edition: Edition) -> _Size | None:
    return _size(edition.total_km)


def _special(edition: Edition) -> _Size | None:
    return _size(edition.special_km)


def _starters(edition: Edition) -> _Size | None:
    return _size(edition.starters)


def _rate(edition: Edition) -> _Size | None:
    starters, finishers = _size(edition.starters), _size(edition.finishers)
    if starters is None or finishers is None or not starters.value:
        return None
    rate = (finishers.value * 100 / starters.value).quantize(Decimal("0.1"))
    return _Size(rate, starters.unverified or finishers.unverified)


def _margin(edition: Edition) -> _Size | None:
    second = next((place for place in edition.podium if place.position == 2), None)
    return _Size(second.gap, second.unverified) if second and second.gap is not None else None


def _size(figure: CitedFigure) -> _Size | None:
    """A figure told in words cannot be compared and takes no part."""
    return _Size(figure.value, figure.unverified) if isinstance(figure.value, Decimal) else None


def _ranked(values: Sequence[tuple[Decimal, str, tuple[Link, ...], bool]], highest: bool) -> tuple[RecordRow, ...]:
    """The first ranks; equal values share one (1, 2, 2, 4), and a list ends before a tie of more than `TOP` more."""
    ordered = sorted(values, key=lambda one: (-one[0] if highest else one[0], one[1]))
    rows = []
    for value, holder, links, unverified in ordered:
        rank = 1 + sum(1 for other in ordered if (other[0] > value if highest else other[0] < value))
        tied = sum(1 for other in ordered if other[0] == value)
        if rank <= TOP and rank + tied - 1 <= 2 * TOP:
            rows.append(RecordRow(rank, holder, value, links, unverified))
    return tuple(rows)
