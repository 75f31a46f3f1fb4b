"""Bytes of a file in content/ become text that the rest can trust: UTF-8, one kind of newline, front matter apart."""

from __future__ import annotations

import re
from dataclasses import dataclass

from microsite.diagnostics import Diagnostics, Span
from microsite.marks import CLOSE, OPEN

MAX_BYTES = 2 * 1024 * 1024
FENCE = re.compile(r"^---[ ]*$", re.MULTILINE)
_CONFLICT = re.compile(r"^(?:<{7} .*|>{7} .*)$", re.MULTILINE)
_ALMOST_FENCE = re.compile(r"^[ ]*[-‐‑‒–—―_=*][-‐‑‒–—―_=* ]*$", re.MULTILINE)
# C0 and C1 controls, what YAML takes for a line break and an editor does not, a stray byte order mark, our own marks.
FORBIDDEN = re.compile(f"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff{OPEN}{CLOSE}]")


@dataclass(frozen=True, slots=True)
class ContentFile:
    """A file's text, its newlines all `\\n`, without byte order mark. `path` is relative to the project."""

    path: str
    text: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a file, and the line and column that it begins in, that can tell where an offset lies."""

    path: str
    text: str
    first_line: int = 1
    first_column: int = 1

    def span(self, offset: int, length: int = 1) -> Span:
        """The place of `length` characters from `offset` on, as far as they lie in one line."""
        lines_above = self.text.count("\n", 0, offset)
        column = offset - self.text.rfind("\n", 0, offset) + (0 if lines_above else self.first_column - 1)
        line_end = self.text.find("\n", offset, offset + length)
        return Span(
            self.path, lines_above + self.first_line, column, line_end - offset if line_end > offset else length
        )

    def offset(self, line: int, column: int) -> int:
        """Where a place of the file lies in the text: `span` turned round."""
        start = 0
        for _ in range(line - self.first_line):
            start = self.text.find("\n", start) + 1
        return start + column - (self.first_column if line == self.first_line else 1)


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
        _report_encoding(path, raw, error, diagnostics)
        return None
    text = _with_plain_newlines(text)
    forbidden = FORBIDDEN.search(text)
    if forbidden:
        message = f"the character U+{ord(forbidden[0]):04X} has no place in text"
        diagnostics.error("control-character", message, Passage(path, text).span(forbidden.start()), "delete it")
        return None
    if conflict := _CONFLICT.search(text):
        message = "two versions of this text were not merged: git left both between <<<<<<< and >>>>>>>"
        hint = "keep what is right, delete the rest and the lines of <, = and >"
        span = Passage(path, text).span(conflict.start(), len(conflict[0]))
        diagnostics.error("merge-conflict", message, span, hint)
        return None
    return ContentFile(path, text)


def _report_encoding(path: str, raw: bytes, error: UnicodeDecodeError, diagnostics: Diagnostics) -> None:
    hint = "save the file with the encoding UTF-8"
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        diagnostics.error("not-utf8", "the file is saved as UTF-16", Span(path), hint)
        return
    # Not `raw`: the codec counts from behind the byte order mark.
    before = _with_plain_newlines(error.object[: error.start].decode())
    byte = error.object[error.start]
    is_other = byte < 0xC0 or byte > 0xF4 or error.reason == "invalid continuation byte"
    meant = bytes([byte]).decode("cp1252", errors="ignore") if is_other else ""
    message = f"the byte 0x{byte:02x} is not UTF-8" + (f"; it was probably meant to be “{meant}”" if meant else "")
    diagnostics.error("not-utf8", message, Passage(path, before).span(len(before)), hint)


def _with_plain_newlines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def split_document(file: ContentFile, diagnostics: Diagnostics) -> Document | None:
    """Front matter between two lines of `---`, then the body."""
    if not re.match(r"---[ ]*(\n|$)", file.text):
        _report_no_fence(file, diagnostics)
        return None
    start = file.text.find("\n") + 1
    end = FENCE.search(file.text, start) if start else None
    if end is None:
        _report_open_fence(file, start, diagnostics)
        return None
    front_matter = file.text[start : end.start()]
    body_line = 2 + front_matter.count("\n") + 1
    body = file.text[end.end() + 1 :]
    return Document(Passage(file.path, front_matter, 2), Passage(file.path, body, body_line))


def _report_no_fence(file: ContentFile, diagnostics: Diagnostics) -> None:
    hint = "begin the file with a line of three hyphens, then “title: …”, then another such line"
    message = "the file does not begin with front matter"
    first = file.text.partition("\n")[0]
    if not file.text.strip():
        diagnostics.error("empty-file", "there is nothing in here", Span(file.path), hint)
    elif re.match(r"\s+---[ ]*\n", file.text):
        hint = "delete what stands above the first line of hyphens, or before it"
        diagnostics.error("no-front-matter", message, Span(file.path), hint)
    elif _ALMOST_FENCE.fullmatch(first):
        span = Span(file.path, 1, 1, len(first))
        diagnostics.error(
            "no-front-matter", "this line is not the three hyphens that begin a file", span, "write ---", "---"
        )
    else:
        diagnostics.error("no-front-matter", message, Span(file.path, 1, 1, max(len(first), 1)), hint)


def _report_open_fence(file: ContentFile, start: int, diagnostics: Diagnostics) -> None:
    almost = _ALMOST_FENCE.search(file.text, start) if start else None
    passage = Passage(file.path, file.text)
    if almost:
        span = passage.span(almost.start(), len(almost[0]))
        message = "this line is not the three hyphens that close the front matter"
        diagnostics.error("open-front-matter", message, span, "write ---", "---")
        return
    gap = re.search(r"\n[ ]*\n", file.text)
    where = f", probably before line {file.text.count(chr(10), 0, gap.start()) + 2}" if gap else ""
    hint = f"close it with a line of three hyphens, ---{where}"
    diagnostics.error("open-front-matter", "the front matter is never closed", Span(file.path, 1, 1, 3), hint)
