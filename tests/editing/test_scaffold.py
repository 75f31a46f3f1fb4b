"""What `--new` begins is valid at once, explains itself and overwrites nothing: tried on a copy of the site itself."""

from __future__ import annotations

import re
from contextlib import closing
from pathlib import Path

import pytest
from PIL import Image

from microsite.editing.beginnings import BEGINNINGS, CannotBegin
from microsite.editing.scaffold import NAMES, Begun, begin
from microsite.load import kind_of, load_file
from microsite.memory import Memory
from microsite.pipeline import BuildResult
from microsite.schema import KINDS
from tests.projects import build, make_project, report, write
from tests.real_site import ROOT, copy_with_small_pictures

TODAY = "2026-12-01"
WORDS = {
    "source": ["https://www.autocar.co.uk/car-news/2026/12/01/a-new-page"],
    "picture": ["bivouac-at-night.png"],
    "quote": ["sara-price", "autocar-2026-rally-raid-winner", "We: “won”, # and how!"],
    "edition": ["2031"],
    "stage": ["Stage 14: to the “sea”"],
    "land-rover": ["2027: Defender 90, a Station Wagon"],
    "comparison": ["Yesterday: the old and the new"],
    "season": ["World Rally-Raid Championship 2027"],
}
NAME = "Jérôme O’Šea: yes & no"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Begun]]:
    """A copy of the real site in which one of everything was begun."""
    root = tmp_path_factory.mktemp("copy")
    copy_with_small_pictures(root)
    Image.new("RGB", (640, 480), "tan").save(root / "static/pictures/bivouac-at-night.png")
    return root, [begin(root, [kind, *WORDS.get(kind, [NAME])], TODAY) for kind in NAMES]


def test_there_is_a_beginning_for_every_kind_that_there_can_be_more_of() -> None:
    single = {kind.name for kind in KINDS if kind.layout == "data" and "*" not in kind.files}
    assert {*NAMES} == {kind.name for kind in KINDS} - single
    assert {*BEGINNINGS} == {*NAMES} - {"source", "picture"}


def test_with_one_of_everything_begun_the_site_builds(site: tuple[Path, list[Begun]], tmp_path: Path) -> None:
    root, _ = site
    with closing(Memory(tmp_path / "memory.sqlite", b"tests")) as memory:
        without_drafts = build(root, memory, today=TODAY)
        with_drafts = build(root, memory, drafts=True)
    # Nothing can cite a source or show a picture before it is begun.
    assert told(without_drafts) == ["unused-asset: no picture has the file static/pictures/bivouac-at-night.png"]
    assert told(with_drafts) == [
        "uncited-source: nothing cites the source “autocar-2026-12-01-new-page”",
        "unused-picture: no page shows the picture “bivouac-at-night”",
    ]
    assert "updates/2026-12-01-jerome-osea-yes-no/index.html" in with_drafts.tree


def told(result: BuildResult) -> list[str]:
    """Codes and messages without places, in alphabetical order of these."""
    assert not result.diagnostics.has_errors
    return sorted(line.partition(": ")[2] for line in report(result.diagnostics))


def test_what_was_begun_is_where_it_is_said_to_be(site: tuple[Path, list[Begun]]) -> None:
    root, all_begun = site
    for begun in all_begun:
        lines = (root / begun.path).read_text("utf-8").split("\n")
        kind = kind_of(begun.path)
        assert kind
        assert kind.name == begun.kind
        if kind.layout == "collection":
            assert lines[begun.line - 1] == f"{begun.id}:"
            assert lines[begun.line - 2] == ""
        loaded = load_file(begun.path, (root / begun.path).read_bytes(), kind)
        assert loaded.diagnostics == ()
        assert begun.id in {entry.id for entry in loaded.entries}


def test_what_was_there_before_is_still_there_letter_for_letter(site: tuple[Path, list[Begun]]) -> None:
    root, all_begun = site
    for begun in all_begun:
        if (ROOT / begun.path).exists():
            assert (root / begun.path).read_text("utf-8").startswith((ROOT / begun.path).read_text("utf-8"))


def test_every_key_is_explained_and_the_others_are_there_to_be_used(site: tuple[Path, list[Begun]]) -> None:
    root, all_begun = site
    for begun in all_begun:
        kind = kind_of(begun.path)
        assert kind
        text = "\n".join((root / begun.path).read_text("utf-8").split("\n")[begun.line - 1 :])
        for key in kind.model.model_fields:
            used = re.search(rf"^ *# .+\n *{key}:", text, re.MULTILINE)
            offered = re.search(rf"^ *# {key}: \S.*  # .+", text, re.MULTILINE)
            assert used or offered or key == "draft", f"{begun.path} does not explain {key}:\n{text}"


