"""The record turned round: what each source supports, and where sources disagree."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any

from microsite.digests import field_names
from microsite.entries import Disputed, Entry, name_of
from microsite.filters import gap
from microsite.pages.page import CitedSource, Dispute, Link, SourceGroup, Usage
from microsite.pages.shown import place_of
from microsite.schema.kinds import ClassCount, Comparison, PodiumPlace, Winner
from microsite.schema.values.facts import CitedDate, Model, Sourced
from microsite.schema.values.ids import SourceId
from microsite.schema.walk import walk
from microsite.site_model import Site

SOURCE_GROUPS = {
    "organiser": "The organiser",
    "federation": "Federations and championship",
    "manufacturer": "Manufacturers",
    "team": "Teams and drivers",
    "press": "Press",
    "reference": "Reference works",
    "club": "Clubs and collections",
    "advertisement": "Paid-for features",
}


# By far the most frequent values, left out at once.
_WITHOUT_SOURCES = (str, Link, Usage)


def usages_of(source: Entry, site: Site) -> tuple[Usage, ...]:
    """The places that a source supports, each once, in the order of the site."""
    return _usages(site).get(source.id, ())


@lru_cache(maxsize=1)
def _usages(site: Site) -> Mapping[str, tuple[Usage, ...]]:
    """Those of all sources. Many mentions are by few entries, so where an entry is shown is looked up once."""

    @cache
    def place_by_name(name: str) -> Link | None:
        kind, _, entry_id = name.partition("/")
        entry = site.get(kind, entry_id)
        return place_of(entry, site) if entry else None

    usages = {}
    for (kind, source_id), mentions in site.mentioned.items():
        if kind == "source":
            found: dict[Usage, None] = {}
            for mention in mentions:
                if place := place_by_name(mention.by):
                    found[Usage(mention.label, _at(place, mention.anchor))] = None
            by_place = sorted(found, key=lambda usage: (usage.link.permalink.partition("#")[0], usage.label))
            usages[source_id] = tuple(by_place)
    return usages


def source_groups(site: Site) -> tuple[SourceGroup, ...]:
    """All sources by kind, each kind by publisher and title."""
    groups = []
    for kind, title in SOURCE_GROUPS.items():
        sources = [source for source in site.all("source") if source.data.kind == kind]
        sources.sort(key=lambda source: (source.data.publisher.casefold(), source.data.title.casefold()))
        if sources:
            cited = tuple(CitedSource(source, len(usages_of(source, site))) for source in sources)
            groups.append(SourceGroup(kind, title, cited))
    return tuple(groups)


def disputes(site: Site) -> tuple[Dispute, ...]:
    """Every fact for which an entry records what other sources say."""
    found = []
    for one in site.disputed:
        kind, _, entry_id = one.by.partition("/")
        entry = site.get(kind, entry_id)
        place = place_of(entry, site) if entry else None
        if entry and place:
            unit = getattr(one.fact, "unit", None)
            is_date = isinstance(one.fact, CitedDate)
            found.append(Dispute(_label(one, entry), one.fact, _shown(one.fact), unit, _at(place, one.anchor), is_date))
    return tuple(found)


def _label(one: Disputed, entry: Entry) -> str:
    """What sources disagree on; where vehicles stand side by side, also which of them it is of."""
    if not isinstance(entry.data, Comparison):
        return one.label
    rows = (row for group in entry.data.groups for row in group.rows if row.label == one.label)
    of = {vehicle for row in rows for vehicle, fact in row.values.items() if fact == one.fact}
    return ", ".join((one.label, *(vehicle.name for vehicle in entry.data.vehicles if vehicle.id in of)))


def _at(place: Link, anchor: str | None) -> Link:
    """An element of a page; without an anchor of its own, what the link leads to already."""
    return Link(place.title, f"{place.permalink.partition('#')[0]}#{anchor}") if anchor else place


def sources_in(values: Iterable[Any], site: Site) -> Mapping[str, Entry]:
    """The sources that a page's values name: all that the page can cite."""
    named = sorted(set(_source_ids(values, site)))
    return {one: source for one in named if (source := site.get("source", one))}


def _source_ids(values: Iterable[Any], site: Site) -> Iterator[str]:
    for value in values:
        if value.__class__ is SourceId:
            yield str(value)
        if isinstance(value, _WITHOUT_SOURCES):
            continue
        if isinstance(value, Entry):
            yield from site.cites.get(name_of(value), ())
        elif isinstance(value, Model):
            yield from (str(found.value) for found in walk(value) if isinstance(found.value, SourceId))
        elif isinstance(value, (tuple, list)):
            yield from _source_ids(value, site)
        elif isinstance(value, Mapping):
            yield from _source_ids(value.values(), site)
        elif names := field_names(value.__class__):
            yield from _source_ids((getattr(value, name) for name in names), site)


def _shown(fact: Sourced) -> str | Decimal | None:
    for name in ("value", "text", "result", "event"):
        value = getattr(fact, name, None)
        if isinstance(value, (str, Decimal)):
            return value
    return _row_in_words(fact)


def _row_in_words(fact: Sourced) -> str | None:
    """What a row of an edition's tables shows; None: what stands there takes more than a line, or is not known."""
    words: list[str] = []
    if isinstance(fact, ClassCount):
        counts = ((fact.starters, "started"), (fact.finishers, "finished"))
        words = [f"{count:,} {what}" for count, what in counts if count is not None]
    elif isinstance(fact, (Winner, PodiumPlace)):
        words = [" / ".join(one.name for one in fact.crew), " ".join(filter(None, (fact.make, fact.model)))]
        if isinstance(fact, PodiumPlace) and fact.gap is not None:
            words.append(gap(fact.gap))
    return ", ".join(filter(None, words)) or None
