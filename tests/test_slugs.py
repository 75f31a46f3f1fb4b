from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microsite.load import ID
from microsite.slugs import slug


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Stéphane Peterhansel", "stephane-peterhansel"),
        ("Rokas Baciuška", "rokas-baciuska"),
        ("Łukasz Łaskawiec", "lukasz-laskawiec"),
        ("Jørgen Ærø’s Straße", "jorgen-aeros-strasse"),
        ("İstanbul", "istanbul"),
        ("  Stage 13: Yanbu—Yanbu!  ", "stage-13-yanbu-yanbu"),
        ("1998–2000", "1998-2000"),
        ("日本", ""),
    ],
)
def test_a_name_becomes_an_id(name: str, expected: str) -> None:
    assert slug(name) == expected


@given(st.text())
def test_what_comes_out_is_an_id_or_nothing(name: str) -> None:
    assert not slug(name) or ID.fullmatch(slug(name))
