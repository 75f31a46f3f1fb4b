"""The site itself: sound, complete, and every fact of the article it began with told with its source beside it."""

from __future__ import annotations

import json
import re
from dataclasses import astuple
from xml.etree import ElementTree

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from microsite.inputs import scan
from microsite.pipeline import BuildResult
from microsite.project import INPUT_FOLDERS
from tests.projects import report, text
from tests.real_site import ROOT, html_pages, is_redirect, stated

EVO = "evo-2025-d7xr-announcement"
CAR = "car/index.html"
PROGRAMME = "programme/index.html"
FIRST_TEST = "updates/2025-05-07-first-test-in-the-sahara/index.html"
PASSING = re.compile(r"::?(before|after|marker|backdrop|hover|focus-visible|focus|active|target|popover-open)\b")
"""What of a selector is about no element of the page as it comes."""
ATOM = "{http://www.w3.org/2005/Atom}"
OF_SCRIPTS = "assets/css/scripts."
"""The sheet of what scripts add, of which nothing stands on a page as it comes."""
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"

pytestmark = pytest.mark.skipif(not (ROOT / "content").is_dir(), reason="there is no content here")


# Soundness ------------------------------------------------------------------------------------------------------------


def test_the_site_builds_without_errors_and_warnings(site: BuildResult) -> None:
    assert report(site.diagnostics) == []
    assert site.pages > 400


def test_the_audit_looked_at_something_of_everything(site: BuildResult) -> None:
    assert min(astuple(site.audited)) > 0, site.audited
    assert site.audited.links > 10 * site.audited.pages


def test_every_link_leads_somewhere_and_has_a_name(site: BuildResult) -> None:
    for path, tree in html_pages(site):
        for link in tree.css("a"):
            address = link.attributes.get("href") or ""
            assert address not in ("", "#"), f"{path}: {link.html}"
            assert link.text(strip=True) or link.attributes.get("aria-label"), f"{path}: {link.html}"
            assert path in ("404.html", "offline.html") or not address.startswith("/"), f"{path}: {link.html}"


def test_a_page_asks_for_the_style_sheets_of_what_stands_on_it_and_for_no_others(site: BuildResult) -> None:
    sheets = {path: _selectors(text(site, path)) for path in site.tree if re.fullmatch(r"assets/css/.*\.css", path)}
    asked, wanted = set(), set()
    for path, tree in html_pages(site):
        body = tree.css_first("body")
        if is_redirect(tree) or body is None:
            continue
        names = _names(text(site, path))
        links = [link.attributes["href"] or "" for link in tree.css('link[rel="stylesheet"]')]
        linked = {"assets/css/" + link.rpartition("/")[2] for link in links}
        had = {selector for sheet in linked for selector in sheets[sheet]}
        for sheet, selectors in sheets.items():
            seen = {selector for selector in selectors if selector <= names}
            lacking = () if sheet in linked else seen - had
            matched = [one for selector in lacking for one in selectors[selector] if _matches(tree, one)]
            assert not matched, f"{path} lacks {sheet} for {matched}"
            if sheet in linked and not sheet.startswith(OF_SCRIPTS):
                asked.add((body.attributes["class"], sheet))
            if seen:
                wanted.add((body.attributes["class"], sheet))
    assert asked - wanted == set()


def _names(page: str) -> set[str]:
    """The elements and the classes of a page, as selectors name them."""
    classes = " ".join(re.findall(r'class="([^"]*)"', page)).split()
    return {*re.findall(r"<([a-z]\w*)", page), *("." + one for one in classes)}


def _selectors(sheet: str) -> dict[frozenset[str], set[str]]:
    """The selectors by the classes, and the element they begin with, that must all be there for them to match."""
    found: dict[frozenset[str], set[str]] = {}
    for one in re.findall(r"(?:^|[{};])([^{}@;]+)(?=\{)", sheet):
        for selector in re.split(r",(?=(?:[^()]|\([^()]*(?:\([^()]*\)[^()]*)*\))*$)", one):
            there = re.sub(r":has\(([^()]*)\)", r" \1 ", selector)
            plain = re.sub(r":[\w-]+\([^()]*(?:\([^()]*\)[^()]*)*\)", "", there)
            for some in plain.split(","):
                if names := frozenset(re.findall(r"^[a-zA-Z]\w*|\.[a-zA-Z][\w-]*", some)):
                    found.setdefault(names, set()).add(selector)
    return found


