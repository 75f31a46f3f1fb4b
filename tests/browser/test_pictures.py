"""Pictures chosen for the screen, the car turned by hand, and the numbers on its drawing."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

PHONE = {"width": 360, "height": 780}
SMALLEST = {"width": 320, "height": 568}
DESK = {"width": 1440, "height": 900}
HERO_BYTES = 90_000
TURNTABLE_BYTES = 900_000
FRAMES = 36
TARGET = 44
TOP_ON_PAGE = "(node) => node.getBoundingClientRect().top + scrollY"


@pytest.fixture
def context(browser: Browser, request: pytest.FixtureRequest) -> Iterator[BrowserContext]:
    """A reader on a desk with reduced motion, but for what the test's parameters say."""
    context = browser.new_context(**{"viewport": DESK, "reduced_motion": "reduce", **getattr(request, "param", {})})
    yield context
    context.close()


def loaded(page: Page, address: str, folder: str) -> dict[str, int]:
    """The bytes of each file of a folder that a page asks for, by the name of the file."""
    found: dict[str, int] = {}

    def note(response: object) -> None:
        url = response.url  # type: ignore[attr-defined]
        if f"/assets/{folder}/" in url:
            found[url.rsplit("/", 1)[1]] = len(response.body())  # type: ignore[attr-defined]

    page.on("response", note)
    page.goto(address)
    page.wait_for_load_state("networkidle")
    return found


# The hero


@pytest.mark.parametrize(
    ("context", "expected"),
    [
        ({"viewport": DESK, "color_scheme": "light"}, "hero-1"),
        ({"viewport": DESK, "color_scheme": "dark"}, "hero-night-1"),
        ({"viewport": PHONE, "color_scheme": "light", "device_scale_factor": 3}, "hero-upright-1"),
        ({"viewport": PHONE, "color_scheme": "dark", "device_scale_factor": 3}, "hero-night-upright-1"),
        (
            {"viewport": {"width": 412, "height": 915}, "color_scheme": "light", "device_scale_factor": 2},
            "hero-upright-",
        ),
    ],
    indirect=["context"],
    ids=["desk", "desk at night", "phone", "phone at night", "large phone"],
)
def test_the_hero_suits_the_screen_and_is_light(context: BrowserContext, address: str, expected: str) -> None:
    pictures = loaded(context.new_page(), address + "/", "pictures")
    heroes = [name for name in pictures if name.startswith("hero")]
    assert [name.startswith(expected) and name.endswith(".avif") for name in heroes] == [True], heroes
    assert pictures[heroes[0]] <= HERO_BYTES


@pytest.mark.parametrize("context", [{"viewport": DESK, "color_scheme": "light"}], indirect=True)
def test_the_hero_follows_what_the_reader_chose(context: BrowserContext, address: str) -> None:
    page = context.new_page()
    page.goto(address + "/")
    hero = page.locator(".hero-picture img")
    for theme, name in (("dark", "/hero-night-1"), ("light", "/hero-1"), ("dark", "/hero-night-1"), (None, "/hero-1")):
        page.evaluate(
            "(theme) => theme ? (document.documentElement.dataset.theme = theme)"
            " : delete document.documentElement.dataset.theme",
            theme,
        )
        page.wait_for_function("([image, name]) => image.currentSrc.includes(name)", arg=[hero.element_handle(), name])


# The turntable


def test_nothing_of_the_turntable_but_its_still_is_loaded_unasked(context: BrowserContext, address: str) -> None:
    page = context.new_page()
    frames = loaded(page, address + "/car/", "turntable")
    assert len(frames) == 1
    page.get_by_role("button", name="Turn the car").click()
    expect(page.get_by_role("slider", name="Angle")).to_be_focused()
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(200)  # until the last bytes are counted here, too
    assert len(frames) == FRAMES
    assert sum(frames.values()) <= TURNTABLE_BYTES


def test_the_car_is_turned_by_keyboard(context: BrowserContext, address: str) -> None:
    page = context.new_page()
    page.goto(address + "/car/")
    start = page.get_by_role("button", name="Turn the car")
    start.focus()
    page.keyboard.press("Enter")
    slider, image = page.get_by_role("slider", name="Angle"), page.locator(".turntable-stage img")
    expect(slider).to_be_focused()
    expect(start).to_have_count(0)
    said = []
    for key in ("ArrowRight", "End", "ArrowRight", "ArrowLeft", "Home"):
        page.keyboard.press(key)
        frame = (image.get_attribute("src") or "").rsplit("/", 1)[1][:2]
        said.append((key, frame, slider.get_attribute("aria-valuetext")))
    assert said == [
        ("ArrowRight", "01", "10°, front left, three-quarter"),
        ("End", "35", "350°, front left, three-quarter"),
        ("ArrowRight", "00", "0°, front left, three-quarter"),
        ("ArrowLeft", "35", "350°, front left, three-quarter"),
        ("Home", "00", "0°, front left, three-quarter"),
    ]


