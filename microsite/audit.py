"""The last look at the finished tree, before anything is published: it is read as a browser would read it.

What one page shows by itself (`examine`) is a pure function of its bytes and remembered; what crosses pages, links
above all, is checked anew each time.
"""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import SplitResult, unquote, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from microsite.diagnostics import Diagnostics, Span
from microsite.diagnostics.text import counted
from microsite.entries import Entry, PageLink
from microsite.nesting_of_tags import fault_in, names_in, nested_in
from microsite.pages.page import Page
from microsite.site_model import draft_hint
from microsite.suggest import Guess, fold, guess
from microsite.template_lint import TEMPLATES

LINK_ATTRIBUTES = ("href", "src", "srcset", "data-srcset", "poster", "action", "data", "imagesrcset")
HANDLERS = ("onclick", "onload", "onerror", "onchange", "oninput", "onsubmit", "onmouseover", "onkeydown")
_CAUSES = {"duplicate-html-id": "same-value", "nested-control": "broken-link"}
"""Faults that pages show because of another that was told."""
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


@dataclass(frozen=True, slots=True)
class Known:
    """What the stages before know of addresses: links that editors typed, which tell where a dead one stands, the
    permalinks of pages that could not be made, whether there are none and nothing else is lost, what is not published
    yet by permalink, and where in the templates of a page a text stands."""

    written: Iterable[PageLink] = ()
    lost: Collection[str] = ()
    is_whole: bool = True
    held_back: Mapping[str, Entry] = field(default_factory=dict)
    in_templates: Callable[[str, str], Span | None] = lambda template, mark: None


def audit(
    pages: Iterable[Page],
    facts: Mapping[str, PageFacts],
    tree: Collection[str],
    known: Known,
    diagnostics: Diagnostics,
) -> Audited:
    """Report what is wrong with the tree as a whole.

    `facts` are those of the HTML pages by output path, `tree` all output paths.
    """
    by_path = {page.path: page for page in pages}
    links = _Links(by_path, facts, tree, known, diagnostics)
    if by_path:  # without any, what is missing is the site itself
        links.check_written()
    _report_findings(by_path, facts, known, diagnostics)
    is_sound = not diagnostics.has_errors
    for path, fact in facts.items():
        links.follow(by_path[path], path, fact.targets, is_sound)
    for path, page in by_path.items():
        if page.listed and path not in links.reached and page.permalink != "/" and known.is_whole:
            diagnostics.warning("orphan", f"no page links to {page.permalink}", page.origin, "link to it from another")
    every = facts.values()
    return Audited(
        pages=len(facts),
        links=links.links,
        fragments=links.fragments,
        ids=sum(len(fact.ids) for fact in every),
        headings=sum(fact.headings for fact in every),
        pictures=sum(fact.pictures for fact in every),
    )


def _report_findings(
    pages: Mapping[str, Page], facts: Mapping[str, PageFacts], known: Known, diagnostics: Diagnostics
) -> None:
    """A fault that many pages show is that of their template, and told once. What a file with mistakes of its own comes
    out as is a consequence of these."""
    faulty = {one.span.path for one in diagnostics.found}
    told = {one.code for one in diagnostics.found}
    found: dict[Finding, list[Page]] = {}
    for path, fact in facts.items():
        if not faulty & {pages[path].origin.path, TEMPLATES + pages[path].template}:
            for finding in fact.findings:
                found.setdefault(finding, []).append(pages[path])
    for finding, shown_on in found.items():
        if finding.code in told or _CAUSES.get(finding.code) in told:  # shown where something else quotes it
            continue
        first, *others = sorted(shown_on, key=lambda page: page.permalink)
        more = f" and {counted(len(others), 'more page')}" if others else ""
        made = f"{first.permalink} is made from {first.origin.path} with {TEMPLATES}{first.template}"
        hint = f"{finding.hint}; {made}" if finding.hint else made
        span = known.in_templates(first.template, finding.mark) or Span(TEMPLATES + first.template)
        diagnostics.error(finding.code, f"{first.permalink}{more}: {finding.message}", span, hint)


# Across pages ---------------------------------------------------------------------------------------------------------


