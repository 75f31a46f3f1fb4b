"""From values to positions: linear and logarithmic scales, round ticks, places and years as words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log

STEPS = (1, 2, 5)


@dataclass(frozen=True, slots=True)
class Linear:
    """Maps `low` to `start` and `high` to `end`; everything to `start` if the two are the same."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        if self.high == self.low:
            return self.start
        return self.start + (value - self.low) / (self.high - self.low) * (self.end - self.start)


@dataclass(frozen=True, slots=True)
class Ranks:
    """Maps place 1 to `start` and place `last` to `end`, logarithmically: first and second stand farther apart than
    50th and 60th. Places beyond the last are drawn at the end."""

    last: int
    start: float
    end: float

    def __call__(self, place: int) -> float:
        return self.start + log(min(max(place, 1), self.last)) / log(max(self.last, 2)) * (self.end - self.start)


def round_step(span: float, most: int, bases: Sequence[int] = STEPS) -> int:
    """The smallest of 1, 2, 5, 10, 20, … by which a span has at most so many steps."""
    power = 1
    while True:
        for base in bases:
            if span / (base * power) <= most:
                return base * power
        power *= 10


def ordinal(number: int) -> str:
    """1st, 2nd, 3rd, 4th, 11th, 21st, 112th."""
    teen = number % 100 in (11, 12, 13)
    return f"{number}{'th' if teen else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"


def on_end(years: Sequence[int]) -> list[list[int]]:
    """Years grouped where they follow each other."""
    groups = [years[:1]] if years else []
    result = [list(group) for group in groups]
    for before, after in pairwise(years):
        if after == before + 1:
            result[-1].append(after)
        else:
            result.append([after])
    return result


def span(years: Sequence[int]) -> str:
    """`1995`, or `1991–93` for years on end."""
    if len(years) == 1:
        return str(years[0])
    first, last = str(years[0]), str(years[-1])
    return f"{first}–{last[2:] if first[:2] == last[:2] else last}"


def spaced(positions: Sequence[float], room: float) -> list[bool]:
    """Which of some positions have words: both ends, and those between that are far enough from others."""
    shown = [0, len(positions) - 1]
    for index in range(1, len(positions) - 1):
        if all(abs(positions[index] - positions[other]) >= room for other in shown):
            shown.append(index)
    return [index in shown for index in range(len(positions))]
