from __future__ import annotations

from html.parser import HTMLParser

from hypothesis import given

from microsite.diagnostics import Diagnostics, Span
from microsite.diagnostics.excerpt import Sources
from microsite.diagnostics.overlay import render_error_page, render_overlay
from tests.diagnostics.samples import SOURCES, car_and_page, odd_diagnostics, odd_text


def _link(place: str) -> str:
    return f'<a href="edit:{place}"><code>{place}</code></a>'


LIST = (
    '<ol><li class="error"><p>'
    f"{_link('content/car.md:3:27')} <b>error[unknown-source]</b></p>"
    "<p>no source is called “dakr-2025”</p>"
    "<pre><i>3 | </i>drive: {value: 4, source: <mark>dakr-2025</mark>}</pre>"
    "<p>hint: did you mean “dakar-2025”?</p></li>"
    '<li class="error"><p>'
    f"{_link('content/gone.md:1:1')} <b>error[missing-file]</b></p>"
    "<p>there is no such file</p></li>"
    '<li class="warning"><p>'
    f"{_link('content/car.md:2:8')} <b>warning[long-title]</b></p>"
    "<p>the title has 80 letters</p>"
    "<pre><i>2 | </i>title: <mark>Car</mark></pre></li></ol>"
)


def opener(span: Span) -> str:
    return f"edit:{span.path}:{span.line}:{span.column}"


def _both(diagnostics: Diagnostics, sources: Sources) -> tuple[str, str]:
    overlay = render_overlay(diagnostics, sources, opener, stale=True)
    return overlay, render_error_page(diagnostics, sources, opener)


class Outline(HTMLParser):
    """Start tags with ids, in order, and whether each was closed in its turn."""

    VOID = frozenset({"meta"})

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.still_open: list[str] = []
        self.well_nested = True
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag not in self.VOID:
            self.still_open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        self.well_nested &= bool(self.still_open) and self.still_open.pop() == tag


def test_the_overlay() -> None:
    overlay = render_overlay(car_and_page(), SOURCES, opener, stale=True)
    assert overlay.startswith('<microsite-overlay id="microsite-overlay" data-count="2 errors, 1 warning in 2 files">')
    assert overlay.count('<template shadowrootmode="open"><style>') == 1
    assert overlay.endswith("</script></microsite-overlay>")
    assert '<h1 id="title">2 errors, 1 warning in 2 files</h1>' in overlay
    assert "<p>This is the last good page. The message goes away when the content is mended and saved.</p>" in overlay
    assert overlay.count(LIST) == 1
    outline = Outline(overlay)
    assert outline.well_nested
    assert not outline.still_open
    assert [outline.tags.count(tag) for tag in ("dialog", "button", "li", "script", "style")] == [1, 1, 3, 1, 1]


def test_the_overlay_of_warnings_says_nothing_of_an_old_page() -> None:
    diagnostics = Diagnostics()
    diagnostics.warning("long-title", "the title has 80 letters", Span("content/car.md", 2, 8, 3))
    overlay = render_overlay(diagnostics, SOURCES, opener, stale=False)
    assert "<p>The message goes away when the content is mended and saved.</p>" in overlay


def test_without_an_editor_the_places_lead_nowhere() -> None:
    assert "<a " not in render_overlay(car_and_page(), SOURCES, lambda span: None, stale=True)


def test_nothing_to_report() -> None:
    assert render_overlay(Diagnostics(), SOURCES, opener, stale=False) == ""


def test_the_error_page() -> None:
    page = render_error_page(car_and_page(), SOURCES, opener)
    assert page.startswith('<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n')
    assert page.endswith(f"{LIST}\n</main>\n</body>\n</html>\n")
    assert page.count("</head>") == 1
    assert "<title>2 errors, 1 warning in 2 files</title>" in page
    assert Outline(page).well_nested


def test_everything_is_escaped() -> None:
    evil = "</pre></template><script>alert('1')</script>"
    diagnostics = Diagnostics()
    diagnostics.error(evil, evil, Span(f"{evil}.md", 1, 3, 4), hint=evil)
    for html in _both(diagnostics, lambda path: evil):
        assert "alert('1')" not in html
        assert "<mark>pre&gt;</mark>&lt;/template&gt;&lt;script&gt;alert(&#x27;1&#x27;)&lt;/script&gt;" in html
        assert html.count("&lt;script&gt;") == 6


@given(odd_diagnostics, odd_text)
def test_odd_input_never_fails(diagnostics: Diagnostics, text: str) -> None:
    sources = {"a.md": text}.get
    for html in _both(diagnostics, sources):
        html.encode()
        outline = Outline(html)
        assert outline.well_nested
        assert outline.tags.count("li") == (len(diagnostics.in_order()))
