"""The promise on which everything rests: building on what is remembered gives the same bytes as building anew.

A small site of many kinds is edited at random, as people and machines do it, and built after each step by the command
with its cache and record; each time, the published files and what was reported are those of a build from nothing.
A failure names the seed and the steps that led to it.
"""

from __future__ import annotations

import io
import json
import os
import random
import re
import shutil
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PIL import Image

from microsite.cli import main
from microsite.diagnostics.json_report import render_json
from microsite.memory import Memory
from microsite.pipeline import Settings
from microsite.preview import Preview
from microsite.project import Project
from microsite.publish import MANIFEST
from tests.projects import build, make_project, page, view_template, write

SEEDS = range(4)
STEPS = 55  # for each seed

Step = Callable[["Editing"], str]
"""Changes something and says what."""


def document(front_matter: str, body: str) -> str:
    return f"---\n{front_matter.strip()}\n---\n\n{body}\n"


def person(name: str, group: str, sort_name: str) -> str:
    head = f"""
name: {name}
sort_name: {sort_name}
role: {group}
group: {group}
description: About {name}.
summary: One of us.
figures:
  - id: starts
    label: Starts
    value: 1234
    sources: [first-source]
"""
    return document(head, f"{name} drove.[@second-source] See [the rally](/dakar/).")


def stage(number: int) -> str:
    head = f"""
number: {number}
title: Stage {number}
description: Day {number}.
date: 2026-01-0{number + 1}
start: A
finish: B
special_km: {{value: {number * 100}, unit: km, sources: [first-source]}}
liaison_km: {{value: null}}
total_km: {{value: {number * 200}, unit: km, sources: [second-source]}}
terrain:
  text: Sand, *much* of it.
  sources: [first-source]
result:
  sources: [second-source]
  rows:
    - entrant: car-{1 + number % 2}
      position: 1
    - entrant: car-{2 - number % 2}
      position: 2
standings: {{}}
"""
    return document(head, "## Morning\n\nA bivouac.\n\n## Evening\n")


def edition(year: int, winner: str) -> str:
    head = f"""
year: {year}
name: Dakar
description: That of {year}.
status: held
era: africa
number: {{value: {year - 1978}, sources: [first-source]}}
start: {{value: {year}-01-01, sources: [first-source]}}
finish: {{value: {year}-01-20, sources: [first-source]}}
route:
  stops:
    - {{place: paris}}
    - {{place: dakar}}
  sources: [first-source]
total_km: {{value: {year * 5}, sources: [second-source]}}
special_km: {{value: null}}
stages: {{value: 12, sources: [first-source]}}
starters: {{value: 100, sources: [first-source]}}
finishers: {{value: 50, sources: [first-source]}}
winners:
  - category: cars
    crew:
      - name: {winner}
    make: Maker
    sources: [second-source]
"""
    return document(head, "It was.[@first-source]")


ENTRANTS = """\
car-1:
  number: 1
  driver: Ann Lee
  driver_page: ann-lee
  codriver: Bo Ek
  codriver_page: bo-ek
  vehicle: Car
  team: Team
  ours: true
  sources: [first-source]
car-2:
  number: 2
  driver: Cy Po
  codriver: null
  vehicle: null
  team: null
  unverified: true
"""

RALLY = """\
name: Rally
start: 2026-01-02
finish: 2026-01-04
figures:
  - id: length
    label: Length
    value: 7994
    unit: km
    sources: [first-source]
    disputed:
      - value: 8000
        sources: [second-source]
classification:
  - entrant: car-1
    position: 1
    time: 58:09:45
    sources: [second-source]
  - entrant: car-2
    position: 2
    gap: 4:05
    sources: [second-source]
winners: []
"""

MORE_SOURCES = """\
second-source:
  title: Another
  publisher: Paper
  kind: club
  url: null
  date: null
  language: fr
"""

PLACES = """\
paris: {name: Paris, country: FR, latitude: 48.86, longitude: 2.35}
dakar: {name: Dakar, country: SN, latitude: 14.72, longitude: -17.47}
"""

