"""Bytes of a file in content/ become text that the rest can trust: UTF-8, one kind of newline, front matter apart."""

from __future__ import annotations

import re
from dataclasses import dataclass

from microsite.diagnostics import Diagnostics, Span
from microsite.marks import CLOSE, OPEN

MAX_BYTES = 2 * 1024 * 1024
FENCE = re.compile(r"^---[ ]*$", re.MULTILINE)
# C0 and C1 controls, what YAML takes for a line break and an editor does not, a stray byte order mark, our own marks.
FORBIDDEN = re.compile(f"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff{OPEN}{CLOSE}]")


@dataclass(frozen=True, slots=True)
class ContentFile:
    """A file's text, its newlines all `\\n`, without byte order mark. `path` is relative to the project."""

    path: str
    text: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a file, `first_line` the line it begins in, that can tell where an offset lies."""

    path: str
    text: str
    first_line: int = 1

    def span(self, offset: int, length: int = 1) -> Span:
        line = self.text.count("\n", 0, offset) + self.first_line
        return Span(self.path, line, offset - self.text.rfind("\n", 0, offset), length)

    def offset(self, line: int, column: int) -> int:
        """Where a place of the file lies in the text: `span` turned round."""
        start = 0
        for _ in range(line - self.first_line):
            start = self.text.find("\n", start) + 1
        return start + column - 1


@dataclass(frozen=True, slots=True)
class Document:
    """A Markdown file taken apart."""

    front_matter: Passage
    body: Passage


def decode(path: str, raw: bytes, diagnostics: Diagnostics) -> ContentFile | None:
    """The file as text, or None with a diagnostic: too large, not UTF-8, control characters."""
    if len(raw) > MAX_BYTES:
        limit = MAX_BYTES // (1024 * 1024)
        message = f"the file has {len(raw) / 1024 / 1024:.1f} MB; content files may have {limit} MB"
        diagnostics.error("file-too-large", message, Span(path), "split it, or move what is no text to static/")
        return None
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # Not `raw`: the codec counts from behind the byte order mark.
        before = _with_plain_newlines(error.object[: error.start].decode())
        span = Passage(path, before).span(len(before))
        message = f"the byte 0x{error.object[error.start]:02x} is not UTF-8"
        diagnostics.error("not-utf8", message, span, "save the file with the encoding UTF-8")
        return None
    text = _with_plain_newlines(text)
    forbidden = FORBIDDEN.search(text)
    if forbidden:
        message = f"the character U+{ord(forbidden[0]):04X} has no place in text"
        diagnostics.error("control-character", message, Passage(path, text).span(forbidden.start()), "delete it")
        return None
    return ContentFile(path, text)


def _with_plain_newlines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def split_document(file: ContentFile, diagnostics: Diagnostics) -> Document | None:
    """Front matter between two lines of `---`, then the body."""
    if not re.match(r"---[ ]*(\n|$)", file.text):
        hint = "begin the file with a line of three hyphens, then “title: …”, then another such line"
        diagnostics.error("no-front-matter", "the file does not begin with front matter", Span(file.path), hint)
        return None
    start = file.text.find("\n") + 1
    end = FENCE.search(file.text, start) if start else None
    if end is None:
        hint = "close it with a line of three hyphens: ---"
        diagnostics.error("open-front-matter", "the front matter is never closed", Span(file.path), hint)
        return None
    front_matter = file.text[start : end.start()]
    body_line = 2 + front_matter.count("\n") + 1
    body = file.text[end.end() + 1 :]
    return Document(Passage(file.path, front_matter, 2), Passage(file.path, body, body_line))
