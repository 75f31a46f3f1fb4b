"""Style sheets: their parts put together, the files they name found, everything checked and minified.

`@import "parts/tables.css" layer(components);` puts another file in at build time, so that readers fetch one file and
authors open small ones. Files in a folder called parts/ are published in no other way.
"""

from __future__ import annotations

import hashlib
import posixpath
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from microsite.content_files import Passage, decode
from microsite.css_lint import lint_css, lint_layers, lint_variables
from microsite.diagnostics import Diagnostics, Span
from microsite.memory import Memory
from microsite.suggest import guess

STATIC = "static/"
MISSING = "put it there, or take out what names it"
_URL = re.compile(rb"""url\(\s*["']?/static/([^"')\s]+)["']?\s*\)""")
_IMPORT = re.compile(rb"""@import\s+["']([^"']+)["']\s*(?:layer\(([\w.-]+)\))?\s*;""")
_COMMENT = re.compile(rb"/\*.*?\*/", re.DOTALL)


@dataclass(frozen=True, slots=True)
class StaticFile:
    """A file of static/: its path within the project, the digest of its bytes, and how to read them."""

    path: str
    digest: bytes
    read: Callable[[], bytes]


def is_part(path: str) -> bool:
    """Whether a style sheet is published only as a part of others."""
    return "/parts/" in path


def make_style_sheets(
    files: Mapping[str, StaticFile], urls: Mapping[str, str], memory: Memory, diagnostics: Diagnostics
) -> dict[str, bytes]:
    """The digest under which `memory` keeps each finished sheet, by path, without those with mistakes.

    `files` are the sheets and their parts by path, `urls` the addresses of published ones by path below static/.
    """
    digests = [(path, file.digest) for path, file in sorted(files.items())]
    made_of = hashlib.sha256(repr((digests, sorted(urls.items()))).encode()).digest()
    sheets = {made_of + path.encode(): file for path, file in sorted(files.items()) if not is_part(path)}

    def make(missing: list[bytes]) -> dict[bytes, bytes | None]:
        """Mistakes are not remembered, so that they are reported each time."""
        made: dict[bytes, bytes | None] = {}
        faulty = _faulty(files.values(), diagnostics)
        for key in missing:
            found = Diagnostics()
            digest = _sheet(sheets[key], files, urls, faulty, memory, found)
            diagnostics.extend(found.found)
            if not faulty and not found.found:
                made[key] = digest
        return made

    results = memory.results("style-sheet", sheets, make)
    return {file.path: results[key] for key, file in sheets.items() if key in results}


def _faulty(files: Iterable[StaticFile], diagnostics: Diagnostics) -> frozenset[str]:
    """Look at all sheets and parts, each once, for what the parser would not tell: the paths of those that have any."""
    found = Diagnostics()
    read = (decode(file.path, file.read(), found) for file in files)
    passages = [Passage(one.path, one.text) for one in read if one is not None]
    for one in passages:
        lint_css(one, found)
    lint_layers(passages, found)
    lint_variables(passages, found)
    diagnostics.extend(found.found)
    return frozenset(one.span.path for one in found.found)


def _sheet(
    sheet: StaticFile,
    files: Mapping[str, StaticFile],
    urls: Mapping[str, str],
    faulty: Collection[str],
    memory: Memory,
    diagnostics: Diagnostics,
) -> bytes | None:
    """The digest of the finished sheet, or None with a diagnostic. What is `faulty` is not shown to the parser."""
    text = b""
    sound = (piece for piece in _pieces(sheet, files, diagnostics) if piece[0].path not in faulty)
    for layer, pieces in groupby(sound, lambda piece: piece[1]):
        minified = [_piece(file, source, sheet.path, urls, memory, diagnostics) for file, _, source in pieces]
        if None in minified:
            return None
        rules = b"".join(filter(None, minified))
        text += b"@layer %s{%s}" % (layer, rules) if layer else rules
    return memory.keep_content(text)


