"""The site while it is being edited: the newest pages in memory, and what is wrong with the newest files.

There is one thread of control. Whoever asks, a request or the watcher, calls `follow`, which looks at the files and
begins a draft if they are not those of the last one; so a save can be neither missed nor half seen. A draft shows a
page as soon as it is asked for. All other pages are made, and the whole is audited, in `steps` when there is time.
"""

from __future__ import annotations

import mimetypes
import re
import secrets
import sys
from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from urllib.parse import quote

from microsite.diagnostics import Diagnostics, Span
from microsite.diagnostics.overlay import render_error_page, render_overlay
from microsite.entries import name_of
from microsite.inputs import ChangedMeanwhile, digests
from microsite.memory import Memory
from microsite.pipeline import BuildResult, Draft, Settings, finish_in_steps, render_one
from microsite.progress import Progress
from microsite.project import Look, Project
from microsite.publish import OutputFile
from microsite.style_sheets import STATIC

_FINGERPRINT = re.compile(r"\.[0-9a-f]{8}(?=\.[a-z0-9]+$)")
_HEAD_END, _BODY_END = b"</head>", b"</body>"
NO_SUCH_PAGE = b'<!doctype html><html lang="en"><title>404</title><body>There is no such page.</body></html>'
_POLICY = re.compile(rb'<meta http-equiv="Content-Security-Policy"[^>]*>')
_TYPES = {".webmanifest": "application/manifest+json", ".woff2": "font/woff2", ".avif": "image/avif"}


@dataclass(frozen=True, slots=True)
class Response:
    """`status` is an HTTP status code, `location` where a redirect leads. A `lasting` one never changes."""

    status: int
    content_type: str
    content: bytes
    location: str | None = None
    lasting: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """What there is to show anew. `style_sheets` are the new addresses of style sheets if nothing else changed."""

    style_sheets: Mapping[str, str] | None = None


