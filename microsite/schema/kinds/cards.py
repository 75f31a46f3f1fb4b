"""How the pictures look that stand for a page where somebody shares its address."""

# Without `from __future__ import annotations`: pydantic would have to compile each annotation at every start.

from typing import Annotated

from pydantic import Field

from microsite.schema.values.facts import Model
from microsite.schema.values.ids import PictureId
from microsite.schema.values.numbers import WholeNumber
from microsite.schema.values.texts import Word

Colour = Annotated[str, Field(pattern=r"^#[0-9a-f]{6}$", description="as in CSS: #6fe3d6")]
Percent = Annotated[WholeNumber, Field(ge=0, le=100)]


class Backdrop(Model):
    """What lies behind the words of some cards: a picture, or dunes drawn in colours."""

    behind: Annotated[tuple[Word, ...], Field(min_length=1, description="views, eras of the rally")]
    picture: PictureId | None = Field(default=None, description="an id from content/pictures.yaml")
    x: Percent = Field(default=50, description="what is kept of a wide picture: 0 its left, 100 its right end")
    y: Percent = Field(default=50, description="what is kept of a high picture: 0 its top, 100 its bottom end")
    dunes: tuple[Colour, ...] = Field(default=(), description="sky above, sky below, then dunes from far to near")


class Cards(Model):
    """content/cards.yaml: the look of the cards. The first backdrop lies behind all that no other names."""

    font: Word = Field(description="below static/, for example fonts/display.woff2")
    ink: Colour
    accent: Colour = Field(description="of what is marked and of figures")
    shade: Colour = Field(description="laid over the backdrop where words stand")
    shared: tuple[Word, ...] = Field(default=(), description="views whose pages show the card of their section")
    backdrops: Annotated[tuple[Backdrop, ...], Field(min_length=1)] = Field(
        description="what lies behind the words, by the pages it lies behind"
    )
