"""What the CSS parser passes over in silence or tells of elsewhere: what is left open, leads nowhere, has no value."""

from __future__ import annotations

import re
from collections.abc import Iterable

from microsite.content_files import Passage
from microsite.css_names import lint_names
from microsite.diagnostics import Diagnostics
from microsite.suggest import guess

_COMMENT_OR_TEXT = re.compile(r"/\*.*?\*/|\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'|url\([^)\n]*\)", re.DOTALL)
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_IMPORT = re.compile(r"@import\s+(?:\"[^\":]+\"|'[^':]+')\s*(?:layer\(([\w.-]+)\))?\s*;")
_URL = re.compile(r"(?<!@import )url\(\s*[\"']?([^\"')\s]+)")
_DECLARATIONS = re.compile(r"(?:^|\s)(?!&)(-{0,2}[a-z][a-z-]*):(?=\s)")
_WITH_COLONS = re.compile(r"[{};]([^{};:]*:[^{};:]*:[^{};]*)(?=[;}])")
_VARIABLE = re.compile(r"var\(\s*(--[\w-]+)\s*\)")
_DEFINED = re.compile(r"(?<![\w-])(--[\w-]+)\s*:|@property\s+(--[\w-]+)")
_LAYERS = re.compile(r"@layer\s+([\w.,\s-]+);")
_LONE_NAME = re.compile(r"[{};]\s*([a-z][a-z-]*)\s*:[^{};]*(?<=[\s:])(--[\w-]+)\s*(?=[;}])")
_NAMING_PROPERTIES = ("transition", "transition-property", "will-change")


def lint_css(sheet: Passage, diagnostics: Diagnostics) -> None:
    """Report mistakes of one file; where there are any, what the parser says of it is of no use."""
    bare = _blanked(sheet.text)
    if _has_open_comment(bare, sheet, diagnostics) or _has_odd_braces(bare, sheet, diagnostics):
        return  # nobody can tell what the rest is
    _check_semicolons(bare, sheet, diagnostics)
    lint_names(bare, sheet, diagnostics)
    _check_addresses(sheet, diagnostics)
    _check_imports(sheet, diagnostics)


def _blanked(text: str, what: re.Pattern[str] = _COMMENT_OR_TEXT) -> str:
    """A style sheet without its comments and texts, everything else where it was."""
    return what.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)


def _has_open_comment(bare: str, sheet: Passage, diagnostics: Diagnostics) -> bool:
    found = False
    for match in re.finditer(r"/\*|^[ \t]*(//)", bare, re.MULTILINE):
        start = match.start(1) if match[1] else match.start()
        message = "a // begins no comment here" if match[1] else "this comment is never closed"
        hint = "a comment stands between /* and */"
        diagnostics.error("bad-css", message, sheet.span(start, 2), hint)
        found = True
    return found


def _has_odd_braces(bare: str, sheet: Passage, diagnostics: Diagnostics) -> bool:
    still_open: list[int] = []
    for match in re.finditer(r"[{}]", bare):
        if match[0] == "{":
            still_open.append(match.start())
        elif still_open:
            still_open.pop()
        else:
            diagnostics.error("bad-css", "this } closes nothing", sheet.span(match.start()), "take it out")
            return True
    if still_open:
        diagnostics.error("bad-css", "this { is never closed", sheet.span(still_open[-1]), "close it with }")
    return bool(still_open)


def _check_semicolons(bare: str, sheet: Passage, diagnostics: Diagnostics) -> None:
    for chunk in _WITH_COLONS.finditer(bare):
        found = [*_DECLARATIONS.finditer(chunk[1])]
        if len(found) > 1:
            message = f"there is no ; before “{found[1][1]}”, so that it belongs to “{found[0][1]}”"
            span = sheet.span(chunk.start(1) + found[1].start(1), len(found[1][1]))
            diagnostics.error("bad-css", message, span, "put a ; at the end of what stands before it")


def _check_addresses(sheet: Passage, diagnostics: Diagnostics) -> None:
    for match in _URL.finditer(_blanked(sheet.text, _COMMENT)):
        address, span = match[1], sheet.span(match.start(1), len(match[1]))
        if re.match(r"(?:https?:)?//", address):
            message = f"{address} is loaded from elsewhere"
            diagnostics.error("against-policy", message, span, "put a copy into static/")
        elif not address.startswith(("/static/", "data:", "#")):
            message = f"“{address}” does not lead to a file of static/"
            hint = "write it from the root of the project: url(/static/…)"
            diagnostics.error("unknown-asset", message, span, hint)


def lint_variables(sheets: Iterable[Passage], diagnostics: Diagnostics) -> None:
    """Report custom properties, `var(--ink)`, that no style sheet gives a value and that have none to fall back on."""
    every = [(one, _blanked(one.text)) for one in sheets]
    known: set[str] = {one[1] or one[2] for _, bare in every for one in _DEFINED.finditer(bare)}
    for sheet, bare in every:
        for match in _VARIABLE.finditer(bare):
            if match[1] not in known:
                span = sheet.span(match.start(1), len(match[1]))
                found = guess(match[1], known, "give it one, or use another")
                diagnostics.error("unknown-token", f"no style sheet gives {match[1]} a value", span, *found)
        for match in _LONE_NAME.finditer(bare):
            if match[2] in known and match[1] not in _NAMING_PROPERTIES:
                right, span = f"var({match[2]})", sheet.span(match.start(2), len(match[2]))
                diagnostics.error("bad-css", f"{match[2]} is only a name here", span, f"write {right}", right)


def lint_layers(sheets: Iterable[Passage], diagnostics: Diagnostics) -> None:
    """Report imports into a layer that no sheet lists, for it would come last of all. One sheet lists them for all."""
    every = [(one, _blanked(one.text, _COMMENT)) for one in sheets]
    listed = {name.strip() for _, bare in every for one in _LAYERS.finditer(bare) for name in one[1].split(",")}
    for sheet, bare in every:
        for match in _IMPORT.finditer(bare):
            if match[1] and listed and match[1] not in listed:
                span = sheet.span(match.start(1), len(match[1]))
                found = guess(match[1], listed, f"there are {', '.join(sorted(listed))}")
                diagnostics.error("unknown-layer", f"there is no layer “{match[1]}”", span, *found)


def _check_imports(sheet: Passage, diagnostics: Diagnostics) -> None:
    """Imports in another form are not put in."""
    visible = _blanked(sheet.text, _COMMENT)
    for match in re.finditer(r"@import[^;\n]*;?", visible):
        if not _IMPORT.fullmatch(match[0]):
            message = "this import is not written as it is needed here"
            hint = 'write @import "parts/a-file.css" layer(components);'
            diagnostics.error("bad-css", message, sheet.span(match.start(), len(match[0])), hint)
