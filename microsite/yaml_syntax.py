"""What somebody did whose file is no YAML. libyaml says where it gave up, in its own words; an editor needs others."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

_KEY = r"[A-Za-z_][\w-]*"
_LEAD = r"\s*(?:- +)*"
_ODD_SPACES = "\u00a0\u1680\u2000-\u200b\u202f\u205f\u2060\u3000"
_WIDE_COLON = re.compile(rf"{_LEAD}[“”\"]?{_KEY}[“”\"]?\s*(：\s*)")
_ODD_SPACE = re.compile(rf"(?:{_LEAD}{_KEY}:|\s*-)([{_ODD_SPACES}]+)")
_INDENTED_ODDLY = re.compile(rf" *([{_ODD_SPACES}]+)")
_GLUED_COLON = re.compile(rf"{_LEAD}({_KEY})(:)(?=[^\s:/])")
_EQUALS = re.compile(rf"{_LEAD}({_KEY})\s*(=\s*)\S")
_TWO_COLONS = re.compile(rf"{_LEAD}{_KEY}:\s+([^\s\"'\[{{|>].*?:(?:\s.*)?)$")
_AFTER_QUOTE = re.compile(rf"{_LEAD}(?:{_KEY}:\s+)?((['\"]).*)$")
_LONG_VALUE = 3
_BULLET = re.compile(r"[ ]*([–—•‣▪●◦·*+])[ ]+(?=\S)")
_VALUE = re.compile(rf"{_LEAD}(?:{_KEY}:\s+)?(\S.*?)\s*$")


@dataclass(frozen=True, slots=True)
class Mark:
    """A place in the text; line and column count from 0."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Slip:
    """A mistake and its place; line and column count from 0."""

    code: str
    message: str
    line: int
    column: int
    length: int
    hint: str | None = None
    replacement: str | None = None


@dataclass(frozen=True, slots=True)
class _Case:
    """What libyaml reports: its words, where it noticed, where what it was reading began, and the lines."""

    problem: str
    at: Mark
    context: Mark | None
    lines: Sequence[str]

    def line(self, number: int) -> str:
        return self.lines[number] if 0 <= number < len(self.lines) else ""

    @property
    def suspects(self) -> Iterator[int]:
        """The lines in which the mistake may lie, the likeliest first."""
        above = self.at.line - 1
        while above > 0 and not self.line(above).strip():
            above -= 1
        seen = [self.context.line] if self.context and _starts_late(self.problem) else []
        yield from dict.fromkeys([*seen, self.at.line, above])


def explain(problem: str, at: Mark, context: Mark | None, lines: Sequence[str]) -> Slip:
    """The likeliest mistake behind libyaml's `problem`, noticed at `at` while it read what begins at `context`."""
    case = _Case(problem, _inside(at, lines), context and _inside(context, lines), lines)
    return next(slip for rule in _RULES if (slip := rule(case)))


def _inside(mark: Mark, lines: Sequence[str]) -> Mark:
    """The end of a file without a last newline is, to libyaml, a line further on."""
    if mark.line < len(lines) and (lines[mark.line] or mark.line == 0 or mark.column):
        return mark
    last = max((number for number, line in enumerate(lines[: mark.line + 1]) if line.strip()), default=0)
    return mark if mark.line <= last else Mark(last, len(lines[last]))


def _starts_late(problem: str) -> bool:
    """Whether libyaml notices only behind, or far behind, what is to be mended."""
    return problem in ("found unexpected end of stream", "could not find expected ':'")


def _tab(case: _Case) -> Slip | None:
    for number in case.suspects:
        line = case.line(number)
        indent = line[: len(line) - len(line.lstrip())]
        if "\t" in indent:
            column = indent.index("\t")
            width = len(indent) - column
            return Slip("yaml-tab", "the line is indented with a tab", number, column, width, "indent with spaces")
    if "'\\t'" in case.problem:
        return Slip("yaml-tab", "a tab where a space is needed", case.at.line, case.at.column, 1, "type a space", " ")
    return None


def _wide_colon(case: _Case) -> Slip | None:
    for number in case.suspects:
        if match := _WIDE_COLON.match(case.line(number)):
            message = "this colon is a full-width one, which means nothing in YAML"
            return Slip("odd-character", message, number, match.start(1), len(match[1]), "type “: ”", ": ")
    return None


