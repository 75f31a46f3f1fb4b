"""An id is changed everywhere and nothing else is: tried on the site itself, which stays the same but for the names."""

from __future__ import annotations

import re
from contextlib import closing
from pathlib import Path

import pytest

from microsite.editing.changes import unified_diff, write
from microsite.editing.rename import CannotRename, rename
from microsite.memory import Memory
from tests.projects import build, make_project, page, report
from tests.real_site import ROOT, copy_with_small_pictures

# Names that sort as the old ones do, so that nothing but the names differs.
RENAMED = {
    "person/sara-price": "sara-pricex",
    "source/autocar-2026-rally-raid-winner": "autocar-2026-rally-raid-winnerx",
    "term/wpv": "wpvx",
    "place/yanbu": "yanbux",
    "chapter/camel-trophy": "camel-trophyx",
    "stage/stage-4": "stage-4x",
    "update/2026-01-17-stock-win-on-debut": "2026-01-17-stock-win-on-debutx",
    "entrant/car-500": "car-500x",
    "quote/cameron-first-race": "cameron-first-racex",
}
WITH_PAGES = {
    "crews/sara-price",
    "sources/autocar-2026-rally-raid-winner",
    "heritage/camel-trophy",
    "dakar-2026/stage-4",
    "updates/2026-01-17-stock-win-on-debut",
}
NOTE = """\
---
title: "Note"   # with first-source in a comment
description: About first-source.
date: 2026-01-17
aliases:
  - /updates/older/
---

[Home](/), [itself](/updates/note/#x), `[@first-source]`, <https://example.org/updates/note/>.[@second; @first-source]
"""
TWO = """\
# A comment.
first-source:
  title: A report
  publisher: The Paper
  kind: press
  url: https://example.com/first-source
  date: 2026-01-17
  language: en

# About the second.
second: {title: B, publisher: P, kind: press, url: null, date: 2026, language: en, note: "first-source"}
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    extra = {
        "content/sources/press.yaml": TWO,
        "content/updates/note.md": NOTE,
        "content/people/ann.md": "---\nname: Ann\nsort_name: Ann\nrole: R\ngroup: team\ndescription: D\nsummary: S\n"
        "figures:\n  - {id: a, label: A, value: 1, sources: [second, 'first-source']}\n---\n",
        "content/glossary.yaml": "bivouac:\n  term: Bivouac\n  definition: Tents.[@first-source]\n"
        "  sources: [first-source]\n",
        "content/pages/about.md": page("About", "[Tents](/glossary/#bivouac), [Ann](/crews/ann/) [@first-source]"),
    }
    return make_project(tmp_path, extra)


def renamed(root: Path, old: str, new: str) -> None:
    write(root, rename(root, old, new))


def changed_lines(root: Path, old: str, new: str) -> list[str]:
    diff = unified_diff(rename(root, old, new)).splitlines()
    return [line for line in diff if re.match(r"[-+](?![-+])", line)]


def test_the_site_is_the_same_but_for_the_names(tmp_path: Path) -> None:
    copy_with_small_pictures(tmp_path, "microsite/pages")
    _without_copies(tmp_path / "content/site.yaml")
    with closing(Memory(tmp_path / "memory.sqlite", b"tests")) as memory:
        before = {path: file.read() for path, file in build(tmp_path, memory).tree.items()}
        for old, new in RENAMED.items():
            renamed(tmp_path, old, new)
        result = build(tmp_path, memory)
        after = {path: file.read() for path, file in result.tree.items()}
    assert report(result.diagnostics) == []
    for path in WITH_PAGES:
        redirect = after.pop(f"{path}/index.html").decode()
        assert f'content="0; url=../../{path}x/"' in redirect
    assert {original(path.encode()).decode() for path in after} == before.keys()
    for path, content in after.items():
        name = original(path.encode()).decode()
        assert original(content) == before[name], name


def _without_copies(site: Path) -> None:
    """Compressed files and a list of digests differ with every name."""
    whole = site.read_text("utf-8")
    site.write_text(re.sub(r"(?m)^(precompress:.*|offline:(\n  .*)+|offline:.*)\n", "", whole), "utf-8")


def original(content: bytes) -> bytes:
    for new in RENAMED.values():
        content = content.replace(new.encode(), new.removesuffix("x").encode())
    return content


def test_what_names_a_source_changes_and_what_only_looks_like_it_does_not(project: Path) -> None:
    assert changed_lines(project, "first-source", "the-paper") == [
        "-  definition: Tents.[@first-source]",
        "-  sources: [first-source]",
        "+  definition: Tents.[@the-paper]",
        "+  sources: [the-paper]",
        "-[Tents](/glossary/#bivouac), [Ann](/crews/ann/) [@first-source]",
        "+[Tents](/glossary/#bivouac), [Ann](/crews/ann/) [@the-paper]",
        "-A claim.[@first-source]",
        "+A claim.[@the-paper]",
        "-  - {id: a, label: A, value: 1, sources: [second, 'first-source']}",
        "+  - {id: a, label: A, value: 1, sources: [second, 'the-paper']}",
        "-first-source:",
        "+the-paper:",
        "+  aliases: [/sources/first-source/]",
        "-[Home](/), [itself](/updates/note/#x), `[@first-source]`, <https://example.org/updates/note/>."
        "[@second; @first-source]",
        "+[Home](/), [itself](/updates/note/#x), `[@first-source]`, <https://example.org/updates/note/>."
        "[@second; @the-paper]",
    ]
    renamed(project, "first-source", "the-paper")
    text = (project / "content/sources/press.yaml").read_text()
    assert "  language: en\n  aliases: [/sources/first-source/]\n\n# About the second.\nsecond: {" in text


def test_a_file_that_is_called_by_its_id_is_called_by_the_new_one(project: Path) -> None:
    renamed(project, "note", "2026-01-17-note")
    assert not (project / "content/updates/note.md").exists()
    text = (project / "content/updates/2026-01-17-note.md").read_text()
    assert "aliases:\n  - /updates/older/\n  - /updates/note/\n---\n" in text
    assert "[itself](/updates/2026-01-17-note/#x)" in text
    assert "https://example.org/updates/note/" in text
    renamed(project, "ann", "anne")
    assert "aliases: [/crews/ann/]\n---\n" in (project / "content/people/anne.md").read_text()
    assert "[Ann](/crews/anne/)" in (project / "content/pages/about.md").read_text()
    renamed(project, "anne", "anna")
    assert "aliases: [/crews/ann/, /crews/anne/]\n---\n" in (project / "content/people/anna.md").read_text()


def test_links_to_the_element_of_an_entry_follow_it(project: Path) -> None:
    renamed(project, "bivouac", "camp")
    assert "[Tents](/glossary/#camp)" in (project / "content/pages/about.md").read_text()


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("firstsource", "x", "nothing has the id “firstsource”; did you mean “first-source”?"),
        ("person/first-source", "x", "nothing has the id “person/first-source”"),
        ("first-source", "second", "there is already a source “second”: content/sources/press.yaml:11:1"),
        ("first-source", "First", "“First” cannot be an id"),
        ("first-source", "first-source", "is its id already"),
        ("note", "older", "/updates/older/ is already an address of update/note"),
        ("site/site", "other", "there is one site"),
        ("second", "third", "writes the entry in one line"),
    ],
)
def test_what_cannot_be_renamed_is_explained(project: Path, old: str, new: str, message: str) -> None:
    with pytest.raises(CannotRename, match=re.escape(message)):
        rename(project, old, new)


def test_an_id_that_several_have_has_to_be_told_apart(project: Path) -> None:
    (project / "content/people/note.md").write_text((project / "content/people/ann.md").read_text())
    with pytest.raises(CannotRename, match=r"say which: (update/note, person/note|person/note, update/note)"):
        rename(project, "note", "x")
    assert rename(project, "person/note", "x").moves == {"content/people/note.md": "content/people/x.md"}


def test_what_the_generator_names_itself_is_not_renamed() -> None:
    with pytest.raises(CannotRename, match=r"the generator names “octa” itself, in microsite/pages/\w+\.py:\d+"):
        rename(ROOT, "factsheet/octa", "x")
    with pytest.raises(CannotRename, match="an edition is called by its year"):
        rename(ROOT, "edition/1979", "x")


def test_a_site_with_mistakes_is_mended_first(project: Path) -> None:
    (project / "content/pages/about.md").write_text(page("About", "[@no-such]"))
    with pytest.raises(CannotRename, match="the content has mistakes"):
        rename(project, "first-source", "x")
