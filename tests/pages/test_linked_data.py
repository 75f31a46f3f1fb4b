"""Each kind of page of the real site tells machines what it is about."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlsplit

import pytest

from microsite.entries import Entry
from microsite.pages.linked_data import linked_data
from microsite.pages.page import Link, PageInfo
from microsite.pages.views import ENTRY_VIEWS, PAGE_VIEWS
from tests.real_site import real_site


def graph_of(kind: str, entry_id: str, **changed: Any) -> list[dict[str, Any]]:
    site, _ = real_site()
    info, entry = site.only("site"), site.get(kind, entry_id)
    assert info
    assert entry
    view = entry.data.view if kind == "page" else kind
    views = {**PAGE_VIEWS, **ENTRY_VIEWS}
    shown = {"tables": ()} if view == "data" else views[view](site, entry)
    text = linked_data(info.data, _page(entry, view), entry, {**shown, **changed})
    assert "<" not in text
    graph: list[dict[str, Any]] = json.loads(text)["@graph"]
    return graph


def _page(entry: Entry, view: str) -> PageInfo:
    here = entry.permalink or "/"
    way = (Link("Home", "/"), Link("Here", here)) if here != "/" else ()
    return PageInfo(here, "T", "H & <b>", "D", None, "2026-01-02", view, None, way, None, None)


@pytest.mark.parametrize(
    ("kind", "entry_id", "types"),
    [
        ("page", "home", ("WebSite",)),
        ("page", "about", ("WebPage", "BreadcrumbList")),
        ("page", "car", ("WebPage about Car", "BreadcrumbList")),
        ("page", "crews", ("WebPage", "BreadcrumbList", "ItemList")),
        ("page", "history", ("WebPage", "BreadcrumbList", "ItemList")),
        ("page", "heritage", ("WebPage", "BreadcrumbList", "ItemList")),
        ("page", "updates", ("WebPage", "BreadcrumbList", "ItemList")),
        ("page", "dakar-2026", ("WebPage about SportsEvent", "BreadcrumbList", "ItemList")),
        ("page", "data", ("DataCatalog", "BreadcrumbList")),
        ("page", "glossary", ("DefinedTermSet", "BreadcrumbList")),
        ("edition", "1979", ("WebPage about SportsEvent", "BreadcrumbList")),
        ("stage", "stage-4", ("WebPage about SportsEvent", "BreadcrumbList")),
        ("person", "rokas-baciuska", ("ProfilePage", "BreadcrumbList")),
        ("chapter", "camel-trophy", ("Article", "BreadcrumbList")),
        ("update", "2026-01-17-stock-win-on-debut", ("NewsArticle", "BreadcrumbList")),
        ("source", "topgear-stage-4", ("WebPage about CreativeWork", "BreadcrumbList")),
    ],
)
def test_every_kind_of_page_has_its_type(kind: str, entry_id: str, types: tuple[str, ...]) -> None:
    graph = graph_of(kind, entry_id)
    found = tuple(one["@type"] + (f" about {one['about']['@type']}" if "about" in one else "") for one in graph)
    assert found == types
    for one in graph:
        _check_addresses(one)


def _check_addresses(thing: Any) -> None:
    if isinstance(thing, list):
        for one in thing:
            _check_addresses(one)
    elif isinstance(thing, dict):
        assert thing.get("@type"), thing
        for key, value in thing.items():
            if key in ("url", "@id", "item", "image", "contentUrl"):
                assert urlsplit(value).scheme in ("http", "https"), value
            elif isinstance(value, (dict, list)):
                _check_addresses(value)
            else:
                assert value not in (None, ""), key
    else:
        raise AssertionError(thing)


def test_the_words_of_the_page_may_stand_in_html() -> None:
    assert graph_of("page", "about")[0]["name"] == "H & <b>"


def test_only_a_cancelled_edition_says_that_it_is_not_as_planned() -> None:
    assert graph_of("edition", "2008")[0]["about"]["eventStatus"] == "https://schema.org/EventCancelled"
    assert "eventStatus" not in graph_of("edition", "2007")[0]["about"]


def test_a_stage_is_part_of_its_rally() -> None:
    event = graph_of("stage", "stage-4")[0]["about"]
    assert (event["startDate"], event["superEvent"]["name"]) == ("2026-01-07", "2026 Dakar Rally")


def test_what_is_disputed_is_not_passed_on() -> None:
    site, _ = real_site()
    comparison = site.only("comparison")
    assert comparison
    car = comparison.data.vehicles[0].id
    rows = [row for group in comparison.data.groups for row in group.rows if car in row.values]
    doubtful = {row.label for row in rows if row.values[car].disputed or row.values[car].unverified}
    told = {one["name"] for one in graph_of("page", "car")[0]["about"]["additionalProperty"]}
    assert doubtful
    assert len(told) > 10
    assert not told & {label for label in doubtful if [row.label for row in rows].count(label) == 1}


def test_items_are_in_order() -> None:
    items = graph_of("page", "history")[-1]["itemListElement"]
    assert [one["position"] for one in items] == list(range(1, len(items) + 1))
    assert items[0]["name"].endswith("1979")
