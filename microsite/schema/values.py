"""The small values that content is made of: figures, dates, durations, ids and what cites a source.

Scalars arrive here as text, exactly as the editor typed them (see `strict_yaml`), so that `3:45:12`,
`NO`, `1.10` and `012` mean what they say. Each type below states what it accepts and what it answers.
"""

# Without `from __future__ import annotations`: pydantic would have to compile each annotation at every start.

import re
from collections.abc import Callable
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

from microsite.filters import COUNTRIES
from microsite.nesting import MAX_DEPTH, too_deep
from microsite.schema import countries, slips
from microsite.strict_yaml import Loc, PlainText

# Digits are 0 to 9: those of other scripts would come out as numbers and dates that no reader of these pages can tell.
NUMBER = re.compile(r"[-+]?(0|[1-9][0-9]*)(\.[0-9]+)?")
LEADING_ZERO = re.compile(r"([-+]?)0+([0-9]+(?:\.[0-9]+)?)")
OF_KIND = "x-kind"  # in a JSON Schema: whose ids these are
SLUG = r"[a-z0-9]+(?:-[a-z0-9]+)*"
T = TypeVar("T")
LABELS = ("label", "title", "event", "name", "category")
LABEL_WORDS = 9
FLAGS = {"yes": "true", "y": "true", "on": "true", "1": "true", "true": "true"} | dict.fromkeys(
    ("no", "n", "off", "0", "false"), "false"
)
YEARS = (1800, 2100)
"""The first and the last year that are not taken for a slip."""
MONTH_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def problem(
    code: str, message: str, hint: str | None = None, replacement: str | None = None, at: Loc = ()
) -> PydanticCustomError:
    """A validation problem whose code and text reach the editor unchanged; `at` leads on from where it is raised."""
    return PydanticCustomError(code, message, {"hint": hint, "replacement": replacement, "at": at})


def check_order(first: str | None, last: str | None, key: str) -> None:
    """Raise a problem if what ends, under `key`, ends before it begins. Dates may be known to different precision."""
    if first and last and last[: len(first)] < first[: len(last)]:
        raise problem("dates-reversed", f"it ends ({last}) before it begins ({first})", "swap the two", at=(key,))


UNKNOWN = frozenset("tbc tba tbd n/a na nan unknown none ? ?? – — - inf".split())
UNITS = frozenset("km m cm mm mi ft in km/h mph kg g t lb bhp hp PS kW cv Nm lb-ft litres cc s h min bar".split())
_UNITS_BY_LETTERS = {one.lower(): one for one in UNITS}


def _odd(code: str, message: str, right: str) -> PydanticCustomError:
    """A problem with what it is to be written as, without any doubt."""
    return problem(code, message, f"write {right}", right)


def parse_figure(value: Any) -> Any:
    """A bare number becomes a Decimal that remembers how it was typed; everything else stays text."""
    if not isinstance(value, PlainText):
        return value
    if NUMBER.fullmatch(value):
        return Decimal(value)
    if right := slips.number(value):
        raise _misspelt_number(value, right)
    if with_unit := slips.number_with_unit(value):
        figure, unit = with_unit
        raise problem("unit-in-value", f"“{value}” holds a unit", f"write value: {figure} and below it unit: {unit}")
    if value.lower() in UNKNOWN:
        message = f"“{value}” is shown as typed; what was not published has a word of its own"
        raise problem("odd-figure", message, "write null: readers see “not published”", "null")
    if words := slips.approximate(value):
        raise _odd("odd-figure", f"“{value}” is shown as typed; what is not exact is told in words", words)
    if slips.is_broken_number(value):
        right = slips.span_of_numbers(value)
        hint = f"write {right}" if right else "write digits and at most one point, 4395 or 3.8, or tell it in words"
        raise problem("odd-figure", f"“{value}” is not a number that readers would understand", hint, right)
    return str(value)


