"""One entry becomes one page: what its template sees, gathered from the whole site."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from microsite.assets import Assets
from microsite.diagnostics import Diagnostics
from microsite.entries import Entry, held_back, name_of
from microsite.pages.cards import section_of
from microsite.pages.evidence import sources_in
from microsite.pages.linked_data import linked_data
from microsite.pages.page import Card, Link, Page, PageInfo
from microsite.pages.shown import title_of
from microsite.pages.views import ENTRY_VIEWS, View
from microsite.schema.kinds import SiteInfo
from microsite.site_model import Site
from microsite.suggest import guess
from microsite.terms import Forms, terms_in

UNLISTED = ("not-found", "offline")
"""Views of pages that are shown in the place of another."""


@dataclass(frozen=True, slots=True)
class EntryPages:
    """What all pages are made from. `common` is in every page's context, `titles` and `cards` are those of pages by
    permalink, `forms` those of the words of the glossary."""

    site: Site
    info: SiteInfo
    assets: Assets
    cards: Mapping[str, Card]
    common: Mapping[str, Any]
    views: Mapping[str, View]
    titles: Mapping[str, str]
    forms: Forms
    diagnostics: Diagnostics

    def page(self, entry: Entry) -> Page | None:
        """The page of an entry, or None with a diagnostic if it asks for a view that does not exist."""
        name = entry.data.view if entry.kind == "page" else entry.kind
        view = self.views.get(name) if entry.kind == "page" else ENTRY_VIEWS[entry.kind]
        origin = self.site.places[name_of(entry)]
        if view is None:
            span = self.site.places.get(f"{name_of(entry)}.view", origin)
            found = guess(name, self.views, "leave “view” out for a page of words alone")
            self.diagnostics.error("unknown-view", f"there is no view “{name}”", span, *found)
            return None
        shown = view(self.site, entry)
        page = self._info(entry, name)
        terms = self._terms(entry)
        context = {
            **self.common,
            "entry": entry,
            "page": page,
            "linked_data": linked_data(self.info, page, entry, shown),
            "terms": terms,
            "sources": sources_in((entry, *shown.values(), terms), self.site),
            "pictures": self._pictures(entry),
            **shown,
        }
        return Page(page.permalink, f"{name}.html", context, origin, page.updated, listed=name not in UNLISTED)

    def _info(self, entry: Entry, view: str) -> PageInfo:
        data, permalink, title = entry.data, entry.permalink or "/", title_of(entry)
        section = section_of(self.info, permalink)
        return PageInfo(
            permalink=permalink,
            title=title,
            heading=getattr(data, "heading", None) or title,
            description=getattr(data, "description", None) or self._about_source(entry),
            lead=getattr(data, "lead", None),
            updated=getattr(data, "updated", None),
            kind=view,
            section=section,
            breadcrumbs=self._breadcrumbs(permalink, title),
            picture=self.assets.pictures.get(getattr(data, "picture", None) or ""),
            # Pages that have no card of their own show that of the part of the site they belong to.
            card=next((self.cards[one] for one in (permalink, section or "/", "/") if one in self.cards), None),
            unpublished=held_back(entry, self.site.today),
        )

    def _about_source(self, entry: Entry) -> str:
        """Sources have no description of their own, and several may have one title."""
        data = entry.data
        return f"Source {entry.id} of {self.info.title}: “{data.title}”, {data.publisher}, and what it supports."

    def _breadcrumbs(self, permalink: str, title: str) -> tuple[Link, ...]:
        """The pages above this one, the home page first, this one last; none for the home page itself."""
        if permalink == "/" or not permalink.endswith("/"):
            return ()
        parts = permalink.strip("/").split("/")
        paths = ("/" + "/".join(parts[:depth]) + "/" for depth in range(1, len(parts)))
        above = (Link(self.titles[path], path) for path in paths if path in self.titles)
        return (Link("Home", "/"), *above, Link(title, permalink))

    def _pictures(self, entry: Entry) -> Mapping[str, Any]:
        """The pictures that an entry's text shows."""
        by = name_of(entry)
        return {
            picture_id: asset
            for picture_id, asset in self.assets.pictures.items()
            if any(mention.by == by for mention in self.site.mentioned.get(("picture", picture_id), ()))
        }

    def _terms(self, entry: Entry) -> Mapping[str, Entry]:
        """The words of the glossary that an entry's text uses; the glossary itself explains all."""
        if entry.body is None or getattr(entry.data, "view", None) == "glossary":
            return {}
        terms = self.site.entries["term"]
        return {one: terms[one] for one in terms_in(entry.body.plain_text, self.forms)}
