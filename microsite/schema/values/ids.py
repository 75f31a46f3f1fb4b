"""Ids and addresses: what names an entry or a part of one, or leads to it."""

# Without `from __future__ import annotations`: pydantic would have to compile each annotation at every start.

from typing import Annotated, Any, ClassVar

from pydantic import Field, GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, core_schema

OF_KIND = "x-kind"  # in a JSON Schema: whose ids these are
SLUG = r"[a-z0-9]+(?:-[a-z0-9]+)*"
Slug = Annotated[str, Field(pattern=f"^{SLUG}$", examples=["fuel-tank"])]


class _Word(str):
    """Text of a type of its own."""

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_after_validator_function(
            cls, core_schema.str_schema(min_length=1), serialization=core_schema.to_string_ser_schema()
        )


class Keyword(_Word):
    """A word that the rest of the site has to know. Of a field of this type the place is kept."""


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


class EntryId(_Word):
    """The id of another entry; its class says of which kind.

    That the entry exists is checked later, and so is the form: the likeliest id is a better answer than a rule.
    """

    kind: ClassVar[str] = ""

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
