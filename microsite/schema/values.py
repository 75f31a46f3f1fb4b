"""The small values that content is made of: figures, dates, durations, ids and what cites a source.

Scalars arrive here as text, exactly as the editor typed them (see `strict_yaml`), so that `3:45:12`,
`NO`, `1.10` and `012` mean what they say. Each type below states what it accepts and what it answers.
"""

# Without `from __future__ import annotations`: pydantic would have to compile each annotation at every start.

import re
from decimal import Decimal
from typing import Annotated, Any, ClassVar, Generic, Self, TypeVar

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    PlainSerializer,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from microsite.nesting import MAX_DEPTH, too_deep
from microsite.strict_yaml import PlainText

# Digits are 0 to 9: those of other scripts would come out as numbers and dates that no reader of these pages can tell.
NUMBER = re.compile(r"[-+]?(0|[1-9][0-9]*)(\.[0-9]+)?")
LEADING_ZERO = re.compile(r"([-+]?)0+([0-9]+(?:\.[0-9]+)?)")
GROUPED_NUMBER = re.compile(r"[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?")
OF_KIND = "x-kind"  # in a JSON Schema: whose ids these are
SLUG = r"[a-z0-9]+(?:-[a-z0-9]+)*"
T = TypeVar("T")
LABELS = ("label", "title", "event", "name", "category")
LABEL_WORDS = 9
MONTH_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def problem(code: str, message: str) -> PydanticCustomError:
    """A validation problem whose code and text reach the editor unchanged."""
    return PydanticCustomError(code, message)


def parse_figure(value: Any) -> Any:
    """A bare number becomes a Decimal that remembers how it was typed; everything else stays text."""
    if not isinstance(value, PlainText):
        return value
    if zeros := LEADING_ZERO.fullmatch(value):
        raise problem("leading-zero", f"{value} starts with a zero; write {zeros[1]}{zeros[2]}, or quote it")
    if GROUPED_NUMBER.fullmatch(value):
        raise problem("grouped-number", f"{value} has thousands separators; write {value.replace(',', '')}")
    return Decimal(value) if NUMBER.fullmatch(value) else str(value)


def parse_whole_number(value: Any) -> Any:
    """Only plain decimal digits; `012`, `1_000` and `3.0` are refused with what to write instead."""
    if not isinstance(value, str):
        return value
    if zeros := LEADING_ZERO.fullmatch(value):
        raise problem("leading-zero", f"{value} starts with a zero; write {zeros[1]}{zeros[2]}")
    if not re.fullmatch(r"-?(0|[1-9][0-9]*)", value):
        raise problem("not-a-number", f"“{value}” is not a whole number")
    return int(value)


def parse_flag(value: Any) -> Any:
    """Only `true` and `false`: `yes`, `no`, `on` and `off` mean different things to different readers."""
    if isinstance(value, str):
        if value not in ("true", "false"):
            raise problem("not-true-or-false", f"“{value}” is neither true nor false")
        return value == "true"
    return value


def parse_date(value: Any) -> Any:
    """A whole day, `2026-01-17`."""
    if isinstance(value, str) and not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        raise problem("bad-date", f"“{value}” is not a whole date; write it as 2026-01-17")
    return parse_partial_date(value)


