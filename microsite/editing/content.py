"""The content of a project as bytes by path, and what reading all of it says, without building a page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from errno import EIO
from pathlib import Path

from microsite.diagnostics import Diagnostics
from microsite.inputs import read, scan
from microsite.load import CONTENT, Loaded, kind_of, load_file
from microsite.site_model import Site, build_site

Files = Mapping[str, bytes]


def read_content(root: Path) -> dict[str, bytes]:
    """Every file that holds content, by its path in the project; `ChangedMeanwhile` if one is being written, `OSError`
    if one cannot be read: whoever changes content needs to know all of it."""
    stamps = scan(root, [CONTENT.rstrip("/")], {})
    for path, stamp in stamps.items():
        if stamp.unreadable:
            raise OSError(EIO, stamp.unreadable, path)
    return {path: read(root, path, stamp) for path, stamp in stamps.items() if kind_of(path)}


@dataclass(slots=True)
class Reader:
    """Reads content again and again, as it changes: a file that is as before is not read anew."""

    _known: dict[tuple[str, bytes], Loaded] = field(default_factory=dict)

    def load(self, files: Files) -> list[Loaded]:
        """What each file gives, drafts among it."""
        return [self._load(path, content) for path, content in files.items()]

    def site(self, files: Files) -> tuple[Site, Diagnostics]:
        """All entries together, drafts among them, and what is wrong with them."""
        diagnostics = Diagnostics()
        loaded = self.load(files)
        for one in loaded:
            diagnostics.extend(one.diagnostics)
        return build_site(loaded, True, diagnostics), diagnostics

    def _load(self, path: str, content: bytes) -> Loaded:
        key = (path, content)
        if key not in self._known:
            kind = kind_of(path)
            self._known[key] = load_file(path, content, kind) if kind else Loaded()
        return self._known[key]
