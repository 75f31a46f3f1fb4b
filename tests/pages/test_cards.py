from __future__ import annotations

import pytest

from microsite.pages.cards import section_of, words_for
from tests.real_site import real_site


def words(kind: str, entry_id: str) -> tuple[str | None, str, str, str | None]:
    site, _ = real_site()
    info, entry = site.only("site"), site.get(kind, entry_id)
    assert info
    assert entry
    found = words_for(site, info.data, entry)
    return found.section, found.title, found.note, found.figure


@pytest.mark.parametrize(
    ("kind", "entry_id", "expected"),
    [
        ("edition", "1979", ("Paris–Dakar", "1979")),
        ("edition", "2012", ("Dakar, Argentina–Chile–Peru", "2012")),
        ("person", "rokas-baciuska", ("Rokas Baciuška", "502")),
        ("person", "james-barclay", ("James Barclay", None)),
        ("stage", "stage-4", ("Stage 4: AlUla to the refuge", "451 km")),
    ],
)
def test_title_and_figure(kind: str, entry_id: str, expected: tuple[str, str | None]) -> None:
    _, title, _, figure = words(kind, entry_id)
    assert (title, figure) == expected


def test_what_an_edition_is_remembered_by() -> None:
    assert words("edition", "1981")[2].startswith("Won by René Metge and Bernard Giroux, Land Rover Range Rover")
    assert words("edition", "2008")[2] == "Cancelled"
    assert words("edition", "2027")[2] == "Announced, not yet held"


def test_section() -> None:
    site, _ = real_site()
    info = site.only("site")
    assert info
    assert section_of(info.data, "/history/1979/") == "/history/"
    assert section_of(info.data, "/") is None
    assert words("edition", "1979")[0] == "History"
