"""People's names in tables: one that differs from that of the person whose id stands beside it, one that is a letter
off another, one of a person who has a page and is not linked to it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import combinations

from microsite.diagnostics import Diagnostics
from microsite.entries import Entry, NamedPerson
from microsite.suggest import edit_distance, fold, nearest

_SLIP = 1
_SLIP_BESIDE_ID = 2
_LONG_ENOUGH = 8
"""Names with fewer letters may differ in one and be two people's all the same."""


def check_names(named: Iterable[NamedPerson], people: Mapping[str, Entry], diagnostics: Diagnostics) -> None:
    """Report names that contradict the ids beside them and, as warnings, those that look like slips. `people` are the
    entries of persons by id. A name may be another form of the person's own if the two share a family name."""
    named = list(named)
    own = {entry.data.name: entry_id for entry_id, entry in people.items()}
    for one in named:
        if one.person is not None and one.person in people:
            _check_beside_id(one, people[one.person].data.name, own, diagnostics)
        elif one.person is None and one.name in own:
            message = f"{one.name} has a page, to which this name does not lead"
            hint = f"add {one.key}: {own[one.name]}"
            diagnostics.warning("unlinked-name", message, one.span, hint)
    _check_spelling([one for one in named if one.person is None], own, diagnostics)


def _check_beside_id(one: NamedPerson, right: str, own: Mapping[str, str], diagnostics: Diagnostics) -> None:
    if one.name == right:
        return
    if _are_near(one.name, right, _SLIP_BESIDE_ID):
        message = f"“{one.name}” is “{right}” on the page of this person"
        diagnostics.error("other-name", message, one.span, f"did you mean “{right}”?", right)
        return
    message = f"this is {one.name}, but the id beside it is that of {right}"
    meant = nearest(one.name, own)
    hint = f"write {one.key}: {own[meant]}" if meant else "correct the name, or the id"
    if not _words(one.name) & _words(right):
        diagnostics.error("other-name", message, one.span, hint)
    elif not _words(one.name) & _words(right.partition(" ")[2] or right):  # people may change their family name
        diagnostics.warning("other-name", message, one.span, hint)


def _check_spelling(named: list[NamedPerson], own: Mapping[str, str], diagnostics: Diagnostics) -> None:
    """Of two names that differ in a letter, the one of which there is less is the slip."""
    count = Counter(one.name for one in named)
    meant: dict[str, str] = {}
    for pair in _near_pairs(frozenset((*count, *own))):
        rare, usual = sorted(pair, key=lambda name: (name in own, count[name], name))
        if rare not in own:
            meant[rare] = usual
    for one in named:
        if right := meant.get(one.name):
            where = "has a page" if right in own else "stands in other places"
            message = f"“{one.name}” is hardly different from “{right}”, who {where}"
            diagnostics.warning("near-name", message, one.span, f"did you mean “{right}”?", right)


@lru_cache(maxsize=4)  # each save of a preview asks again
def _near_pairs(names: frozenset[str]) -> tuple[tuple[str, str], ...]:
    """Names that differ in a letter, an accent or a hyphen. Such names have a word in common."""
    by_word: dict[str, list[str]] = {}
    for name in sorted(names):
        for word in _words(name):
            by_word.setdefault(word, []).append(name)
    return tuple(dict.fromkeys(pair for alike in by_word.values() for pair in _near_within(alike)))


def _near_within(names: list[str]) -> Iterator[tuple[str, str]]:
    long_enough = (name for name in names if len(name) >= _LONG_ENOUGH)
    for one, other in combinations(long_enough, 2):
        if abs(len(one) - len(other)) <= _SLIP + 1 and _are_near(one, other, _SLIP):
            yield one, other


def _are_near(one: str, other: str, slip: int) -> bool:
    return edit_distance(fold(one), fold(other), slip) <= slip


@lru_cache(maxsize=4096)
def _words(name: str) -> frozenset[str]:
    return frozenset(fold(word) for word in name.split())
