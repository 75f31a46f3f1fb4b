"""Diagnostics and sources that several tests of reports share, and strategies for odd ones."""

from __future__ import annotations

from hypothesis import strategies as st

from microsite.diagnostics import Diagnostic, Diagnostics, Severity, Span

CAR = "---\ntitle: Car\ndrive: {value: 4, source: dakr-2025}\n---\n"
SOURCES = {"content/car.md": CAR}.get


def car_and_page() -> Diagnostics:
    """One error with an excerpt and a hint, one error in a file that is gone, one warning; added out of order."""
    diagnostics = Diagnostics()
    diagnostics.warning("long-title", "the title has 80 letters", Span("content/car.md", 2, 8, 3))
    diagnostics.error("missing-file", "there is no such file", Span("content/gone.md"))
    diagnostics.error(
        "unknown-source",
        "no source is called “dakr-2025”",
        Span("content/car.md", 3, 27, 9),
        "did you mean “dakar-2025”?",
        "dakar-2025",
    )
    return diagnostics


_anything = st.text(st.characters(), max_size=40)
_position = st.integers(-3, 200)
_spans = st.builds(Span, st.sampled_from(["a.md", "gone.md", "\x1b[2J"]), _position, _position, _position)
_severities = st.sampled_from(Severity)
_problems = st.builds(
    Diagnostic, _anything, _anything, _spans, st.none() | _anything, _severities, st.none() | _anything
)

odd_diagnostics = st.builds(Diagnostics, st.lists(_problems, max_size=8))
odd_text = st.text(st.characters() | st.sampled_from("\n\t\r宽e\u0301\x1b"), max_size=300)
