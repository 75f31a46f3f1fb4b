from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path

import jinja2
import pytest

from microsite.memory import Memory
from microsite.templates import Templates
from tests.projects import build, codes, make_project, page, report, text, view_template

HOME = "content/pages/home.md"
MORE = "second-source:\n  title: Another\n  publisher: P\n  kind: club\n  url: null\n  date: null\n  language: en\n"


@pytest.fixture
def memory() -> Iterator[Memory]:
    with closing(Memory(None, b"tests")) as one:
        yield one


def digest(memory: Memory, sources: Mapping[str, str], name: str = "a.html") -> bytes:
    return Templates(sources, memory).digest(name)


def made(root: Path, **templates: str) -> list[str]:
    """What is reported if templates are replaced; `home` is templates/home.html."""
    extra = {f"templates/{name}.html": content for name, content in templates.items()}
    return report(build(make_project(root, extra)).diagnostics)


# What a template is made of -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "source",
    [
        '{% extends "b.html" %}',
        '{% include "b.html" %}',
        '{% import "b.html" as b %}',
        '{% from "b.html" import x %}',
        '{% if x %}{% include "b.html" ignore missing %}{% endif %}',
        '{% macro m() %}{% from "b.html" import x %}{{ x() }}{% endmacro %}',
        '{% include ["c.html", "b.html"] %}',
    ],
)
def test_a_template_changes_with_all_that_it_is_made_of(memory: Memory, source: str) -> None:
    sources = {"a.html": source, "b.html": '{% include "d.html" %}', "d.html": "d", "other.html": "o"}
    before = digest(memory, sources)
    assert digest(memory, {**sources, "a.html": source + " "}) != before
    assert digest(memory, {**sources, "b.html": sources["b.html"] + " "}) != before
    assert digest(memory, {**sources, "d.html": "D"}) != before
    assert digest(memory, {**sources, "other.html": "O"}) == before


def test_an_empty_template_is_not_the_same_as_none(memory: Memory) -> None:
    """Of a list, Jinja takes the first that there is."""
    sources = {"a.html": '{% include ["b.html", "c.html"] %}', "c.html": "c"}
    assert digest(memory, sources) != digest(memory, {**sources, "b.html": ""})


def test_templates_that_include_each_other_have_a_digest(memory: Memory) -> None:
    sources = {"a.html": '{% include "b.html" %}', "b.html": '{% include "a.html" %}'}
    assert len(digest(memory, sources)) == 32


def test_the_macros_of_sources_and_pictures_belong_to_every_template(memory: Memory) -> None:
    sources = {"a.html": "", "macros/sources.html": "s", "macros/pictures.html": "p"}
    digests = {digest(memory, sources)}
    digests |= {digest(memory, {**sources, name: "changed"}) for name in sources}
    assert len(digests) == 4


@pytest.mark.parametrize("name", ["page.title ~ '.html'", "'a.html' if page.title else 'b.html'"])
def test_a_name_that_is_computed_is_an_error(tmp_path: Path, name: str) -> None:
    assert made(tmp_path, home=view_template(f"{{% include {name} ignore missing %}}")) == [
        "templates/home.html:3:1: computed-template-name: the name of an included template must be written out, "
        "or nobody could tell what a page is made of"
    ]


def test_a_template_is_compiled_once(tmp_path: Path, memory: Memory, monkeypatch: pytest.MonkeyPatch) -> None:
    build(make_project(tmp_path), memory)
    compiled = []
    original = jinja2.Environment.compile

    def compile(self: jinja2.Environment, source: str, name: str | None = None, *rest: object) -> object:
        compiled.append(name)
        return original(self, source, name, *rest)  # type: ignore[call-overload]

    monkeypatch.setattr(jinja2.Environment, "compile", compile)
    (tmp_path / "templates/home.html").write_text(view_template("changed"))
    assert build(tmp_path, memory).rendered == 1
    assert compiled == ["home.html"]


# Mistakes -------------------------------------------------------------------------------------------------------------


def test_an_undefined_value_is_reported_at_its_line(tmp_path: Path) -> None:
    make_project(tmp_path, {"templates/home.html": view_template("\n{{ page.titel }}")})
    found = build(tmp_path).diagnostics.in_order()
    assert len(found) == 1
    assert (found[0].span.path, found[0].span.line) == ("templates/home.html", 4)
    assert (found[0].code, found[0].message, found[0].replacement) == (
        "unknown-variable",
        "PageInfo has no “titel”",
        "title",
    )
    assert found[0].span.column == len("{{ page.") + 1
    assert found[0].hint == (
        f"did you mean “title”?; while making / from {HOME}, "
        "by templates/home.html:1 → templates/base.html:25 → templates/home.html:4"
    )