GLOSSARY = """\
bivouac:
  term: bivouac
  definition: The camp.[@first-source]
  sources: [second-source]
"""

CHAPTER = """
title: Old days
from_year: 1979
to_year: 1980
summary: Long ago.
description: Then.
"""

ABOUT = """\
## Why

Because.[@second-source]

![](picture:dot)

[Car](/car/), [records](/records/)"""

FACT_MACRO = """\
{% macro fact(one) %}
<li>{{ one.label }} {{ one.value | figure }}{% if one.value is number %} number{% endif %}{{ cite(one.sources) }}</li>
{% endmacro %}
"""

PERSON_VIEW = """\
{% from "macros/facts.html" import fact %}
{% for one in entry.data.figures %}{{ fact(one) }}{% endfor %}
{% for line in stage_results %}{{ line.stage.title }} {{ line.row.position if line.row }}{% endfor %}
{% for one in [previous, next] if one %}<a href="{{ one.permalink }}">{{ one.title }}</a>{% endfor %}
"""

RALLY_VIEW = """\
{% from "macros/facts.html" import fact %}
{% for one in rally.data.figures %}{{ fact(one) }}{% endfor %}
{% for row in rally.data.classification %}{{ entrants[row.entrant].data.driver }}{{ cite(row.sources) }}{% endfor %}
{% for one in stages %}<a href="{{ one.permalink }}">{{ one.data.title }}</a>{% endfor %}
"""

RECORDS_VIEW = """\
{% for one in computed %}
{{ one.title }}{% for row in one.rows %}{{ row.rank }} {{ row.holder }} {{ row.value | figure }}{% endfor %}
{% for link in one.rows[0].editions if one.rows %}
<a href="{{ link.permalink.partition('#')[0] }}">{{ link.title }}</a>
{% endfor %}
{% endfor %}
"""

EDITION_VIEW = """\
{% for one in [previous, next] if one %}<a href="{{ one.permalink }}">{{ one.title }}</a>{% endfor %}
{{ entry.data.total_km.value | figure }}{{ cite(entry.data.route.sources) }}
"""

SITE = {
    "content/pages/home.md": page("Home", "A [page](/about/).[@first-source]", view="home", permalink="/"),
    "content/pages/about.md": page("About", ABOUT),
    "content/pages/car.md": page("Car", "[People](/crews/), [rally](/dakar/)", view="car", picture="dot"),
    "content/pages/crews.md": page("Crews", "[Home](/)", view="crews"),
    "content/pages/dakar.md": page("Rally", "[Chapters](/heritage/)", view="dakar-2026", aliases="[/rally/]"),
    "content/pages/heritage.md": page("Heritage", "[Disputes](/disputes/)", view="heritage"),
    "content/pages/disputes.md": page("Disputes", view="disputes"),
    "content/pages/records.md": page("Records", view="records"),
    "content/people/ann-lee.md": person("Ann Lee", "driver", "Lee, Ann"),
    "content/people/bo-ek.md": person("Bo Ek", "co-driver", "Ek, Bo"),
    "content/dakar-2026/stages/stage-1.md": stage(1),
    "content/dakar-2026/stages/stage-2.md": stage(2),
    "content/dakar-2026/entrants.yaml": ENTRANTS,
    "content/dakar-2026/rally.yaml": RALLY,
    "content/editions/1979.md": edition(1979, "Di Ra"),
    "content/editions/1980.md": edition(1980, "Di Ra"),
    "content/heritage/old-days.md": document(CHAPTER, "It was so.[@first-source]"),
    "content/updates/start.md": document("title: Start\ndate: 2026-01-02\ndescription: Off.", "Go.[@second-source]"),
    "content/sources/more.yaml": MORE_SOURCES,
    "content/places.yaml": PLACES,
    "content/glossary.yaml": GLOSSARY,
    "content/pictures.yaml": "dot:\n  file: dot.png\n  alt: A dot\n  credit: Us\n  licence: CC0\n",
    "templates/macros/terms.html": "{% macro word(term, text) %}<b>{{ text }}</b>{% endmacro %}\n",
    "templates/macros/facts.html": FACT_MACRO,
    "templates/person.html": view_template(PERSON_VIEW),
    "templates/dakar-2026.html": view_template(RALLY_VIEW),
    "templates/records.html": view_template(RECORDS_VIEW),
    "templates/edition.html": view_template(EDITION_VIEW),
    "templates/car.html": view_template('{% include ["car-note.html", "macros/terms.html"] %}{{ page.picture.alt }}'),
    "static/css/site.css": "p { color: #ff0000; background: url(/static/dot.svg) }\n",
    "static/dot.svg": "<svg/>",
    "static/root/CNAME": "example.org",
}


