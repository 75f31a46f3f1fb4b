"""Every fact says where it comes from, and every source is one."""

from __future__ import annotations

import re
from collections import Counter, defaultdict

from microsite.entries import Entry, name_of
from microsite.schema.kinds import (
    QUOTE_WORDS,
    Source,
)
from microsite.schema.values.facts import Sourced
from microsite.schema.walk import walk
from microsite.site_model import Site
from tests.content.lookups import entries, spelled_differently
from tests.real_site import ROOT


def test_every_figure_has_a_source_or_a_badge(site: Site) -> None:
    bare = [
        (name_of(entry), found.label)
        for entry in entries(site)
        for found in walk(entry.data)
        if isinstance(found.value, Sourced) and found.value.is_known
        if not found.value.sources and not found.value.unverified
    ]
    assert bare == []


def test_nothing_is_sourced_and_unverified_at_once(site: Site) -> None:
    both = [
        (name_of(entry), found.label)
        for entry in entries(site)
        for found in walk(entry.data)
        if isinstance(found.value, Sourced) and found.value.sources and found.value.unverified
    ]
    assert both == []


def test_a_source_is_cited_once_for_one_fact(site: Site) -> None:
    twice = [
        (name_of(entry), found.label, source)
        for entry in entries(site)
        for found in walk(entry.data)
        if isinstance(found.value, Sourced)
        for source, count in Counter(found.value.sources).items()
        if count > 1
    ]
    assert twice == []


def test_quotes_are_short_and_have_speaker_and_source(site: Site) -> None:
    for quote in site.all("quote"):
        assert len(quote.data.text.split()) <= QUOTE_WORDS, quote.id
        assert site.get("person", quote.data.speaker) is not None, quote.id
        assert quote.data.sources, quote.id


def test_one_address_is_one_source(site: Site) -> None:
    """Two addresses were given to another text or crew later; both states are cited, and their notes say so."""
    by_address = defaultdict(list)
    for source in site.all("source"):
        if source.data.url:
            by_address[re.sub(r"^https?://(www\.)?|/$", "", source.data.url)].append(source)
    shared = [found for found in by_address.values() if len(found) > 1]
    assert [[source.id for source in found] for found in shared if not all(one.data.note for one in found)] == []
    assert len(shared) <= 2


def test_publishers_are_spelled_the_same_everywhere(site: Site) -> None:
    publishers = {source.data.publisher for source in site.all("source")}
    assert spelled_differently(publishers) == []


def test_a_quote_is_dated_if_its_source_is(site: Site) -> None:
    undated = [quote for quote in site.all("quote") if quote.data.date is None]
    dates = {quote.id: [source_of(site, source).date for source in quote.data.sources] for quote in undated}
    assert {quote: found for quote, found in dates.items() if any(found)} == {}


def test_a_quote_was_said_before_it_was_published(site: Site) -> None:
    for quote in site.all("quote"):
        published = [date for source in quote.data.sources if (date := source_of(site, source).date)]
        if published and quote.data.date:
            latest = max(published)
            length = min(len(latest), len(quote.data.date))
            assert quote.data.date[:length] <= latest[:length], quote.id


def test_a_source_without_an_address_says_why(site: Site) -> None:
    assert [source.id for source in site.all("source") if not source.data.url and not source.data.note] == []


def test_no_source_is_newer_than_the_site(site: Site) -> None:
    info = site.only("site")
    assert info is not None
    today = info.data.updated
    newer = [source.id for source in site.all("source") if (source.data.date or "") > today]
    assert newer == []


def test_every_paragraph_with_a_figure_names_a_source(site: Site) -> None:
    """A heading, a link and what says that something was not found may carry a number without one."""
    bare = [
        (name_of(entry), paragraph[:60])
        for kind in ("chapter", "edition", "person", "stage", "update")
        for entry in site.all(kind)
        for paragraph in paragraphs(entry)
        if re.search(r"[0-9]", re.sub(r"\]\([^)]*\)", "]", paragraph)) and not re.search(r"\[@|not found", paragraph)
    ]
    assert bare == []


def source_of(site: Site, source_id: str) -> Source:
    entry = site.get("source", source_id)
    assert entry is not None, source_id
    data: Source = entry.data
    return data


def paragraphs(entry: Entry) -> list[str]:
    """The paragraphs and tables of a Markdown file's text, as the editor typed them."""
    _, _, body = (ROOT / entry.path).read_text(encoding="utf-8").split("---\n", 2)
    return [one for one in re.split(r"\n{2,}", body.strip()) if one and not one.startswith("#")]
