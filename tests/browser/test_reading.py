"""What helps reading: the choice of light or dark and of miles, citations, the current section, a page not found."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

DARK, LIGHT = "rgb(15, 21, 27)", "rgb(251, 245, 234)"
EDITION = "/history/2026/"


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(
        reduced_motion="reduce", color_scheme="light", permissions=["clipboard-read", "clipboard-write"]
    )
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


def background(page: Page) -> str:
    colour: str = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    return colour


def choose(page: Page, name: str) -> None:
    page.get_by_role("button", name="Settings", exact=True).click()
    page.get_by_role("radio", name=name, exact=True).check()
    page.keyboard.press("Escape")


def copied(page: Page) -> str:
    expect(page.locator("#announcement")).to_contain_text("Copied")
    text: str = page.evaluate("navigator.clipboard.readText()")
    return text


# Light or dark --------------------------------------------------------------------------------------------------------


def test_the_theme_is_chosen_by_keyboard_kept_and_given_up(page: Page, address: str) -> None:
    page.goto(address + "/car/")
    assert background(page) == LIGHT
    button = page.get_by_role("button", name="Settings", exact=True)
    button.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_role("radio", name="As the device")).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("radio", name="Dark")).to_be_checked()
    expect(page.locator("#announcement")).to_have_text("Light or dark: Dark")
    assert background(page) == DARK
    page.keyboard.press("Escape")
    expect(button).to_be_focused()

    page.goto(address + "/crews/")
    assert background(page) == DARK
    page.emulate_media(media="print")
    assert background(page) == "rgb(255, 255, 255)"
    page.emulate_media(media="screen", color_scheme="dark")
    choose(page, "Light")
    assert background(page) == LIGHT
    choose(page, "As the device")
    assert background(page) == DARK


def test_the_bar_of_a_phone_follows_the_choice(page: Page, address: str) -> None:
    colours = """() => [...document.querySelectorAll("meta[name='theme-color']")]
        .filter((one) => !one.media || matchMedia(one.media).matches).map((one) => one.content)"""
    page.goto(address + "/")
    light = page.evaluate(colours)
    choose(page, "Dark")
    dark = page.evaluate(colours)
    assert len(light) == len(dark) == 1
    assert light != dark
    choose(page, "As the device")
    assert page.evaluate(colours) == light


def test_the_choice_stands_before_the_first_paint(page: Page, address: str) -> None:
    """The script that reads it blocks rendering, and the other scripts have no part in it."""
    page.goto(address + "/")
    choose(page, "Dark")
    page.route(re.compile(r"/js/(site|settings|citation|whereabouts)\."), lambda route: route.abort())
    page.goto(address + "/car/", wait_until="commit")
    page.locator("h1").wait_for()
    assert background(page) == DARK
    script = page.locator("head script[src*='theme']")
    assert [script.get_attribute(name) for name in ("defer", "async", "type")] == [None, None, None]


def test_another_tab_follows(context: BrowserContext, page: Page, address: str) -> None:
    other = context.new_page()
    other.goto(address + "/car/")
    page.goto(address + "/")
    choose(page, "Dark")
    expect(other.locator("html")).to_have_attribute("data-theme", "dark")


def test_damaged_storage_does_no_harm(page: Page, address: str) -> None:
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(error.message))
    page.goto(address + "/")
    for damaged in ("{", "null", '{"theme": 3, "distance": "parsec"}', '"dark"'):
        page.evaluate("(text) => localStorage.setItem('roadbook', text)", damaged)
        page.goto(address + EDITION)
        assert background(page) == LIGHT
        expect(page.locator("#total-km data").first).to_have_text("7,994")
    assert problems == []


# Kilometres or miles --------------------------------------------------------------------------------------------------


def test_distances_are_shown_in_miles_and_back(page: Page, address: str) -> None:
    page.goto(address + EDITION)
    value = page.locator("#total-km .value").first
    expect(value).to_have_text("7,994 km")
    choose(page, "Miles")
    expect(value).to_have_text("4,967 mi")
    expect(value.locator("data")).to_have_attribute("title", "7,994 km")
    expect(value.locator("data")).to_have_attribute("value", "7994")
    expect(page.get_by_text("converted from kilometres to miles and rounded")).to_be_visible()

    page.goto(address + "/history/")
    expect(page.get_by_role("columnheader", name="Total mi")).to_be_visible()
    expect(page.locator("#edition-2026 data").first).to_have_text("4,967")
    choose(page, "Kilometres")
    expect(page.locator("#edition-2026 data").first).to_have_text("7,994")
    expect(page.get_by_role("columnheader", name="Total km")).to_be_visible()
    expect(page.get_by_text("converted from kilometres")).to_have_count(0)


@pytest.mark.parametrize(
    ("km", "miles"),
    [("5000", "3,110"), ("7994", "4,967"), ("430", "267"), ("8", "5"), ("4.4", "2.7"), ("0", "0"), ("135", "83.9")],
)
def test_miles_are_as_exact_as_the_kilometres(page: Page, address: str, km: str, miles: str) -> None:
    page.goto(address + EDITION)
    page.evaluate("(km) => { document.querySelector('#total-km data').value = km; }", km)
    choose(page, "Miles")
    expect(page.locator("#total-km data").first).to_have_text(miles)


# Citations ------------------------------------------------------------------------------------------------------------


def test_a_page_is_copied_as_a_citation(page: Page, address: str) -> None:
    page.goto(address + EDITION)
    page.locator(".cite-page").get_by_role("button", name="Copy as citation").click()
    assert re.fullmatch(
        r"“Dakar 2026”, D7X-R Roadbook, https://[^ ]+/history/2026/, as of \d+ \w+ \d{4}\.", copied(page)
    )


def test_a_figure_is_copied_with_its_sources_by_keyboard(page: Page, address: str) -> None:
    page.goto(address + EDITION)
    marker = page.locator("#total-km .marker").first
    marker.focus()
    page.keyboard.press("Enter")
    for _ in range(3):
        page.keyboard.press("Tab")
    expect(page.locator(".source-note:popover-open .cite-button")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".source-note:popover-open .cite-button")).to_have_text("Copied")
    text = copied(page)
    assert text.startswith("Total distance: 7,994 km. In “Dakar 2026”, D7X-R Roadbook, https://")
    assert "/history/2026/#total-km, as of " in text
    assert " Sources: “" in text
    assert text.count("; “") >= 1
    page.keyboard.press("Escape")
    expect(marker).to_be_focused()


def test_a_row_of_a_table_is_copied(page: Page, address: str) -> None:
    page.goto(address + EDITION)
    page.locator("#winner-cars .marker").first.click()
    page.locator(".source-note:popover-open .cite-button").click()
    text = copied(page)
    assert text.startswith("The winners of every category: Cars, Nasser Al-Attiyah")
    assert "#winner-cars, as of" in text


def test_who_may_not_copy_sees_the_citation(page: Page, address: str) -> None:
    page.goto(address + EDITION)
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('no')); }")
    page.locator(".cite-page button").click()
    expect(page.locator(".citation")).to_contain_text("“Dakar 2026”, D7X-R Roadbook")


# Where one is ---------------------------------------------------------------------------------------------------------


def test_the_current_section_is_told_and_others_are_near(page: Page, address: str) -> None:
    page.goto(address + "/dakar-2026/")
    button = page.locator("button.whereabouts")
    expect(button).to_be_hidden()
    page.locator("#stages").evaluate("(one) => one.scrollIntoView()")
    expect(button).to_contain_text("The stages")
    expect(page.locator(".contents [aria-current=location]")).to_have_text("The stages")
    button.focus()
    page.keyboard.press("Enter")
    sections = page.get_by_role("navigation", name="Sections of this page")
    expect(sections.locator("[aria-current=location]")).to_have_text("The stages")
    sections.get_by_role("link", name="Final classification").focus()
    page.keyboard.press("Enter")
    expect(sections).to_be_hidden()
    expect(page.locator("#classification")).to_be_in_viewport()
    expect(button).to_contain_text("Final classification")


def test_sections_that_a_filter_took_away_do_not_count(page: Page, address: str) -> None:
    page.goto(address + "/sources/?filter=jutta+kleinschmidt")
    shown = page.locator("main h2[id]").filter(visible=True)
    assert 1 <= shown.count() < page.locator("main h2[id]").count()
    button = page.locator("button.whereabouts")
    expect(button).to_be_hidden()
    shown.first.evaluate("(one) => one.scrollIntoView()")
    page.evaluate("document.querySelector('.site-footer').style.marginTop = '200vh'")
    expect(button).to_contain_text(f"1/{shown.count()} {shown.first.inner_text()}")


def test_the_footer_is_left_free(page: Page, address: str) -> None:
    page.goto(address + "/dakar-2026/")
    page.locator("#stages").evaluate("(one) => one.scrollIntoView()")
    expect(page.locator("button.whereabouts")).to_be_visible()
    page.keyboard.press("End")
    expect(page.locator("button.whereabouts")).to_be_hidden()


def test_a_short_page_needs_no_list_of_sections(page: Page, address: str) -> None:
    page.goto(address + "/updates/2026-03-04-three-cars-for-portugal/")
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator(".whereabouts")).to_have_count(0)


# Not found ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "suggested"),
    [
        ("/crews/peterhansel", "/crews/stephane-peterhansel/"),
        ("/dakar-2026/stage4.html", "/dakar-2026/stage-4/"),
        ("/history/2026/index.php", "/history/2026/"),
        ("/some/where/else/glosary/", "/glossary/"),
    ],
)
def test_the_nearest_page_is_suggested(page: Page, address: str, path: str, suggested: str) -> None:
    page.goto(address + path)
    link = page.locator(".did-you-mean a").first
    expect(link).to_be_visible()
    assert page.evaluate("document.querySelector('.did-you-mean a').href") == address + suggested


def test_what_is_like_nothing_leads_to_the_search(page: Page, address: str) -> None:
    page.goto(address + "/qqq/xyzzy-wvut")
    page.get_by_role("link", name="Search the site").click()
    expect(page).to_have_url(re.compile(re.escape(address) + r"/search/\?q=xyzzy(\+|%20)wvut$"))


# Without a script -----------------------------------------------------------------------------------------------------


def test_without_a_script_nothing_is_offered_that_needs_one(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    for path in ("/", EDITION, "/no/such/page"):
        page.goto(address + path)
        expect(page.get_by_role("link", name="Search", exact=True)).to_be_visible()
        assert page.locator(".needs-script").filter(visible=True).count() == 0
        expect(page.get_by_role("radio", name="Dark")).to_be_hidden()
    context.close()
