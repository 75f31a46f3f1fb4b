"""A site over none, over another and over itself; over what somebody edited; beside what is not ours."""

from __future__ import annotations

import json
import os
import tempfile
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from microsite import swap as swapping
from microsite.publish import MANIFEST, OutputFile, Published, PublishFailed, PublishRefused, digested, publish
from tests.publish.folders import A, B, everything_in, files_in, litter_beside, put, stamps_in

# A first, a second and the same site


def test_a_first_publish_makes_the_folder_and_its_parents(tmp_path: Path) -> None:
    target = tmp_path / "out" / "public"
    assert put(A, target) == Published(written=4, reused=0, removed=0, unchanged=False)
    assert files_in(target) == A
    assert litter_beside(target) == []


def test_an_empty_folder_is_taken_over(target: Path) -> None:
    target.mkdir()
    put(A, target)
    assert files_in(target) == A


def test_the_manifest_names_each_file_and_its_digest(target: Path) -> None:
    put({"b.html": b"b", "a/é.html": b"a"}, target)
    assert json.loads((target / MANIFEST).read_bytes()) == {
        "generator": "microsite",
        "format": 1,
        "files": {"a/é.html": sha256(b"a").hexdigest(), "b.html": sha256(b"b").hexdigest()},
    }


def test_a_second_publish_writes_only_what_differs(target: Path, swap: str) -> None:
    put(A, target)
    kept = (target / "style.css").stat()
    assert put(B, target) == Published(written=3, reused=1, removed=1, unchanged=False)
    assert files_in(target) == B
    assert not (target / "old").exists()
    assert (target / "style.css").stat().st_ino == kept.st_ino
    assert (target / "style.css").stat().st_mtime_ns == kept.st_mtime_ns
    assert litter_beside(target) == []


def test_nothing_changed_touches_nothing(target: Path) -> None:
    put(A, target)
    (target / "CNAME").write_text("example.org")
    before = stamps_in(target)
    assert put(A, target) == Published(written=0, reused=4, removed=0, unchanged=True)
    assert stamps_in(target) == before
    assert litter_beside(target) == []


def test_only_a_page_less_is_a_change(target: Path) -> None:
    put(A, target)
    fewer = {path: content for path, content in A.items() if path != "old/page/index.html"}
    assert put(fewer, target) == Published(written=0, reused=3, removed=1, unchanged=False)
    assert files_in(target) == fewer


def test_unchanged_content_is_not_even_read(target: Path) -> None:
    def never() -> bytes:
        raise AssertionError("asked for content that is already there")

    put(A, target)
    tree = digested(B) | {"style.css": OutputFile(sha256(b"same").digest(), never)}
    assert publish(tree, target).reused == 1
    assert files_in(target) == B


def test_an_empty_site_is_a_site(target: Path) -> None:
    put(A, target)
    assert put({}, target).removed == 4
    assert everything_in(target).keys() == {MANIFEST}
    assert put({}, target).unchanged


def test_a_file_may_become_a_folder_and_a_folder_a_file(target: Path, swap: str) -> None:
    put({"a": b"file", "b/c": b"in folder"}, target)
    put({"a/x": b"in folder", "b": b"file"}, target)
    assert files_in(target) == {"a/x": b"in folder", "b": b"file"}


def test_a_symbolic_link_stays_and_its_folder_is_replaced(tmp_path: Path, swap: str) -> None:
    real = tmp_path / "disk" / "site"
    link = tmp_path / "public"
    real.parent.mkdir()
    link.symlink_to(real, target_is_directory=True)
    for tree in (A, B):
        put(tree, link)
        assert link.is_symlink()
        assert files_in(real) == tree
    assert litter_beside(real) == []
    assert litter_beside(link) == ["disk"]


# What is edited by hand


