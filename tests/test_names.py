from __future__ import annotations

from types import SimpleNamespace
from typing import cast

import pytest

from microsite.diagnostics import Diagnostics, Span
from microsite.entries import Entry, NamedPerson
from microsite.names import check_names

PEOPLE = {"sara-price": "Sara Price", "rene-metge": "René Metge", "mika-metge": "Mika Metge"}


def found(*named: tuple[str, str | None]) -> list[tuple[str, str, str | None]]:
    """Severity with code, message and hint for names with the ids beside them."""
    people = {key: cast(Entry, SimpleNamespace(data=SimpleNamespace(name=name))) for key, name in PEOPLE.items()}
    rows = [
        NamedPerson(name, person, "person", Span("a.yaml", line), "edition/2026")
        for line, (name, person) in enumerate(named, 1)
    ]
    diagnostics = Diagnostics()
    check_names(rows, people, diagnostics)
    return [(f"{one.span.line} {one.severity} {one.code}", one.message, one.hint) for one in diagnostics.found]


def test_names_that_are_right() -> None:
    assert found(("Sara Price", "sara-price"), ("Michaël Metge", "mika-metge"), ("Jacky Ickx", None)) == []
    assert found(("Sara Pryce", "sarah-price")) == []  # the id is reported elsewhere
    assert found(("Al Roth", None), ("Ali Roth", None), ("Jacky Ickx", None), ("Jack Icks", None)) == []


@pytest.mark.parametrize(
    ("name", "person", "expected"),
    [
        (
            "Rene Metge",
            "rene-metge",
            (
                "1 error other-name",
                "“Rene Metge” is “René Metge” on the page of this person",
                "did you mean “René Metge”?",
            ),
        ),
        (
            "Sara Price",
            "rene-metge",
            (
                "1 error other-name",
                "this is Sara Price, but the id beside it is that of René Metge",
                "write person: sara-price",
            ),
        ),
        (
            "Sara Jones",
            "sara-price",
            (
                "1 warning other-name",
                "this is Sara Jones, but the id beside it is that of Sara Price",
                "correct the name, or the id",
            ),
        ),
        (
            "Sara Price",
            None,
            (
                "1 warning unlinked-name",
                "Sara Price has a page, to which this name does not lead",
                "add person: sara-price",
            ),
        ),
        (
            "Sara Pryce",
            None,
            (
                "1 warning near-name",
                "“Sara Pryce” is hardly different from “Sara Price”, who has a page",
                "did you mean “Sara Price”?",
            ),
        ),
    ],
)
def test_a_name_that_is_wrong(name: str, person: str | None, expected: tuple[str, str, str]) -> None:
    assert found((name, person)) == [expected]


def test_of_two_names_the_rarer_is_the_slip() -> None:
    [one] = found(("Jacky Ickx", None), ("Jacky Icks", None), ("Jacky Ickx", None))
    assert one[:2] == (
        "2 warning near-name",
        "“Jacky Icks” is hardly different from “Jacky Ickx”, who stands in other places",
    )
