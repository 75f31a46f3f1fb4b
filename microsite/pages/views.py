"""What each kind of page shows: one function a view, from the site to the values that its template sees."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from microsite.entries import Entry
from microsite.graphics import GapCar, GapStanding
from microsite.pages import connections, history
from microsite.pages.evidence import disputes, source_groups, usages_of
from microsite.pages.findable import Findable, findables
from microsite.pages.page import Crew, IndexLetter, IndexLine, PersonGroup, StageLine, StandingsLine
from microsite.pages.shown import link_to, neighbours, people_links, place_of
from microsite.schema.kinds import ResultLine, ResultTable
from microsite.site_model import Site
from microsite.suggest import fold

View = Callable[[Site, Entry], Mapping[str, Any]]

GROUPS = {
    "driver": "Drivers",
    "co-driver": "Co-drivers",
    "team": "The team",
    "history": "From the history of the Dakar and Land Rover",
}
NEWEST = 3
OTHER = "Other scripts"


def home(site: Site, entry: Entry) -> Mapping[str, Any]:
    return {
        "rally": site.only("rally"),
        "crews": crews(site),
        "next_event": site.get("factsheet", "dakar-2027"),
        "next_edition": next_edition(site),
        "updates": newest_updates(site)[:NEWEST],
    }


def plain(site: Site, entry: Entry) -> Mapping[str, Any]:
    return {}


def car(site: Site, entry: Entry) -> Mapping[str, Any]:
    return {
        "comparison": site.only("comparison"),
        "timeline": site.get("timeline", "development"),
        "rules": site.get("factsheet", "stock-rules"),
        "octa": site.get("factsheet", "octa"),
        "quotes": quotes_on(site, entry),
        "people": people_links(site),
    }


def people(site: Site, entry: Entry) -> Mapping[str, Any]:
    """The crews, and everybody else by group."""
    manned = crews(site)
    in_cars = {one.id for crew in manned for one in (crew.driver, crew.codriver) if one}
    others = sorted((one for one in site.all("person") if one.id not in in_cars), key=_by_sort_name)
    groups = (
        PersonGroup(title, tuple(one for one in others if one.data.group == group)) for group, title in GROUPS.items()
    )
    return {"crews": manned, "groups": tuple(group for group in groups if group.people)}


def person(site: Site, entry: Entry) -> Mapping[str, Any]:
    everyone = sorted(site.all("person"), key=lambda one: (list(GROUPS).index(one.data.group), _by_sort_name(one)))
    crew = next((one for one in crews(site) if entry in (one.driver, one.codriver)), None)
    return {
        "quotes": tuple(quote for quote in site.all("quote") if quote.data.speaker == entry.id),
        "crew": crew,
        "stage_results": stage_lines(site, crew.entrant.id) if crew else (),
        "records_told": connections.records_told_of(site, entry),
        "records_held": connections.records_held_by(entry, history.all_computed(site)),
        "land_rovers": connections.land_rovers_of(site, entry),
        "told_on": connections.told_on(site, entry),
        **neighbours(everyone, entry),
    }


def programme(site: Site, entry: Entry) -> Mapping[str, Any]:
    return {
        "partnership": site.get("factsheet", "partnership"),
        "recce_fleet": site.get("factsheet", "recce-fleet"),
        "transport_fleet": site.get("factsheet", "transport-fleet"),
        "team": (team := site.only("team")),
        "team_page": place_of(team, site) if team else None,
        "season": (season := site.only("season")),
        "season_page": place_of(season, site) if season else None,
        "quotes": quotes_on(site, entry),
        "people": people_links(site),
        "crews": crews(site),
    }


def team(site: Site, entry: Entry) -> Mapping[str, Any]:
    return {
        "works_programme": site.get("factsheet", "works-programme"),
        "team": site.only("team"),
        "people": people_links(site),
    }


def season(site: Site, entry: Entry) -> Mapping[str, Any]:
    return {"season": site.only("season"), "people": people_links(site)}


def dakar(site: Site, entry: Entry) -> Mapping[str, Any]:
    return {
        "rally": site.only("rally"),
        "stages": stages(site),
        "entrants": site.entries["entrant"],
        "crews": crews(site),
        "gaps": tuple(_gaps(site, crew) for crew in crews(site)),
        "standings": standings_lines(site),
        "route": history.route_of(site, edition) if (edition := site.get("edition", "2026")) else (),
    }


def stage(site: Site, entry: Entry) -> Mapping[str, Any]:
    ends = ((name, history.stage_place(site, name)) for name in (entry.data.start, entry.data.finish))
    return {
        "rally": site.only("rally"),
        "entrants": site.entries["entrant"],
        "places": {name: place for name, place in ends if place},
        "told_on": connections.told_on(site, entry),
        **neighbours(stages(site), entry),
    }


def heritage(site: Site, entry: Entry) -> Mapping[str, Any]:
    return {"chapters": connections.chapters(site)}


def chapter(site: Site, entry: Entry) -> Mapping[str, Any]:
    return {
        "route": history.chapter_route(entry),
        "spots": history.chapter_spots(site, entry),
        "told_on": connections.told_on(site, entry),
        **neighbours(connections.chapters(site), entry),
    }


def updates(site: Site, entry: Entry) -> Mapping[str, Any]:
    return {"updates": newest_updates(site)}


def update(site: Site, entry: Entry) -> Mapping[str, Any]:
    return neighbours(list(reversed(newest_updates(site))), entry)


def sources(site: Site, entry: Entry) -> Mapping[str, Any]:
    return {"groups": source_groups(site)}


def source(site: Site, entry: Entry) -> Mapping[str, Any]:
    return {"usages": usages_of(entry, site)}


def search(site: Site, entry: Entry) -> Mapping[str, Any]:
    """Everything that can be found, by letters: a page to find things without a script too."""
    letters: dict[str, list[Findable]] = {}
    for one in findables(site):
        letters.setdefault(_letter(one.sorted_as), []).append(one)
    return {
        "groups": tuple(dict.fromkeys(one.group for one in findables(site))),
        "letters": tuple(
            IndexLetter(
                letter,
                tuple(_index_line(one) for one in found if one.group != "Sources"),
                tuple(_index_line(one) for one in found if one.group == "Sources"),
            )
            for letter, found in sorted(letters.items(), key=lambda pair: (pair[0] == OTHER, pair[0]))
        ),
    }


def all_disputes(site: Site, entry: Entry) -> Mapping[str, Any]:
    return {"disputes": disputes(site)}


def design(site: Site, entry: Entry) -> Mapping[str, Any]:
    """One example of every component, taken from what other pages show."""
    coming = next_edition(site)
    return {
        "rally": site.only("rally"),
        "entrants": site.entries["entrant"],
        "stages": stages(site),
        "crews": crews(site),
        "gaps": tuple(_gaps(site, crew) for crew in crews(site)),
        "standings": standings_lines(site),
        "timeline": site.get("timeline", "development"),
        "quote": next(iter(site.all("quote")), None),
        "people": people_links(site),
        "first_edition": next(iter(history.editions(site)), None),
        "next_edition": coming,
        "route": history.route_of(site, coming) if coming else (),
        "around": tuple(link_to(one) for one in stages(site)[:3:2]),
    }


PAGE_VIEWS: Mapping[str, View] = {
    "home": home,
    "page": plain,
    "not-found": plain,
    "offline": plain,
    "car": car,
    "crews": people,
    "programme": programme,
    "season": season,
    "team": team,
    "dakar-2026": dakar,
    "heritage": heritage,
    "updates": updates,
    "sources": sources,
    "disputes": all_disputes,
    "design": design,
    "history": history.history,
    "records": history.records,
    "places": history.places,
    "land-rover": history.land_rover,
    "glossary": history.glossary,
    "search": search,
}
"""Views that a page of content/pages/ may ask for."""

ENTRY_VIEWS: Mapping[str, View] = {
    "person": person,
    "stage": stage,
    "chapter": chapter,
    "update": update,
    "source": source,
    "edition": history.edition,
}
"""Views of the entries that have a page of their own, by kind."""


# What several views share ---------------------------------------------------------------------------------------------


def crews(site: Site) -> tuple[Crew, ...]:
    """Our crews in the order of the final classification, those without a place last."""
    rally = site.only("rally")
    rows = {row.entrant: row for row in rally.data.classification} if rally else {}
    ours = [entrant for entrant in site.all("entrant") if entrant.data.ours]
    found = (
        Crew(
            entrant,
            site.get("person", entrant.data.driver_page),
            site.get("person", entrant.data.codriver_page),
            rows.get(entrant.id),
        )
        for entrant in ours
    )
    return tuple(sorted(found, key=lambda crew: crew.row.position if crew.row else len(rows) + 1))


def quotes_on(site: Site, entry: Entry) -> tuple[Entry, ...]:
    return tuple(quote for quote in site.all("quote") if entry.permalink in quote.data.also_on)


def stages(site: Site) -> tuple[Entry, ...]:
    return tuple(sorted(site.all("stage"), key=lambda one: one.data.number))


def next_edition(site: Site) -> Entry | None:
    return next((one for one in history.editions(site) if one.data.status == "announced"), None)


def newest_updates(site: Site) -> tuple[Entry, ...]:
    return tuple(sorted(site.all("update"), key=lambda one: (one.data.date, one.id), reverse=True))


def stage_lines(site: Site, entrant_id: str) -> tuple[StageLine, ...]:
    """How one entrant did on every stage; a stage on which its place is not known has a line too."""
    return tuple(
        StageLine(
            link_to(one),
            one.data.number,
            one.data.date,
            _row_of(one.data.result, entrant_id),
            one.data.result.sources,
            one.data.result.unverified,
        )
        for one in stages(site)
    )


def standings_lines(site: Site) -> tuple[StandingsLine, ...]:
    """Where our crews stood after every stage: what the chart of gaps shows, as a table."""
    ours = [crew.entrant.id for crew in crews(site)]
    return tuple(
        StandingsLine(
            link_to(one),
            one.data.number,
            tuple(_row_of(one.data.standings, entrant_id) for entrant_id in ours),
            one.data.standings.sources,
            one.data.standings.unverified,
        )
        for one in stages(site)
    )


def _gaps(site: Site, crew: Crew) -> GapCar:
    """How far one crew was behind the leader of its class after each stage, as far as it is known."""
    found = ((one.data.number, _row_of(one.data.standings, crew.entrant.id)) for one in stages(site))
    standings = (GapStanding(number, row.position, row.gap, row.gap_text) for number, row in found if row)
    return GapCar(crew.entrant.data.driver, tuple(standings))


def _row_of(table: ResultTable, entrant_id: str) -> ResultLine | None:
    return next((row for row in table.rows if row.entrant == entrant_id), None)


def _by_sort_name(entry: Entry) -> str:
    return str(entry.data.sort_name).casefold()


def _letter(title: str) -> str:
    """Under which letter of an index a title stands."""
    first = fold(title)[:1].upper()
    if not first.isalpha():
        return "0–9"
    return first if first.isascii() else OTHER


def _index_line(one: Findable) -> IndexLine:
    return IndexLine(one.sorted_as, one.permalink, one.group)
