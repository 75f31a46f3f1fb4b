"""`--new KIND NAME`: a valid file, or a valid entry at the end of the right one, its keys explained in comments."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from microsite.content_files import decode
from microsite.diagnostics import Diagnostics
from microsite.editing.beginnings import BEGINNINGS, Beginning, CannotBegin, Known
from microsite.editing.changes import Changes, write
from microsite.editing.json_schemas import content_files, ids_of, modeline, schema_of
from microsite.editing.scalars import scalar
from microsite.editing.source_address import begin_source
from microsite.load import CONTENT
from microsite.schema import BY_NAME, KINDS, Kind
from microsite.slugs import slug
from microsite.strict_yaml import parse_yaml
from microsite.style_sheets import STATIC
from microsite.suggest import did_you_mean

OTHER_NAMES = {
    "heritage": "chapter",
    "heritage-chapter": "chapter",
    "press-record": "record",
    "word": "term",
    "glossary": "term",
    "note": "update",
    "land-rover-entry": "land-rover",
}
NAMES = ("source", "picture", *BEGINNINGS)
PICTURES = STATIC + "pictures/"
PICTURE_ENDINGS = ("webp", "png", "jpg", "jpeg", "avif")
_COMMENT_WIDTH = 30


@dataclass(frozen=True, slots=True)
class Begun:
    """What was begun, where, and what to do now. `line` counts from 1."""

    kind: str
    id: str
    path: str
    line: int
    todo: str


def begin(root: Path, words: Sequence[str], today: str) -> Begun:
    """Write the file or entry that `--new` asks for; `CannotBegin` if that would overwrite or break something."""
    kind = _kind(words[0] if words else "")
    known = Known({one.name: tuple(ids_of(root, one)) for one in KINDS}, today, _sources(root))
    given = [word.strip() for word in words[1:] if word.strip()]
    if not given:
        raise CannotBegin(f"write what it is called: --new {kind.name} NAME")
    beginning = _begin(root, kind, given, known)
    if not beginning.id:
        raise CannotBegin(f"“{' '.join(given)}” holds no letter or digit from which an id could be made")
    if beginning.id in known.ids[kind.name]:
        raise CannotBegin(f"the {kind.name} “{beginning.id}” is there already: {_file_of(root, kind, beginning.id)}")
    return _put(root, kind, beginning)


def _kind(name: str) -> Kind:
    wanted = OTHER_NAMES.get(slug(name), slug(name))
    if wanted in NAMES:
        return BY_NAME[wanted]
    if wanted in BY_NAME:
        raise CannotBegin(f"there is one {wanted}, and it is there: {CONTENT}{BY_NAME[wanted].files}")
    hint = did_you_mean(name, [*NAMES, *OTHER_NAMES]) if name else None
    raise CannotBegin(hint or f"what is it to be? One of: {', '.join(sorted(NAMES))}")


def _begin(root: Path, kind: Kind, words: list[str], known: Known) -> Beginning:
    if kind.name == "source":
        return begin_source(words[0], " ".join(words[1:]), known)
    if kind.name == "picture":
        return _begin_picture(root, " ".join(words), known)
    return BEGINNINGS[kind.name](" ".join(words), known)


def _begin_picture(root: Path, name: str, known: Known) -> Beginning:
    """A picture is named by its file, which is copied to where pictures are, unless it is there already."""
    folder = root / PICTURES
    picture_id = slug(PurePosixPath(name).stem if "." in name else name)
    found = [one for one in (Path(name), folder / name) if one.is_file()]
    found += [one for ending in PICTURE_ENDINGS if (one := folder / f"{picture_id}.{ending}").is_file()]
    if not found:
        raise CannotBegin(f"there is no file {name}, and none of that name in {PICTURES}; give the path of the picture")
    ending = found[0].suffix.lower().lstrip(".")
    if ending not in PICTURE_ENDINGS:
        raise CannotBegin(f"{found[0].name} is none of the pictures that are understood: {', '.join(PICTURE_ENDINGS)}")
    file = found[0].resolve()
    if not file.is_relative_to(folder.resolve()):
        goal = folder / f"{picture_id}.{ending}"
        if goal.exists() or picture_id in known.ids["picture"]:
            raise CannotBegin(f"there is already a picture “{picture_id}”; rename yours first")
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, goal)
        file = goal.resolve()
    values = {
        "draft": True,
        "file": file.relative_to(folder.resolve()).as_posix(),
        "alt": "Say what the picture shows, for those who cannot see it.",
        "credit": "Say who made it",
        "licence": "CC BY 4.0",
    }
    todo = f"write alt and credit, take “draft: true” away, and show it: ![](picture:{picture_id})"
    return Beginning(picture_id, values, todo)


def _sources(root: Path) -> dict[str, Mapping[str, Any]]:
    found: dict[str, Mapping[str, Any]] = {}
    for path, text in content_files(root, BY_NAME["source"]):
        node = parse_yaml(text, path, Diagnostics())
        data = node.data() if node else None
        if isinstance(data, dict):
            needed = ("publisher", "kind", "language")
            found |= {key: one for key, one in data.items() if isinstance(one, dict) and all(map(one.get, needed))}
    return found


def _file_of(root: Path, kind: Kind, entry_id: str) -> str:
    if kind.layout != "collection":
        return CONTENT + kind.files.replace("*", entry_id)
    return next(
        f"{path}:{node.key_at((entry_id,)).line}"
        for path, text in content_files(root, kind)
        if (node := parse_yaml(text, path, Diagnostics())) and node.entries and entry_id in node.entries
    )


# Writing it -----------------------------------------------------------------------------------------------------------


def _put(root: Path, kind: Kind, beginning: Beginning) -> Begun:
    path = CONTENT + kind.files.replace("*", _file_name(kind, beginning))
    exists = (root / path).exists()
    if exists and kind.layout != "collection":
        raise CannotBegin(f"there is already a file {path}")
    before = (root / path).read_bytes() if exists else b""
    head, line = _head(kind, path, before)
    written = head + _text(kind, beginning)
    write(root, Changes({path: before} if exists else {}, {path: written.encode()}))
    return Begun(kind.name, beginning.id, path, line, beginning.todo)


def _file_name(kind: Kind, beginning: Beginning) -> str:
    return str(beginning.values["kind"]) if kind.name == "source" else beginning.id


def _head(kind: Kind, path: str, before: bytes) -> tuple[str, int]:
    """What stands before the new entry, and the line in which the entry begins."""
    if kind.layout == "document":
        return "", 1
    if not before:
        return modeline(path, kind), 2
    file = decode(path, before, Diagnostics())
    if file is None:
        raise CannotBegin(f"{path} cannot be read; mend it first: python build.py --check")
    text = file.text.rstrip("\n") + "\n\n"
    return text, text.count("\n") + 1


def _text(kind: Kind, beginning: Beginning) -> str:
    lines = list(keys_explained(kind, beginning.values))
    if kind.layout == "document":
        return "---\n" + "\n".join(lines) + f"\n---\n\n{beginning.body}"
    if kind.layout == "collection":
        lines = [f"{beginning.id}:", *(f"  {line}" for line in lines)]
    return "\n".join(lines) + "\n"


def keys_explained(kind: Kind, values: Mapping[str, Any]) -> Iterator[str]:
    """The lines of an entry: what is given with its explanation above, and every other key as a comment to be used."""
    schema = schema_of(kind)
    definitions = schema.get("$defs", {})
    entry = definitions[kind.model.__name__] if kind.layout == "collection" else schema
    properties = entry["properties"]
    for key, value in values.items():
        yield f"# {_explanation(properties[key], definitions)}"
        yield from _yaml(key, value)
    others = {key: one for key, one in properties.items() if key not in values and key != "draft"}
    if others:
        yield "# What else there is; take the # away to use it."
    for key, one in others.items():
        example = f"# {key}: {_example(one, definitions)}"
        yield f"{example:<{_COMMENT_WIDTH}}  # {_explanation(one, definitions)}"


def _explanation(schema: Mapping[str, Any], definitions: Mapping[str, Any]) -> str:
    inner = _without_null(schema)
    said = str(schema.get("description") or inner.get("description") or "")
    possible = inner.get("enum") or _resolved(inner, definitions).get("enum")
    return f"{said} (one of: {', '.join(map(str, possible))})" if possible else said


def _without_null(schema: Mapping[str, Any]) -> Mapping[str, Any]:
    return next((one for one in schema.get("anyOf", ()) if one.get("type") != "null"), schema)


def _resolved(schema: Mapping[str, Any], definitions: Mapping[str, Any]) -> Mapping[str, Any]:
    return definitions[schema["$ref"].rpartition("/")[2]] if "$ref" in schema else schema


def _example(schema: Mapping[str, Any], definitions: Mapping[str, Any]) -> str:
    """A value of the form that a key needs, on one line."""
    one = _resolved(_without_null(schema), definitions)
    if examples := schema.get("examples") or one.get("enum") or one.get("examples"):
        return scalar(str(examples[0]))
    if "allOf" in one:
        return f"id-of-a-{one['allOf'][0]['$ref'].rpartition('/')[2]}"
    match one.get("type"):
        case "array":
            items = [_example(one["items"], definitions)] * max(one.get("minItems", 1), 1)
            return f"[{', '.join(items)}]"
        case "object":
            parts = {key: _example(one["properties"][key], definitions) for key in one.get("required", ())}
            if "sources" in one.get("properties", {}):
                parts["sources"] = "[id-of-a-source]"
            return "{" + ", ".join(f"{key}: {value}" for key, value in parts.items()) + "}"
        case "boolean":
            return "true"
        case "integer" | "number":
            return "1"
        case _:
            return "/old-address/" if str(one.get("pattern", "")).startswith("^/") else "words"


def _yaml(key: str, value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        yield f"{key}:"
        for inner, one in value.items():
            yield from (f"  {line}" for line in _yaml(inner, one))
    elif isinstance(value, list) and value and isinstance(value[0], Mapping):
        yield f"{key}:"
        for one in value:
            lines = [line for inner, each in one.items() for line in _yaml(inner, each)]
            yield from (f"  {'- ' if not index else '  '}{line}" for index, line in enumerate(lines))
    elif isinstance(value, list):
        yield f"{key}: [{', '.join(scalar(str(one)) for one in value)}]"
    elif value is None:
        yield f"{key}: null"
    elif isinstance(value, bool):
        yield f"{key}: {str(value).lower()}"
    else:
        yield f"{key}: {scalar(str(value))}"
