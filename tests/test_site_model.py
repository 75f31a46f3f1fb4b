from __future__ import annotations

from collections.abc import Mapping

from microsite.diagnostics import Diagnostics, Span
from microsite.load import kind_of, load_file
from microsite.site_model import Site, build_site
from tests.projects import CONTENT, page, report

PERSON = """\
---
name: {name}
sort_name: {name}
role: Driver
group: driver
description: A.
summary: B.
---
"""


def site_of(extra: Mapping[str, str] | None = None, drafts: bool = False) -> tuple[Site, list[str]]:
    """The site made of the example's content and some more, and what is reported of it."""
    loaded = []
    for path, text in {**CONTENT, **(extra or {})}.items():
        kind = kind_of(path)
        assert kind is not None
        loaded.append(load_file(path, text.encode(), kind))
    diagnostics = Diagnostics()
    for one in loaded:
        diagnostics.extend(one.diagnostics)
    return build_site(loaded, drafts, diagnostics), report(diagnostics)


def source(entry_id: str) -> str:
    return CONTENT["content/sources/press.yaml"].replace("first-source", entry_id)


def test_entries_by_kind_and_id() -> None:
    site, problems = site_of()
    assert problems == []
    assert [one.id for one in site.all("page")] == ["home", "sources"]
    assert site.all("person") == ()
    home = site.get("page", "home")
    assert home is not None
    assert home.permalink == "/"
    assert site.get("page", "nowhere") is None
    assert site.get("page", None) is None
    info = site.only("site")
    assert info is not None
    assert info.data.title == "Example"
    assert site.only("person") is None


def test_entries_come_in_the_order_of_their_ids_whatever_the_files_are_called() -> None:
    quotes = "content/sources/a.yaml", "content/sources/z.yaml"
    home = page("Home", "[@b-source; @a-source; @first-source]", view="home", permalink="/")
    site, problems = site_of(
        {quotes[0]: source("b-source"), quotes[1]: source("a-source"), "content/pages/home.md": home}
    )
    assert problems == []
    assert [one.id for one in site.all("source")] == ["a-source", "b-source", "first-source"]


def test_who_mentions_whom() -> None:
    extra = {
        "content/people/ann.md": PERSON.format(name="Ann") + "\n## Wins\n\nMany.[@first-source]\n",
        "content/quotes.yaml": "one:\n  speaker: ann\n  text: Yes.\n  sources: [first-source]\n",
    }
    site, problems = site_of(extra)
    assert problems == []
    assert [(one.by, one.label, one.anchor) for one in site.mentioned["source", "first-source"]] == [
        ("page/home", "In the text", None),
        ("person/ann", "Wins", "wins"),
        ("quote/one", "“Yes.”", None),
    ]
    assert [one.by for one in site.mentioned["person", "ann"]] == ["quote/one"]
    assert site.cites == {
        "page/home": ("first-source",),
        "person/ann": ("first-source",),
        "quote/one": ("first-source",),
    }
    assert site.places["quote/one"] == Span("content/quotes.yaml", 1, 1, 3)


def test_links() -> None:
    site, problems = site_of({"content/pages/about.md": page("About", "[a](/) [b](/sources/)")})
    assert problems == []
    typed = [(one.target, one.by) for one in site.links if one.span.path == "content/pages/about.md"]
    assert typed == [("/", "page/about"), ("/sources/", "page/about")]
    assert not any(one.span.path == "content/pages/home.md" for one in site.links)


def test_an_id_given_twice() -> None:
    site, problems = site_of({"content/sources/reference.yaml": "\n" + source("first-source")})
    assert problems == ["content/sources/reference.yaml:2:1: duplicate-id: the source “first-source” is given twice"]
    (kept,) = site.all("source")
    assert kept.path == "content/sources/press.yaml"


def test_an_id_that_leads_nowhere() -> None:
    extra = {
        "content/pages/about.md": page("About", "A.[@first-sorce; @unlike]", picture="face"),
        "content/quotes.yaml": "one:\n  speaker: ann\n  text: Yes.\n  sources: [first-source]\n",
    }
    _, problems = site_of(extra)
    assert problems == [
        "content/pages/about.md:4:10: unknown-picture: there is no picture “face”",
        "content/pages/about.md:7:5: unknown-source: there is no source “first-sorce”",
        "content/pages/about.md:7:19: unknown-source: there is no source “unlike”",
        "content/quotes.yaml:2:12: unknown-person: there is no person “ann”",
    ]


def test_what_could_not_be_read_is_not_said_to_be_missing() -> None:
    extra = {
        "content/sources/reference.yaml": "broken: [",
        "content/people/ann.md": "no front matter",
        "content/pages/about.md": page("About", "A.[@from-the-broken-file]"),
        "content/quotes.yaml": "one:\n  speaker: ann\n  text: Yes.\n  sources: [first-source]\n",
    }
    site, problems = site_of(extra)
    assert [line.split(": ")[1] for line in problems] == ["no-front-matter", "missing-comma"]
    assert site.lost == {"/crews/ann/"}


def test_a_source_that_nothing_cites() -> None:
    _, problems = site_of({"content/sources/reference.yaml": source("idle")})
    assert problems == ["content/sources/reference.yaml:1:1: uncited-source: nothing cites the source “idle”"]


def test_a_source_may_be_cited_in_what_could_not_be_read() -> None:
    _, problems = site_of({"content/sources/reference.yaml": source("idle"), "content/pages/about.md": "[@idle]"})
    assert [line.split(": ")[1] for line in problems] == ["no-front-matter"]


def test_a_project_without_a_site() -> None:
    loaded = [
        load_file("content/pages/a.md", page("A").encode(), kind) for kind in [kind_of("content/pages/a.md")] if kind
    ]
    diagnostics = Diagnostics()
    site = build_site(loaded, False, diagnostics)
    assert report(diagnostics) == ["content/site.yaml:1:1: no-site: content/site.yaml is missing"]
    assert site.only("site") is None


def test_a_site_that_cannot_be_read_is_not_missing() -> None:
    _, problems = site_of({"content/site.yaml": "title: *a\n"})
    assert problems == ["content/site.yaml:1:8: yaml-alias: *a is a YAML alias, which is not used here"]


def test_drafts_are_seen_only_when_asked_for() -> None:
    extra = {"content/pages/new.md": page("New", draft="true")}
    assert site_of(extra)[0].get("page", "new") is None
    assert site_of(extra, drafts=True)[0].get("page", "new") is not None
