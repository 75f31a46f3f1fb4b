"""What people and machines do to a project, one change at a time, at random."""

from __future__ import annotations

import io
import os
import random
import re
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from PIL import Image

from microsite.cli import main
from tests.equivalence.site import MORE_SOURCES, document, person, stage
from tests.projects import page, write

Step = Callable[["Editing"], str]
"""Changes something and says what."""


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


def run(at: Editing) -> int:
    """The command, as it is started in a terminal."""
    return main(["-q", "--json", *at.flags], at.root)


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
            (f"content/dakar-2026/stages/{name}.md", stage(3)),
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
        ("static/dot.svg", "<svg>"),
        ("content/site.yaml", "title: Example\n"),
    ]
    path, content = at.rng.choice(broken)
    at.write(path, content)
    return f"broke {path} with {content!r}"


def edit_asset(at: Editing) -> str:
    colour = f"p {{ color: rgb({at.rng.randrange(255)}, 0, 0); background: url(/static/dot.svg) }}"
    changes: list[tuple[str, str | bytes]] = [
        ("static/css/site.css", colour),
        ("static/dot.svg", f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><!-- {at.new()} --></svg>'),
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
