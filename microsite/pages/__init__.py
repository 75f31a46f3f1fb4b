"""The site becomes pages: what is shown at which address, and what each template sees."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from microsite.assets import Assets
from microsite.diagnostics import Diagnostics
from microsite.entries import Entry, name_of
from microsite.exports import TableSummary
from microsite.pages.page import Link, Page, PageInfo
from microsite.pages.shown import title_of
from microsite.pages.views import ENTRY_VIEWS, PAGE_VIEWS, View, newest_updates
from microsite.schema.kinds import SiteInfo
from microsite.schema.values import Model, SourceId
from microsite.schema.walk import walk
from microsite.site_model import Site
from microsite.suggest import did_you_mean
from microsite.terms import forms_of, terms_in


def make_pages(
    site: Site, assets: Assets, tables: tuple[TableSummary, ...], diagnostics: Diagnostics
) -> tuple[Page, ...]:
    """Every page of the site, feeds, sitemap and redirects among them; collisions are reported."""
    info = site.only("site")
    if info is None:
        return ()
    common = {"site": info.data, "assets": assets.urls}
    views = {**PAGE_VIEWS, "data": lambda site, entry: {"tables": tables}}
    pages = [page for entry in _shown(site) if (page := _entry_page(entry, site, assets, common, views, diagnostics))]
    redirects = list(_redirects(pages, site, common))
    documents = _documents(pages, site, info, common)
    return tuple(_without_collisions([*pages, *redirects, *documents], assets.files, diagnostics))


def _shown(site: Site) -> Iterator[Entry]:
    yield from site.all("page")
    for kind in ENTRY_VIEWS:
        yield from site.all(kind)


def _entry_page(
    entry: Entry,
    site: Site,
    assets: Assets,
    common: Mapping[str, Any],
    views: Mapping[str, View],
    diagnostics: Diagnostics,
) -> Page | None:
    name = entry.data.view if entry.kind == "page" else entry.kind
    view = views.get(name) if entry.kind == "page" else ENTRY_VIEWS[entry.kind]
    if view is None:
        message = f"there is no view “{name}”"
        diagnostics.error("unknown-view", message, site.places[name_of(entry)], did_you_mean(name, views))
        return None
    shown = view(site, entry)
    page = _page_info(entry, name, site, assets, common["site"])
    context = {**common, "entry": entry, "page": page, **shown}
    context["terms"] = _terms(entry, site)
    context["sources"] = _sources(context.values(), site)
    context["pictures"] = _pictures(entry, site, assets)
    return Page(
        page.permalink, f"{name}.html", context, site.places[name_of(entry)], page.updated, listed=name != "not-found"
    )


def _page_info(entry: Entry, view: str, site: Site, assets: Assets, info: SiteInfo) -> PageInfo:
    data, permalink, title = entry.data, entry.permalink or "/", title_of(entry)
    section = next(
        (item.path for item in info.navigation if item.path != "/" and permalink.startswith(item.path)), None
    )
    return PageInfo(
        permalink=permalink,
        title=title,
        heading=getattr(data, "heading", None) or title,
        description=getattr(data, "description", None) or f"{title}: a source of {info.title}.",
        lead=getattr(data, "lead", None),
        updated=getattr(data, "updated", None),
        kind=view,
        section=section,
        breadcrumbs=_breadcrumbs(permalink, title, site, info),
        picture=assets.pictures.get(getattr(data, "picture", None) or ""),
    )


def _breadcrumbs(permalink: str, title: str, site: Site, info: SiteInfo) -> tuple[Link, ...]:
    """The pages above this one, the home page first, this one last; none for the home page itself."""
    if permalink == "/" or not permalink.endswith("/"):
        return ()
    above = [Link("Home", "/")]
    titles = {page.permalink: title_of(page) for page in site.all("page")}
    parts = permalink.strip("/").split("/")
    for depth in range(1, len(parts)):
        path = "/" + "/".join(parts[:depth]) + "/"
        if path in titles:
            above.append(Link(titles[path], path))
    return (*above, Link(title, permalink))


def _sources(values: Iterable[Any], site: Site) -> Mapping[str, Entry]:
    """The sources that a page's values name: all that the page can cite."""
    named = sorted(set(_source_ids(values, site)))
    return {one: source for one in named if (source := site.get("source", one))}


def _source_ids(values: Iterable[Any], site: Site) -> Iterator[str]:
    for value in values:
        if isinstance(value, Entry):
            yield from site.cites.get(name_of(value), ())
        elif isinstance(value, Model):
            yield from (str(found.value) for found in walk(value) if isinstance(found.value, SourceId))
        elif isinstance(value, (tuple, list)):
            yield from _source_ids(value, site)
        elif isinstance(value, Mapping):
            yield from _source_ids(value.values(), site)
        elif is_dataclass(value):
            yield from _source_ids((getattr(value, one.name) for one in fields(value)), site)


def _pictures(entry: Entry, site: Site, assets: Assets) -> Mapping[str, Any]:
    """The pictures that an entry's text shows."""
    by = name_of(entry)
    return {
        picture_id: asset
        for picture_id, asset in assets.pictures.items()
        if any(mention.by == by for mention in site.mentioned.get(("picture", picture_id), ()))
    }


def _terms(entry: Entry, site: Site) -> Mapping[str, Entry]:
    """The words of the glossary that an entry's text uses; the glossary itself explains all."""
    if entry.body is None or getattr(entry.data, "view", None) == "glossary":
        return {}
    terms = site.entries["term"]
    return {one: terms[one] for one in terms_in(entry.body.plain_text, forms_of(terms.values()))}


def _redirects(pages: Iterable[Page], site: Site, common: Mapping[str, Any]) -> Iterator[Page]:
    for page in pages:
        for alias in getattr(page.context["entry"].data, "aliases", ()):
            yield Page(alias, "redirect.html", {**common, "target": page.permalink}, page.origin, listed=False)


def _documents(pages: Iterable[Page], site: Site, info: Entry, common: Mapping[str, Any]) -> list[Page]:
    """What machines read."""
    feed = {**common, "updates": newest_updates(site)}
    feed["sources"] = _sources(feed.values(), site)
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
    ]


def _without_collisions(pages: Iterable[Page], files: Iterable[str], diagnostics: Diagnostics) -> Iterator[Page]:
    """What cannot be published beside what comes before it: two pages or files at one address, at two that differ only
    in case, or one that needs a folder where there is a file."""
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
            diagnostics.error("address-taken", message, page.origin, "change the permalink or alias of one")


def _folders_above(path: str) -> list[str]:
    return [path[:index] for index, letter in enumerate(path) if letter == "/"]
