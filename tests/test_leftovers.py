from __future__ import annotations

import pytest

from microsite.leftovers import hint_for

KNOWN = {"content/quotes.yaml", "content/updates/a.md"}


@pytest.mark.parametrize(
    ("path", "hint"),
    [
        ("content/quotes (1).yaml", "it looks like a copy of content/quotes.yaml: delete it"),
        ("content/quotes - Copy.yaml", "it looks like a copy of content/quotes.yaml: delete it"),
        ("content/quotes.yaml.bak", "it looks like a copy of content/quotes.yaml: delete it"),
        ("content/updates/a copy 2.md", "it looks like a copy of content/updates/a.md: delete it"),
        (
            "content/updates/photo.JPG",
            "pictures lie in static/pictures/: python build.py --new picture content/updates/photo.JPG",
        ),
        ("content/pages/about.docx", "write the text as Markdown, in a file that ends in .md"),
        ("content/results.xlsx", "write the table as YAML or Markdown, in a file of one of the kinds of content"),
        ("content/notes.txt", None),
        ("content/elsewhere (1).yaml", None),
    ],
)
def test_what_to_do_with_it(path: str, hint: str | None) -> None:
    assert hint_for(path, KNOWN) == hint