def _resolve(path: str, target: str) -> tuple[str, str]:
    """The output path and fragment that an address on a page leads to."""
    address, _, fragment = target.strip().partition("#")
    goal = unquote(address.partition("?")[0])
    if not goal:
        return path, unquote(fragment)
    joined = goal.lstrip("/") if goal.startswith("/") else posixpath.join(posixpath.dirname(path), goal)
    normal = posixpath.normpath(joined) if joined else "."
    if goal.endswith("/") or normal == ".":
        normal = "index.html" if normal == "." else f"{normal}/index.html"
    return normal, unquote(fragment)


def _heading(page: Page) -> str:
    return str(getattr(page.context.get("page"), "heading", ""))


def _lies_in(span: Span, other: Span) -> bool:
    same_line = span.path == other.path and span.line == other.line
    return same_line and other.column <= span.column and span.end <= other.end


def _address(path: str) -> str:
    """The address that an output path answers to."""
    return "/" + path.removesuffix("index.html")


@dataclass(slots=True)
class _Links:
    """Follows links, counts them and notes which files they reach."""

    pages: Mapping[str, Page]
    facts: Mapping[str, PageFacts]
    tree: Collection[str]
    known: Known
    diagnostics: Diagnostics
    reached: set[str] = field(default_factory=set)
    told: set[tuple[str, str]] = field(default_factory=set)
    links: int = 0
    fragments: int = 0

    @property
    def base_url(self) -> str:
        return next((str(page.context["site"].base_url) for page in self.pages.values()), "")

    def check_written(self) -> None:
        """Check what editors typed, each link once and at its place, on however many pages it is shown."""
        by_file = {page.origin.path: page for page in self.pages.values() if page.listed}
        misspelt = {one.span for one in self.diagnostics.found}
        broken = [one.span for one in self.diagnostics.found if one.code == "broken-link"]
        for link in self.known.written:
            if link.span in misspelt or any(_lies_in(link.span, one) for one in broken):  # told when it was read
                continue
            if _split(link.target) is None:
                message = f"“{link.target}” is not an address"
                self.diagnostics.error("bad-address", message, link.span, "look at its brackets and colons")
                continue
            page = by_file.get(link.span.path)
            target = next(iter(_own_addresses([link.target], self.base_url)), None)
            if target is None or not (target.startswith("/") or page):
                continue
            goal, fragment = _resolve(page.path if page else "", target)
            if self._is_dead(goal, fragment):
                self.told.add((goal, fragment))
                self._report(goal, fragment, link.span, link.target, "")

    def follow(self, page: Page, path: str, targets: Iterable[tuple[str, str]], report: bool) -> None:
        """Follow the links of a page, which lies at `path`. Dead ones that nobody typed are a template's, or come of
        another mistake: `report` is false if there is any."""
        for goal, fragment in targets:
            self.links += 1
            self.fragments += bool(fragment)
            if goal != path:
                self.reached.add(goal)
            if report and self._is_dead(goal, fragment):
                told = (goal, fragment if goal in self.tree else "")
                if goal == path:  # within the page, and so in every page of the template
                    told = (TEMPLATES + page.template, fragment)
                if told not in self.told:
                    self.told.add(told)
                    mark = f'"#{fragment}"' if goal == path else f'"{_address(goal)}'
                    span = self.known.in_templates(page.template, mark)
                    span = span or Span(TEMPLATES + page.template)
                    self._report(goal, fragment, span, None, f"{page.permalink} leads to ")

    def _is_dead(self, goal: str, fragment: str) -> bool:
        if goal not in self.tree:
            return _address(goal) not in self.known.lost
        if not fragment or goal not in self.facts or fragment in self.facts[goal].ids:
            return False
        return self.known.is_whole  # or else what has the id may be what could not be read

    def _report(self, goal: str, fragment: str, span: Span, typed: str | None, where: str) -> None:
        """A link that leads nowhere: `typed` by an editor at `span`, or made by a template."""
        address = _address(goal)
        if address in self.known.held_back:
            message = f"{where}“{address}” is not published yet"
            self.diagnostics.error("names-draft", message, span, draft_hint(self.known.held_back[address]))
        elif goal in self.tree:
            message = f"{where}{address}#{fragment}: no element there has the id “{fragment}”"
            found = guess(fragment, self.facts[goal].ids, f"open {address} and look at its headings")
            self._tell("dead-fragment", message, span, typed, found, f"{(typed or '').partition('#')[0]}#")
        else:
            if typed is not None and (right := self._from_the_root(typed)) and not self._is_dead(*_resolve("", right)):
                message = f"there is no page “{address}”"
                self.diagnostics.error("dead-link", message, span, f"write {right}", right)
                return
            shown = f"“{address}”" if where or typed != address else f"“{typed}”"
            message = f"{where}{shown}, where no page is"
            self._tell(
                "dead-link", message if where else f"there is no page {shown}", span, typed, self._meant(goal, fragment)
            )

    def _from_the_root(self, typed: str) -> str | None:
        """The page that a relative address, or that of a file, leads to from the root of the site: `car` as /car/."""
        path, sign, fragment = typed.partition("#")
        plain = re.sub(
            r"(?:index)?\.html$", "", re.sub(r"^(?:\.{0,2}/)*(?:(?:public|content|pages)/)*", "", path)
        ).strip("/")
        return f"/{plain}/{sign}{fragment}" if plain and f"{plain}/index.html" in self.tree else None

    def _tell(self, code: str, message: str, span: Span, typed: str | None, found: Guess, before: str = "") -> None:
        right = before + found.replacement if typed is not None and found.replacement else None
        self.diagnostics.error(code, message, span, found.hint, right)

    def _meant(self, goal: str, fragment: str) -> Guess:
        """The page that a link was meant to lead to: by its address, or by the file that it is made from."""
        end = f"#{fragment}" if fragment else ""
        for page in self.pages.values():
            if (
                goal.endswith((".md", ".yaml"))
                and page.listed
                and page.origin.path.endswith("/" + goal.rpartition("/")[2])
            ):
                return Guess(f"write {page.permalink}{end}", page.permalink + end)
        address = _address(goal)
        is_file = not address.endswith("/") and "." in address.rpartition("/")[2]
        candidates = [_address(path) for path in self.tree if path.endswith("index.html") is not is_file]
        last = fold(address.rstrip("/").rpartition("/")[2])
        called = [page.permalink for page in self.pages.values() if page.listed and fold(_heading(page)) == last]
        if len(called) == 1:
            return Guess(f"did you mean “{called[0]}”?", called[0] + end)
        hint, right = guess(address, [one for one in candidates if not address.startswith(one)])
        if hint is None:
            hint, right = guess(address, candidates, "an address is written from the root of the site: /a/page/")
        return Guess(hint, right + end if right else None)


