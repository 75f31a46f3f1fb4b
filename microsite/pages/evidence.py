"""The record turned round: what each source supports, and where sources disagree."""

from __future__ import annotations

from decimal import Decimal

from microsite.entries import Entry
from microsite.pages.page import CitedSource, Dispute, Link, SourceGroup, Usage
from microsite.pages.shown import place_of
from microsite.schema import KINDS
from microsite.schema.values import Sourced
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


def usages_of(source: Entry, site: Site) -> tuple[Usage, ...]:
    """The places that a source supports, each once, in the order of the site."""
    found: dict[Usage, None] = {}
    for mention in site.mentioned.get(("source", source.id), ()):
        kind, _, entry_id = mention.by.partition("/")
        entry = site.get(kind, entry_id)
        place = place_of(entry, site) if entry else None
        if place:
            anchor = f"#{mention.anchor}" if mention.anchor else ""
            found[Usage(mention.label, Link(place.title, place.permalink + anchor))] = None
    return tuple(sorted(found, key=lambda usage: (usage.link.permalink.partition("#")[0], usage.label)))


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
    for kind in KINDS:
        for entry in site.all(kind.name):
            place = place_of(entry, site)
            for one in walk(entry.data):
                fact = one.value
                if isinstance(fact, Sourced) and fact.disputed and place:
                    link = Link(place.title, place.permalink + (f"#{one.anchor}" if one.anchor else ""))
                    found.append(Dispute(one.label, fact, _shown(fact), getattr(fact, "unit", None), link))
    return tuple(found)


def _shown(fact: Sourced) -> str | Decimal | None:
    for name in ("value", "text", "result", "event"):
        value = getattr(fact, name, None)
        if isinstance(value, (str, Decimal)):
            return value
    return None