@dataclass
class Editing:
    """A project under the hands of an editor; `good` are its files when it last had no error."""

    root: Path
    rng: random.Random
    count: int = 0
    flags: list[str] = field(default_factory=list)
    good: dict[str, bytes] = field(default_factory=dict)
    published: dict[str, bytes] = field(default_factory=dict)

    def files(self, pattern: str = "*") -> list[str]:
        folders = [self.root / name for name in ("content", "templates", "static")]
        found = (path for folder in folders for path in folder.rglob(pattern) if path.is_file())
        return sorted(path.relative_to(self.root).as_posix() for path in found)

    def pick(self, *patterns: str) -> str:
        candidates = sorted({path for pattern in patterns for path in self.files(pattern)})
        return self.rng.choice(candidates) if candidates else "content/site.yaml"

    def read(self, path: str) -> str:
        file = self.root / path
        return file.read_bytes().decode("utf-8", "replace") if file.exists() else ""

    def write(self, path: str, content: str | bytes) -> None:
        write(self.root, path, content)

    def change(self, suffixes: tuple[str, ...], pattern: str, replacement: str) -> str:
        """Replace one of the places that match, in one of the files that have any."""
        found = [path for path in self.files() if path.endswith(suffixes) and re.search(pattern, self.read(path), re.M)]
        if not found:
            return f"no {pattern}"
        path = self.rng.choice(found)
        text = self.read(path)
        match = self.rng.choice(list(re.finditer(pattern, text, re.M)))
        self.write(path, text[: match.start()] + match.expand(replacement) + text[match.end() :])
        return f"{path}: {match[0]} -> {match.expand(replacement)}"

    def new(self, word: str = "word") -> str:
        self.count += 1
        return f"{word}{self.count}"


# Steps ----------------------------------------------------------------------------------------------------------------


def edit_body(at: Editing) -> str:
    path = at.pick("*.md")
    additions = [
        at.new(),
        f"## {at.new('Heading')}[@second-source]",
        "A claim.[@first-source; @second-source]",
        "[a page](/about/), [a fragment](/about/#why)",
        "![](picture:dot)",
        "A bivouac, a *bivouac*.",
    ]
    addition = at.rng.choice(additions)
    at.write(path, f"{at.read(path)}\n{addition}\n")
    return f"{path} += {addition}"


def edit_front_matter(at: Editing) -> str:
    changes = [
        (r"^(title|description|summary|role|name): .*", rf"\1: {at.new('Text')}"),
        (r"^(title|name): ", r"draft: true\n\1: "),
        (r"^draft: true\n", ""),
        (r"^(title|name): ", rf"aliases: [/{at.new('old')}/]\n\1: "),
        (r"^(title|name): ", r"updated: 2026-02-03\n\1: "),
        (r"^view: .*\n", ""),
        (r"^(title: .*)", rf"\1\npermalink: /{at.new('moved')}/"),
        (r"^group: .*", f"group: {at.rng.choice(['driver', 'team', 'history'])}"),
    ]
    return at.change((".md",), *at.rng.choice(changes))


def edit_data(at: Editing) -> str:
    changes = [
        (r"\[first-source\]", "[second-source, first-source]"),
        (r"\[second-source, first-source\]", "[first-source, second-source]"),
        (r"^( *)(title|label|driver|vehicle|alt|credit|publisher|term): .*", rf"\1\2: {at.new('Text')}"),
        (r"kind: \w+", f"kind: {at.rng.choice(['press', 'club', 'team'])}"),
        (r"position: \d+", f"position: {at.rng.randrange(1, 9)}"),
        (r"date: .*", "date: 2025-12"),
        (r"ours: true", "ours: false"),
    ]
    return at.change((".yaml", ".md"), *at.rng.choice(changes))