def _matches(tree: LexborHTMLParser, selector: str) -> bool:
    """Whether something on the page is chosen, whatever a reader does there; also if that cannot be told."""
    lasting = PASSING.sub("", selector)
    try:
        return tree.css_first(lasting) is not None
    except Exception:  # selectolax does not say which it raises for what it cannot read
        return True


def test_every_page_tells_its_one_heading_and_its_address(site: BuildResult) -> None:
    base_url = stated("content/site.yaml", "base_url")
    for path, tree in html_pages(site):
        assert len(tree.css("h1")) == 1, path
        canonical = tree.css_first('link[rel="canonical"]')
        assert canonical is not None, path
        if not is_redirect(tree):
            assert canonical.attributes["href"] == f"{base_url}{path.removesuffix('index.html')}"


def test_what_search_engines_read_of_a_page_is_json(site: BuildResult) -> None:
    for path, tree in html_pages(site):
        for script in tree.css('script[type="application/ld+json"]'):
            assert isinstance(json.loads(script.text()), dict), path


def test_no_mark_of_ours_is_left_anywhere(site: BuildResult) -> None:
    """A mark that nobody filled in would reach readers as a box."""
    for path, file in site.tree.items():
        if path.endswith((".html", ".xml", ".json", ".csv")):
            content = file.read().decode()
            assert "\ue000" not in content, path
            assert "\\ue000" not in content, path


def test_nothing_but_the_content_decides_what_is_built() -> None:
    assert {path.split("/")[0] for path in scan(ROOT, INPUT_FOLDERS, {})} == set(INPUT_FOLDERS)


# Facts and their sources ----------------------------------------------------------------------------------------------


def test_every_figure_of_the_comparison_has_a_source_or_says_that_it_has_none(site: BuildResult) -> None:
    values = LexborHTMLParser(text(site, CAR)).css("table.comparison td .value")
    assert len(values) > 60
    _check_sourced(values)


def test_every_figure_of_a_fact_box_has_a_source_or_says_that_it_has_none(site: BuildResult) -> None:
    values = 0
    for _, tree in html_pages(site):
        found = tree.css("dl.specs dd .value")
        values += len(found)
        _check_sourced(found)
    assert values > 200


def _check_sourced(values: list[LexborNode]) -> None:
    for value in values:
        cell = value.parent
        assert cell is not None
        assert cell.css_first(".marker, .badge"), f"no source: {cell.text()}"


def test_every_marker_leads_to_a_source_of_its_page(site: BuildResult) -> None:
    markers = 0
    for path, tree in html_pages(site):
        for marker in tree.css(".marker[popovertarget]"):
            markers += 1
            assert tree.css_first(f"#{marker.attributes['popovertarget']}"), path
    assert markers > 3000


FACTS: list[tuple[str, list[str], str | None]] = [
    # What it is
    (CAR, ["Defender", "Dakar", "works team", "2026"], None),
    (CAR, ["Three of them drove the 2026 Dakar"], None),
    (CAR, ["based on the Defender OCTA", "most capable road-going model yet", "110 body"], EVO),
    (CAR, ["Stock", "close to what a buyer can order"], None),
    (CAR, ["production bodyshell may not be modified"], None),
    # What was announced
    (CAR, ["shown in full later in the year"], None),
    (CAR, ["110-based D7x structure", "V8", "eight-speed automatic"], EVO),
    (CAR, ["Power had not been disclosed"], None),
    (CAR, ["Two drivers had been named"], None),
    (CAR, ["eight months away", "very different challenge", "other makes"], None),
    # The road car's figures
    (CAR, ["4.4-litre", "twin-turbo V8", "BMW", "eight-speed automatic gearbox"], EVO),
    (CAR, ["626 bhp", "553 lb ft", "62 mph", "4 seconds"], EVO),
    (CAR, ["626"], EVO),
    # The story behind it
    (CAR, ["rough and ready", "from 1948 to 2016", "Discovery", "family car"], EVO),
    (CAR, ["Camel Trophy", "G4 Challenge", "pushed to their limits"], EVO),
    (CAR, ["1971 and 1972", "modified Range Rovers", "Darién Gap", "swampland", "Panama and Colombia"], EVO),
    (CAR, ["250 miles", "evo"], EVO),
    # The first test
    (CAR, ["camouflaged prototype", "first official test", "Moroccan Sahara"], None),
    (CAR, ["7 May", "first two drivers, Peterhansel and Baciuška"], EVO),
    (CAR, ["huge milestone", "calendar of testing activity"], EVO),
    (CAR, ["James Barclay", "Managing Director of JLR Motorsport"], None),
    (FIRST_TEST, ["first official test", "Moroccan Sahara"], None),
    (FIRST_TEST, ["Eight months are left", "James Barclay praised the work of his team"], EVO),
    (FIRST_TEST, ["Peterhansel", "won the Dakar 14 times"], EVO),
    (FIRST_TEST, ["Rokas Baciuška", "rally driver from Lithuania"], EVO),
    (FIRST_TEST, ["race in Stock", "shown in full later in the year", "Power and performance were not disclosed"], EVO),
    # The partnership
    (PROGRAMME, ["official car partner", "2025", "2028"], EVO),
    (PROGRAMME, ["six specially prepared Defenders"], EVO),
    (PROGRAMME, ["officials", "VIP media"], EVO),
]


