"""Every fact, id and cited text within an entry's data, with the words and the anchor by which a reader knows it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from microsite.schema.values.facts import Model, Sourced
from microsite.schema.values.ids import EntryId
from microsite.schema.values.texts import InlineMarkdown
from microsite.strict_yaml import Loc


@dataclass(frozen=True, slots=True)
class Found:
    """A value, the keys that lead to it, what to call it, and the id of the element that shows it."""

    value: EntryId | InlineMarkdown | Sourced
    loc: Loc
    label: str
    anchor: str | None


def walk(data: Model) -> Iterator[Found]:
    """All `EntryId`s, `InlineMarkdown` texts and `Sourced` facts below `data`, in the order of its fields."""
    for name in type(data).model_fields:
        value = getattr(data, name)
        own = data.reader_label if name == "sources" else type(data).model_fields[name].title
        # A fact that is a field of its own, such as an edition's total_km, is shown under the field's name.
        anchor = name.replace("_", "-") if isinstance(value, Sourced) else data.anchor
        yield from _walk(value, (name,), own or name.replace("_", " "), anchor)


def _walk(value: Any, loc: Loc, label: str, anchor: str | None) -> Iterator[Found]:
    if isinstance(value, Model):
        label = value.reader_label or label
        anchor = value.anchor or anchor
        if isinstance(value, Sourced):
            yield Found(value, loc, label, anchor)
        for name in type(value).model_fields:
            yield from _walk(getattr(value, name), (*loc, name), label, anchor)
    elif isinstance(value, (EntryId, InlineMarkdown)):
        yield Found(value, loc, label, anchor)
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _walk(item, (*loc, key), label, anchor)
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _walk(item, (*loc, index), label, anchor)


def anchored(data: Model) -> Iterator[tuple[str, Loc]]:
    """The anchor of each part below `data` that has one without an `id` to say it, and the keys that lead there."""
    for name in type(data).model_fields:
        value = getattr(data, name)
        parts = value if isinstance(value, tuple) else ()
        for index, part in enumerate(parts):
            if isinstance(part, Model) and part.anchor and not hasattr(part, "id"):
                yield part.anchor, (name, index)


def texts(data: Model) -> Iterator[str]:
    """All words below `data` that may stand on a page, as typed: no ids, no addresses."""
    for name in type(data).model_fields:
        yield from _texts(getattr(data, name))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, Model):
        yield from texts(value)
    elif isinstance(value, dict):
        yield from (text for item in value.values() for text in _texts(item))
    elif isinstance(value, tuple):
        yield from (text for item in value for text in _texts(item))
    elif isinstance(value, InlineMarkdown) or (
        isinstance(value, str) and not isinstance(value, EntryId) and "/" not in value
    ):
        yield value
