"""What came before: chapters of the heritage, editions of the Dakar, records, words."""

# Without `from __future__ import annotations`: pydantic would have to compile each annotation at every start.

from itertools import pairwise
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from microsite.schema.countries import NAMES
from microsite.schema.kinds.fields import EntryFields, PageFields
from microsite.schema.values.facts import CitedDate, CitedFigure, Labelled, Model, Sourced, check_in_km
from microsite.schema.values.ids import PersonId, PlaceId
from microsite.schema.values.numbers import (
    EditionYear,
    Figure,
    Flag,
    Position,
    Unit,
    WholeNumber,
    Year,
    check_thousandths,
)
from microsite.schema.values.places import Country, Latitude, Longitude, check_position
from microsite.schema.values.refusals import check_ascending, check_order, check_part, problem
from microsite.schema.values.texts import InlineMarkdown, Text
from microsite.schema.values.times import Duration

MORE_FINISHERS = "more vehicles finish than start"

Category = Literal[
    "cars",
    "motorcycles",
    "trucks",
    "quads",
    "ssv",
    "challenger",
    "stock",
    "classic",
    "mission-1000",
    "rally2",
    "original",
]

CATEGORY_NAMES: dict[Category, str] = {
    "cars": "Cars",
    "motorcycles": "Motorcycles",
    "trucks": "Trucks",
    "quads": "Quads",
    "ssv": "SSV",
    "challenger": "Challenger",
    "stock": "Stock",
    "classic": "Classic",
    "mission-1000": "Mission 1000",
    "rally2": "Rally2",
    "original": "Original by Motul",
}


class Place(EntryFields):
    """content/places.yaml: somewhere a route or a chapter leads, in degrees north and east."""

    name: Text = Field(description="as the local authorities spell it in Latin letters")
    country: Country
    latitude: Latitude = Field(description="degrees north; south is negative")
    longitude: Longitude = Field(description="degrees east; west is negative")
    approximate: Flag = Field(default=False, description="true: known to within some tens of kilometres only")

    @model_validator(mode="after")
    def _lies_in_its_country(self) -> Self:
        if not self.draft:
            check_position(self.country, self.latitude, self.longitude)
        return self


class RouteStop(Model):
    place: PlaceId = Field(description="an id from content/places.yaml")
    by: Literal["road", "air", "sea"] = Field(default="road", description="how the rally came here")


class Route(Sourced):
    stops: tuple[RouteStop, ...] = Field(
        default=(), description="the places in the order of the rally; empty if they are not known"
    )

    @property
    def is_known(self) -> bool:
        return bool(self.stops)

    @model_validator(mode="after")
    def _leads_on(self) -> Self:
        for number, (before, stop) in enumerate(pairwise(self.stops), start=1):
            if stop.place == before.place:
                message = f"the route leads from “{stop.place}” to itself"
                raise problem("named-twice", message, "once is enough", at=("stops", number, "place"))
        return self


class Competitor(Model):
    people = (("name", "person"),)

    name: Text = Field(description="as results list it")
    country: Country | None = None
    person: PersonId | None = Field(default=None, description="if the person has a page")
    unverified: Flag = Field(default=False, description="true: no page was seen that names this person")


class Winner(Sourced):
    """The winners of one category; their sources support the whole row."""

    category: Category = Field(description="what was won")
    crew: Annotated[tuple[Competitor, ...], Field(min_length=1)] = Field(
        description="driver first, then who shared the vehicle"
    )
    make: Text | None = Field(description="Peugeot, KTM, Kamaz …; null: not found")
    model: Text | None = Field(default=None, description="205 Turbo 16, for example")
    model_unverified: Flag = Field(default=False, description="true: no page was seen that names the model")
    team: Text | None = Field(default=None, description="who entered it")
    time: Duration | None = Field(default=None, description="h:mm:ss, the winner’s whole time")

    @property
    def anchor(self) -> str:
        return f"winner-{self.category}"

    @property
    def category_name(self) -> str:
        return CATEGORY_NAMES[self.category]

    @property
    def reader_label(self) -> str:
        return f"{self.category_name}: winner"


