"""YAML that means what it says: every scalar stays text, every node keeps its place.

YAML 1.1 turns `3:45:12` into 13512, `NO` into False, `1.10` into 1.1 and drops duplicate keys without a word.
Here nothing is resolved but `null`; the schema asks for what it needs. Anchors, aliases, tags, directives and
second documents are refused. The tree is built from libyaml's events without recursion, because its own composer
crashes the interpreter on deeply nested input.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import yaml

from microsite.content_files import FORBIDDEN, Passage
from microsite.diagnostics import Diagnostics, Span
from microsite.nesting import MAX_DEPTH
from microsite.yaml_syntax import Mark, explain

NULLS = frozenset({"", "~", "null", "Null", "NULL"})
# What a word processor or a web page puts where a keyboard puts a space, a quote or a colon.
_ODD_SPACE = "\u00a0\u1680\u2000-\u200b\u202f\u205f\u2060\u3000"
_ODD_IN_KEY = re.compile(f"[{_ODD_SPACE}“”„‘’«»：＂＇]")
_CURLY = re.compile("[“„”]([^“”„]+)[“”]|‘([^‘’]+)’")
_GLUED_COMMENT = re.compile(r"[ \t]+(#[^\s#].*)")
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

Loc: TypeAlias = tuple[str | int, ...]


class PlainText(str):
    """A scalar that was not quoted, so that a schema may read a number or a date in it."""

    __slots__ = ()


@dataclass(slots=True)
class Node:
    """A scalar, sequence or mapping and where it stands (line and column from 1, within the file).

    `start` and `end` are the offsets in the parsed text between which it was typed, quotes included. In a mapping some
    keys may be `given_twice`, of which the first counts; it `runs_on` if they are those of another item of a list.
    """

    line: int
    column: int
    length: int = 1
    start: int = 0
    end: int = 0
    text: str | None = None
    items: list[Node] | None = None
    entries: dict[str, tuple[Node, Node]] | None = None
    given_twice: bool = False
    runs_on: bool = False

    def data(self) -> Any:
        """Plain Python: dict, list, `PlainText`, `str` or None."""
        if self.entries is not None:
            return {key: value.data() for key, (_, value) in self.entries.items()}
        if self.items is not None:
            return [item.data() for item in self.items]
        return self.text

    def at(self, loc: Loc) -> Node:
        """The deepest node on the way along `loc`; steps that lead nowhere are passed over."""
        node = self
        for step in loc:
            if node.entries is not None and isinstance(step, str) and step in node.entries:
                node = node.entries[step][1]
            elif node.items is not None and isinstance(step, int) and step < len(node.items):
                node = node.items[step]
        return node

    def key_at(self, loc: Loc) -> Node:
        """The key that `loc` ends in, or the node itself where it is no key of a mapping."""
        parent = self.at(loc[:-1])
        if parent.entries is not None and loc and loc[-1] in parent.entries:
            return parent.entries[str(loc[-1])][0]
        return parent

    def span(self, path: str) -> Span:
        return Span(path, self.line, self.column, self.length)


@dataclass(slots=True)
class _Builder:
    """Puts events together. `open` holds the collections being filled, `keys` the key each mapping waits on."""

    path: str
    source: str
    first_line: int
    diagnostics: Diagnostics
    root: Node | None = None
    open: list[Node] = field(default_factory=list)
    keys: list[Node | None] = field(default_factory=list)
    failed: bool = False

    def problem(
        self, code: str, message: str, node: Node, hint: str | None = None, replacement: str | None = None
    ) -> None:
        self.diagnostics.error(code, message, node.span(self.path), hint, replacement)
        self.failed = True

    def add(self, event: yaml.Event) -> bool:
        """Take one event; False when there is no sense in going on."""
        if isinstance(event, (yaml.SequenceEndEvent, yaml.MappingEndEvent)):
            self.open.pop()
            self.keys.pop()
        elif isinstance(event, yaml.NodeEvent):
            return self._add_node(event)
        elif isinstance(event, yaml.DocumentStartEvent):
            self._check_document(event)
        return True

    def _node(self, event: Any) -> Node:
        start, end = event.start_mark, event.end_mark
        length = end.column - start.column if end.line == start.line else 1
        return Node(start.line + self.first_line, start.column + 1, max(length, 1), start.index, end.index)

    def _add_node(self, event: Any) -> bool:
        node = self._node(event)
        self._check_extras(event, node)
        if isinstance(event, yaml.ScalarEvent):
            self._check_characters(event.value, node)
            plain = event.implicit[0] and not event.style
            if plain:
                node.text = None if event.value in NULLS else PlainText(event.value)
                if not self._awaits_key():  # whose quotes are told when its characters are
                    self._check_quotes(node)
                self._check_comment(event, node)
            else:
                node.text = event.value
        self._attach(node, event)
        if isinstance(event, yaml.CollectionStartEvent):
            if isinstance(event, yaml.MappingStartEvent):
                node.entries = {}
            else:
                node.items = []
            self.open.append(node)
            self.keys.append(None)
            if len(self.open) > MAX_DEPTH:
                self.problem("yaml-depth", f"nested more than {MAX_DEPTH} levels deep", node)
                return False
        return True

    def _awaits_key(self) -> bool:
        return bool(self.open) and self.open[-1].entries is not None and self.keys[-1] is None

    def _check_document(self, event: yaml.DocumentStartEvent) -> None:
        if event.version or event.tags:
            self.problem("yaml-directive", "YAML directives (%YAML, %TAG) are not used here", self._node(event))
        if self.root is not None:
            self.problem(
                "yaml-documents", "a second YAML document starts here", self._node(event), "one file, one document"
            )

    def _check_extras(self, event: Any, node: Node) -> None:
        if isinstance(event, yaml.AliasEvent):
            hint = f'write the value out; to begin a text with *, quote it: "*{event.anchor}"'
            self.problem("yaml-alias", f"*{event.anchor} is a YAML alias, which is not used here", node, hint)
        elif event.anchor is not None:
            hint = f'to begin a text with &, quote it: "&{event.anchor} …"'
            self.problem("yaml-anchor", f"&{event.anchor} is a YAML anchor, which is not used here", node, hint)
        elif event.tag is not None:
            self.problem("yaml-tag", "YAML tags (!…) are not used here", node, "to begin a text with !, quote it")

    def _check_characters(self, text: str, node: Node) -> None:
        """What no file may hold cannot come in by an escape, such as "\\e", either."""
        if forbidden := FORBIDDEN.search(text):
            message = f"the character U+{ord(forbidden[0]):04X} has no place in text"
            self.problem("control-character", message, node, "take its escape out")

    def _check_quotes(self, node: Node) -> None:
        """`“A title”` would keep its quotes, which are letters to YAML. Go on with what is inside."""
        if node.text and (match := _CURLY.fullmatch(node.text)):
            inside = match[1] or match[2]
            single = "'" + inside.replace("'", "''") + "'"
            right = single if '"' in inside or "\\" in inside else f'"{inside}"'
            message = "these curly quotes would be seen by readers as a part of the text"
            hint = f"write {right}; if readers are to see them, put straight quotes around them"
            self.diagnostics.error("odd-character", message, node.span(self.path), hint, right)
            node.text = inside

    def _check_comment(self, event: Any, node: Node) -> None:
        """`Car #502 wins` would lose all from the # on; a real comment has a space behind its #."""
        line_end = self.source.find("\n", event.end_mark.index)
        rest = self.source[event.end_mark.index : line_end if line_end >= 0 else None]
        comment = _GLUED_COMMENT.match(rest)
        if comment and not event.value and self._waits_for_value:
            self._mend_commented_value(event, comment, node)
        elif comment and event.value:
            column = event.end_mark.column + comment.start(1) + 1
            span = Span(self.path, event.end_mark.line + self.first_line, column, len(comment[1]))
            message = f"“{comment[1]}” would be left out: a # behind a space begins a comment"
            hint = 'put the whole text in quotes: "…"; a comment has a space behind its #'
            self.diagnostics.error("hash-in-text", message, span, hint)

    @property
    def _waits_for_value(self) -> bool:
        return bool(self.keys) and self.keys[-1] is not None

    def _mend_commented_value(self, event: Any, comment: re.Match[str], node: Node) -> None:
        """Say that `ink: #fbf3e4` is nothing but a comment, and go on with what was meant."""
        value = comment[1].rstrip()
        column = event.end_mark.column + comment.start(1) + 1
        span = Span(self.path, event.end_mark.line + self.first_line, column, len(value))
        right = None if '"' in value or "\\" in value else f'"{value}"'
        message = f"“{value}” would be left out: a # behind a space begins a comment"
        self.diagnostics.error("hash-in-text", message, span, f"write {right}" if right else "put it in quotes", right)
        node.text = value

    def _attach(self, node: Node, event: yaml.Event) -> None:
        if not self.open:
            self.root = self.root or node
            return
        parent = self.open[-1]
        if parent.items is not None:
            parent.items.append(node)
        elif self.keys[-1] is None:
            self._take_key(node, event)
        else:
            self._take_value(parent, node)

    def _take_key(self, node: Node, event: yaml.Event) -> None:
        if isinstance(event, yaml.CollectionStartEvent):
            self.problem("yaml-key", "a key must be a single word or text", node)
        node.text = str(event.value) if isinstance(event, yaml.ScalarEvent) else ""
        if _ODD_IN_KEY.search(node.text):
            self._mend_key(node)
        self.keys[-1] = node

    def _report_twice(self, key: Node, parent: Node) -> None:
        """All keys of an item given again, in their order, are another item whose hyphen is missing: told once."""
        assert parent.entries is not None
        first, *_ = parent.entries
        told_before, parent.given_twice = parent.given_twice, True
        is_item = len(self.open) > 1 and self.open[-2].items is not None and len(parent.entries) > 1
        if is_item and key.text == first and not told_before:
            parent.runs_on = True
            hint = f"write “- {key.text}: …”, with the hyphen below that of the item above"
            message = "another item of the list begins here, and its hyphen is missing"
            self.diagnostics.error("missing-dash", message, key.span(self.path), hint)
        elif not told_before and len(self.open) > 1 and (above := _lone_key(parent, key)):
            parent.runs_on = True
            del parent.entries[str(above.text)]
            message = f"what stands below “{above.text}” gives keys again that were given above"
            hint = "indent it as the entry above, and what belongs to it by two spaces more"
            self.diagnostics.error("yaml-indent", message, above.span(self.path), hint)
        elif not parent.runs_on:
            line = parent.entries[str(key.text)][0].line
            hint = f"it is already given in line {line}; keep one of the two"
            self.diagnostics.error("duplicate-key", f"the key “{key.text}” is given twice", key.span(self.path), hint)

    def _mend_key(self, key: Node) -> None:
        """Say what is odd about a key and go on with what was meant, since the rest of the file may be sound."""
        typed = key.text or ""
        plain = unicodedata.normalize("NFKC", _ODD_IN_KEY.sub(" ", typed)).strip()
        if typed[:1].isspace():
            hint = "delete what stands before the word and type spaces anew"
            self.problem("odd-space", "the line is indented with characters that only look like spaces", key, hint)
            return
        message = f"the key “{typed}” holds characters that no key has, such as curly quotes or no-break spaces"
        self.diagnostics.error("odd-character", message, key.span(self.path), f"write {plain}", plain)
        key.text = plain

    def _take_value(self, parent: Node, node: Node) -> None:
        key = self.keys[-1]
        self.keys[-1] = None
        if key is None or parent.entries is None or key.text is None:
            return
        if key.text in parent.entries:
            self._report_twice(key, parent)
            return
        parent.entries[key.text] = (key, node)


