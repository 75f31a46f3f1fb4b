"""A content file becomes entries: parsed, validated, its body converted, and what it mentions noted with places."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from itertools import zip_longest
from pathlib import PurePosixPath
from typing import Any, NamedTuple

from pydantic import ValidationError

from microsite.content_files import ContentFile, Passage, decode, split_document
from microsite.diagnostics import Diagnostic, Diagnostics, Span
from microsite.entries import Body, Disputed, Entry, Lost, Mention, NamedPerson, PageLink, PastDay
from microsite.markdown import Converted, cited, convert, linked
from microsite.markdown_lint import lint, lint_inline
from microsite.markdown_lint.placeholders import placeholders
from microsite.markdown_lint.plain import lint_plain
from microsite.nesting import MAX_DEPTH, too_deep
from microsite.schema import KINDS, Kind
from microsite.schema.problems import explain
from microsite.schema.typed_nodes import models_with, names_people, typed_nodes
from microsite.schema.values.facts import Model, Sourced
from microsite.schema.values.ids import EntryId, Keyword, PageAddress, Permalink
from microsite.schema.values.numbers import NamesEdition
from microsite.schema.values.texts import InlineMarkdown, PlainProse
from microsite.schema.values.times import Past, exists
from microsite.schema.walk import Found, anchored, walk
from microsite.slugs import slug
from microsite.strict_yaml import Loc, Node, parse_yaml

CONTENT = "content/"
_UNIQUE = sorted({key for kind in KINDS for key in kind.unique})
OBJECTIONABLE = ("file", "view", "permalink", "year", "date", "font", "offline", *_UNIQUE)
"""Keys whose values are found wrong only when all files are known."""
SEVERAL = 3
"""So many unknown keys or ids are no slips of the pen."""


class NamedBy(NamedTuple):
    """A value that the name of a document holds: the code if it holds another, and where it stands."""

    code: str
    pattern: re.Pattern[str]


NAMED_BY = {
    "year": NamedBy("name-and-year", re.compile(r"(.+)")),
    "date": NamedBy("name-and-date", re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:-.*)?")),
    "number": NamedBy("name-and-number", re.compile(r"[a-z]+-([0-9]+)")),
}
YEAR = re.compile(r"[12][0-9]{3}")
ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Loaded:
    """All that one file gives: a pure function of its path and bytes.

    `places` tells where each entry begins, `person/sara-price`, and where what others may object to is typed,
    `person/sara-price.picture`. `unread` are the mentions of entries that are lost, and names of editions that are
    years, `files` pictures named by file, `past` the dates that cannot lie in the future, `people` the names in tables.
    """

    entries: tuple[Entry, ...] = ()
    mentions: tuple[Mention, ...] = ()
    unread: tuple[Mention, ...] = ()
    links: tuple[PageLink, ...] = ()
    files: tuple[PageLink, ...] = ()
    past: tuple[PastDay, ...] = ()
    people: tuple[NamedPerson, ...] = ()
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
        tuple(loader.unread),
        tuple(loader.links),
        tuple(loader.files),
        tuple(loader.past),
        tuple(loader.people),
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
        self.unread: list[Mention] = []
        self.links: list[PageLink] = []
        self.files: list[PageLink] = []
        self.past: list[PastDay] = []
        self.people: list[NamedPerson] = []
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
        runs_on = any(value.runs_on for _, value in (root.entries or {}).values())
        if root.given_twice or runs_on:  # what is below the second of two equal keys has another id in truth
            self.lost.append(Lost(self.kind.name, None, None))
        for entry_id, (key, _) in (root.entries or {}).items():
            right = slug(entry_id) or None
            if self._is_id(entry_id, key.span(self.path), f"write {right}" if right else "choose another", right):
                self._add(entry_id, root, (entry_id,), None, passage)
            else:
                self._lose(right or entry_id, None)
        return True

    def lose_file(self, text: str) -> None:
        """Note which entries are missing because the file could not be read."""
        if self.kind.layout == "collection":
            self.lost.append(Lost(self.kind.name, None, None))
            return
        stated = re.search(r"^permalink:[ ]*(/\S*)", text, re.MULTILINE)
        stem = PurePosixPath(self.path).stem
        self._lose(slug(stem) or stem, stated[1] if stated else None)

    def _lose(self, entry_id: str, permalink: str | None) -> None:
        home = self.kind.home.format(id=entry_id) if self.kind.home else None
        for address in dict.fromkeys((permalink or home, home)):
            self.lost.append(Lost(self.kind.name, entry_id, address))

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
        entry_id = PurePosixPath(self.path).stem
        named = self._is_id(entry_id, Span(self.path), f"rename the file to {slug(entry_id) or 'a-name'}.md")
        if root is None or not self._is_mapping(root) or not named:
            self._note_references(entry_id, converted, document.body, self.unread)
            return False
        added = self._add(entry_id, root, (), converted.body, front)
        if not _is_draft(root):
            placeholders(document.body, self.diagnostics)
        self._note_references(entry_id, converted, document.body, self.mentions if added else self.unread)
        return True

    def _is_mapping(self, root: Node) -> bool:
        if root.entries is None:
            hint = "write “title: …”, one key to a line"
            self.diagnostics.error("not-a-mapping", "expected keys and values here", root.span(self.path), hint)
        return root.entries is not None

    def _is_id(self, entry_id: str, span: Span, hint: str, replacement: str | None = None) -> bool:
        if ID.fullmatch(entry_id):
            return True
        message = f"“{entry_id}” cannot be an id: ids are made of lower-case letters, digits and single hyphens"
        self.diagnostics.error("bad-id", message, span, hint, replacement)
        return False

    def _add(self, entry_id: str, root: Node, base: Loc, body: Body | None, passage: Passage) -> bool:
        node = root.at(base)
        by = f"{self.kind.name}/{entry_id}"
        self._note_typed(node, by, passage)
        data = self._validated(node)
        if names_people(self.kind.model):
            self._note_people(node, by, is_sound=data is not None)
        if data is None:
            stated = node.entries.get("permalink") if node.entries else None
            self._lose(entry_id, stated[1].text if stated else None)
            self._note_unread(node, by, passage)
            return False
        permalink = _permalink(self.kind, entry_id, data)
        digest = _digest(self.kind.name, entry_id, self.path, data, body)
        self.entries.append(Entry(self.kind.name, entry_id, data, body, self.path, permalink, digest))
        self.places[by] = root.key_at(base).span(self.path) if base else Span(self.path)
        for found in walk(data):
            self._note_value(found, by, node, passage)
        return True

    def _validated(self, node: Node) -> Model | None:
        """The entry's data, or None if anything in it is wrong, which is then reported."""
        if meant := self._kind_of_other_folder(node):
            self._report_misplaced(meant)
            return None
        sound = self._has_different_ids(node)
        misnamed = self._key_against_its_name(node)
        try:
            data = self.kind.model.model_validate(node.data())
        except ValidationError as error:
            explain(error, self.kind.model, node, self.path, self.diagnostics, ("other-year",) if misnamed else ())
            data = None
        if misnamed and node.at((misnamed,)).span(self.path) not in {one.span for one in self.diagnostics.found}:
            self._report_misnamed(misnamed, node)
            return None
        return data if data is not None and sound and self._has_different_anchors(data, node) else None

    def _kind_of_other_folder(self, node: Node) -> Kind | None:
        """The kind of document that this one is by its keys, if it lies in the folder of another."""
        keys = set(node.entries or ())
        if self.kind.layout != "document" or len(keys - set(self.kind.model.model_fields)) < SEVERAL:
            return None
        others = (one for one in KINDS if one.layout == "document" and one is not self.kind)
        return next((one for one in others if _required(one.model) <= keys <= set(one.model.model_fields)), None)

    def _report_misplaced(self, meant: Kind) -> None:
        stem = PurePosixPath(self.path).stem
        place = CONTENT + meant.files.replace("*", stem)
        message = f"by its keys this is a {meant.name}, which has a folder of its own"
        self.diagnostics.error("stray-file", message, Span(self.path), f"did you mean {place}?")
        self.lost.append(Lost(meant.name, stem, meant.home.format(id=stem) if meant.home else None))

    def _key_against_its_name(self, node: Node) -> str | None:
        """The key by which a file that is called by a year, a day or a number tells of another: see `NAMED_BY`."""
        if self.kind.layout != "document":
            return None
        for key in NAMED_BY.keys() & self.kind.model.model_fields.keys():
            named = self._named(key)
            if node.entries and key in node.entries and named and node.at((key,)).text not in (None, named):
                return key
        return None

    def _named(self, key: str) -> str | None:
        """The year, day or number by which the file is called."""
        match = NAMED_BY[key].pattern.fullmatch(PurePosixPath(self.path).stem)
        return match[1] if match else None

    def _report_misnamed(self, key: str, node: Node) -> None:
        """What was meant to have the name that the key tells is not missing either."""
        value, code = node.at((key,)), NAMED_BY[key].code
        message = f"the file is called {PurePosixPath(self.path).stem} but says that the {key} is {value.text}"
        named = self._named(key) or ""
        possible = YEAR.fullmatch(named) if key == "year" else exists(named)
        if key == "number":
            possible = named == "0" or named.lstrip("0") == named
        meant = PurePosixPath(self.path).stem.removesuffix(named) + str(value.text) if key != "date" else ""
        rename = f"rename the file to {meant}.md" if ID.fullmatch(meant) else "rename the file"
        self.diagnostics.error(
            code, message, value.span(self.path), f"write {named}, or {rename}" if possible else rename
        )
        if ID.fullmatch(meant):
            self._lose(meant, None)

    def _has_different_ids(self, node: Node) -> bool:
        """Whether no two parts of an entry have one id, which would be that of two elements of a page."""
        first: dict[str, Node] = {}
        sound = True
        for model, part in models_with(self.kind.model, node):
            named = (part.entries or {}).get("id")
            if named is None or "id" not in model.model_fields or not named[1].text:
                continue
            known = first.setdefault(named[1].text, named[1])
            if known is not named[1]:
                message = f"the id “{named[1].text}” is given twice in one entry"
                hint = f"it is already in line {known.line}; change one of the two"
                self.diagnostics.error("duplicate-part-id", message, named[1].span(self.path), hint)
                sound = False
        return sound

    def _has_different_anchors(self, data: Model, node: Node) -> bool:
        """The same of parts that are told apart by something else than an id, such as the winners of each category."""
        seen: set[str] = set()
        sound = True
        for anchor, loc in anchored(data):
            if anchor in seen:
                part = node.at(loc)
                texts = (value for _, value in (part.entries or {}).values() if value.text)
                named = next((one for one in texts if anchor.endswith(f"-{one.text}")), part)
                message = f"“{named.text or anchor}” is given twice under “{loc[0]}”"
                hint = "keep one of the two, or correct this one"
                self.diagnostics.error("duplicate-part-id", message, named.span(self.path), hint)
                sound = False
            seen.add(anchor)
        return sound

    def _note_typed(self, node: Node, by: str, passage: Passage) -> None:
        """What texts and addresses hold, right or wrong, and where what others may object to is typed."""
        for key in OBJECTIONABLE:
            if node.entries and key in node.entries:
                self.places[f"{by}.{key}"] = node.entries[key][1].span(self.path)
        is_draft = _is_draft(node)
        for kind, name, value in typed_nodes(self.kind.model, node):
            if issubclass(kind, (InlineMarkdown, PlainProse)) and not is_draft:
                placeholders(_typed_text(value, passage), self.diagnostics)
            if issubclass(kind, InlineMarkdown):
                text = _typed_text(value, passage)
                if too_deep(text.text) is None:
                    lint_inline(text, self.diagnostics)
                    self.links += (PageLink(target, text.span(at, len(target)), by) for target, at in linked(text.text))
            elif issubclass(kind, PlainProse):
                lint_plain(_typed_text(value, passage), self.diagnostics)
            elif issubclass(kind, PageAddress):
                self.links.append(PageLink(value.text or "", value.span(self.path), by))
            elif issubclass(kind, NamesEdition) and YEAR.fullmatch(value.text or ""):
                self.unread.append(Mention("edition", value.text or "", by, value.span(self.path), name, None))
            elif issubclass(kind, Past):
                self.past.append(PastDay(value.text or "", value.span(self.path), by))
            elif issubclass(kind, (Permalink, Keyword)):
                self.places[f"{by}.{value.text}"] = value.span(self.path)

    def _note_people(self, node: Node, by: str, is_sound: bool) -> None:
        """Of an entry that is refused only names with an id beside them: it may be the id that is misspelt."""
        for model, part in models_with(self.kind.model, node):
            for name_key, id_key in model.people:
                entries = part.entries or {}
                beside = str(entries[id_key][1].text or "") if id_key in entries else ""
                if name_key in entries and (name := entries[name_key][1]).text and (beside or is_sound):
                    named = NamedPerson(str(name.text), beside or None, id_key, name.span(self.path), by)
                    self.people.append(named)

    def _note_unread(self, node: Node, by: str, passage: Passage) -> None:
        """What an entry mentions that is refused for something else."""
        for kind, name, value in typed_nodes(self.kind.model, node):
            if issubclass(kind, EntryId):
                self.unread.append(Mention(kind.kind, value.text or "", by, value.span(self.path), name, None))
            elif issubclass(kind, InlineMarkdown):
                text = _typed_text(value, passage)
                for target, at in cited(text.text):
                    self.unread.append(Mention("source", target, by, text.span(at, len(target)), name, None))

    def _note_value(self, found: Found, by: str, node: Node, passage: Passage) -> None:
        place = node.at(found.loc)
        if isinstance(found.value, EntryId):
            span = place.span(self.path)
            self.mentions.append(Mention(found.value.kind, str(found.value), by, span, found.label, found.anchor))
        elif isinstance(found.value, Sourced):
            if found.value.disputed:
                self.disputed.append(Disputed(found.value, by, found.label, found.anchor))
        else:
            text = _typed_text(place, passage)
            # Escapes may hide in what was typed what the text cites.
            for (target, _), (typed, at) in zip_longest(cited(found.value), cited(text.text), fillvalue=("", -1)):
                if target:
                    span = text.span(at, len(target)) if typed == target else place.span(self.path)
                    self.mentions.append(Mention("source", target, by, span, found.label, found.anchor))

    def _note_references(self, entry_id: str, converted: Converted, passage: Passage, mentions: list[Mention]) -> None:
        by = f"{self.kind.name}/{entry_id}"
        for reference in converted.references:
            span = passage.span(reference.offset, len(reference.target))
            if reference.kind in ("link", "file"):
                links = self.links if reference.kind == "link" else self.files
                links.append(PageLink(reference.target, span, by))
                continue
            heading = reference.heading
            label, anchor = (heading.text, heading.id) if heading else ("In the text", None)
            mentions.append(Mention(reference.kind, reference.target, by, span, label, anchor))


def _is_draft(node: Node) -> bool:
    draft = (node.entries or {}).get("draft")
    return draft is not None and draft[1].text == "true"


def _required(model: type[Model]) -> set[str]:
    return {name for name, field in model.model_fields.items() if field.is_required()}


def _typed_text(node: Node, passage: Passage) -> Passage:
    """A scalar as it was typed. Quoting and folding change a text but not the order of what it holds."""
    return Passage(passage.path, passage.text[node.start : node.end], node.line, node.column)


def _permalink(kind: Kind, entry_id: str, data: Any) -> str | None:
    own = getattr(data, "permalink", None)
    return own or (kind.home.format(id=entry_id) if kind.home else None)


def _digest(kind: str, entry_id: str, path: str, data: Model, body: Body | None) -> bytes:
    # Not as JSON, in which the number 7994 and the text "7994" are the same.
    whole = hashlib.sha256(f"{kind}\0{entry_id}\0{path}\0{data!r}\0".encode())
    whole.update(body.digest if body else b"")
    return whole.digest()
