"""How the preview shows a change without loading the page anew: by every kind of change, and on the real site."""

from __future__ import annotations

import base64
import random
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.test_preview_browser import serving
from tests.real_site import copy_with_small_pictures, real_site

ROOT = Path(__file__).resolve().parents[2]
RENEWAL = base64.b64encode((ROOT / "microsite/preview_renewal.js").read_bytes()).decode()
RENEW = f"""async ([before, script, now]) => {{
  const {{ renew }} = await import("data:text/javascript;base64,{RENEWAL}");
  const parsed = (html) => new DOMParser().parseFromString(html, "text/html").body;
  document.body.innerHTML = before;
  new Function(script)();
  const kept = document.querySelector("#kept");
  const done = renew(document.body, parsed(before), parsed(now));
  return [done, document.body.innerHTML, document.querySelector("#kept") === kept];
}}"""
# Random, but the same in each run.
SEED, PAGES = 20260117, 5
PATIENCE_MS = 20_000
SHOWN = 'document.documentElement.outerHTML.replace(/ data-edition="[^"]*"/, \'\')'


@pytest.fixture(scope="module")
def blank(browser: Browser) -> Iterator[Page]:
    with closing(browser.new_context()) as context:
        yield context.new_page()


TABLE = "<table><tbody><tr><td>1</td></tr><tr><td>2</td></tr></tbody></table>"
RENEWED = {
    "words": ("<p>One <b>two</b></p>", "", "<p>One <b>three</b>!</p>"),
    "a paragraph more": ("<p>One</p>\n<p>Three</p>", "", "<p>One</p>\n<p>Two</p>\n<p>Three</p>"),
    "a paragraph less": ("<p>One</p>\n<p>Two</p>\n<p>Three</p>", "", "<p>One</p>\n<p>Three</p>"),
    "the first one": ("", "", "<p>One</p>"),
    "the only one": ("<p>One</p>", "", ""),
    "another kind": ("<p>One</p>", "", "<ul><li>One</li></ul>"),
    "two at once": ("<p>One</p><h2 id='h'>Two</h2><p>3</p>", "", "<p>Eins</p><h2 id='h'>Zwei</h2><p>Drei</p>"),
    "attributes": ('<a href="a" title="x">One</a>', "", '<a href="b" class="c">One</a>'),
    "beside a button": ("<p>One<button>Do</button></p>", "", "<p>Two<button>Do</button></p>"),
    "a comment": ("<p>One</p><!-- one -->", "", "<p>One</p><!-- two -->"),
    "a cell": (TABLE, "", TABLE.replace("2", "3")),
    "nothing": ("<p>One</p>", "", "<p>One</p>"),
}
"""What was sent before, what a script does then, what is sent now."""


@pytest.mark.parametrize("name", RENEWED)
def test_what_is_sent_now_is_shown(blank: Page, name: str) -> None:
    before, script, now = RENEWED[name]
    done, shown, _ = blank.evaluate(RENEW, [before, script, now])
    sent = blank.evaluate("html => new DOMParser().parseFromString(html, 'text/html').body.innerHTML", now)
    assert (done, shown) == (True, sent)


APPEND = "document.body.append(document.createElement('hr'))"
INSERT = "document.body.prepend(document.createElement('hr'))"


@pytest.mark.parametrize(
    ("before", "script", "now", "shown"),
    [
        ("<p>One</p>", APPEND, "<p>Two</p>", "<p>Two</p><hr>"),
        ("<p>One</p>", APPEND, "<p>One</p><p>Two</p>", "<p>One</p><p>Two</p><hr>"),
        ("<p>One</p>", INSERT, "<p>Two</p>", "<hr><p>Two</p>"),
        ("<p>One</p>", INSERT, "<p>One</p><p>Two</p>", "<hr><p>One</p><p>Two</p>"),
        (
            "<p>1</p><p>2</p>",
            "document.querySelector('p').textContent = 'by script'",
            "<p>1</p><p>3</p>",
            "<p>by script</p><p>3</p>",
        ),
        (
            "<p class='a'>1</p>",
            "document.querySelector('p').dataset.of = 'script'",
            "<p class='b'>1</p>",
            '<p class="b" data-of="script">1</p>',
        ),
    ],
)
def test_what_scripts_did_elsewhere_stays(blank: Page, before: str, script: str, now: str, shown: str) -> None:
    assert blank.evaluate(RENEW, [before, script, now])[:2] == [True, shown]