def _odd_space(case: _Case) -> Slip | None:
    for number in case.suspects:
        if match := _ODD_SPACE.match(case.line(number)):
            message = "this only looks like a space; it was probably pasted"
            return Slip("odd-space", message, number, match.start(1), len(match[1]), "type a space", " ")
        if match := _INDENTED_ODDLY.match(case.line(number)):
            message = "the line is indented with characters that only look like spaces"
            hint = "delete what stands before the word and type spaces anew"
            return Slip("odd-space", message, number, match.start(1), len(match[1]), hint)
    return None


def _glued_colon(case: _Case) -> Slip | None:
    for number in case.suspects:
        if match := _GLUED_COLON.match(case.line(number)):
            return Slip("colon-space", "a colon needs a space behind it", number, match.start(2), 1, "type “: ”", ": ")
        if match := _EQUALS.match(case.line(number)):
            message = "a key and its value have a colon between them"
            hint = f"write {match[1]}: …"
            column = len(case.line(number)[: match.start(2)].rstrip())
            length = match.end(2) - column
            return Slip("missing-colon", message, number, column, length, hint, ": ")
    return None


def _glued_dash(case: _Case) -> Slip | None:
    for number in case.suspects:
        if match := re.match(r"\s*(-)[^\s-]", case.line(number)):
            message = "a list item needs a space behind its hyphen"
            return Slip("dash-space", message, number, match.start(1), 1, "type “- ”", "- ")
    return None


def _bracket(case: _Case) -> Slip | None:
    if not re.match(r"did not find expected ',' or '[\]}]'", case.problem) or case.context is None:
        return None
    closing = case.problem[-2]
    if case.context.line == case.at.line and case.at.column < len(case.line(case.at.line).rstrip()):
        message = f"a comma or {closing} is missing before this"
        return Slip("missing-comma", message, case.at.line, case.at.column, 1, "put a comma between two values")
    opening = case.line(case.context.line)[case.context.column : case.context.column + 1]
    hint = f"close it with {closing}; a text that begins with {opening} needs quotes"
    return Slip("open-bracket", f"this {opening} is never closed", case.context.line, case.context.column, 1, hint)


def _open_quote(case: _Case) -> Slip | None:
    if case.problem != "found unexpected end of stream" or case.context is None:
        return None
    quote = case.line(case.context.line)[case.context.column : case.context.column + 1]
    within = "''" if quote == "'" else '\\"'
    hint = f"put {quote} at the end of the text; within it, {quote} is written {within}"
    return Slip(
        "open-quote", "a quote is opened here but never closed", case.context.line, case.context.column, 1, hint
    )


def _unclosed_above(case: _Case) -> Slip | None:
    """A quote that is opened in a line above, and closed by the one that opens another text here."""
    if "expected key" not in case.problem:
        return None
    quotes = {"'", '"'}
    for number in range(case.at.line - 1, -1, -1):
        match = _AFTER_QUOTE.match(case.line(number))
        if not match:
            continue
        text = match[1].rstrip()
        if _is_closed(text):
            return None
        other = (quotes - {text[0]}).pop()
        right = text[0] + text[1:-1] + text[0] if text.endswith(other) and text[0] not in text[1:-1] else None
        hint = f"write {right}" if right else f"put {text[0]} at the end of the text"
        message = "a quote is opened here but not closed in its line"
        return Slip("open-quote", message, number, match.start(1), len(text), hint, right)
    return None


def _is_closed(text: str) -> bool:
    """Whether a text that begins with a quote ends with it, or has none to be ended."""
    inside = text[1:].replace("''", "") if text[0] == "'" else re.sub(r"\\.", "", text[1:])
    return text[0] in inside


def _after_quote(case: _Case) -> Slip | None:
    match = _AFTER_QUOTE.match(case.line(case.at.line))
    if not match or case.at.column <= match.start(1) or "expected key" not in case.problem:
        return None
    text = match[1].rstrip()
    hint = "put the quotes around the whole text, and within it “curly” ones"
    replacement = None
    if len(text) > 1 and text[0] == text[-1] == "'" and '"' not in text and "\\" not in text:
        replacement = f'"{text[1:-1]}"'
        hint = f"an apostrophe ends such a text; write {replacement}"
    message = "the quoted text ends before the line does"
    return Slip("text-after-quote", message, case.at.line, match.start(1), len(text), hint, replacement)


