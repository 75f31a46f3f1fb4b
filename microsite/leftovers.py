"""Files that lie in content/ by accident: copies, backups, pictures and documents of other programs."""

from __future__ import annotations

import re
from collections.abc import Collection
from pathlib import PurePosixPath

_COPY = re.compile(
    r"[ _-]*(?:\(\d+\)|- Copy(?: \(\d+\))?|copy(?: \d+)?|\.(?:bak|orig|old|rej|tmp|backup)|_old|-old)", re.I
)
_PICTURES = frozenset(".webp .png .jpg .jpeg .avif .gif .heic .svg .tif .tiff .bmp".split())
_DOCUMENTS = frozenset(".doc .docx .odt .rtf .pages .pdf .html .htm".split())
_TABLES = frozenset(".xls .xlsx .ods .numbers .csv .tsv".split())


def hint_for(path: str, known: Collection[str]) -> str | None:
    """What to do with a file that lies where no content is looked for, if its name tells; `known` are all files."""
    file = PurePosixPath(path)
    bare = file.parent / _COPY.sub("", file.name)
    if str(bare) != path and str(bare) in known:
        return f"it looks like a copy of {bare}: delete it"
    form = file.suffix.lower()
    if form in _PICTURES:
        return f"pictures lie in static/pictures/: python build.py --new picture {path}"
    if form in _DOCUMENTS:
        return "write the text as Markdown, in a file that ends in .md"
    if form in _TABLES:
        return "write the table as YAML or Markdown, in a file of one of the kinds of content"
    return None