def test_a_mistake_in_a_macro_is_reported_in_the_macro(tmp_path: Path) -> None:
    macro = "{% macro note(number, source) %}\n{{ source.nothing }}{% endmacro %}{% macro marker(n, s) %}{% endmacro %}"
    make_project(tmp_path, {"templates/macros/sources.html": macro})
    found = build(tmp_path).diagnostics.in_order()
    assert [(one.span.path, one.span.line) for one in found] == [("templates/macros/sources.html", 2)]


def test_a_mistake_of_syntax_is_reported_at_its_line(tmp_path: Path) -> None:
    assert made(tmp_path, home="<p>\n{% if %}") == [
        "templates/home.html:2:7: template-syntax: something is missing before this %}"
    ]


def test_what_python_raises_is_reported_at_its_line(tmp_path: Path) -> None:
    assert made(tmp_path, home=view_template("{{ 1 / 0 }}")) == [
        "templates/home.html:3:1: template-error: ZeroDivisionError: division by zero"
    ]


def test_brackets_too_deep_for_the_parser_are_reported(tmp_path: Path) -> None:
    found = made(tmp_path, home="{{ " + "[" * 500)
    assert [line.split(": ")[1] for line in found] == ["template-error"]
    assert "RecursionError" in found[0]


def test_a_missing_template_is_named_with_a_suggestion(tmp_path: Path) -> None:
    make_project(tmp_path, {"templates/home.html": '{% extends "bsae.html" %}'})
    found = build(tmp_path).diagnostics.in_order()
    assert [(one.span.path, one.message) for one in found] == [
        ("templates/home.html", "there is no template “bsae.html”")
    ]
    assert found[0].hint == f"did you mean “base.html”?; while making / from {HOME}, by templates/home.html:1"


def test_a_missing_view_template_is_named(tmp_path: Path) -> None:
    make_project(tmp_path)
    (tmp_path / "templates/home.html").unlink()
    found = report(build(tmp_path).diagnostics)
    assert found == ["templates/home.html:1:1: unknown-template: there is no template “home.html”"]


def test_a_mended_template_is_clean_again(tmp_path: Path, memory: Memory) -> None:
    make_project(tmp_path)
    good = (tmp_path / "templates/home.html").read_text()
    for content, expected in ((good, []), ("{% if %}", ["template-syntax"]), (good, [])):
        (tmp_path / "templates/home.html").write_text(content)
        assert codes(build(tmp_path, memory).diagnostics) == expected


# What templates see and say -------------------------------------------------------------------------------------------


def test_sources_are_numbered_on_each_page_in_the_order_of_the_text(tmp_path: Path) -> None:
    body = "One.[@second-source] Two.[@first-source; @second-source] Three.[@first-source]"
    pages = {
        HOME: page("Home", body + " [x](/about/)", view="home", permalink="/"),
        "content/pages/about.md": page("About", "A.[@first-source] B.[@second-source]"),
        "content/sources/more.yaml": MORE,
    }
    result = build(make_project(tmp_path, pages))
    assert codes(result.diagnostics) == []
    marks = ['<a href="#source-1">1</a>', '<a href="#source-2">2</a>']
    home, about = text(result, "index.html"), text(result, "about/index.html")
    assert f"One.{marks[0]} Two.{marks[1]}{marks[0]} Three.{marks[1]}" in home
    assert f"A.{marks[0]} B.{marks[1]}" in about
    assert home.index('<li id="source-1"><a href="./sources/second-source/">Another') < home.index('id="source-2"')
    assert about.index('<li id="source-1"><a href="../sources/first-source/">A report') < about.index('id="source-2"')


def test_text_is_escaped_and_prose_is_not(tmp_path: Path) -> None:
    home = page("A < B & C", "*Yes* <b>no</b>.[@first-source]", view="home", permalink="/")
    result = build(make_project(tmp_path, {HOME: home}))
    shown = text(result, "index.html")
    assert "<h1>A &lt; B &amp; C</h1>" in shown
    assert "<em>Yes</em>" in shown
    assert "<b>no</b>" not in shown


def test_filters_for_values_and_addresses(tmp_path: Path) -> None:
    shown = (
        '{{ "2026-01-17" | date }}; {{ "GB" | country }}; {{ "/a/" | absolute }}; {{ "*a*[@first-source]" | inline }}'
    )
    result = build(make_project(tmp_path, {"templates/home.html": view_template(shown)}))
    assert codes(result.diagnostics) == []
    expected = '17 January 2026; United Kingdom; https://example.org/a/; <em>a</em><a href="#source-1">1</a>'
    assert expected in text(result, "index.html")


def test_feeds_keep_full_addresses_and_pages_get_relative_ones(tmp_path: Path) -> None:
    templates = {
        "templates/feed.xml": '<link href="/feed.xml"/>',
        "templates/home.html": view_template('<a href="/sources/">x</a>'),
    }
    result = build(make_project(tmp_path, templates))
    assert text(result, "feed.xml") == '<link href="/feed.xml"/>'
    assert '<a href="./sources/">x</a>' in text(result, "index.html")
