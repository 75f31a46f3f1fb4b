"""What came before: chapters of the heritage, editions of the Dakar, records, words."""

# Without `from __future__ import annotations`: pydantic would have to compile each annotation at every start.

from typing import Annotated, Literal

from pydantic import Field

from microsite.schema.kinds.fields import PageFields
from microsite.schema.values import (
    CitedDate,
    CitedFigure,
    Country,
    Duration,
    Figure,
    Flag,
    InlineMarkdown,
    Labelled,
    Latitude,
    Longitude,
    Model,
    PersonId,
    PlaceId,
    Sourced,
    Text,
    WholeNumber,
)

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


class Place(Model):
    """content/places.yaml: somewhere a route or a chapter leads, in degrees north and east."""

    name: Text
    country: Country
    latitude: Latitude
    longitude: Longitude
    approximate: Flag = Field(default=False, description="true: known to within some tens of kilometres only")


class RouteStop(Model):
    place: PlaceId
    by: Literal["road", "air", "sea"] = Field(default="road", description="how the rally came here")


class Route(Sourced):
    stops: tuple[RouteStop, ...] = ()

    @property
    def is_known(self) -> bool:
        return bool(self.stops)


class Competitor(Model):
    name: Text
    country: Country | None = None
    person: PersonId | None = Field(default=None, description="if the person has a page")
    unverified: Flag = False


class Winner(Sourced):
    """The winners of one category; their sources support the whole row."""

    category: Category
    crew: Annotated[tuple[Competitor, ...], Field(min_length=1)]
    make: Text | None
    model: Text | None = None
    model_unverified: Flag = False
    team: Text | None = None
    time: Duration | None = None

    @property
    def anchor(self) -> str:
        return f"winner-{self.category}"


class PodiumPlace(Sourced):
    """One of the first three cars."""

    position: WholeNumber
    crew: Annotated[tuple[Competitor, ...], Field(min_length=1)]
    make: Text | None
    model: Text | None = None
    team: Text | None = None
    gap: Duration | None = None

    @property
    def anchor(self) -> str:
        return f"podium-{self.position}"

    @property
    def reader_label(self) -> str:
        return f"Car podium, place {self.position}"


class ClassCount(Sourced):
    """How many of one category started and finished; null where not found."""

    category: Category
    starters: WholeNumber | None = None
    finishers: WholeNumber | None = None

    @property
    def is_known(self) -> bool:
        return self.starters is not None or self.finishers is not None

    @property
    def anchor(self) -> str:
        return f"count-{self.category}"


class Edition(PageFields):
    """content/editions/<year>.md: one Dakar. Its text tells what it is remembered for."""

    year: WholeNumber
    number: CitedFigure = Field(title="Edition", description="which Dakar it is; null for one that did not take place")
    name: Text
    status: Literal["held", "cancelled", "announced"]
    era: Literal["africa", "south-america", "saudi-arabia"]
    start: CitedDate = Field(title="Start")
    finish: CitedDate = Field(title="Finish")
    route: Route = Field(title="Route")
    total_km: CitedFigure = Field(title="Total distance")
    special_km: CitedFigure = Field(title="Timed distance")
    stages: CitedFigure = Field(title="Stages")
    starters: CitedFigure = Field(title="Starters", description="race vehicles of all categories")
    finishers: CitedFigure = Field(title="Finishers")
    deaths: CitedFigure | None = Field(default=None, title="Deaths")
    counts: tuple[ClassCount, ...] = ()
    winners: tuple[Winner, ...] = ()
    podium: tuple[PodiumPlace, ...] = ()

    @property
    def title(self) -> str:
        return f"Dakar {self.year}"

    @property
    def short_name(self) -> str:
        """Its name without what stands in brackets, or only that where the rest is the rally's own name."""
        route, _, more = self.name.removesuffix(")").partition(" (")
        return more if more and route == "Dakar" else route


class PressRecord(Sourced):
    """content/records.yaml: a record as sources tell it, which we cannot compute from our own tables."""

    group: Literal["wins", "stage-wins", "people", "margins", "route", "field", "vehicles", "other"]
    title: Text
    holder: Text
    person: PersonId | None = None
    value: Figure | None = None
    unit: Text | None = None
    years: tuple[WholeNumber, ...] = ()


class Term(Sourced):
    """content/glossary.yaml: a word of the rally."""

    term: Text
    also: tuple[Text, ...] = Field(default=(), description="other forms under which it occurs in texts")
    definition: InlineMarkdown

    @property
    def reader_label(self) -> str:
        return self.term


class LandRoverEntry(Sourced):
    """content/land-rover-at-dakar.yaml: a Land Rover or Range Rover that took part."""

    year: WholeNumber
    vehicle: Text
    crew: tuple[Text, ...] = ()
    result: Text | None
    facts: tuple[InlineMarkdown, ...] = ()

    @property
    def reader_label(self) -> str:
        return f"{self.year}: {self.vehicle}"


class ChapterStop(Model):
    name: Text
    latitude: Latitude
    longitude: Longitude
    approximate: Flag = Field(default=False, description="true: the point only stands for a country or a region")
    by: Literal["road", "air", "sea"] = Field(default="road", description="how they came here")


class ChapterRoute(Sourced):
    """A journey as far as sources name its places; the note says how much of it they do not."""

    stops: Annotated[tuple[ChapterStop, ...], Field(min_length=2)]


class ChapterPlace(Model):
    """A point on the map of a chapter whose places are no journey, such as those of events held all over the world."""

    place: PlaceId
    label: Text = Field(description="what stands beside the point, for example the year")
    note: InlineMarkdown | None = Field(default=None, description="what happened here, with its sources")


class Chapter(PageFields):
    """content/heritage/*.md: one chapter of what came before."""

    title: Text
    from_year: WholeNumber
    to_year: WholeNumber
    summary: Text = Field(description="one or two sentences for the overview; figures belong below")
    figures: tuple[Labelled, ...] = ()
    route: ChapterRoute | None = Field(default=None, title="Route")
    places: tuple[ChapterPlace, ...] = Field(default=(), title="Places", description="points without a line")
