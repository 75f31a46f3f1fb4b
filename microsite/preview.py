"""The site while it is being edited: the newest good tree in memory, and what is wrong with the newest files.

There is one thread of control. Whoever asks, a request or the watcher, calls `refresh`, which looks at the files and
builds if they are not those of the last build; so a save can be neither missed nor half seen.
"""

from __future__ import annotations

import mimetypes
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from microsite.diagnostics import Diagnostics
from microsite.diagnostics.overlay import render_error_page, render_overlay
from microsite.inputs import ChangedMeanwhile
from microsite.memory import Memory
from microsite.pipeline import Progress, Settings
from microsite.project import Look, Project
from microsite.publish import OutputFile

_FINGERPRINT = re.compile(r"\.[0-9a-f]{8}(?=\.[a-z0-9]+$)")
_BODY_END = b"</body>"
_TYPES = {".webmanifest": "application/manifest+json", ".woff2": "font/woff2", ".avif": "image/avif"}


@dataclass(frozen=True, slots=True)
class Response:
    """`status` is an HTTP status code, `location` where a redirect leads."""

    status: int
    content_type: str
    content: bytes
    location: str | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """What a refresh brought. `style_sheets` are the new addresses of style sheets if nothing else changed."""

    style_sheets: Mapping[str, str] | None


@dataclass(slots=True)
class Preview:
    """The state of a preview; `generation` counts the builds that changed what is shown."""

    project: Project
    settings: Settings
    memory: Memory
    generation: int = 0
    diagnostics: Diagnostics = field(default_factory=Diagnostics)
    tree: Mapping[str, OutputFile] = field(default_factory=dict)
    _look: Look | None = None

    def refresh(self, progress: Progress = lambda *_: None) -> Change | None:
        """Build if any file changed; None if there is nothing new to show."""
        look = self.project.look(self._look)
        before = self._look
        if before and _digests(before) == _digests(look):
            self._look = look
            return None
        try:
            result, self._look = self.project.build(look, self.settings, self.memory, progress)
        except ChangedMeanwhile:
            return None  # a file is being written at this moment; the watcher will tell when it is done
        self.diagnostics = result.diagnostics
        old, self.tree = self.tree, self.tree if result.diagnostics.has_errors else result.tree
        self.generation += 1
        self.memory.save()
        only_styles = before is not None and not result.diagnostics.found and _only_styles(before, look)
        return Change(_new_style_sheets(old, self.tree) if only_styles else None)

    def respond(self, path: str) -> Response:
        """The answer to a request for a path of the site, which begins with a slash."""
        inside = path.removeprefix("/")
        name = inside + "index.html" if inside.endswith("/") or not inside else inside
        if name in self.tree:
            return self._page(name, 200)
        if f"{name}/index.html" in self.tree:
            return Response(301, "text/plain", b"", path + "/")
        newest = self._newest(name)
        if newest:
            return self._page(newest, 200)
        if not self.tree:
            page = render_error_page(self.diagnostics, self.project.source)
            return Response(500, "text/html; charset=utf-8", page.encode())
        if "404.html" in self.tree:
            return self._page("404.html", 404)
        return Response(404, "text/plain; charset=utf-8", b"There is no such page.")

    def _page(self, name: str, status: int) -> Response:
        content = self.tree[name].read()
        kind = _content_type(name)
        if kind.startswith("text/html") and self.diagnostics.has_errors:
            overlay = render_overlay(self.diagnostics, self.project.source).encode()
            content = content.replace(_BODY_END, overlay + _BODY_END, 1)
        return Response(status, kind, content)

    def _newest(self, name: str) -> str | None:
        """A page that was loaded before a change may still ask for a file by its old fingerprint."""
        plain = _FINGERPRINT.sub("", name)
        if plain == name:
            return None
        return next((one for one in self.tree if _FINGERPRINT.sub("", one) == plain), None)


def _content_type(name: str) -> str:
    extension = name[name.rfind(".") :]
    kind = _TYPES.get(extension) or mimetypes.guess_type(name)[0] or "application/octet-stream"
    textual = kind.startswith("text/") or kind in ("application/json", "application/xml")
    return f"{kind}; charset=utf-8" if textual else kind


def _digests(look: Look) -> tuple[dict[str, bytes], dict[str, bytes]]:
    return (
        {path: stamp.digest for path, stamp in look.inputs.items()},
        {path: stamp.digest for path, stamp in look.generator.items()},
    )


def _only_styles(before: Look, after: Look) -> bool:
    changed = {
        path
        for path in before.inputs.keys() | after.inputs.keys()
        if (one := before.inputs.get(path)) is None
        or (other := after.inputs.get(path)) is None
        or one.digest != other.digest
    }
    return all(path.endswith(".css") for path in changed)


def _new_style_sheets(old: Mapping[str, OutputFile], new: Mapping[str, OutputFile]) -> dict[str, str]:
    """The addresses of replaced style sheets and of those that replace them."""
    by_name = {_FINGERPRINT.sub("", path): path for path in new if path.endswith(".css")}
    return {
        f"/{path}": f"/{by_name[plain]}"
        for path in old
        if path.endswith(".css") and path not in new and (plain := _FINGERPRINT.sub("", path)) in by_name
    }
