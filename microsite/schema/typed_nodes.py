"""What the nodes of a file stand for, by the types of a model: needed even where the file as a whole is refused.

`walk` reads validated data; this reads what an editor typed, right or wrong, so that one mistake hides no other.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, get_args, get_origin

from microsite.schema.values import EntryId, InlineMarkdown, Model, Permalink, PlainProse
from microsite.strict_yaml import Node

Typed = type[EntryId] | type[InlineMarkdown] | type[Permalink] | type[PlainProse]
_TYPES = (EntryId, InlineMarkdown, Permalink)


def typed_nodes(model: type[Model], node: Node) -> Iterator[tuple[Typed, str, Node]]:
    """The scalars below `node` that are ids, texts or addresses, with their type and the key they stand under."""
    for name, (_, value) in (node.entries or {}).items():
        if name in model.model_fields:
            field = model.model_fields[name]
            # What is outermost of an annotation, pydantic has taken off.
            whole = Annotated[field.annotation, PlainProse] if PlainProse in field.metadata else field.annotation
            yield from _walk(whole, name, value)


def models_with(model: type[Model], node: Node) -> Iterator[tuple[type[Model], Node]]:
    """Every mapping at or below `node` for which there is a model."""
    yield model, node
    for name, (_, value) in (node.entries or {}).items():
        if name in model.model_fields:
            yield from _models(model.model_fields[name].annotation, value)


def _walk(annotation: Any, name: str, node: Node) -> Iterator[tuple[Typed, str, Node]]:
    if isinstance(annotation, type) and issubclass(annotation, Model):
        yield from typed_nodes(annotation, node)
    elif isinstance(annotation, type) and issubclass(annotation, _TYPES):
        if isinstance(node.text, str):
            yield annotation, name, node
    elif get_origin(annotation) is Annotated and PlainProse in get_args(annotation):
        if isinstance(node.text, str):
            yield PlainProse, name, node
    else:
        for inner, child in _inside(annotation, node):
            yield from _walk(inner, name, child)


def _models(annotation: Any, node: Node) -> Iterator[tuple[type[Model], Node]]:
    if isinstance(annotation, type) and issubclass(annotation, Model):
        yield from models_with(annotation, node)
    else:
        for inner, child in _inside(annotation, node):
            yield from _models(inner, child)


def _inside(annotation: Any, node: Node) -> Iterator[tuple[Any, Node]]:
    """The types within a type, each with the nodes that it is the type of."""
    arguments = get_args(annotation)
    origin = get_origin(annotation)
    if origin is Annotated:
        yield arguments[0], node
    elif origin is tuple:
        yield from ((arguments[0], item) for item in node.items or ())
    elif origin is dict:
        yield from ((arguments[1], value) for _, value in (node.entries or {}).values())
    else:  # a union: at most one of its members has anything to do with the node
        yield from ((one, node) for one in arguments if isinstance(one, type) or get_origin(one))
