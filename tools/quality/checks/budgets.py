"""How much each page sends, computed from its HTML and the files that it loads. 1 KB is 1,000 bytes.

The bars: HTML and style sheet 14 KB, which is about what a server sends before it waits for an answer (RFC 6928);
scripts 10 KB; the first view 150 KB with pictures; nothing from anybody else.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from tools.quality.built_site import BuiltSite, SitePage, sent
from tools.quality.outcomes import Outcome, counted
from tools.quality.run import Run

FIRST_VIEW = 150_000
SCRIPTS = 10_000
HTML_AND_STYLE = 14_000
LONGER = {
    # Long tables and lists, complete on one page so that they can be searched and printed.
    "sources": 65_000,
    "history": 37_200,
    "search": 36_900,
    "disputes": 30_700,
    "records": 27_000,
    "dakar-2026": 28_600,
    "person": 23_900,
    "places": 21_400,
    "glossary": 18_300,
    "land-rover": 17_800,
    # Drawings that are part of the page, with the tables that say the same.
    "car": 33_600,
    # Every component of the site at once.
    "design": 23_400,
}
"""By kind, what a page may send that is more than `HTML_AND_STYLE`."""

LONGER_PAGES = {
    # Editions of which nearly everything is known: a map, four tables, 30 sources and more.
    "/history/2026/": 17_700,
    "/history/2024/": 16_500,
    "/history/2022/": 16_100,
    "/history/2025/": 16_000,
    # All twenty events in one table, and a map of them.
    "/heritage/camel-trophy/": 16_700,
}
"""The same by address, for pages that are longer than others of their kind."""

RESOURCES = {
    "script[src]": "src",
    "link[rel=stylesheet]": "href",
    "link[rel=preload]": "href",
    "link[rel=modulepreload]": "href",
    "link[rel=icon]": "href",
    "link[rel=manifest]": "href",
    "img[src]": "src",
    "iframe[src], embed[src], video[src], audio[src], source[src], track[src]": "src",
    "object[data]": "data",
}
WAITING = "[media=print], [media='not all']"
"""Style sheets that are for paper, or for what scripts add, which give such a sheet its medium."""
IMPORT = re.compile(r"""\b(?:import|from)\s*["']([^"']+)["']""")


@dataclass(frozen=True)
class Weight:
    """Bytes that one page sends, by what they are; `foreign` are addresses of others that it loads from."""

    address: str
    kind: str
    html_and_style: int
    scripts: int
    first_view: int
    foreign: tuple[str, ...] = ()


def check(run: Run) -> Outcome:
    weights = [weight(run.site, page) for page in run.site.pages]
    bars = {"html_and_style": "HTML and CSS", "scripts": "scripts", "first_view": "first view"}
    worst = {words: max(weights, key=lambda one, name=name: getattr(one, name)) for name, words in bars.items()}  # type: ignore[misc]
    figures = ", ".join(
        f"{words} at most {kilobytes(getattr(worst[words], name))} ({worst[words].address})"
        for name, words in bars.items()
    )
    within = sum(one.html_and_style <= HTML_AND_STYLE for one in weights)
    figures += f"; HTML and CSS within {kilobytes(HTML_AND_STYLE)} on {within:,} of {counted(len(weights), 'page')}"
    return Outcome(figures, tuple(worst_of_each_kind(weights)))


def weight(site: BuiltSite, page: SitePage) -> Weight:
    """What a browser must load to show the page's first view, at most: of each picture its largest file counts."""
    html = LexborHTMLParser(page.html)
    style = _files(site, page, [_value(one, "href") for one in html.css(f"link[rel=stylesheet]:not({WAITING})")])
    # Nobody waits for these to see the page.
    later = f"link[rel=stylesheet]:is({WAITING}), link[rel=preload][as=font]"
    fetched_later = _files(site, page, [_value(one, "href") for one in html.css(later)])
    scripts = _with_imports(_files(site, page, [_value(one, "src") for one in html.css("script[src]")]))
    pictures = [_largest(site, page, one) for one in html.css("img") if one.attributes.get("loading") != "lazy"]
    html_and_style = _bytes(page.file) + sum(map(_bytes, style))
    sent_scripts = sum(map(_bytes, scripts))
    return Weight(
        page.address,
        page.kind,
        html_and_style,
        sent_scripts,
        html_and_style + sent_scripts + sum(map(_bytes, fetched_later)) + sum(pictures),
        foreign(html),
    )


