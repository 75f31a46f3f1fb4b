from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microsite.diagnostics import Diagnostics
from microsite.editing.scalars import scalar
from microsite.strict_yaml import parse_yaml

PRINTABLE = st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp", "Co", "Cn"], exclude_characters="\ufeff")


@given(st.text(PRINTABLE, min_size=1))
def test_a_text_reads_back_as_it_was(text: str) -> None:
    diagnostics = Diagnostics()
    node = parse_yaml(f"key: {scalar(text)}\n", "", diagnostics)
    assert node, diagnostics.found
    assert node.data() == {"key": text}


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Sara Price", "Sara Price"),
        ("Stage 1: around Yanbu", '"Stage 1: around Yanbu"'),
        ("null", '"null"'),
        ("# not a comment", '"# not a comment"'),
        ("2026-01-17", "2026-01-17"),
        ('a "word" \\', 'a "word" \\'),
        ('"quoted"', '"\\"quoted\\""'),
    ],
)
def test_only_what_needs_quotes_gets_them(text: str, written: str) -> None:
    assert scalar(text) == written
