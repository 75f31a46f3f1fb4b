"""What a page is before it is rendered, and the small values that its template sees."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from microsite.diagnostics import Span
from microsite.entries import Entry
from microsite.pictures import PictureAsset
from microsite.schema.kinds import Classified, ResultLine
from microsite.schema.values.facts import Sourced
from microsite.schema.values.ids import SourceId


@dataclass(frozen=True, slots=True)
class Page:
    """One file to be made. The template sees `context` and nothing else.

    `origin` is the place in content/ that an editor would open; `listed` pages are for readers to find.
    """

    permalink: str
    template: str
    context: Mapping[str, Any]
    origin: Span
    updated: str | None = None
    listed: bool = True

    @property
    def path(self) -> str:
        """Where the file lies in the output tree."""
        inside = self.permalink.removeprefix("/")
        return inside + "index.html" if inside.endswith("/") or not inside else inside

    @property
    def is_html(self) -> bool:
        return self.path.endswith(".html")


@dataclass(frozen=True, slots=True)
class Link:
    title: str
    permalink: str


@dataclass(frozen=True, slots=True)
class Card:
    """The picture that stands for a page where its address is shared, its size in pixels."""

    address: str
    alt: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class PageInfo:
    """A page as its own head, breadcrumbs and navigation need it.

    `unpublished` is why readers do not see it yet: `draft`, or the day from which they do.
    """

    permalink: str
    title: str
    heading: str
    description: str
    lead: str | None
    updated: str | None
    kind: str
    section: str | None
    breadcrumbs: tuple[Link, ...]
    picture: PictureAsset | None
    card: Card | None
    unpublished: str | None = None


@dataclass(frozen=True, slots=True)
class Crew:
    """Two people, their car and where they finished."""

    entrant: Entry
    driver: Entry | None
    codriver: Entry | None
    row: Classified | None


@dataclass(frozen=True, slots=True)
class PersonGroup:
    title: str
    people: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class StageLine:
    """How one crew did on one stage; `row` is None where its place is not known."""

    stage: Link
    number: int
    date: str
    row: ResultLine | None
    sources: tuple[SourceId, ...]
    unverified: bool


@dataclass(frozen=True, slots=True)
class StandingsLine:
    """The standings after one stage: the line of each crew in the order of the crews, None where it is not known."""

    stage: Link
    number: int
    rows: tuple[ResultLine | None, ...]
    sources: tuple[SourceId, ...]
    unverified: bool


@dataclass(frozen=True, slots=True)
class IndexLine:
    """A line of the index of the whole site."""

    title: str
    permalink: str
    group: str


@dataclass(frozen=True, slots=True)
class IndexLetter:
    """What stands under one letter of the index; sources, which are many, apart."""

    letter: str
    lines: tuple[IndexLine, ...]
    sources: tuple[IndexLine, ...]


@dataclass(frozen=True, slots=True)
class CitedSource:
    source: Entry
    uses: int


@dataclass(frozen=True, slots=True)
class SourceGroup:
    kind: str
    title: str
    sources: tuple[CitedSource, ...]


@dataclass(frozen=True, slots=True)
class Usage:
    """A place that a source supports."""

    label: str
    link: Link


@dataclass(frozen=True, slots=True)
class Dispute:
    """A fact on which sources disagree, and where it is told; `is_date` says that its values are ISO dates."""

    label: str
    fact: Sourced
    shown: str | Decimal | None
    unit: str | None
    link: Link
    is_date: bool