@pytest.mark.parametrize(
    ("before", "script", "now"),
    [
        ("<p>One</p>", "document.querySelector('p').textContent = 'by script'", "<p>Two</p>"),
        ("<p>One</p>", "document.querySelector('p').remove()", "<p>Two</p>"),
        ("<p class='a'>1</p>", "document.querySelector('p').className = 'script'", "<p class='b'>1</p>"),
        ("<p>1</p><p>2</p>", "document.querySelector('p').textContent = 'by script'", "<p>2</p>"),
        ("", APPEND, "<p>One</p>"),
        ("<p>One</p>", "", "<p>One<button>Do</button></p>"),
        ("<p>One<button>Do</button></p>", "", "<p>One</p>"),
        ("<p>One</p>", "", "<p>One</p><h2 id='two'>Two</h2>"),
        ("<p>One</p>", "", "<p>One</p><div data-map>Two</div>"),
        (TABLE, "", TABLE.replace("<tr>", "<tr><td>0</td></tr><tr>", 1)),
        ("<p>One</p>", "", "<p>One</p><script>two</script>"),
        ("<p>0</p><script>one</script>", "", "<p>0</p><script>two</script>"),
        ("<p>0</p><style>a {}</style>", "", "<p>0</p><style>b {}</style>"),
        ("<iframe src='a'></iframe>", "", "<iframe src='b'></iframe>"),
        ("<p>0</p><template>One</template>", "", "<p>0</p><template>Two</template>"),
    ],
)
def test_where_scripts_may_have_a_say_nothing_is_changed(blank: Page, before: str, script: str, now: str) -> None:
    done, shown, _ = blank.evaluate(RENEW, [before, script, now])
    untouched = blank.evaluate(RENEW, [before, script, before])[1]
    assert (done, shown) == (False, untouched)


def test_elements_stay_the_same_ones(blank: Page) -> None:
    before, now = '<div><p>1</p><p id="kept">2</p></div>', '<div><p>0</p><p>1</p><p id="kept">2</p></div>'
    assert blank.evaluate(RENEW, [before, "", now]) == [True, now, True]


# The real site --------------------------------------------------------------------------------------------------------


def _word(text: str, rng: random.Random) -> str:
    """A word more at the end of some line of prose."""
    head, rule, body = text.partition("\n---\n")
    lines = body.split("\n")
    prose = [number for number, line in enumerate(lines) if line[:1].isalpha() and not line.endswith((">", "|"))]
    lines[rng.choice(prose)] += f" word{rng.randrange(10**6)}"
    return head + rule + "\n".join(lines)


def _paragraph(text: str, rng: random.Random) -> str:
    return f"{text}\n\nA paragraph, number {rng.randrange(10**6)}, with *stress* and a [link](/car/).\n"


def _list(text: str, rng: random.Random) -> str:
    return f"{text}\n\n- one\n- two, {rng.randrange(10**6)}\n"


def _heading(text: str, rng: random.Random) -> str:
    return f"{text}\n\n## A heading {rng.randrange(10**6)}\n\nWith words.\n"


def _title(text: str, rng: random.Random) -> str:
    lines = text.split("\n")
    at = next(number for number, line in enumerate(lines) if line.startswith(("title:", "name:")))
    key, _, value = lines[at].partition(": ")
    lines[at] = f"{key}: {value.strip(chr(34))} {rng.randrange(10**6)}"
    return "\n".join(lines)


def test_after_each_edit_of_the_real_site_the_page_is_as_if_loaded_anew(
    tmp_path: Path, browser: Browser, record_property: Callable[[str, object], None]
) -> None:
    copy_with_small_pictures(tmp_path)
    shutil.copy(ROOT / "build.py", tmp_path)
    rng = random.Random(SEED)
    entries = (entry for kind in real_site()[0].entries.values() for entry in kind.values())
    pages = sorted((entry.path, entry.permalink or "") for entry in entries if entry.body and entry.permalink)
    kept = 0
    with serving(tmp_path) as server, closing(browser.new_context(bypass_csp=True)) as context:
        context.set_default_timeout(PATIENCE_MS)
        page, fresh = context.new_page(), context.new_page()
        for _ in range(PAGES):
            path, permalink = rng.choice(pages)
            with page.expect_websocket():
                page.goto(server.address + permalink)
            page.evaluate("window.left = 'here'")
            for edit in (rng.choice((_word, _paragraph, _list, _heading, _title)), _word):
                before = (tmp_path / path).read_text("utf-8")
                (tmp_path / path).write_text(edit(before, rng), "utf-8")
                fresh.goto(server.address + permalink)
                fresh.wait_for_load_state("networkidle")
                wanted = fresh.evaluate(SHOWN)
                fresh.goto("about:blank")
                page.wait_for_function(f"wanted => {SHOWN} === wanted", arg=wanted)
            kept += page.evaluate("window.left === 'here'")
            page.goto("about:blank")
    record_property("pages that two edits could be shown on without a reload", f"{kept} of {PAGES}")
    assert kept >= PAGES / 2
