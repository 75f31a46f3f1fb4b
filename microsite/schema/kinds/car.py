"""The car and the programme: vehicles side by side, events, facts, the team, its season."""

# Without `from __future__ import annotations`: pydantic would have to compile each annotation at every start.

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from microsite.schema.values.facts import CitedFigure, CitedText, Labelled, Model, Sourced, Statement
from microsite.schema.values.ids import PersonId, Slug
from microsite.schema.values.numbers import Position, WholeNumber
from microsite.schema.values.refusals import check_ascending, check_order, is_before, out_of_place, problem
from microsite.schema.values.texts import InlineMarkdown, Text
from microsite.schema.values.times import IsoDate, PartialDate
from microsite.suggest import guess


class Vehicle(Model):
    id: Slug = Field(description="the name that `values` use for this vehicle")
    name: Text = Field(description="as readers know it")
    note: Text | None = Field(default=None, description="shown below the name")


class ComparisonRow(Model):
    id: Slug = Field(description="names this row in links")
    label: Text = Field(description="what is compared")
    change: Literal["changed", "kept", "unknown"] = Field(description="first vehicle against the second")
    values: dict[Slug, CitedFigure] = Field(description="one value per vehicle id")
    note: InlineMarkdown | None = Field(default=None, description="shown below the row; may hold links and citations")


class ComparisonGroup(Model):
    id: Slug = Field(description="names this group in links")
    title: Text = Field(description="the heading above the rows")
    rows: tuple[ComparisonRow, ...] = Field(description="one for each thing that is compared")


class Comparison(Model):
    """content/comparisons/*.yaml: vehicles side by side."""

    title: Text = Field(description="the heading above the table")
    vehicles: Annotated[tuple[Vehicle, ...], Field(min_length=2)] = Field(
        description="at least two, in the order of the columns"
    )
    groups: tuple[ComparisonGroup, ...] = Field(description="rows that belong together")

    @model_validator(mode="after")
    def _values_are_of_vehicles(self) -> Self:
        known = [vehicle.id for vehicle in self.vehicles]
        if len(set(known)) < len(known):  # which is told elsewhere; what the second was to be called is not known
            return self
        for number, group in enumerate(self.groups):
            for place, row in enumerate(group.rows):
                for vehicle in row.values:
                    if vehicle not in known:
                        at = ("groups", number, "rows", place, "values", vehicle)
                        raise problem(
                            "unknown-vehicle", f"there is no vehicle “{vehicle}” above", *guess(vehicle, known), at=at
                        )
        return self


class TimelineEvent(Sourced):
    id: Slug = Field(description="names this event in links")
    date: PartialDate = Field(description="when it happened")
    until: PartialDate | None = Field(default=None, description="the last day, if it took longer")
    title: Text = Field(description="what happened, in a few words")
    text: InlineMarkdown | None = Field(
        default=None, description="a sentence or two more; may hold links and citations"
    )

    @model_validator(mode="after")
    def _ends_after_it_begins(self) -> Self:
        check_order(self.date, self.until, "until")
        return self


class Timeline(Model):
    """content/timelines/*.yaml: dated events in order."""

    title: Text = Field(description="the heading above the events")
    events: tuple[TimelineEvent, ...] = Field(description="in the order in which they happened")

    @model_validator(mode="after")
    def _is_in_order(self) -> Self:
        number = out_of_place([one.date for one in self.events], lambda above, date: not is_before(date, above))
        if number is not None:
            message = f"what happened on {self.events[number].date} is out of order"
            hint = "events stand in the order of their dates: move it, or correct its date"
            raise problem("wrong-order", message, hint, at=("events", number, "date"))
        return self


class Factsheet(Model):
    """content/factsheets/*.yaml: figures and statements on one subject."""

    title: Text = Field(description="the heading above the facts")
    figures: tuple[Labelled, ...] = Field(default=(), description="one line each: label, value, sources")
    facts: tuple[Statement, ...] = Field(default=(), description="what takes a sentence to tell")
    unknown: tuple[Text, ...] = Field(default=(), description="what could not be found out")


class TeamMember(Sourced):
    people = (("name", "person"),)

    name: Text = Field(description="as the person writes it")
    person: PersonId | None = Field(default=None, description="if the person has a page")
    role: Text = Field(description="what they do")
    since: PartialDate | None = Field(default=None, description="when they began")
    until: PartialDate | None = Field(default=None, description="when they left")

    @model_validator(mode="after")
    def _leaves_after_coming(self) -> Self:
        check_order(self.since, self.until, "until")
        return self


class Partner(Sourced):
    name: Text = Field(description="the company")
    role: Text = Field(description="what it does for the team")
    since: PartialDate | None = Field(default=None, description="when it began")


class Team(Model):
    """content/team.yaml: who runs the cars."""

    name: Text = Field(description="the team’s own name")
    members: tuple[TeamMember, ...] = Field(description="the people, in the order of the page")
    partners: tuple[Partner, ...] = Field(description="companies that support the team")


class Round(Sourced):
    number: WholeNumber = Field(description="1 is the first of the year")
    event: Text = Field(description="the rally’s name")
    country: Text = Field(description="where it is held, in words")
    start: IsoDate = Field(description="first day")
    finish: IsoDate = Field(description="last day")
    cars: CitedFigure = Field(description="how many of the team's cars were entered")
    outcome: CitedText = Field(description="what the team achieved")

    @model_validator(mode="after")
    def _ends_after_it_begins(self) -> Self:
        check_order(self.start, self.finish, "finish")
        return self


class Standing(Sourced):
    person: PersonId = Field(description="an id from content/people/")
    position: Position = Field(description="place in the standings")
    points: WholeNumber | None = Field(default=None, description="if they are known")


class Season(Model):
    """content/seasons/*.yaml: a championship year."""

    title: Text = Field(description="the championship and its year")
    rounds: tuple[Round, ...] = Field(description="the rallies in their order")
    standings_title: Text = Field(description="the heading above the standings")
    standings: tuple[Standing, ...] = Field(description="from the first place down")
    unknown: tuple[Text, ...] = Field(default=(), description="what could not be found out, one line each")

    @model_validator(mode="after")
    def _is_in_order(self) -> Self:
        check_ascending((one.number for one in self.rounds), "round", "rounds", "number")
        check_ascending((one.start for one in self.rounds), "the round of", "rounds", "start")
        return self
