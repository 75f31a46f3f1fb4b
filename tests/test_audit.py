from __future__ import annotations

from pathlib import Path

import pytest

from microsite.audit import Audited
from tests.projects import build, codes, make_project, page, report, view_template, write

HOME = "content/pages/home.md"


def home(body: str) -> str:
    return page("Home", f"{body}[@first-source]", view="home", permalink="/")


def test_a_sound_site_is_counted(tmp_path: Path) -> None:
    result = build(make_project(tmp_path))
    assert codes(result.diagnostics) == []
    assert result.audited == Audited(
        pages=3,
        links=result.audited.links,
        fragments=1,  # the marker of the one claim
        ids=1,  # the note that it leads to
        headings=result.audited.headings,
        pictures=0,
    )
    assert result.audited.links >= 9
    assert result.audited.headings >= 3


def test_a_dead_link_is_shown_where_the_editor_typed_it(tmp_path: Path) -> None:
    body = "First [good](/sources/).\n\nThen [a](/sorces/), [b](../nowhere/#x), [c](/feed.txt)."
    result = build(make_project(tmp_path, {HOME: home(body)}))
    assert report(result.diagnostics) == [
        "content/pages/home.md:10:10: dead-link: there is no page “/sorces/”",
        "content/pages/home.md:10:25: dead-link: there is no page “/../nowhere/”",
        "content/pages/home.md:10:45: dead-link: there is no page “/feed.txt”",
    ]
    found = result.diagnostics.in_order()
    assert (found[0].hint, found[0].span.length) == ("did you mean “/sources/”?", len("/sorces/"))


def test_a_dead_link_of_a_template_is_shown_in_it(tmp_path: Path) -> None:
    project = make_project(tmp_path, {"templates/home.html": view_template('<a href="/nowhere/">x</a>')})
    assert report(build(project).diagnostics) == [
        "templates/home.html:3:10: dead-link: / leads to “/nowhere/”, where no page is"
    ]


def test_a_dead_fragment_is_shown_where_the_editor_typed_it(tmp_path: Path) -> None:
    pages = {
        HOME: home("[x](/sources/#all) [y](/sources/#al) [z](#here) [top](#)"),
        "content/pages/sources.md": page("Sources", "## All\n\nOf them.", view="sources"),
    }
    result = build(make_project(tmp_path, pages))
    assert report(result.diagnostics) == [
        "content/pages/home.md:8:24: dead-fragment: /sources/#al: no element there has the id “al”",
        "content/pages/home.md:8:42: dead-fragment: /#here: no element there has the id “here”",
    ]
    assert result.diagnostics.in_order()[0].hint == "did you mean “all”?"


def test_a_link_elsewhere_is_not_taken_for_the_dead_one(tmp_path: Path) -> None:
    body = "[other](https://example.com/nowhere/) [dead](/nowhere/)"
    result = build(make_project(tmp_path, {HOME: home(body)}))
    assert report(result.diagnostics) == ["content/pages/home.md:8:46: dead-link: there is no page “/nowhere/”"]


def test_an_orphan_is_a_warning(tmp_path: Path) -> None:
    result = build(make_project(tmp_path, {"content/pages/alone.md": page("Alone", "[myself](/alone/)")}))
    assert report(result.diagnostics) == ["content/pages/alone.md:1:1: orphan: no page links to /alone/"]
    assert (result.diagnostics.error_count, result.diagnostics.warning_count) == (0, 1)


def test_an_uncited_source_is_a_warning(tmp_path: Path) -> None:
    project = make_project(tmp_path, {HOME: page("Home", "No claim.", view="home", permalink="/")})
    assert report(build(project).diagnostics) == [
        "content/sources/press.yaml:1:1: uncited-source: nothing cites the source “first-source”"
    ]


@pytest.mark.parametrize(
    ("extra", "expected"),
    [
        (
            {"content/pages/other.md": page("Other", permalink="/sources/")},
            "content/pages/other.md:4:12: address-taken: /sources/ is already the address of content/pages/sources.md",
        ),
        (
            {"content/pages/a.md": page("A", aliases="[/]")},
            "content/pages/a.md:4:11: address-taken: / is already the address of content/pages/home.md",
        ),
        (
            {"content/pages/a.md": page("A", permalink="/sitemap.xml/x.html")},
            "content/pages/a.md:4:12: address-taken: /sitemap.xml/x.html is already the address of content/site.yaml",
        ),
        (
            {"content/pages/a.md": page("A", permalink="/x.html", aliases="[/x.html/y/]")},
            "content/pages/a.md:5:11: address-taken: /x.html/y/ is already the address of content/pages/a.md",
        ),
        (
            {"static/root/Robots.txt": "Mine"},
            "content/site.yaml:1:1: address-taken: /robots.txt is already the address of a file of static/",
        ),
    ],
)
def test_two_things_at_one_address_are_reported(tmp_path: Path, extra: dict[str, str], expected: str) -> None:
    found = report(build(make_project(tmp_path, extra)).diagnostics)
    assert [line for line in found if "address-taken" in line] == [expected]


def test_links_to_what_could_not_be_made_are_not_reported_too(tmp_path: Path) -> None:
    pages = {HOME: home("[a](/about/) [b](/car/#x)"), "content/pages/about.md": "no front matter"}
    write(make_project(tmp_path, pages), "content/pages/car.md", page("Car", view="car"))
    write(tmp_path, "templates/car.html", "{{ nothing }}")
    assert codes(build(tmp_path).diagnostics) == ["no-front-matter", "unknown-variable"]
