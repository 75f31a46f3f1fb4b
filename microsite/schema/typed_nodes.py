"""What the nodes of a file stand for, by the types of a model: needed even where the file as a whole is refused.

`walk` reads validated data; this reads what an editor typed, right or wrong, so that one mistake hides no other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, get_args, get_origin

from microsite.schema.values.facts import Model
from microsite.schema.values.ids import EntryId, Keyword, Permalink
from microsite.schema.values.numbers import NamesEdition
from microsite.schema.values.texts import InlineMarkdown, PlainProse
from microsite.schema.values.times import Past
from microsite.strict_yaml import Node

Typed = (
    type[EntryId]
    | type[InlineMarkdown]
    | type[Keyword]
    | type[NamesEdition]
    | type[Past]
    | type[Permalink]
    | type[PlainProse]
)
_TYPES = (EntryId, InlineMarkdown, Keyword, Permalink)
_MARKS: tuple[Typed, ...] = (NamesEdition, Past, PlainProse)


@dataclass(frozen=True, slots=True)
class _Meaning:
    """One of the things that a node may be: a scalar of a type, a mapping with a model, or many of a kind."""

    typed: Typed | None = None
    model: type[Model] | None = None
    each: tuple[_Meaning, ...] = ()
    """What the items of a list or the values of a mapping may be."""


def typed_nodes(model: type[Model], node: Node) -> Iterator[tuple[Typed, str, Node]]:
    """The scalars below `node` that are ids, texts or addresses, with their type and the key they stand under."""
    meanings = _fields(model)
    for name, (_, value) in (node.entries or {}).items():
        yield from _typed(meanings.get(name, ()), name, value)


def models_with(model: type[Model], node: Node) -> Iterator[tuple[type[Model], Node]]:
    """Every mapping at or below `node` for which there is a model."""
    yield model, node
    meanings = _fields(model)
    for name, (_, value) in (node.entries or {}).items():
        yield from _models(meanings.get(name, ()), value)


@cache
def names_people(model: type[Model]) -> bool:
    """Whether entries of a model may name people anywhere: see `Model.people`."""
    return bool(model.people) or any(_holds_names(one) for meanings in _fields(model).values() for one in meanings)


def _holds_names(meaning: _Meaning) -> bool:
    return (meaning.model is not None and names_people(meaning.model)) or any(map(_holds_names, meaning.each))


def _typed(meanings: Iterable[_Meaning], name: str, node: Node) -> Iterator[tuple[Typed, str, Node]]:
    for one in meanings:
        if one.model is not None:
            yield from typed_nodes(one.model, node)
        elif one.typed is None:
            for child in _children(node):
                yield from _typed(one.each, name, child)
        elif isinstance(node.text, str):
            yield one.typed, name, node


def _models(meanings: Iterable[_Meaning], node: Node) -> Iterator[tuple[type[Model], Node]]:
    for one in meanings:
        if one.model is not None:
            yield from models_with(one.model, node)
        for child in _children(node) if one.each else ():
            yield from _models(one.each, child)


def _children(node: Node) -> Iterator[Node]:
    yield from node.items or ()
    yield from (value for _, value in (node.entries or {}).values())


@cache
def _fields(model: type[Model]) -> Mapping[str, tuple[_Meaning, ...]]:
    """What the fields of a model may hold, those left out in which nothing of interest can be."""
    found = {}
    for name, field in model.model_fields.items():
        # What is outermost of an annotation, pydantic has taken off.
        mark = _mark_in(field.metadata)
        whole = Annotated[field.annotation, mark] if mark else field.annotation
        if meanings := tuple(_meanings(whole)):
            found[name] = meanings
    return found


def _meanings(annotation: Any) -> Iterator[_Meaning]:
    if isinstance(annotation, type) and issubclass(annotation, Model):
        yield _Meaning(model=annotation)
    elif isinstance(annotation, type) and issubclass(annotation, _TYPES):
        yield _Meaning(typed=annotation)
    elif get_origin(annotation) is Annotated:
        inside, *rest = get_args(annotation)
        mark = _mark_in(rest)
        yield from [_Meaning(typed=mark)] if mark else _meanings(inside)
    elif get_origin(annotation) in (tuple, dict):
        arguments = get_args(annotation)
        if each := tuple(_meanings(arguments[0] if get_origin(annotation) is tuple else arguments[1])):
            yield _Meaning(each=each)
    else:  # a union, or something without parts
        for one in get_args(annotation):
            yield from _meanings(one)


def _mark_in(metadata: Iterable[Any]) -> Typed | None:
    """What a type is marked with, among what else is said of it."""
    return next((mark for mark in _MARKS if mark in metadata), None)
