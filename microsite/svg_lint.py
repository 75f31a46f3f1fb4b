"""What browsers pass over in drawings, static/**/*.svg: they show nothing of one that is no sound XML, and run no
script in a picture."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from xml.parsers import expat

from microsite.content_files import Passage, decode
from microsite.diagnostics import Diagnostic, Diagnostics, Span
from microsite.memory import Memory
from microsite.style_sheets import StaticFile
from microsite.suggest import guess

NAMESPACE = "http://www.w3.org/2000/svg"
_XLINK = "http://www.w3.org/1999/xlink"
_LINKS = ("href", f"{_XLINK} href", "src")
_REFERENCE = re.compile(r"url\(\s*[\"']?#([^\"')\s]+)")
_ELSEWHERE = re.compile(r"(?:url\(\s*[\"']?|@import\s+[\"'])((?:https?:)?//[^\"')\s]+)")
_IN_PLAIN_WORDS = {
    expat.errors.XML_ERROR_NO_ELEMENTS: "there is nothing in here",
    expat.errors.XML_ERROR_SYNTAX: "this is no XML",
    expat.errors.XML_ERROR_MISPLACED_XML_PI: "nothing may stand above the line that begins with <?xml",
    expat.errors.XML_ERROR_INVALID_TOKEN: (
        "this cannot stand here: a value stands between quotes, a & is written &amp; and a < is written &lt;"
    ),
    expat.errors.XML_ERROR_UNCLOSED_TOKEN: "this tag is never closed with >",
    expat.errors.XML_ERROR_DUPLICATE_ATTRIBUTE: "an attribute is given twice here",
    expat.errors.XML_ERROR_JUNK_AFTER_DOC_ELEMENT: "something stands behind the end of the drawing",
    expat.errors.XML_ERROR_UNDEFINED_ENTITY: "XML does not know this word behind &; type the character itself",
    expat.errors.XML_ERROR_UNBOUND_PREFIX: "the prefix of this name is not declared: xmlns:…",
}


def lint_drawings(files: Iterable[StaticFile], memory: Memory, diagnostics: Diagnostics) -> None:
    """Report what is wrong with the SVG files among `files`; those that are remembered are not read again."""
    drawings = {file.path.encode() + b"\0" + file.digest: file for file in files if file.path.endswith(".svg")}

    def make(missing: list[bytes]) -> dict[bytes, tuple[Diagnostic, ...]]:
        return {key: _faults(drawings[key]) for key in missing}

    for faults in memory.results("svg", drawings, make).values():
        diagnostics.extend(faults)


def _faults(file: StaticFile) -> tuple[Diagnostic, ...]:
    found = Diagnostics()
    text = decode(file.path, file.read(), found)
    if text is not None:
        lint_svg(Passage(text.path, text.text), found)
    return tuple(found.found)


def lint_svg(drawing: Passage, diagnostics: Diagnostics) -> None:
    """Report what is wrong with one drawing."""
    reader = _Reader(drawing, diagnostics)
    try:
        reader.parser.Parse(drawing.text.encode(), True)
    except expat.ExpatError as error:
        reader.report_syntax(error)
    else:
        reader.check_references()


class _Reader:
    """A drawing being read: which elements are open, which ids there are, and which are named."""

    def __init__(self, drawing: Passage, diagnostics: Diagnostics) -> None:
        self.drawing = drawing
        self.diagnostics = diagnostics
        self.still_open: list[tuple[str, Span]] = []
        self.ids: set[str] = set()
        self.named: list[tuple[str, Span]] = []
        self.is_first = True
        self.parser = expat.ParserCreate("utf-8", " ")  # whatever its first line says: it was decoded
        self.parser.StartElementHandler = self._begin
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._read_text

    def _place(self) -> Span:
        line, column = self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber
        offset = self.drawing.offset(line, column + 1)
        tag = re.compile(r"</?[^\s<>/]*").match(self.drawing.text, offset)
        return self.drawing.span(offset, max(len(tag[0]) if tag else 1, 1))

    def _begin(self, name: str, attributes: Mapping[str, str]) -> None:
        space, _, local = name.rpartition(" ")
        place = self._place()
        self.still_open.append((local, place))
        if self.is_first:
            self._check_root(space, local, attributes, place)
        if local == "script":
            self._forbid("a script in a drawing is never run", place)
        for key, value in attributes.items():
            if key == "id":
                self.ids.add(value)
            if key.startswith("on") or value.lower().startswith("javascript:"):
                self._forbid(f"“{key}” holds a script, which is never run in a drawing", place)
            elif key in _LINKS and local != "a" and re.match(r"(?:https?:)?//", value):
                self._forbid(f"{value} is loaded from elsewhere", place)
            elif key in _LINKS and value.startswith("#"):
                self.named.append((value[1:], place))
            else:
                self._read_value(value, place)

    def _end(self, _: str) -> None:
        self.still_open.pop()

    def _read_text(self, text: str) -> None:
        if self.still_open[-1][0] == "style":
            self._read_value(text, self._place())

    def _read_value(self, value: str, place: Span) -> None:
        if "url(" in value or "@import" in value:
            self.named += ((one, place) for one in _REFERENCE.findall(value))
            for address in _ELSEWHERE.findall(value):
                self._forbid(f"{address} is loaded from elsewhere", place)

    def _check_root(self, space: str, local: str, attributes: Mapping[str, str], place: Span) -> None:
        self.is_first = False
        if local != "svg":
            self._error(f"the drawing begins with <{local}> instead of <svg>", place, None)
        elif space != NAMESPACE:
            hint = f'write <svg xmlns="{NAMESPACE}" …>'
            self._error("this <svg> does not say that it is one, so that browsers show nothing", place, hint)
        elif "viewBox" not in attributes:
            meant = next((one for one in attributes if one.lower() == "viewbox"), None)
            hint = "capital B: viewBox" if meant else 'write viewBox="0 0 WIDTH HEIGHT", in the units of what is drawn'
            self._error("the drawing has no viewBox, without which it cannot be made larger or smaller", place, hint)

    def check_references(self) -> None:
        """Report ids that are named and given to nothing, so that what is meant is not drawn."""
        for name, place in self.named:
            if name not in self.ids:
                hint = guess(name, self.ids).hint
                self._error(f"nothing in the drawing has the id “{name}”", place, hint)

    def report_syntax(self, error: expat.ExpatError) -> None:
        """Tell where the drawing is no XML."""
        code = expat.errors.messages[error.code]
        offset = self.drawing.offset(error.lineno, error.offset + 1)
        if code == expat.errors.XML_ERROR_TAG_MISMATCH and self.still_open:
            name, place = self.still_open[-1]
            closing = re.compile(r"[^\s<>]*").match(self.drawing.text, offset)
            self._error(f"this <{name}> is not closed before </{closing[0] if closing else ''}>", place, "close it")
        elif code == expat.errors.XML_ERROR_NO_ELEMENTS and self.still_open:
            name, place = self.still_open[-1]
            self._error(f"this <{name}> is never closed", place, "close it; the file may have been cut off")
        else:
            message = _IN_PLAIN_WORDS.get(code, f"this is no XML: {code}")
            self._error(message, self.drawing.span(min(offset, len(self.drawing.text))), None)

    def _error(self, message: str, place: Span, hint: str | None) -> None:
        self.diagnostics.error("bad-svg", message, place, hint)

    def _forbid(self, message: str, place: Span) -> None:
        hint = "put what is needed into the drawing itself" if "elsewhere" in message else "take it out"
        self.diagnostics.error("against-policy", message, place, hint)
