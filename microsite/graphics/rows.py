"""Labels in rows above or below a chart, each in the first row where it covers neither a label nor a leader line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

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


def seats(labels: Sequence[tuple[float, float]], left: float, right: float, has_leaders: bool = True) -> list[Seat]:
    """Seats for labels (x of what they name, width) between two edges, in the order given.

    A label with a leader line stays above what it names, moved sideways by less than half its width; one without is
    only kept between the edges. There are as many rows as it takes.
    """
    edges = left, right
    taken: list[_Taken] = []
    result = []
    for index, (at, width) in enumerate(labels):
        later = [other for other, _ in labels[index + 1 :]] if has_leaders else []
        seat = (
            _free(at, width, edges, taken, has_leaders, later)
            or _free(at, width, edges, taken, has_leaders, ())
            # Where leaders are too close together one runs behind a label; without leaders there is always a free row.
            or _free(at, width, edges, taken, False, ())
        )
        assert seat is not None
        taken.append(_Taken(seat.row, seat.x - width / 2, seat.x + width / 2, at))
        result.append(seat)
    return result


def _free(
    at: float,
    width: float,
    edges: tuple[float, float],
    taken: Sequence[_Taken],
    has_leaders: bool,
    later: Sequence[float],
) -> Seat | None:
    """The first free seat, in the lowest row; it covers none of the `later` leaders."""
    for row in range(len(taken) + 1):
        for shift in SHIFTS if has_leaders else SHIFTS[:1]:
            x = max(min(at + shift * width, edges[1] - width / 2), edges[0] + width / 2)
            covers = any(abs(other - x) < width / 2 + LEADER for other in later)
            if not covers and all(_fits(row, x, width, at, other, has_leaders) for other in taken):
                return Seat(row, x)
    return None


def _fits(row: int, x: float, width: float, at: float, other: _Taken, has_leaders: bool) -> bool:
    left, right = x - width / 2, x + width / 2
    if row == other.row:
        return right + APART <= other.left or other.right + APART <= left
    if not has_leaders:
        return True
    if row < other.row:
        return not left - LEADER < other.leader < right + LEADER
    return not other.left - LEADER < at < other.right + LEADER