def _colon_in_text(case: _Case) -> Slip | None:
    if "mapping values are not allowed" not in case.problem:
        return None
    match = _TWO_COLONS.match(case.line(case.at.line))
    if not match or case.at.column < match.start(1):
        return None
    text = match[1].rstrip()
    inner = text.strip("“”") if text[0] == "“" and text[-1] == "”" else text
    quoted = None if '"' in inner or "\\" in inner else f'"{inner}"'
    hint = f"write {quoted}" if quoted else "put the text in single quotes: '…'"
    message = "a text with “: ” in it needs quotes"
    return Slip("colon-in-text", message, case.at.line, match.start(1), len(text), hint, quoted)


def _missing_colon(case: _Case) -> Slip | None:
    number = None
    if case.problem == "could not find expected ':'" and case.context:
        number = case.context.line
    elif "mapping values are not allowed" in case.problem:
        number = next((one for one in list(case.suspects)[1:] if _has_no_colon(case.line(one))), None)
    if number is None:
        return None
    line = case.line(number)
    start = len(line) - len(line.lstrip())
    if line[start:].startswith("{") and any(_is_item(case.line(one), start) for one in (number - 1, number + 1)):
        message = "an item of a list begins with a hyphen"
        return Slip("missing-dash", message, number, start, 1, "write “- {”", "- {")
    word = re.match(rf"({_KEY})\s+\S", line[start:])
    hint = "each line is “key: value”; a text that goes on is indented"
    if line.lstrip().startswith(("<!--", "//", "/*")):
        hint = "a comment begins with “# ”"
    elif word:
        longer = "; if the text above goes on here, indent it" if len(line.split()) > _LONG_VALUE else ""
        hint = f"write {word[1]}: …{longer}"
    return Slip("missing-colon", "this line has no colon", number, start, len(line.strip()), hint)


def _is_item(line: str, indent: int) -> bool:
    return line[:indent].isspace() and line[indent:].startswith("- ")


def _has_no_colon(line: str) -> bool:
    return bool(line.strip()) and ":" not in line


def _list_in_line(case: _Case) -> Slip | None:
    if "sequence entries are not allowed" not in case.problem:
        return None
    hint = "begin the list in a line of its own; a text that begins with “- ” needs quotes"
    return Slip("list-in-line", "a list cannot begin behind a key", case.at.line, case.at.column, 1, hint)


def _escape(case: _Case) -> Slip | None:
    if "escape" not in case.problem and "hexdecimal" not in case.problem:
        return None
    message = "a backslash in double quotes has a meaning of its own"
    column = max(case.line(case.at.line).rfind("\\", 0, case.at.column + 1), 0)
    return Slip("bad-escape", message, case.at.line, column, 2, "write two: \\\\, or use single quotes")


def _start_character(case: _Case) -> Slip | None:
    begins = (
        "found character that cannot start any token",
        "did not find expected alphabetic or numeric character",
        "did not find expected comment or line break",
        "did not find expected node content",
        "did not find expected whitespace",
        "mapping keys are not allowed in this context",
    )
    if not case.problem.startswith(begins):
        return None
    line = case.line(case.at.line)
    match = _VALUE.match(line)
    if "node content" in case.problem and match and case.at.column > match.start(1):
        hint = "there is one comma too many, or a value is missing"
        return Slip("missing-comma", "a value is missing before this", case.at.line, case.at.column, 1, hint)
    if not match:
        return None
    column = max(match.start(1), case.at.column if "cannot start" in case.problem else 0)
    within = re.match(r"[^,\]}]*", line[column:])
    text = within[0].strip() if within and column > match.start(1) else match[1]
    if not text:
        return None
    if ": " in line and (slip := _bullet(line, case.at.line)):
        return slip
    quoted = None if '"' in text or "\\" in text else f'"{text}"'
    message = f"a text may not begin with “{text[0]}” unless it is quoted"
    hint = f"write {quoted}" if quoted else "put the text in single quotes: '…'"
    if source := re.fullmatch(r"@([a-z0-9]+(?:-[a-z0-9]+)+)", text):
        hint = f"in a list of ids write {source[1]}: the @ is for citations in texts"
        quoted = None
    return Slip("start-character", message, case.at.line, column, len(text), hint, quoted)


