"""All entries together: one owner of everything that crosses from one entry to another."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from microsite.diagnostics import Diagnostics, Span
from microsite.entries import Disputed, Entry, Lost, Mention, PageLink, held_back, name_of
from microsite.load import CONTENT, Loaded
from microsite.schema import KINDS
from microsite.suggest import did_you_mean

LAST_DAY = "9999-12-31"


@dataclass(frozen=True, slots=True, eq=False)
class Site:
    """Every entry by kind and id, and who mentions whom. A site equals itself only, so that results can be kept by it.

    `mentioned[kind, id]` are the mentions of one entry by others, `cites[by]` the source ids that an entry names,
    `links` what editors typed, by file, `disputed` the facts on which sources disagree, `lost` the permalinks of
    entries that could not be read, `places` where each entry begins, `today` the day of which all this is true, and
    `period` the last day up to it on which an entry was published by its date, and the first such day after it.
    """

    entries: Mapping[str, Mapping[str, Entry]]
    mentioned: Mapping[tuple[str, str], tuple[Mention, ...]]
    cites: Mapping[str, tuple[str, ...]]
    links: Mapping[str, tuple[PageLink, ...]]
    disputed: tuple[Disputed, ...]
    lost: frozenset[str]
    places: Mapping[str, Span]
    today: str
    period: tuple[str, str]

    def all(self, kind: str) -> tuple[Entry, ...]:
        """The entries of a kind, ordered by id."""
        return tuple(self.entries[kind].values())

    def get(self, kind: str, entry_id: str | None) -> Entry | None:
        return self.entries[kind].get(entry_id) if entry_id else None

    def only(self, kind: str) -> Entry | None:
        """The entry of a kind that there is one of."""
        return next(iter(self.entries[kind].values()), None)


def build_site(files: Iterable[Loaded], drafts: bool, diagnostics: Diagnostics, today: str | None = None) -> Site:
    """Join what the files gave, and report ids given twice, ids that lead nowhere and sources nobody cites.

    What is a draft, or dated after `today` (ISO date, None: the end of time), is left out unless `drafts`, and what
    it mentions is not checked. The rule that a source must be used comes from the site's own: a list of sources that
    support nothing is padding.
    """
    loaded, day = list(files), today or LAST_DAY
    entries = _collect(loaded, None if drafts else day, diagnostics)
    mentions = [mention for one in loaded for mention in one.mentions]
    lost = [entry for one in loaded for entry in one.lost]
    shown = {name_of(entry) for of_kind in entries.values() for entry in of_kind.values()}
    _check_mentions((one for one in mentions if one.by in shown), entries, lost, diagnostics)
    site = Site(
        entries=MappingProxyType(entries),
        mentioned=_by_target(mentions),
        cites=_cites(mentions),
        links=_links(link for one in loaded for link in one.links),
        disputed=tuple(fact for one in loaded for fact in one.disputed),
        lost=frozenset(entry.permalink for entry in lost if entry.permalink),
        places={name: span for one in loaded for name, span in one.places.items()},
        today=day,
        period=_period((entry for one in loaded for entry in one.entries), day),
    )
    if site.only("site") is None and not any(entry.kind == "site" for entry in lost):
        diagnostics.error("no-site", "content/site.yaml is missing", Span(f"{CONTENT}site.yaml"))
    if not lost:  # what could not be read may cite anything
        _check_uncited(site, diagnostics)
    return site


def _period(entries: Iterable[Entry], day: str) -> tuple[str, str]:
    days = {"", LAST_DAY, *(getattr(entry.data, "published_from", "") for entry in entries)}
    return max(one for one in days if one <= day), min((one for one in days if one > day), default=LAST_DAY)


def _collect(files: Iterable[Loaded], public_on: str | None, diagnostics: Diagnostics) -> dict[str, dict[str, Entry]]:
    """Entries by kind and id: those that are public on a day, or all."""
    entries: dict[str, dict[str, Entry]] = {kind.name: {} for kind in KINDS}
    placed = [(entry, one.places[name_of(entry)]) for one in files for entry in one.entries]
    for entry, span in sorted(placed, key=lambda pair: (pair[0].id, pair[1])):
        if public_on and held_back(entry, public_on):
            continue
        first = entries[entry.kind].setdefault(entry.id, entry)
        if first is not entry:
            message = f"the {entry.kind} “{entry.id}” is given twice"
            diagnostics.error("duplicate-id", message, span, f"it is already in {first.path}")
    return entries


def _check_mentions(
    mentions: Iterable[Mention],
    entries: Mapping[str, Mapping[str, Entry]],
    lost: Iterable[Lost],
    diagnostics: Diagnostics,
) -> None:
    unread = {(one.kind, one.id) for one in lost}
    for mention in mentions:
        known = entries[mention.kind]
        if mention.id not in known and not unread & {(mention.kind, mention.id), (mention.kind, None)}:
            message = f"there is no {mention.kind} “{mention.id}”"
            hint = did_you_mean(mention.id, known)
            diagnostics.error(f"unknown-{mention.kind}", message, mention.span, hint)


def _check_uncited(site: Site, diagnostics: Diagnostics) -> None:
    for source in site.all("source"):
        if ("source", source.id) not in site.mentioned:
            message = f"nothing cites the source “{source.id}”"
            diagnostics.warning("uncited-source", message, site.places[name_of(source)], "cite it or take it out")


def _by_target(mentions: Iterable[Mention]) -> Mapping[tuple[str, str], tuple[Mention, ...]]:
    grouped: dict[tuple[str, str], list[Mention]] = {}
    for mention in mentions:
        grouped.setdefault((mention.kind, mention.id), []).append(mention)
    return {target: tuple(found) for target, found in grouped.items()}


def _cites(mentions: Iterable[Mention]) -> Mapping[str, tuple[str, ...]]:
    grouped: dict[str, dict[str, None]] = {}
    for mention in mentions:
        if mention.kind == "source":
            grouped.setdefault(mention.by, {})[mention.id] = None
    return {by: tuple(ids) for by, ids in grouped.items()}


def _links(links: Iterable[PageLink]) -> Mapping[str, tuple[PageLink, ...]]:
    grouped: dict[str, list[PageLink]] = {}
    for link in links:
        grouped.setdefault(link.span.path, []).append(link)
    return {path: tuple(found) for path, found in grouped.items()}
