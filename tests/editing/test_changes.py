from __future__ import annotations

import io
import os
import sys
from pathlib import Path

import pytest

from microsite.editing.changes import ChangedUnderneath, Changes, is_agreed, unified_diff, write
from tests.projects import write as put


def files(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def test_the_diff_is_the_one_that_everybody_reads() -> None:
    changes = Changes({"a.md": b"one\ntwo\n"}, {"a.md": b"one\n2\n"})
    assert unified_diff(changes) == "--- a/a.md\n+++ b/a.md\n@@ -1,2 +1,2 @@\n one\n-two\n+2\n"


def test_new_files_moves_line_ends_and_a_missing_last_newline_are_shown() -> None:
    changes = Changes(
        {"old.md": b"same\n", "crlf.md": b"x\r\ny"},
        {"new.md": b"new\n", "old.md": b"same\n", "crlf.md": b"x\ny\n"},
        {"old.md": "other.md"},
    )
    assert changes.paths == ["crlf.md", "new.md", "old.md"]
    assert unified_diff(changes) == (
        "--- a/crlf.md\n+++ b/crlf.md\n@@ -1,2 +1,2 @@\n-x␍\n-y\n\\ No newline at end of file\n+x\n+y\n"
        "--- /dev/null\n+++ b/new.md\n@@ -0,0 +1 @@\n+new\n"
        "rename from old.md\nrename to other.md\n"
    )


def test_what_stays_the_same_is_neither_shown_nor_touched(tmp_path: Path) -> None:
    put(tmp_path, "a.md", "one\n")
    os.utime(tmp_path / "a.md", ns=(1, 1))
    changes = Changes({"a.md": b"one\n"}, {"a.md": b"one\n"})
    assert (changes.paths, unified_diff(changes)) == ([], "")
    write(tmp_path, changes)
    assert (tmp_path / "a.md").stat().st_mtime_ns == 1


def test_files_are_written_made_and_moved_and_keep_their_mode(tmp_path: Path) -> None:
    for path in ("a.md", "b.md"):
        put(tmp_path, path, "one\n")
    (tmp_path / "a.md").chmod(0o640)
    write(tmp_path, Changes({"a.md": b"one\n", "b.md": b"one\n"}, {"a.md": b"2\n", "x/c.md": b"3\n"}, {"b.md": "d.md"}))
    assert files(tmp_path) == {"a.md": b"2\n", "x/c.md": b"3\n", "d.md": b"one\n"}
    assert (tmp_path / "a.md").stat().st_mode & 0o777 == 0o640


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege there")
def test_a_linked_file_is_written_where_it_lies(tmp_path: Path) -> None:
    put(tmp_path, "elsewhere/a.md", "one\n")
    (tmp_path / "a.md").symlink_to(tmp_path / "elsewhere/a.md")
    write(tmp_path, Changes({"a.md": b"one\n"}, {"a.md": b"2\n"}))
    assert (tmp_path / "a.md").is_symlink()
    assert (tmp_path / "elsewhere/a.md").read_bytes() == b"2\n"


@pytest.mark.parametrize(
    "changes",
    [
        Changes({"a.md": b"one\n", "b.md": b"not this\n"}, {"a.md": b"2\n", "b.md": b"2\n"}),
        Changes({"a.md": b"one\n"}, {"a.md": b"2\n", "b.md": b"new, they thought\n"}),
        Changes({"a.md": b"one\n"}, {"a.md": b"2\n"}, {"a.md": "b.md"}),
        Changes({"a.md": b"one\n", "gone.md": b"x"}, {"a.md": b"2\n", "gone.md": b"y"}),
    ],
)
def test_nothing_is_written_if_a_file_is_not_what_it_was(tmp_path: Path, changes: Changes) -> None:
    for path in ("a.md", "b.md"):
        put(tmp_path, path, "one\n")
    with pytest.raises(ChangedUnderneath):
        write(tmp_path, changes)
    assert files(tmp_path) == {"a.md": b"one\n", "b.md": b"one\n"}


def test_who_cannot_be_asked_has_not_agreed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("y\n"))
    assert is_agreed("Write?", yes=False) is None
    assert is_agreed("Write?", yes=True) is True


@pytest.mark.parametrize(("answer", "agreed"), [("y", True), ("YES", True), ("", False), ("n", False)])
def test_only_a_yes_is_a_yes(monkeypatch: pytest.MonkeyPatch, answer: str, agreed: bool) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True)
    monkeypatch.setattr("builtins.input", lambda _: answer)
    assert is_agreed("Write?", yes=False) is agreed
