"""The last look at the finished tree, before anything is published: it is read as a browser would read it.

What one page shows by itself (`examine`) is a pure function of its bytes and remembered; what crosses pages, links
above all, is checked anew each time.
"""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import SplitResult, unquote, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from microsite.diagnostics import Diagnostics, Span
from microsite.entries import PageLink
from microsite.pages.page import Page
from microsite.suggest import did_you_mean

LINK_ATTRIBUTES = ("href", "src", "srcset", "data-srcset", "poster", "action", "data", "imagesrcset")
_SELECTOR = ", ".join(f"[{name}]" for name in LINK_ATTRIBUTES)


@dataclass(frozen=True, slots=True)
class Finding:
    """A fault that one page shows by itself."""

    code: str
    message: str
    hint: str | None = None


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What a page offers and asks of others.

    `targets` are the output paths and fragments that its links lead to, those of other sites left out.
    """

    targets: tuple[tuple[str, str], ...]
    ids: frozenset[str]
    findings: tuple[Finding, ...]
    headings: int
    pictures: int


@dataclass(frozen=True, slots=True)
class Audited:
    """What was checked, in numbers, so that a silent audit can be told from one that looked at nothing."""

    pages: int
    links: int
    fragments: int
    ids: int
    headings: int
    pictures: int


def examine(html: bytes, path: str, base_url: str) -> PageFacts:
    """Read one page, which lies at `path` in the output."""
    tree = LexborHTMLParser(html)
    addresses = list(dict.fromkeys(_addresses_in(tree)))
    targets = tuple(dict.fromkeys(_resolve(path, address) for address in _own_addresses(addresses, base_url)))
    ids = [node.attributes["id"] or "" for node in tree.css("[id]")]
    findings = (
        *_check_addresses(addresses),
        *_check_ids(ids),
        *_check_headings(tree),
        *_check_pictures(tree),
        *_check_head(tree),
        *_check_names(tree),
    )
    headings, pictures = len(tree.css("h1, h2, h3, h4, h5, h6")), len(tree.css("img"))
    return PageFacts(targets, frozenset(ids), findings, headings, pictures)


def audit(
    pages: Iterable[Page],
    facts: Mapping[str, PageFacts],
    tree: Collection[str],
    written: Mapping[str, tuple[PageLink, ...]],
    lost: Collection[str],
    diagnostics: Diagnostics,
) -> Audited:
    """Report what is wrong with the tree as a whole.

    `facts` are those of the HTML pages by output path, `tree` all output paths, `written` the links that editors typed,
    by content file, which tell where a dead link stands, `lost` the permalinks of pages that could not be made.
    """
    by_path = {page.path: page for page in pages}
    checker = _Links(facts, tree, written, lost, diagnostics)
    for path, fact in facts.items():
        page = by_path[path]
        for finding in fact.findings:
            diagnostics.error(finding.code, f"{page.permalink}: {finding.message}", page.origin, finding.hint)
        checker.follow(page, path, fact.targets)
    for path, page in by_path.items():
        if page.listed and path not in checker.reached and page.permalink != "/" and not lost:
            diagnostics.warning("orphan", f"no page links to {page.permalink}", page.origin, "link to it from another")
    every = facts.values()
    return Audited(
        pages=len(facts),
        links=checker.links,
        fragments=checker.fragments,
        ids=sum(len(fact.ids) for fact in every),
        headings=sum(fact.headings for fact in every),
        pictures=sum(fact.pictures for fact in every),
    )


# Across pages ---------------------------------------------------------------------------------------------------------


def _resolve(path: str, target: str) -> tuple[str, str]:
    """The output path and fragment that an address on a page leads to."""
    parts = urlsplit(target)
    if not parts.path:
        return path, unquote(parts.fragment)
    goal = unquote(parts.path)
    joined = goal.lstrip("/") if goal.startswith("/") else posixpath.join(posixpath.dirname(path), goal)
    normal = posixpath.normpath(joined) if joined else "."
    if goal.endswith("/") or normal == ".":
        normal = "index.html" if normal == "." else f"{normal}/index.html"
    return normal, unquote(parts.fragment)


def _address(path: str) -> str:
    """The address that an output path answers to."""
    return "/" + path.removesuffix("index.html")


@dataclass(slots=True)
class _Links:
    """Follows links, counts them and notes which files they reach."""

    facts: Mapping[str, PageFacts]
    tree: Collection[str]
    written: Mapping[str, tuple[PageLink, ...]]
    lost: Collection[str]
    diagnostics: Diagnostics
    reached: set[str] = field(default_factory=set)
    links: int = 0
    fragments: int = 0

    def follow(self, page: Page, path: str, targets: Iterable[tuple[str, str]]) -> None:
        """Follow the links of a page, which lies at `path`."""
        for goal, fragment in targets:
            self.links += 1
            self.fragments += bool(fragment)
            if goal != path:
                self.reached.add(goal)
            if goal not in self.tree:
                self._report_dead_link(page, goal, fragment)
            elif fragment and goal in self.facts and fragment not in self.facts[goal].ids:
                self._report_dead_fragment(page, goal, fragment)

    def _report_dead_fragment(self, page: Page, goal: str, fragment: str) -> None:
        address = _address(goal)
        message = f"{page.permalink} links to {address}#{fragment}, but no element there has that id"
        hint = did_you_mean(fragment, self.facts[goal].ids)
        self.diagnostics.error("dead-fragment", message, self._written_at(page, goal, fragment), hint)

    def _report_dead_link(self, page: Page, goal: str, fragment: str) -> None:
        address = _address(goal)
        if address in self.lost:
            return
        known = [_address(path) for path in self.tree]
        message = f"{page.permalink} links to {address}, which does not exist"
        span = self._written_at(page, goal, fragment)
        self.diagnostics.error("dead-link", message, span, did_you_mean(address, known))

    def _written_at(self, page: Page, goal: str, fragment: str) -> Span:
        """Where the editor typed the link; the file as a whole if a template did."""
        for link in self.written.get(page.origin.path, ()):
            if _is_own(link.target) and _resolve(page.path, link.target) == (goal, fragment):
                return link.span
        return page.origin


# Within a page --------------------------------------------------------------------------------------------------------


def _addresses_in(tree: LexborHTMLParser) -> Iterator[str]:
    for node in tree.css(_SELECTOR):
        attributes = node.attributes  # made anew each time it is asked for
        for name in LINK_ATTRIBUTES:
            value = attributes.get(name)
            if value is not None:
                yield from _addresses(name, value)


def _own_addresses(addresses: Iterable[str], base_url: str) -> Iterator[str]:
    # A page that is served anywhere, 404.html, names the site's own path: `/rally/` of https://example.org/rally/.
    roots = (base_url, urlsplit(base_url).path)
    for one in addresses:
        root = next((root for root in roots if one.startswith(root)), None)
        inside = "/" + one.removeprefix(root) if root else one
        if _is_own(inside):
            yield inside


def _is_own(address: str) -> bool:
    """Whether an address leads to this site; those of other sites, `mailto:` and the like do not."""
    parts = _split(address)
    return parts is not None and not parts.scheme and not parts.netloc


def _split(address: str) -> SplitResult | None:
    """The parts of an address, or None if it is none."""
    try:
        return urlsplit(address)
    except ValueError:  # an editor's slip, such as http://[example.org
        return None


def _addresses(attribute: str, value: str) -> list[str]:
    if attribute.endswith("srcset"):
        return [candidate.split()[0] for candidate in value.split(",") if candidate.strip()]
    return [value]


def _check_addresses(addresses: Iterable[str]) -> Iterator[Finding]:
    for one in addresses:
        if _split(one) is None:
            yield Finding("bad-address", f"“{one}” is not an address")


def _check_ids(ids: list[str]) -> Iterator[Finding]:
    for name, count in Counter(ids).items():
        if count > 1:
            yield Finding("duplicate-html-id", f"the id “{name}” is given to {count} elements")
        if not name or " " in name:
            yield Finding("bad-html-id", f"“{name}” cannot be an id")


def _check_headings(tree: LexborHTMLParser) -> Iterator[Finding]:
    headings = tree.css("h1, h2, h3, h4, h5, h6")
    levels = [int((heading.tag or "h0")[1]) for heading in headings]
    if levels.count(1) != 1:
        yield Finding("one-h1", f"there are {levels.count(1)} first-level headings; a page has one")
    for before, level, heading in zip(levels, levels[1:], headings[1:], strict=False):
        if level > before + 1:
            message = f"the heading “{heading.text(strip=True)}” of level {level} follows one of level {before}"
            yield Finding("heading-order", message)
    for heading in headings:
        if not heading.text(strip=True):
            yield Finding("empty-heading", "a heading has no text")


def _check_pictures(tree: LexborHTMLParser) -> Iterator[Finding]:
    for picture in tree.css("img"):
        attributes = picture.attributes
        source = attributes.get("src") or ""
        if "alt" not in attributes:
            yield Finding("no-alt", f"the picture {source} has no alternative text")
        if not (attributes.get("width") and attributes.get("height")):
            yield Finding("no-size", f"the picture {source} has no width and height, so the page would jump")


def _check_head(tree: LexborHTMLParser) -> Iterator[Finding]:
    html = tree.css_first("html")
    if html is None or not html.attributes.get("lang"):
        yield Finding("no-language", "the page does not say its language")
    if not _text_of(tree.css_first("title")):
        yield Finding("no-title", "the page has no title")
    description = tree.css_first('meta[name="description"]')
    if description is None or not description.attributes.get("content"):
        yield Finding("no-description", "the page has no description", "give it “description: …”")


def _check_names(tree: LexborHTMLParser) -> Iterator[Finding]:
    for node in tree.css("a[href], button"):
        attributes = node.attributes
        named = attributes.get("aria-label") or attributes.get("aria-labelledby")
        if not (named or _text_of(node) or node.css_first("img[alt]:not([alt=''])") or node.css_first("title")):
            yield Finding("no-name", f"a {'link' if node.tag == 'a' else 'button'} has no text")


def _text_of(node: LexborNode | None) -> str:
    return node.text(strip=True) if node else ""