def _misspelt_number(value: str, right: str) -> PydanticCustomError:
    """What is wrong with a number of which we know how it is to be written."""
    if value != slips.plain(value):
        return _odd("odd-character", f"“{value}” holds characters that only look like those of a number", right)
    if LEADING_ZERO.fullmatch(value):
        return _odd("leading-zero", f"“{value}” starts with a zero", right)
    if "," in value and "." in right and "." not in value:
        return _odd("decimal-comma", f"“{value}” has a comma where decimals begin", right)
    if re.fullmatch(r"[0-9]+(?:st|nd|rd|th|\.)|.*[,;]", value):
        return _odd("not-a-number", f"“{value}” is not a plain number", right)
    return _odd("grouped-number", f"“{value}” has its thousands separated", right)


def parse_words(value: Any) -> Any:
    """A figure that may be told in words: only what is a number in other characters or another form is refused."""
    if isinstance(value, PlainText) and re.fullmatch(r"[0-9]+(?:st|nd|rd|th)", value):
        return str(value)
    return parse_figure(value)


def parse_whole_number(value: Any) -> Any:
    """Only plain decimal digits; `012`, `1_000` and `3.0` are refused with what to write instead."""
    if not isinstance(value, str) or re.fullmatch(r"-?(0|[1-9][0-9]*)", value):
        return int(value) if isinstance(value, str) else value
    right = slips.number(value)
    if right and right.isdigit():
        raise _misspelt_number(value, right)
    if with_unit := slips.number_with_unit(value):
        raise _odd("unit-in-value", f"“{value}” holds a unit; this is a number alone", with_unit[0])
    if word := slips.number_in_words(value):
        raise _odd("not-a-number", f"“{value}” is a word; this is a number in digits", word)
    raise problem("not-a-number", f"“{value}” is not a whole number", "write digits alone, for example 12")


def parse_year(value: Any) -> Any:
    """A year with four digits, and one that can be meant."""
    year = parse_whole_number(value)
    if isinstance(year, int) and not YEARS[0] <= year <= YEARS[1]:
        raise _odd_year(str(value))
    return year


def _odd_year(value: str) -> PydanticCustomError:
    hint = "write all four digits of the year" if len(value) < 4 else "look at its digits"
    return problem("bad-year", f"{value} is hardly the year that is meant", hint)


def parse_flag(value: Any) -> Any:
    """Only `true` and `false`: `yes`, `no`, `on` and `off` mean different things to different readers."""
    if isinstance(value, str):
        if value not in ("true", "false"):
            right = FLAGS.get(slips.plain(value).lower())
            hint = f"write {right}" if right else "write true or false"
            raise problem("not-true-or-false", f"“{value}” is neither true nor false", hint, right)
        return value == "true"
    return value


def parse_date(value: Any) -> Any:
    """A whole day, `2026-01-17`."""
    date = parse_partial_date(value)
    if isinstance(date, str) and len(date) < len("2026-01-17"):
        raise problem("bad-date", f"“{value}” is not a whole date", "write year, month and day: 2026-01-17")
    return date


