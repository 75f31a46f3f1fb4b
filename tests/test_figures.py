"""Every figure that readers see has its sources beside it, or says openly that it has none.

A figure is a text with a digit in one of `PLACES`: a cell of a table, a line of a fact box, a result, a statement. Its
evidence is a marker, a badge or an open “not published”: its own, that of its row, of its table's caption or of the
foot of its column. What was counted or computed may instead lead to the places that it was counted from; these must
have evidence themselves. `EXEMPT` is what is no such figure, and why.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from microsite.pipeline import BuildResult
from tests.real_site import ROOT, html_pages, is_redirect

PLACES = "tbody td, dl dd, .podium li, .facts li, .route-list li, .stage-strip > p, .quote"
EVIDENCE = ".marker[popovertarget], .badge, .unknown"
SIGNS = {"marker", "row-link", "plate"}
EXEMPT = {
    ".view-source .specs dd": "a source is its own evidence",
    ".view-car .vehicles dd": "the names of the vehicles that the table below compares",
    ".view-design .contrasts td": "worked out from the style sheet, with which tests/test_tokens.py compares it",
    ".view-design .spaces dd": "from the style sheet, with which tests/test_tokens.py compares it",
}
TOLD = ("car", "chapter", "dakar-2026", "edition", "history", "land-rover", "person", "programme", "stage", "update")
OPENLY_UNKNOWN = re.compile(r"not found|not seen|not published|unknown|not known|no page")
NAME_WITH_DIGITS = re.compile(r"D7[XxEe](?:-R)?|W2RC|G4|FIA T[0-9]|Mission 1000")

pytestmark = pytest.mark.skipif(not (ROOT / "content").is_dir(), reason="there is no content here")


@pytest.fixture(scope="module")
def pages(site: BuildResult) -> dict[str, LexborHTMLParser]:
    """Every page by its address without the host, `/history/1979/`."""
    found = ((path, tree) for path, tree in html_pages(site) if not is_redirect(tree))
    return {"/" + path.removesuffix("index.html"): tree for path, tree in found}


def told(node: LexborNode) -> str:
    """What a node says, without its markers and what else is a sign and not a word."""
    return " ".join("".join(_words(node)).split())


def _words(node: LexborNode) -> Iterator[str]:
    if node.tag == "-text":
        yield node.text_content or ""
    elif not SIGNS & set((node.attributes.get("class") or "").split()):
        for child in node.iter(include_text=True):
            yield from _words(child)


def above(node: LexborNode, tag: str) -> LexborNode | None:
    found: LexborNode | None = node
    while found is not None and found.tag != tag:
        found = found.parent
    return found


def has_evidence(node: LexborNode) -> bool:
    """In the node itself; for a cell also in its row, its caption or the foot of its column; for a remark in the rows
    it is about."""
    if node.css_first(EVIDENCE):
        return True
    remark = "remark" in (node.attributes.get("class") or "").split()
    row, table = above(node, "tbody" if remark else "tr"), above(node, "table")
    if node.tag != "td" or row is None or table is None:
        return False
    caption, foot = table.css_first("caption"), table.css_first("tfoot tr")
    if row.css_first(EVIDENCE) or (caption is not None and caption.css_first(EVIDENCE)):
        return True
    cells = foot.css("td") if foot is not None else []
    column = [cell.html for cell in row.css("td")].index(node.html)
    return column < len(cells) and cells[column].css_first(EVIDENCE) is not None


def absolute(address: str, link: str) -> tuple[str, str]:
    """A relative link as the address of a page and a fragment."""
    path, _, fragment = link.partition("#")
    joined = posixpath.normpath(posixpath.join(address, path)) if path else address
    return (joined if joined.endswith(("/", ".html")) else joined + "/"), fragment


def leads_to_evidence(node: LexborNode, address: str, pages: dict[str, LexborHTMLParser]) -> bool:
    """Whether all that a node's row leads to within the record is shown with evidence there."""
    row = (above(node, "tr") if node.tag == "td" else node) or node
    links = row.css("a[href*='#']:not(.row-link, [href*='#computed-'])")
    targets = [absolute(address, link.attributes.get("href") or "") for link in links]
    return bool(targets) and all(element_has_evidence(pages, *target) for target in targets)


def element_has_evidence(pages: dict[str, LexborHTMLParser], address: str, fragment: str) -> bool:
    found = pages[address].css_first(f"[id='{fragment}']") if address in pages else None
    return found is not None and found.css_first(EVIDENCE) is not None


