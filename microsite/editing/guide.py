"""The editing guide as a page of the preview."""

from __future__ import annotations

from html import escape
from pathlib import Path

from microsite.markdown import convert

GUIDE = Path("docs", "editing.md")
ADDRESS = "/_guide/"

_STYLE = """
:root { color-scheme: light dark; font: 17px/1.6 system-ui, sans-serif; }
body { margin: 0 auto; max-width: 46rem; padding: 1rem 1.25rem 4rem; }
pre { overflow-x: auto; padding: .75rem 1rem; background: light-dark(#f3f0ea, #1d242b); font-size: .875rem; }
code { font-family: ui-monospace, monospace; }
table { border-collapse: collapse; display: block; overflow-x: auto; }
th, td { padding: .25rem .75rem .25rem 0; text-align: start; vertical-align: top; border-bottom: 1px solid; }
a { color: light-dark(#004f59, #7ce6da); }
nav ul { columns: 2; padding-inline-start: 1.2rem; }
""".strip()


def guide_page(root: Path) -> str | None:
    """The guide with its contents above, or None where a project has none."""
    try:
        text = (root / GUIDE).read_text("utf-8")
    except OSError:
        return None
    title, _, rest = text.removeprefix("# ").partition("\n")
    body = convert(rest).body
    contents = "".join(f'<li><a href="#{one.id}">{escape(one.text)}</a></li>' for one in body.headings)
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n"
        f'<p><a href="/">The site</a></p>\n<h1>{escape(title)}</h1>\n'
        f'<nav aria-label="Contents"><ul>{contents}</ul></nav>\n{body.html}\n</main>\n</body>\n</html>\n'
    )
