from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations
from typing import Any

import pytest

from microsite.digests import Digester
from microsite.entries import Body, Entry
from microsite.pages.page import Link
from microsite.schema.values.facts import CitedFigure


@dataclass(frozen=True)
class Box:
    one: Any
    two: Any = None


@dataclass(frozen=True)
class OtherBox:
    one: Any
    two: Any = None


def entry(digest: bytes) -> Entry:
    return Entry("page", "a", None, None, "content/pages/a.md", "/a/", digest)


def figure(value: object) -> CitedFigure:
    return CitedFigure.model_construct(value=value, sources=("a",))


DIFFERENT: list[Any] = [
    None,
    "None",
    "",
    0,
    False,
    "0",
    Decimal("0"),
    Decimal("0.0"),
    1,
    True,
    "1",
    [],
    [None],
    [[]],
    [[], []],
    ["a", "b"],
    ["ab"],
    ["a", ["b"]],
    [["a"], "b"],
    ["b", "a"],
    {},
    {"a": "b"},
    {"b": "a"},
    {"a": "b", "c": "d"},
    {"c": "d", "a": "b"},
    {"a": ["b"]},
    Box("a", "b"),
    Box("b", "a"),
    OtherBox("a", "b"),
    Box(Box("a", "b")),
    Box(["a", "b"]),
    Link("a", "b"),
    entry(b"1"),
    entry(b"2"),
    [entry(b"1"), entry(b"2")],
    [entry(b"2"), entry(b"1")],
    Body("<p>", (), "", b"3"),
    figure(Decimal("7994")),
    figure("7994"),
    figure(Decimal("7994.0")),
    figure(None),
]


def test_different_values_have_different_digests() -> None:
    digests = [Digester().digest(value) for value in DIFFERENT]
    same = [pair for pair in combinations(range(len(DIFFERENT)), 2) if digests[pair[0]] == digests[pair[1]]]
    assert [(DIFFERENT[one], DIFFERENT[other]) for one, other in same] == []
    assert {len(digest) for digest in digests} == {32}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("a", 1), ["a", 1]),
        (Box(Link("a", "b")), Box(Link("a", "b"))),
        (entry(b"1"), Entry("person", "b", object(), None, "elsewhere", None, b"1")),
        (figure(Decimal("4.40")), figure(Decimal("4.40"))),
    ],
)
def test_equal_values_have_equal_digests(one: Any, other: Any) -> None:
    assert Digester().digest(one) == Digester().digest(other)


def test_a_digester_says_the_same_however_much_it_has_seen() -> None:
    used = Digester()
    shared = {"a": Box("a")}
    first = [used.digest(value) for value in (*DIFFERENT, shared, [shared, shared])]
    again = [used.digest(value) for value in (*DIFFERENT, shared, [shared, shared])]
    fresh = [Digester().digest(value) for value in (*DIFFERENT, shared, [shared, shared])]
    assert first == again == fresh


@pytest.mark.parametrize("value", [object(), {"a"}, 1.5, b"a", {"a": [object()]}, Box(len)])
def test_what_has_no_digest_may_not_reach_a_template(value: Any) -> None:
    with pytest.raises(TypeError, match=r"a template may not see a \w+: it has no digest"):
        Digester().digest(value)


def test_a_mapping_is_digested_without_being_copied() -> None:
    class Counting(dict[str, int]):
        looks = 0

        def items(self) -> Any:
            Counting.looks += 1
            return super().items()

    shared: Mapping[str, int] = Counting(a=1)
    digester = Digester()
    for _ in range(3):
        digester.digest([shared, Box(shared)])
    assert Counting.looks == 1
