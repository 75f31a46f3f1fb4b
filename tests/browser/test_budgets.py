"""How much a reader has to fetch, on the real site; `tools/quality/checks/budgets.py` says how that is counted."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tools.quality.built_site import BuiltSite, sent
from tools.quality.checks.budgets import weight, worst_of_each_kind

INDEX_OF_SEARCH = 70_000
"""Bytes, as sent: only who searches fetches it."""


def test_every_page_keeps_within_its_bars(site: Path) -> None:
    built = BuiltSite(site)
    weights = [weight(built, page) for page in built.pages]
    assert len({one.kind for one in weights}) > 20
    assert worst_of_each_kind(weights) == []


def test_the_index_of_the_search_is_small(site: Path, record_property: Callable[[str, object], None]) -> None:
    size = len(sent(site / "search" / "index.json")[0])
    record_property("index of the search", f"{size:,} bytes")
    assert 10_000 < size <= INDEX_OF_SEARCH
