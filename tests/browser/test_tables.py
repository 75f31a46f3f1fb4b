"""The table of all editions: chosen from without JavaScript, sorted with it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

PATH = "/history/"
TARGET = 44
PHONE = 704
ERAS = {"Africa": ("1979", "2008"), "South America": ("2009", "2019"), "Saudi Arabia": ("2020", "2027")}


@pytest.fixture
def page(browser: Browser, javascript: bool) -> Iterator[Page]:
    context = browser.new_context(java_script_enabled=javascript, reduced_motion="reduce")
    yield context.new_page()
    context.close()


@pytest.fixture
def javascript() -> bool:
    return True


def years(page: Page) -> list[str]:
    """The years of the rows that are shown, from above."""
    rows = page.locator("#editions tbody tr").filter(visible=True)
    return rows.locator("th").all_inner_texts()


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no-script"])
@pytest.mark.parametrize("era", ERAS)
def test_an_era_is_chosen_by_a_radio_button(page: Page, address: str, era: str) -> None:
    page.goto(address + PATH)
    everything = years(page)
    assert everything == [str(year) for year in range(1979, 2028)]
    page.get_by_role("radio", name=era).check()
    first, last = ERAS[era]
    assert years(page) == [year for year in everything if first <= year <= last]
    page.get_by_role("radio", name="All").check()
    assert years(page) == everything


@pytest.mark.parametrize("javascript", [False], ids=["no-script"])
def test_an_era_is_chosen_by_keyboard(page: Page, address: str) -> None:
    page.goto(address + PATH)
    page.get_by_role("radio", name="All").focus()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("radio", name="Africa")).to_be_checked()
    assert years(page)[-1] == "2008"
    expect(page.locator("#editions thead button")).to_have_count(0)


def test_a_heading_sorts_by_click_and_by_keyboard(page: Page, address: str) -> None:
    page.goto(address + PATH)
    year, starters = (page.get_by_role("columnheader", name=name, exact=True) for name in ("Year", "Starters"))
    expect(year).to_have_attribute("aria-sort", "ascending")
    year.get_by_role("button").click()
    expect(year).to_have_attribute("aria-sort", "descending")
    assert years(page) == [str(year) for year in range(2027, 1978, -1)]

    starters.get_by_role("button").focus()
    for order in ("ascending", "descending"):
        page.keyboard.press("Enter")
        expect(starters).to_have_attribute("aria-sort", order)
        expect(page.locator("#editions [aria-sort]")).to_have_count(1)
        expect(starters.get_by_role("button")).to_be_focused()
        known, unknown = _numbers(page, 5)
        assert known == sorted(known, reverse=order == "descending")
        assert len(known) > 40
        assert unknown == 49 - len(known)
    expect(page.locator("#editions tbody th").first).to_have_text("1988")
    expect(page.locator("#announcement")).to_have_text("Sorted by Starters, descending")


def test_order_and_choice_stand_in_the_address(page: Page, address: str) -> None:
    page.goto(address + PATH)
    page.get_by_role("radio", name="Africa").check()
    for _ in range(2):
        page.get_by_role("button", name="Total km").click()
    assert page.url == f"{address}{PATH}?era=africa&sort=total&order=descending"
    before = years(page)
    page.goto("about:blank")
    page.goto(f"{address}{PATH}?era=africa&sort=total&order=descending")
    assert years(page) == before
    expect(page.get_by_role("radio", name="Africa")).to_be_checked()
    expect(page.get_by_role("columnheader", name="Total km")).to_have_attribute("aria-sort", "descending")
    page.get_by_role("radio", name="All").check()
    assert page.url == f"{address}{PATH}?sort=total&order=descending"


def test_what_is_no_column_and_no_era_changes_nothing(page: Page, address: str) -> None:
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(error.message))
    page.goto(f'{address}{PATH}?era=moon&sort="]&order=sideways')
    assert years(page) == [str(year) for year in range(1979, 2028)]
    assert problems == []


@pytest.mark.parametrize("width", [360, 1280])
def test_the_script_moves_nothing_and_targets_are_large(browser: Browser, address: str, width: int) -> None:
    places = {}
    for javascript in (True, False):
        context = browser.new_context(java_script_enabled=True, viewport={"width": width, "height": 800})
        page = context.new_page()
        if not javascript:  # the field to filter by stands there before the script that it needs
            page.route("**/js/tables.*", lambda route: route.abort())
        page.goto(address + PATH)
        cells = page.locator("#editions, #editions thead th, #editions tbody tr:last-child > *, #how-it-works")
        places[javascript] = [one.bounding_box() for one in cells.all()]
        targets = page.locator("#editions thead button, #editions th a:not(.row-link), .choices label").all()
        boxes = [box for one in targets if (box := one.bounding_box())]
        headings = 9 if width > PHONE else 8  # a phone has no column of eras, the choice above tells them
        assert len(boxes) == 53 + headings * javascript
        assert [box for box in boxes if min(box["width"], box["height"]) < TARGET] == []
        context.close()
    assert places[True] == places[False]


def test_rows_are_filtered_by_words_that_stand_in_the_address(page: Page, address: str) -> None:
    page.goto(address + PATH)
    field = page.get_by_label("Show rows with the words")
    field.fill("mitsubishi MASUOKA")
    assert years(page) == ["2002", "2003"]
    expect(page.locator("form.filter output")).to_have_text("2 of 49 shown")
    assert page.url == f"{address}{PATH}?filter=mitsubishi+MASUOKA"
    page.goto("about:blank")
    page.goto(f"{address}{PATH}?filter=mitsubishi+MASUOKA")
    assert years(page) == ["2002", "2003"]
    page.get_by_label("Show rows with the words").fill("")
    assert len(years(page)) == 49
    assert page.url == address + PATH


@pytest.mark.parametrize(
    ("path", "words", "left"),
    [("/glossary/", "fesh-fesh", ".glossary > .spec"), ("/history/places/", "agadez", ".places > li")],
)
def test_long_lists_are_filtered_and_empty_sections_go(
    page: Page, address: str, path: str, words: str, left: str
) -> None:
    page.goto(address + path)
    page.locator("form.filter input").fill(words)
    entries = page.locator(left).filter(visible=True)
    assert 1 <= entries.count() <= 4
    for one in entries.all():
        expect(one).to_contain_text(words, ignore_case=True)
    with_entries = page.locator("main section").filter(has=page.locator(left)).filter(visible=True)
    for section in with_entries.all():
        assert section.locator(left).filter(visible=True).count() > 0


@pytest.mark.parametrize("javascript", [False], ids=["no-script"])
def test_no_field_is_offered_where_it_would_do_nothing(page: Page, address: str) -> None:
    page.goto(address + PATH)
    expect(page.locator("form.filter")).to_be_hidden()


def _numbers(page: Page, column: int) -> tuple[list[int], int]:
    """The numbers of a column as shown, and how many rows without one come after them."""
    texts = page.locator(f"#editions tbody td:nth-child({column + 1})").all_inner_texts()
    figures = [text.partition("\n")[0] for text in texts]  # the markers stand below
    found = ["".join(letter for letter in figure if letter.isdigit()) for figure in figures]
    known = [int(one) for one in found if one]
    assert found[: len(known)] == [str(one) for one in known]
    return known, len(found) - len(known)
