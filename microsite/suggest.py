"""Did you mean …? The likely meant words for one that is not known, or none: a wrong guess costs more than no guess.

Case, accents and delimiters are folded away before letters are compared, since `Sara_Price` for `sara-price` is the
commonest slip by far and is no typing error at all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from microsite.accents import without_accents

_DELIMITERS = str.maketrans("", "", "-_ /.:@\"'“”„‘’‚«»‐‑‒–—\u00ad\u200b\u2060")
_SHORT = 5
_LONG = 12
_ENOUGH_TO_START_WITH = 3
_ENOUGH_TO_BE_STARTED_WITH = 4
_AT_MOST = 3


class Guess(NamedTuple):
    """A hint, ready to be shown, and the text that mends it where nothing else can have been meant."""

    hint: str | None
    replacement: str | None = None


def guess(word: str, candidates: Iterable[str], otherwise: str | None = None) -> Guess:
    """What an unknown `word` was meant to be; `otherwise` is the hint when nothing is near."""
    folded = _folded(candidates)
    found = _likely(fold(word), folded)
    if not found:
        return Guess(otherwise)
    hint = f"did you mean {' or '.join(f'“{one}”' for one in found)}?"
    return Guess(hint, found[0] if len(found) == 1 and _is_certain(word, found[0], folded) else None)


def did_you_mean(word: str, candidates: Iterable[str]) -> str | None:
    """The hint for an unknown `word`, ready to be shown, or None when nothing is near."""
    return guess(word, candidates).hint


def nearest(word: str, candidates: Iterable[str]) -> str | None:
    """The candidate that `word` was most likely meant to be, or None if there is none or if several are as likely.

    Equal after folding wins (of several such, the first in the alphabet). Then the one at the least edit distance, then
    the only one that begins with the word, holds it, or is what the word begins with.
    """
    found = _likely(fold(word), _folded(candidates))
    return found[0] if len(found) == 1 else None


def _folded(candidates: Iterable[str]) -> dict[str, str]:
    return {candidate: fold(candidate) for candidate in sorted(set(candidates))}


def _likely(wanted: str, folded: dict[str, str]) -> list[str]:
    """The candidates that are the likeliest, at most `_AT_MOST`."""
    if not wanted:
        return []
    equal = [candidate for candidate, text in folded.items() if text == wanted]
    if equal:
        return equal[:1]
    # A changed digit is another year or stage sooner than a slip: `evo-2025` is `evo-2025-dakar` before `evo-2026`.
    same_digits = {candidate: text for candidate, text in folded.items() if _digits(text) == _digits(wanted)}
    ways = [_closest(wanted, same_digits), _overlapping(wanted, folded), _closest(wanted, folded)]
    alone = next((found for found in ways if len(found) == 1), None)
    return alone or next((found for found in ways if 1 < len(found) <= _AT_MOST), [])


def _is_certain(word: str, found: str, folded: dict[str, str]) -> bool:
    """Whether no other candidate comes into question: a slip of the pen that has just one neighbour."""
    wanted = fold(word)
    near = [one for one, text in folded.items() if text == wanted] or _within_tolerance(wanted, folded)
    return list(near) == [found] and _digits(folded[found]) == _digits(wanted)


def fold(word: str) -> str:
    """`word` without case, accents and delimiters: `São_Paulo` and `sao-paulo` are both `saopaulo`."""
    return without_accents(word.casefold()).translate(_DELIMITERS)


def _digits(text: str) -> str:
    return "".join(filter(str.isdigit, text))


def _tolerance(wanted: str, candidate: str) -> int:
    """How many edits still count as a slip: more in a long id, and never as many as there are letters."""
    if len(wanted) < _SHORT:
        return min(1, len(wanted) - 1)
    return 3 if max(len(wanted), len(candidate)) > _LONG else 2


def _closest(wanted: str, folded: dict[str, str]) -> list[str]:
    """The candidates with the fewest edits within the tolerance."""
    distances = _within_tolerance(wanted, folded)
    least = min(distances.values(), default=None)
    return [candidate for candidate, edits in distances.items() if edits == least]


def _within_tolerance(wanted: str, folded: dict[str, str]) -> dict[str, int]:
    distances: dict[str, int] = {}
    for candidate, text in folded.items():
        limit = _tolerance(wanted, text)
        if _may_be_within(limit, wanted, text) and (edits := edit_distance(wanted, text, limit)) <= limit:
            distances[candidate] = edits
    return distances


def _may_be_within(limit: int, one: str, other: str) -> bool:
    """A cheap look first: an edit changes the length by at most one, and at most one of the letters there are."""
    return abs(len(one) - len(other)) <= limit and len(set(one).difference(other)) <= limit


def edit_distance(one: str, other: str, limit: int) -> int:
    """Insertions, deletions, substitutions and swaps of neighbours (optimal string alignment); above `limit`: any
    number greater than `limit`."""
    before: list[int] = []
    above = list(range(len(other) + 1))
    for row, letter in enumerate(one, start=1):
        line = [row]
        for column, opposite in enumerate(other, start=1):
            cost = min(above[column] + 1, line[-1] + 1, above[column - 1] + (letter != opposite))
            if row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == opposite:
                cost = min(cost, before[column - 2] + 1)
            line.append(cost)
        # A swap looks two rows back, so only two hopeless rows in a run settle it.
        if min(line) > limit and min(above) > limit:
            return limit + 1
        before, above = above, line
    return above[-1]


def _overlapping(wanted: str, folded: dict[str, str]) -> list[str]:
    """The candidates that begin with the word; failing any, that hold it; failing any, that begin the word."""
    tests: list[Callable[[str], bool]] = []
    if len(wanted) >= _ENOUGH_TO_START_WITH:
        tests += [lambda text: text.startswith(wanted), lambda text: wanted in text]
    tests.append(lambda text: len(text) >= _ENOUGH_TO_BE_STARTED_WITH and wanted.startswith(text))
    for test in tests:
        found = [candidate for candidate, text in folded.items() if test(text)]
        if found:
            return found
    return []
