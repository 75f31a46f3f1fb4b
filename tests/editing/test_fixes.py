from __future__ import annotations

from pathlib import Path

import pytest

from microsite.diagnostics import Diagnostic, Diagnostics, Span
from microsite.editing import fixes
from microsite.editing.content import Files, read_content
from microsite.editing.fixes import mend
from tests.projects import make_project, page
from tests.real_site import ROOT

PATH = "content/pages/a.md"


class Scripted:
    """A reader that finds what it is told to find, round by round, and notes what it was given."""

    def __init__(self, *rounds: list[Diagnostic]) -> None:
        self._rounds = list(rounds)
        self.seen: list[str] = []

    def site(self, files: Files) -> tuple[None, Diagnostics]:
        self.seen.append(files[PATH].decode())
        return None, Diagnostics(self._rounds.pop(0) if len(self._rounds) > 1 else list(self._rounds[0]))


def found(line: int, column: int, length: int, replacement: str | None) -> Diagnostic:
    return Diagnostic("any", f"{line}:{column}", Span(PATH, line, column, length), replacement=replacement)


def mended(monkeypatch: pytest.MonkeyPatch, text: str, *rounds: list[Diagnostic]) -> str:
    monkeypatch.setattr(fixes, "Reader", lambda: Scripted(*rounds, []))
    return mend({PATH: text.encode()})[0][PATH].decode()


def test_exactly_the_place_is_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "one two three\n\nfour  \nfive\n"
    problems = [found(1, 5, 3, "2"), found(1, 9, 5, ""), found(3, 1, 0, "-> "), found(4, 1, 4, None)]
    assert mended(monkeypatch, text, problems) == "one 2\n\n-> four  \nfive\n"


def test_of_two_that_overlap_the_first_is_mended(monkeypatch: pytest.MonkeyPatch) -> None:
    assert mended(monkeypatch, "abcdef\n", [found(1, 1, 3, "x"), found(1, 2, 3, "y"), found(1, 4, 1, "z")]) == "xzef\n"


def test_what_comes_to_light_is_mended_too(monkeypatch: pytest.MonkeyPatch) -> None:
    assert mended(monkeypatch, "ab\n", [found(1, 1, 1, "x")], [found(1, 2, 1, "y")]) == "xy\n"


def test_it_does_not_go_in_circles(monkeypatch: pytest.MonkeyPatch) -> None:
    again = [found(1, 1, 1, "aa")]
    monkeypatch.setattr(fixes, "Reader", lambda: Scripted(again))
    files, left = mend({PATH: b"a\n"})
    assert files == {PATH: b"a\n"}
    assert left.found == again


def test_what_is_sound_and_tidy_stays_as_it_is(tmp_path: Path) -> None:
    for root in (make_project(tmp_path), ROOT):
        files = read_content(root)
        after, left = mend(files)
        assert after == files
        assert left.found == []


def test_comments_order_and_what_cannot_be_mended_stay(tmp_path: Path) -> None:
    text = "# first  \nb:  2 # two\na: [x,   y]\n"
    root = make_project(tmp_path, {"content/timelines/a.yaml": text, "content/pages/b.md": page("B", "[@no-such]")})
    after, left = mend(read_content(root))
    assert after["content/timelines/a.yaml"].decode() == "# first\nb:  2 # two\na: [x,   y]\n"
    assert after["content/pages/b.md"] == (root / "content/pages/b.md").read_bytes()
    assert left.has_errors
