"""A mistake in a text whose right form is known."""

from __future__ import annotations

from microsite.content_files import Passage
from microsite.diagnostics import Diagnostics


def offer(
    code: str, message: str, prose: Passage, start: int, length: int, right: str, diagnostics: Diagnostics
) -> None:
    diagnostics.error(code, message, prose.span(start, length), f"write {right}", right)
