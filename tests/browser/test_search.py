"""The search as readers use it: typed, by keyboard, by an address, below a path, and not at all."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, Request, expect
from selectolax.lexbor import LexborHTMLParser

PATH = "/search/"
TARGET = 44


@pytest.fixture
def javascript() -> bool:
    return True


@pytest.fixture
def page(browser: Browser, javascript: bool) -> Iterator[Page]:
    context = browser.new_context(java_script_enabled=javascript, reduced_motion="reduce")
    yield context.new_page()
    context.close()


def results(page: Page) -> Locator:
    return page.locator(".search-results li")


def first(page: Page) -> str:
    return results(page).first.locator("a").inner_text()


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("Peterhansl", "Stéphane Peterhansel"),
        ("peterhasnel", "Stéphane Peterhansel"),
        ("price sara", "Sara Price"),
        ("baciuska", "Rokas Baciuška"),
        ("fes", "Fès"),
        ("camel tro", "Camel Trophy"),
        ("fesh-fesh", "Fesh-fesh"),
        ("gearbox", "Gearbox"),
    ],
)
def test_it_is_found_though_it_is_typed_otherwise(page: Page, address: str, words: str, title: str) -> None:
    page.goto(address + PATH)
    page.keyboard.type(words)  # the field has the focus
    expect(results(page).first.locator("a")).to_have_text(title)
    expect(page.get_by_role("status").first).to_contain_text(f"for “{words}”")
    marked = results(page).first.locator("mark")
    assert marked.count() > 0
    expect(page.locator(".index")).to_be_hidden()


def test_a_word_that_is_there_comes_before_words_like_it(page: Page, address: str) -> None:
    page.goto(address + PATH + "?q=sainz")
    expect(results(page).first).to_contain_text("Sainz")  # and not Saint-Louis, though that is a title


def test_some_of_the_words_will_do_if_nothing_has_them_all(page: Page, address: str) -> None:
    page.goto(f"{address}{PATH}?q=xylophonist+kleinschmidt")
    expect(results(page).first.locator("a")).to_have_text("Jutta Kleinschmidt")


def test_a_year_is_meant_as_it_is_typed(page: Page, address: str) -> None:
    page.goto(f"{address}{PATH}?q=dakar+1979")
    expect(results(page).first.locator("a")).to_have_text("Dakar 1979")
    assert "Dakar 1997" not in results(page).locator("a").all_inner_texts()


def test_question_and_kind_stand_in_the_address(page: Page, address: str) -> None:
    page.goto(f"{address}{PATH}?q=metge&kind=people")
    expect(page.get_by_label("Look in")).to_have_value("people")
    expect(results(page).first.locator(".result-kind")).to_have_text("People")
    assert set(results(page).locator(".result-kind").all_inner_texts()) == {"People"}
    page.get_by_label("Look in").select_option("")
    expect(results(page).locator(".result-kind", has_text="Sources").first).to_be_attached()
    assert page.url == f"{address}{PATH}?q=metge"
    page.get_by_label("Words to look for").fill("bivouac")
    expect(page).to_have_url(f"{address}{PATH}?q=bivouac")
    expect(results(page).first.locator(".result-kind")).to_have_text("Words · Glossary")


def test_sources_come_last(page: Page, address: str) -> None:
    page.goto(f"{address}{PATH}?q=defender")
    expect(results(page).first).to_be_visible()
    kinds = results(page).locator(".result-kind").all_inner_texts()
    assert kinds[0] != "Sources"
    assert kinds[:10].count("Sources") == 0


def test_by_keyboard_from_any_page_to_the_result_and_back(page: Page, address: str) -> None:
    page.goto(address + "/car/")
    page.keyboard.press("/")
    expect(page).to_have_url(address + PATH)
    field = page.get_by_label("Words to look for")
    expect(field).to_be_focused()
    page.keyboard.type("dakar 1979")
    expect(results(page).nth(2)).to_be_visible()
    links = results(page).locator("a")
    page.keyboard.press("ArrowDown")
    expect(links.nth(0)).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(links.nth(1)).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(field).to_be_focused()
    page.keyboard.press("Enter")
    expect(links.nth(0)).to_be_focused()
    page.keyboard.press("Escape")
    expect(field).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(page).to_have_url(address + "/history/1979/")
    page.go_back()
    expect(field).to_have_value("dakar 1979")
    field.focus()
    page.keyboard.press("Escape")
    expect(field).to_have_value("")
    expect(results(page)).to_have_count(0)
    expect(page.locator(".index")).to_be_visible()


def test_a_slash_is_a_slash_in_a_field_and_can_be_switched_off(page: Page, address: str) -> None:
    page.goto(address + PATH)
    field = page.get_by_label("Words to look for")
    expect(field).to_be_focused()  # a browser may take its time to
    page.keyboard.type("1/2")
    expect(field).to_have_value("1/2")
    page.goto(address + "/car/")
    page.get_by_role("button", name="Settings", exact=True).click()
    page.get_by_role("radio", name="No").check()
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    page.wait_for_timeout(200)
    assert page.url == address + "/car/"


def test_nothing_found_is_said_and_the_index_stays(page: Page, address: str) -> None:
    page.goto(f"{address}{PATH}?q=xylophonist")
    expect(page.get_by_role("status").first).to_contain_text("Nothing was found for “xylophonist”")
    expect(page.locator(".index")).to_be_visible()


def test_markup_in_the_question_is_only_text(page: Page, address: str) -> None:
    page.goto(f"{address}{PATH}?q=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E&kind=%22%5D")
    expect(page.get_by_role("status").first).to_contain_text("<img src=x onerror=alert(1)>")
    expect(page.locator(".search img")).to_have_count(0)


def test_it_works_below_a_path(page: Page, address_below: str) -> None:
    page.goto(f"{address_below}{PATH}?q=waypoint")
    link = results(page).first.locator("a")
    expect(link).to_have_text(re.compile("waypoint", re.IGNORECASE))
    link.click()
    expect(page).to_have_url(re.compile(f"^{re.escape(address_below)}/glossary/#"))


def test_other_pages_do_not_fetch_it(page: Page, address: str) -> None:
    asked: list[str] = []

    def note(request: Request) -> None:
        asked.append(request.url)

    page.on("request", note)
    for path in ("/", "/car/", "/history/"):
        page.goto(address + path, wait_until="networkidle")
    assert [one for one in asked if "index.json" in one or "js/finder" in one or "js/search" in one] == []
    with page.expect_request("**/search/index.json"):  # which a busy machine begins late
        page.goto(address + PATH, wait_until="networkidle")
    assert len([one for one in asked if one.endswith("/search/index.json")]) == 1


def test_a_lost_index_is_said(page: Page, address: str) -> None:
    page.route("**/search/index.json", lambda route: route.abort())
    page.goto(f"{address}{PATH}?q=metge")
    expect(page.get_by_role("status").first).to_contain_text("could not be loaded")
    expect(page.locator(".index")).to_be_visible()
    page.unroute("**/search/index.json")
    page.get_by_label("Words to look for").fill("metge")
    expect(results(page).first).to_be_visible()


@pytest.mark.parametrize("javascript", [False], ids=["no-script"])
def test_without_a_script_the_page_is_an_index(page: Page, address: str, site: Path) -> None:
    page.goto(f"{address}{PATH}?q=metge")
    expect(page.locator("form.search")).to_be_hidden()
    page.get_by_role("navigation", name="Letters of the index").get_by_role("link", name="P", exact=True).click()
    expect(page.get_by_role("heading", name="P", exact=True)).to_be_in_viewport()
    expect(page.get_by_role("link", name="Peterhansel, Stéphane")).to_be_visible()
    listed = set(page.eval_on_selector_all(".index-lines a", "(all) => all.map((one) => one.href.split('#')[0])"))
    sitemap = re.findall("<loc>https?://[^/]+(/[^<]*)</loc>", (site / "sitemap.xml").read_text())
    assert {address + path for path in sitemap} - listed == set()


def test_everything_in_the_index_is_where_it_says(site: Path) -> None:
    """Ids are checked for all links of pages at every build; those of the index are not among them."""
    rows = json.loads((site / "search/index.json").read_text())["entries"]
    ids: dict[str, set[str]] = {}
    lost = []
    for address in (row[2] for row in rows):
        path, _, anchor = address.partition("#")
        if path not in ids:
            html = LexborHTMLParser((site / path / "index.html").read_text())
            ids[path] = {one.attributes["id"] or "" for one in html.css("[id]")}
        if anchor and anchor not in ids[path]:
            lost.append(address)
    assert lost == []
    assert len(rows) > 1000


@pytest.mark.parametrize("width", [320, 1280])
def test_targets_are_large(page: Page, address: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{address}{PATH}?q=stage")
    expect(results(page).first).to_be_visible()
    targets = page.locator(".search :is(input, select), .search-link, .search-results a").all()
    boxes = [box for one in targets if (box := one.bounding_box())]
    assert len(boxes) > 10
    assert [box for box in boxes if box["height"] < TARGET] == []
