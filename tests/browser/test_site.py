"""The real site in a real browser: one page of every kind, with everything a reader may bring along."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.base import AXE_SCRIPT  # type: ignore[import-untyped]
from playwright.sync_api import Browser, BrowserContext, Page, Request, Response, expect
from selectolax.lexbor import LexborHTMLParser

from tools.quality.measures import AXE_TAGS, axe, layout_shift, overflow

PAGES = {
    "home": "/",
    "car": "/car/",
    "crews": "/crews/",
    "driver": "/crews/rokas-baciuska/",
    "co-driver": "/crews/oriol-vidal/",
    "programme": "/programme/",
    "season": "/programme/season-2026/",
    "team": "/programme/team/",
    "dakar-2026": "/dakar-2026/",
    "prologue": "/dakar-2026/prologue/",
    "stage": "/dakar-2026/stage-4/",
    "heritage": "/heritage/",
    "chapter": "/heritage/camel-trophy/",
    "updates": "/updates/",
    "update": "/updates/2026-01-17-stock-win-on-debut/",
    "sources": "/sources/",
    "source": "/sources/topgear-stage-4/",
    "disputes": "/sources/disputes/",
    "about": "/about/",
    "design": "/about/design/",
    "history": "/history/",
    "edition": "/history/2026/",
    "records": "/history/records/",
    "places": "/history/places/",
    "land-rover": "/history/land-rover/",
    "glossary": "/glossary/",
    "data": "/data/",
    "search": "/search/",
    "not-found": "/404.html",
    "offline": "/offline.html",
}
"""A page of every kind, one with as much on it as there is."""

STATUS = {"/no/such/page": 404}
NARROW, WIDE = 360, 1440
HEIGHT = 800
AXE_WIDTHS = (360, 1280)
AXE_COLOUR_RULES = ["color-contrast", "link-in-text-block"]

NOTE_VIOLATIONS = """
  globalThis.violations = [];
  addEventListener("securitypolicyviolation", (one) => violations.push(`${one.effectiveDirective} ${one.blockedURI}`));
