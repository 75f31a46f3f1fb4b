"""Words of the rally in running text: the first use of each on a page leads to its explanation."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from html import unescape

from microsite.entries import Entry

_TAGS = re.compile(r"(<[^>]*>)")
_NAME = re.compile(r"</?([a-zA-Z0-9]+)")
# Inside these a button would be wrong or unwelcome.
_CLOSED = frozenset({"a", "button", "code", "pre", "h1", "h2", "h3", "h4", "h5", "h6", "figcaption", "th"})

Forms = tuple[tuple[str, str], ...]
"""Every form of every word, with the id of its term."""


def forms_of(terms: Iterable[Entry]) -> Forms:
    """All forms under which terms occur, the longest first, so that `marathon stage` is found before `stage`."""
    pairs = {form: term.id for term in terms for form in (term.data.term, *term.data.also)}
    return tuple(sorted(pairs.items(), key=lambda pair: (-len(pair[0]), pair[0])))


@lru_cache(maxsize=10_000)
def terms_in(text: str, forms: Forms) -> tuple[str, ...]:
    """The ids of the terms that occur in plain text, each once."""
    if not forms:
        return ()
    by_form = _by_form(forms)
    return tuple(dict.fromkeys(by_form[_key(match[0], by_form)] for match in _pattern(forms).finditer(text)))


def mark_terms(html: str, forms: Forms, mark: Callable[[str, str], str | None]) -> str:
    """`html` with words replaced by what `mark(id, word)` gives; None leaves a word as it is."""
    if not forms:
        return html
    by_form, pattern = _by_form(forms), _pattern(forms)

    def replace(match: re.Match[str]) -> str:
        return mark(by_form[_key(unescape(match[0]), by_form)], match[0]) or match[0]

    closed: list[str] = []
    pieces = _TAGS.split(html)
    for index, piece in enumerate(pieces):
        if index % 2:
            _follow(piece, closed)
        elif not closed:
            pieces[index] = pattern.sub(replace, piece)
    return "".join(pieces)


def _follow(tag: str, closed: list[str]) -> None:
    """Keep the stack of open elements in which nothing is marked."""
    name = _NAME.match(tag)
    if name and name[1] in _CLOSED:
        if not tag.startswith("</"):
            closed.append(name[1])
        elif closed:
            closed.pop()


@lru_cache(maxsize=4)
def _pattern(forms: Forms) -> re.Pattern[str]:
    """Words that begin with a small letter are found at the start of a sentence too; others only as written."""
    return re.compile(rf"(?<![\w-])(?:{'|'.join(_word(form) for form, _ in forms)})(?![\w-])")


def _word(form: str) -> str:
    first = f"[{form[0]}{form[0].upper()}]" if form[0].islower() else re.escape(form[0])
    return first + re.escape(form[1:])


@lru_cache(maxsize=4)
def _by_form(forms: Forms) -> dict[str, str]:
    return dict(forms)


def _key(found: str, by_form: dict[str, str]) -> str:
    return found if found in by_form else found[0].lower() + found[1:]
