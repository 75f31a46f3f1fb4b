"""The words on a page's card: what it is about, and its one figure where it has one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from microsite import filters
from microsite.diagnostics import Diagnostics
from microsite.entries import Entry, name_of
from microsite.pages.shown import title_of
from microsite.pages.views import ENTRY_VIEWS, PAGE_VIEWS, crews
from microsite.schema.kinds import SiteInfo, Winner
from microsite.site_model import Site
from microsite.suggest import guess


@dataclass(frozen=True, slots=True)
class CardWords:
    """What stands on a card. `moods` choose what lies behind it, the first that any backdrop names."""

    masthead: str
    section: str | None
    title: str
    note: str
    figure: str | None
    moods: tuple[str, ...]

    @property
    def alt(self) -> str:
        """The card for those who cannot see it."""
        figure = f" {self.figure}." if self.figure and self.figure not in self.title else ""
        return f"{self.title}.{figure} {self.note}"


def section_of(info: SiteInfo, permalink: str) -> str | None:
    """The permalink of the part of the site, as its navigation has it, that a page belongs to."""
    within = (item.path for item in info.navigation if item.path != "/" and permalink.startswith(item.path))
    return next(within, None)


def view_of(entry: Entry) -> str:
    return str(entry.data.view) if entry.kind == "page" else entry.kind


def words_for(site: Site, info: SiteInfo, entry: Entry) -> CardWords:
    permalink = entry.permalink or "/"
    section = section_of(info, permalink)
    labels = {str(item.path): item.label for item in info.navigation}
    title, note, figure = title_of(entry), getattr(entry.data, "description", ""), None
    if entry.kind == "edition":
        title, note, figure = _edition(entry)
    elif entry.kind == "person":
        crew = next((one for one in crews(site) if entry in (one.driver, one.codriver)), None)
        note, figure = entry.data.role, str(crew.entrant.data.number) if crew else None
    elif entry.kind == "stage":
        length = entry.data.special_km
        note = f"{filters.date(entry.data.date)}, {entry.data.start} to {entry.data.finish}"
        figure = f"{filters.figure(length.value)} km" if length.value is not None else None
    elif entry.kind == "chapter":
        first, last = entry.data.from_year, entry.data.to_year
        figure = str(first) if first == last else f"{first}–{last}"
    elif entry.kind == "page" and permalink == "/":
        title, note = info.title, info.tagline
    return CardWords(info.title, labels.get(section or ""), title, note, figure, tuple(_moods(entry, section)))


def _moods(entry: Entry, section: str | None) -> Iterator[str]:
    """What an entry goes by, from the narrowest to the widest."""
    yield entry.id
    yield from _eras([entry])
    yield view_of(entry)
    yield from [(section or "").strip("/")]


def check_words(site: Site, diagnostics: Diagnostics) -> None:
    """Report words of content/cards.yaml that no page goes by."""
    info, look = site.only("site"), site.only("cards")
    if info is None or look is None:
        return
    shown = [entry for kind in ("page", *ENTRY_VIEWS) for entry in site.all(kind)]
    views = {*PAGE_VIEWS, *ENTRY_VIEWS, *map(view_of, shown)}
    moods = {mood for entry in shown for mood in _moods(entry, section_of(info.data, entry.permalink or "/"))} | views
    named = [(word, moods) for backdrop in look.data.backdrops for word in backdrop.behind]
    for word, known in (*named, *((word, views) for word in look.data.shared)):
        if word not in known:
            span = site.places[f"{name_of(look)}.{word}"]
            found = guess(word, views | set(_eras(shown)), f"there are {', '.join(sorted(views))}")
            diagnostics.error("unknown-value", f"no page goes by the word “{word}”", span, *found)


def _eras(entries: Iterable[Entry]) -> Iterator[str]:
    return (entry.data.era for entry in entries if hasattr(entry.data, "era"))


def _edition(entry: Entry) -> tuple[str, str, str]:
    """An edition's route, who won it in a car, and its year."""
    data = entry.data
    title = data.short_name if "Dakar" in data.short_name else f"Dakar, {data.short_name}"
    winner = next((one for one in data.winners if one.category == "cars" and not one.unverified), None)
    if data.status != "held":
        return title, "Cancelled" if data.status == "cancelled" else "Announced, not yet held", str(data.year)
    return title, _won(winner) if winner else data.description, str(data.year)


def _won(winner: Winner) -> str:
    names = [one.name for one in winner.crew]
    crew = " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
    vehicle = " ".join(filter(None, [winner.make, None if winner.model_unverified else winner.model]))
    return f"Won by {crew}" + (f", {vehicle}" if vehicle else "")
