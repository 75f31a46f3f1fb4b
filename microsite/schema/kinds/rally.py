"""A rally and its stages: who started, what happened each day, who won."""

# Without `from __future__ import annotations`: pydantic would have to compile each annotation at every start.

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Self

from pydantic import Field, model_validator

from microsite.schema.kinds.fields import EntryFields, PageFields
from microsite.schema.values.facts import CitedFigure, Labelled, Model, Sourced, Statement, check_in_km
from microsite.schema.values.ids import EntrantId, PersonId, Slug
from microsite.schema.values.numbers import Flag, Position, WholeNumber
from microsite.schema.values.refusals import check_order, problem
from microsite.schema.values.texts import Text
from microsite.schema.values.times import Duration, IsoDate

ROUNDING_KM = 1


class Entrant(EntryFields, Sourced):
    """content/dakar-2026/entrants.yaml: a crew and its car, under an id such as `car-500`."""

    people = (("driver", "driver_page"), ("codriver", "codriver_page"))

    number: WholeNumber | None = Field(description="on the doors; null: not known")
    driver: Text = Field(description="the driver’s name")
    driver_page: PersonId | None = Field(default=None, description="if the driver has a page")
    codriver: Text | None = Field(description="the co-driver’s name; null: not known")
    codriver_page: PersonId | None = Field(default=None, description="if the co-driver has a page")
    vehicle: Text | None = Field(description="make and model; null: not known")
    team: Text | None = Field(description="who entered it; null: not known")
    ours: Flag = Field(default=False, description="true: one of the cars that this site is about")


class Classified(Sourced):
    """A line of a result: a time for the winner, a gap for the others; null where not published."""

    entrant: EntrantId = Field(description="an id from content/dakar-2026/entrants.yaml")
    position: Position = Field(description="place in the class")
    time: Duration | None = Field(default=None, description="h:mm:ss, the whole time")
    gap: Duration | None = Field(default=None, description="behind the winner, h:mm:ss or m:ss")
    gap_text: Text | None = Field(default=None, description="a gap told in words: “almost 4 hours”")
    overall: Position | None = Field(default=None, description="place among all cars")

    @property
    def reader_label(self) -> str:
        return f"Final classification, place {self.position}"


class ResultLine(Model):
    entrant: EntrantId = Field(description="an id from content/dakar-2026/entrants.yaml")
    position: Position = Field(description="place in the class")
    time: Duration | None = Field(default=None, description="h:mm:ss, of the winner")
    gap: Duration | None = Field(default=None, description="behind the winner, h:mm:ss or m:ss")
    gap_text: Text | None = Field(default=None, description="a gap told in words: “almost 4 hours”")


def check_ranking(rows: Sequence[ResultLine | Classified], key: str) -> None:
    """Raise a problem if a line contradicts itself or another: a place or an entrant that is given twice, a place
    behind a later one, a gap that is less than the one above, or both a time and a gap."""
    seen: set[str] = set()
    for number, row in enumerate(rows):
        if row.entrant in seen:
            message = f"“{row.entrant}” stands in two lines of one result"
            raise problem("named-twice", message, "each entrant has one place", at=(key, number, "entrant"))
        if row.time is not None and row.gap is not None:
            message = "a line has a time or a gap, not both"
            hint = "the winner has a time, everybody else a gap; take the other out"
            raise problem("time-and-gap", message, hint, at=(key, number, "time"))
        seen.add(row.entrant)
    for number, (above, row) in enumerate(pairwise(rows), start=1):
        at = (key, number)
        if row.position <= above.position:
            message = f"place {row.position} comes behind place {above.position}"
            raise problem("wrong-order", message, "each place is given once, from the first down", at=(*at, "position"))
        if above.gap is not None and row.gap is not None and row.gap < above.gap:
            message = f"the gap of place {row.position} is less than that of place {above.position}"
            raise problem("wrong-order", message, "gaps are those behind the winner", at=(*at, "gap"))


class ResultTable(Sourced):
    """Lines with the same sources share them here; a line may name others of its own."""

    rows: tuple[ResultLine, ...] = Field(
        default=(), description="from the first place down; empty if it was not published"
    )

    @property
    def is_known(self) -> bool:
        return bool(self.rows)

    @model_validator(mode="after")
    def _is_in_order(self) -> Self:
        check_ranking(self.rows, "rows")
        return self


class Stage(PageFields):
    """content/dakar-2026/stages/*.md"""

    number: WholeNumber = Field(description="0 is the prologue")
    title: Text = Field(description="the page’s title, for example Stage 1: around Yanbu")
    date: IsoDate = Field(description="the day it was driven")
    start: Text = Field(description="the place where it starts")
    finish: Text = Field(description="the place where it ends")
    special_km: CitedFigure = Field(title="Special", description="what was driven against the clock")
    liaison_km: CitedFigure = Field(title="Liaison", description="what was driven on the road")
    total_km: CitedFigure = Field(title="Whole day", description="both together")
    terrain: Statement = Field(title="Terrain", description="what the ground is like")
    result: ResultTable = Field(title="Stock result", description="the class on this day")
    standings: ResultTable = Field(title="Stock standings", description="the class after this day")

    @model_validator(mode="after")
    def _adds_up(self) -> Self:
        check_in_km(self, ("special_km", "liaison_km", "total_km"))
        total, parts = self.total_km, (self.special_km.value, self.liaison_km.value)
        explained = total.disputed or total.note or self.special_km.disputed or self.liaison_km.disputed
        if explained or not isinstance(total.value, Decimal) or not all(isinstance(one, Decimal) for one in parts):
            return self
        whole = sum(one for one in parts if isinstance(one, Decimal))
        if abs(whole - total.value) > ROUNDING_KM:
            message = f"special and liaison come to {whole} km, but the whole day is given as {total.value} km"
            hint = "correct one of the three; if the sources differ, say so in a note at the whole day"
            raise problem("sum-differs", message, hint, at=("total_km", "value"))
        return self


class ClassWinner(Sourced):
    id: Slug = Field(description="names this row in links")
    category: Text = Field(description="what was won")
    crew: Text = Field(description="names, driver first")
    vehicle: Text | None = Field(default=None, description="make and model")
    time: Duration | None = Field(default=None, description="h:mm:ss, the whole time")


class Rally(Model):
    """content/dakar-2026/rally.yaml"""

    name: Text = Field(description="as the organiser calls it")
    start: IsoDate = Field(description="first day")
    finish: IsoDate = Field(description="last day")
    figures: tuple[Labelled, ...] = Field(description="one line each: label, value, sources")
    facts: tuple[Statement, ...] = Field(default=(), description="what takes a sentence to tell")
    bivouacs: tuple[Statement, ...] = Field(default=(), description="the places of the route in order")
    classification: tuple[Classified, ...] = Field(description="the class at the end")
    winners: tuple[ClassWinner, ...] = Field(description="of the other classes")
    unknown: tuple[Text, ...] = Field(default=(), description="what could not be found out, one line each")

    @model_validator(mode="after")
    def _ends_after_it_begins(self) -> Self:
        check_order(self.start, self.finish, "finish")
        check_ranking(self.classification, "classification")
        return self
