"""Ways to look at the real content, and what is known of it beforehand."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from microsite.entries import Entry
from microsite.schema.kinds import (
    Competitor,
    Edition,
    PodiumPlace,
    Winner,
)
from microsite.schema.values.facts import Cited
from microsite.site_model import Site

CANCELLED, ANNOUNCED = 2008, 2027
START_CATEGORIES = {
    "motorcycle": "motorcycles",
    "car": "cars",
    "Ultimate": "cars",
    "truck": "trucks",
    "SSV": "ssv",
    "SSV (T4)": "ssv",
    "Challenger (T3)": "challenger",
    "Stock": "stock",
    "Classic": "classic",
}
"""What a start may call its category, and which one of the editions that is."""


def entries(site: Site) -> Iterator[Entry]:
    for kind in site.entries:
        yield from site.all(kind)


def number(fact: Cited[Any]) -> Decimal | None:
    """A figure told in words cannot be compared."""
    return fact.value if isinstance(fact.value, Decimal) else None


def winner(edition: Edition, category: str) -> Winner | None:
    return next((one for one in edition.winners if one.category == category), None)


def results(edition: Edition) -> Iterator[tuple[str, int, Winner | PodiumPlace]]:
    """Category, place and row of everything that an edition says of who came where."""
    for one in edition.winners:
        yield one.category, 1, one
    for place in edition.podium:
        yield "cars", place.position, place


def competitors(editions: Iterable[Edition]) -> Iterator[tuple[int, Competitor]]:
    for edition in editions:
        for _, _, row in results(edition):
            for competitor in row.crew:
                yield edition.year, competitor


def fold(name: str) -> str:
    """A name without accents, capitals, hyphens and points: two that are equal so are the same, spelled differently."""
    plain = unicodedata.normalize("NFKD", name.replace("ł", "l").replace("Ł", "L").replace("ø", "o"))
    letters = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return re.sub(r"[\W_]+", " ", letters).strip().lower()


def spelled_differently(names: Iterable[str]) -> list[set[str]]:
    folded = defaultdict(set)
    for name in names:
        folded[fold(name)].add(name)
    return [found for found in folded.values() if len(found) > 1]
