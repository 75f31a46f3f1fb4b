"""Labels in rows above or below a chart, each in the first row where it covers neither a label nor a leader line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from microsite.graphics.labels import NARROW, text_width

APART = 5.0
LEADER = 2.0
SHIFTS = (0.0, 0.25, -0.25, 0.45, -0.45)


@dataclass(frozen=True, slots=True)
class Seat:
    """Where a label stands: row 0 is next to the chart; x is its middle."""

    row: int
    x: float


@dataclass(frozen=True, slots=True)
class _Taken:
    row: int
    left: float
    right: float
    leader: float


def seats(labels: Sequence[tuple[float, str]], left: float, right: float, has_leaders: bool = True) -> list[Seat]:
    """Seats for labels (x of what they name, text) between two edges, in the order given.

    A label with a leader line stays above what it names, moved sideways by less than half its width; one without is
    only kept between the edges. Rows are added until everything has a place.
    """
    taken: list[_Taken] = []
    result = []
    for at, text in labels:
        width = text_width(text, NARROW)
        seat = _first_free(at, width, (left, right), taken, has_leaders)
        taken.append(_Taken(seat.row, seat.x - width / 2, seat.x + width / 2, at))
        result.append(seat)
    return result


def _first_free(at: float, width: float, edges: tuple[float, float], taken: Sequence[_Taken], leaders: bool) -> Seat:
    row = 0
    while True:
        for shift in SHIFTS if leaders else SHIFTS[:1]:
            x = min(max(at + shift * width, edges[0] + width / 2), edges[1] - width / 2)
            if all(_fits(row, x, width, at, other, leaders) for other in taken):
                return Seat(row, x)
        row += 1


def _fits(row: int, x: float, width: float, at: float, other: _Taken, leaders: bool) -> bool:
    left, right = x - width / 2, x + width / 2
    if row == other.row:
        return right + APART <= other.left or other.right + APART <= left
    if not leaders:
        return True
    if row < other.row:
        return not left - LEADER < other.leader < right + LEADER
    return not other.left - LEADER < at < other.right + LEADER
