"""Files of static/ that are published as they are and are not what their names say: empty, or of another format."""

from __future__ import annotations

from collections.abc import Iterable

from microsite.diagnostics import Diagnostic, Diagnostics, Span
from microsite.memory import Memory
from microsite.pictures import PICTURES
from microsite.style_sheets import StaticFile

_BEGINNINGS = {
    "PNG": (b"\x89PNG\r\n\x1a\n",),
    "JPEG": (b"\xff\xd8\xff",),
    "GIF": (b"GIF87a", b"GIF89a"),
    "WebP": (b"RIFF",),
    "AVIF": (b"\x00\x00\x00",),
    "WOFF2": (b"wOF2",),
    "icon": (b"\x00\x00\x01\x00",),
}
_FORMATS = {
    ".png": "PNG",
    ".jpg": "JPEG",
    ".jpeg": "JPEG",
    ".gif": "GIF",
    ".webp": "WebP",
    ".avif": "AVIF",
    ".woff2": "WOFF2",
    ".ico": "icon",
}


def lint_static(files: Iterable[StaticFile], memory: Memory, diagnostics: Diagnostics) -> None:
    """Report files whose content is not that of their ending; those that are remembered are not read again.

    Pictures that content lists are read as such (`pictures`), style sheets by `style_sheets`, drawings by `svg_lint`.
    """
    looked_at = {
        file.path.encode() + b"\0" + file.digest: file
        for file in files
        if not file.path.startswith(PICTURES) and not file.path.endswith((".css", ".svg"))
    }

    def make(missing: list[bytes]) -> dict[bytes, Diagnostic | None]:
        return {key: _fault(looked_at[key]) for key in missing}

    diagnostics.extend(fault for fault in memory.results("static", looked_at, make).values() if fault)


def _fault(file: StaticFile) -> Diagnostic | None:
    content = file.read()
    if not content.strip():
        hint = "take it out, or bring it back from an earlier version of the project"
        return Diagnostic("empty-file", "there is nothing in here", Span(file.path), hint)
    wanted = next((form for ending, form in _FORMATS.items() if file.path.lower().endswith(ending)), None)
    if wanted is None or content.startswith(_BEGINNINGS[wanted]):
        return None
    found = next((form for form, signs in _BEGINNINGS.items() if form != "AVIF" and content.startswith(signs)), None)
    message = f"{file.path} is no {wanted}" + (f" but a {found}" if found else "")
    hint = "give it the ending of what it is, or save it anew"
    return Diagnostic("bad-font" if wanted == "WOFF2" else "bad-picture", message, Span(file.path), hint)
