"""The chart of gaps to the leader, stage by stage, in which what was not published is shown as such."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from microsite.graphics.geometry import Box, Point, Spot, path, spot, tenth
from microsite.graphics.labels import NARROW, Label, Surroundings, Wanted, named_shape, place_labels, text_width
from microsite.graphics.scales import Linear

WIDTH = 400
EDGE = 4.0
TOP, PLOT_HEIGHT = 30.0, 170.0
LINE, CELL = 22.0, 22.0
STEPS = (10, 30, 60, 300, 600, 1200, 1800, 3600, 7200, 18000, 36000)
MOST_TICKS = 5
# Marks in the order of the cars; told apart by shape, so not more cars than shapes.
SHAPES = ("circle", "square", "triangle", "diamond")
ANY_COST = 1e9

_NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_WORDS = re.compile(
    r"(?:(?:just )?(?:about|almost|nearly|around|roughly|over|under|more than|less than) )?"
    rf"(?P<number>\d+|{'|'.join(_NUMBERS)})(?P<half> and a half)? (?P<unit>hour|minute)s?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class GapStanding:
    """A car's line in the standings after a stage: its gap in seconds or in words, where published."""

    stage: int
    position: int | None = None
    gap: Decimal | None = None
    words: str | None = None


@dataclass(frozen=True, slots=True)
class GapCar:
    """A car under the name that is written beside its line."""

    name: str
    standings: tuple[GapStanding, ...]


@dataclass(frozen=True, slots=True)
class GapMark:
    """A gap on the chart; open if it was told only roughly."""

    at: Spot
    is_approximate: bool


@dataclass(frozen=True, slots=True)
class Cell:
    """One stage in a car's row: the place after it, where known; hatched if the gap was not published."""

    x: Decimal
    place: str | None
    is_unknown: bool


@dataclass(frozen=True, slots=True)
class CarLine:
    """One car: its shape, its line (whole only between stages that follow each other), its row of places below."""

    name: str
    shape: str
    line: str
    marks: tuple[GapMark, ...]
    cells: tuple[Cell, ...]
    row_label: Label
    row_shape: Spot
    row_top: Decimal


@dataclass(frozen=True, slots=True)
class GapTick:
    at: Decimal
    text: str


@dataclass(frozen=True, slots=True)
class GapChart:
    """Everything a template draws, in a drawing of width × height units."""

    width: int
    height: int
    left: Decimal
    right: Decimal
    top: Decimal
    bottom: Decimal
    cell_width: Decimal
    cell_height: Decimal
    cars: tuple[CarLine, ...]
    labels: tuple[Label, ...]
    gaps: tuple[GapTick, ...]
    stages: tuple[GapTick, ...]
    known: int
    unknown: int