"""

each_page = pytest.mark.parametrize("path", [*PAGES.values(), *STATUS], ids=[*PAGES, "missing"])
each_existing_page = pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
with_and_without_javascript = pytest.mark.parametrize("javascript", [True, False], ids=["script", "no-script"])


@pytest.fixture(scope="module")
def contexts(browser: Browser) -> Iterator[dict[bool, BrowserContext]]:
    """One context with JavaScript and one without; with reduced motion, so that nothing moves while it is measured."""
    made = {
        javascript: browser.new_context(java_script_enabled=javascript, reduced_motion="reduce")
        for javascript in (True, False)
    }
    yield made
    for context in made.values():
        context.close()


@pytest.fixture
def javascript() -> bool:
    """Tests that do not say otherwise have it."""
    return True


@pytest.fixture
def page(contexts: dict[bool, BrowserContext], javascript: bool) -> Iterator[Page]:
    page = contexts[javascript].new_page()
    yield page
    page.close()


class Watched:
    """Notes what goes wrong on a page: messages, failed requests, and requests to anybody else."""

    def __init__(self, page: Page, address: str) -> None:
        self.problems: list[str] = []
        self._address = address
        page.on("console", lambda one: self._note(one.text) if one.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: self._note(error.message))
        page.on("requestfailed", self._note_failed)
        page.on("request", self._note_foreign)
        page.on("response", self._note_status)

    def _note(self, problem: str) -> None:
        self.problems.append(problem)

    def _note_failed(self, request: Request) -> None:
        if request.failure != "net::ERR_ABORTED":  # that is the test, going on to the next page
            self._note(f"{request.url}: {request.failure}")

    def _note_foreign(self, request: Request) -> None:
        if not request.url.startswith((self._address + "/", "data:", "blob:")):
            self._note(f"request to {request.url}")

    def _note_status(self, response: Response) -> None:
        if response.status >= 400 and not response.request.is_navigation_request():
            self._note(f"{response.status} for {response.url}")


def test_every_kind_of_page_is_tested(site: Path) -> None:
    """A kind that is added must be added to `PAGES` too."""
    views = {path: LexborHTMLParser((site / _file(path)).read_text()).css_first("body") for path in PAGES.values()}
    tested = {body.attributes.get("class") for body in views.values() if body}
    there = {body.attributes.get("class") for one in _html(site).values() if (body := one.css_first("body"))}
    assert there - tested - {None} == set()


@each_page
@with_and_without_javascript
def test_it_shows_whole_and_alone(page: Page, address: str, path: str) -> None:
    watched = Watched(page, address)
    shown = {}
    for width in (NARROW, WIDE):
        page.set_viewport_size({"width": width, "height": HEIGHT})
        response = page.goto(address + path)
        assert response
        assert response.status == STATUS.get(path, 200)
        expect(page.locator("h1")).to_have_count(1)
        expect(page.locator("h1")).to_be_visible()
        shown[width] = (overflow(page), layout_shift(page))
    expected_message = "Failed to load resource: the server responded with a status of 404 (Not Found)"
    unexpected = [one for one in watched.problems if STATUS.get(path) != 404 or one != expected_message]
    assert unexpected == []
    assert shown == {NARROW: ([], 0), WIDE: ([], 0)}


@each_page
@pytest.mark.parametrize("where", ["served", "from disk"])
def test_nothing_on_it_is_against_its_own_policy(page: Page, address: str, site: Path, path: str, where: str) -> None:
    page.add_init_script(NOTE_VIOLATIONS)
    page.goto(
        address + path if where == "served" else (site / _file(PAGES["not-found"] if path in STATUS else path)).as_uri()
    )
    page.mouse.wheel(0, 20_000)  # what is lazy loads too
    page.wait_for_timeout(50)
    assert page.evaluate("violations") == []


def test_what_is_against_the_policy_would_be_noticed(page: Page, address: str) -> None:
    page.add_init_script(NOTE_VIOLATIONS)
    page.goto(address + "/about/")
    page.evaluate("document.body.setAttribute('style', 'color: red')")
    page.evaluate(
        "document.body.append(Object.assign(new Image(), { src: 'data:image/gif;base64,R0lGODlhAQABAAAAACw=' }))"
    )
    page.wait_for_timeout(50)
    assert page.evaluate("violations.map((one) => one.split(' ')[0])") == ["style-src-attr", "img-src"]


@each_existing_page
def test_axe_finds_nothing(page: Page, address: str, path: str) -> None:
    """All rules at both widths; those about colour, the only ones that a scheme matters to, in both schemes too."""
    found = []
    for width, scheme, other in ((AXE_WIDTHS[0], "light", "dark"), (AXE_WIDTHS[1], "dark", "light")):
        page.set_viewport_size({"width": width, "height": HEIGHT})
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]  # a Literal
        page.goto(address + path)
        page.evaluate(AXE_SCRIPT)
        found += [f"{width} px, {scheme}: {one}" for one in axe(page, AXE_TAGS)]
        page.emulate_media(color_scheme=other)  # type: ignore[arg-type]
        found += [f"{width} px, {other}: {one}" for one in axe(page, AXE_COLOUR_RULES)]
    assert found == []


def test_axe_would_find_something(page: Page) -> None:
    page.set_content("<p style='color: #999; background: #fff'>Faint <img src='data:,'></p>")
    page.evaluate(AXE_SCRIPT)
    assert {one.split()[0] for one in axe(page, AXE_TAGS)} >= {"color-contrast", "image-alt", "html-has-lang"}
    assert {one.split()[0] for one in axe(page, AXE_COLOUR_RULES)} == {"color-contrast"}


STUCK_TO_ITS_NEIGHBOURS = """() => [...document.querySelectorAll(".whole")]
  .filter((word) => /flex|grid/.test(getComputedStyle(word.parentElement).display))
  .filter((word) => [...word.parentElement.childNodes].some((one) => one.nodeName === "#text" && one.data.trim()))
  .map((word) => word.parentElement.outerHTML)"""


@each_existing_page
def test_words_that_are_kept_whole_keep_the_spaces_around_them(page: Page, address: str, path: str) -> None:
    """In a flex or grid container such a word would be an item of its own, without a space before the next words."""
    page.goto(address + path)
    assert page.evaluate(STUCK_TO_ITS_NEIGHBOURS) == []


@pytest.mark.parametrize("path", ["/history/places/#agadez", "/sources/#kind-advertisement"])
def test_a_link_into_a_long_page_leads_there(page: Page, address: str, path: str) -> None:
    """Parts of long pages are laid out only when they are near the screen."""
    page.goto(address + path)
    expect(page.locator(path[path.index("#") :])).to_be_in_viewport()


@with_and_without_javascript
def test_a_link_into_what_is_folded_unfolds_it(page: Page, address: str) -> None:
    page.set_viewport_size({"width": NARROW, "height": HEIGHT})
    page.goto(address + "/car/")
    expect(page.locator("#brakes-front")).to_be_hidden()
    page.goto(address + "/car/#brakes-front")
    expect(page.locator("#brakes-front")).to_be_in_viewport()


def test_what_is_folded_on_a_phone_stands_open_where_there_is_room_and_on_paper(page: Page, address: str) -> None:
    page.set_viewport_size({"width": WIDE, "height": HEIGHT})
    page.goto(address + "/car/")
    folds = page.locator(".fold")
    assert folds.count() > 10
    for shown in ("screen", "print"):
        page.emulate_media(media=shown)
        for fold in folds.all():
            expect(fold.locator("> summary")).to_be_hidden()
            expect(fold.locator("> :not(summary)").first).to_be_visible()
        page.set_viewport_size({"width": NARROW, "height": HEIGHT})


@pytest.mark.parametrize("path", ["/404.html", "/offline.html", "/search/"])
def test_nobody_is_offered_a_citation_of_what_nobody_can_be_led_to(page: Page, address: str, path: str) -> None:
    page.goto(address + "/about/")
    expect(page.locator(".cite-page")).to_be_visible()
    page.goto(address + path)
    expect(page.locator(".cite-page")).to_have_count(0)


# By keyboard ----------------------------------------------------------------------------------------------------------


@with_and_without_javascript
@pytest.mark.parametrize("path", ["/", "/dakar-2026/stage-4/"])
def test_the_first_tab_leads_to_a_link_past_the_navigation(page: Page, address: str, path: str) -> None:
    page.goto(address + path)
    page.keyboard.press("Tab")
    skip = page.locator("a[href='#main']")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


@with_and_without_javascript
@pytest.mark.parametrize("path", ["/car/", "/dakar-2026/stage-4/", "/crews/rokas-baciuska/"])
def test_a_source_opens_and_closes_by_keyboard(page: Page, address: str, path: str) -> None:
    page.goto(address + path)
    marker = page.locator("main button.marker").first
    note = page.locator(f"#{marker.get_attribute('popovertarget')}")
    assert not _is_open(page, note.get_attribute("id"))
    marker.focus()
    page.keyboard.press("Enter")
    assert _is_open(page, note.get_attribute("id"))
    expect(note).to_be_in_viewport()
    expect(note.get_by_role("link").first).to_be_visible()
    page.keyboard.press("Escape")
    assert not _is_open(page, note.get_attribute("id"))
    expect(marker).to_be_focused()


@with_and_without_javascript
def test_a_source_opens_by_a_click_and_closes_by_another(page: Page, address: str) -> None:
    page.goto(address + "/car/")
    marker = page.locator("main button.marker").first
    marker.click()
    assert _is_open(page, marker.get_attribute("popovertarget"))
    page.locator("h1").click(position={"x": 1, "y": 1})
    assert not _is_open(page, marker.get_attribute("popovertarget"))


@with_and_without_javascript
def test_the_menu_of_a_phone_works_by_keyboard(page: Page, address: str) -> None:
    page.set_viewport_size({"width": NARROW, "height": HEIGHT})
    page.goto(address + "/car/")
    button = page.get_by_role("button", name="Menu", exact=True)
    expect(button).to_be_visible()
    links = page.locator(f"#{button.get_attribute('popovertarget')} a")
    expect(links.first).to_be_hidden()
    for _ in range(3):  # past the skip link and the site's name
        page.keyboard.press("Tab")
    expect(button).to_be_focused()
    page.keyboard.press("Enter")
    expect(links.first).to_be_visible()
    page.keyboard.press("Tab")
    expect(links.first).to_be_focused()
    page.keyboard.press("Escape")
    expect(links.first).to_be_hidden()
    expect(button).to_be_focused()


# Other ways to see it -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/", "/car/", "/dakar-2026/", "/dakar-2026/stage-4/", "/sources/"])
def test_forced_colours_and_print_show_it_too(page: Page, address: str, path: str) -> None:
    watched = Watched(page, address)
    page.emulate_media(forced_colors="active")
    page.goto(address + path)
    expect(page.locator("h1")).to_be_visible()
    page.emulate_media(forced_colors="none", media="print")
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator("#site-menu")).to_be_hidden()
    assert page.pdf(format="A4").startswith(b"%PDF-")
    assert watched.problems == []


def test_it_works_from_disk(page: Page, address: str, site: Path) -> None:
    page.goto(address + "/")
    styled = _look_of(page)
    page.goto((site / "index.html").as_uri())
    assert _look_of(page) == styled
    page.get_by_role("link", name="The car", exact=True).first.click()
    expect(page.locator("body.view-car h1")).to_be_visible()
    assert page.url == (site / "car/index.html").as_uri()
    page.get_by_role("link", name="Sources", exact=True).first.click()
    expect(page.locator("body.view-sources h1")).to_be_visible()
    page.go_back()
    expect(page.locator("body.view-car h1")).to_be_visible()


@pytest.mark.parametrize("path", [path for path in PAGES.values() if path not in ("/404.html", "/offline.html")])
def test_it_works_below_a_path(page: Page, address_below: str, path: str) -> None:
    """A style sheet or picture that is not found there is among the problems."""
    watched = Watched(page, address_below)
    response = page.goto(address_below + path)
    assert response
    assert response.status == 200
    addresses = page.evaluate(
        """() => [...document.querySelectorAll("[href], [src]")].map((one) => one.href || one.src)
            .filter((one) => typeof one === "string" && one.startsWith(location.origin))
            .map((one) => one.split("#")[0])"""
    )
    assert [one for one in addresses if not one.startswith(address_below + "/")] == []
    different = sorted(set(addresses))
    some = different[:: len(different) // 12 + 1]  # that all links lead somewhere is known from the build
    assert [one for one in some if page.request.head(one).status != 200] == []
    assert watched.problems == []


# What each page says of itself ----------------------------------------------------------------------------------------


def test_titles_and_descriptions_differ_and_languages_are_told(site: Path) -> None:
    pages = _html(site)
    assert {path for path, html in pages.items() if _attribute(html, "html", "lang") != "en-GB"} == set()
    titles = {path: title.text() if (title := html.css_first("title")) else "" for path, html in pages.items()}
    descriptions = {path: _attribute(html, "meta[name=description]", "content") for path, html in pages.items()}
    assert _shared(titles) == {}
    assert _shared(descriptions) == {}


def _attribute(html: LexborHTMLParser, selector: str, name: str) -> str:
    node = html.css_first(selector)
    return (node.attributes.get(name) or "") if node else ""


def _shared(texts: dict[str, str]) -> dict[str, list[str]]:
    """Texts that several pages have, or that are empty, with the pages."""
    found: dict[str, list[str]] = {}
    for path, text in texts.items():
        found.setdefault(text.strip(), []).append(path)
    return {text: paths for text, paths in found.items() if len(paths) > 1 or not text}


def _html(site: Path) -> dict[str, LexborHTMLParser]:
    """All pages by path; redirects are none."""
    parsed = {str(file.relative_to(site)): LexborHTMLParser(file.read_text()) for file in site.rglob("*.html")}
    return {path: html for path, html in parsed.items() if not html.css_first("meta[http-equiv=refresh]")}


def _file(path: str) -> str:
    inside = path.removeprefix("/")
    return inside + "index.html" if inside.endswith("/") or not inside else inside


def _is_open(page: Page, element_id: str | None) -> bool:
    is_open: bool = page.evaluate("(id) => document.getElementById(id).matches(':popover-open')", element_id)
    return is_open


def _look_of(page: Page) -> dict[str, str]:
    """Enough of what the style sheet says to know that it is there."""
    look: dict[str, str] = page.evaluate(
        """() => {
          const { fontSize, color, margin } = getComputedStyle(document.querySelector("h1"));
          const { backgroundColor } = getComputedStyle(document.body);
          return { fontSize, color, margin, backgroundColor, sheets: String(document.styleSheets.length) };
        }"""
    )
    return look