@dataclass(slots=True)
class Preview:
    """The state of a preview; `generation` counts what was shown. `tree` is the last tree of which every page could be
    made, `draft` what is newer than that; the tree is `stale` if there is something newer that could not be made."""

    project: Project
    settings: Settings
    memory: Memory
    editor: str | None = None
    generation: int = 0
    diagnostics: Diagnostics = field(default_factory=Diagnostics)
    tree: Mapping[str, OutputFile] = field(default_factory=dict)
    draft: Draft | None = None
    stale: bool = False
    _last_draft: Draft | None = None
    _files: Mapping[str, OutputFile] = field(default_factory=dict)
    _steps: Generator[None, None, BuildResult] | None = None
    _look: Look | None = None
    _addresses: Mapping[str, str] = field(default_factory=dict)
    _moved: dict[str, str] = field(default_factory=dict)
    _asked: dict[str, bytes] = field(default_factory=dict)
    _name: str = field(default_factory=lambda: secrets.token_hex(4))

    @property
    def edition(self) -> str:
        """The generation with a name of this preview: a page left open over a restart must not take it for its own."""
        return self._edition(self.generation)

    def _edition(self, generation: int) -> str:
        return f"{self._name}.{generation}"

    def refresh(self, progress: Progress = lambda *_: None) -> Change | None:
        """Follow the files and finish; None if there is nothing new to show."""
        change = self.follow(progress)
        return self.finish(progress) or change

    def follow(
        self, progress: Progress = lambda *_: None, foretell: Callable[[str], None] = lambda _: None
    ) -> Change | None:
        """Begin a draft if any file changed; None if there is nothing new to show.

        If pages will have to be loaded anew, `foretell` is called with their edition before the draft is begun.
        """
        before = self._look
        look = self.project.look(before)
        if before and _digests(before) == _digests(look):
            self._look = look
            return None
        if not _only_styles(before, look):
            foretell(self._edition(self.generation + 1))
        if self.draft is None:
            self.memory.start_run()
        try:
            draft, look = self.project.begin(look, self.settings, self.memory, progress, self._last_draft)
            files = self._lasting(draft, look)
        except ChangedMeanwhile:
            return None  # a file is being written at this moment; the watcher will tell when it is done
        shown = self._files
        if not draft.diagnostics.has_errors:
            self._notice_moves(_addresses(draft))
        self.draft, self._last_draft, self._files, self._look, self._steps = draft, draft, files, look, None
        self._asked = {}
        self.generation += 1
        if self.diagnostics.has_errors or draft.diagnostics.has_errors or not self.tree:
            # Where there was or will be an overlay, nobody should see the page without it for a moment.
            self._take_all_steps(progress)
            return Change()
        return Change(_new_style_sheets(shown, files) if _only_styles(before, look) else None)

    def finish(self, progress: Progress = lambda *_: None) -> Change | None:
        """Take all steps that are left; a change if they bring mistakes to light."""
        if self.draft is None or not self._take_all_steps(progress):
            return None
        self.generation += 1
        return Change()

    def step(self) -> Change | None:
        """Take one short step; a change if it was the last and there are mistakes."""
        if self.draft is None or not self._step(lambda *_: None, at_once=1):
            return None
        self.generation += 1
        return Change()

    def _take_all_steps(self, progress: Progress) -> bool:
        found = False
        while self.draft is not None:
            found = self._step(progress, at_once=sys.maxsize)
        return found

    def _step(self, progress: Progress, at_once: int) -> bool:
        """Whether it was the last and there are mistakes."""
        if self._steps is None and self.draft is not None:
            self._steps = finish_in_steps(self.draft, progress, at_once)
        try:
            if self._steps is not None:
                next(self._steps)
        except StopIteration as end:
            self._finished(end.value)
            return self.diagnostics.has_errors
        except ChangedMeanwhile:
            self.draft = self._steps = self._look = None  # so that the next look begins anew
        return False

    def _finished(self, result: BuildResult) -> None:
        self.diagnostics, self.stale = result.diagnostics, not result.whole
        if result.whole and self.draft:
            # While there are mistakes, what went away may be one of them.
            before = self.tree if result.diagnostics.has_errors else {}
            self.tree = {**before, **result.tree, **self._files}
        self.draft = self._steps = None
        self._remember()

    def respond(self, path: str) -> Response:
        """The answer to a request for a path of the site, which begins with a slash."""
        inside = path.removeprefix("/")
        name = inside + "index.html" if inside.endswith("/") or not inside else inside
        if self.draft and (content := self._of_draft(name, self.draft)) is not None:
            return Response(200, _content_type(name), content, lasting=bool(_FINGERPRINT.search(name)))
        if name in self.tree:
            return self._page(name, 200)
        if f"{name}/index.html" in self.tree:
            return Response(301, "text/plain", b"", path + "/")
        newest = self._newest(name)
        if newest:
            return replace(self._page(newest, 200), lasting=False)
        if path in self._moved:
            return Response(302, "text/plain", b"", self._moved[path])
        if not self.tree:
            page = render_error_page(self.diagnostics, self.project.source, self._opener)
            return Response(500, "text/html; charset=utf-8", page.encode())
        if "404.html" in self.tree:
            return self._page("404.html", 404)
        return Response(404, "text/html; charset=utf-8", NO_SUCH_PAGE)

    def _of_draft(self, name: str, draft: Draft) -> bytes | None:
        """A file of the draft. What is no page of an entry waits for the whole, and so does what cannot be made."""
        if name in self._files:
            return self._files[name].read()
        if _FINGERPRINT.search(name):
            return None
        if name in self._asked:  # whoever cannot show it without loading it anew asks twice
            return self._asked[name]
        content = render_one(draft, "/" + name.removesuffix("index.html"))
        if content is None:
            self.finish()
        else:
            self._asked[name] = content
        return content

    def _lasting(self, draft: Draft, look: Look) -> dict[str, OutputFile]:
        """Assets, files of static/ read now: they are shown even when they have changed and nothing good came of it.

        Raises `ChangedMeanwhile` if one has changed already.
        """
        held = {file.digest: file for file in (*self.tree.values(), *self._files.values())}
        static = {stamp.digest for path, stamp in look.inputs.items() if path.startswith(STATIC)}
        return {
            path: (held.get(file.digest) or _held(file)) if file.digest in static else file
            for path, file in draft.surroundings.assets.files.items()
        }

    def _notice_moves(self, now: Mapping[str, str]) -> None:
        """Whoever looks at a page that is gone is led to the one that came instead, if there can be no other."""
        before, self._addresses = self._addresses, now
        gone = [path for name, path in before.items() if name not in now]
        came = [path for name, path in now.items() if name not in before]
        self._moved.update({path: now[name] for name, path in before.items() if now.get(name, path) != path})
        if len(gone) == len(came) == 1:
            self._moved[gone[0]] = came[0]

    def _remember(self) -> None:
        """Save what was made. The tree that is shown counts as used, though a build that failed had no use for it."""
        for file in self.tree.values():
            self.memory.file(file.digest)
        self.memory.save()

    def _page(self, name: str, status: int) -> Response:
        content = (self._files.get(name) or self.tree[name]).read()
        kind = _content_type(name)
        if kind.startswith("text/html") and self.diagnostics.has_errors:
            # The overlay brings style and script of its own, which the policy of a published page forbids.
            overlay = render_overlay(self.diagnostics, self.project.source, self._opener, self.stale)
            content = _before(_BODY_END, overlay, _POLICY.sub(b"", content))
        return Response(status, kind, content, lasting=bool(_FINGERPRINT.search(name)))

    def _opener(self, span: Span) -> str | None:
        """The address that opens a place in the user's editor."""
        if self.editor is None:
            return None
        path = quote(str(self.project.root / span.path))
        return self.editor.format(path=path.removeprefix("/"), line=span.line, column=span.column)

    def _newest(self, name: str) -> str | None:
        """A page that was loaded before a change may still ask for a file by its old fingerprint."""
        plain = _FINGERPRINT.sub("", name)
        if plain == name:
            return None
        return next((one for one in (*self._files, *self.tree) if _FINGERPRINT.sub("", one) == plain), None)


