"""What one page shows by itself, read as a browser would read it: where it leads, and its faults.

A pure function of the page's bytes, and so remembered; what crosses pages is looked at in `audit`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser, LexborNode

from microsite.addresses import address_of, goal_of, own_addresses, split
from microsite.nesting_of_tags import fault_in, names_in, nested_in

LINK_ATTRIBUTES = ("href", "src", "srcset", "data-srcset", "poster", "action", "data", "imagesrcset")
HANDLERS = ("onclick", "onload", "onerror", "onchange", "oninput", "onsubmit", "onmouseover", "onkeydown")
_LINKING = ", ".join(f"[{name}]" for name in LINK_ATTRIBUTES)
_OWN_CODE = ("style", *HANDLERS)
_WITH_OWN_CODE = ", ".join(f"[{name}]" for name in _OWN_CODE)


@dataclass(frozen=True, slots=True)
class Finding:
    """A fault that one page shows by itself; `mark` is what it probably looks like in a template."""

    code: str
    message: str
    hint: str | None = None
    mark: str = ""


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


def examine(html: bytes, path: str, base_url: str) -> PageFacts:
    """Read one page, which lies at `path` in the output."""
    tree = LexborHTMLParser(html)
    addresses = list(dict.fromkeys(_addresses_in(tree)))
    targets = tuple(dict.fromkeys(goal_of(path, address) for address in own_addresses(addresses, base_url)))
    ids = [node.attributes["id"] or "" for node in tree.css("[id]")]
    headings, pictures = tree.css("h1, h2, h3, h4, h5, h6"), tree.css("img")
    findings = (
        *_check_addresses(addresses),
        *_check_ids(ids),
        *_check_headings(headings),
        *_check_pictures(pictures),
        *_check_head(tree),
        *_check_names(tree),
        *_check_policy(tree),
        *_check_nesting(html, path),
    )
    return PageFacts(targets, frozenset(ids), findings, len(headings), len(pictures))


def _addresses_in(tree: LexborHTMLParser) -> Iterator[str]:
    for node in tree.css(_LINKING):
        attributes = node.attributes  # made anew each time it is asked for
        for name in LINK_ATTRIBUTES:
            value = attributes.get(name)
            if value is not None:
                yield from _addresses(name, value)


def _addresses(attribute: str, value: str) -> list[str]:
    if attribute.endswith("srcset"):
        return [candidate.split()[0] for candidate in value.split(",") if candidate.strip()]
    return [value]


def _check_addresses(addresses: Iterable[str]) -> Iterator[Finding]:
    for one in addresses:
        if "//" in one and split(one) is None:  # only the name of a host can be wrong
            yield Finding("bad-address", f"“{one}” is not an address")


def _check_ids(ids: list[str]) -> Iterator[Finding]:
    for name, count in Counter(ids).items():
        if count > 1:
            message = f"the id “{name}” is given to {count} elements"
            yield Finding("duplicate-html-id", message, mark=f'id="{name}"')
        if not name or " " in name:
            yield Finding("bad-html-id", f"“{name}” cannot be an id")


def _check_headings(headings: Sequence[LexborNode]) -> Iterator[Finding]:
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


def _check_pictures(pictures: Iterable[LexborNode]) -> Iterator[Finding]:
    for picture in pictures:
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


def _check_policy(tree: LexborHTMLParser) -> Iterator[Finding]:
    """What the policy of the pages (CSP) forbids, and browsers pass over in silence."""
    forbidden = [name for name in _OWN_CODE if tree.css_first(f"[{name}]")] if tree.css_first(_WITH_OWN_CODE) else []
    for name in forbidden:
        if name == "style":
            hint = "give it a class, and a style in static/css/"
            yield Finding("against-policy", "an element has a style of its own", hint, " style=")
        else:
            message = f"an element has a script in its {name}"
            yield Finding("against-policy", message, "put it into static/js/", f" {name}=")
    in_the_page = False
    for node in tree.css("img[src], script, iframe, link[rel=stylesheet]"):
        attributes = node.attributes
        address = attributes.get("src") or attributes.get("href") or ""
        if re.match(r"(?:https?:)?//", address):
            message = f"{address} is loaded from elsewhere"
            yield Finding("against-policy", message, "put a copy into static/", address)
        if node.tag == "script" and "src" not in attributes and not attributes.get("type"):
            in_the_page = True
    if in_the_page:
        yield Finding("against-policy", "a script stands in the page itself", "put it into static/js/", "<script>")


def _check_nesting(html: bytes, path: str) -> Iterator[Finding]:
    names = names_in(html)
    if fault := fault_in(html, names):
        tag = re.search(r"</?[a-zA-Z][^>]*>", fault)
        hint = "look for it in the templates that the page is made from"
        yield Finding("unclosed-tag", fault, hint, tag[0] if tag else "")
    elif nested := nested_in(html, names):
        outer, inner = nested
        message = f"{inner} stands within {outer}, where it cannot be told which of the two is meant"
        address = re.search(r'href="([^"]+)', inner)
        mark = f'href="{address_of(goal_of(path, address[1])[0])}' if address else inner
        yield Finding("nested-control", message, "put one behind the other", mark)


def _text_of(node: LexborNode | None) -> str:
    return node.text(strip=True) if node else ""