def edit_figure(at: Editing) -> str:
    """A number may become a text of the same letters, or get decimals of the same value."""
    changes = [
        (r"value: .*", f"value: {at.rng.randrange(9999)}"),
        (r"value: (\d+)$", r'value: "\1"'),
        (r'value: "(\d+)"', r"value: \1"),
        (r"value: (\d+)$", r"value: \1.0"),
    ]
    return at.change(("rally.yaml", "-lee.md", "-ek.md", "1979.md"), *at.rng.choice(changes))


def edit_site(at: Editing) -> str:
    changes = [
        (r"^title: .*", f"title: {at.new('Site')}"),
        (r"^base_url: .*", f"base_url: https://example.org/{at.new()}/"),
        (r"label: Home", "label: Start"),
        (r"path: /sources/", "path: /about/"),
        (r"^language: .*", f"language: {at.rng.choice(['de', 'fr'])}"),
    ]
    return at.change(("site.yaml",), *at.rng.choice(changes))


def add_page(at: Editing) -> str:
    name = at.new("page-")
    at.write(f"content/pages/{name}.md", page(name, f"New.[@first-source] [Home](/)\n\n## {name}"))
    at.write("content/pages/home.md", at.read("content/pages/home.md") + f"\n[{name}](/{name}/)\n")
    return f"added {name}"


def add_entry(at: Editing) -> str:
    name = at.new("entry-")
    path, content = at.rng.choice(
        [
            (f"content/people/{name}.md", person(name, "team", name)),
            (f"content/updates/{name}.md", document(f"title: {name}\ndate: 2026-03-04\ndescription: X.", "X.")),
            (f"content/dakar-2026/stages/{name}.md", stage(at.rng.randrange(3, 8))),
            (f"content/sources/{name}.yaml", MORE_SOURCES.replace("second-source", name)),
        ]
    )
    at.write(path, content)
    return f"added {path}"


def remove_file(at: Editing) -> str:
    path = at.pick(
        "*.md", "more.yaml", "pictures.yaml", "glossary.yaml", "entrants.yaml", "*.svg", "CNAME", "car-note.html"
    )
    (at.root / path).unlink()
    return f"removed {path}"


def rename_file(at: Editing) -> str:
    path = at.pick("*.md", "more.yaml")
    goal = f"{os.path.dirname(path)}/{at.new('renamed-')}{os.path.splitext(path)[1]}"
    (at.root / path).rename(at.root / goal)
    return f"renamed {path} to {goal}"


def edit_template(at: Editing) -> str:
    changes = [
        (r"\{% endblock %\}", rf"<i>{at.new()}</i>\g<0>"),
        (r"</body>", rf"<i>{at.new()}</i>\g<0>"),
        (r"<(li|figure|b|loc|entry)>", r'<\1 class="x">'),
        (r"\{\{ (one|source)\.data", r"{{ 1 + 1 }}\g<0>"),
        (r"\{%-? endmacro", rf"{at.new()}\g<0>"),
    ]
    return at.change((".html", ".xml", ".json"), *at.rng.choice(changes))


def add_or_change_included_template(at: Editing) -> str:
    content = at.rng.choice(["", f"<i>{at.new()}</i>", "{{ page.title }}"])
    at.write("templates/car-note.html", content)
    return f"templates/car-note.html = {content!r}"


