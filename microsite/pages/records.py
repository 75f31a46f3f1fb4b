"""Records of the Dakar, computed from the tables of its editions. Nothing here is typed in by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from microsite.entries import Entry
from microsite.filters import country
from microsite.pages.page import Link
from microsite.schema.kinds import Category, Competitor, Edition, Winner
from microsite.schema.values.facts import CitedFigure
from microsite.schema.values.ids import PersonId, SourceId

TOP = 5
"""How many ranks a list has; holders that share the last rank are all named."""

Unit = Literal["wins", "km", "vehicles", "%", "seconds"]
BIG_THREE: tuple[Category, ...] = ("cars", "motorcycles", "trucks")
"""The categories that every Dakar had."""


@dataclass(frozen=True, slots=True)
class RecordRow:
    """One holder: a value in the record's unit, and where it comes from.

    `editions` lead to the rows of their pages that were counted or measured; `sources` are those of a measure. What was
    counted has its sources there, row by row.
    """

    rank: int
    holder: str
    person: PersonId | None
    value: Decimal
    editions: tuple[Link, ...]
    sources: tuple[SourceId, ...]
    unverified: bool


@dataclass(frozen=True, slots=True)
class ComputedRecord:
    """A list of holders and the rule by which it was made."""

    id: str
    title: str
    rule: str
    unit: Unit
    rows: tuple[RecordRow, ...]

    @property
    def anchor(self) -> str:
        return f"computed-{self.id}"

    @property
    def table(self) -> str:
        """The table of /data/ that it is computed from."""
        if self.unit == "wins":
            return "winners"
        return "car-podiums" if self.unit == "seconds" else "editions"


@dataclass(frozen=True, slots=True)
class _Count:
    """One edition's contribution to a holder's total, from the row of the winner of a category."""

    holder: str
    edition: Entry
    category: Category
    unverified: bool
    person: PersonId | None = None


@dataclass(frozen=True, slots=True)
class _Size:
    """One edition's measure, the element of its page that shows it, and whether some part of it is unconfirmed."""

    value: Decimal
    anchor: str
    sources: tuple[SourceId, ...]
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
    nouns = "in cars", "on motorcycles", "in trucks"
    for category, where, who in zip(BIG_THREE, nouns, ("driver of a car", "rider", "driver of a truck"), strict=True):
        rule = f"Wins in the category as {who}. The driver is whom the result names first."
        yield _tally(f"wins-{category}", f"Most wins {where}", rule, _by_driver(held, category))
    yield _tally(
        "wins-co-driver",
        "Most wins as co-driver of a car",
        "Car wins of everyone whom the result names after the driver.",
        (
            _Count(person.name, edition, "cars", person.unverified or winner.unverified, person.person)
            for edition, winner in _winners(held, "cars")
            for person in winner.crew[1:]
        ),
    )
    for category in BIG_THREE:
        yield _tally(
            f"wins-make-{category}",
            f"Most wins by make: {category}",
            "Wins by the make on the winning vehicle, whoever entered it.",
            (
                _Count(winner.make, edition, category, winner.unverified)
                for edition, winner in _winners(held, category)
                if winner.make
            ),
        )
    yield _tally(
        "wins-nation",
        "Most wins by nation",
        "Wins in cars, on motorcycles and in trucks by the nation of the driver or rider.",
        (
            _Count(country(winner.crew[0].country), edition, category, winner.crew[0].unverified or winner.unverified)
            for category in BIG_THREE
            for edition, winner in _winners(held, category)
            if winner.crew[0].country
        ),
    )


def _by_driver(held: list[Entry], category: Category) -> Iterator[_Count]:
    for edition, winner in _winners(held, category):
        driver: Competitor = winner.crew[0]
        yield _Count(driver.name, edition, category, driver.unverified or winner.unverified, driver.person)


def _winners(held: list[Entry], category: Category) -> Iterator[tuple[Entry, Winner]]:
    for edition in held:
        for winner in edition.data.winners:
            if winner.category == category:
                yield edition, winner


def _tally(record_id: str, title: str, rule: str, counts: Iterable[_Count]) -> ComputedRecord:
    by_holder: dict[str, list[_Count]] = {}
    for one in counts:
        by_holder.setdefault(one.holder, []).append(one)
    totals = [
        RecordRow(
            rank=0,
            holder=holder,
            person=next((one.person for one in found if one.person), None),
            value=Decimal(len(found)),
            editions=tuple(
                _row(one.edition, f"winner-{one.category}")
                for one in sorted(found, key=lambda one: one.edition.data.year)
            ),
            sources=(),
            unverified=any(one.unverified for one in found),
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
            RecordRow(
                rank=0,
                holder=edition.data.name,
                person=None,
                value=size.value,
                editions=(_row(edition, size.anchor),),
                sources=size.sources,
                unverified=size.unverified,
            )
            for edition in held
            if (size := measure(edition.data)) is not None
        ]
        yield ComputedRecord(record_id, title, rule, unit, _ranked(values, highest))


def _total(edition: Edition) -> _Size | None:
    return _size(edition.total_km, "total-km")


def _special(edition: Edition) -> _Size | None:
    return _size(edition.special_km, "special-km")


def _starters(edition: Edition) -> _Size | None:
    return _size(edition.starters, "starters")


def _rate(edition: Edition) -> _Size | None:
    starters, finishers = _starters(edition), _size(edition.finishers, "finishers")
    if starters is None or finishers is None or not starters.value:
        return None
    rate = (finishers.value * 100 / starters.value).quantize(Decimal("0.1"))
    sources = tuple(dict.fromkeys((*starters.sources, *finishers.sources)))
    return _Size(rate, finishers.anchor, sources, starters.unverified or finishers.unverified)


def _margin(edition: Edition) -> _Size | None:
    second = next((place for place in edition.podium if place.position == 2), None)
    if second is None or second.gap is None:
        return None
    return _Size(second.gap, second.anchor, second.sources, second.unverified)


def _size(figure: CitedFigure, anchor: str) -> _Size | None:
    """A figure told in words cannot be compared and takes no part."""
    return _Size(figure.value, anchor, figure.sources, figure.unverified) if isinstance(figure.value, Decimal) else None


def _row(edition: Entry, anchor: str) -> Link:
    """Where the page of an edition shows what was counted or measured."""
    return Link(str(edition.data.year), f"{edition.permalink}#{anchor}")


def _ranked(rows: Sequence[RecordRow], highest: bool) -> tuple[RecordRow, ...]:
    """The first ranks; equal values share one (1, 2, 2, 4), and a list ends before a tie of more than `TOP` more."""
    ordered = sorted(rows, key=lambda one: (-one.value if highest else one.value, one.holder))
    ranked = []
    for row in ordered:
        rank = 1 + sum(1 for other in ordered if (other.value > row.value if highest else other.value < row.value))
        tied = sum(1 for other in ordered if other.value == row.value)
        if rank <= TOP and rank + tied - 1 <= 2 * TOP:
            ranked.append(replace(row, rank=rank))
    return tuple(ranked)