class PodiumPlace(Sourced):
    """One of the first three cars."""

    position: Annotated[Position, Field(le=3)] = Field(description="1, 2 or 3")
    crew: Annotated[tuple[Competitor, ...], Field(min_length=1)] = Field(description="driver first, then co-driver")
    make: Text | None = Field(description="null: not found")
    model: Text | None = Field(default=None, description="205 Turbo 16, for example")
    team: Text | None = Field(default=None, description="who entered it")
    gap: Duration | None = Field(default=None, description="behind the winner, h:mm:ss or m:ss")

    @property
    def anchor(self) -> str:
        return f"podium-{self.position}"

    @property
    def reader_label(self) -> str:
        return f"Car podium, place {self.position}"


class ClassCount(Sourced):
    """How many of one category started and finished; null where not found."""

    category: Category = Field(description="what is counted")
    starters: WholeNumber | None = Field(default=None, description="how many started")
    finishers: WholeNumber | None = Field(default=None, description="how many reached the end")

    @property
    def is_known(self) -> bool:
        return self.starters is not None or self.finishers is not None

    @property
    def anchor(self) -> str:
        return f"count-{self.category}"

    @property
    def category_name(self) -> str:
        return CATEGORY_NAMES[self.category]

    @property
    def reader_label(self) -> str:
        return f"{self.category_name}: starters and finishers"

    @model_validator(mode="after")
    def _no_more_finish_than_start(self) -> Self:
        check_part(self.finishers, self.starters, MORE_FINISHERS, ("finishers",))
        return self


class Edition(PageFields):
    """content/editions/<year>.md: one Dakar. Its text tells what it is remembered for."""

    year: Year = Field(description="the year in which it is counted, also the name of the file")
    number: CitedFigure = Field(title="Edition", description="which Dakar it is; null for one that did not take place")
    name: Text = Field(description="Dakar, or Paris–Dakar, or as it was called then")
    status: Literal["held", "cancelled", "announced"] = Field(description="held, cancelled or only announced")
    era: Literal["africa", "south-america", "saudi-arabia"] = Field(description="the continent it was in")
    start: CitedDate = Field(title="Start", description="the first day")
    finish: CitedDate = Field(title="Finish", description="the last day")
    route: Route = Field(title="Route", description="the places it led through")
    total_km: CitedFigure = Field(title="Total distance", description="the whole course")
    special_km: CitedFigure = Field(title="Timed distance", description="what was driven against the clock")
    stages: CitedFigure = Field(title="Stages", description="how many, without the prologue")
    starters: CitedFigure = Field(title="Starters", description="race vehicles of all categories")
    finishers: CitedFigure = Field(
        title="Finishers", description="race vehicles of all categories that reached the end"
    )
    deaths: CitedFigure | None = Field(default=None, title="Deaths", description="people who died, if any are known of")
    counts: tuple[ClassCount, ...] = Field(default=(), description="starters and finishers by category")
    winners: tuple[Winner, ...] = Field(default=(), description="one for each category")
    podium: tuple[PodiumPlace, ...] = Field(default=(), description="the first three cars")

    @property
    def title(self) -> str:
        return f"Dakar {self.year}"

    @property
    def short_name(self) -> str:
        """Its name without what stands in brackets, or only that where the rest is the rally's own name."""
        route, _, more = self.name.removesuffix(")").partition(" (")
        return more if more and route == "Dakar" else route

    @model_validator(mode="after")
    def _is_of_its_year(self) -> Self:
        check_order(self.start.value, self.finish.value, "finish")
        for key, day, years in (("start", self.start.value, 1), ("finish", self.finish.value, 0)):
            if day is not None and not self.year - years <= int(day[:4]) <= self.year:
                message = f"the edition of {self.year} has its {key} in {day[:4]}"
                hint = "correct the year; a rally that starts in December is counted in the year after"
                raise problem("other-year", message, hint, at=(key, "value"))
        return self

    @model_validator(mode="after")
    def _adds_up(self) -> Self:
        check_in_km(self, ("total_km", "special_km"))
        check_ascending((one.position for one in self.podium), "place", "podium", "position")
        if not (self.starters.is_explained or self.finishers.is_explained):
            check_part(self.finishers.value, self.starters.value, MORE_FINISHERS, ("finishers", "value"))
        if not (self.total_km.is_explained or self.special_km.is_explained):
            message = "more kilometres are timed than there are"
            check_part(self.special_km.value, self.total_km.value, message, ("special_km", "value"))
        return self


