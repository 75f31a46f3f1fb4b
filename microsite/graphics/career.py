"""The chart of a career: years across, places down, who dropped out in a band of their own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import Literal, Protocol

from microsite.graphics.geometry import Spot, tenth
from microsite.graphics.labels import DESCENT, NARROW, SHAPE_ROOM, Label, named_shape, text_width
from microsite.graphics.rows import Seat, seats
from microsite.graphics.scales import Linear, Ranks, on_end, ordinal, round_step, spaced, span

Kind = Literal["motorcycle", "car", "stock", "other"]
Outcome = Literal["place", "out", "unknown"]

WIDTH = 400
EDGE = 4.0
LINE = 20.0
PLOT_HEIGHT, LOW_PLOT_HEIGHT = 170.0, 110.0
BAND_HEIGHT = 26.0
TICKS = (1, 2, 3, 5, 10, 20, 40, 60, 100, 150)
LEAST_LAST = 10
TICK_ROOM = 16.0
YEAR_STEPS = (1, 2, 5)
BANDS: dict[Outcome, str] = {"out": "out", "unknown": "?"}


class Started(Protocol):
    """What a start in the Dakar must tell; `schema.kinds.DakarStart` does."""

    @property
    def year(self) -> int: ...
    @property
    def category(self) -> str: ...
    @property
    def position(self) -> int | None: ...
    @property
    def result(self) -> str | None: ...


@dataclass(frozen=True, slots=True)
class CareerStart:
    """One start; `result` in words tells one who dropped out from one whose place is not known."""

    year: int
    category: str
    position: int | None
    result: str | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """A start on the chart: its shape says the kind of vehicle."""

    x: Decimal
    y: Decimal
    kind: Kind
    outcome: Outcome
    is_win: bool
    year: int


@dataclass(frozen=True, slots=True)
class Tick:
    """A line of an axis at a position, with its words; some years have none."""

    at: Decimal
    text: str | None


@dataclass(frozen=True, slots=True)
class Band:
    """A strip for starts without a place."""

    outcome: Outcome
    text: str
    top: Decimal
    bottom: Decimal
    middle: Decimal


@dataclass(frozen=True, slots=True)
class Run:
    """Starts on end in one category: a line from `left` to `right`, named below after a mark at `shape`."""

    left: Decimal
    right: Decimal
    y: Decimal
    kind: Kind
    shape: Spot
    label: Label


@dataclass(frozen=True, slots=True)
class Leader:
    """A thin line from a label down to a mark."""

    x: Decimal
    top: Decimal
    bottom: Decimal


@dataclass(frozen=True, slots=True)
class CareerChart:
    """Everything a template draws, in a drawing of width × height units; the plot lies between the four sides."""

    width: int
    height: int
    left: Decimal
    right: Decimal
    top: Decimal
    bottom: Decimal
    marks: tuple[Mark, ...]
    places: tuple[Tick, ...]
    years: tuple[Tick, ...]
    bands: tuple[Band, ...]
    runs: tuple[Run, ...]
    wins: tuple[Label, ...]
    leaders: tuple[Leader, ...]
    first_year: int
    last_year: int
    starts: int
    won: int
    out: int


def career_chart(starts: Sequence[Started]) -> CareerChart:
    """The chart of a career. Raises ValueError if there are no starts."""
    if not starts:
        raise ValueError("a chart needs at least one start")
    ordered = sorted(starts, key=lambda start: start.year)
    plot = _Plot(ordered)
    marks = tuple(plot.mark(start) for start in ordered)
    return CareerChart(
        width=WIDTH,
        height=round(plot.height),
        left=tenth(plot.left),
        right=tenth(plot.right),
        top=tenth(plot.top),
        bottom=tenth(plot.bottom),
        marks=marks,
        places=tuple(_place_ticks(plot.rank)),
        years=tuple(_year_ticks(plot)),
        bands=plot.bands,
        runs=tuple(plot.runs),
        wins=tuple(plot.wins),
        leaders=tuple(plot.leaders),
        first_year=ordered[0].year,
        last_year=ordered[-1].year,
        starts=len(ordered),
        won=sum(mark.is_win for mark in marks),
        out=sum(mark.outcome == "out" for mark in marks),
    )


def kind_of(category: str) -> Kind:
    """Which shape a category is drawn as."""
    word = category.casefold()
    if word.startswith(("motorcycle", "motorbike", "bike")):
        return "motorcycle"
    if word in ("car", "cars", "ultimate"):
        return "car"
    return "stock" if word == "stock" else "other"


def outcome_of(start: Started) -> Outcome:
    """Whether a start has a place, dropped out, or ended nobody told us how."""
    if start.position is not None:
        return "place"
    words = (start.result or "").casefold()
    is_out = any(sign in words for sign in ("not finish", "retire", "withdr", "disqualif", "abandon", "dnf"))
    return "out" if is_out else "unknown"


class _Plot:
    """Where things are: rows of labels make the chart as high as they need, and ten places need less than a hundred."""

    def __init__(self, starts: Sequence[Started]) -> None:
        self.starts = starts
        outcomes = {outcome_of(start) for start in starts}
        worst = max((start.position for start in starts if start.position), default=1)
        last = next((tick for tick in TICKS if tick >= max(worst, LEAST_LAST)), worst)
        words = [ordinal(tick) for tick in TICKS if tick <= last] + [BANDS[one] for one in BANDS if one in outcomes]
        self.left = EDGE + max(text_width(text, NARROW) for text in words) + 12
        self.right = WIDTH - EDGE - text_width("2000", NARROW) / 2
        first_year, last_year = starts[0].year, starts[-1].year
        middle = (self.left + self.right) / 2
        ends = (self.left + 8, self.right) if last_year > first_year else (middle, middle)
        self.year_x = Linear(first_year, last_year, *ends)
        self._seat_wins()
        self.foot = self.top + (PLOT_HEIGHT if last > LEAST_LAST else LOW_PLOT_HEIGHT)
        self.rank = Ranks(last, self.top, self.foot)
        self.bands = tuple(self._bands(outcomes))
        self.bottom = self.foot + 10 + BAND_HEIGHT * len(self.bands)
        self._seat_runs()

    def mark(self, start: Started) -> Mark:
        outcome = outcome_of(start)
        y = self.rank(start.position) if start.position is not None else self._band_middle(outcome)
        return Mark(
            tenth(self.year_x(start.year)),
            tenth(y),
            kind_of(start.category),
            outcome,
            start.position == 1,
            start.year,
        )

    def _band_middle(self, outcome: Outcome) -> float:
        return next(float(band.middle) for band in self.bands if band.outcome == outcome)

    def _bands(self, outcomes: Iterable[Outcome]) -> Iterable[Band]:
        top = self.foot + 10
        for outcome in (one for one in BANDS if one in outcomes):
            yield Band(outcome, BANDS[outcome], tenth(top), tenth(top + BAND_HEIGHT), tenth(top + BAND_HEIGHT / 2))
            top += BAND_HEIGHT

    def _seat_wins(self) -> None:
        """Wins on end share a label; labels stand in rows above the plot, joined to it by leaders."""
        named = [(self._middle(years), span(years)) for years in on_end(_winning_years(self.starts))]
        chosen = seats([(at, text_width(text, NARROW)) for at, text in named], EDGE, WIDTH - EDGE)
        self.top = EDGE + _rows(chosen) * LINE + 12
        self.wins, self.leaders = [], []
        for (at, text), seat in zip(named, chosen, strict=True):
            baseline = self.top - 12 - seat.row * LINE - DESCENT * NARROW
            self.wins.append(Label(text, tenth(seat.x), tenth(baseline), "middle", Decimal(0), "", False))
            self.leaders.append(Leader(tenth(at), tenth(baseline + 3), tenth(self.top - 6)))

    def _middle(self, years: Sequence[int]) -> float:
        return (self.year_x(years[0]) + self.year_x(years[-1])) / 2

    def _seat_runs(self) -> None:
        """Below the years: which category in which years, each name after the shape of its marks."""
        runs = [(category, [s.year for s in group]) for category, group in groupby(self.starts, lambda s: s.category)]
        widths = [SHAPE_ROOM + text_width(_capital(category), NARROW) for category, _ in runs]
        middles = [self._middle(years) for _, years in runs]
        chosen = seats(list(zip(middles, widths, strict=True)), EDGE, WIDTH - EDGE, has_leaders=False)
        line_y = self.bottom + LINE + 12
        self.runs = []
        for (category, years), width, seat in zip(runs, widths, chosen, strict=True):
            left, middle = seat.x - width / 2, line_y + 6 + (seat.row + 0.5) * LINE
            shape, label = named_shape(_capital(category), left, middle)
            ends = tenth(self.year_x(years[0]) - 3), tenth(self.year_x(years[-1]) + 3)
            self.runs.append(Run(*ends, tenth(line_y), kind_of(category), shape, label))
        self.height = line_y + 6 + _rows(chosen) * LINE + EDGE


def _rows(chosen: Sequence[Seat]) -> int:
    return max((seat.row for seat in chosen), default=-1) + 1


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _winning_years(starts: Iterable[Started]) -> list[int]:
    return [start.year for start in starts if start.position == 1]


def _place_ticks(rank: Ranks) -> Iterable[Tick]:
    last_at = None
    for place in (tick for tick in TICKS if tick <= rank.last):
        at = rank(place)
        if last_at is None or at - last_at >= TICK_ROOM:
            last_at = at
            yield Tick(tenth(at), ordinal(place))


def _year_ticks(plot: _Plot) -> Iterable[Tick]:
    """Round years as far apart as their words need; always the first and the last."""
    low, high = plot.starts[0].year, plot.starts[-1].year
    room = (plot.right - plot.left) / (text_width("2000", NARROW) + 8)
    step = round_step(high - low, max(1, int(room)), YEAR_STEPS)
    chosen = [low, *(year for year in range(low + 1, high) if year % step == 0), *([high] if high > low else [])]
    texts = spaced([plot.year_x(year) for year in chosen], text_width("2000", NARROW) + 4)
    for year, has_text in zip(chosen, texts, strict=True):
        yield Tick(tenth(plot.year_x(year)), str(year) if has_text else None)