def test_what_is_offered_in_a_comment_can_be_used(site: tuple[Path, list[Begun]]) -> None:
    root, all_begun = site
    for begun in all_begun:
        kind = kind_of(begun.path)
        assert kind
        lines = (root / begun.path).read_text("utf-8").split("\n")
        for index in range(begun.line, len(lines)):
            lines[index] = re.sub(r"^( *)# (\w+: \S.*  # )", r"\1\2", lines[index])
        loaded = load_file(begun.path, "\n".join(lines).encode(), kind)
        assert [(one.code, one.message) for one in loaded.diagnostics] == [], begun.path


def test_it_is_a_draft_where_only_the_editor_knows_the_words(site: tuple[Path, list[Begun]]) -> None:
    root, all_begun = site
    finished = {"quote", "timeline", "factsheet", "comparison", "season"}
    for begun in all_begun:
        text = "\n".join((root / begun.path).read_text("utf-8").split("\n")[begun.line - 1 :])
        assert ("draft: true" in text) == (begun.kind not in finished), begun.kind


def test_a_new_note_reads_like_this(tmp_path: Path) -> None:
    begun = begin(make_project(tmp_path), ["update", "The entry list"], TODAY)
    assert begun.path == "content/updates/2026-12-01-the-entry-list.md"
    assert (
        (tmp_path / begun.path).read_text("utf-8")
        == """\
---
# true: only seen in the preview and with --drafts
draft: true
# the headline
title: The entry list
# one sentence for search engines and shared links
description: "The entry list: say in one sentence what this note tells."
# the day of the news; from this day on it is published
date: 2026-12-01
# What else there is; take the # away to use it.
# updated: 2026-01-17           # when the text last changed; goes to the sitemap
# picture: id-of-a-picture      # shown at the head of the page: an id from content/pictures.yaml
# aliases: [/old-address/]      # old permalinks that lead here
---

Write the text here. After each sentence that tells a fact stands its source: `[@id-of-a-source]`.
"""
    )


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ([], "what is it to be? One of: chapter, comparison, edition"),
        (["perzon", "A"], "did you mean “person”?"),
        (["site", "A"], "there is one site, and it is there: content/site.yaml"),
        (["person"], "write what it is called: --new person NAME"),
        (["person", "  "], "write what it is called"),
        (["person", "日本"], "“日本” holds no letter or digit"),
        (["edition", "next year"], "an edition is named by its year"),
        (["quote", "ann"], "write: --new quote PERSON SOURCE “the words”"),
        (["quote", "anne", "first-source", "Yes."], "there is no person “anne”; did you mean “ann”?"),
        (["quote", "ann", "second", "Yes."], "there is no source “second”; begin it first: --new source …"),
        (["quote", "ann", "first-source", "no " * 31], "the quote has 31 words; a quote may have 30"),
        (["picture", "car.png"], "there is no file car.png, and none of that name in static/pictures/"),
        (["picture", "content/site.yaml"], "site.yaml is none of the pictures that are understood"),
        (["source", "https://example.com/report"], "cite it as [@first-source]"),
        (["page", "Home"], "the page “home” is there already: content/pages/home.md"),
    ],
)
def test_what_cannot_be_begun_is_explained(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str], message: str
) -> None:
    root = make_project(tmp_path, {"content/people/ann.md": "---\nname: Ann\n---\n"})
    monkeypatch.chdir(root)
    before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    with pytest.raises(CannotBegin, match=re.escape(message)):
        begin(root, words, TODAY)
    assert {path: path.read_bytes() for path in root.rglob("*") if path.is_file()} == before


def test_nothing_is_begun_twice(tmp_path: Path) -> None:
    root = make_project(tmp_path)
    begin(root, ["term", "Bivouac"], TODAY)
    with pytest.raises(CannotBegin, match=re.escape("the term “bivouac” is there already: content/glossary.yaml:2")):
        begin(root, ["word", "bivouac"], TODAY)
    assert (root / "content/glossary.yaml").read_text().startswith("# yaml-language-server: $schema=")


def test_what_would_take_the_place_of_what_is_shown_is_refused(tmp_path: Path) -> None:
    write(tmp_path, "content/seasons/w2rc-2026.yaml", "title: A\n")
    with pytest.raises(CannotBegin, match="would come before it"):
        begin(tmp_path, ["season", "Another"], TODAY)


def test_a_picture_from_elsewhere_is_copied_to_the_others(tmp_path: Path) -> None:
    root = make_project(tmp_path / "project")
    file = tmp_path / "Night & Day.PNG"
    Image.new("RGB", (8, 8)).save(file)
    begun = begin(root, ["picture", str(file)], TODAY)
    assert begun.id == "night-day"
    assert (root / "static/pictures/night-day.png").read_bytes() == file.read_bytes()
    with pytest.raises(CannotBegin, match="there is already a picture “night-day”"):
        begin(root, ["picture", str(file)], TODAY)
