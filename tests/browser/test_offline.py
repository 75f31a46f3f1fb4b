"""Reading without a network, and what happens to what was kept when the site changes."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from microsite.publish import publish
from tests.browser.conftest import _Quiet, _served
from tests.projects import build, make_project, page, write

SITE_JS = (Path(__file__).parents[2] / "static/js/site.js").read_text("utf-8")
CONTROLLED = """() => navigator.serviceWorker.controller
  ? 1
  : new Promise((done) => navigator.serviceWorker.addEventListener("controllerchange", () => done(1)))"""
IS_KEPT = """async (path) => {
  for (let tries = 0; tries < 200; tries += 1) {
    if (await caches.match(new URL(location.origin + path), { ignoreSearch: true })) return true;
    await new Promise((done) => setTimeout(done, 25));
  }
  return false;
}"""
KEPT = """async () => {
  const found = [];
  for (const name of await caches.keys())
    for (const one of await (await caches.open(name)).keys()) found.push(`${name} ${new URL(one.url).pathname}`);
  return found;
}"""


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context()
    yield context
    context.close()


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Two pages beside the first, a style sheet, and the real site's script."""
    make_project(tmp_path / "project")
    root = tmp_path / "project"
    site = (root / "content/site.yaml").read_text("utf-8")
    write(root, "content/site.yaml", site + "offline:\n  always: [/]\n  fallback: /offline.html\n")
    write(
        root,
        "content/pages/home.md",
        page("Home", "[One](/one/) [two](/two/) [@first-source]", view="home", permalink="/"),
    )
    write(root, "content/pages/one.md", page("One", "The first text."))
    write(root, "content/pages/two.md", page("Two", "The second text."))
    write(root, "content/pages/offline.md", page("Not kept", view="offline", permalink="/offline.html"))
    write(root, "static/css/site.css", "h1 { color: rgb(1, 1, 1) }")
    write(root, "static/js/site.js", SITE_JS)
    return root


@pytest.fixture
def served(project: Path, tmp_path: Path) -> Iterator[str]:
    put(project, tmp_path)
    with _served(partial(_Quiet, directory=str(tmp_path / "public"))) as address:
        yield address


def put(project: Path, tmp_path: Path) -> None:
    publish(build(project).tree, tmp_path / "public")


def visit(context: BrowserContext, address: str, *paths: str) -> Page:
    """Go to the first page, wait for the worker, then to the others."""
    page = context.new_page()
    page.goto(address + paths[0])
    page.evaluate("navigator.serviceWorker.ready.then(() => 1)")
    page.evaluate(CONTROLLED)
    for path in paths[1:]:
        page.goto(address + path)
        assert page.evaluate(IS_KEPT, urlsplit(address + path).path), path
    return page


def wait_for_update(page: Page) -> None:
    page.evaluate(
        """() => navigator.serviceWorker.getRegistration().then(async (one) => {
          const changed = new Promise((done) => navigator.serviceWorker.addEventListener("controllerchange", done));
          await one.update();
          if (one.installing || one.waiting) await changed;
        })"""
    )


def colour(page: Page) -> str:
    return str(page.evaluate("getComputedStyle(document.querySelector('h1')).color"))


def test_what_was_visited_can_be_read_and_the_rest_is_explained(context: BrowserContext, served: str) -> None:
    page = visit(context, served, "/", "/one/")
    context.set_offline(True)
    page.goto(served + "/one/")
    expect(page.locator("h1")).to_have_text("One")
    assert colour(page) == "rgb(1, 1, 1)"
    page.goto(served + "/one")
    expect(page.locator("h1")).to_have_text("One")
    page.goto(served + "/")
    expect(page.locator("h1")).to_have_text("Home")
    page.goto(served + "/two/")
    expect(page.locator("h1")).to_have_text("Not kept")
    assert colour(page) == "rgb(1, 1, 1)"


def test_the_page_on_which_a_visit_began_is_kept_too(context: BrowserContext, served: str) -> None:
    page = visit(context, served, "/two/?sort=name")
    context.set_offline(True)
    page.goto(served + "/two/?sort=year#there")
    expect(page.locator("h1")).to_have_text("Two")


def test_an_update_changes_all_that_is_kept_at_once(
    context: BrowserContext, served: str, project: Path, tmp_path: Path
) -> None:
    reader = visit(context, served, "/", "/one/", "/two/")
    write(project, "content/pages/one.md", page("One, again", "Another text."))
    write(project, "static/css/site.css", "h1 { color: rgb(2, 2, 2) }")
    put(project, tmp_path)
    reader.goto(served + "/")
    expect(reader.locator("h1")).to_have_text("Home")
    assert colour(reader) == "rgb(2, 2, 2)"
    wait_for_update(reader)
    context.set_offline(True)
    for path, heading in {"/one/": "One, again", "/two/": "Two", "/": "Home"}.items():
        reader.goto(served + path)
        expect(reader.locator("h1")).to_have_text(heading)
        assert colour(reader) == "rgb(2, 2, 2)"
    kept = reader.evaluate(KEPT)
    assert len({one.rpartition(" ")[0] for one in kept}) == 1
    assert len([one for one in kept if one.endswith(".css")]) == 1


def test_a_page_of_a_newer_build_is_shown_but_not_kept_among_older_ones(
    context: BrowserContext, served: str, project: Path, tmp_path: Path
) -> None:
    """The new worker does not come through: what is kept must stay whole as it was."""
    reader = visit(context, served, "/", "/one/", "/two/")
    write(project, "content/pages/one.md", page("One, again", "Another text."))
    tree = {path: file for path, file in build(project).tree.items() if path != "sw.js"}
    publish(tree, tmp_path / "public")
    reader.goto(served + "/one/")
    expect(reader.locator("h1")).to_have_text("One, again")
    context.set_offline(True)
    reader.goto(served + "/one/")
    expect(reader.locator("h1")).to_have_text("One")


def test_the_real_site_can_be_read_without_a_network(context: BrowserContext, address_below: str) -> None:
    page = visit(context, address_below, "/", "/history/1979/")
    context.set_offline(True)
    for path in ("/history/1979/", "/car/", "/"):
        response = page.goto(address_below + path)
        assert response
        assert response.from_service_worker
        expect(page.locator(f"link[rel=canonical][href$='{path}']")).to_have_count(1)
    page.goto(address_below + "/glossary/")
    expect(page.locator("body.view-offline h1")).to_be_visible()


def test_the_real_site_can_be_searched_without_a_network(context: BrowserContext, address_below: str) -> None:
    """Nobody had opened the search before: it is kept from the first visit on."""
    page = visit(context, address_below, "/")
    context.set_offline(True)
    response = page.goto(address_below + "/search/")
    assert response
    assert response.from_service_worker
    page.get_by_label("Words to look for").fill("peterhansl")
    expect(page.locator(".search-results a").first).to_have_text("Stéphane Peterhansel")
    page.locator(".search-results a[href*='/crews/']").first.click()
    expect(page.locator("body.view-offline h1")).to_be_visible()