def test_the_car_is_turned_by_dragging(context: BrowserContext, address: str) -> None:
    page = context.new_page()
    page.goto(address + "/car/")
    page.get_by_role("button", name="Turn the car").click()
    stage = page.locator(".turntable-stage")
    expect(stage).to_have_css("touch-action", "pan-y")
    stage.scroll_into_view_if_needed()
    box = stage.bounding_box()
    assert box is not None
    middle = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] / 4, middle)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] / 2, middle, steps=4)
    page.mouse.up()
    page.mouse.move(box["x"], middle)  # let go, it stays
    slider = page.get_by_role("slider", name="Angle")
    assert slider.get_attribute("aria-valuetext") == "90°, front right, three-quarter"


@pytest.mark.parametrize("context", [{"viewport": SMALLEST}, {}], indirect=True, ids=["smallest phone", "desk"])
def test_the_page_stays_where_it_is_when_the_turntable_starts(context: BrowserContext, address: str) -> None:
    page = context.new_page()
    page.goto(address + "/car/")
    below = page.locator(".turntable figcaption")
    before = below.evaluate(TOP_ON_PAGE)
    page.get_by_role("button", name="Turn the car").click()
    expect(page.get_by_role("slider", name="Angle")).to_be_visible()
    assert below.evaluate(TOP_ON_PAGE) == before


@pytest.mark.parametrize("context", [{"java_script_enabled": False}], indirect=True)
def test_without_javascript_there_is_a_still_and_no_promise(context: BrowserContext, address: str) -> None:
    page = context.new_page()
    page.goto(address + "/car/")
    expect(page.locator(".turntable-stage img")).to_be_visible()
    expect(page.locator(".turntable").get_by_role("button")).to_have_count(0)
    expect(page.get_by_role("slider")).to_have_count(0)


def test_a_picture_that_does_not_come_is_said_and_tried_again(context: BrowserContext, address: str) -> None:
    page = context.new_page()
    page.route("**/turntable/07.*", lambda route: route.abort())
    page.goto(address + "/car/")
    page.get_by_role("button", name="Turn the car").click()
    expect(page.locator(".turntable").get_by_role("status")).to_have_text("The pictures could not be loaded.")
    page.unroute("**/turntable/07.*")
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_role("slider", name="Angle")).to_be_visible()


# The drawing


@pytest.mark.parametrize(
    "context",
    [{"viewport": SMALLEST, "java_script_enabled": False}, {"java_script_enabled": False}],
    indirect=True,
    ids=["smallest phone", "desk"],
)
def test_every_number_on_the_drawing_is_a_finger_wide_and_opens_its_fact(context: BrowserContext, address: str) -> None:
    page = context.new_page()
    page.goto(address + "/car/")
    spots = page.locator(".spot")
    expect(spots).to_have_count(12)
    boxes = [box for spot in spots.all() if (box := spot.bounding_box())]
    assert min(min(box["width"], box["height"]) for box in boxes) >= TARGET
    for row in (boxes[:6], boxes[6:]):
        for one, other in pairwise(row):
            assert one["x"] + one["width"] <= other["x"] + 0.5
    for spot in spots.all():
        fact = page.locator(f"#{spot.get_attribute('popovertarget')}")
        spot.focus()
        page.keyboard.press("Enter")
        expect(page.locator(":popover-open")).to_have_count(1)
        expect(fact).to_be_in_viewport()
        page.keyboard.press("Escape")
        expect(page.locator(":popover-open")).to_have_count(0)
        expect(fact).to_be_visible()  # in the list below, too


@pytest.mark.parametrize("context", [{"java_script_enabled": False}], indirect=True)
def test_a_number_of_the_list_leads_to_the_drawing(context: BrowserContext, address: str) -> None:
    page = context.new_page()
    page.goto(address + "/car/")
    page.get_by_role("link", name="5, on the drawing").click()
    expect(page.locator(".spot:target")).to_have_accessible_name("5: Fuel tank")
    expect(page.locator(".spot:target")).to_be_in_viewport()
