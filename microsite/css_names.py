"""Names in style sheets that CSS does not have: properties, units, at-rules, pseudo-classes. Browsers pass over what
they do not understand, and so does the CSS parser."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from microsite.content_files import Passage
from microsite.diagnostics import Diagnostics, Span
from microsite.suggest import Guess, guess

_PROPERTIES = Path(__file__).with_name("css_properties.txt")
_UNITS = frozenset(
    "px rem em ex rex ch rch cap rcap ic ric lh rlh cm mm q in pt pc vw vh vi vb vmin vmax svw svh svi svb svmin svmax "
    "lvw lvh lvi lvb lvmin lvmax dvw dvh dvi dvb dvmin dvmax cqw cqh cqi cqb cqmin cqmax deg grad rad turn s ms hz khz "
    "dpi dpcm dppx x fr st db".split()
)
_AT_RULES = frozenset(
    "charset color-profile container counter-style custom-media document font-face font-feature-values "
    "font-palette-values function import keyframes layer media namespace page position-try property scope "
    "starting-style supports view-transition viewport "
    # Within @font-feature-values and @page.
    "annotation character-variant historical-forms ornaments styleset stylistic swash bottom-center bottom-left "
    "bottom-left-corner bottom-right bottom-right-corner left-bottom left-middle left-top right-bottom right-middle "
    "right-top top-center top-left top-left-corner top-right top-right-corner".split()
)
_PSEUDO = frozenset(
    "active active-view-transition active-view-transition-type after any-link autofill backdrop before blank "
    "buffering checked checkmark column cue cue-region current default defined details-content dir disabled empty "
    "enabled file-selector-button first first-child first-letter first-line first-of-type focus focus-visible "
    "focus-within fullscreen future grammar-error has has-slotted highlight host host-context hover in-range "
    "indeterminate interest-source interest-target invalid is lang last-child last-of-type left link local-link marker "
    "matches modal muted not nth-child nth-col nth-last-child nth-last-col nth-last-of-type nth-of-type only-child "
    "only-of-type open optional out-of-range part past paused picker picker-icon picture-in-picture placeholder "
    "placeholder-shown playing popover-open read-only read-write required right root scope scroll-button "
    "scroll-marker scroll-marker-group search-text seeking selection slotted spelling-error stalled state target "
    "target-after target-before target-current target-text user-invalid user-valid valid view-transition "
    "view-transition-group view-transition-image-pair view-transition-new view-transition-old visited "
    "volume-locked where xr-overlay".split()
)
_DECLARATION = re.compile(r"[{};]\s*([A-Za-z][\w-]*)\s*:([^{};]*)(?=[;}])")
_SELECTOR = re.compile(r"(?:\A|[{};])([^{};@]*:[^{};@]*)(?=\{)")
_AT_RULE = re.compile(r"@([a-z][a-z-]*)")
_PSEUDO_NAME = re.compile(r"(?<!\\)::?([a-z][a-z-]*)")
_DIMENSION = re.compile(r"(?<![\w#.-])[-+]?(?:[0-9]+\.?|[0-9]*\.[0-9]+)([A-Za-z]+)(?![\w(-])")
_HEX = re.compile(r"#([0-9A-Fa-f]+)(?![\w-])")
_UNSPACED = re.compile(r"(?<![\w.-])[0-9.]+(?:[a-z]+|%)?([+-])(?=[0-9.(])")
_IN_SUM = re.compile(r"\b(?:calc|clamp|min|max)\(")
_PARTED = re.compile(r"(?<![\w#.-])[0-9.]+ +(px|r?em|ch|v[hw]|%|deg|m?s)(?![\w(-])")
_LENGTHS = re.compile(
    r"(?:margin|padding|inset|top|right|bottom|left|(?:row-|column-)?gap|font-size|letter-spacing|border-radius"
    r"|(?:(?:max|min)-)?(?:(?:inline|block)-size|width|height))(?:-(?:inline|block|start|end|top|right|bottom|left))*"
)
_NUMBERS_ALONE = re.compile(r"\s*(?:[-+]?[0-9.]+\s*)+")
_MAY_BE_NEW = "look at its spelling; if it is new, it may stay"
_LENGTHS_OF_COLOURS = (3, 4, 6, 8)


def lint_names(bare: str, sheet: Passage, diagnostics: Diagnostics) -> None:
    """Report names of a style sheet that mean nothing; `bare` is its text without comments and quoted texts."""
    for one in _DECLARATION.finditer(bare):
        name = one[1].lower()
        if name not in _properties():
            span = sheet.span(one.start(1), len(name))
            _tell("unknown-property", f"CSS has no property “{one[1]}”", span, guess(name, _properties()), diagnostics)
        if _LENGTHS.fullmatch(name) and _NUMBERS_ALONE.fullmatch(one[2]) and (number := re.search("[1-9]", one[2])):
            message = f"“{name}” is given a number without its unit"
            span = sheet.span(one.start(2) + number.start())
            diagnostics.error("bad-css", message, span, "write it behind the number: 1rem")
        if name != "unicode-range":
            _check_value(bare, one.start(2), one.end(2), sheet, diagnostics)
    for one in _AT_RULE.finditer(bare):
        if one[1] not in _AT_RULES:
            span = sheet.span(one.start(1), len(one[1]))
            _tell("bad-css", f"CSS has no rule “@{one[1]}”", span, guess(one[1], _AT_RULES), diagnostics)
    for selector in _SELECTOR.finditer(bare):
        for one in _PSEUDO_NAME.finditer(bare, selector.start(), selector.end()):
            if one[1] not in _PSEUDO:
                span = sheet.span(one.start(1), len(one[1]))
                _tell("bad-css", f"CSS has no “{one[0]}”", span, guess(one[1], _PSEUDO), diagnostics)


def _tell(code: str, message: str, span: Span, meant: Guess, diagnostics: Diagnostics) -> None:
    """What is like nothing there is may be newer than what is known here, and stops nobody."""
    if meant.hint:
        diagnostics.error(code, message, span, *meant)
    else:
        diagnostics.warning(code, message, span, _MAY_BE_NEW)


def _check_value(bare: str, start: int, end: int, sheet: Passage, diagnostics: Diagnostics) -> None:
    for one in _DIMENSION.finditer(bare, start, end):
        if one[1].lower() not in _UNITS:
            span = sheet.span(one.start(1), len(one[1]))
            diagnostics.error("bad-css", f"“{one[1]}” is no unit of CSS", span, *guess(one[1], _UNITS))
    for one in _HEX.finditer(bare, start, end):
        if len(one[1]) not in _LENGTHS_OF_COLOURS:
            message = f"{one[0]} is no colour: it has {len(one[1])} digits"
            diagnostics.error("bad-css", message, sheet.span(one.start(), len(one[0])), "a colour has 3, 4, 6 or 8")
    for one in _PARTED.finditer(bare, start, end):
        right = re.sub(" +", "", one[0])
        message = "a space parts a number from its unit"
        diagnostics.error("bad-css", message, sheet.span(one.start(), len(one[0])), f"write {right}", right)
    first = _IN_SUM.search(bare, start, end)
    if first and (sign := _UNSPACED.search(bare, first.end(), end)):
        message = f"there is no space around this {sign[1]}, so that it is no sign of a sum"
        diagnostics.error("bad-css", message, sheet.span(sign.start(1)), f"write “ {sign[1]} ”", f" {sign[1]} ")


@cache
def _properties() -> frozenset[str]:
    return frozenset(line for line in _PROPERTIES.read_text("utf-8").splitlines() if not line.startswith("#"))