def break_something(at: Editing) -> str:
    broken: list[tuple[str, str | bytes]] = [
        ("templates/base.html", "{% if %}"),
        ("templates/macros/facts.html", "{% macro fact(one) %}{{ one.nothing.at.all }}{% endmacro %}"),
        ("templates/car.html", '{% extends "nothing.html" %}'),
        ("templates/car.html", "{% include page.title %}"),
        ("content/pages/about.md", "no front matter"),
        ("content/pages/about.md", page("About", "[dead](/nowhere/) [@no-source] [fragment](/car/#nothing)")),
        ("content/dakar-2026/rally.yaml", "name: [Rally\n"),
        ("content/sources/more.yaml", "second-source:\n  title: 1\n"),
        ("content/people/ann-lee.md", b"---\nname: \xff\n---\n"),
        ("content/stray.md", "stray"),
        ("static/css/site.css", "@media ( {"),
        ("static/css/site.css", "p { background: url(/static/nothing.svg) }"),
        ("static/pictures/dot.png", b"no picture"),
        ("content/site.yaml", "title: Example\n"),
    ]
    path, content = at.rng.choice(broken)
    at.write(path, content)
    return f"broke {path} with {content!r}"


def edit_asset(at: Editing) -> str:
    colour = f"p {{ color: rgb({at.rng.randrange(255)}, 0, 0); background: url(/static/dot.svg) }}"
    changes: list[tuple[str, str | bytes]] = [
        ("static/css/site.css", colour),
        ("static/dot.svg", f"<svg>{at.new()}</svg>"),
        ("static/root/CNAME", at.new()),
        (f"static/js/{at.new()}.js", "//"),
        ("static/pictures/dot.png", dot((at.rng.randrange(255), 0, 0), at.rng.randrange(1, 12))),
    ]
    path, content = at.rng.choice(changes)
    at.write(path, content)
    return f"changed {path}"


def dot(colour: tuple[int, int, int], size: int) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (size, size), colour).save(out, "PNG")
    return out.getvalue()


def touch(at: Editing) -> str:
    path = at.pick()
    os.utime(at.root / path)
    return f"touched {path}"


def let_time_pass(at: Editing) -> str:
    """All files look as if they had been there for long, so that their stamps are trusted."""
    for number, path in enumerate(at.files()):
        long_ago = time.time_ns() - 10**13 - at.count * 10**9 - number
        os.utime(at.root / path, ns=(long_ago, long_ago))
    at.count += 1
    return "time passed"


def change_within_a_tick(at: Editing) -> str:
    """Same size, same time stamp, same inode, right after a build: the racy case of git's index."""
    path = at.pick("*.md")
    now = time.time_ns()
    text = at.read(path)
    at.write(path, text + "aaa\n")
    os.utime(at.root / path, ns=(now, now))
    run(at)
    at.write(path, text + "bbb\n")
    os.utime(at.root / path, ns=(now, now))
    return f"{path} changed within a tick"


def meddle_with_the_output(at: Editing) -> str:
    paths = sorted(at.published)
    if not paths:
        return "nothing published yet"
    path = at.root / "public" / at.rng.choice(paths)
    if at.rng.random() < 0.5:
        path.unlink(missing_ok=True)
        return f"deleted {path}"
    path.write_bytes(b"by hand")
    return f"edited {path}"


def meddle_with_the_cache(at: Editing) -> str:
    cache = at.root / ".cache"
    match at.rng.randrange(4):
        case 0:
            shutil.rmtree(cache, ignore_errors=True)
            return "deleted the cache"
        case 1:
            for record in cache.rglob("record-*"):
                record.unlink()
            return "deleted the record"
        case 2:
            for record in cache.rglob("record-*"):
                record.write_bytes(record.read_bytes()[: at.rng.randrange(900)])
            return "cut the record short"
        case _:
            for memory in cache.rglob("memory.sqlite"):
                memory.write_bytes(at.rng.randbytes(5000))
            return "damaged the memory"


def change_flags(at: Editing) -> str:
    at.flags = at.rng.choice([[], ["--drafts"], ["--base-url", "https://example.com/x"]])
    return f"flags {at.flags}"


def mend(at: Editing) -> str:
    """Back to the files of the last build without errors, as with an undo or a checkout."""
    for path in at.files():
        if path not in at.good:
            (at.root / path).unlink()
    for path, content in at.good.items():
        if not (at.root / path).is_file() or (at.root / path).read_bytes() != content:
            at.write(path, content)
    return "mended everything"


