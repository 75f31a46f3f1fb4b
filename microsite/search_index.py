"""The index that the page of search fetches: one file, small enough to be sent whole.

What is shown beside a result, its title and its sentence, is kept as it is written. Of a long text each word is kept
once, folded: names wherever they stand, other words only where they tell one text from most others.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable

from microsite.accents import without_accents
from microsite.entries import Entry
from microsite.memory import Memory
from microsite.pages.findable import Findable, findables
from microsite.publish import OutputFile
from microsite.site_model import Site

PATH = "search/index.json"
VIEW = "search"
"""The index is made for sites that have a page with this view."""

_MARKUP = re.compile(r"\[@[^\]]*\]|\]\([^)]*\)")
_WORD = re.compile(r"[^\W\d_][^\W_]{2,}")
_COMMON = 0.04
"""A word that more than this share of the texts has, and that is no name, tells none from another."""

_FEW = 5
"""In so few texts no word is common."""


def search_index(site: Site, memory: Memory) -> dict[str, OutputFile]:
    """The index by its output path; nothing for a site without a page of search."""
    if not any(page.data.view == VIEW for page in site.all("page")):
        return {}
    key = hashlib.sha256(b"".join(entry.digest for entry in _all_entries(site))).digest()
    results = memory.results(
        "search-index", [key], lambda _: {key: memory.keep_content(to_json(findables(site)).encode())}
    )
    return {PATH: memory.file(results[key])}


def to_json(found: Iterable[Findable]) -> str:
    """The names of the groups, and a row for each entry: group, title, permalink from the root, sentence, other names,
    words."""
    entries = list(found)
    groups = list(dict.fromkeys(one.group for one in entries))
    texts = [_words(one.text) for one in entries]
    common = _common_words(texts)
    rows = [
        [
            groups.index(one.group),
            one.title,
            one.permalink.removeprefix("/"),
            one.about,
            " · ".join(one.also),
            " ".join(sorted({folded(word) for word in words} - common - _said(one))),
        ]
        for one, words in zip(entries, texts, strict=True)
    ]
    return json.dumps({"groups": groups, "entries": rows}, ensure_ascii=False, separators=(",", ":"))


def folded(text: str) -> str:
    """`text` in small letters without accents, as the reader's side (search.js) folds what is asked."""
    return without_accents(text.casefold())


def _words(text: str) -> set[str]:
    """The different words of a text, as written; numbers are none."""
    return set(_WORD.findall(_MARKUP.sub(" ", text)))


def _said(one: Findable) -> set[str]:
    """The words that are found without the text."""
    return {folded(word) for word in _words(" ".join((one.title, one.about, *one.also)))}


def _common_words(texts: list[set[str]]) -> set[str]:
    """Words that are no names and stand in many texts. A name has its capital wherever it stands."""
    small = Counter(word for words in texts for word in words if word[0].islower())
    most = max(_FEW, _COMMON * sum(map(bool, texts)))
    return {folded(word) for word, count in small.items() if count > most}


def _all_entries(site: Site) -> Iterable[Entry]:
    return (entry for entries in site.entries.values() for entry in entries.values())