def figures(tree: LexborHTMLParser) -> Iterator[LexborNode]:
    exempt = {node.html for selector in EXEMPT for node in tree.css(selector)}
    main = tree.css_first("main")
    assert main is not None
    for node in main.css(PLACES):
        if re.search(r"\d", told(node)) and node.html not in exempt and not within(node, ".source-list, .word-list"):
            yield node


def within(node: LexborNode, selector: str) -> bool:
    classes = {one.strip(" .") for one in selector.split(",")}
    found: LexborNode | None = node
    while found is not None:
        if classes & set((found.attributes.get("class") or "").split()):
            return True
        found = found.parent
    return False


def test_every_figure_has_its_sources_or_says_that_it_has_none(pages: dict[str, LexborHTMLParser]) -> None:
    seen, bare = 0, []
    for address, tree in pages.items():
        for node in figures(tree):
            seen += 1
            if not has_evidence(node) and not leads_to_evidence(node, address, pages):
                bare.append(f"{address}: {told(node)[:90]}")
    assert bare == []
    assert seen > 3000


def test_every_paragraph_with_a_number_names_its_sources(pages: dict[str, LexborHTMLParser]) -> None:
    seen, bare = 0, []
    for address, tree in pages.items():
        kind = str(tree.css_first("body").attributes["class"]).removeprefix("view-")  # type: ignore[union-attr]
        if kind not in TOLD:
            continue
        for node in tree.css(".prose p, .prose li"):
            text = NAME_WITH_DIGITS.sub("", told(node))
            if not re.search(r"\d", text):
                continue
            seen += 1
            if not node.css_first(EVIDENCE) and not OPENLY_UNKNOWN.search(text) and not only_in_links(node):
                bare.append(f"{address}: {text[:90]}")
    assert bare == []
    assert seen > 300


def only_in_links(node: LexborNode) -> bool:
    """Whether every digit of a text stands in a link: to the year, or the stage, that is told of there."""
    copy = LexborHTMLParser(node.html or "")
    for link in copy.css("a[href]"):
        link.decompose()
    return not re.search(r"\d", copy.body.text() if copy.body else "")


def test_the_search_for_figures_would_find_a_bare_one(pages: dict[str, LexborHTMLParser]) -> None:
    html = (
        "<main><table><caption>T</caption><tbody><tr><th>a</th><td>7 km</td></tr>"
        "<tr><th>b</th><td>8 km<span class=cite><button class=marker popovertarget=source-1>1</button></span></td></tr>"
        "</tbody></table><dl><dd>9</dd><dd><span class=unknown>not published</span> in 1979</dd></dl></main>"
    )
    bare = [told(node) for node in figures(LexborHTMLParser(html)) if not has_evidence(node)]
    assert bare == ["7 km", "9"]


def test_every_chart_and_map_has_an_equal_table_or_list_on_its_page(pages: dict[str, LexborHTMLParser]) -> None:
    seen = 0
    for address, tree in pages.items():
        for graphic in tree.css("main figure svg[role='img']"):
            section = above(graphic, "section")
            assert section is not None, address
            seen += 1
            equal = section.css_first("table, ol.stops, ol.route-list")
            assert equal is not None, f"{address}: {graphic.attributes.get('class')}"
            assert equal.css_first("tbody tr, li"), address
    assert seen > 60


# Both ways ------------------------------------------------------------------------------------------------------------


def led_to(pages: dict[str, LexborHTMLParser], address: str, start: str, selector: str = "main a[href]") -> set[str]:
    """The pages below `start` that a page leads to, previous and next ones apart."""
    found = set()
    for link in pages[address].css(selector):
        href = link.attributes.get("href") or ""
        if "rel" not in link.attributes and not re.match(r"[a-z]+:", href):
            found.add(absolute(address, href)[0])
    return {one for one in found if one.startswith(start) and one != address}


def below(pages: Iterable[str], pattern: str) -> list[str]:
    found = [address for address in pages if re.fullmatch(pattern, address)]
    assert len(found) > 10, pattern
    return found


EDITION, PERSON, STAGE = r"/history/\d{4}/", r"/crews/[^/]+/", r"/dakar-2026/[^/]+/"
PAIRS = [
    (PERSON, "#career-title ~ tbody th a, .career th a:not(.row-link)", EDITION),
    (EDITION, "#starts-title ~ tbody th a, tr[id^='winner-'] a, tr[id^='podium-'] a", PERSON),
    (STAGE, "#result th a, #standings th a", PERSON),
    (PERSON, "tr[id^='stage-'] th a:not(.row-link)", STAGE),
]


@pytest.mark.parametrize(("here", "selector", "there"), PAIRS)
def test_what_leads_there_leads_back(pages: dict[str, LexborHTMLParser], here: str, selector: str, there: str) -> None:
    checked = 0
    for address in below(pages, here):
        for link in pages[address].css(selector):
            target, _ = absolute(address, link.attributes.get("href") or "")
            if re.fullmatch(there, target):
                checked += 1
                assert address in led_to(pages, target, "/"), f"{target} does not lead back to {address}"
    assert checked > 15


