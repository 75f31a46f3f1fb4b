"""What pydantic found wrong, told to an editor: where, in plain words, and what was probably meant."""

from __future__ import annotations

from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo

from microsite.diagnostics import Diagnostics, Span
from microsite.strict_yaml import Loc, Node
from microsite.suggest import did_you_mean

_OF_KEYS = ("extra_forbidden", "missing", "bad_key")
_FIGURE_BRANCHES = ("decimal", "str")
OWN_HINTS = {"no-source": "sources: [an-id] names entries of content/sources/"}


def explain(error: ValidationError, model: type[BaseModel], node: Node, path: str, diagnostics: Diagnostics) -> None:
    """Report each of pydantic's findings once per place."""
    seen: set[Span] = set()
    for found in map(_in_our_terms, error.errors(include_url=False)):
        loc = found["loc"]
        place = node.key_at(loc) if found["type"] in _OF_KEYS else node.at(loc)
        span = place.span(path)
        if span in seen and found["type"] != "missing":
            continue
        seen.add(span)
        code, message, hint = _explain_one(found, model)
        diagnostics.error(code, message, span, hint)


def _in_our_terms(found: Any) -> dict[str, Any]:
    """A finding whose `loc` holds only what an editor typed; pydantic adds steps for keys and unions."""
    *above, last = found["loc"] or ("",)
    if last == "[key]":
        return {**found, "loc": tuple(above), "type": "bad_key"}
    return {**found, "loc": tuple(above)} if last in _FIGURE_BRANCHES else dict(found)


def _explain_one(found: Any, model: type[BaseModel]) -> tuple[str, str, str | None]:
    kind, loc = found["type"], found["loc"]
    name = next((step for step in reversed(loc) if isinstance(step, str)), "this")
    given = _shown(found["input"])
    match kind:
        case "missing":
            return "missing-key", f"“{name}” is missing", _described(model, loc)
        case "extra_forbidden":
            known = _keys_at(model, loc[:-1])
            return "unknown-key", f"there is no key “{name}” here", did_you_mean(name, known) or _list(known)
        case "literal_error":
            known = _literals(model, loc)
            return (
                "unknown-value",
                f"{given} is not a possible value of “{name}”",
                did_you_mean(str(found["input"]), known) or _list(known),
            )
        case "string_pattern_mismatch":
            return "bad-form", f"{given} does not have the form that “{name}” needs", _described(model, loc)
        case "bad_key":
            return "bad-form", f"{given} cannot be a key here", "use lower-case letters, digits and single hyphens"
        case "string_type" | "decimal_type" | "int_type" | "bool_type":
            return "wrong-type", f"“{name}” needs a single value, not {given}", _described(model, loc)
        case "tuple_type" | "list_type":
            return "wrong-type", f"“{name}” needs a list, not {given}", "write [one, two], or one “- item” to a line"
        case "model_type" | "dict_type" | "model_attributes_type":
            return "wrong-type", f"“{name}” needs keys and values, not {given}", _described(model, loc)
        case "string_too_short" | "too_short":
            return "empty-value", f"“{name}” may not be empty", _described(model, loc)
        case "url_parsing" | "url_scheme":
            return "bad-url", f"{given} is not a web address", "it begins with https://"
        case _ if "_" in kind:
            return "bad-value", f"“{name}”: {found['msg']}", None
        case _:
            return kind, found["msg"], OWN_HINTS.get(kind)


def _shown(value: Any) -> str:
    if isinstance(value, dict):
        return "keys and values"
    if isinstance(value, (list, tuple)):
        return "a list"
    return "nothing" if value is None else f"“{value}”"


def _list(words: list[str]) -> str | None:
    return f"possible here: {', '.join(words)}" if words else None


def _model_at(model: type[BaseModel], loc: Loc) -> type[BaseModel] | None:
    """The model that `loc` leads to, through lists, dicts and optional fields."""
    for step in loc:
        if isinstance(step, str) and model is not None and step in model.model_fields:
            inner = models_in(model.model_fields[step].annotation)
            if not inner:
                return None
            model = inner[0]
    return model


def models_in(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [model for argument in get_args(annotation) for model in models_in(argument)]


def _keys_at(model: type[BaseModel], loc: Loc) -> list[str]:
    found = _model_at(model, loc)
    return list(found.model_fields) if found else []


def _literals(model: type[BaseModel], loc: Loc) -> list[str]:
    parent = _model_at(model, loc[:-1])
    name = str(loc[-1])
    if parent is None or name not in parent.model_fields:
        return []
    return [str(value) for value in get_args(parent.model_fields[name].annotation)]


def _described(model: type[BaseModel], loc: Loc) -> str | None:
    """What the schema says of the field that `loc` leads to, or into."""
    while loc and not isinstance(loc[-1], str):
        loc = loc[:-1]
    parent = _model_at(model, loc[:-1])
    field = parent.model_fields.get(str(loc[-1])) if parent and loc else None
    return (field.description or _description_in(field.annotation)) if field else None


def _description_in(annotation: Any) -> str | None:
    """The description of a type that an optional field wraps."""
    for argument in get_args(annotation):
        found = argument.description if isinstance(argument, FieldInfo) else _description_in(argument)
        if found:
            return found
    return None
