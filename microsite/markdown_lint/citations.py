"""Citations of sources that would be shown as typed."""

from __future__ import annotations

import re

from microsite.content_files import Passage
from microsite.diagnostics import Diagnostics
from microsite.markdown import CITATION
from microsite.markdown_lint.characters import without_invisible
from microsite.markdown_lint.links import is_defined
from microsite.markdown_lint.offers import offer

_ANY_CITATION = re.compile(r"\[\s*@[^\[\]\n]*\]?")
_NUMBERED = re.compile(r"(?<=[\w.,;:!?’”)\]])\[\d{1,2}\](?![(\[:])")
_BRACKETED_ID = re.compile(r"(?<![\]!\[])\[([a-z0-9]+(?:-[a-z0-9]+)+)\](?![(\[:])")
_LOOSE_CITATION = re.compile(r"[({]@[a-z0-9-]+[)}]|(?<![\w\[@;,/-])(?<![;,] )@[a-z0-9]+(?:-[a-z0-9]+)+")
_WITHIN = re.compile(r"(?<![\\\]!\[])\[(?![\s@])[^\[\]\n]*(?<![\w/.])@[a-z0-9]+(?:-[a-z0-9]+)+[^\[\]\n]*\](?!\()")
_CITED_ID = re.compile(r"[a-z0-9-]+")


def citations(prose: Passage, diagnostics: Diagnostics) -> None:
    hint = "write [@source-id], or [@one-id; @another-id] for several"
    bracketed = {
        at
        for pattern in (_ANY_CITATION, CITATION, _WITHIN)
        for match in pattern.finditer(prose.text)
        for at in range(*match.span())
    }
    for match in _ANY_CITATION.finditer(prose.text):
        if whole := CITATION.match(prose.text, match.start()):  # it may go on in the next line
            _cited_twice(whole, prose, diagnostics)
            continue
        if match[0] != without_invisible(match[0]):  # which is told, and mends it
            continue
        right = _citation(match[0])
        message = f"“{match[0]}” is not a citation and would be shown as typed"
        mend = f"write {right}" if right else hint
        diagnostics.error("bad-citation", message, prose.span(match.start(), len(match[0])), mend, right)
    for match in _BRACKETED_ID.finditer(prose.text):
        if not is_defined(match[1], prose.text):
            right = f"[@{match[1]}]"
            message = f"“{match[0]}” would be shown as typed; a source is cited with an @"
            diagnostics.error(
                "bad-citation", message, prose.span(match.start(), len(match[0])), f"write {right}", right
            )
    for match in _NUMBERED.finditer(prose.text):
        if is_defined(match[0][1:-1], prose.text):
            continue
        message = f"“{match[0]}” would be shown as typed; sources are cited by id and get their numbers by themselves"
        diagnostics.error("bad-citation", message, prose.span(match.start(), len(match[0])), hint)
    for match in _WITHIN.finditer(prose.text):
        ids = re.findall(r"@([a-z0-9-]+)", match[0])
        message = f"“{match[0]}” would be shown as typed: a citation holds ids of sources alone"
        right = f"[{'; '.join('@' + one for one in ids)}]"
        offer("bad-citation", message, prose, match.start(), len(match[0]), right, diagnostics)
    for match in _LOOSE_CITATION.finditer(prose.text):
        if match.start() in bracketed:
            continue
        right = f"[{match[0].strip('(){}')}]"
        message = f"“{match[0]}” would be shown as typed; a citation stands in square brackets"
        diagnostics.error("bad-citation", message, prose.span(match.start(), len(match[0])), f"write {right}", right)


def _cited_twice(citation: re.Match[str], prose: Passage, diagnostics: Diagnostics) -> None:
    seen: set[str] = set()
    for one in _CITED_ID.finditer(prose.text, citation.start(1), citation.end(1)):
        if one[0] in seen:
            span = prose.span(one.start(), len(one[0]))
            diagnostics.error("named-twice", f"“{one[0]}” is named twice", span, "once is enough")
        seen.add(one[0])


def _citation(typed: str) -> str | None:
    """`[@One_Two @three` as [@one-two; @three], if every part is an id once case and delimiters are set right."""
    inside = re.sub(r"[‐‑‒–—―−]", "-", typed).strip("[](){}\\. ").lower().replace("_", "-").replace("@@", "@")
    parts = [part.strip() for part in re.split(r"[;,]|\s+(?:(?:and|&|\+)\s+)?(?=@)", inside) if part.strip()]
    ids = [re.sub(r"^@\s*", "", part).replace(" ", "-") for part in parts]
    if not typed.endswith(("]", ")", "}")) and re.search(r"\s[^@\s]", inside):
        return None  # nobody can tell where it was to end
    if not ids or not all(re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", one) for one in ids):
        return None
    return f"[{'; '.join('@' + one for one in ids)}]"