def test_places_and_the_routes_that_lead_there_lead_to_each_other(pages: dict[str, LexborHTMLParser]) -> None:
    places = pages["/history/places/"]
    checked = 0
    for address in [*below(pages, EDITION), *below(pages, STAGE)]:
        for link in pages[address].css(".stops a, .stage-heading a"):
            target, place = absolute(address, link.attributes.get("href") or "")
            assert target == "/history/places/"
            row = places.css_first(f"[id='{place}']")
            assert row is not None, f"{address} → {place}"
            back = {absolute(target, one.attributes.get("href") or "")[0] for one in row.css("a")}
            assert address in back, f"{place} does not lead back to {address}"
            checked += 1
    assert checked > 400


def test_land_rovers_and_records_lead_to_their_years_and_people_and_back(
    pages: dict[str, LexborHTMLParser],
) -> None:
    checked = 0
    for here, links, there in (
        ("/history/land-rover/", ".box[id] .box-key a", EDITION),
        ("/history/records/", ".spec[id] .value a[href*='/crews/']", PERSON),
    ):
        for link in pages[here].css(links):
            target, _ = absolute(here, link.attributes.get("href") or "")
            row = above(link, "li" if there == EDITION else "div")
            assert row is not None
            assert re.fullmatch(there, target), target
            back = pages[target].css_first(f"a[href$='#{row.attributes['id']}']")
            assert back is not None, f"{target} does not lead back to {row.attributes['id']}"
            checked += 1
    assert checked > 20


def test_a_source_and_what_it_supports_lead_to_each_other(pages: dict[str, LexborHTMLParser]) -> None:
    """From a page's list of sources to each of them, and from there to the page."""
    overviews = ("/history/records/", "/history/", "/sources/disputes/", "/dakar-2026/", "/", "/crews/")
    shown_apart = (*overviews, "/about/design/")
    checked = 0
    for address, tree in pages.items():
        if address in shown_apart:  # they show rows of other pages, which the source names instead
            continue
        for link in tree.css(".source-list .source-page"):
            target, _ = absolute(address, link.attributes.get("href") or "")
            assert target in pages, target
            checked += 1
            back = led_to(pages, target, "/", ".usages a")
            assert address in back or back & led_to(pages, address, "/"), f"{target} does not name {address}"
    assert checked > 1000


def test_every_row_with_an_address_of_its_own_can_be_linked_to(pages: dict[str, LexborHTMLParser]) -> None:
    links = 0
    for address, tree in pages.items():
        for link in tree.css("a.row-link"):
            target = (link.attributes.get("href") or "").removeprefix("#")
            row = link.parent
            while row is not None and row.attributes.get("id") != target:
                row = row.parent
            assert row is not None, f"{address}: #{target} is not around its link"
            assert (link.attributes.get("aria-label") or "").startswith("Link to ")
            links += 1
        for row in tree.css("main table.results tbody tr[id]"):
            if not within(row, ".comparison"):
                assert row.css_first("a.row-link"), f"{address}: {row.attributes['id']}"
    assert links > 500


def test_rows_that_moved_from_the_programme_lead_from_there_to_where_they_are(
    pages: dict[str, LexborHTMLParser],
) -> None:
    left = pages["/programme/"].css("main li[id]")
    moved = [one for one in left if re.match("member|partner|round|standing", one.attributes["id"] or "")]
    for one in moved:
        link = one.css_first("a")
        assert link is not None
        address, row = absolute("/programme/", link.attributes.get("href") or "")
        assert row == one.attributes["id"]
        assert pages[address].css_first(f"[id='{row}']") is not None
    assert len(moved) > 15


@pytest.mark.parametrize("pattern", [EDITION, PERSON, STAGE, r"/heritage/[^/]+/", r"/updates/[^/]+/"])
def test_neighbours_form_one_chain(pages: dict[str, LexborHTMLParser], pattern: str) -> None:
    everyone = [address for address in pages if re.fullmatch(pattern, address)]
    after = {}
    for address in everyone:
        link = pages[address].css_first(".pager [rel='next']")
        if link is not None:
            after[address] = absolute(address, link.attributes.get("href") or "")[0]
            back = pages[after[address]].css_first(".pager [rel='prev']")
            assert back is not None
            assert absolute(after[address], back.attributes.get("href") or "")[0] == address
    assert len(after) == len(everyone) - 1 > 4
    assert len(set(after.values())) == len(after)
