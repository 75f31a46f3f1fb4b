"""The site becomes pages: what is shown at which address, and what each template sees."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from microsite.assets import Assets
from microsite.diagnostics import Diagnostics
from microsite.entries import Entry, name_of
from microsite.exports import Exports
from microsite.pages.agreement import check_agreement
from microsite.pages.cards import CardWords, view_of, words_for
from microsite.pages.entry_page import EntryPages
from microsite.pages.evidence import sources_in
from microsite.pages.page import Card, Page
from microsite.pages.shown import title_of
from microsite.pages.views import ENTRY_VIEWS, PAGE_VIEWS, newest_updates
from microsite.schema import KINDS
from microsite.site_model import Site
from microsite.terms import forms_of


@dataclass(frozen=True, slots=True)
class Materials:
    """What pages are made from. `cards` are by permalink; `exports` are only made if a page shows them."""

    site: Site
    assets: Assets
    cards: Mapping[str, Card]
    exports: Callable[[], Exports]


def make_pages(materials: Materials, diagnostics: Diagnostics) -> tuple[Page, ...]:
    """Every page of the site, feeds, sitemap and redirects among them. What entries contradict each other in is
    reported, and so are collisions of addresses."""
    site = materials.site
    info = site.only("site")
    if info is None:
        return ()
    check_agreement(site, diagnostics)
    maker = _maker(materials, info, diagnostics)
    pages = [page for entry in _shown(site) if (page := maker.page(entry))]
    redirects = list(_redirects(pages, site, maker.common))
    documents = _documents(pages, site, info, maker.common)
    return tuple(_without_collisions([*pages, *redirects, *documents], materials.assets.files, site, diagnostics))


def make_page(permalink: str, materials: Materials, diagnostics: Diagnostics) -> Page | None:
    """The page of the entry at an address and no other; None if there is none."""
    info = materials.site.only("site")
    entry = next((one for one in _shown(materials.site) if one.permalink == permalink), None)
    if info is None or entry is None:
        return None
    return _maker(materials, info, diagnostics).page(entry)


def _maker(materials: Materials, info: Entry, diagnostics: Diagnostics) -> EntryPages:
    site, assets = materials.site, materials.assets
    common = {"site": info.data, "assets": assets.urls}
    views = {**PAGE_VIEWS, "data": lambda site, entry: {"tables": materials.exports().summaries}}
    titles = {page.permalink: title_of(page) for page in site.all("page") if page.permalink}
    forms = forms_of(site.all("term"))
    return EntryPages(site, info.data, assets, materials.cards, common, views, titles, forms, diagnostics)


def card_words(site: Site) -> Mapping[str, CardWords]:
    """What stands on the card of each page that has one of its own, by permalink."""
    info, look = site.only("site"), site.only("cards")
    if info is None or look is None:
        return {}
    own = (one for one in _shown(site) if view_of(one) not in look.data.shared)
    return {one.permalink: words_for(site, info.data, one) for one in own if one.permalink}


def _shown(site: Site) -> Iterator[Entry]:
    yield from site.all("page")
    for kind in ENTRY_VIEWS:
        yield from site.all(kind)


def _redirects(pages: Iterable[Page], site: Site, common: Mapping[str, Any]) -> Iterator[Page]:
    for page in pages:
        for alias in getattr(page.context["entry"].data, "aliases", ()):
            span = site.places.get(f"{name_of(page.context['entry'])}.{alias}", page.origin)
            yield Page(alias, "redirect.html", {**common, "target": page.permalink}, span, listed=False)


def _documents(pages: Iterable[Page], site: Site, info: Entry, common: Mapping[str, Any]) -> list[Page]:
    """What machines read."""
    feed = {**common, "updates": newest_updates(site)}
    feed["sources"] = sources_in(feed.values(), site)
    feed["pictures"] = {}
    origin = site.places[name_of(info)]
    listed = tuple((page.permalink, page.updated) for page in pages if page.listed)
    return [
        Page("/feed.xml", "feed.xml", feed, origin, listed=False),
        Page("/feed.json", "feed.json", feed, origin, listed=False),
        Page(
            "/sitemap.xml",
            "sitemap.xml",
            {**common, "pages": tuple(sorted(listed, key=lambda one: one[0]))},
            origin,
            listed=False,
        ),
        Page("/robots.txt", "robots.txt", common, origin, listed=False),
        Page("/_headers", "_headers", common, origin, listed=False),
        Page("/site.webmanifest", "site.webmanifest", common, origin, listed=False),
    ]


def homes_of_unmade(site: Site, pages: Iterable[Page]) -> set[str]:
    """The addresses that pages which could not be made would have, had they none of their own."""
    made = {name_of(page.context["entry"]) for page in pages if "entry" in page.context}
    homes = {kind.name: kind.home for kind in KINDS}
    unmade = (one for one in _shown(site) if name_of(one) not in made)
    return {home.format(id=one.id) for one in unmade if (home := homes[one.kind])}


def _rank(page: Page) -> int:
    """Who has an address first: what machines read, pages in their usual place, those that want another, old ones."""
    entry = page.context.get("entry")
    if entry is None:
        return 3 if page.template == "redirect.html" else 0
    return 2 if getattr(entry.data, "permalink", None) else 1


def _without_collisions(
    pages: Iterable[Page], files: Iterable[str], site: Site, diagnostics: Diagnostics
) -> Iterator[Page]:
    """What can be published: no two pages or files at one address, at two that differ only in case, or one that needs a
    folder where there is a file."""
    every = list(pages)
    kept = {id(page) for page in _first_at_each_address(sorted(every, key=_rank), files, site, diagnostics)}
    return (page for page in every if id(page) in kept)


def _first_at_each_address(
    pages: Iterable[Page], files: Iterable[str], site: Site, diagnostics: Diagnostics
) -> Iterator[Page]:
    taken = {path.lower(): "a file of static/" for path in files}
    folders = {above: "a file of static/" for path in taken for above in _folders_above(path)}
    for page in pages:
        path = page.path.lower()
        above = _folders_above(path)
        first = next((taken[one] for one in (path, *above) if one in taken), None) or folders.get(path)
        if first is None:
            taken[path] = page.origin.path
            folders.update(dict.fromkeys(above, page.origin.path))
            yield page
        else:
            message = f"{page.permalink} is already the address of {first}"
            entry = page.context.get("entry")
            typed = f"{name_of(entry)}.{page.permalink}" if entry else ""
            span = site.places.get(typed, page.origin)
            diagnostics.error("address-taken", message, span, "change the permalink or alias of one")


def _folders_above(path: str) -> list[str]:
    return [path[:index] for index, letter in enumerate(path) if letter == "/"]
