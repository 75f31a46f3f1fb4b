"""How the pictures look that stand for a page where somebody shares its address."""

# Without `from __future__ import annotations`: pydantic would have to compile each annotation at every start.

from typing import Annotated, Self

from pydantic import Field, field_validator, model_validator

from microsite.schema.values.facts import Model
from microsite.schema.values.ids import Keyword, PictureId
from microsite.schema.values.numbers import WholeNumber
from microsite.schema.values.refusals import problem
from microsite.schema.values.texts import Word

FEWEST_COLOURS = 3

Colour = Annotated[str, Field(pattern=r"^#[0-9a-f]{6}$", description="as in CSS: #6fe3d6")]
Percent = Annotated[WholeNumber, Field(ge=0, le=100)]


class Backdrop(Model):
    """What lies behind the words of some cards: a picture, or dunes drawn in colours."""

    behind: Annotated[tuple[Keyword, ...], Field(min_length=1, description="views, eras of the rally")]
    picture: PictureId | None = Field(default=None, description="an id from content/pictures.yaml")
    x: Percent = Field(default=50, description="what is kept of a wide picture: 0 its left, 100 its right end")
    y: Percent = Field(default=50, description="what is kept of a high picture: 0 its top, 100 its bottom end")
    dunes: tuple[Colour, ...] = Field(default=(), description="sky above, sky below, then dunes from far to near")

    @model_validator(mode="after")
    def _is_drawn_in_one_way(self) -> Self:
        if (self.picture is None) == (not self.dunes):
            what = "neither a picture nor dunes" if self.picture is None else "both a picture and dunes"
            raise problem("one-of-two", f"this backdrop has {what}", "give it one of the two")
        if 0 < len(self.dunes) < FEWEST_COLOURS:
            message = f"dunes take {FEWEST_COLOURS} colours at least: two of the sky and one of the sand"
            raise problem("too-few", message, "add some", at=("dunes",))
        return self


class Cards(Model):
    """content/cards.yaml: the look of the cards. The first backdrop lies behind all that no other names."""

    font: Word = Field(description="below static/, for example fonts/display.woff2")
    ink: Colour
    accent: Colour = Field(description="of what is marked and of figures")
    shade: Colour = Field(description="laid over the backdrop where words stand")
    shared: tuple[Keyword, ...] = Field(default=(), description="views whose pages show the card of their section")
    backdrops: Annotated[tuple[Backdrop, ...], Field(min_length=1)] = Field(
        description="what lies behind the words, by the pages it lies behind"
    )

    @field_validator("backdrops")
    @classmethod
    def _one_for_each(cls, backdrops: tuple[Backdrop, ...]) -> tuple[Backdrop, ...]:
        seen: set[str] = set()
        for number, backdrop in enumerate(backdrops):
            for place, word in enumerate(backdrop.behind):
                if word in seen:
                    message = f"“{word}” already has a backdrop above"
                    raise problem("named-twice", message, "keep one of the two", at=(number, "behind", place))
                seen.add(word)
        return backdrops
