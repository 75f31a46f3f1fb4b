"""A rally and its stages: who started, what happened each day, who won."""

# Without `from __future__ import annotations`: pydantic would have to compile each annotation at every start.

from typing import Self

from pydantic import Field, model_validator

from microsite.schema.kinds.fields import EntryFields, PageFields
from microsite.schema.values import (
    CitedFigure,
    Duration,
    EntrantId,
    Flag,
    IsoDate,
    Labelled,
    Model,
    PersonId,
    Slug,
    Sourced,
    Statement,
    Text,
    WholeNumber,
    check_order,
)


class Entrant(EntryFields, Sourced):
    """content/dakar-2026/entrants.yaml: a crew and its car, under an id such as `car-500`."""

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
    position: WholeNumber = Field(description="place in the class")
    time: Duration | None = Field(default=None, description="h:mm:ss, the whole time")
    gap: Duration | None = Field(default=None, description="behind the winner, h:mm:ss or m:ss")
    gap_text: Text | None = Field(default=None, description="a gap told in words: “almost 4 hours”")
    overall: WholeNumber | None = Field(default=None, description="place among all cars")

    @property
    def reader_label(self) -> str:
        return f"Final classification, place {self.position}"


class ResultLine(Model):
    entrant: EntrantId = Field(description="an id from content/dakar-2026/entrants.yaml")
    position: WholeNumber = Field(description="place in the class")
    time: Duration | None = Field(default=None, description="h:mm:ss, of the winner")
    gap: Duration | None = Field(default=None, description="behind the winner, h:mm:ss or m:ss")
    gap_text: Text | None = Field(default=None, description="a gap told in words: “almost 4 hours”")


class ResultTable(Sourced):
    """Lines with the same sources share them here; a line may name others of its own."""

    rows: tuple[ResultLine, ...] = Field(
        default=(), description="from the first place down; empty if it was not published"
    )

    @property
    def is_known(self) -> bool:
        return bool(self.rows)


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
        return self
