from __future__ import annotations

from pathlib import Path

from tests.pages.test_history import edition
from tests.projects import build, codes, make_project, page, text, view_template, write

HOME = "content/pages/home.md"
SHEET = """\
title: Sheet
figures:
  - id: length
    label: Length
    value: 7994
    unit: km
    sources: [first-source]
    disputed:
      - value: 8000
        unit: km
        sources: [second-source]
facts:
  - id: told
    text: It was *long*, they say, and nobody knows how long it was.[@second-source]
    sources: [first-source]
"""


def source(title: str, publisher: str, kind: str) -> str:
    return f"  title: {title}\n  publisher: {publisher}\n  kind: {kind}\n  url: null\n  date: null\n  language: en\n"


def project(root: Path) -> Path:
    make_project(root)
    write(root, HOME, page("Home", "A.[@first-source] [x](/programme/) [y](/disputes/)", view="home", permalink="/"))
    write(root, "content/pages/programme.md", page("Programme", "## Why\n\nSo.[@first-source]", view="programme"))
    write(root, "content/pages/disputes.md", page("Disputes", view="disputes"))
    write(root, "content/factsheets/partnership.yaml", SHEET)
    more = {"second-source": ("b", "Zebra", "press"), "third-source": ("a", "zebra", "press")}
    texts = [f"{one}:\n{source(*values)}" for one, values in more.items()]
    write(root, "content/sources/more.yaml", "".join(texts) + f"fourth-source:\n{source('F', 'Maker', 'manufacturer')}")
    write(root, "content/pages/about.md", page("About", "B.[@third-source; @fourth-source]"))
    write(root, "content/pages/sources.md", page("Sources", "[x](/about/)", view="sources"))
    return root


def shown(root: Path, template: str, data: str, path: str) -> list[str]:
    write(root, f"templates/{template}.html", view_template(f"<pre>\n{data}</pre>"))
    result = build(root)
    assert not result.diagnostics.has_errors, codes(result.diagnostics)
    return text(result, path).split("<pre>")[1].split("</pre>")[0].split("\n")[1:-1]


def test_a_source_tells_each_place_that_it_supports(tmp_path: Path) -> None:
    line = "{% for one in usages %}\n{{ one.label }}|{{ one.link.title }}|{{ one.link.permalink }}\n{% endfor %}"
    root = project(tmp_path)
    assert shown(root, "source", line, "sources/first-source/index.html") == [
        "In the text|Home|/",
        "It was long, they say, and nobody knows how …|Programme|/programme/#told",
        "Length|Programme|/programme/#length",
        "Why|Programme|/programme/#why",
    ]
    assert shown(root, "source", line, "sources/second-source/index.html") == [
        "It was long, they say, and nobody knows how …|Programme|/programme/#told",
        "Length|Programme|/programme/#length",
    ]


def test_sources_are_listed_by_kind_publisher_and_title(tmp_path: Path) -> None:
    line = (
        "{% for group in groups %}\n{{ group.kind }}|{{ group.title }}\n{% for one in group.sources %}\n"
        "- {{ one.source.id }}|{{ one.uses }}\n{% endfor %}\n{% endfor %}"
    )
    assert shown(project(tmp_path), "sources", line, "sources/index.html") == [
        "manufacturer|Manufacturers",
        "- fourth-source|1",
        "press|Press",
        "- first-source|4",
        "- third-source|1",
        "- second-source|2",
    ]


def test_every_dispute_is_listed_with_what_is_shown_and_where(tmp_path: Path) -> None:
    line = (
        "{% for one in disputes %}\n{{ one.label }}|{{ one.shown | figure }} {{ one.unit }}"
        "|{{ one.fact.disputed[0].value | figure }}|{{ one.link.title }}|{{ one.link.permalink }}\n{% endfor %}"
    )
    assert shown(project(tmp_path), "disputes", line, "disputes/index.html") == [
        "Length|7,994 km|8,000|Programme|/programme/#length"
    ]


DISPUTED_ROWS = """\
winners:
  - category: cars
    crew: [{name: Ann Ace}, {name: Bo Bee}]
    make: Maker
    model: M1
    sources: [first-source]
    disputed: [{value: Maker M2, sources: [second-source]}]
podium:
  - position: 2
    crew: [{name: Cy Dee}]
    make: null
    gap: 1:44
    sources: [first-source]
    disputed: [{value: a minute, sources: [second-source]}]
counts:
  - category: ssv
    starters: 40
    sources: [first-source]
    disputed: [{value: 41, sources: [second-source]}]
"""


def test_a_row_on_which_sources_disagree_is_told_in_words(tmp_path: Path) -> None:
    root = project(tmp_path)
    write(root, "content/editions/2007.md", edition(2007, "africa", "", more=DISPUTED_ROWS))
    line = "{% for one in disputes %}\n{{ one.label }}|{{ one.shown }}\n{% endfor %}"
    assert shown(root, "disputes", line, "disputes/index.html")[:3] == [
        "SSV: starters and finishers|40 started",
        "Cars: winner|Ann Ace / Bo Bee, Maker M1",
        "Car podium, place 2|Cy Dee, +1:44",
    ]


COMPARED = """\
title: Two
vehicles: [{id: old, name: The old, note: First.}, {id: new, name: The new, note: Second.}]
groups:
  - id: body
    title: Body
    rows:
      - id: weight
        label: Weight
        change: changed
        values:
          old: {value: 1, unit: t, sources: [first-source]}
          new: {value: 2, unit: t, sources: [first-source], disputed: [{value: 3, unit: t, sources: [second-source]}]}
"""


def test_of_vehicles_side_by_side_it_is_told_which_is_disputed(tmp_path: Path) -> None:
    root = project(tmp_path)
    write(root, "content/comparisons/two.yaml", COMPARED)
    write(root, "content/pages/car.md", page("Car", view="car"))
    line = "{% for one in disputes %}\n{{ one.label }}|{{ one.link.title }}\n{% endfor %}"
    assert "Weight, The new|Car" in shown(root, "disputes", line, "disputes/index.html")


def test_a_draft_supports_nothing_in_public(tmp_path: Path) -> None:
    root = project(tmp_path)
    write(root, "content/pages/later.md", page("Later", "C.[@third-source]", draft="true"))
    line = "{% for one in usages %}\n{{ one.label }}|{{ one.link.title }}\n{% endfor %}"
    assert shown(root, "source", line, "sources/third-source/index.html") == ["In the text|About"]
