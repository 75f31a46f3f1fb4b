"""Words: plain ones, and those with inline Markdown."""

# Without `from __future__ import annotations`: pydantic would have to compile each annotation at every start.

import re
from typing import Annotated, Any, Self

from pydantic import Field, GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

from microsite.nesting import MAX_DEPTH, too_deep
from microsite.schema.values.refusals import problem

LABEL_WORDS = 9


class PlainProse:
    """Marks what readers see as it is typed, without Markdown."""


Word = Annotated[str, Field(min_length=1)]
Text = Annotated[str, Field(min_length=1), PlainProse]


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


def first_words(text: str) -> str:
    """How a text that has no title is called: its beginning, without markup."""
    words = re.sub(r"\[@[^\]]*\]|\]\([^)]*\)|[\[*_`]", "", text).split()
    return " ".join(words[:LABEL_WORDS]) + (" …" if len(words) > LABEL_WORDS else "")