def parse_partial_date(value: Any) -> Any:
    """A year, a month or a day: `2026`, `2026-01` or `2026-01-17` (ISO 8601), and one that exists."""
    if not isinstance(value, str):
        return value
    match = re.fullmatch(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?", value)
    if not match:
        raise _misspelt_date(value)
    if not _exists(value):
        month, day = int(match[2] or 1), int(match[3] or 1)
        swapped = f"{match[1]}-{match[3]}-{match[2]}"
        if month > 12 and day <= 12 and match[3]:
            raise problem("impossible-date", f"there is no month {month}", f"the month comes before the day: {swapped}")
        raise _no_such_day(value)
    if not YEARS[0] <= int(match[1]) <= YEARS[1]:
        raise _odd_year(match[1])
    return str(value)


def _misspelt_date(value: str) -> PydanticCustomError:
    readings = slips.dates(value)
    found = [one for one in readings if _exists(one)]
    if readings and not found:
        return _no_such_day(value)
    hint = f"write {' or '.join(found)}" if found else "write 2026, 2026-01 or 2026-01-17"
    if not found and slips.has_short_year(value):
        hint = "write the year too, with four digits: 2026-01-17"
    elif not found and len(re.findall(r"[0-9]{4}", value)) > 1:
        hint = "write one date here, 2026-01-17; if there is a key for when it ended, the other goes there"
    return problem("bad-date", f"“{value}” is not a date as written here", hint, found[0] if len(found) == 1 else None)


def _no_such_day(value: str) -> PydanticCustomError:
    return problem("impossible-date", f"“{value}” does not exist in the calendar", "look at the month and the day")


def _exists(date: str) -> bool:
    year, month, day = ([int(part) for part in date.split("-")] + [1, 1])[:3]
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return 1 <= month <= 12 and 1 <= day <= MONTH_DAYS[month - 1] and ((month, day) != (2, 29) or leap)


def parse_duration(value: Any) -> Any:
    """`h:mm:ss`, or `m:ss` under an hour; kept as seconds."""
    if not isinstance(value, str):
        return value
    match = re.fullmatch(r"(?:([0-9]+):(?=[0-9]{2}:))?([0-9]{1,2}):([0-5][0-9])(\.[0-9])?", value)
    if not match or (match[1] and int(match[2]) > 59):
        right = slips.duration(value)
        hint = f"write {right}" if right else "write 58:09:45 (h:mm:ss) or 12:03 (m:ss)"
        if short := re.fullmatch(r"([0-9]+):([0-9])", value):
            hint = f"write {short[1]}:0{short[2]} or {short[1]}:{short[2]}0, as m:ss"
        elif re.fullmatch(r"(?:[0-9]+:)+[0-9]{2}", value):
            hint = "minutes and seconds go to 59: 58:09:45 (h:mm:ss) or 12:03 (m:ss)"
        raise problem("bad-duration", f"“{value}” is not a time as written here", hint, right)
    return Decimal(int(match[1] or 0) * 3600 + int(match[2]) * 60 + int(match[3])) + Decimal(match[4] or 0)


def parse_degrees(limit: int) -> Callable[[Any], Any]:
    """Degrees with decimals, north and east positive, at most `limit` either way."""

    def parse(value: Any) -> Any:
        if not isinstance(value, str):
            return value
        if not NUMBER.fullmatch(value):
            raise _misspelt_degrees(value, limit)
        if abs(Decimal(value)) > limit:
            hint = "latitude comes first and goes to 90" if limit < 180 else "longitude goes to 180"
            raise problem("bad-coordinate", f"{value} degrees are more than {limit}", hint)
        return Decimal(value)

    return parse


def _misspelt_degrees(value: str, limit: int) -> PydanticCustomError:
    message = f"“{value}” is not a place in degrees"
    if re.search(r"[NSns]" if limit == 180 else r"[EWew]", value):
        hint = "north and south are the latitude, east and west the longitude"
        return problem("bad-coordinate", message, hint)
    right = slips.coordinate(value)
    hint = f"write {right}" if right else "write degrees with decimals, south and west with a minus: -16.97"
    both = re.fullmatch(r"(-?[0-9.]+)\s*[,;]\s*(-?[0-9.]+)", value.strip())
    if both and (" " in value or "." in both[1]):
        hint = f"write latitude: {both[1]} and in a line of its own longitude: {both[2]}"
        right = None
    return problem("bad-coordinate", message, hint, right)


def parse_unit(value: Any) -> Any:
    """A unit as it is known by everybody: `km`, not `Km`."""
    if isinstance(value, str) and value not in UNITS and (right := _UNITS_BY_LETTERS.get(value.lower())):
        raise _odd("odd-unit", f"“{value}” is not how this unit is written", right)
    return value


def parse_country(value: Any) -> Any:
    """A country's code, `GB`."""
    if not isinstance(value, str) or value in countries.CODES:
        return value
    typed = slips.plain(value).upper()
    right = typed if typed in countries.CODES else countries.ALSO.get(typed.replace(" ", ""))
    right = right or next((code for code, name in COUNTRIES.items() if name.upper() == typed), None)
    hint = f"write {right}" if right else "write its two letters of ISO 3166, for example GB"
    raise problem("unknown-country", f"“{value}” is not the code of a country", hint, right)


def plain_decimal(value: Decimal) -> str:
    """How a Decimal is written into digests and data files."""
    return format(value, "f")


class PlainProse:
    """Marks what readers see as it is typed, without Markdown."""


Number = Annotated[Decimal, PlainSerializer(plain_decimal, return_type=str)]
Figure = Annotated[Number | str, BeforeValidator(parse_words, json_schema_input_type=str | float), PlainProse]
WholeNumber = Annotated[int, BeforeValidator(parse_whole_number), Field(ge=0)]
Position = Annotated[int, BeforeValidator(parse_whole_number), Field(ge=1)]
Year = Annotated[
    int,
    BeforeValidator(
        parse_year, json_schema_input_type=Annotated[int, Field(ge=YEARS[0], le=YEARS[1], examples=[2026])]
    ),
]
Latitude = Annotated[
    Number,
    Field(ge=-90, le=90),
    BeforeValidator(parse_degrees(90), json_schema_input_type=Annotated[float, Field(ge=-90, le=90)]),
]
Longitude = Annotated[
    Number,
    Field(ge=-180, le=180),
    BeforeValidator(parse_degrees(180), json_schema_input_type=Annotated[float, Field(ge=-180, le=180)]),
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
Word = Annotated[str, Field(min_length=1)]
Text = Annotated[str, Field(min_length=1), PlainProse]
Unit = Annotated[Text, BeforeValidator(parse_unit, json_schema_input_type=Text)]
Slug = Annotated[str, Field(pattern=f"^{SLUG}$", examples=["fuel-tank"])]
Country = Annotated[
    str,
    BeforeValidator(parse_country, json_schema_input_type=Annotated[str, Field(pattern=r"^[A-Z]{2}$")]),
    Field(pattern=r"^[A-Z]{2}$", description="ISO 3166-1 alpha-2, for example GB", examples=["GB", "FR"]),
]


def first_words(text: str) -> str:
    """How a text that has no title is called: its beginning, without markup."""
    words = re.sub(r"\[@[^\]]*\]|\]\([^)]*\)|[\[*_`]", "", text).split()
    return " ".join(words[:LABEL_WORDS]) + (" …" if len(words) > LABEL_WORDS else "")


class Permalink(str):
    """An address of this site, `/car/`. Of a field of this type the place is kept."""

    pattern: ClassVar[str] = r"^/(?:[a-z0-9][a-z0-9.-]*/)*(?:[a-z0-9][a-z0-9.-]*\.[a-z]+)?$"

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_after_validator_function(
            cls, core_schema.str_schema(pattern=cls.pattern), serialization=core_schema.to_string_ser_schema()
        )


class PageAddress(Permalink):
    """The address of a page that something leads to. That the page exists is checked later."""


class EntryId(str):
    """The id of another entry; its class says of which kind.

    That the entry exists is checked later, and so is the form: the likeliest id is a better answer than a rule.
    """

    kind: ClassVar[str] = ""

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_after_validator_function(
            cls, core_schema.str_schema(min_length=1), serialization=core_schema.to_string_ser_schema()
        )

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        known = {key: value for key, value in handler(schema).items() if key != "minLength"}
        return {**known, "pattern": f"^{SLUG}$", "description": f"the id of a {cls.kind}", OF_KIND: cls.kind}


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

    @model_validator(mode="after")
    def _is_possible(self) -> Self:
        if isinstance(self.value, Decimal) and self.value < 0 and self.unit in UNITS:
            message = f"a number of {self.unit} cannot be less than nothing"
            raise problem("number-range", message, f"write {abs(self.value)}", at=("value",))
        return self


class CitedFigure(Cited[Figure]):
    """A number, or a figure told in words."""


class CitedText(Cited[Text]):
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
