"""The site while it is being edited: the newest good tree in memory, and what is wrong with the newest files.

There is one thread of control. Whoever asks, a request or the watcher, calls `refresh`, which looks at the files and
builds if they are not those of the last build; so a save can be neither missed nor half seen.
"""

from __future__ import annotations

import mimetypes
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial

from microsite.diagnostics import Diagnostics
from microsite.diagnostics.overlay import render_error_page, render_overlay
from microsite.inputs import ChangedMeanwhile, digests
from microsite.memory import Memory
from microsite.pipeline import Progress, Settings
from microsite.project import Look, Project
from microsite.publish import OutputFile
from microsite.style_sheets import STATIC

_FINGERPRINT = re.compile(r"\.[0-9a-f]{8}(?=\.[a-z0-9]+$)")
_HEAD_END, _BODY_END = b"</head>", b"</body>"
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
    _name: str = field(default_factory=lambda: secrets.token_hex(4))

    @property
    def edition(self) -> str:
        """The generation with a name of this preview: a page left open over a restart must not take it for its own."""
        return f"{self._name}.{self.generation}"

    def refresh(self, progress: Progress = lambda *_: None) -> Change | None:
        """Build if any file changed; None if there is nothing new to show."""
        before = self._look
        look = self.project.look(before)
        if before and _digests(before) == _digests(look):
            self._look = look
            return None
        try:
            result, look = self.project.build(look, self.settings, self.memory, progress)
            tree = self.tree if result.diagnostics.has_errors else self._lasting(result.tree, look)
        except ChangedMeanwhile:
            return None  # a file is being written at this moment; the watcher will tell when it is done
        overlaid = self.diagnostics.has_errors or result.diagnostics.has_errors
        only_styles = before is not None and not overlaid and _only_styles(before, look)
        change = Change(_new_style_sheets(self.tree, tree) if only_styles else None)
        self.diagnostics, self.tree, self._look = result.diagnostics, tree, look
        self.generation += 1
        self._remember()
        return change

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

    def _lasting(self, tree: Mapping[str, OutputFile], look: Look) -> dict[str, OutputFile]:
        """The tree, its files of static/ read now: it is shown even when they have changed and nothing good came of it.

        Raises `ChangedMeanwhile` if one has changed already.
        """
        held = {file.digest: file for file in self.tree.values()}
        static = {stamp.digest for path, stamp in look.inputs.items() if path.startswith(STATIC)}
        return {
            path: (held.get(file.digest) or _held(file)) if file.digest in static else file
            for path, file in tree.items()
        }

    def _remember(self) -> None:
        """Save what was made. The tree that is shown counts as used, though a build that failed had no use for it."""
        for file in self.tree.values():
            self.memory.file(file.digest)
        self.memory.save()

    def _page(self, name: str, status: int) -> Response:
        content = self.tree[name].read()
        kind = _content_type(name)
        if kind.startswith("text/html") and self.diagnostics.has_errors:
            content = _before(_BODY_END, render_overlay(self.diagnostics, self.project.source), content)
        return Response(status, kind, content)

    def _newest(self, name: str) -> str | None:
        """A page that was loaded before a change may still ask for a file by its old fingerprint."""
        plain = _FINGERPRINT.sub("", name)
        if plain == name:
            return None
        return next((one for one in self.tree if _FINGERPRINT.sub("", one) == plain), None)


def with_script(html: bytes, script: str) -> bytes:
    """A page with one more script in its head."""
    return _before(_HEAD_END, script, html)


def _before(tag: bytes, addition: str, html: bytes) -> bytes:
    """`html` with something added before a closing tag, or at its end: HTML lets authors leave the tag out."""
    head, found, tail = html.partition(tag)
    return head + addition.encode() + found + tail


def _held(file: OutputFile) -> OutputFile:
    return OutputFile(file.digest, partial(bytes, file.read()))


def _content_type(name: str) -> str:
    extension = name[name.rfind(".") :]
    kind = _TYPES.get(extension) or mimetypes.guess_type(name)[0] or "application/octet-stream"
    textual = kind.startswith("text/") or kind in ("application/json", "application/xml")
    return f"{kind}; charset=utf-8" if textual else kind


def _digests(look: Look) -> tuple[dict[str, bytes], dict[str, bytes]]:
    return digests(look.inputs), digests(look.generator)


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
