"""All entries together: one owner of everything that crosses from one entry to another."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from types import MappingProxyType

from microsite.days import LAST_DAY, check_past, check_wait, period, present
from microsite.diagnostics import Diagnostics, Span
from microsite.entries import Disputed, Entry, Lost, Mention, PageLink, held_back, name_of
from microsite.load import CONTENT, SEVERAL, Loaded
from microsite.names import check_names
from microsite.schema import BY_NAME, KINDS
from microsite.suggest import Guess, fold, guess, nearest

_NAMING = ("name", "title", "number", "driver", "driver_page", "codriver", "codriver_page")


@dataclass(frozen=True, slots=True, eq=False)
class Site:
    """Every entry by kind and id, and who mentions whom. A site equals itself only, so that results can be kept by it.

    `mentioned[kind, id]` are the mentions of one entry by others, `cites[by]` the source ids that an entry names,
    `links` what editors typed, `disputed` the facts on which sources disagree, `lost` the permalinks of entries that
    could not be read, `is_whole` whether there are none of these, `held_back` the entries that are not public yet by
    permalink, `places` where each entry begins and more (see `load.Loaded`), `today` the day of which all this is true,
    and `period` the first of the days on which it is true, and the first on which it is no longer (see `days.period`).
    """

    entries: Mapping[str, Mapping[str, Entry]]
    mentioned: Mapping[tuple[str, str], tuple[Mention, ...]]
    cites: Mapping[str, tuple[str, ...]]
    links: tuple[PageLink, ...]
    disputed: tuple[Disputed, ...]
    lost: frozenset[str]
    is_whole: bool
    held_back: Mapping[str, Entry]
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
    loaded = list(files)
    day = _present(loaded, today or LAST_DAY)
    entries, left_out = _collect(loaded, None if drafts else day, diagnostics)
    hidden = {name_of(entry) for entry in left_out}
    mentions = [mention for one in loaded for mention in one.mentions if mention.by not in hidden]
    lost = [entry for one in loaded for entry in one.lost]
    unread = [mention for one in loaded for mention in one.unread if mention.by not in hidden]
    lost += _missing_collections(loaded, mentions, diagnostics)
    _check_mentions((*mentions, *unread), entries, left_out, lost, diagnostics)
    places = {name: span for one in loaded for name, span in one.places.items()}
    _check_unique(entries, places, diagnostics)
    _check_pictures((one for file in loaded for one in file.files), entries["picture"], diagnostics)
    named = (one for file in loaded for one in file.people if one.by not in hidden)
    check_names(named, entries["person"], diagnostics)
    past = [one for file in loaded for one in file.past if one.by not in hidden]
    check_past(past, day, diagnostics)
    check_wait((entry for file in loaded for entry in file.entries), day, places, diagnostics)
    site = Site(
        entries=MappingProxyType(entries),
        mentioned=_by_target(mentions),
        cites=_cites(mentions),
        links=tuple(link for one in loaded for link in one.links if link.by not in hidden),
        disputed=tuple(fact for one in loaded for fact in one.disputed if fact.by not in hidden),
        lost=frozenset(entry.permalink for entry in lost if entry.permalink),
        is_whole=not lost,
        held_back={entry.permalink: entry for entry in left_out if entry.permalink},
        places=places,
        today=day,
        period=period((entry for one in loaded for entry in one.entries), past, day),
    )
    if site.only("site") is None and not any(entry.kind == "site" for entry in lost):
        hint = "it says what the site is called; take it from an earlier version of the project"
        diagnostics.error("no-site", "content/site.yaml is missing", Span(f"{CONTENT}site.yaml"), hint)
    if not lost:  # what could not be read may cite anything
        _check_uncited(site, diagnostics)
    return site


def _present(loaded: Iterable[Loaded], today: str) -> str:
    told = (entry.data.updated for one in loaded for entry in one.entries if entry.kind == "site")
    return present(today, next(told, ""), (day for one in loaded for day in one.past))


def _collect(
    files: Iterable[Loaded], public_on: str | None, diagnostics: Diagnostics
) -> tuple[dict[str, dict[str, Entry]], list[Entry]]:
    """Entries by kind and id: those that are public on a day, or all; and those that are not."""
    entries: dict[str, dict[str, Entry]] = {kind.name: {} for kind in KINDS}
    left_out = []
    placed = [(entry, one.places[name_of(entry)]) for one in files for entry in one.entries]
    for entry, span in sorted(placed, key=lambda pair: (pair[0].id, pair[1])):
        if public_on and held_back(entry, public_on):
            left_out.append(entry)
            continue
        first = entries[entry.kind].setdefault(entry.id, entry)
        if first is not entry:
            message = f"the {entry.kind} “{entry.id}” is given twice"
            diagnostics.error("duplicate-id", message, span, f"it is already in {first.path}; keep one of the two")
    return entries, left_out


def _missing_collections(loaded: Iterable[Loaded], mentions: Iterable[Mention], diagnostics: Diagnostics) -> list[Lost]:
    """Report collections whose only file is not there, once instead of at every place that names what it held."""
    there = {entry.kind for one in loaded for entry in one.entries}
    there |= {one.kind for file in loaded for one in file.lost}
    missing = []
    for kind in KINDS:
        if kind.layout == "collection" and "*" not in kind.files and kind.name not in there:
            ids = {mention.id for mention in mentions if mention.kind == kind.name}
            if len(ids) >= SEVERAL:
                path = CONTENT + kind.files
                message = f"{path} is missing, and {len(ids)} {kind.name} ids are named that it is to hold"
                hint = "bring it back from an earlier version of the project"
                diagnostics.error("missing-file", message, Span(path), hint)
                missing.append(Lost(kind.name, None, None))
    return missing


def _check_mentions(
    mentions: Iterable[Mention],
    entries: Mapping[str, Mapping[str, Entry]],
    left_out: Iterable[Entry],
    lost: Iterable[Lost],
    diagnostics: Diagnostics,
) -> None:
    unread = {(one.kind, one.id) for one in lost}
    waiting = {(entry.kind, entry.id): entry for entry in left_out}
    for mention in mentions:
        known, target = entries[mention.kind], (mention.kind, mention.id)
        if mention.by == f"{mention.kind}/{mention.id}":
            message = f"the {mention.kind} “{mention.id}” names itself"
            diagnostics.error("names-itself", message, mention.span, "name another, or take it out")
            continue
        if mention.id in known or unread & {target, (mention.kind, None)}:
            continue
        if target in waiting:
            message = f"the {mention.kind} “{mention.id}” is not published yet"
            diagnostics.error("names-draft", message, mention.span, draft_hint(waiting[target]))
        else:
            message = f"there is no {mention.kind} “{mention.id}”"
            found = _meant(mention, entries)
            diagnostics.error(f"unknown-{mention.kind}", message, mention.span, *found)


def _meant(mention: Mention, entries: Mapping[str, Mapping[str, Entry]]) -> Guess:
    """What an id that leads nowhere was meant to be: another of its kind, several in one, or one of another kind."""
    known = entries[mention.kind]
    parts = [part for part in re.split(r"[\s,;@，；、]+", mention.id) if part]
    if len(parts) > 1 and ", ".join(parts) == mention.id:  # which has quotes around it in a list
        return Guess("one id is possible here, not several" if mention.kind != "source" else "take the quotes away")
    if len(parts) > 1 and all(part in known for part in parts):
        return Guess(f"put commas between them: {', '.join(parts)}", ", ".join(parts))
    if mention.kind == "source" and "://" in mention.id:
        same = next((one for one in known.values() if one.data.url and _is_same(one.data.url, mention.id)), None)
        if same:
            return Guess(f"a source is named by its id: {same.id}", same.id)
        return Guess("a source is named by its id; python build.py --new source ADDRESS makes one")
    bare = re.split(r"[:/]", mention.id.strip(" ,;./"))[-1].strip()
    if bare in known:
        return Guess(f"write {bare}", bare)
    asked = (
        fold(mention.id.strip("#")) if mention.kind != "source" else ""
    )  # many sources are called by what they tell of
    called = [one for one, entry in known.items() if asked and asked in _called(entry)]
    if len(called) == 1:
        return Guess(f"did you mean “{called[0]}”?", called[0])
    other = next((kind for kind, ids in entries.items() if mention.id in ids and not mention.id.isdigit()), None)
    home = f"{_a(mention.kind)} is added in {_home_of(mention.kind)}"
    return Guess(f"“{mention.id}” is {_a(other)}; {home}") if other else guess(mention.id, known, home)


def _called(entry: Entry) -> set[str]:
    """What else than by its id an entry may be called by."""
    values = (getattr(entry.data, key, None) for key in _NAMING)
    return {fold(str(value)) for value in values if value is not None}


def _a(noun: str) -> str:
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"


def _is_same(one: str, other: str) -> bool:
    """Whether two web addresses differ in nothing that matters."""
    return re.sub(r"^https?://(www\.)?|/$", "", one) == re.sub(r"^https?://(www\.)?|/$", "", other)


def _check_unique(
    entries: Mapping[str, Mapping[str, Entry]], places: Mapping[str, Span], diagnostics: Diagnostics
) -> None:
    for kind in KINDS:
        for key in kind.unique:
            first: dict[object, Entry] = {}
            for entry in entries[kind.name].values():
                value = getattr(entry.data, key)
                known = first.setdefault(value, entry) if value is not None else entry
                if known is not entry:
                    message = f"the {kind.name} “{known.id}” has the same {key}"
                    span = places.get(f"{name_of(entry)}.{key}", Span(entry.path))
                    diagnostics.error("same-value", message, span, f"keep one of the two, or correct its {key}")


def draft_hint(entry: Entry) -> str:
    if getattr(entry.data, "draft", False):
        return f"take “draft: true” out of {entry.path} when it is ready, or look at it with --drafts"
    return f"{entry.path} is published on {entry.data.published_from}; leave this out till then, or look with --drafts"


def _home_of(kind: str) -> str:
    return CONTENT + BY_NAME[kind].files


def _check_pictures(files: Iterable[PageLink], pictures: Mapping[str, Entry], diagnostics: Diagnostics) -> None:
    """A picture named by its file: readers would get neither its description nor who made it."""
    by_name = {one: picture.id for picture in pictures.values() for one in (picture.id, _stem(picture.data.file))}
    for file in files:
        message = f"“{file.target}” has no description and no credit on record"
        meant = nearest(_stem(file.target), by_name)
        right = f"picture:{by_name[meant]}" if meant else None
        hint = f"write ![]({right})" if right else "list it in content/pictures.yaml and write ![](picture:its-id)"
        diagnostics.error("bare-picture", message, file.span, hint, right)


def _stem(path: str) -> str:
    return PurePosixPath(path.rpartition(":")[2].strip()).stem


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