def seconds_of(words: str | None) -> int | None:
    """Seconds that words like “almost 4 hours” or “about 44 minutes” tell roughly; None if they tell something else."""
    found = _WORDS.fullmatch((words or "").strip())
    if not found:
        return None
    number = found["number"].casefold()
    count = _NUMBERS.index(number) + 1 if number in _NUMBERS else int(number)
    unit = 3600 if found["unit"].casefold() == "hour" else 60
    return count * unit + (unit // 2 if found["half"] else 0)


def gap_chart(cars: Sequence[GapCar], stages: Sequence[int]) -> GapChart:
    """The gaps of at most four cars over stages. Raises ValueError without cars or stages, or with more cars.

    A stage after which no car stands in a table has an empty column: there was no classification.
    """
    if not cars or not stages or len(cars) > len(SHAPES):
        raise ValueError(f"a gap chart needs stages and one to {len(SHAPES)} cars")
    plot = _Plot(cars, stages)
    lines = tuple(plot.car(index, car) for index, car in enumerate(cars))
    ranked = [cell for line in lines for cell in line.cells]
    return GapChart(
        width=WIDTH,
        height=round(plot.row_top(len(cars)) + EDGE),
        left=tenth(plot.left),
        right=tenth(WIDTH - EDGE),
        top=tenth(TOP),
        bottom=tenth(TOP + PLOT_HEIGHT),
        cell_width=tenth(plot.step - 1),
        cell_height=tenth(CELL),
        cars=lines,
        labels=plot.labels(),
        gaps=tuple(GapTick(tenth(plot.y(value)), _tick_text(value)) for value in plot.ticks),
        stages=tuple(GapTick(tenth(plot.x(stage)), str(stage or "P")) for stage in stages),
        known=sum(not cell.is_unknown for cell in ranked),
        unknown=sum(cell.is_unknown for cell in ranked),
    )


class _Plot:
    """Where stages and gaps lie."""

    def __init__(self, cars: Sequence[GapCar], stages: Sequence[int]) -> None:
        self.cars, self.stages = cars, stages
        self.ranked = [stage for stage in stages if any(one.stage == stage for car in cars for one in car.standings)]
        most = max((value for car in cars for _, value, _ in _known(car)), default=0) or STEPS[0]
        tick = next((step for step in STEPS if most / step <= MOST_TICKS), STEPS[-1])
        self.ticks = range(0, -(-most // tick) * tick + 1, tick)
        self.left = EDGE + max(text_width(_tick_text(value), NARROW) for value in self.ticks) + 6
        self.step = (WIDTH - EDGE - self.left) / len(stages)
        self.y = Linear(0, self.ticks[-1], TOP, TOP + PLOT_HEIGHT)

    def x(self, stage: int) -> float:
        return self.left + (self.stages.index(stage) + 0.5) * self.step

    def row_top(self, index: int) -> float:
        """Rows of cells lie below the plot and the numbers of the stages."""
        return TOP + PLOT_HEIGHT + 34 + index * (LINE + CELL + 6)

    def points(self, car: GapCar) -> list[tuple[int, Point]]:
        return [(stage, (self.x(stage), self.y(value))) for stage, value, _ in _known(car)]

    def car(self, index: int, car: GapCar) -> CarLine:
        pieces: list[list[Point]] = []
        for (before, start), (after, end) in pairwise(self.points(car)):
            if self.stages.index(after) - self.stages.index(before) == 1:
                pieces.append([start, end])
        top = self.row_top(index)
        shape, words = named_shape(car.name, self.left + 1, top + LINE / 2, "car")
        rough = {stage: is_rough for stage, _, is_rough in _known(car)}
        return CarLine(
            name=car.name,
            shape=SHAPES[index],
            line=path(_joined(pieces)),
            marks=tuple(GapMark(spot(at), rough[stage]) for stage, at in self.points(car)),
            cells=tuple(self._cells(car)),
            row_label=words,
            row_shape=shape,
            row_top=tenth(top + LINE),
        )

    def _cells(self, car: GapCar) -> Iterable[Cell]:
        standings = {one.stage: one for one in car.standings}
        with_gap = {stage for stage, _, _ in _known(car)}
        for stage in self.ranked:
            place = standings[stage].position if stage in standings else None
            yield Cell(tenth(self.x(stage)), None if place is None else str(place), stage not in with_gap)

    def labels(self) -> tuple[Label, ...]:
        """The car's name where each piece of its line begins, and the gap at each point that does not lead."""
        lines = [[at for _, at in self.points(car)] for car in self.cars]
        dots = tuple(dict.fromkeys(at for line in lines for at in line))
        frame = Box(self.left, EDGE, WIDTH - EDGE, TOP + PLOT_HEIGHT + 10)
        wanted = [one for car in self.cars for one in self._wanted(car)]
        pieces = tuple(tuple(pair) for line in lines for pair in pairwise(line))
        return place_labels(wanted, Surroundings(frame, (), dots, pieces), len(wanted), ANY_COST)

    def _wanted(self, car: GapCar) -> Iterable[Wanted]:
        before = None
        standings = {one.stage: one for one in car.standings}
        for (stage, at), (_, value, _) in zip(self.points(car), _known(car), strict=True):
            begins = before is None or self.stages.index(stage) - self.stages.index(before) > 1
            before = stage
            told = standings[stage].words if standings[stage].gap is None else f"+{_clock(value)}"
            if not value:
                if begins:
                    yield Wanted(at, (f"{car.name} leads",), "car")
            elif told:
                yield Wanted(at, ((f"{car.name} {told}", told) if begins else (told,)), "car" if begins else "gap")


def _known(car: GapCar) -> list[tuple[int, int, bool]]:
    """Stage, gap in seconds and whether it is rough, in order; the leader's gap is nothing."""
    result = []
    for one in sorted(car.standings, key=lambda standing: standing.stage):
        rough = seconds_of(one.words)
        if one.gap is not None:
            result.append((one.stage, round(one.gap), False))
        elif one.position == 1:
            result.append((one.stage, 0, False))
        elif rough is not None:
            result.append((one.stage, rough, True))
    return result


def _joined(pieces: Iterable[list[Point]]) -> list[list[Point]]:
    lines: list[list[Point]] = []
    for start, end in pieces:
        if lines and lines[-1][-1] == start:
            lines[-1].append(end)
        else:
            lines.append([start, end])
    return lines


def _clock(seconds: int) -> str:
    hours, rest = divmod(seconds, 3600)
    return f"{hours}:{rest // 60:02}:{rest % 60:02}" if hours else f"{rest // 60}:{rest % 60:02}"


def _tick_text(seconds: int) -> str:
    if seconds == 0:
        return "0"
    for size, unit in ((3600, "h"), (60, "min")):
        if seconds % size == 0:
            return f"{seconds // size} {unit}"
    return f"{seconds} s"
