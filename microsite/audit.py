"""The last look at the finished tree, before anything is published: what crosses pages, links above all, and the faults
that pages show by themselves (`page_facts`), told where an editor would mend them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field

from microsite.addresses import address_of, goal_of, own_addresses, split
from microsite.diagnostics import Diagnostics, Span
from microsite.diagnostics.text import counted
from microsite.entries import Entry, PageLink
from microsite.page_facts import Finding, PageFacts
from microsite.pages.page import Page
from microsite.site_model import draft_hint
from microsite.suggest import Guess, fold, guess
from microsite.template_lint import TEMPLATES

_CAUSES = {"duplicate-html-id": "same-value", "nested-control": "broken-link"}
"""Faults that pages show because of another that was told."""


@dataclass(frozen=True, slots=True)
class Audited:
    """What was checked, in numbers, so that a silent audit can be told from one that looked at nothing."""

    pages: int
    links: int
    fragments: int
    ids: int
    headings: int
    pictures: int


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


def _heading(page: Page) -> str:
    return str(getattr(page.context.get("page"), "heading", ""))


def _lies_in(span: Span, other: Span) -> bool:
    same_line = span.path == other.path and span.line == other.line
    return same_line and other.column <= span.column and span.end <= other.end


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
            if split(link.target) is None:
                message = f"“{link.target}” is not an address"
                self.diagnostics.error("bad-address", message, link.span, "look at its brackets and colons")
                continue
            page = by_file.get(link.span.path)
            target = next(iter(own_addresses([link.target], self.base_url)), None)
            if target is None or not (target.startswith("/") or page):
                continue
            goal, fragment = goal_of(page.path if page else "", target)
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
                    mark = f'"#{fragment}"' if goal == path else f'"{address_of(goal)}'
                    span = self.known.in_templates(page.template, mark)
                    span = span or Span(TEMPLATES + page.template)
                    self._report(goal, fragment, span, None, f"{page.permalink} leads to ")

    def _is_dead(self, goal: str, fragment: str) -> bool:
        if goal not in self.tree:
            return address_of(goal) not in self.known.lost
        if not fragment or goal not in self.facts or fragment in self.facts[goal].ids:
            return False
        return self.known.is_whole  # or else what has the id may be what could not be read

    def _report(self, goal: str, fragment: str, span: Span, typed: str | None, where: str) -> None:
        """A link that leads nowhere: `typed` by an editor at `span`, or made by a template."""
        address = address_of(goal)
        if address in self.known.held_back:
            message = f"{where}“{address}” is not published yet"
            self.diagnostics.error("names-draft", message, span, draft_hint(self.known.held_back[address]))
        elif goal in self.tree:
            message = f"{where}{address}#{fragment}: no element there has the id “{fragment}”"
            found = guess(fragment, self.facts[goal].ids, f"open {address} and look at its headings")
            self._tell("dead-fragment", message, span, typed, found, f"{(typed or '').partition('#')[0]}#")
        else:
            if typed is not None and (right := self._from_the_root(typed)) and not self._is_dead(*goal_of("", right)):
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
        address = address_of(goal)
        is_file = not address.endswith("/") and "." in address.rpartition("/")[2]
        candidates = [address_of(path) for path in self.tree if path.endswith("index.html") is not is_file]
        last = fold(address.rstrip("/").rpartition("/")[2])
        called = [page.permalink for page in self.pages.values() if page.listed and fold(_heading(page)) == last]
        if len(called) == 1:
            return Guess(f"did you mean “{called[0]}”?", called[0] + end)
        hint, right = guess(address, [one for one in candidates if not address.startswith(one)])
        if hint is None:
            hint, right = guess(address, candidates, "an address is written from the root of the site: /a/page/")
        return Guess(hint, right + end if right else None)
