"""What each kind begins with: the values that make a file or entry valid at once, from the words after `--new KIND`.

Only what is known is filled in. Where a kind cannot do without words that only the editor knows, it begins as a draft
with words that say so, and is published when somebody takes the draft line away.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from microsite.schema.kinds import QUOTE_WORDS
from microsite.slugs import slug
from microsite.suggest import did_you_mean


class CannotBegin(Exception):
    """Why nothing was begun, in words for the user."""


@dataclass(frozen=True, slots=True)
class Beginning:
    """Values by key, in the order in which they are written; `todo` is what the editor has to do then."""

    id: str
    values: Mapping[str, Any]
    todo: str
    body: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """What a beginning may depend on: the ids of each kind, the data of all sources, and the day."""

    ids: Mapping[str, Sequence[str]]
    today: str
    sources: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    @property
    def year(self) -> int:
        return int(self.today[:4])


Begin = Callable[[str, Known], Beginning]
NOTHING_KNOWN = {"value": None}
BODY = "Write the text here. After each sentence that tells a fact stands its source: `[@id-of-a-source]`.\n"
PUBLISH = "write it, and take the line “draft: true” away when it is done"
UNSHOWN = "fill it; no page shows it yet: the views in microsite/pages/ say which data each page shows"


def _dated(name: str, known: Known) -> Beginning:
    values = {"draft": True, "title": name, "description": f"{name}: say in one sentence what this note tells."}
    return Beginning(f"{known.today}-{slug(name)}", {**values, "date": known.today}, PUBLISH, BODY)


def _page(name: str, known: Known) -> Beginning:
    values = {"draft": True, "title": name, "description": f"{name}: say in one sentence what this page is about."}
    return Beginning(slug(name), {**values, "updated": known.today}, f"{PUBLISH}, and link to it", BODY)


def _person(name: str, known: Known) -> Beginning:
    given, _, family = name.rpartition(" ")
    values = {
        "draft": True,
        "name": name,
        "sort_name": f"{family}, {given}" if given else name,
        "role": "Say what this person does",
        "group": "history",
        "description": f"{name}: say in one sentence who this is.",
        "summary": f"{name}: say in one or two sentences why this person is here.",
        "updated": known.today,
    }
    return Beginning(slug(name), values, PUBLISH, BODY)


def _stage(name: str, known: Known) -> Beginning:
    values = {
        "draft": True,
        "number": _last_number(name, 0),
        "title": name,
        "description": f"{name}: say in one sentence what happened on this stage.",
        "date": known.today,
        "start": "Say where it starts",
        "finish": "Say where it ends",
        "special_km": NOTHING_KNOWN,
        "liaison_km": NOTHING_KNOWN,
        "total_km": NOTHING_KNOWN,
        "terrain": {"text": "Say what the ground is like.", "unverified": True},
        "result": {"rows": []},
        "standings": {"rows": []},
        "updated": known.today,
    }
    return Beginning(slug(name), values, PUBLISH, BODY)


def _chapter(name: str, known: Known) -> Beginning:
    values = {
        "draft": True,
        "title": name,
        "from_year": known.year,
        "to_year": known.year,
        "description": f"{name}: say in one sentence what this chapter tells.",
        "summary": f"{name}: say in one or two sentences what it was.",
        "updated": known.today,
    }
    return Beginning(slug(name), values, PUBLISH, BODY)


def _edition(name: str, known: Known) -> Beginning:
    if not re.fullmatch(r"[12][0-9]{3}", name):
        raise CannotBegin(f"an edition is named by its year, for example {known.year + 2}, not “{name}”")
    figures = ("number", "start", "finish", "total_km", "special_km", "stages", "starters", "finishers")
    values = {
        "draft": True,
        "year": int(name),
        "name": "Dakar",
        "description": f"The Dakar of {name}: say in one sentence what is known of it.",
        "status": "announced",
        "era": "saudi-arabia",
        **dict.fromkeys(figures, NOTHING_KNOWN),
        "route": {"stops": []},
        "updated": known.today,
    }
    return Beginning(name, values, PUBLISH, BODY)


def _quote(words: str, known: Known) -> Beginning:
    person, source, text = [*words.split(" ", 2), "", ""][:3]
    if not text:
        raise CannotBegin("write: --new quote PERSON SOURCE “the words”, with the ids of who said it and of the source")
    for kind, one in (("person", person), ("source", source)):
        if one not in known.ids[kind]:
            hint = did_you_mean(one, known.ids[kind]) or f"begin it first: --new {kind} …"
            raise CannotBegin(f"there is no {kind} “{one}”; {hint}")
    count = len(text.split())
    if count > QUOTE_WORDS:
        raise CannotBegin(f"the quote has {count} words; a quote may have {QUOTE_WORDS}")
    beginning = "-".join(slug(text).split("-")[:3])
    values = {"speaker": person, "text": text, "sources": [source]}
    return Beginning(f"{person.rpartition('-')[2]}-{beginning}", values, "say when and where it was said, if you know")


def _place(name: str, known: Known) -> Beginning:
    values = {"draft": True, "name": name, "country": "SA", "latitude": 0, "longitude": 0, "approximate": True}
    return Beginning(slug(name), values, "give its country and where it lies, and take “draft: true” away")


def _record(name: str, known: Known) -> Beginning:
    values = {"draft": True, "title": name, "group": "other", "holder": "Say who holds it", "unverified": True}
    return Beginning(slug(name), values, "name the holder and the sources, and take “draft” and “unverified” away")


def _term(name: str, known: Known) -> Beginning:
    values = {"draft": True, "term": name, "definition": f"Say what “{name}” means.", "unverified": True}
    return Beginning(slug(name), values, "explain it, name the sources, and take “draft” and “unverified” away")


def _land_rover(name: str, known: Known) -> Beginning:
    year = re.match(r"([12][0-9]{3})\b[\s:,]*", name)
    vehicle = name[year.end() :] if year else name
    values = {"year": int(year[1]) if year else known.year, "vehicle": vehicle or name, "result": None}
    todo = "say who drove it and how it ended, name the sources, and take “draft” and “unverified” away"
    return Beginning(slug(f"{values['year']} {vehicle}"), {"draft": True, **values, "unverified": True}, todo)


def _entrant(name: str, known: Known) -> Beginning:
    page = {"driver_page": slug(name)} if slug(name) in known.ids.get("person", ()) else {}
    values = {"draft": True, "number": None, "driver": name, **page, "codriver": None, "vehicle": None, "team": None}
    todo = "say what is known of the car, name the sources, and take “draft” and “unverified” away"
    return Beginning(slug(name), {**values, "unverified": True}, todo)


def _comparison(name: str, known: Known) -> Beginning:
    vehicles = [{"id": "first", "name": "First vehicle"}, {"id": "second", "name": "Second vehicle"}]
    return Beginning(_after_the_first("comparison", name, known), _titled(name, vehicles=vehicles, groups=[]), UNSHOWN)


def _season(name: str, known: Known) -> Beginning:
    values = _titled(name, rounds=[], standings_title="Standings", standings=[])
    return Beginning(_after_the_first("season", name, known), values, UNSHOWN)


def _timeline(name: str, known: Known) -> Beginning:
    return Beginning(slug(name), _titled(name, events=[]), UNSHOWN)


def _factsheet(name: str, known: Known) -> Beginning:
    return Beginning(slug(name), _titled(name, figures=[], facts=[]), UNSHOWN)


def _titled(name: str, **values: Any) -> Mapping[str, Any]:
    return {"title": name, **values}


def _after_the_first(kind: str, name: str, known: Known) -> str:
    """The pages show the first of these in the alphabet, so a new one must not come before it."""
    first = min(known.ids[kind], default="")
    if slug(name) < first:
        raise CannotBegin(
            f"the pages show the first {kind}, {first}, and “{slug(name)}” would come before it; choose another name"
        )
    return slug(name)


def _last_number(name: str, otherwise: int) -> int:
    found = re.findall(r"[0-9]+", name)
    return int(found[-1]) if found else otherwise


BEGINNINGS: Mapping[str, Begin] = {
    "update": _dated,
    "page": _page,
    "person": _person,
    "quote": _quote,
    "term": _term,
    "place": _place,
    "edition": _edition,
    "stage": _stage,
    "chapter": _chapter,
    "record": _record,
    "land-rover": _land_rover,
    "entrant": _entrant,
    "timeline": _timeline,
    "factsheet": _factsheet,
    "comparison": _comparison,
    "season": _season,
}
