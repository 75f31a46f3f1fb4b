"""A project on disk: its files, its cache, and one build of it from a look at the files to a tree."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from microsite.inputs import ChangedMeanwhile, Inputs, scan
from microsite.interpreter import distributions, salt, scan_generator

if TYPE_CHECKING:
    from microsite.memory import Memory
    from microsite.pipeline import BuildResult, Draft, Settings
    from microsite.progress import Progress

INPUT_FOLDERS = ("content", "templates", "static")
CACHE = Path(".cache", "microsite")
ATTEMPTS = 5
Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class Look:
    """The stamps of everything that a build depends on."""

    inputs: Inputs
    generator: Inputs


@dataclass(frozen=True, slots=True)
class Project:
    """The folder that holds content/, templates/ and static/."""

    root: Path

    @property
    def cache(self) -> Path:
        return self.root / CACHE

    @property
    def forbidden(self) -> list[Path]:
        """Folders that no output may lie in or replace."""
        return [self.root / name for name in (*INPUT_FOLDERS, "tests", "microsite", ".cache", ".git")]

    def look(self, known: Look | None = None) -> Look:
        """Look at all files, reading only those that seem to have changed since `known`."""
        inputs = scan(self.root, INPUT_FOLDERS, known.inputs if known else {})
        return Look(inputs, scan_generator(known.generator if known else {}))

    def open_memory(self, generator: Inputs, clean: bool) -> Memory:
        from microsite.memory import Memory

        file = None if clean else self.cache / "memory.sqlite"
        return Memory(file, salt(generator, distributions()))

    def build(self, look: Look, settings: Settings, memory: Memory, progress: Progress) -> tuple[BuildResult, Look]:
        """Build, and look again if a file changes on the way. The look that the result was made from comes with it.

        Raises `ChangedMeanwhile` if files change faster than they can be read.
        """
        from microsite.pipeline import build_tree

        return self._undisturbed(look, lambda inputs: build_tree(self.root, inputs, settings, memory, progress))

    def begin(
        self, look: Look, settings: Settings, memory: Memory, progress: Progress, before: Draft | None = None
    ) -> tuple[Draft, Look]:
        """Like `build`, but without pages yet; `before` is an earlier draft."""
        from microsite.pipeline import begin

        return self._undisturbed(look, lambda inputs: begin(self.root, inputs, settings, memory, progress, before))

    def _undisturbed(self, look: Look, make: Callable[[Inputs], Made]) -> tuple[Made, Look]:
        for attempt in range(ATTEMPTS):
            try:
                return make(look.inputs), look
            except ChangedMeanwhile:
                if attempt == ATTEMPTS - 1:
                    raise
                look = replace(look, inputs=scan(self.root, INPUT_FOLDERS, {}))
        raise AssertionError("unreachable")

    def source(self, path: str) -> str | None:
        """The text of a file, for excerpts; None if it cannot be read or, as a picture, is none."""
        file = self.root / path
        try:
            content = file.read_bytes() if file.is_file() else b"\0"  # a pipe would wait for ever
        except OSError:
            return None
        return None if b"\0" in content else content.decode("utf-8-sig", errors="replace")