def test_a_file_edited_by_hand_is_mended(target: Path) -> None:
    put(A, target)
    page = target / "index.html"
    status = page.stat()
    page.write_bytes(b"Z")  # as long as before, and the time set back: only the content tells
    os.utime(page, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert put(A, target) == Published(written=1, reused=3, removed=0, unchanged=False)
    assert files_in(target) == A


def test_the_caller_may_know_digests_without_reading(target: Path) -> None:
    put(A, target)
    asked = []

    def remembered(path: str) -> bytes:
        asked.append(path)
        return sha256(Path(path).read_bytes()).digest()

    assert publish(digested(A), target, digest_of=remembered).unchanged
    assert sorted(asked) == sorted(str(target / path) for path in A)


def test_a_deleted_file_comes_back(target: Path) -> None:
    put(A, target)
    (target / "style.css").unlink()
    assert put(A, target).written == 1
    assert files_in(target) == A


def test_a_link_in_the_place_of_a_page_is_replaced_and_what_it_points_to_is_not(target: Path, tmp_path: Path) -> None:
    put(A, target)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.write_bytes(A["index.html"])
    (target / "index.html").unlink()
    (target / "index.html").symlink_to(elsewhere)
    assert put(A, target).written == 1
    assert not (target / "index.html").is_symlink()
    assert elsewhere.read_bytes() == A["index.html"]


# What is not ours


def test_foreign_files_are_carried_over_as_they_are(target: Path, swap: str) -> None:
    put(A, target)
    (target / ".well-known" / "empty").mkdir(parents=True)
    (target / ".well-known" / "security.txt").write_text("Contact")
    (target / "old" / "note.txt").write_text("beside a stale page")
    (target / "CNAME").write_text("example.org")
    (target / "CNAME").chmod(0o600)
    (target / "latest").symlink_to("pages")
    (target / "nowhere").symlink_to("missing")
    os.utime(target / ".well-known", (1, 1))
    before = (target / "CNAME").stat()

    put(B, target)

    foreign = {".well-known/security.txt": b"Contact", "CNAME": b"example.org", "old/note.txt": b"beside a stale page"}
    assert files_in(target) == B | foreign
    assert (target / ".well-known" / "empty").is_dir()
    assert (target / ".well-known").stat().st_mtime == 1
    assert not (target / "old" / "page").exists()
    assert (target / "latest").readlink() == Path("pages")
    assert (target / "nowhere").readlink() == Path("missing")
    after = (target / "CNAME").stat()
    assert (after.st_mode, after.st_mtime_ns) == (before.st_mode, before.st_mtime_ns)
    assert put(B, target).unchanged


@pytest.mark.parametrize(
    ("foreign", "tree", "named"),
    [
        ("new/index.html", B, "new/index.html"),
        ("new", B, "new"),
        ("index.html/note.txt", {"index.html": b""}, "index.html"),
        ("folder/", {"folder": b""}, "folder"),
    ],
)
def test_a_page_never_takes_the_place_of_a_foreign_file(
    target: Path, foreign: str, tree: dict[str, bytes], named: str
) -> None:
    put({"first.html": b""}, target)
    if foreign.endswith("/"):
        (target / foreign).mkdir()
    else:
        (target / foreign).parent.mkdir(exist_ok=True)
        (target / foreign).write_text("mine")
    before = stamps_in(target)
    with pytest.raises(PublishRefused) as refusal:
        put(tree, target)
    assert str(refusal.value).startswith(f"{target / named} was not made by microsite, and the site has something else")
    assert stamps_in(target) == before
    assert litter_beside(target) == []


def test_several_collisions_are_counted(target: Path) -> None:
    put({}, target)
    for name in ("index.html", "style.css", "new"):
        (target / name).write_text("mine")
    with pytest.raises(PublishRefused, match=r"index\.html was not made by microsite, nor were 2 others in the way"):
        put(B, target)


@pytest.mark.parametrize("change", ["added", "edited"])
def test_a_foreign_file_that_changes_meanwhile_is_not_lost(target: Path, change: str) -> None:
    put(A, target)
    (target / "CNAME").write_text("example.org")
    name = {"added": "robots.txt", "edited": "CNAME"}[change]

    def change_it() -> bytes:
        (target / "draft").write_text("example.com")
        (target / "draft").replace(target / name)
        return b"B"

    with pytest.raises(PublishFailed, match=r"were changed while the site was being published\. Please try again"):
        publish(digested(A) | {"index.html": OutputFile(sha256(b"B").digest(), change_it)}, target)
    assert files_in(target) == A | {"CNAME": b"example.org"} | {name: b"example.com"}
    assert litter_beside(target) == []


# Any site over any other


NAMES = st.sampled_from(["a", "b", "index.html", "é"])
PATHS = st.lists(NAMES, min_size=1, max_size=3).map("/".join)
CONTENTS = st.sampled_from([b"", b"x", b"y", b"longer content"])


def without_conflicts(tree: dict[str, bytes]) -> dict[str, bytes]:
    folders = {str(folder) for path in tree for folder in Path(path).parents}
    return {path: content for path, content in tree.items() if path not in folders}


SITES = st.dictionaries(PATHS, CONTENTS, max_size=8).map(without_conflicts)
EDITS = st.lists(st.tuples(st.integers(0, 7), st.sampled_from(["overwrite", "delete", "truncate"])), max_size=2)


def edit_by_hand(target: Path, number: int, edit: str) -> None:
    pages = sorted(path for path in target.rglob("*") if path.is_file() and path.name != MANIFEST)
    if pages:
        page = pages[number % len(pages)]
        if edit == "delete":
            page.unlink()
        else:
            page.write_bytes(b"z" if edit == "overwrite" else b"")


@settings(deadline=None, max_examples=100)
@given(st.lists(st.tuples(SITES, EDITS), min_size=1, max_size=5), st.booleans())
def test_any_history_equals_a_fresh_publish(
    history: list[tuple[dict[str, bytes], list[tuple[int, str]]]], renames: bool
) -> None:
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        if renames:
            patch.setattr(swapping, "_exchange", lambda one, other: False)
        target, fresh = Path(folder, "public"), Path(folder, "fresh")
        for number, (site, edits) in enumerate(history):
            result = put(site, target)
            put(site, fresh / str(number))
            assert everything_in(target) == everything_in(fresh / str(number))
            assert result.written + result.reused == len(site)
            assert put(site, target) == Published(0, len(site), 0, unchanged=True)
            for edit in edits:
                edit_by_hand(target, *edit)
        assert litter_beside(target) == ["fresh"]
