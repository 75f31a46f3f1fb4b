"""A content file becomes entries: parsed, validated, its body converted, and what it mentions noted with places."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from itertools import zip_longest
from pathlib import PurePosixPath
from typing import Any

from pydantic import ValidationError

from microsite.content_files import ContentFile, Passage, decode, split_document
from microsite.diagnostics import Diagnostic, Diagnostics, Span
from microsite.entries import Body, Disputed, Entry, Lost, Mention, PageLink
from microsite.markdown import Converted, cited, convert
from microsite.markdown_lint import lint
from microsite.nesting import MAX_DEPTH, too_deep
from microsite.schema import KINDS, Kind
from microsite.schema.problems import explain
from microsite.schema.values import EntryId, Model, Sourced
from microsite.schema.walk import Found, walk
from microsite.strict_yaml import Loc, Node, parse_yaml

CONTENT = "content/"
ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Loaded:
    """All that one file gives: a pure function of its path and bytes. `places` tells where each entry begins."""

    entries: tuple[Entry, ...] = ()
    mentions: tuple[Mention, ...] = ()
    links: tuple[PageLink, ...] = ()
    disputed: tuple[Disputed, ...] = ()
    lost: tuple[Lost, ...] = ()
    places: Mapping[str, Span] = field(default_factory=dict)
    diagnostics: tuple[Diagnostic, ...] = ()


def kind_of(path: str) -> Kind | None:
    """The kind of content that a file holds, by where it lies; `path` is relative to the project."""
    inside = path.removeprefix(CONTENT)
    depth = inside.count("/")
    return next((kind for kind in KINDS if fnmatchcase(inside, kind.files) and kind.files.count("/") == depth), None)


def load_file(path: str, raw: bytes, kind: Kind) -> Loaded:
    """Read one file of a known kind. Problems are among the result."""
    diagnostics = Diagnostics()
    file = decode(path, raw, diagnostics)
    loader = _Loader(kind, path, diagnostics)
    if file is None or not loader.read(file):
        loader.lose_file(file.text if file else "")
    return Loaded(
        tuple(loader.entries),
        tuple(loader.mentions),
        tuple(loader.links),
        tuple(loader.disputed),
        tuple(loader.lost),
        loader.places,
        tuple(diagnostics.found),
    )


class _Loader:
    """The file being read and what has come of it so far."""

    def __init__(self, kind: Kind, path: str, diagnostics: Diagnostics) -> None:
        self.kind = kind
        self.path = path
        self.diagnostics = diagnostics
        self.entries: list[Entry] = []
        self.mentions: list[Mention] = []
        self.links: list[PageLink] = []
        self.disputed: list[Disputed] = []
        self.lost: list[Lost] = []
        self.places: dict[str, Span] = {}

    def read(self, file: ContentFile) -> bool:
        """False if nothing can be said of the entries that the file was to hold."""
        if self.kind.layout == "document":
            return self._read_document(file)
        passage = Passage(file.path, file.text)
        root = parse_yaml(passage.text, passage.path, self.diagnostics)
        if root is None or not self._is_mapping(root):
            return False
        if self.kind.layout == "data":
            self._add(PurePosixPath(self.path).stem, root, (), None, passage)
            return True
        for entry_id, (key, _) in (root.entries or {}).items():
            if self._is_id(entry_id, key):
                self._add(entry_id, root, (entry_id,), None, passage)
        return True

    def lose_file(self, text: str) -> None:
        """Note which entries are missing because the file could not be read."""
        if self.kind.layout == "collection":
            self.lost.append(Lost(self.kind.name, None, None))
            return
        stated = re.search(r"^permalink:[ ]*(/\S*)", text, re.MULTILINE)
        self._lose(PurePosixPath(self.path).stem, stated[1] if stated else None)

    def _lose(self, entry_id: str, permalink: str | None) -> None:
        home = self.kind.home.format(id=entry_id) if self.kind.home else None
        self.lost.append(Lost(self.kind.name, entry_id, permalink or home))

    def _read_document(self, file: ContentFile) -> bool:
        document = split_document(file, self.diagnostics)
        if document is None:
            return False
        front = document.front_matter
        deep = too_deep(document.body.text)
        if deep is not None:
            message = f"brackets or lists are nested more than {MAX_DEPTH} deep"
            self.diagnostics.error("deep-nesting", message, document.body.span(deep))
            return False
        lint(document.body, self.diagnostics)
        converted = convert(document.body.text)
        root = parse_yaml(front.text, front.path, self.diagnostics, front.first_line)
        if root is None or not self._is_mapping(root):
            return False
        entry_id = PurePosixPath(self.path).stem
        if not self._is_id(entry_id, root):
            return False
        if self._add(entry_id, root, (), converted.body, front):
            self._note_references(entry_id, converted, document.body)
        return True

    def _is_mapping(self, root: Node) -> bool:
        if root.entries is None:
            hint = "write “title: …”, one key to a line"
            self.diagnostics.error("not-a-mapping", "expected keys and values here", root.span(self.path), hint)
        return root.entries is not None

    def _is_id(self, entry_id: str, node: Node) -> bool:
        if ID.fullmatch(entry_id):
            return True
        message = f"“{entry_id}” cannot be an id"
        hint = "use lower-case letters, digits and single hyphens, for example sara-price"
        self.diagnostics.error("bad-id", message, node.span(self.path), hint)
        return False

    def _add(self, entry_id: str, root: Node, base: Loc, body: Body | None, passage: Passage) -> bool:
        node = root.at(base)
        try:
            data = self.kind.model.model_validate(node.data())
        except ValidationError as error:
            explain(error, self.kind.model, node, self.path, self.diagnostics)
            stated = node.entries.get("permalink") if node.entries else None
            self._lose(entry_id, stated[1].text if stated else None)
            return False
        permalink = _permalink(self.kind, entry_id, data)
        digest = _digest(self.kind.name, entry_id, self.path, data, body)
        self.entries.append(Entry(self.kind.name, entry_id, data, body, self.path, permalink, digest))
        by = f"{self.kind.name}/{entry_id}"
        self.places[by] = root.key_at(base).span(self.path) if base else Span(self.path)
        for found in walk(data):
            self._note_value(found, by, node, passage)
        return True

    def _note_value(self, found: Found, by: str, node: Node, passage: Passage) -> None:
        place = node.at(found.loc)
        if isinstance(found.value, EntryId):
            span = place.span(self.path)
            self.mentions.append(Mention(found.value.kind, str(found.value), by, span, found.label, found.anchor))
        elif isinstance(found.value, Sourced):
            if found.value.disputed:
                self.disputed.append(Disputed(found.value, by, found.label, found.anchor))
        else:
            self._note_citations(found, found.value, by, place, passage)

    def _note_citations(self, found: Found, text: str, by: str, place: Node, passage: Passage) -> None:
        # Quoting and folding change the text but not the order of what it cites.
        typed = cited(passage.text, passage.offset(place.line, place.column))
        for (target, _), (typed_target, offset) in zip_longest(cited(text), typed, fillvalue=("", -1)):
            if not target:
                break
            span = passage.span(offset, len(target)) if typed_target == target else place.span(self.path)
            self.mentions.append(Mention("source", target, by, span, found.label, found.anchor))

    def _note_references(self, entry_id: str, converted: Converted, passage: Passage) -> None:
        by = f"{self.kind.name}/{entry_id}"
        for reference in converted.references:
            span = passage.span(reference.offset, len(reference.target))
            if reference.kind == "link":
                self.links.append(PageLink(reference.target, span))
                continue
            heading = reference.heading
            label, anchor = (heading.text, heading.id) if heading else ("in the text", None)
            self.mentions.append(Mention(reference.kind, reference.target, by, span, label, anchor))


def _permalink(kind: Kind, entry_id: str, data: Any) -> str | None:
    own = getattr(data, "permalink", None)
    return own or (kind.home.format(id=entry_id) if kind.home else None)


def _digest(kind: str, entry_id: str, path: str, data: Model, body: Body | None) -> bytes:
    # Not as JSON, in which the number 7994 and the text "7994" are the same.
    whole = hashlib.sha256(f"{kind}\0{entry_id}\0{path}\0{data!r}\0".encode())
    whole.update(body.digest if body else b"")
    return whole.digest()
