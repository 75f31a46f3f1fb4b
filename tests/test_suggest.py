from __future__ import annotations

import random
import string
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microsite.suggest import Guess, did_you_mean, edit_distance, fold, guess, nearest

PEOPLE = ["sara-price", "seth-quintero", "nasser-al-attiyah", "lucas-moraes", "josé-martí", "mitch-guthrie"]


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("Sara_Price", "sara-price"),
        ("sara price", "sara-price"),
        ("saraprice", "sara-price"),
        ("jose.marti", "josé-martí"),
        ("sara-prize", "sara-price"),
        ("sara-pirce", "sara-price"),
        ("sra-prce", "sara-price"),
        ("s-price", None),
        ("nasser-al-atiya", "nasser-al-attiyah"),
        ("naser-al-atiya", "nasser-al-attiyah"),
        ("seth", "seth-quintero"),
        ("guthrie", "mitch-guthrie"),
        ("lucas-moraes-2026", "lucas-moraes"),
        ("carlos-sainz", None),
        ("", None),
        ("---", None),
    ],
)
def test_the_nearest_person(word: str, expected: str | None) -> None:
    assert nearest(word, PEOPLE) == expected


@pytest.mark.parametrize(
    ("word", "candidates", "expected"),
    [
        ("evo-2025", ["evo-2025-dakar", "evo-2026", "dakar-2025"], "evo-2025-dakar"),
        ("evo-2025", ["evo-2025-dakar", "evo-2025-baja"], None),
        ("evo-2062", ["evo-2026", "evo-1999"], "evo-2026"),
        ("cat", ["car"], "car"),
        ("cta", ["car"], None),
        ("a", ["b"], None),
        ("ab", ["abc", "abd"], None),
        ("oscars", ["car"], None),
        ("colour", ["colours", "colou"], "colours"),
        ("A-B", ["ab", "a-b"], "a-b"),
        ("title", ["title"], "title"),
        ("title", [], None),
    ],
)
def test_ranks_and_ties(word: str, candidates: list[str], expected: str | None) -> None:
    assert nearest(word, candidates) == expected
    assert nearest(word, iter(reversed(candidates * 2))) == expected


def test_the_hint_is_a_ready_sentence() -> None:
    assert did_you_mean("Sara_Price", PEOPLE) == "did you mean “sara-price”?"
    assert did_you_mean("carlos-sainz", PEOPLE) is None


def test_folding() -> None:
    assert fold("São_Paulo / Stage-1.b") == "saopaulostage1b"
    assert fold("STRAẞE") == "strasse"


@pytest.mark.parametrize(
    ("one", "other", "distance"),
    [("", "", 0), ("", "abc", 3), ("abc", "acb", 1), ("ca", "abc", 3), ("kitten", "sitting", 3), ("abcd", "badc", 2)],
)
def test_edit_distance(one: str, other: str, distance: int) -> None:
    assert edit_distance(one, other, limit=9) == distance
    assert edit_distance(other, one, limit=9) == distance


@given(st.text("ab", max_size=6), st.text("abc", max_size=6), st.integers(0, 6))
def test_a_limit_changes_only_what_is_above_it(one: str, other: str, limit: int) -> None:
    exact = edit_distance(one, other, limit=99)
    assert (edit_distance(one, other, limit) == exact) if exact <= limit else (edit_distance(one, other, limit) > limit)


@given(st.text(), st.lists(st.text()))
def test_the_answer_is_a_candidate_whatever_the_words(word: str, candidates: list[str]) -> None:
    assert nearest(word, candidates) in {None, *candidates}


def test_a_thousand_candidates_are_no_wait() -> None:
    letters = random.Random(1)
    candidates = ["".join(letters.choices(string.ascii_lowercase, k=letters.randint(6, 14))) for _ in range(1000)]
    start = time.perf_counter()
    assert nearest("dakar-raly-car", [*candidates, "dakar-rally-car"]) == "dakar-rally-car"
    assert time.perf_counter() - start < 0.25


@pytest.mark.parametrize(
    ("word", "candidates", "expected"),
    [
        ("Sara_Price", PEOPLE, Guess("did you mean “sara-price”?", "sara-price")),
        ("“sara price”", PEOPLE, Guess("did you mean “sara-price”?", "sara-price")),
        ("sara-prize", PEOPLE, Guess("did you mean “sara-price”?", "sara-price")),
        ("seth", PEOPLE, Guess("did you mean “seth-quintero”?")),
        ("evo-2062", ["evo-2026", "evo-1999"], Guess("did you mean “evo-2026”?")),
        ("stage-1x", ["stage-10", "stage-11"], Guess("did you mean “stage-10” or “stage-11”?")),
        ("abcdef", ["abcdefx", "abcdxx"], Guess("did you mean “abcdefx”?")),
        ("a-b", ["ab", "a_b"], Guess("did you mean “a_b”?")),
        ("carlos-sainz", PEOPLE, Guess(None)),
    ],
)
def test_only_what_is_certain_is_offered_as_a_replacement(word: str, candidates: list[str], expected: Guess) -> None:
    assert guess(word, candidates) == expected


def test_what_is_said_when_nothing_is_near() -> None:
    assert guess("carlos-sainz", PEOPLE, "write a new file") == Guess("write a new file")
