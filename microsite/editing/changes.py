"""Changes to files that are shown before they are made: a diff, a question, and files replaced whole."""

from __future__ import annotations

import difflib
import os
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path


class ChangedUnderneath(Exception):
    """A file is no longer what the changes were made from. Nothing has been written."""


@dataclass(frozen=True, slots=True)
class Changes:
    """New texts of files by path in the project, what they were made from, and the new names of those that move.

    A path that is missing from `before` is a new file. `after` goes by the old names.
    """

    before: Mapping[str, bytes]
    after: Mapping[str, bytes]
    moves: Mapping[str, str] = field(default_factory=dict)

    @property
    def paths(self) -> list[str]:
        """Those that differ, by their old names."""
        changed = {path for path, text in self.after.items() if text != self.before.get(path)}
        return sorted(changed | set(self.moves))


def unified_diff(changes: Changes) -> str:
    """What changes, as `diff -u` and git show it, with three lines around each change."""
    return "".join(line for path in changes.paths for line in _diff_of(path, changes))


def _diff_of(path: str, changes: Changes) -> Iterator[str]:
    goal = changes.moves.get(path, path)
    if goal != path:
        yield f"rename from {path}\nrename to {goal}\n"
    old = changes.before.get(path)
    lines = difflib.unified_diff(
        _lines(old or b""),
        _lines(changes.after.get(path, old or b"")),
        f"a/{path}" if old is not None else "/dev/null",
        f"b/{goal}",
    )
    for line in lines:
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


def _lines(content: bytes) -> list[str]:
    # Carriage returns are shown, or a line that only loses its own would seem to stay as it is.
    text = content.decode("utf-8", "replace").replace("\r", "␍")
    return text.splitlines(keepends=True) if "␍" not in text else _split_keeping_ends(text)


def _split_keeping_ends(text: str) -> list[str]:
    return [line for line in text.replace("\n", "\n\0").split("\0") if line]


def is_agreed(question: str, yes: bool) -> bool | None:
    """Whether the user wants it; None if there is nobody to ask."""
    if yes:
        return True
    if not sys.stdin.isatty():
        return None
    return input(f"{question} [y/N] ").strip().casefold() in ("y", "yes")


def write(root: Path, changes: Changes) -> None:
    """Make the changes: all files are written beside their places first, and put there only if all could be.

    Raises `ChangedUnderneath` if a file is not, or no longer, what the changes were made from, and `OSError`.
    """
    staged: dict[Path, Path] = {}
    try:
        for path in changes.paths:
            _check(root, path, changes)
            goal = Path(os.path.realpath(root / changes.moves.get(path, path)))
            content = changes.after.get(path, changes.before.get(path, b""))
            staged[goal] = _stage(goal, content, like=root / path)
        for goal, temporary in staged.items():
            os.replace(temporary, goal)
    finally:
        for temporary in staged.values():
            temporary.unlink(missing_ok=True)
    for path in changes.moves:
        (root / path).unlink()


def _check(root: Path, path: str, changes: Changes) -> None:
    known, goal = changes.before.get(path), changes.moves.get(path, path)
    found = (root / path).read_bytes() if (root / path).exists() else None
    if found != known:
        raise ChangedUnderneath(path)
    if (known is None or goal != path) and os.path.lexists(root / goal):
        raise ChangedUnderneath(goal)


def _stage(goal: Path, content: bytes, like: Path) -> Path:
    goal.parent.mkdir(parents=True, exist_ok=True)
    # The watcher of the preview passes over names that begin with a dot.
    temporary = goal.with_name(f".{goal.name}.{os.getpid()}.tmp")
    temporary.write_bytes(content)
    if like.exists():
        temporary.chmod(like.stat().st_mode & 0o777)
    return temporary