def worst_of_each_kind(weights: Sequence[Weight]) -> list[str]:
    """What is beyond a bar: of each kind of page the worst one, and how many more there are."""
    groups: dict[tuple[str, str], list[tuple[int, str]]] = {}
    for one in weights:
        for what, size, words in beyond(one):
            groups.setdefault((one.kind, what), []).append((size, words))
    found = []
    for (kind, _), group in groups.items():
        more = f" (and {counted(len(group) - 1, 'more page')} of the kind {kind})" if len(group) > 1 else ""
        found.append(max(group)[1] + more)
    return found


def beyond(one: Weight) -> list[tuple[str, int, str]]:
    """Which bars a page does not keep: what, by how many bytes, and that in words."""
    longest = LONGER_PAGES.get(one.address) or LONGER.get(one.kind, HTML_AND_STYLE)
    limits = (
        ("HTML and CSS", one.html_and_style, longest),
        ("scripts", one.scripts, SCRIPTS),
        ("first view", one.first_view, FIRST_VIEW),
    )
    return [
        *(
            (what, size, f"{one.address}: {what} {kilobytes(size)}, and {kilobytes(limit)} is the limit")
            for what, size, limit in limits
            if size > limit
        ),
        *((address, 0, f"{one.address}: loads {address}, which is somebody else’s") for address in one.foreign),
    ]


def foreign(html: LexborHTMLParser) -> tuple[str, ...]:
    """Addresses with a host among what the page loads; its own are relative."""
    loaded = [_value(one, name) for selector, name in RESOURCES.items() for one in html.css(selector)]
    loaded += [address for one in html.css("[srcset]") for address in candidates(_value(one, "srcset"))]
    return tuple(address for address in loaded if urlsplit(address).netloc)


def candidates(srcset: str) -> list[str]:
    """The addresses of a `srcset`, whose descriptors (800w, 2x) stand behind a space."""
    return [one.split()[0] for one in srcset.split(",") if one.strip()]


def kilobytes(size: int) -> str:
    return f"{size / 1000:.1f} KB"


def _largest(site: BuiltSite, page: SitePage, img: LexborNode) -> int:
    """Of a picture in several formats a browser takes the first that it knows; then any of its sizes."""
    picture = img.parent if img.parent and img.parent.tag == "picture" else None
    sources = picture.css("source") if picture else []
    best = [one for one in sources if one.attributes.get("type") == sources[0].attributes.get("type")] or [img]
    addresses = [address for one in best for address in candidates(_value(one, "srcset"))] or [_value(img, "src")]
    return max((_bytes(file) for file in _files(site, page, addresses)), default=0)


def _files(site: BuiltSite, page: SitePage, addresses: list[str]) -> list[Path]:
    """The site's own files at these addresses; that all exist is known from the build."""
    paths = (urlsplit(urljoin(page.address, address)) for address in addresses)
    return [file for path in paths if not path.netloc and (file := site.file(path.path))]


def _with_imports(scripts: list[Path]) -> list[Path]:
    """The scripts and what they import at once, and that in turn; not what they fetch when it is wanted."""
    found = list(scripts)
    for script in found:  # grows while it is walked
        for address in IMPORT.findall(script.read_text(encoding="utf-8")):
            file = (script.parent / address).resolve()
            if address.startswith(".") and file.is_file() and file not in found:
                found.append(file)
    return found


def _bytes(file: Path) -> int:
    return len(sent(file)[0])


def _value(node: LexborNode, name: str) -> str:
    return node.attributes.get(name) or ""
