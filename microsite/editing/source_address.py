"""What the address of a page tells of it as a source, by itself and by the sources of the same host."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from microsite.editing.beginnings import Beginning, CannotBegin, Known
from microsite.schema.values.times import parse_partial_date
from microsite.slugs import slug

# Country domains whose pages are mostly in one language; what a path or a known source says goes first.
_LANGUAGES = {
    "ar": "es",
    "at": "de",
    "be": "fr",
    "br": "pt",
    "cl": "es",
    "cz": "cs",
    "de": "de",
    "es": "es",
    "fr": "fr",
    "it": "it",
    "jp": "ja",
    "lt": "lt",
    "mx": "es",
    "nl": "nl",
    "pe": "es",
    "pl": "pl",
    "pt": "pt",
    "ru": "ru",
}
_SPOKEN = frozenset({*_LANGUAGES.values(), "en"})
_DATE = re.compile(r"(?<!\d)((?:19|20)\d\d)([-/._]?)(0[1-9]|1[0-2])(?:\2(0[1-9]|[12]\d|3[01]))?(?!\d)")
_FILLERS = frozenset(
    "a an and as at by de der des die el en et for from in is it la las le les los of on or s the to und with y".split()
)
_WORDS_IN_AN_ID = 3
_SECOND_LEVEL = frozenset("co com org net ac gov".split())


def begin_source(address: str, title: str, known: Known) -> Beginning:
    """A source as far as its address tells. Without a title it is a draft, titled by the words of the address."""
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise CannotBegin(f"“{address}” is no web address; it begins with https://")
    same = next((one for one, data in known.sources.items() if _alike(data.get("url")) == _alike(address)), None)
    if same:
        raise CannotBegin(f"this page is already a source: cite it as [@{same}]")
    host = _host(address)
    siblings = {one: data for one, data in known.sources.items() if _host(data.get("url") or "") == host}
    date = date_in(parts.path)
    words = _words(parts.path)
    values = {
        "title": title or " ".join(words).capitalize() or host,
        "publisher": _commonest(data["publisher"] for data in siblings.values()) or _name_of(host).capitalize(),
        "kind": _commonest(data["kind"] for data in siblings.values()) or "press",
        "url": address,
        "date": date,
        "language": _language(host, parts.path, siblings),
    }
    source_id = _free_id([_prefix(host, siblings), *([date] if date else []), *_telling(words)], known.ids["source"])
    if title:
        return Beginning(source_id, values, f"check it, and cite it as [@{source_id}]: nothing does yet")
    todo = f"write the title as it stands on the page, check the rest, take “draft: true” away, cite it: [@{source_id}]"
    return Beginning(source_id, {"draft": True, **values}, todo)


def date_in(path: str) -> str | None:
    """The day or month that a path holds, `/2026/01/17/` or `20260117`, in ISO form; None if it holds none.

    The parts must be written alike: 2026/01-17 is an accident. Six digits in a row are not taken for a month.
    """
    for found in _DATE.finditer(path):
        year, delimiter, month, day = found.groups()
        if not day and not delimiter:
            continue
        written = "-".join(part for part in (year, month, day) if part)
        try:
            return str(parse_partial_date(written))
        except ValueError:
            continue
    return None


def _host(address: str) -> str:
    return (urlsplit(address).hostname or "").removeprefix("www.")


def _alike(address: str | None) -> tuple[object, ...]:
    """What two addresses of one page have in common: not the scheme, `www.`, a last slash, or marks of campaigns."""
    if not address:
        return ()
    parts = urlsplit(address)
    query = tuple(pair for pair in parse_qsl(parts.query) if not pair[0].startswith("utm_"))
    return _host(address), parts.path.rstrip("/"), query


def _name_of(host: str) -> str:
    """`autocar` of `autocar.co.uk` and of `news.autocar.com`."""
    labels = host.split(".")[:-1] or [host]
    return labels[-2] if len(labels) > 1 and labels[-1] in _SECOND_LEVEL else labels[-1]


def _commonest(values: Iterable[Any]) -> str | None:
    counted = Counter(map(str, values)).most_common(1)
    return counted[0][0] if counted else None


def _prefix(host: str, siblings: Mapping[str, Any]) -> str:
    """What the ids of the host's sources begin with."""
    return _commonest(one.partition("-")[0] for one in siblings) or slug(_name_of(host)).replace("-", "")


def _language(host: str, path: str, siblings: Mapping[str, Any]) -> str:
    stated = next((part for part in re.split(r"[/_-]", path.lower())[:2] if part in _SPOKEN), None)
    if stated and f"/{stated}/" in f"{path.lower()}/":
        return stated
    return _commonest(data["language"] for data in siblings.values()) or _LANGUAGES.get(host.rpartition(".")[2], "en")


def _words(path: str) -> list[str]:
    """The words of the last part of a path that has any: 17-january-defender-wins.html."""
    for part in reversed(path.split("/")):
        plain = slug(_DATE.sub(" ", re.sub(r"\.[a-z]{2,5}$", "", part)))
        words = [word for word in plain.split("-") if not re.fullmatch(r"[0-9]{5,}|[0-9a-f]{12,}|index|amp", word)]
        if any(word.isalpha() for word in words):
            return words
    return []


def _telling(words: list[str]) -> list[str]:
    return [word for word in words if word not in _FILLERS][:_WORDS_IN_AN_ID]


def _free_id(parts: list[str], taken: Iterable[str]) -> str:
    wanted = "-".join(parts)
    used = set(taken)
    return next(one for one in (wanted, *(f"{wanted}-{count}" for count in range(2, 1000))) if one not in used)
