"""People: their careers, results and words."""

# Without `from __future__ import annotations`: pydantic would have to compile each annotation at every start.

import re
from typing import Annotated, Literal, Self

from pydantic import Field, field_validator, model_validator

from microsite.schema.kinds.fields import EntryFields, PageFields
from microsite.schema.values.facts import CitedPastDate, CitedText, Labelled, Sourced
from microsite.schema.values.ids import PageAddress, PersonId, SourceId
from microsite.schema.values.numbers import EditionYear, Position, WholeNumber
from microsite.schema.values.places import Country
from microsite.schema.values.refusals import misspelt, problem
from microsite.schema.values.texts import Text, first_words
from microsite.schema.values.times import PastDate

QUOTE_WORDS = 30


class DakarStart(Sourced):
    """One start in the Dakar; its sources support the whole row."""

    year: EditionYear = Field(description="the edition")
    category: Text = Field(description="motorcycle, car, truck, SSV, Challenger, Stock …")
    vehicle: Text | None = Field(default=None, description="make and model")
    number: WholeNumber | None = Field(default=None, description="on the doors or plate")
    crew: Text | None = Field(default=None, description="who shared the vehicle")
    result: Text | None = Field(default=None, description="null: not found")
    position: Position | None = Field(default=None, description="place in the category, for charts")
    stage_wins: WholeNumber | None = Field(default=None, description="in this edition, without prologues")

    @property
    def anchor(self) -> str:
        return f"start-{self.year}"

    @property
    def reader_label(self) -> str:
        return f"Dakar {self.year}"


class Achievement(Sourced):
    """A result elsewhere: one line."""

    year: Text = Field(description="or years: 2019, or 2015–2018")
    event: Text = Field(description="the race or championship")
    result: Text = Field(description="in a few words")


class Person(PageFields):
    """content/people/*.md"""

    name: Text = Field(description="as the person writes it, accents included")
    sort_name: Text = Field(description="Family name, given name")
    role: Text = Field(description="in a few words: Driver, car 504")
    group: Literal["driver", "co-driver", "team", "history"] = Field(
        description="under which heading the person stands"
    )
    nationality: Country | None = None
    born: CitedPastDate | None = Field(default=None, description="the date of birth")
    birthplace: CitedText | None = Field(default=None, description="town and country")
    summary: Text = Field(description="one or two sentences; no figures that need a source")
    figures: tuple[Labelled, ...] = Field(default=(), description="one line each: label, value, sources")
    starts: tuple[DakarStart, ...] = Field(default=(), description="one row for each Dakar")
    achievements: tuple[Achievement, ...] = Field(default=(), description="results elsewhere")

    @model_validator(mode="after")
    def _sorts_by_the_same_name(self) -> Self:
        given, _, family = self.name.rpartition(" ")
        right = f"{family}, {given}" if given else family
        if given and not {*re.findall(r"\w+", self.sort_name)} <= {*re.findall(r"\w+", self.name)}:
            message = f"“{self.sort_name}” holds a word that the name “{self.name}” does not"
            raise problem("other-name", message, f"did you mean “{right}”?", at=("sort_name",))
        if given and self.sort_name == self.name:
            raise misspelt("other-name", "the family name comes first, with a comma behind it", right, ("sort_name",))
        return self


class Quote(EntryFields):
    """content/quotes.yaml: words that somebody said."""

    speaker: PersonId = Field(description="an id from content/people/")
    text: Text = Field(description="the words themselves, thirty at most, without quotation marks")
    date: PastDate | None = Field(default=None, description="when it was said")
    occasion: Text | None = Field(default=None, description="where or to whom it was said")
    also_on: tuple[PageAddress, ...] = Field(default=(), description="pages that show it beside the speaker's own")
    sources: Annotated[tuple[SourceId, ...], Field(min_length=1)] = Field(
        description="the ids of the sources that quote it"
    )

    @property
    def reader_label(self) -> str:
        return f"“{first_words(self.text)}”"

    @field_validator("text")
    @classmethod
    def _is_short(cls, text: str) -> str:
        words = len(text.split())
        if words > QUOTE_WORDS:
            hint = "cut it to its best sentence, with … for what is left out"
            raise problem("long-quote", f"the quote has {words} words; a quote may have {QUOTE_WORDS}", hint)
        bare = text.strip('“”"«»„')
        if text != bare and text[0] in '“"«„' and text[-1] in '”"»“':
            raise misspelt(
                "double-quotes", "the page puts quotation marks around the words; these would be seen twice", bare
            )
        return text