class PressRecord(EntryFields, Sourced):
    """content/records.yaml: a record as sources tell it, which we cannot compute from our own tables."""

    group: Literal["wins", "stage-wins", "people", "margins", "route", "field", "vehicles", "other"] = Field(
        description="under which heading it stands"
    )
    title: Text = Field(description="what is the record")
    holder: Text = Field(description="who or what holds it")
    person: PersonId | None = Field(default=None, description="if the holder has a page")
    value: Figure | None = Field(default=None, description="the number, if there is one")
    unit: Unit | None = Field(default=None, description="wins, starts, km …")
    years: tuple[EditionYear, ...] = Field(default=(), description="the editions it was set in")

    @model_validator(mode="after")
    def _is_possible(self) -> Self:
        check_thousandths(self.value, self.unit)
        return self


class Term(EntryFields, Sourced):
    """content/glossary.yaml: a word of the rally."""

    term: Text = Field(description="the word, as it stands in the list")
    also: tuple[Text, ...] = Field(default=(), description="other forms under which it occurs in texts")
    definition: InlineMarkdown = Field(description="one or two sentences; may hold links and citations")

    @property
    def reader_label(self) -> str:
        return self.term


class LandRoverEntry(EntryFields, Sourced):
    """content/land-rover-at-dakar.yaml: a Land Rover or Range Rover that took part."""

    year: EditionYear = Field(description="the edition")
    vehicle: Text = Field(description="the model, as far as it is known")
    crew: tuple[Text, ...] = Field(default=(), description="names, driver first")
    result: Text | None = Field(description="in words; null: not found")
    facts: tuple[InlineMarkdown, ...] = Field(default=(), description="a sentence each; may hold links and citations")

    @property
    def reader_label(self) -> str:
        return f"{self.year}: {self.vehicle}"


class ChapterStop(Model):
    name: Text = Field(description="as readers know it")
    country: Country | None = Field(default=None, description="where it lies, by which its position is checked")
    latitude: Latitude = Field(description="degrees north; south is negative")
    longitude: Longitude = Field(description="degrees east; west is negative")
    approximate: Flag = Field(default=False, description="true: the point only stands for a country or a region")
    by: Literal["road", "air", "sea"] = Field(default="road", description="how they came here")

    @model_validator(mode="after")
    def _lies_in_its_country(self) -> Self:
        """Some stops are whole countries, and called so."""
        country = self.country or next((code for code, name in NAMES.items() if name == self.name), None)
        if country:
            check_position(country, self.latitude, self.longitude)
        return self


class ChapterRoute(Sourced):
    """A journey as far as sources name its places; the note says how much of it they do not."""

    stops: Annotated[tuple[ChapterStop, ...], Field(min_length=2)] = Field(
        description="the places in the order of the journey, at least two"
    )


class ChapterPlace(Model):
    """A point on the map of a chapter whose places are no journey, such as those of events held all over the world."""

    place: PlaceId = Field(description="an id from content/places.yaml")
    label: Text = Field(description="what stands beside the point, for example the year")
    note: InlineMarkdown | None = Field(default=None, description="what happened here, with its sources")


class Chapter(PageFields):
    """content/heritage/*.md: one chapter of what came before."""

    title: Text = Field(description="the page’s title")
    from_year: Year = Field(description="the year it begins")
    to_year: Year = Field(description="the year it ends; the same if it is one year")
    summary: Text = Field(description="one or two sentences for the overview; figures belong below")
    figures: tuple[Labelled, ...] = Field(default=(), description="one line each: label, value, sources")
    route: ChapterRoute | None = Field(default=None, title="Route", description="the journey on a map")
    places: tuple[ChapterPlace, ...] = Field(default=(), title="Places", description="points without a line")

    @model_validator(mode="after")
    def _ends_after_it_begins(self) -> Self:
        check_order(str(self.from_year), str(self.to_year), "to_year")
        return self
