"""The pieces that flow through the build: entries, their bodies, and what they mention."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from microsite.diagnostics import Span


@dataclass(frozen=True, slots=True)
class Heading:
    level: int
    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Body:
    """Converted Markdown. Citations and pictures stand in the HTML as marks that a page resolves (see `marks`)."""

    html: str
    headings: tuple[Heading, ...]
    plain_text: str
    digest: bytes


@dataclass(frozen=True, slots=True)
class Entry:
    """One validated piece of content. Two entries with equal digests look equal to every template.

    `data` is the kind's model (`microsite.schema.kinds`), `path` the file it came from,
    `permalink` the address of its own page or None if it has none.
    """

    kind: str
    id: str
    data: Any
    body: Body | None
    path: str
    permalink: str | None
    digest: bytes


def name_of(entry: Entry) -> str:
    """What the rest of the site calls an entry: `person/sara-price`."""
    return f"{entry.kind}/{entry.id}"


def held_back(entry: Entry, today: str) -> str | None:
    """Why readers do not see an entry on a day: `draft`, or the later day from which they do; None if they see it.

    Days are ISO dates. A kind says by `published_from` on which day an entry of its own is published.
    """
    if getattr(entry.data, "draft", False):
        return "draft"
    day: str | None = getattr(entry.data, "published_from", None)
    return day if day and day > today else None


@dataclass(frozen=True, slots=True)
class Mention:
    """An entry names another: where in the file, and under which label and anchor a reader finds it."""

    kind: str
    id: str
    by: str
    span: Span
    label: str
    anchor: str | None


@dataclass(frozen=True, slots=True)
class PastDay:
    """The date of something that has happened, known to the day, the month or the year, and where it is typed."""

    date: str
    span: Span
    by: str


@dataclass(frozen=True, slots=True)
class NamedPerson:
    """A person's name as a table has it, and the id typed beside it under `key`, None if there is none."""

    name: str
    person: str | None
    key: str
    span: Span
    by: str


@dataclass(frozen=True, slots=True)
class Disputed:
    """A fact for which an entry records what other sources say; `fact` is the model that states it."""

    fact: Any
    by: str
    label: str
    anchor: str | None


@dataclass(frozen=True, slots=True)
class PageLink:
    """A link that an editor wrote: its target as typed, where, and in which entry."""

    target: str
    span: Span
    by: str = ""


@dataclass(frozen=True, slots=True)
class Lost:
    """An entry that could not be read: what refers to it is not wrong for that. `id` None: all of a file's entries."""

    kind: str
    id: str | None
    permalink: str | None
