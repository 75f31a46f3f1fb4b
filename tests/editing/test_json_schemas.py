"""The schemas that editors complete from: as the models are now, right about the content, and wrong about mistakes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT7

from microsite.content_files import decode, split_document
from microsite.diagnostics import Diagnostics
from microsite.editing.json_schemas import FOLDER, IDS, generated_files, modeline, schema_of
from microsite.load import kind_of, load_file
from microsite.schema import BY_NAME, KINDS
from microsite.strict_yaml import Node, PlainText, parse_yaml
from tests.projects import make_project, write
from tests.real_site import ROOT

FILES = sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "content").rglob("*.*"))
EMPTY_IDS: dict[str, Any] = {"$defs": {kind.name: {} for kind in KINDS}}
SOURCE = {"title": "A", "publisher": "B", "kind": "press", "url": None, "date": 2026, "language": "en"}
TERM = {"term": "Bivouac", "definition": "The camp.", "sources": ["a-source"]}


def as_editors_read(node: Node) -> Any:
    """A node as YAML 1.2 resolves it (core schema, https://yaml.org/spec/1.2.2/#103-core-schema)."""
    if node.entries is not None:
        return {key: as_editors_read(value) for key, (_, value) in node.entries.items()}
    if node.items is not None:
        return [as_editors_read(item) for item in node.items]
    if not isinstance(node.text, PlainText):
        return node.text
    if re.fullmatch(r"true|True|TRUE|false|False|FALSE", node.text):
        return node.text.lower() == "true"
    if re.fullmatch(r"[-+]?[0-9]+", node.text):
        return int(node.text)
    if re.fullmatch(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", node.text):
        return float(node.text)
    return str(node.text)


def data_of(path: str) -> Any:
    kind = kind_of(path)
    file = decode(path, (ROOT / path).read_bytes(), Diagnostics())
    assert kind
    assert file
    text = file.text
    if kind.layout == "document":
        document = split_document(file, Diagnostics())
        assert document
        text = document.front_matter.text
    node = parse_yaml(text, path, Diagnostics())
    assert node
    return as_editors_read(node)


def validator(kind: str) -> Draft7Validator:
    ids = Resource.from_contents(EMPTY_IDS, default_specification=DRAFT7)
    return Draft7Validator(schema_of(BY_NAME[kind]), registry=Registry().with_resource(IDS, ids))


def findings(kind: str, data: Any) -> list[str]:
    return [error.message for error in validator(kind).iter_errors(data)]


def test_what_is_committed_is_what_the_models_say() -> None:
    generated = generated_files(ROOT)
    ids = generated.pop(FOLDER + IDS)
    for path, text in generated.items():
        assert (ROOT / path).read_text("utf-8") == text, f"{path} is not current: run “python build.py --schemas”"
    # Ids come and go with the content; they are suggestions, so that an old list is no fault.
    committed = json.loads((ROOT / FOLDER / IDS).read_text("utf-8"))
    assert committed["$defs"].keys() == json.loads(ids)["$defs"].keys()
    assert {path.name for path in (ROOT / FOLDER).iterdir()} == {
        path.removeprefix(FOLDER) for path in [*generated, FOLDER + IDS] if path.startswith(FOLDER)
    }


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_every_schema_is_one_and_explains_every_key(kind: Any) -> None:
    schema = schema_of(kind)
    Draft7Validator.check_schema(schema)
    for name, properties in _all_properties(schema):
        for key, described in properties.items():
            said = described.get("description") or any("description" in one for one in described.get("anyOf", ()))
            assert said, f"{name} does not say what “{key}” is"


def _all_properties(schema: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for name, one in {"the file": schema, **schema.get("$defs", {})}.items():
        yield name, one.get("properties", {})


@pytest.mark.parametrize("path", FILES)
def test_no_file_of_the_site_is_found_wrong(path: str) -> None:
    kind = kind_of(path)
    assert kind
    assert findings(kind.name, data_of(path)) == []


@pytest.mark.parametrize(
    ("kind", "data", "finding"),
    [
        ("source", {"a-source": {**SOURCE, "titel": "A"}}, "'titel' was unexpected"),
        ("source", {"A Source": SOURCE}, "'A Source' does not match"),
        ("source", {"a-source": {**SOURCE, "kind": "blog"}}, "'blog' is not one of"),
        ("source", {"a-source": {**SOURCE, "date": "17 January"}}, "'17 January' is not valid under any"),
        ("source", {"a-source": {**SOURCE, "language": "English"}}, "'English' does not match"),
        ("source", {"a-source": {key: SOURCE[key] for key in list(SOURCE)[1:]}}, "'title' is a required property"),
        ("term", {"bivouac": {**TERM, "sources": []}}, "is not valid under any of the given schemas"),
        ("term", {"bivouac": {**TERM, "sources": ["Not An Id"]}}, "'Not An Id' does not match"),
        ("update", {"title": "A", "description": "B", "date": "1.2.2026"}, "'1.2.2026' does not match"),
        ("update", {"title": "A", "description": "B", "date": "2026-02-01", "draft": "yes"}, "'yes' is not of type"),
        ("factsheet", {"title": "A", "figures": [{"id": "a", "label": "B", "value": 5}]}, "is not valid under any"),
        (
            "place",
            {"x": {"name": "X", "country": "GB", "latitude": 91, "longitude": 0}},
            "91 is greater than the maximum",
        ),
    ],
)
def test_what_the_build_refuses_is_found_wrong(kind: str, data: Any, finding: str) -> None:
    assert any(finding in one for one in findings(kind, data)), findings(kind, data)


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("source", {"a-source": SOURCE}),
        ("term", {"bivouac": TERM}),
        ("term", {"bivouac": {**TERM, "sources": [], "unverified": True}}),
        ("factsheet", {"title": 1979, "figures": [{"id": "a", "label": "B", "value": None}]}),
    ],
)
def test_what_the_build_accepts_is_found_right(kind: str, data: Any) -> None:
    assert findings(kind, data) == []


def test_ids_are_suggested_from_the_content_and_the_first_line_is_set_once(tmp_path: Path) -> None:
    root = make_project(tmp_path)
    files = generated_files(root)
    assert json.loads(files["schemas/ids.schema.json"])["$defs"]["source"] == {"examples": ["first-source"]}
    path = "content/sources/press.yaml"
    first, _, rest = files[path].partition("\n")
    assert first == "# yaml-language-server: $schema=../../schemas/source.schema.json"
    assert rest == (root / path).read_text()
    write(root, path, files[path].replace("../../", "old/"))
    assert generated_files(root)[path] == files[path]
    assert load_file(path, files[path].encode(), BY_NAME["source"]).diagnostics == ()
    assert modeline("content/site.yaml", BY_NAME["site"]).endswith("$schema=../schemas/site.schema.json\n")
