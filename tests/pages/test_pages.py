from __future__ import annotations

import re
from pathlib import Path

import pytest

from microsite.diagnostics import Span
from microsite.pages.page import Page
from tests.projects import build, codes, make_project, page, report, text, view_template, write

HOME = "content/pages/home.md"
SHOWN = (
    "{{ page.permalink }}|{{ page.title }}|{{ page.heading }}|{{ page.description }}|{{ page.lead }}|{{ page.kind }}"
    "|{{ page.section }}|{% for link in page.breadcrumbs %}{{ link.title }} {{ link.permalink }},{% endfor %}"
)


def home(body: str) -> str:
    return page("Home", f"{body}[@first-source]", view="home", permalink="/")


@pytest.mark.parametrize(
    ("permalink", "path", "is_html"),
    [
        ("/", "index.html", True),
        ("/car/", "car/index.html", True),
        ("/a/b/", "a/b/index.html", True),
        ("/404.html", "404.html", True),
        ("/feed.xml", "feed.xml", False),
    ],
)
def test_where_a_page_lies(permalink: str, path: str, is_html: bool) -> None:
    one = Page(permalink, "page.html", {}, Span("content/pages/a.md"))
    assert (one.path, one.is_html) == (path, is_html)


def test_what_a_page_knows_of_itself(tmp_path: Path) -> None:
    pages = {
        HOME: home("[x](/sources/about/more/)"),
        "content/pages/about.md": page("More", heading="Much more", lead="First.", permalink="/sources/about/more/"),
        "templates/page.html": view_template(SHOWN),
        "templates/home.html": view_template(SHOWN),
        "templates/source.html": view_template(SHOWN),
    }
    result = build(make_project(tmp_path, pages))
    assert codes(result.diagnostics) == []
    assert "/|Home|Home|About Home.|None|home|None|<" in text(result, "index.html")
    assert (
        "/sources/about/more/|More|Much more|About More.|First.|page|/sources/"
        "|Home /,Sources /sources/,More /sources/about/more/,"
    ) in text(result, "sources/about/more/index.html")
    assert (
        "/sources/first-source/|A report|A report|"
        "Source first-source of Example: “A report”, The Paper, and what it supports.|None|source|/sources/"
        "|Home /,Sources /sources/,A report /sources/first-source/,"
    ) in text(result, "sources/first-source/index.html")


def test_an_alias_leads_to_the_page_wherever_the_site_lies(tmp_path: Path) -> None:
    pages = {
        HOME: home("[x](/about/)"),
        "content/pages/about.md": page("About", aliases="[/old/about/, /about.html]"),
    }
    result = build(make_project(tmp_path, pages))
    assert codes(result.diagnostics) == []
    assert 'content="0; url=../../about/"' in text(result, "old/about/index.html")
    assert '<a href="./about/">' in text(result, "about.html")
    assert "old/" not in text(result, "sitemap.xml")
    assert result.pages == 6


def test_the_sitemap_lists_what_readers_may_find_with_the_day_of_its_last_change(tmp_path: Path) -> None:
    pages = {
        HOME: home("[x](/about/)"),
        "content/pages/about.md": page("About", updated="2026-01-30"),
        "content/pages/404.md": page("Lost", view="not-found", permalink="/404.html"),
    }
    result = build(make_project(tmp_path, pages))
    assert re.findall(r"<loc>(.*?)</loc>(?:<lastmod>(.*?)</lastmod>)?", text(result, "sitemap.xml")) == [
        ("https://example.org/", ""),
        ("https://example.org/about/", "2026-01-30"),
        ("https://example.org/sources/", ""),
        ("https://example.org/sources/first-source/", ""),
    ]
    assert codes(result.diagnostics) == [], "nobody has to link to the page for what is not found"


def test_two_pages_at_one_address_are_one_error(tmp_path: Path) -> None:
    pages = {
        "content/pages/a.md": page("A", permalink="/sources/", updated="2026-01-30"),
        "content/pages/b.md": page("B", permalink="/sources/", updated="2026-01-29"),
    }
    result = build(make_project(tmp_path, pages))
    assert report(result.diagnostics) == [
        "content/pages/a.md:4:12: address-taken: /sources/ is already the address of content/pages/sources.md",
        "content/pages/b.md:4:12: address-taken: /sources/ is already the address of content/pages/sources.md",
    ]


def test_an_unknown_view_is_reported_with_a_suggestion(tmp_path: Path) -> None:
    result = build(make_project(tmp_path, {"content/pages/sources.md": page("Sources", view="source-s")}))
    found = [one for one in result.diagnostics.in_order() if one.code == "unknown-view"]
    assert [(one.message, one.span.path, one.hint) for one in found] == [
        ("there is no view “source-s”", "content/pages/sources.md", "did you mean “sources”?")
    ]


def test_a_page_can_cite_all_that_it_shows(tmp_path: Path) -> None:
    """A source that only another entry names reaches the page that shows that entry."""
    write(make_project(tmp_path), "content/pages/crews.md", page("Crews", view="crews"))
    person = (
        "---\nname: A\nsort_name: A\nrole: Driver\ngroup: driver\nsummary: S.\ndescription: D.\nborn:\n  value: 1990\n"
        "  sources: [second-source]\n---\n\nText.\n"
    )
    write(tmp_path, "content/people/a.md", person)
    write(tmp_path, HOME, home("[x](/crews/)"))
    write(
        tmp_path,
        "content/sources/more.yaml",
        "second-source:\n  title: T\n  publisher: P\n  kind: club\n  url: null\n  date: null\n  language: en\n",
    )
    shown = "{% for one in groups[0].people %}<a href='/crews/a/'>x</a>{{ cite(one.data.born.sources) }}{% endfor %}"
    write(tmp_path, "templates/crews.html", view_template(shown))
    result = build(tmp_path)
    assert codes(result.diagnostics) == []
    assert '<li id="source-1"><a href="../sources/second-source/">T</a></li>' in text(result, "crews/index.html")
