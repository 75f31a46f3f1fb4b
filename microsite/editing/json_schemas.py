"""JSON Schemas of all content, made from the models, so that editors complete keys and explain them.

They say what the models say, as far as JSON Schema can: that an id leads somewhere or a quote is short enough, only the
build can tell. Draft 7, the newest that the YAML language server reads in full.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from microsite.content_files import decode
from microsite.diagnostics import Diagnostics
from microsite.load import CONTENT
from microsite.schema import KINDS, Kind
from microsite.schema.kinds import ClassCount, ResultTable, Route
from microsite.schema.problems import models_in
from microsite.schema.values.facts import Cited, Sourced
from microsite.schema.values.ids import OF_KIND, SLUG, EntryId
from microsite.strict_yaml import parse_yaml

FOLDER = "schemas/"
IDS = "ids.schema.json"
SETTINGS = ".vscode/settings.json"
DRAFT = "http://json-schema.org/draft-07/schema#"
MODELINE = "# yaml-language-server: $schema="

# What a fact looks like that needs no source, because it says that nothing is known: `is_known` of the model.
_NULL = {"type": "null"}
_NOTHING_KNOWN: Mapping[type[Sourced], JsonSchemaValue] = {
    Cited: {"properties": {"value": _NULL}},
    Route: {"properties": {"stops": {"maxItems": 0}}},
    ClassCount: {"properties": {"starters": _NULL, "finishers": _NULL}},
    ResultTable: {"properties": {"rows": {"maxItems": 0}}},
}
_HAS_SOURCE = {"required": ["sources"], "properties": {"sources": {"minItems": 1}}}
_IS_UNVERIFIED = {"required": ["unverified"], "properties": {"unverified": {"const": True}}}


def generated_files(root: Path) -> dict[str, str]:
    """Every file that is made from the models, by path in the project, and the data files with their first line set."""
    schemas = {schema_path(kind): _as_text(schema_of(kind)) for kind in KINDS}
    return {
        **schemas,
        FOLDER + IDS: ids_file(root),
        SETTINGS: _as_text(_editor_settings()),
        **dict(_data_files(root)),
    }


def schema_path(kind: Kind) -> str:
    return f"{FOLDER}{kind.name}.schema.json"


def modeline(path: str, kind: Kind) -> str:
    """The first line of a data file, which tells editors where its schema is."""
    return f"{MODELINE}{'../' * path.count('/')}{schema_path(kind)}\n"


def schema_of(kind: Kind) -> JsonSchemaValue:
    """The schema of a file of this kind; of its front matter, if it is a document."""
    made = kind.model.model_json_schema(schema_generator=_Generator)
    schemas = made.pop("$defs", {}) | {kind.model.__name__: made}
    for model in _models(kind.model):
        _demand_source(model, schemas[model.__name__])
    for schema in schemas.values():
        _tidy(schema)
    top: JsonSchemaValue = {"$schema": DRAFT, "title": f"{kind.name}: {CONTENT}{kind.files}"}
    if kind.layout == "collection":
        entry = {"$ref": f"#/$defs/{kind.model.__name__}"}
        top |= {"type": "object", "propertyNames": {"pattern": f"^{SLUG}$"}, "additionalProperties": entry}
    else:
        top |= schemas.pop(kind.model.__name__)
    return top | ({"$defs": dict(sorted(schemas.items()))} if schemas else {})


class _Generator(GenerateJsonSchema):
    """A text that looks like a number is text to the build, but a number to every other reader of YAML."""

    def str_schema(self, schema: core_schema.StringSchema) -> JsonSchemaValue:
        return super().str_schema(schema) | {"type": ["string", "number"]}


def _models(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    """A model and all that its fields hold."""
    waiting, seen = [model], {model}
    while waiting:
        one = waiting.pop()
        yield one
        for field in one.model_fields.values():
            found = [inner for inner in models_in(field.annotation) if inner not in seen]
            seen.update(found)
            waiting.extend(found)


def _demand_source(model: type[BaseModel], schema: JsonSchemaValue) -> None:
    if issubclass(model, Sourced):
        nothing_known = [one for base, one in _NOTHING_KNOWN.items() if issubclass(model, base)]
        schema["anyOf"] = [*nothing_known, _HAS_SOURCE, _IS_UNVERIFIED]


def _tidy(schema: Any) -> None:
    """Take out what pydantic adds and nobody needs, and let ids be suggested wherever one is expected."""
    if isinstance(schema, list):
        for one in schema:
            _tidy(one)
    elif isinstance(schema, dict):
        if isinstance(schema.get("title"), str):  # made from the key; a property may be called “title” too
            del schema["title"]
        if "default" in schema and schema["default"] in (None, []):
            del schema["default"]
        if OF_KIND in schema:
            schema["allOf"] = [{"$ref": f"{IDS}#/$defs/{schema.pop(OF_KIND)}"}]
        for one in list(schema.values()):
            _tidy(one)


def ids_file(root: Path) -> str:
    """The ids there are, as suggestions: an id that is newer than this list is no error."""
    named = sorted(one.kind for one in EntryId.__subclasses__())
    kinds = [kind for kind in KINDS if kind.name in named]
    suggested = {kind.name: {"examples": sorted(ids_of(root, kind))} for kind in kinds}
    return _as_text({"$schema": DRAFT, "$defs": suggested})


def ids_of(root: Path, kind: Kind) -> Iterator[str]:
    for path, text in content_files(root, kind):
        if kind.layout == "collection":
            node = parse_yaml(text, path, Diagnostics())
            yield from (node.entries or {}) if node else ()
        else:
            yield PurePosixPath(path).stem


def _data_files(root: Path) -> Iterator[tuple[str, str]]:
    for kind in KINDS:
        for path, text in content_files(root, kind) if kind.layout != "document" else ():
            first, _, rest = text.partition("\n")
            yield path, modeline(path, kind) + (rest if first.startswith(MODELINE) else text)


def content_files(root: Path, kind: Kind) -> Iterator[tuple[str, str]]:
    for path in sorted((root / CONTENT).glob(kind.files)):
        name = path.relative_to(root).as_posix()
        file = decode(name, path.read_bytes(), Diagnostics())
        if file:
            yield name, file.text


def _editor_settings() -> JsonSchemaValue:
    """For VS Code; the first lines of the data files tell other editors the same."""
    data = [kind for kind in KINDS if kind.layout != "document"]
    return {
        "yaml.schemas": {f"./{schema_path(kind)}": f"{CONTENT}{kind.files}" for kind in data},
        "yaml.format.enable": False,
        "files.eol": "\n",
        "files.insertFinalNewline": True,
        "[yaml]": {"editor.insertSpaces": True, "editor.tabSize": 2, "files.trimTrailingWhitespace": True},
        "[markdown]": {"editor.wordWrap": "on"},
    }


def _as_text(data: Any) -> str:
    return json.dumps(data, indent=2, ensure_ascii=False) + "\n"