def _pieces(
    sheet: StaticFile, files: Mapping[str, StaticFile], diagnostics: Diagnostics
) -> Iterator[tuple[StaticFile, bytes | None, bytes]]:
    """A file, its layer and its text: what comes before the imports, each import, and the sheet's own rules."""
    source = sheet.read()
    # Imports in comments are none; comments keep their length, so that places stay right.
    visible = _COMMENT.sub(lambda match: re.sub(rb"[^\n]", b" ", match[0]), source)
    imports = list(_IMPORT.finditer(visible))
    if imports:
        yield sheet, None, source[: imports[0].start()]
    for one in imports:
        path = posixpath.normpath(posixpath.join(posixpath.dirname(sheet.path), one[1].decode()))
        part = files.get(path)
        if part is None:
            known = [name for name in files if name.endswith(".css")]
            span = _place(sheet.path, source, one.start(1), len(one[1].decode()))
            typed = [posixpath.relpath(name, posixpath.dirname(sheet.path)) for name in known]
            diagnostics.error(
                "unknown-asset", f"there is no file {path}", span, *guess(one[1].decode(), typed, MISSING)
            )
        else:
            yield part, one[2], part.read()
    yield sheet, None, _blanked(source, imports)


def _blanked(source: bytes, imports: Iterable[re.Match[bytes]]) -> bytes:
    """The text without what stands before its last import, every line where it was."""
    end = max((one.end() for one in imports), default=0)
    return b"\n" * source[:end].count(b"\n") + source[end:]


def _piece(
    file: StaticFile,
    source: bytes,
    sheet: str,
    urls: Mapping[str, str],
    memory: Memory,
    diagnostics: Diagnostics,
) -> bytes | None:
    names = {match.decode() for match in _URL.findall(source)}
    for name in sorted(names - urls.keys()):
        span = _place(file.path, source, source.find(name.encode()), len(name))
        diagnostics.error("unknown-asset", f"there is no file static/{name}", span, *guess(name, urls, MISSING))
    if file.path != sheet and (found := _IMPORT.search(_COMMENT.sub(b"", source))):
        span = _place(file.path, source, source.find(found[0]), len(found[0]))
        diagnostics.error("bad-css", "a part of a style sheet cannot import another", span, f"import it in {sheet}")
        return None
    used = {name: urls.get(name, "") for name in names}
    key = hashlib.sha256(repr((source, file.path, sheet, sorted(used.items()))).encode()).digest()

    def make(_: list[bytes]) -> dict[bytes, bytes]:
        minified = _minified(_with_urls(source, sheet, used), file.path, diagnostics)
        return {} if minified is None else {key: minified}

    minified: bytes | None = memory.results("css", [key], make).get(key)
    return minified


def _place(path: str, source: bytes, offset: int, length: int) -> Span:
    before = source[:offset].decode(errors="replace")
    return Passage(path, before + " " * length).span(len(before), length)


def _with_urls(source: bytes, sheet: str, used: Mapping[str, str]) -> bytes:
    """`url(/static/fonts/x.woff2)` becomes relative to the address of the sheet that is published."""
    up = "../" * (sheet.removeprefix(STATIC).count("/") + 1)
    return _URL.sub(lambda match: f'url("{up}{used[match[1].decode()][1:]}")'.encode(), source)


def _minified(source: bytes, path: str, diagnostics: Diagnostics) -> bytes | None:
    import lightningcss

    try:
        return lightningcss.process_stylesheet(source.decode("utf-8-sig"), filename=path, minify=True).encode()
    except ValueError as error:
        what, _, place = str(error).rpartition(f" at {path}:")
        numbers = re.fullmatch(r"(\d+):(\d+)", place)
        # Its lines are counted from 0 and its columns from 1; the token that it means may stand behind spaces.
        line, column = (int(numbers[1]), int(numbers[2])) if numbers else (0, 1)
        rest = source.decode("utf-8-sig").split("\n")[line][column - 1 :]
        word = re.match(r"[\w.%#-]+|\S?", rest.lstrip())
        typed = word[0] if word else ""
        message, hint = _in_plain_words((what or str(error)).removeprefix("Parsing stylesheet failed: "), typed)
        span = Span(path, line + 1, column + len(rest) - len(rest.lstrip()), max(len(typed), 1))
        diagnostics.error("bad-css", message, span, hint)
        return None


def _in_plain_words(what: str, typed: str) -> tuple[str, str | None]:
    """What the parser's message about what was `typed` means, and how that is mended."""
    if not what.startswith("Unexpected token"):
        return f"the style sheet has an error: {what}", None
    hints = {"=": "a property and its value are parted by a colon", "!": "the only word behind a ! is important"}
    return f"“{typed}” was not expected here", hints.get(typed, "look whether a colon or a semicolon is missing")