@pytest.mark.parametrize(
    ("path", "words", "source"), FACTS, ids=lambda value: value[0] if isinstance(value, list) else ""
)
def test_a_fact_of_the_seed_article_is_told_with_its_source(
    site: BuildResult, path: str, words: list[str], source: str | None
) -> None:
    told = [block for block in _blocks(text(site, path)) if all(word in block for word in words)]
    assert told, f"{path} does not say in one place: {words}"
    wanted = f"[@{source}]" if source else "[@"
    assert any(wanted in block for block in told), f"not with {wanted}: {told}"


def _blocks(html: str) -> list[str]:
    """The paragraphs, items and cells of a page as plain text, each source marker as `[@its-id]`."""
    tree = LexborHTMLParser(html)
    main = tree.css_first("main")
    assert main is not None
    for marker in main.css(".marker"):
        note = tree.css_first(f"#{marker.attributes['popovertarget']} .source-page")
        assert note is not None
        marker.replace_with(f"[@{(note.attributes['href'] or '').rstrip('/').rpartition('/')[2]}]")
    return [" ".join(block.text().split()) for block in main.css("p, li, td, dd, caption, figcaption")]


# What machines read ---------------------------------------------------------------------------------------------------


def test_the_feeds_hold_every_update(site: BuildResult) -> None:
    updates = {
        path.removesuffix("index.html") for path in site.tree if re.fullmatch(r"updates/[^/]+/index\.html", path)
    }
    base_url = stated("content/site.yaml", "base_url")
    expected = {f"{base_url}{path}" for path in updates}
    assert len(expected) >= 6
    atom = ElementTree.fromstring(text(site, "feed.xml"))
    entries = atom.findall(f"{ATOM}entry")
    assert {entry.findtext(f"{ATOM}id") for entry in entries} == expected
    feed = json.loads(text(site, "feed.json"))
    assert {item["id"] for item in feed["items"]} == expected
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    dates = [entry.findtext(f"{ATOM}published") for entry in entries]
    assert dates == sorted(dates, reverse=True, key=str) == [item["date_published"] for item in feed["items"]]
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT00:00:00Z", str(date)) for date in dates)


def test_the_sitemap_lists_every_page_with_the_day_that_content_states(site: BuildResult) -> None:
    base_url = str(stated("content/site.yaml", "base_url"))
    urls = ElementTree.fromstring(text(site, "sitemap.xml")).findall(f"{SITEMAP}url")
    listed = {str(url.findtext(f"{SITEMAP}loc")): url.findtext(f"{SITEMAP}lastmod") for url in urls}
    assert len(listed) == len(urls)
    pages = {
        path for path, tree in html_pages(site) if path not in ("404.html", "offline.html") and not is_redirect(tree)
    }
    assert listed.keys() == {f"{base_url}{path.removesuffix('index.html')}" for path in pages}
    dated = 0
    for file in sorted((ROOT / "content/pages").glob("*.md")):
        path = f"content/pages/{file.name}"
        permalink = stated(path, "permalink") or f"/{file.stem}/"
        if permalink not in ("/404.html", "/offline.html") and stated(path, "draft") != "true":
            assert listed[base_url + permalink[1:]] == stated(path, "updated"), path
            dated += 1
    assert dated > 8
