"""The car and the programme: vehicles side by side, events, facts, the team, its season."""

# Without `from __future__ import annotations`: pydantic would have to compile each annotation at every start.

from typing import Annotated, Literal

from pydantic import Field

from microsite.schema.values import (
    CitedFigure,
    CitedText,
    InlineMarkdown,
    IsoDate,
    Labelled,
    Model,
    PartialDate,
    PersonId,
    Slug,
    Sourced,
    Statement,
    Text,
    WholeNumber,
)


class Vehicle(Model):
    id: Slug
    name: Text
    note: Text | None = None


class ComparisonRow(Model):
    id: Slug
    label: Text
    change: Literal["changed", "kept", "unknown"] = Field(description="first vehicle against the second")
    values: dict[Slug, CitedFigure] = Field(description="one value per vehicle id")
    note: InlineMarkdown | None = None


class ComparisonGroup(Model):
    id: Slug
    title: Text
    rows: tuple[ComparisonRow, ...]


class Comparison(Model):
    """content/comparisons/*.yaml: vehicles side by side."""

    title: Text
    vehicles: Annotated[tuple[Vehicle, ...], Field(min_length=2)]
    groups: tuple[ComparisonGroup, ...]


class TimelineEvent(Sourced):
    id: Slug
    date: PartialDate
    until: PartialDate | None = None
    title: Text
    text: InlineMarkdown | None = None


class Timeline(Model):
    """content/timelines/*.yaml: dated events in order."""

    title: Text
    events: tuple[TimelineEvent, ...]


class Factsheet(Model):
    """content/factsheets/*.yaml: figures and statements on one subject."""

    title: Text
    figures: tuple[Labelled, ...] = ()
    facts: tuple[Statement, ...] = ()
    unknown: tuple[Text, ...] = Field(default=(), description="what could not be found out")


class TeamMember(Sourced):
    name: Text
    person: PersonId | None = Field(default=None, description="if the person has a page")
    role: Text
    since: PartialDate | None = None
    until: PartialDate | None = None


class Partner(Sourced):
    name: Text
    role: Text
    since: PartialDate | None = None


class Team(Model):
    """content/team.yaml: who runs the cars."""

    name: Text
    members: tuple[TeamMember, ...]
    partners: tuple[Partner, ...]


class Round(Sourced):
    number: WholeNumber
    event: Text
    country: Text
    start: IsoDate
    finish: IsoDate
    cars: CitedFigure = Field(description="how many of the team's cars were entered")
    outcome: CitedText = Field(description="what the team achieved")


class Standing(Sourced):
    person: PersonId
    position: WholeNumber
    points: WholeNumber | None = None


class Season(Model):
    """content/seasons/*.yaml: a championship year."""

    title: Text
    rounds: tuple[Round, ...]
    standings_title: Text
    standings: tuple[Standing, ...]
    unknown: tuple[Text, ...] = ()
