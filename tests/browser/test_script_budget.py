"""How much of scripts each page asks a reader to fetch."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import brotli
from selectolax.lexbor import LexborHTMLParser

BUDGET = 10_000
"""Bytes, as sent with Brotli; site.md of the design says 10 KB."""

SEARCH_BUDGET = 12_500
"""The page of search brings its engine with it."""

INDEX_BUDGET = 60_000


def sent(file: Path) -> int:
    return len(brotli.compress(file.read_bytes()))


def test_every_page_asks_for_few_scripts(site: Path, record_property: Callable[[str, object], None]) -> None:
    sizes: dict[Path, int] = {}
    totals: dict[str, int] = {}
    for page in site.rglob("*.html"):
        scripts = LexborHTMLParser(page.read_text()).css("script[src]")
        names = [(one.attributes["src"] or "").rpartition("assets/")[2] for one in scripts]
        files = [site / "assets" / name for name in names]
        totals[str(page.relative_to(site))] = sum(sizes.setdefault(one, sent(one)) for one in files)
    search = totals.pop("search/index.html")
    worst = max(totals, key=totals.__getitem__)
    record_property("scripts of the page with most", f"{totals[worst]:,} bytes ({worst}); search: {search:,}")
    assert totals[worst] <= BUDGET
    assert search <= SEARCH_BUDGET
    assert min(totals.values()) >= 0


def test_the_index_of_the_search_is_small(site: Path, record_property: Callable[[str, object], None]) -> None:
    size = sent(site / "search" / "index.json")
    record_property("index of the search", f"{size:,} bytes")
    assert 10_000 < size <= INDEX_BUDGET
