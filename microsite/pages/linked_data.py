"""What a page is about, for machines: JSON-LD in the words of schema.org, from the same data as the page.

What is disputed, unverified or not published is left out: machines pass on a value without its reservations.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from microsite import addresses, filters
from microsite.entries import Entry
from microsite.pages.page import PageInfo
from microsite.pages.shown import title_of
from microsite.schema.kinds import SiteInfo
from microsite.schema.values.facts import Cited

Thing = dict[str, Any]
SPORT = "Rally raid"
_UNSAFE = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"}


def linked_data(info: SiteInfo, page: PageInfo, entry: Entry, shown: Mapping[str, Any]) -> str:
    """The graph of a page as JSON that may stand in HTML; `shown` is what its view adds to its context."""
    describer = _Describer(info, page, entry.data, shown)
    graph = [describer.page(), *describer.lists()]
    text = json.dumps({"@context": "https://schema.org", "@graph": graph}, ensure_ascii=False, separators=(",", ":"))
    for sign, escaped in _UNSAFE.items():
        text = text.replace(sign, escaped)
    return text


class _Describer:
    """One page, described by the function of its kind."""

    def __init__(self, info: SiteInfo, page: PageInfo, data: Any, shown: Mapping[str, Any]) -> None:
        self._info = info
        self._page = page
        self._data = data
        self._shown = shown
        self._kinds: Mapping[str, Callable[[], Thing]] = {
            "home": self._site,
            "person": self._person,
            "edition": self._edition,
            "dakar-2026": self._rally,
            "stage": self._stage,
            "chapter": lambda: self._article("Article"),
            "update": lambda: self._article("NewsArticle") | {"datePublished": self._data.date},
            "car": self._car,
            "data": self._tables,
            "glossary": self._words,
            "source": self._source,
        }

    def page(self) -> Thing:
        page = self._page
        thing: Thing = {
            "@type": "WebPage",
            "@id": self._absolute(page.permalink),
            "name": page.heading,
        }
        if page.permalink != "/":
            thing["isPartOf"] = {"@type": "WebSite", "@id": self._absolute("/"), "name": self._info.title}
        if page.updated:
            thing["dateModified"] = page.updated
        if page.card:
            thing["image"] = self._absolute(page.card.address)
        describe = self._kinds.get(page.kind)
        return thing | (describe() if describe else {})

    def lists(self) -> Iterable[Thing]:
        """The way to the page, and what it lists."""
        crumbs = [(link.title, link.permalink) for link in self._page.breadcrumbs]
        if crumbs:
            yield {"@type": "BreadcrumbList", "itemListElement": self._items(crumbs)}
        listed = [(title_of(one), one.permalink) for one in self._listed() if one.permalink]
        if listed:
            yield {"@type": "ItemList", "name": self._page.heading, "itemListElement": self._items(listed)}

    def _listed(self) -> Iterable[Entry]:
        shown = self._shown
        match self._page.kind:
            case "crews":
                return [one for group in shown["groups"] for one in group.people]
            case "history":
                return [line.edition for line in shown["lines"]]
            case "dakar-2026":
                return list(shown["stages"])
            case "heritage":
                return list(shown["chapters"])
            case "updates":
                return list(shown["updates"])
        return []

    def _items(self, named: Iterable[tuple[str, str]]) -> list[Thing]:
        return [
            {"@type": "ListItem", "position": position, "name": name, "item": self._absolute(permalink)}
            for position, (name, permalink) in enumerate(named, 1)
        ]

    # Kinds of pages

    def _site(self) -> Thing:
        return {"@type": "WebSite", "name": self._info.title, "alternateName": self._info.tagline} | self._publisher()

    def _article(self, kind: str) -> Thing:
        page = self._page
        return {"@type": kind, "headline": page.heading, "mainEntityOfPage": self._absolute(page.permalink)} | {
            "author": self._organisation(),
            **self._publisher(),
        }

    def _person(self) -> Thing:
        data = self._data
        person: Thing = {"@type": "Person", "name": data.name, "jobTitle": data.role, "description": data.summary}
        if data.nationality:
            person["nationality"] = {"@type": "Country", "name": filters.country(data.nationality)}
        if born := _sure(data.born):
            person["birthDate"] = born
        if birthplace := _sure(data.birthplace):
            person["birthPlace"] = {"@type": "Place", "name": birthplace}
        return {"@type": "ProfilePage", "mainEntity": person}

    def _edition(self) -> Thing:
        data = self._data
        event: Thing = {
            "@type": "SportsEvent",
            "name": data.title,
            "alternateName": data.name,
            "sport": SPORT,
        }
        if data.status == "cancelled":
            event["eventStatus"] = "https://schema.org/EventCancelled"
        if start := _sure(data.start):
            event["startDate"] = start
        if finish := _sure(data.finish):
            event["endDate"] = finish
        return {"about": event}

    def _rally(self) -> Thing:
        rally = self._shown["rally"]
        return {"about": _event(rally.data.name, rally.data.start, rally.data.finish)} if rally else {}

    def _stage(self) -> Thing:
        data, rally = self._data, self._shown["rally"]
        event = _event(data.title, data.date, data.date)
        event["location"] = {"@type": "Place", "name": data.start}
        if rally:
            event["superEvent"] = _event(rally.data.name, rally.data.start, rally.data.finish)
        return {"about": event}

    def _car(self) -> Thing:
        comparison = self._shown["comparison"]
        if comparison is None:
            return {}
        car = comparison.data.vehicles[0]
        facts = [(row.label, row.values.get(car.id)) for group in comparison.data.groups for row in group.rows]
        known = [(label, fact, value) for label, fact in facts if fact and (value := _sure(fact))]
        properties = [
            {"@type": "PropertyValue", "name": label, "value": value} | ({"unitText": fact.unit} if fact.unit else {})
            for label, fact, value in known
        ]
        about: Thing = {"@type": "Car", "name": car.name, "additionalProperty": properties}
        return {"about": about | ({"description": car.note} if car.note else {})}

    def _tables(self) -> Thing:
        return {"@type": "DataCatalog", "dataset": [self._table(table) for table in self._shown["tables"]]} | (
            self._publisher()
        )

    def _table(self, table: Any) -> Thing:
        columns = ", ".join(table.columns)
        return {
            "@type": "Dataset",
            "name": table.title,
            "description": f"{table.title}: {table.count} rows, each with its sources. Columns: {columns}.",
            "url": self._absolute(f"/data/#{table.name}"),
            "creator": self._organisation(),
            "license": {"@type": "CreativeWork", "name": self._info.licence},
            "distribution": [
                {
                    "@type": "DataDownload",
                    "encodingFormat": kind,
                    "contentUrl": self._absolute(f"/data/{table.name}.{ending}"),
                }
                for kind, ending in (("text/csv", "csv"), ("application/json", "json"))
            ],
        }

    def _words(self) -> Thing:
        here = self._absolute(self._page.permalink)
        terms = [
            {"@type": "DefinedTerm", "name": str(one.data.term), "url": f"{here}#{one.id}"}
            for one in self._shown["terms_all"]
        ]
        return {"@type": "DefinedTermSet", "hasDefinedTerm": terms}

    def _source(self) -> Thing:
        data = self._data
        work: Thing = {"@type": "CreativeWork", "name": data.title, "inLanguage": data.language}
        work["publisher"] = {"@type": "Organization", "name": data.publisher}
        given = {"url": data.url, "datePublished": data.date}
        return {"about": work | {key: value for key, value in given.items() if value}}

    # What several need

    def _organisation(self) -> Thing:
        return {"@type": "Organization", "name": self._info.author, "url": self._absolute("/")}

    def _publisher(self) -> Thing:
        return {"publisher": self._organisation()}

    def _absolute(self, permalink: str) -> str:
        return addresses.absolute(permalink, self._info.base_url)


def _event(name: str, start: str, finish: str) -> Thing:
    return {"@type": "SportsEvent", "name": name, "sport": SPORT, "startDate": start, "endDate": finish}


def _sure(fact: Cited[Any] | None) -> str | None:
    """A value that may be passed on by itself."""
    if fact is None or fact.value is None or fact.disputed or fact.unverified:
        return None
    return str(fact.value)