def _lone_key(parent: Node, key: Node) -> Node | None:
    """The key without a value in the line above a key that is given again: it was to begin another mapping."""
    above, value = list((parent.entries or {}).values())[-1]
    is_empty = value.text is None and value.items is None and value.entries is None
    return above if is_empty and above.line == key.line - 1 else None


def parse_yaml(text: str, path: str, diagnostics: Diagnostics, first_line: int = 1) -> Node | None:
    """The tree of one YAML document, or None if anything in it was refused (which is then reported).

    `first_line` is the line of the file in which `text` starts.
    """
    builder = _Builder(path, text, first_line, diagnostics)
    parser = None
    try:
        parser = _LOADER(text)
        while parser.check_event():
            if not builder.add(parser.get_event()):
                break
    except yaml.YAMLError as error:
        if not builder.failed:  # or else it is what was reported that confused the parser
            _report(error, path, first_line, text, diagnostics)
        return None
    finally:
        if parser is not None:
            parser.dispose()
    if builder.failed:
        return None
    if builder.root is None:
        diagnostics.error("empty-file", "there is nothing in here", Span(path, first_line))
    return builder.root


def _report(error: yaml.YAMLError, path: str, first_line: int, text: str, diagnostics: Diagnostics) -> None:
    passage = Passage(path, text, first_line)
    found, context = getattr(error, "problem_mark", None), getattr(error, "context_mark", None)
    if found is None and context is None:
        character = yaml.reader.Reader.NON_PRINTABLE.search(text)
        span = passage.span(character.start()) if character else Span(path, first_line)
        message = "a character that YAML does not allow"
        diagnostics.error("yaml-character", message, span, "delete it; it was probably pasted by accident")
        return
    began = Mark(context.line, context.column) if context else None
    noticed = Mark(found.line, found.column) if found else began
    assert noticed is not None
    slip = explain(str(getattr(error, "problem", None) or error), noticed, began, text.split("\n"))
    span = Span(path, slip.line + first_line, slip.column + 1, max(slip.length, 1))
    diagnostics.error(slip.code, slip.message, span, slip.hint, slip.replacement)
