"""What pydantic found wrong, told to an editor: where, in plain words, and what was probably meant."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import Any, Literal, NamedTuple, get_args, get_origin
from urllib.parse import urlsplit

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo

from microsite.diagnostics import Diagnostics, Span
from microsite.schema import slips
from microsite.slugs import slug
from microsite.strict_yaml import Loc, Node
from microsite.suggest import Guess, guess, nearest

_OF_KEYS = ("extra_forbidden", "missing", "bad_key", "unknown-vehicle")
_FIGURE_BRANCHES = ("decimal", "str")
_GLUED_KEY = re.compile(r"([A-Za-z_][\w-]*):(\S.*)")
_HYPHENED = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)+[,;]?")
_ONE_WORD = re.compile(r"[\w-]+")
_ID_LIST = re.compile(r"[\w-]+(?:\s*[,;]\s*[\w-]+)*")
ELSEWHERE = {
    "layout": "view",
    "template": "view",
    "slug": "permalink",
    "src": "file",
    "day": "date",
    "when": "date",
    "lat": "latitude",
    "lon": "longitude",
    "lng": "longitude",
    "long": "longitude",
    "headline": "title",
    "heading": "title",
    "excerpt": "description",
    "abstract": "description",
    "image": "picture",
    "photo": "picture",
    "cover": "picture",
    "thumbnail": "picture",
    "lastmod": "updated",
    "modified": "updated",
    "ref": "sources",
    "refs": "sources",
    "references": "sources",
    "citation": "sources",
    "citations": "sources",
    "redirect_from": "aliases",
    "lang": "language",
    "link": "url",
    "href": "url",
    "author": "publisher",
    "comment": "note",
    "nation": "country",
    "kilometres": "value",
    "figure": "value",
}
"""What keys are called in other places, and here."""
OWN_HINTS = {"no-source": "sources: [an-id] names entries of content/sources/"}


class Told(NamedTuple):
    """A problem as an editor is told of it: see `Diagnostic`."""

    code: str
    message: str
    hint: str | None = None
    replacement: str | None = None


def explain(
    error: ValidationError,
    model: type[BaseModel],
    node: Node,
    path: str,
    diagnostics: Diagnostics,
    passed_over: Collection[str] = (),
) -> None:
    """Report each of pydantic's findings once per place, and no consequence of another beside it.

    Findings of the codes that are `passed_over` come of what was told before.
    """
    seen: set[Span] = set()
    findings = [_in_our_terms(one) for one in error.errors(include_url=False) if one["type"] not in passed_over]
    findings = [one for one in findings if one["type"] != "too_short" or not _has_below(one["loc"], findings)]
    odd = {one["loc"] for one in findings if one["type"] == "extra_forbidden"}
    meant = {(one["loc"][:-1], key) for one in findings if (key := _meant_key(one, model))}
    for found in findings:
        loc = found["loc"]
        place = node.key_at(loc) if found["type"] in _OF_KEYS else node.at(loc)
        span = place.span(path)
        missing = found["type"] == "missing"
        if (span in seen and not missing) or (missing and (loc[:-1], loc[-1]) in meant):
            continue
        if missing and _are_all(odd, loc[:-1], node):
            continue
        seen.add(span)
        told = _explain_one(found, model)
        diagnostics.error(told.code, told.message, span, told.hint, told.replacement)


def _are_all(odd: Collection[Loc], loc: Loc, node: Node) -> bool:
    """Whether none of the keys below `loc` is one that is known: what they are to be is told there."""
    entries = node.at(loc).entries
    return bool(loc and entries) and all((*loc, key) in odd for key in entries or ())


def _has_below(loc: Loc, findings: list[dict[str, Any]]) -> bool:
    """Whether something is wrong with a part of what `loc` leads to: pydantic does not count such parts."""
    return any(len(one["loc"]) > len(loc) and one["loc"][: len(loc)] == loc for one in findings)


def _in_our_terms(found: Any) -> dict[str, Any]:
    """A finding whose `loc` holds only what an editor typed; pydantic adds steps for keys and unions."""
    *above, last = found["loc"] or ("",)
    if last == "[key]":
        return {**found, "loc": tuple(above), "type": "bad_key"}
    if last in _FIGURE_BRANCHES:
        return {**found, "loc": tuple(above)}
    return {**found, "loc": (*found["loc"], *(found.get("ctx") or {}).get("at", ()))}


def _meant_key(found: dict[str, Any], model: type[BaseModel]) -> str | None:
    """The key that an unknown one was probably meant to be."""
    if found["type"] != "extra_forbidden":
        return None
    loc = found["loc"]
    name = str(loc[-1])
    known = _keys_at(model, loc[:-1])
    elsewhere = ELSEWHERE.get(name.lower())
    if elsewhere in known:
        return elsewhere
    return nearest(name.partition(":")[0], known) or nearest(name.split(" ")[0], known)


def _explain_one(found: Any, model: type[BaseModel]) -> Told:
    kind, loc, value = found["type"], found["loc"], found["input"]
    name = next((step for step in reversed(loc) if isinstance(step, str)), "this entry")
    given = _shown(value)
    described = _described(model, loc)
    match kind:
        case "missing":
            what = f": {described}" if described else ""
            return Told("missing-key", f"“{name}” is missing", f"add a line “{name}: …”{what}")
        case "extra_forbidden":
            return _unknown_key(str(name), _keys_at(model, loc[:-1]))
        case "literal_error" if value is None:
            return Told("empty-value", f"“{name}” may not be empty", _list(_literals(model, loc)))
        case "literal_error":
            known = _literals(model, loc)
            message = f"{given} is not a possible value of “{name}”"
            return Told("unknown-value", message, *guess(value if isinstance(value, str) else "", known, _list(known)))
        case "string_pattern_mismatch":
            return _bad_form(str(value), name, str(found["ctx"]["pattern"]), described)
        case "bad_key":
            hint = "use lower-case letters, digits and single hyphens"
            right = slug(str(value)) or None
            return Told("bad-form", f"{given} cannot be a key here", hint, right)
        case "string_type" | "decimal_type" | "int_type" | "bool_type" | "too_short" | "string_too_short" if (
            value is None or value in ("", (), []) or (isinstance(value, str) and not value.strip())
        ):
            hint = described or "write something, or take the line out if it may be missing"
            return Told("empty-value", f"“{name}” may not be empty", hint)
        case "string_type" | "decimal_type" | "int_type" | "bool_type":
            return Told("wrong-type", f"“{name}” needs a single value, not {given}", described)
        case "greater_than_equal" | "less_than_equal":
            limit = next(iter((found.get("ctx") or {}).values()))
            message = f"“{name}” is {limit} at {'least' if kind == 'greater_than_equal' else 'most'}"
            return Told("number-range", message, described)
        case "tuple_type" | "list_type":
            return _not_a_list(value, name)
        case "model_type" | "dict_type" | "model_attributes_type":
            return _not_a_mapping(value, name, _model_at(model, loc), described)
        case "string_too_short" | "too_short":
            return Told("too-few", f"“{name}” has too few items", described)
        case "url_parsing" | "url_scheme":
            if str(value).lower() in ("none", "null", "n/a", "unknown"):
                return Told("bad-url", f"{given} is not a web address", "write null if there is none", "null")
            if linked := re.fullmatch(r"\[[^\]]*\]\((https?://[^\s()]+)\)", str(value)):
                return Told("bad-url", f"{given} is a link in Markdown", f"write {linked[1]}", linked[1])
            bare = re.sub(r"^<?(?:h?t{1,2}ps?|https?)[:;/\s]*|>$", "", str(value))
            right = f"https://{bare}" if re.fullmatch(r"[\w-]+(\.[\w-]+)*\.[a-z]{2,}(/\S*)?", bare) else None
            hint = "write https:// before it" if right else "copy it from the browser: it begins with https://"
            return Told("bad-url", f"{given} is not a web address", hint, right)
        case _ if "_" in kind:
            return Told("bad-value", f"“{name}”: {found['msg']}")
        case _:
            context = found.get("ctx") or {}
            return Told(kind, found["msg"], context.get("hint") or OWN_HINTS.get(kind), context.get("replacement"))


def _unknown_key(name: str, known: list[str]) -> Told:
    if name == "<<":
        return Told("yaml-alias", "<< takes keys over from elsewhere in YAML, which is not used here", "write them out")
    if glued := _GLUED_KEY.fullmatch(name):
        right = f"{glued[1]}: {glued[2]}"
        return Told("colon-space", f"“{name}” lacks a space behind its colon", f"write {right}", right)
    found = guess(name, known)
    if not found.hint and (meant := ELSEWHERE.get(name.lower())) in known:
        found = Guess(f"did you mean “{meant}”?", meant)
    if not found.hint and " " in name:
        found = Guess(guess(name.split(" ")[0], known).hint)
    return Told("unknown-key", f"there is no key “{name}” here", found.hint or _list(known), found.replacement)


def _bad_form(value: str, name: str, pattern: str, described: str | None) -> Told:
    """What has not the form that a pattern asks for, with the nearest text that has it."""
    small = slips.plain(value).lower()
    trials = [
        slips.plain(value),
        small,
        slug(value),
        value.replace("_", "-"),
        value.replace("\\", "/").rpartition("/")[2],
        re.sub(r"^(https?)[:;/]*(?=\w)(.*[^/])/*$", r"\1://\2/", value),
        urlsplit(value).path if "://" in value else value,
        f"{value}/",
        *(start + small.strip("/").replace(" ", "-") + end for start in ("", "/") for end in ("/", "")),
    ]
    right = next((one for one in trials if re.fullmatch(pattern, one)), None)
    hint = f"write {right}" if right else described
    return Told("bad-form", f"“{value}” does not have the form that “{name}” needs", hint, right)


def _not_a_list(value: Any, name: str) -> Told:
    message = f"“{name}” needs a list, not {_shown(value)}"
    if isinstance(value, str) and value.startswith("-"):
        hint = "put a space behind each hyphen: “- one”"
        return Told("dash-space", f"“{name}” needs a list, and a list item begins with a hyphen and a space", hint)
    if isinstance(value, dict) and all(one is None for one in value.values()):  # {one, two}
        return Told("wrong-type", message, f"write [{', '.join(value)}]")
    inside = slips.plain(value).strip("()[]{} ") if isinstance(value, str) else ""
    if len(parts := inside.split()) > 1 and all(_HYPHENED.fullmatch(one.strip(",;")) for one in parts):
        inside = ", ".join(one.strip(",;") for one in parts)
    right = f"[{', '.join(re.split(r'[ ]*[,;][ ]*', inside))}]"
    if _ID_LIST.fullmatch(inside):
        return Told("wrong-type", message, f"write {right}", right)
    if inside and not re.search(r"[\[\]{}:#]", inside):
        return Told("wrong-type", message, f"write {right}")
    return Told("wrong-type", message, "write [one, two], or one “- item” to a line")


def _not_a_mapping(value: Any, name: str, model: type[BaseModel] | None, described: str | None) -> Told:
    message = f"“{name}” needs keys and values, not {_shown(value)}"
    if isinstance(value, str) and (glued := _GLUED_KEY.fullmatch(value)):
        right = f"{glued[1]}: {glued[2]}"
        return Told("colon-space", f"“{value}” lacks a space behind its colon", f"write {right}", right)
    if model is not None and "value" in model.model_fields and isinstance(value, str):
        return Told("wrong-type", message, f"write {{value: {value}, sources: [an-id]}}")
    needed = [key for key, field in (model.model_fields if model else {}).items() if field.is_required()]
    if len(needed) == 1 and isinstance(value, str) and _ONE_WORD.fullmatch(value):
        right = f"{{{needed[0]}: {value}}}"
        return Told("wrong-type", message, f"write {right}", right)
    keys = ", ".join(f"{key}: …" for key in needed)
    return Told("wrong-type", message, f"write its keys below it: {keys}" if keys else described)


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
    while loc and not isinstance(loc[-1], str):  # within a list
        loc = loc[:-1]
    parent, name = _model_at(model, loc[:-1]), str(loc[-1]) if loc else ""
    if parent is None or name not in parent.model_fields:
        return []
    return [str(value) for value in _choices(parent.model_fields[name].annotation)]


def _choices(annotation: Any) -> Iterator[Any]:
    """The words of a `Literal`, or of one that is within a list or may be missing."""
    if get_origin(annotation) is Literal:
        yield from get_args(annotation)
    else:
        for argument in get_args(annotation):
            yield from _choices(argument)


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
