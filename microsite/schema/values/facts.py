"""What states a fact and names its sources, and the model that every kind of content rests on."""

# Without `from __future__ import annotations`: pydantic would have to compile each annotation at every start.

from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import cache
from typing import Annotated, Any, ClassVar, Generic, Self, TypeVar

from pydantic import BaseModel, ConfigDict, Field, model_validator

from microsite.schema.values.ids import Slug, SourceId
from microsite.schema.values.numbers import NUMBER, UNITS, Figure, Flag, Unit, check_thousandths
from microsite.schema.values.refusals import problem
from microsite.schema.values.texts import InlineMarkdown, Text, first_words
from microsite.schema.values.times import PartialDate, PastDate

T = TypeVar("T")
LABELS = ("label", "title", "event", "name", "category")


class Model(BaseModel):
    """What every model shares: unknown keys are errors, instances do not change, text is trimmed."""

    people: ClassVar[tuple[tuple[str, str], ...]] = ()
    """Fields that hold a person's name, each with the one beside it for that person's id."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True, defer_build=True)

    @property
    def anchor(self) -> str | None:
        """The id of the element that shows this on a page, if it has one of its own."""
        return next(self._present(("id",)), None)

    @property
    def reader_label(self) -> str | None:
        """What a list of references calls this; None: what contains it names it."""
        return next((value for value in self._present(LABELS) if isinstance(value, str)), None)

    def _present(self, names: tuple[str, ...]) -> Iterator[Any]:
        return (getattr(self, name) for name in _names_present(type(self), names))


@cache
def _names_present(model: type[Model], names: tuple[str, ...]) -> tuple[str, ...]:
    """Those of the names that a model has as fields or properties. To ask an instance for what it lacks takes long."""
    return tuple(name for name in names if name in model.model_fields or hasattr(model, name))


class Alternative(Model):
    """What other sources say where they disagree."""

    value: Figure = Field(description="the value these sources give")
    unit: Unit | None = Field(default=None, description="only if it differs from the figure that is shown")
    sources: Annotated[tuple[SourceId, ...], Field(min_length=1)] = Field(
        description="the ids of the sources that say so"
    )
    note: InlineMarkdown | None = Field(default=None, description="shown to readers beside this value")


class Sourced(Model):
    """Anything that states a fact. It names its sources, or says openly that it has none."""

    sources: tuple[SourceId, ...] = Field(default=(), description="ids from content/sources/")
    note: InlineMarkdown | None = Field(default=None, description="shown to readers beside the fact")
    unverified: Flag = Field(default=False, description="true: no page was seen; readers see a badge")
    disputed: tuple[Alternative, ...] = Field(default=(), description="what other sources say instead")

    @property
    def is_known(self) -> bool:
        return True

    @model_validator(mode="after")
    def _names_no_source_twice(self) -> Self:
        for number, source in enumerate(self.sources):
            if source in self.sources[:number]:
                raise problem("named-twice", f"“{source}” is named twice", "once is enough", at=("sources", number))
        return self

    @model_validator(mode="after")
    def _has_source(self) -> Self:
        if self.is_known and not self.sources and not self.unverified:
            raise problem(
                "no-source", "a fact needs its source; add sources: [id], or unverified: true if no page was seen"
            )
        return self


class Cited(Sourced, Generic[T]):
    """One value with its sources. `value: null` means that it was not published."""

    value: T | None = Field(description="as you type it; null: not published")
    unit: Unit | None = Field(default=None, description="short: km, mm, kg, litres, PS, km/h, s")

    @property
    def is_known(self) -> bool:
        return self.value is not None

    @property
    def is_explained(self) -> bool:
        """Whether the entry itself says why it may differ from what is elsewhere."""
        return bool(self.disputed or self.note)

    @model_validator(mode="after")
    def _is_possible(self) -> Self:
        if isinstance(self.value, Decimal) and self.value < 0 and self.unit in UNITS:
            message = f"a number of {self.unit} cannot be less than nothing"
            raise problem("number-range", message, f"write {abs(self.value)}", at=("value",))
        if isinstance(self.value, str) and NUMBER.fullmatch(self.value) and self.unit in UNITS:
            message = f"“{self.value}” is in quotes, which make words of a number"
            raise problem("odd-figure", message, f"write {self.value}", self.value, at=("value",))
        check_thousandths(self.value, self.unit)
        for number, other in enumerate(self.disputed):
            check_thousandths(other.value, other.unit or self.unit, ("disputed", number, "value"))
        return self


class CitedFigure(Cited[Figure]):
    """A number, or a figure told in words."""


def check_in_km(data: Model, names: Iterable[str]) -> None:
    """Raise a problem at a figure whose number is not one of kilometres."""
    for name in names:
        figure: CitedFigure = getattr(data, name)
        if isinstance(figure.value, Decimal) and figure.unit != "km":
            what = f"is given in {figure.unit}" if figure.unit else "has no unit"
            hint = "distances are in kilometres: give the number of them, and below it unit: km"
            at = (name, "unit" if figure.unit else "value")
            raise problem("odd-unit", f"“{name}” {what}", hint, at=at)


class CitedText(Cited[Text]):
    """A name or phrase, never read as a number."""


class CitedDate(Cited[PartialDate]):
    """A year, a month or a day."""


class CitedPastDate(CitedDate):
    """A date of what has happened."""

    value: PastDate | None = Field(description="as you type it; null: not published")


class Labelled(CitedFigure):
    """A figure that carries its own label: a line of a fact box."""

    id: Slug = Field(description="names this line in links; never change it once it is published")
    label: Text = Field(description="what the figure is called")


class Statement(Sourced):
    """A fact told in a sentence. The text may use inline Markdown."""

    id: Slug | None = Field(default=None, description="names this statement in links")
    text: InlineMarkdown = Field(description="one or two sentences; may hold *emphasis*, [links](/car/) and citations")

    @property
    def reader_label(self) -> str | None:
        return first_words(self.text)