def with_script(html: bytes, script: str) -> bytes:
    """A page with one more script in its head."""
    return _before(_HEAD_END, script, html)


def _before(tag: bytes, addition: str, html: bytes) -> bytes:
    """`html` with something added before a closing tag, or at its end: HTML lets authors leave the tag out."""
    head, found, tail = html.partition(tag)
    return head + addition.encode() + found + tail


def _addresses(draft: Draft) -> dict[str, str]:
    """The permalink of each entry that has a page, by its name."""
    entries = (entry for kind in draft.site.entries.values() for entry in kind.values())
    return {name_of(entry): entry.permalink for entry in entries if entry.permalink}


def _held(file: OutputFile) -> OutputFile:
    return OutputFile(file.digest, partial(bytes, file.read()))


def _content_type(name: str) -> str:
    extension = name[name.rfind(".") :]
    kind = _TYPES.get(extension) or mimetypes.guess_type(name)[0] or "application/octet-stream"
    textual = kind.startswith("text/") or kind in ("application/json", "application/xml")
    return f"{kind}; charset=utf-8" if textual else kind


def _digests(look: Look) -> tuple[dict[str, bytes], dict[str, bytes]]:
    return digests(look.inputs), digests(look.generator)


def _only_styles(before: Look | None, after: Look) -> bool:
    """Whether style sheets are all that changed. None came or went, for then pages may have other links to them."""
    if before is None or before.inputs.keys() != after.inputs.keys():
        return False
    changed = {path for path in before.inputs if before.inputs[path].digest != after.inputs[path].digest}
    return all(path.endswith(".css") for path in changed)


def _new_style_sheets(old: Mapping[str, OutputFile], new: Mapping[str, OutputFile]) -> dict[str, str]:
    """The addresses of replaced style sheets and of those that replace them."""
    by_name = {_FINGERPRINT.sub("", path): path for path in new if path.endswith(".css")}
    return {
        f"/{path}": f"/{by_name[plain]}"
        for path in old
        if path.endswith(".css") and path not in new and (plain := _FINGERPRINT.sub("", path)) in by_name
    }
