from __future__ import annotations

from pathlib import Path

from microsite.diagnostics import Diagnostics
from microsite.inputs import read, scan
from microsite.load import kind_of, load_file
from microsite.pages.findable import Findable, findables
from microsite.pages.views import search
from microsite.site_model import Site, build_site
from tests.projects import make_project, page, write
from tests.real_site import real_site

TERMS = """\
waypoint:
  term: waypoint
  also: [waypoints]
  definition: A *place* on the way.[@first-source]
  sources: [first-source]
"""


def site_of(root: Path) -> Site:
    """The entries of a project; nothing of it may be wrong."""
    diagnostics = Diagnostics()
    files = []
    for path, stamp in scan(root, ["content"], {}).items():
        kind = kind_of(path)
        assert kind
        files.append(load_file(path, read(root, path, stamp), kind))
    site = build_site(files, False, diagnostics)
    assert [str(one) for one in diagnostics.in_order()] == []
    return site


def found(site: Site, title: str) -> Findable:
    (one,) = (one for one in findables(site) if one.title == title)
    return one


def test_a_page_is_found_by_its_headings_and_words(tmp_path: Path) -> None:
    make_project(tmp_path)
    write(tmp_path, "content/pages/about.md", page("The words", "## Why *so*\n\nBecause.", heading="All of them"))
    one = found(site_of(tmp_path), "The words")
    assert (one.group, one.permalink, one.about) == ("Pages", "/about/", "About The words.")
    assert one.also == ("All of them", "Why so")
    assert one.text.endswith("Why so Because.")
    assert one.sorted_as == "Words, the"
    assert one.is_page


def test_what_has_no_page_is_found_where_it_is_shown(tmp_path: Path) -> None:
    make_project(tmp_path, {"content/glossary.yaml": TERMS})
    assert "waypoint" not in {one.title for one in findables(site_of(tmp_path))}, "no page shows it"
    write(tmp_path, "content/pages/glossary.md", page("Glossary", view="glossary"))
    one = found(site_of(tmp_path), "waypoint")
    assert one == Findable(
        "Words", "waypoint", "/glossary/#waypoint", "A place on the way.", "waypoint", ("waypoints",), ""
    )
    assert not one.is_page


def test_an_error_page_and_a_draft_are_not_found(tmp_path: Path) -> None:
    make_project(tmp_path)
    write(tmp_path, "content/pages/404.md", page("Lost", view="not-found", permalink="/404.html"))
    write(tmp_path, "content/pages/later.md", page("Later", draft="true"))
    assert [one.title for one in findables(site_of(tmp_path))] == ["Home", "Sources", "A report"]


def test_the_index_is_ordered_as_on_paper(tmp_path: Path) -> None:
    make_project(tmp_path)
    for name, title in (("a", "The zebra"), ("b", "Élan"), ("c", "A mule"), ("d", "4 x 4"), ("e", "Жук")):
        write(tmp_path, f"content/pages/{name}.md", page(title))
    site = site_of(tmp_path)
    shown = search(site, site.all("page")[0])
    assert [(one.letter, [line.title for line in one.lines], len(one.sources)) for one in shown["letters"]] == [
        ("0–9", ["4 x 4"], 0),
        ("E", ["Élan"], 0),
        ("H", ["Home"], 0),
        ("M", ["Mule, a"], 0),
        ("R", [], 1),
        ("S", ["Sources"], 0),
        ("Z", ["Zebra, the"], 0),
        ("Other scripts", ["Жук"], 0),
    ]
    assert shown["groups"] == ("Pages", "Sources")


def test_numbers_are_in_the_order_of_counting(tmp_path: Path) -> None:
    make_project(tmp_path)
    for number in (10, 2, 1):
        write(tmp_path, f"content/pages/{number}.md", page(f"Stage {number} on"))
    titles = [one.title for one in findables(site_of(tmp_path))]
    assert [one for one in titles if "Stage" in one] == ["Stage 1 on", "Stage 2 on", "Stage 10 on"]


def test_several_vehicles_alike_are_told_apart_by_their_drivers() -> None:
    titles = [one.title for one in findables(real_site()[0]) if one.group == "Land Rovers"]
    assert len(set(titles)) == len(titles)
    assert {"Range Rover V8, 1988, Patrick Tambay", "Range Rover V8, 1982"} <= set(titles)


def test_everything_of_the_real_site_can_be_found() -> None:
    site, _ = real_site()
    every = findables(site)
    pages = {one.permalink for kind in site.entries for one in site.all(kind) if one.permalink}
    assert {one.permalink for one in every if one.is_page} == {one for one in pages if not one.endswith(".html")}
    assert len({one.permalink for one in every}) == len(every)
    assert {one.group for one in every} >= {"People", "Editions", "Stages", "Words", "Places", "Records", "Land Rovers"}
    assert [one.permalink for one in every if not one.title or not one.about] == []
    driver = next(one for one in every if one.permalink == "/crews/stephane-peterhansel/")
    assert driver.sorted_as == "Peterhansel, Stéphane"