FREQUENT: list[Step] = [edit_body, edit_front_matter, edit_data, edit_figure, edit_template]
OF_CONTENT: list[Step] = [
    edit_site,
    add_page,
    add_entry,
    remove_file,
    rename_file,
    add_or_change_included_template,
    break_something,
    edit_asset,
    touch,
    let_time_pass,
    change_within_a_tick,
]
SELDOM: list[Step] = [*OF_CONTENT, meddle_with_the_output, meddle_with_the_cache, change_flags]


# The comparison -------------------------------------------------------------------------------------------------------


def run(at: Editing) -> int:
    return main(["-q", "--json", *at.flags], at.root)


def published(root: Path) -> dict[str, bytes]:
    folder = root / "public"
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files if path.name != MANIFEST}


def compare(at: Editing, capsys: pytest.CaptureFixture[str], history: list[str]) -> bool:
    """Whether the content was without errors; either way both builds must agree."""
    said = "\n".join(history)
    before = published(at.root)
    capsys.readouterr()
    code = run(at)
    reported = json.loads(capsys.readouterr().out)
    base_url = at.flags[1] + "/" if "--base-url" in at.flags else None
    clean = build(at.root, base_url=base_url, drafts="--drafts" in at.flags)
    assert reported == json.loads(render_json(clean.diagnostics)), said
    if clean.diagnostics.has_errors:
        assert code == 1, said
        assert published(at.root) == before, said
        return False
    assert code == 0, said
    at.published = published(at.root)
    expected = {path: file.read() for path, file in clean.tree.items()}
    assert sorted(at.published) == sorted(expected), said
    different = [path for path, content in expected.items() if at.published[path] != content]
    assert different == [], said
    return True


@pytest.mark.parametrize("seed", SEEDS)
def test_an_incremental_build_equals_a_clean_one(seed: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rng = random.Random(seed)
    at = Editing(make_project(tmp_path, SITE), rng)
    at.write("static/pictures/dot.png", dot((0, 128, 128), 3))
    history = [f"seed {seed}"]
    assert compare(at, capsys, history), "the site has errors before anything was changed"
    at.good = {path: (tmp_path / path).read_bytes() for path in at.files()}
    good = 0
    is_good = True
    for _ in range(STEPS):
        steps = [mend] if not is_good and rng.random() < 0.6 else FREQUENT if rng.random() < 0.5 else SELDOM
        history.append(rng.choice(steps)(at))
        is_good = compare(at, capsys, history)
        if is_good:
            good += 1
            at.good = {path: (tmp_path / path).read_bytes() for path in at.files()}
    assert STEPS // 3 < good < STEPS, f"{good} steps without errors: too few or too many to tell much"


@pytest.mark.parametrize("seed", SEEDS)
def test_a_preview_shows_what_a_clean_build_makes(seed: int, tmp_path: Path) -> None:
    """It takes over from one draft to the next what a command would ask its memory for."""
    rng = random.Random(f"preview {seed}")
    at = Editing(make_project(tmp_path, SITE), rng)
    at.write("static/pictures/dot.png", dot((0, 128, 128), 3))
    at.good = {path: (tmp_path / path).read_bytes() for path in at.files()}
    history, good = [f"seed {seed}"], 0
    with closing(Memory(None, b"tests")) as memory:
        preview = Preview(Project(tmp_path), Settings(drafts=True, for_servers=False), memory)
        for _ in range(STEPS):
            preview.refresh()
            clean = build(tmp_path, drafts=True, for_servers=False)
            said = "\n".join(history)
            assert render_json(preview.diagnostics) == render_json(clean.diagnostics), said
            is_good = not clean.diagnostics.has_errors
            if is_good:
                good += 1
                at.good = {path: (tmp_path / path).read_bytes() for path in at.files()}
                shown = {path: file.read() for path, file in preview.tree.items()}
                assert shown == {path: file.read() for path, file in clean.tree.items()}, said
            steps = [mend] if not is_good and rng.random() < 0.6 else FREQUENT if rng.random() < 0.5 else OF_CONTENT
            history.append(rng.choice(steps)(at))
    assert good > STEPS // 3, f"{good} steps without errors: too few to tell much"
