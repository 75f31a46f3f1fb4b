"""Walks through the site by keyboard alone, as far as `test_site`, `test_tables` and `test_search` have none."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

MOST_TABS = 60


@pytest.fixture(params=[True, False], ids=["script", "no-script"])
def page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    context = browser.new_context(java_script_enabled=request.param, reduced_motion="reduce")
    yield context.new_page()
    context.close()


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until the element has the focus, and see on the way that the focus can always be seen."""
    wanted = page.locator(selector).first
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if wanted.evaluate("(one) => one === document.activeElement"):
            return
        unmarked = page.evaluate(
            """() => {
              const one = document.activeElement;
              const bare = (each) => getComputedStyle(each).outlineStyle === "none";
              return [one, one.parentElement].every(bare) ? one.outerHTML.slice(0, 120) : null;
            }"""
        )
        assert unmarked is None
    pytest.fail(f"{selector} was not reached with {MOST_TABS} tabs")


def test_from_home_through_the_navigation_to_an_edition(page: Page, address: str) -> None:
    page.goto(address + "/")
    tab_to(page, ".site-menu a[href*='history']")
    page.keyboard.press("Enter")
    expect(page.locator("body.view-history")).to_be_visible()
    expect(page.locator(".site-menu [aria-current=page]")).to_have_text("History")
    page.get_by_role("link", name="2025", exact=True).last.focus()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Dakar 2025")
    tab_to(page, ".breadcrumbs a >> nth=1")
    page.keyboard.press("Enter")
    expect(page.locator("body.view-history")).to_be_visible()


def test_a_word_is_explained_and_the_focus_returns(page: Page, address: str) -> None:
    page.goto(address + "/history/2026/")
    word = page.locator("main .prose button.term").first
    note = page.locator(f"#{word.get_attribute('popovertarget')}")
    word.focus()
    page.keyboard.press("Enter")
    assert note.evaluate("(one) => one.matches(':popover-open')")
    expect(note.get_by_role("link").first).to_be_visible()
    page.keyboard.press("Escape")
    assert not note.evaluate("(one) => one.matches(':popover-open')")
    expect(word).to_be_focused()


def test_the_table_of_a_chart_is_reached_and_scrolled(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 360, "height": 700})
    page.goto(address + "/crews/stephane-peterhansel/")
    chart = page.locator("#starts ~ figure svg")
    expect(chart).to_have_attribute("role", "img")
    region = page.get_by_role("region", name="Stéphane Peterhansel in the Dakar")
    region.focus()
    expect(region).to_be_focused()
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    page.wait_for_timeout(300)
    assert region.evaluate("(one) => one.scrollLeft") > 20
    page.keyboard.press("Tab")
    expect(page.locator(".career tbody a").first).to_be_focused()


def test_the_settings_give_the_focus_back(page: Page, address: str) -> None:
    page.goto(address + "/about/")
    button = page.locator(".settings-icon")
    if button.is_hidden():  # without a script there is nothing to choose
        expect(page.locator("#settings")).to_be_hidden()
        return
    button.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#settings")).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    expect(page.locator("#settings")).to_be_hidden()
    expect(button).to_be_focused()


def test_what_has_the_focus_is_not_below_the_button_of_the_section(browser: Browser, address: str) -> None:
    """WCAG 2.2, 2.4.11: on a phone that button would hide the small numbers of sources."""
    context = browser.new_context(viewport={"width": 360, "height": 780})
    page = context.new_page()
    page.goto(address + "/history/1979/")
    page.locator("#winners").evaluate("(one) => one.scrollIntoView()")
    button = page.locator("button.whereabouts")
    expect(button).to_be_visible()
    page.locator("#podium-title").evaluate("(one) => one.closest('.table-scroll').focus()")
    for _ in range(60):
        page.keyboard.press("Tab")
        touching = button.evaluate(
            """(button) => {
              const [one, over] = [document.activeElement, button].map((each) => each.getBoundingClientRect());
              const apart = one.bottom <= over.top || one.top >= over.bottom || one.right <= over.left;
              return apart || document.activeElement.matches(".whereabouts, [tabindex]") ? null
                : document.activeElement.outerHTML;
            }"""
        )
        assert touching is None
    context.close()