def _end_of_document(case: _Case) -> Slip | None:
    if "<document start>" not in case.problem:
        return None
    number = next((one for one in range(case.at.line, -1, -1) if case.line(one).rstrip() == "..."), None)
    if number is None:
        return None
    message = "three full stops end a document, and more follows"
    return Slip("yaml-documents", message, number, 0, 3, "take the line out")


def _no_key(case: _Case) -> Slip | None:
    match = re.match(r"\s*(:(?:\s.*)?)$", case.line(case.at.line))
    if not match or "expected key" not in case.problem:
        return None
    message = "this line has no key before its colon"
    return Slip("yaml-key", message, case.at.line, match.start(1), len(match[1].rstrip()), "each line is “key: value”")


def _indent(case: _Case) -> Slip | None:
    if not re.search(r"expected (key|'-' indicator|<document start>|<block end>)|mapping values", case.problem):
        return None
    number = 0 if "document start" in case.problem else case.at.line
    line = case.line(number)
    indent = len(line) - len(line.lstrip())
    if line[case.at.column :].strip() in (",", ";"):
        hint = "take it out: items and lines need no sign between them"
        sign = line[case.at.column :].strip()
        return Slip("unexpected-text", f"this “{sign}” is too much", number, case.at.column, 1, hint, "")
    if number == case.at.line and case.at.column > indent and "mapping values" not in case.problem:
        hint = "a text that begins with [ or { needs quotes around all of it; or a bracket is closed once too often"
        length = len(line.rstrip()) - case.at.column
        return Slip("unexpected-text", "nothing can follow here", number, case.at.column, length, hint)
    if "'-' indicator" in case.problem and case.context and not line.lstrip().startswith("-"):
        above = case.line(case.context.line)
        if case.context.column == indent and _goes_on(case, indent):
            return _no_item(line, number, indent)
        if case.context.column == indent:
            message = "this is a list item, and the lines below it are none"
            hint = "delete the hyphen, or indent what belongs to the item by two spaces more"
            return Slip("yaml-indent", message, case.context.line, indent, len(above.strip()), hint)
    hint = "lines that belong together begin in the same column; what belongs to a key is indented by two spaces more"
    message = f"this line is indented by {indent} space{'' if indent == 1 else 's'}, which fits nothing above it"
    if line.lstrip().startswith("- "):
        message = "a list item where no list is"
        hint = "indent it as the items of its list are, or write a key above it: “sources:”"
    return Slip("yaml-indent", message, number, indent, len(line.strip()), hint)


def _goes_on(case: _Case, indent: int) -> bool:
    """Whether the list that is broken off has lines that belong to its items, so that it was meant to be one."""
    first = case.context.line if case.context else 0
    return any(len(one) - len(one.lstrip()) > indent for one in map(case.line, range(first + 1, case.at.line)))


def _no_item(line: str, number: int, indent: int) -> Slip:
    """A line that stands where the next item of a list would."""
    if slip := _bullet(line, number):
        return slip
    message = f"indented by {indent} spaces, this line would be the next item of the list above"
    hint = "begin it with “- ”, or indent it as the lines that it belongs to"
    return Slip("yaml-indent", message, number, indent, len(line.strip()), hint)


def _bullet(line: str, number: int) -> Slip | None:
    """The beginning of a line that makes an item in other programs, and none here."""
    bullet = _BULLET.match(line)
    if bullet is None:
        return None
    message = f"an item of a list does not begin with “{bullet[1]}”"
    length = len(bullet[0]) - bullet.start(1)
    return Slip("missing-dash", message, number, bullet.start(1), length, "write “- ”", "- ")


def _anything(case: _Case) -> Slip:
    hint = "check indentation, quotes, brackets and commas near here"
    return Slip("yaml-syntax", case.problem, case.at.line, case.at.column, 1, hint)


_RULES: tuple[Callable[[_Case], Slip | None], ...] = (
    _tab,
    _bracket,
    _open_quote,
    _wide_colon,
    _odd_space,
    _glued_colon,
    _glued_dash,
    _unclosed_above,
    _after_quote,
    _colon_in_text,
    _missing_colon,
    _list_in_line,
    _escape,
    _start_character,
    _end_of_document,
    _no_key,
    _indent,
    _anything,
)
