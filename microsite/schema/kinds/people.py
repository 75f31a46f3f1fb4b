"""People: their careers, results and words."""

# Without `from __future__ import annotations`: pydantic would have to compile each annotation at every start.

from typing import Annotated, Literal

from pydantic import Field, field_validator

from microsite.schema.kinds.fields import PageFields
from microsite.schema.values import (
    CitedDate,
    CitedText,
    Country,
    Labelled,
    Model,
    PartialDate,
    Permalink,
    PersonId,
    Sourced,
    SourceId,
    Text,
    WholeNumber,
    first_words,
    problem,
)

QUOTE_WORDS = 30


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
