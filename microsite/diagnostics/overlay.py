"""Diagnostics in the browser: an overlay on the last good page, or a page of its own while there is no good one."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from microsite.diagnostics import Diagnostic, Diagnostics, Span
from microsite.diagnostics.excerpt import Excerpts, Sources
from microsite.diagnostics.folding import Shown, folded
from microsite.diagnostics.text import count, plain

OVERLAY_ID = "microsite-overlay"
_EXCERPT_WIDTH = 110

Opener = Callable[[Span], str | None]
"""The address that opens a place in the user's editor, if there is one."""

# Lengths are in px, since rem would let the page's font size in. Every pair of colours has a contrast of at least 4.5:1
# (WCAG 2.2, 1.4.3) in both schemes.
_LIST_STYLE = """
.problems { --paper: #fff; --ink: #1b1b1f; --soft: #55555e; --rule: #c9c9d1; --error: #b3140f; --warning: #7a5200;
  --code: #f3f3f6; --mark: #ffdedb; color-scheme: light dark; color: var(--ink); background: var(--paper);
  font: 16px/1.5 system-ui, sans-serif; text-align: start; }
@media (prefers-color-scheme: dark) { .problems { --paper: #17171a; --ink: #f1f1f4; --soft: #b4b4be; --rule: #45454e;
  --error: #ff9d96; --warning: #f2c56b; --code: #232328; --mark: #6b211d; } }
.problems h1 { margin: 0; font-size: 22px; line-height: 1.25; }
.problems p { margin: 4px 0; overflow-wrap: anywhere; }
.problems ol { margin: 16px 0 0; padding: 0; list-style: none; }
.problems li { margin: 0 0 16px; padding: 0 0 0 12px; border-inline-start: 4px solid var(--error); }
.problems li.warning { border-color: var(--warning); }
.problems a { color: inherit; }
.problems a:focus-visible { outline: 3px solid currentColor; outline-offset: 2px; }
.problems b { color: var(--error); }
.problems li.warning b { color: var(--warning); }
.problems code, .problems pre { font: 14px/1.5 ui-monospace, monospace; }
.problems pre { margin: 8px 0; padding: 8px 12px; background: var(--code); white-space: pre-wrap;
  overflow-wrap: anywhere; }
.problems i { color: var(--soft); font-style: normal; user-select: none; }
.problems mark { color: inherit; background: var(--mark); text-decoration: underline 2px; }
""".strip()

# The browser's own modal dialog gives the top layer, the focus trap and Escape. Without JavaScript the dialog is open
# all the same, only not modal.
_DIALOG_STYLE = """
:host { all: initial; }
dialog { position: fixed; inset: 0; z-index: 2147483647; box-sizing: border-box; margin: auto; padding: 20px;
  width: min(960px, 100% - 32px); max-height: calc(100% - 32px); overflow: auto; border: 1px solid var(--rule);
  border-radius: 8px; }
dialog::backdrop { background: rgb(0 0 0 / .6); }
header { display: flex; gap: 16px; align-items: start; justify-content: space-between; }
button { font: inherit; padding: 4px 12px; color: inherit; background: var(--code); border: 1px solid var(--soft);
  border-radius: 4px; cursor: pointer; }
button:focus-visible, dialog:focus-visible { outline: 3px solid currentColor; outline-offset: 2px; }
@media print { dialog { display: none; } }
""".strip()

_PAGE_STYLE = """
body { margin: 0; }
main { box-sizing: border-box; min-height: 100vh; padding: max(16px, 50vw - 480px); padding-block: 32px; }
""".strip()

_SCRIPT = f"""
{{
  const dialog = document.getElementById("{OVERLAY_ID}").shadowRoot.querySelector("dialog");
  dialog.close();
  dialog.showModal();
}}
""".strip()


def render_overlay(diagnostics: Diagnostics, sources: Sources, opener: Opener, stale: bool) -> str:
    """A fragment to be put at the end of `<body>`; nothing if there is nothing to report.

    The page below is the newest or, if that could not be made, a `stale` one.
    It lives in declarative shadow DOM: the page's style does not reach it, nor its own the page. Escape closes it.
    """
    if not diagnostics.found:
        return ""
    state = "This is the last good page. " if stale else ""
    return (
        f'<microsite-overlay id="{OVERLAY_ID}" data-count="{count(diagnostics)}"><template shadowrootmode="open">'
        f"<style>{_LIST_STYLE}\n{_DIALOG_STYLE}</style>"
        '<dialog open class="problems" aria-labelledby="title">'
        f'<header><h1 id="title">{count(diagnostics)}</h1>'
        '<form method="dialog"><button autofocus>Close</button></form></header>'
        f"<p>{state}The message goes away when the content is mended and saved.</p>"
        f"{_listed(diagnostics, sources, opener)}"
        "</dialog></template>"
        f"<script>{_SCRIPT}</script></microsite-overlay>"
    )


def render_error_page(diagnostics: Diagnostics, sources: Sources, opener: Opener) -> str:
    """A whole page for the time before the first good build."""
    title = count(diagnostics)
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>{_LIST_STYLE}\n{_PAGE_STYLE}</style>\n</head>\n"
        f'<body>\n<main class="problems" data-count="{title}">\n<h1>{title}</h1>\n'
        "<p>There is no good page yet. This one is replaced when the content is mended and saved.</p>\n"
        f"{_listed(diagnostics, sources, opener)}\n</main>\n</body>\n</html>\n"
    )


def _listed(diagnostics: Diagnostics, sources: Sources, opener: Opener) -> str:
    excerpts = Excerpts(sources)
    return f"<ol>{''.join(_item(one, excerpts, opener) for one in folded(diagnostics))}</ol>"


def _item(shown: Shown, excerpts: Excerpts, opener: Opener) -> str:
    one = shown.problem
    rest = f"<p><i>{_text(shown.rest)}</i></p>" if shown.rest else ""
    place = f"<code>{_text(f'{one.span.path}:{one.span.line}:{one.span.column}')}</code>"
    if address := opener(one.span):
        place = f'<a href="{escape(address)}">{place}</a>'
    hint = f"<p>hint: {_text(one.hint)}</p>" if one.hint else ""
    return (
        f'<li class="{one.severity}"><p>{place} <b>{one.severity}[{_text(one.code)}]</b></p>'
        f"<p>{_text(one.message)}</p>{_excerpt(one, excerpts)}{hint}{rest}</li>"
    )


def _excerpt(one: Diagnostic, excerpts: Excerpts) -> str:
    found = excerpts.at(one.span, _EXCERPT_WIDTH)
    if found is None:
        return ""
    marked = escape(found.marked) or " "
    line = f"{escape(found.before)}<mark>{marked}</mark>{escape(found.after)}"
    return f"<pre><i>{found.number} | </i>{line}</pre>"


def _text(text: str) -> str:
    return escape(plain(text))
