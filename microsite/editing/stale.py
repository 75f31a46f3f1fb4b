"""`--stale`: facts that nothing newer than a date supports, and facts that rest on a page that is gone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from microsite.content_files import Passage, decode, split_document
from microsite.diagnostics import Diagnostics, Span
from microsite.editing.content import Files, Reader
from microsite.load import kind_of
from microsite.markdown import CITATION, citation_ids, without_code
from microsite.schema.kinds import Source
from microsite.schema.values.facts import Sourced
from microsite.schema.values.texts import first_words
from microsite.schema.walk import walk
from microsite.strict_yaml import parse_yaml

Sources = Mapping[str, Source]


@dataclass(frozen=True, slots=True, order=True)
class Stale:
    """A fact, and why it is worth another look. `newest` is the date of its newest source, `dead` are those gone.

    Ordered by age, then by place.
    """

    newest: str
    span: Span
    says: str
    sources: tuple[str, ...]
    dead: tuple[str, ...]

    @property
    def reason(self) -> str:
        gone = f"gone: {', '.join(self.dead)}" if self.dead else ""
        age = f"newest source {self.newest}" if self.newest else "no source has a date"
        return "; ".join(part for part in (gone, age) if part)


def stale_facts(files: Files, before: str) -> list[Stale]:
    """The facts whose newest dated source is older than `before` (ISO date), or with a source that is marked as dead.

    A source dated 2025 may be of its last day, so it is older than 2026-01-01 but not than 2025-06-01. Facts whose
    sources have no dates are not judged by age.
    """
    site, _ = Reader().site(files)
    sources = {entry.id: entry.data for entry in site.all("source")}
    facts = (fact for path, content in files.items() for fact in _facts_in(path, content))
    judged = (_judge(span, says, ids, sources, before) for span, says, ids in facts)
    return sorted({one for one in judged if one})


Fact = tuple[Span, str, tuple[str, ...]]


def _judge(span: Span, says: str, ids: tuple[str, ...], sources: Sources, before: str) -> Stale | None:
    known = [sources[one] for one in ids if one in sources]
    dead = tuple(one for one in ids if one in sources and sources[one].dead)
    newest = max((source.date for source in known if source.date), key=_last_day, default="")
    is_old = bool(newest) and _last_day(newest) < before
    return Stale(newest, span, says, ids, dead) if is_old or dead else None


def _last_day(date: str) -> str:
    """The latest that a partial date can mean, to be compared: 2025 as 2025-12-31."""
    return date + "-12-31"[len(date) - 4 :] if len(date) < 10 else date


def _facts_in(path: str, content: bytes) -> Iterator[Fact]:
    """The facts in a file's data, and what its texts cite."""
    kind = kind_of(path)
    file = decode(path, content, Diagnostics())
    if kind is None or file is None or kind.name == "source":
        return
    passage = Passage(path, file.text)
    if kind.layout == "document":
        document = split_document(file, Diagnostics())
        if document is None:
            return
        yield from _cited_in(document.body)
        passage = document.front_matter
    yield from _cited_in(passage)
    yield from _sourced_in(passage, path)


def _cited_in(passage: Passage) -> Iterator[Fact]:
    """Each citation with the beginning of the sentence before it."""
    prose = without_code(passage.text)
    end = 0
    for citation in CITATION.finditer(prose):
        line = prose[max(end, prose.rfind("\n", 0, citation.start()) + 1) : citation.start()].strip()
        said = re.split(r"(?<=[.!?])\s+", re.sub(r"^(?:- )?\w+: ", "", line))[-1]
        yield passage.span(citation.start(), len(citation[0])), first_words(said), tuple(citation_ids(citation[1]))
        end = citation.end()


def _sourced_in(passage: Passage, path: str) -> Iterator[Fact]:
    root = parse_yaml(passage.text, path, Diagnostics(), passage.first_line)
    kind = kind_of(path)
    assert kind
    entries = (root.entries or {}) if root else {}
    nodes = [value for _, value in entries.values()] if kind.layout == "collection" else [root]
    for node in nodes:
        if node is None or node.entries is None:
            continue
        data = kind.model.model_validate(node.data())
        own = [((), data)] if isinstance(data, Sourced) else []
        inner = [(found.loc, found.value) for found in walk(data) if isinstance(found.value, Sourced)]
        for loc, fact in [*own, *inner]:
            if fact.sources:
                yield node.at(loc).span(path), _said(fact), tuple(map(str, fact.sources))


def _said(fact: Sourced) -> str:
    value = getattr(fact, "value", None)
    label = fact.reader_label or ""
    shown = "" if value is None else f"{value} {getattr(fact, 'unit', None) or ''}".strip()
    return ": ".join(part for part in (label, shown) if part) or type(fact).__name__


def rendered(found: Iterable[Stale]) -> str:
    """One line each, as editors open it: `path:line:column: what it says (why)`."""
    return "\n".join(f"{one.span.path}:{one.span.line}:{one.span.column}: {one.says} ({one.reason})" for one in found)


def as_records(found: Iterable[Stale]) -> list[dict[str, object]]:
    return [
        {
            "path": one.span.path,
            "line": one.span.line,
            "column": one.span.column,
            "says": one.says,
            "newest": one.newest or None,
            "sources": list(one.sources),
            "dead": list(one.dead),
        }
        for one in found
    ]