# Within a page --------------------------------------------------------------------------------------------------------


def _addresses_in(tree: LexborHTMLParser) -> Iterator[str]:
    for node in tree.css(_LINKING):
        attributes = node.attributes  # made anew each time it is asked for
        for name in LINK_ATTRIBUTES:
            value = attributes.get(name)
            if value is not None:
                yield from _addresses(name, value)


def _own_addresses(addresses: Iterable[str], base_url: str) -> Iterator[str]:
    # A page that is served anywhere, 404.html, names the site's own path: `/rally/` of https://example.org/rally/.
    roots = (base_url, urlsplit(base_url).path)
    for one in addresses:
        root = next(root for root in roots if one.startswith(root)) if one.startswith(roots) else ""
        inside = "/" + one.removeprefix(root) if root else one
        if _is_own(inside):
            yield inside


def _is_own(address: str) -> bool:
    """Whether an address leads to this site; those of other sites, `mailto:` and the like do not."""
    if ":" not in address and not address.startswith("//"):  # as most are, and nothing else can be foreign
        return True
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
        if "//" in one and _split(one) is None:  # only the name of a host can be wrong
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
        mark = f'href="{_address(_resolve(path, address[1])[0])}' if address else inner
        yield Finding("nested-control", message, "put one behind the other", mark)


def _text_of(node: LexborNode | None) -> str:
    return node.text(strip=True) if node else ""
