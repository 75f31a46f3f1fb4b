"""What content may say: one pydantic model per kind, and where each kind lies in content/."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from microsite.schema import kinds as k
from microsite.schema.values.facts import Model

Layout = Literal["document", "data", "collection"]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of content: its model, the files it lives in and how a file holds it.

    `document` is Markdown under front matter, `data` one YAML mapping, `collection` a YAML mapping of
    ids to entries. `home` is the permalink of an entry's page with `{id}` for its id; None if it has none.
    No two entries have the same value under a key that is `unique`.
    """

    name: str
    model: type[Model]
    files: str
    layout: Layout
    home: str | None = None
    unique: tuple[str, ...] = ()


KINDS: tuple[Kind, ...] = (
    Kind("site", k.SiteInfo, "site.yaml", "data"),
    Kind("source", k.Source, "sources/*.yaml", "collection", "/sources/{id}/"),
    Kind("cards", k.Cards, "cards.yaml", "data"),
    Kind("picture", k.Picture, "pictures.yaml", "collection", None, ("file",)),
    Kind("quote", k.Quote, "quotes.yaml", "collection"),
    Kind("page", k.Page, "pages/*.md", "document", "/{id}/"),
    Kind("update", k.Update, "updates/*.md", "document", "/updates/{id}/"),
    Kind("person", k.Person, "people/*.md", "document", "/crews/{id}/"),
    Kind("comparison", k.Comparison, "comparisons/*.yaml", "data"),
    Kind("timeline", k.Timeline, "timelines/*.yaml", "data"),
    Kind("factsheet", k.Factsheet, "factsheets/*.yaml", "data"),
    Kind("team", k.Team, "team.yaml", "data"),
    Kind("season", k.Season, "seasons/*.yaml", "data"),
    Kind("rally", k.Rally, "dakar-2026/rally.yaml", "data"),
    Kind("entrant", k.Entrant, "dakar-2026/entrants.yaml", "collection", None, ("number",)),
    Kind("stage", k.Stage, "dakar-2026/stages/*.md", "document", "/dakar-2026/{id}/", ("number",)),
    Kind("chapter", k.Chapter, "heritage/*.md", "document", "/heritage/{id}/"),
    Kind("edition", k.Edition, "editions/*.md", "document", "/history/{id}/"),
    Kind("place", k.Place, "places.yaml", "collection"),
    Kind("record", k.PressRecord, "records.yaml", "collection"),
    Kind("term", k.Term, "glossary.yaml", "collection", None, ("term",)),
    Kind("land-rover", k.LandRoverEntry, "land-rover-at-dakar.yaml", "collection"),
)
BY_NAME = {kind.name: kind for kind in KINDS}