def parse_partial_date(value: Any) -> Any:
    """A year, a month or a day: `2026`, `2026-01` or `2026-01-17` (ISO 8601), and one that exists."""
    if not isinstance(value, str):
        return value
    match = re.fullmatch(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?", value)
    if not match:
        raise problem("bad-date", f"“{value}” is not a date; write 2026, 2026-01 or 2026-01-17")
    year, month, day = (int(part) if part else 1 for part in match.groups())
    if not (1 <= month <= 12 and 1 <= day <= MONTH_DAYS[month - 1]) or (
        (month, day) == (2, 29) and (year % 4 or (year % 100 == 0 and year % 400))
    ):
        raise problem("bad-date", f"“{value}” does not exist in the calendar")
    return str(value)


def parse_duration(value: Any) -> Any:
    """`h:mm:ss`, or `m:ss` under an hour; kept as seconds."""
    if not isinstance(value, str):
        return value
    match = re.fullmatch(r"(?:([0-9]+):(?=[0-9]{2}:))?([0-9]{1,2}):([0-5][0-9])(\.[0-9])?", value)
    if not match or (match[1] and int(match[2]) > 59):
        raise problem("bad-duration", f"“{value}” is not a time; write 58:09:45 (h:mm:ss) or 12:03 (m:ss)")
    return Decimal(int(match[1] or 0) * 3600 + int(match[2]) * 60 + int(match[3])) + Decimal(match[4] or 0)


def plain_decimal(value: Decimal) -> str:
    """How a Decimal is written into digests and data files."""
    return format(value, "f")


Number = Annotated[Decimal, PlainSerializer(plain_decimal, return_type=str)]
Figure = Annotated[Number | str, BeforeValidator(parse_figure, json_schema_input_type=str | float)]
WholeNumber = Annotated[int, BeforeValidator(parse_whole_number)]
Latitude = Annotated[
    Number,
    Field(ge=-90, le=90),
    BeforeValidator(parse_figure, json_schema_input_type=Annotated[float, Field(ge=-90, le=90)]),
]
Longitude = Annotated[
    Number,
    Field(ge=-180, le=180),
    BeforeValidator(parse_figure, json_schema_input_type=Annotated[float, Field(ge=-180, le=180)]),
]
Flag = Annotated[bool, BeforeValidator(parse_flag)]
IsoDate = Annotated[
    str,
    BeforeValidator(parse_date),
    WithJsonSchema({"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$", "examples": ["2026-01-17"]}),
]
PartialDate = Annotated[
    str,
    BeforeValidator(parse_partial_date),
    # To other readers of YAML a year alone is a number.
    WithJsonSchema(
        {
            "type": ["string", "integer"],
            "pattern": r"^\d{4}(-\d{2}){0,2}$",
            "minimum": 1000,
            "maximum": 9999,
            "examples": ["2026-01-17", "2026-01", 2026],
        }
    ),
]
Duration = Annotated[
    Number,
    BeforeValidator(parse_duration),
    WithJsonSchema(
        {"type": "string", "pattern": r"^(\d+:)?\d{1,2}:[0-5]\d(\.\d)?$", "examples": ["58:09:45", "12:03"]}
    ),
]
Text = Annotated[str, Field(min_length=1)]
Slug = Annotated[str, Field(pattern=f"^{SLUG}$", examples=["fuel-tank"])]
Country = Annotated[
    str, Field(pattern=r"^[A-Z]{2}$", description="ISO 3166-1 alpha-2, for example GB", examples=["GB", "FR"])
]
Permalink = Annotated[str, Field(pattern=r"^/(?:[a-z0-9][a-z0-9.-]*/)*(?:[a-z0-9][a-z0-9.-]*\.[a-z]+)?$")]


def first_words(text: str) -> str:
    """How a text that has no title is called: its beginning, without markup."""
    words = re.sub(r"\[@[^\]]*\]|\]\([^)]*\)|[\[*_`]", "", text).split()
    return " ".join(words[:LABEL_WORDS]) + (" …" if len(words) > LABEL_WORDS else "")


class EntryId(str):
    """The id of another entry; its class says of which kind. That the entry exists is checked later."""

    kind: ClassVar[str] = ""

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_after_validator_function(
            cls, core_schema.str_schema(pattern=f"^{SLUG}$"), serialization=core_schema.to_string_ser_schema()
        )

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {**handler(schema), "description": f"the id of a {cls.kind}", OF_KIND: cls.kind}


class SourceId(EntryId):
    kind = "source"


class PersonId(EntryId):
    kind = "person"


class PictureId(EntryId):
    kind = "picture"


class PlaceId(EntryId):
    kind = "place"


class EntrantId(EntryId):
    kind = "entrant"


class InlineMarkdown(str):
    """One paragraph that may use inline Markdown and citations, `[@source-id]`."""

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_after_validator_function(
            cls._checked, core_schema.str_schema(min_length=1), serialization=core_schema.to_string_ser_schema()
        )

    @classmethod
    def _checked(cls, text: str) -> Self:
        if too_deep(text) is not None:
            raise problem("deep-nesting", f"brackets or lists are nested more than {MAX_DEPTH} deep")
        return cls(text)


class Model(BaseModel):
    """What every model shares: unknown keys are errors, instances do not change, text is trimmed."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True, defer_build=True)

    @property
    def anchor(self) -> str | None:
        """The id of the element that shows this on a page, if it has one of its own."""
        return getattr(self, "id", None)

    @property
    def reader_label(self) -> str | None:
        """What a list of references calls this; None: what contains it names it."""
        return next((value for name in LABELS if isinstance(value := getattr(self, name, None), str)), None)


class Alternative(Model):
    """What other sources say where they disagree."""

    value: Figure = Field(description="the value these sources give")
    unit: Text | None = Field(default=None, description="only if it differs from the figure that is shown")
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
    def _has_source(self) -> Self:
        if self.is_known and not self.sources and not self.unverified:
            raise problem(
                "no-source", "a fact needs its source; add sources: [id], or unverified: true if no page was seen"
            )
        return self


class Cited(Sourced, Generic[T]):
    """One value with its sources. `value: null` means that it was not published."""

    value: T | None = Field(description="as you type it; null: not published")
    unit: Text | None = Field(default=None, description="short: km, mm, kg, litres, PS, km/h, s")

    @property
    def is_known(self) -> bool:
        return self.value is not None


class CitedFigure(Cited[Figure]):
    """A number, or a figure told in words."""


class CitedText(Cited[str]):
    """A name or phrase, never read as a number."""


class CitedDate(Cited[PartialDate]):
    """A year, a month or a day."""


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
