"""One model per kind of content. What the site is about is said here and in `pages`, nowhere else."""

# Without `from __future__ import annotations`: pydantic would have to compile each annotation at every start.

from typing import Annotated, Literal

from pydantic import Field, HttpUrl, TypeAdapter, field_validator

from microsite.schema.values import (
    CitedDate,
    CitedFigure,
    CitedText,
    Country,
    Duration,
    EntrantId,
    Figure,
    Flag,
    InlineMarkdown,
    IsoDate,
    Labelled,
    Latitude,
    Longitude,
    Model,
    PartialDate,
    Permalink,
    PersonId,
    PictureId,
    PlaceId,
    Slug,
    Sourced,
    SourceId,
    Statement,
    Text,
    WholeNumber,
    first_words,
    problem,
)

_URL = TypeAdapter(HttpUrl)
QUOTE_WORDS = 30


class PageFields(Model):
    """What every entry with a page of its own may say about that page."""

    description: Text = Field(description="one sentence for search engines and shared links")
    updated: IsoDate | None = Field(default=None, description="when the text last changed; goes to the sitemap")
    picture: PictureId | None = None
    aliases: tuple[Permalink, ...] = Field(default=(), description="old permalinks that lead here")
    draft: Flag = Field(default=False, description="true: only seen with --drafts")


# The site itself ------------------------------------------------------------------------------------------------------


class NavigationItem(Model):
    label: Text
    path: Permalink


class SiteInfo(Model):
    """content/site.yaml"""

    title: Text
    tagline: Text
    description: Text
    base_url: Annotated[str, Field(pattern=r"^https?://[^\s]+/$", description="with a slash at its end")]
    language: Annotated[str, Field(pattern=r"^[a-z]{2}(-[A-Z]{2})?$")]
    author: Text
    notice: Text = Field(description="that the site is unofficial")
    licence: Text
    updated: IsoDate
    navigation: tuple[NavigationItem, ...]


class Source(Model):
    """A bibliographic source: content/sources/*.yaml, several to a file, each under its id."""

    title: Text
    publisher: Text
    kind: Literal["organiser", "federation", "manufacturer", "team", "press", "reference", "club", "advertisement"]
    url: Text | None
    date: PartialDate | None = Field(description="when it was published; null if the page does not say")
    language: Annotated[str, Field(pattern=r"^[a-z]{2}$", description="ISO 639-1, for example fr")]
    note: Text | None = None

    @field_validator("url")
    @classmethod
    def _is_web_address(cls, url: str | None) -> str | None:
        if url is not None:
            _URL.validate_python(url)
        return url


class Picture(Model):
    """A picture of content/pictures.yaml; its file lies in static/pictures/."""

    file: Annotated[str, Field(pattern=r"^[\w./-]+\.(webp|png|jpe?g|avif)$", description="below static/pictures/")]
    alt: Text = Field(description="what the picture shows, for those who cannot see it")
    caption: Text | None = None
    credit: Text
    licence: Text


class Page(PageFields):
    """content/pages/*.md: a page written by hand, or the words of a page whose data come from elsewhere."""

    title: Text
    heading: Text | None = Field(default=None, description="the page's h1, if not its title")
    lead: Text | None = Field(default=None, description="the first paragraph, set larger")
    permalink: Permalink | None = Field(default=None, description="default: the file's name")
    view: Slug = Field(default="page", description="which data the page shows beside its words")


class Update(PageFields):
    """content/updates/*.md: a dated note."""

    title: Text
    date: IsoDate


# People ---------------------------------------------------------------------------------------------------------------


class DakarStart(Sourced):
    """One start in the Dakar; its sources support the whole row."""

    year: WholeNumber
    category: Text = Field(description="motorcycle, car, truck, SSV, Challenger, Stock …")
    vehicle: Text | None = None
    number: WholeNumber | None = None
    crew: Text | None = Field(default=None, description="who shared the vehicle")
    result: Text | None = Field(default=None, description="null: not found")
    position: WholeNumber | None = Field(default=None, description="place in the category, for charts")
    stage_wins: WholeNumber | None = None

    @property
    def anchor(self) -> str:
        return f"start-{self.year}"

    @property
    def reader_label(self) -> str:
        return f"Dakar {self.year}"


class Achievement(Sourced):
    """A result elsewhere: one line."""

    year: Text
    event: Text
    result: Text


class Person(PageFields):
    """content/people/*.md"""

    name: Text
    sort_name: Text = Field(description="Family name, given name")
    role: Text
    group: Literal["driver", "co-driver", "team", "history"]
    nationality: Country | None = None
    born: CitedDate | None = None
    birthplace: CitedText | None = None
    summary: Text = Field(description="one or two sentences; no figures that need a source")
    figures: tuple[Labelled, ...] = ()
    starts: tuple[DakarStart, ...] = ()
    achievements: tuple[Achievement, ...] = ()


class Quote(Model):
    """content/quotes.yaml: words that somebody said."""

    speaker: PersonId
    text: Text
    date: PartialDate | None = None
    occasion: Text | None = None
    also_on: tuple[Permalink, ...] = Field(default=(), description="pages that show it beside the speaker's own")
    sources: Annotated[tuple[SourceId, ...], Field(min_length=1)]

    @property
    def reader_label(self) -> str:
        return f"“{first_words(self.text)}”"

    @field_validator("text")
    @classmethod
    def _is_short(cls, text: str) -> str:
        words = len(text.split())
        if words > QUOTE_WORDS:
            raise problem("long-quote", f"the quote has {words} words; a quote may have {QUOTE_WORDS}")
        return text


# The car and the programme --------------------------------------------------------------------------------------------


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


# A rally --------------------------------------------------------------------------------------------------------------


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


# Heritage -------------------------------------------------------------------------------------------------------------


class Chapter(PageFields):
    """content/heritage/*.md: one chapter of what came before."""

    title: Text
    from_year: WholeNumber
    to_year: WholeNumber
    summary: Text = Field(description="one or two sentences for the overview; figures belong below")
    figures: tuple[Labelled, ...] = ()


# The history of the Dakar ---------------------------------------------------------------------------------------------

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
    """content/places.yaml: somewhere a route leads, in degrees north and east."""

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
