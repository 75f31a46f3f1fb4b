"""A rally and its stages: who started, what happened each day, who won."""

# Without `from __future__ import annotations`: pydantic would have to compile each annotation at every start.

from pydantic import Field

from microsite.schema.kinds.fields import PageFields
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
)


class Entrant(Sourced):
    """content/dakar-2026/entrants.yaml: a crew and its car, under an id such as `car-500`."""

    number: WholeNumber | None
    driver: Text
    driver_page: PersonId | None = None
    codriver: Text | None
    codriver_page: PersonId | None = None
    vehicle: Text | None
    team: Text | None
    ours: Flag = Field(default=False, description="true: one of the cars that this site is about")


class Classified(Sourced):
    """A line of a result: a time for the winner, a gap for the others; null where not published."""

    entrant: EntrantId
    position: WholeNumber
    time: Duration | None = None
    gap: Duration | None = None
    gap_text: Text | None = Field(default=None, description="a gap told in words: “almost 4 hours”")
    overall: WholeNumber | None = Field(default=None, description="place among all cars")

    @property
    def reader_label(self) -> str:
        return f"Final classification, place {self.position}"


class ResultLine(Model):
    entrant: EntrantId
    position: WholeNumber
    time: Duration | None = None
    gap: Duration | None = None
    gap_text: Text | None = None


class ResultTable(Sourced):
    """Lines with the same sources share them here; a line may name others of its own."""

    rows: tuple[ResultLine, ...] = ()

    @property
    def is_known(self) -> bool:
        return bool(self.rows)


class Stage(PageFields):
    """content/dakar-2026/stages/*.md"""

    number: WholeNumber = Field(description="0 is the prologue")
    title: Text
    date: IsoDate
    start: Text
    finish: Text
    special_km: CitedFigure = Field(title="Special")
    liaison_km: CitedFigure = Field(title="Liaison")
    total_km: CitedFigure = Field(title="Whole day")
    terrain: Statement = Field(title="Terrain")
    result: ResultTable = Field(title="Stock result")
    standings: ResultTable = Field(title="Stock standings")


class ClassWinner(Sourced):
    id: Slug
    category: Text
    crew: Text
    vehicle: Text | None = None
    time: Duration | None = None


class Rally(Model):
    """content/dakar-2026/rally.yaml"""

    name: Text
    start: IsoDate
    finish: IsoDate
    figures: tuple[Labelled, ...]
    facts: tuple[Statement, ...] = ()
    bivouacs: tuple[Statement, ...] = Field(default=(), description="the places of the route in order")
    classification: tuple[Classified, ...]
    winners: tuple[ClassWinner, ...]
    unknown: tuple[Text, ...] = ()
