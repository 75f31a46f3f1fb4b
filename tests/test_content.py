"""The real content: that its numbers, dates, names and places agree with one another and with the calendar.

Nothing here checks a fact against the world; that is what sources are for. A test that fails names the entries that
disagree, so that an editor knows where to look.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal
from difflib import SequenceMatcher
from itertools import pairwise
from math import cos, hypot, radians
from typing import Any

import pytest

from microsite.diagnostics import Diagnostics
from microsite.entries import Entry, name_of
from microsite.filters import country
from microsite.schema.kinds import (
    QUOTE_WORDS,
    Competitor,
    DakarStart,
    Edition,
    Place,
    PodiumPlace,
    Rally,
    ResultTable,
    Season,
    Stage,
    Winner,
)
from microsite.schema.values import Cited, EntryId, Model, Sourced
from microsite.schema.walk import walk
from microsite.site_model import Site
from tests.projects import report
from tests.real_site import real_site

YEARS = range(1979, 2028)
CANCELLED, ANNOUNCED = 2008, 2027

# The first and the last edition with a category of its own; None: it goes on. Stock is what became of T2, whose winners
# before 2021 the content does not tell; Rally2 and Original are classes among the motorcycles.
CATEGORY_YEARS: dict[str, tuple[int, int | None]] = {
    "cars": (1979, None),
    "motorcycles": (1979, None),
    "trucks": (1979, None),
    "quads": (2009, 2024),
    "ssv": (2017, None),
    "challenger": (2021, None),
    "stock": (2021, None),
    "classic": (2021, None),
    "mission-1000": (2024, None),
    "rally2": (2022, None),
    "original": (2017, None),
}
NOT_RACED_FOR = {"classic", "mission-1000"}
"""Events of their own beside the race, which counts of race vehicles leave out."""

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

# South, north, west and east in degrees, mainland and the islands that a rally could reach, drawn by hand.
BOXES: dict[str, tuple[float, float, float, float]] = {
    "AO": (-18.1, -4.3, 11.6, 24.1),
    "AR": (-55.1, -21.7, -73.6, -53.6),
    "BF": (9.4, 15.1, -5.6, 2.5),
    "BO": (-22.9, -9.6, -69.7, -57.4),
    "CF": (2.2, 11.1, 14.4, 27.5),
    "CG": (-5.1, 3.8, 11.1, 18.7),
    "CI": (4.3, 10.8, -8.7, -2.4),
    "CL": (-56.0, -17.4, -75.8, -66.4),
    "CM": (1.6, 13.1, 8.4, 16.2),
    "DZ": (18.9, 37.2, -8.7, 12.0),
    "EG": (21.9, 31.7, 24.6, 36.9),
    "EH": (20.7, 27.7, -17.2, -8.6),
    "ES": (35.9, 43.8, -9.4, 4.4),
    "FR": (41.3, 51.1, -5.2, 9.6),
    "GA": (-4.0, 2.4, 8.6, 14.6),
    "GN": (7.1, 12.7, -15.1, -7.6),
    "LY": (19.5, 33.2, 9.3, 25.2),
    "MA": (27.6, 36.0, -13.3, -1.0),
    "ML": (10.1, 25.0, -12.3, 4.3),
    "MR": (14.7, 27.4, -17.1, -4.8),
    "NE": (11.6, 23.6, 0.1, 16.0),
    "PE": (-18.4, 0.0, -81.4, -68.6),
    "PT": (36.9, 42.2, -9.6, -6.1),
    "PY": (-27.7, -19.2, -62.7, -54.2),
    "SA": (16.3, 32.2, 34.5, 55.7),
    "SL": (6.9, 10.1, -13.4, -10.2),
    "SN": (12.3, 16.7, -17.6, -11.3),
    "TD": (7.4, 23.5, 13.4, 24.1),
    "TN": (30.2, 37.4, 7.5, 11.7),
    "ZA": (-34.9, -22.1, 16.4, 33.0),
}
BORDER_KM = 150

# Told as they were typed elsewhere: addresses, file names and ids are not prose.
NOT_PROSE = {"url", "file", "permalink", "path", "base_url", "sources", "aliases"}
COPIED_WORDS = 12
ALIKE = 0.85
SPECIALS_DIFFER_KM = 10
"""How far the sum of the stages may be from the total, whose sources themselves differ by 60 km."""


# The content, and ways to look at it ----------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def loaded() -> tuple[Site, Diagnostics]:
    return real_site()


@pytest.fixture(scope="session")
def site(loaded: tuple[Site, Diagnostics]) -> Site:
    return loaded[0]


@pytest.fixture(scope="session")
def editions(site: Site) -> list[Edition]:
    return sorted((entry.data for entry in site.all("edition")), key=lambda edition: edition.year)


@pytest.fixture(scope="session")
def held(editions: list[Edition]) -> list[Edition]:
    return [edition for edition in editions if edition.status == "held"]


@pytest.fixture(scope="session")
def stages(site: Site) -> list[Stage]:
    return sorted((entry.data for entry in site.all("stage")), key=lambda stage: stage.number)


@pytest.fixture(scope="session")
def rally(site: Site) -> Rally:
    entry = site.only("rally")
    assert entry is not None
    data: Rally = entry.data
    return data


def entries(site: Site) -> Iterator[Entry]:
    for kind in site.entries:
        yield from site.all(kind)


def number(fact: Cited[Any]) -> Decimal | None:
    """A figure told in words cannot be compared."""
    return fact.value if isinstance(fact.value, Decimal) else None


def winner(edition: Edition, category: str) -> Winner | None:
    return next((one for one in edition.winners if one.category == category), None)


def wins(editions: Iterable[Edition], category: str, driver: str) -> list[int]:
    """The years in which the first named of a category's winners was `driver`."""
    found = ((edition.year, winner(edition, category)) for edition in editions)
    return [year for year, one in found if one and one.crew[0].name == driver]


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


def texts(value: Any, name: str = "") -> Iterator[tuple[str, str]]:
    """Every text that readers see below a value, with the key that holds it."""
    if isinstance(value, Model):
        for field in type(value).model_fields:
            if field not in NOT_PROSE:
                yield from texts(getattr(value, field), field)
    elif isinstance(value, dict):
        for item in value.values():
            yield from texts(item, name)
    elif isinstance(value, tuple):
        for item in value:
            yield from texts(item, name)
    elif isinstance(value, str) and not isinstance(value, EntryId):
        yield name, value


def entry_texts(entry: Entry) -> Iterator[tuple[str, str]]:
    yield from texts(entry.data)
    if entry.body:
        yield "text", entry.body.plain_text


def kilometres_outside(place: Place) -> float:
    """How far a place lies from the box of its country; 0 inside."""
    south, north, west, east = BOXES[place.country]
    latitude, longitude = float(place.latitude), float(place.longitude)
    up = max(south - latitude, latitude - north, 0.0)
    aside = max(west - longitude, longitude - east, 0.0) * cos(radians(latitude))
    return hypot(up, aside) * 111.2


# Ids and dates --------------------------------------------------------------------------------------------------------


def test_the_content_loads_without_a_diagnostic(loaded: tuple[Site, Diagnostics]) -> None:
    assert report(loaded[1]) == []


def test_all_editions_are_there(editions: list[Edition]) -> None:
    assert [edition.year for edition in editions] == list(YEARS)
    assert {edition.year: edition.status for edition in editions if edition.status != "held"} == {
        CANCELLED: "cancelled",
        ANNOUNCED: "announced",
    }


def test_an_edition_is_in_the_file_of_its_year(site: Site) -> None:
    assert [entry.id for entry in site.all("edition") if entry.id != str(entry.data.year)] == []


def test_editions_are_numbered_in_order(editions: list[Edition]) -> None:
    """The organiser counts the cancelled rally of 2008 as its 30th and gave 2009 the number 31."""
    told = {edition.year: edition.number.value for edition in editions if edition.number.value is not None}
    assert told == {year: year - 1978 for year in YEARS if year != CANCELLED}


def test_editions_follow_one_another(editions: list[Edition]) -> None:
    spans = [(str(edition.start.value), str(edition.finish.value)) for edition in editions]
    assert [span for span in spans if span[0] >= span[1]] == []
    assert [later for earlier, later in pairwise(spans) if earlier[1] >= later[0]] == []
    strays = [edition.year for edition in editions if not str(edition.finish.value).startswith(f"{edition.year}-01")]
    assert strays == [], "the Dakar has always ended in January of its year"


def test_eras_follow_one_another(editions: list[Edition]) -> None:
    eras = {edition.year: edition.era for edition in editions}
    assert list(dict.fromkeys(eras.values())) == ["africa", "south-america", "saudi-arabia"]
    assert [year for year in YEARS[1:] if eras[year] != eras[year - 1]] == [2009, 2020]


def test_the_stages_of_2026_are_complete(stages: list[Stage], rally: Rally) -> None:
    assert [stage.number for stage in stages] == list(range(14))
    dates = [stage.date for stage in stages]
    assert dates == sorted(set(dates))
    assert (dates[0], dates[-1]) == (rally.start, rally.finish)


def test_a_stage_starts_where_the_last_one_finished(stages: list[Stage]) -> None:
    breaks = [
        (stage.number, last.finish, stage.start) for last, stage in pairwise(stages) if last.finish != stage.start
    ]
    assert breaks == []


def test_timelines_are_in_order(site: Site) -> None:
    for timeline in site.all("timeline"):
        dates = [event.date for event in timeline.data.events]
        assert dates == sorted(dates), timeline.path
        assert [event.id for event in timeline.data.events if event.until and event.until < event.date] == []


def test_an_update_bears_its_date_in_its_address(site: Site) -> None:
    assert [entry.id for entry in site.all("update") if not entry.id.startswith(f"{entry.data.date}-")] == []


def test_chapters_do_not_end_before_they_begin(site: Site) -> None:
    assert [entry.id for entry in site.all("chapter") if entry.data.from_year > entry.data.to_year] == []


def test_rounds_of_a_season_are_in_order(site: Site) -> None:
    for entry in site.all("season"):
        season: Season = entry.data
        assert [one.number for one in season.rounds] == list(range(1, len(season.rounds) + 1))
        days = [day for one in season.rounds for day in (one.start, one.finish)]
        assert days == sorted(set(days)), entry.path
        positions = [one.position for one in season.standings]
        assert positions == sorted(set(positions)), entry.path


# Categories, people, places -------------------------------------------------------------------------------------------


def test_categories_are_won_only_in_years_in_which_they_were_raced(held: list[Edition]) -> None:
    for edition in held:
        for category in {row.category for row in edition.winners} | {row.category for row in edition.counts}:
            first, last = CATEGORY_YEARS[category]
            assert first <= edition.year <= (last or ANNOUNCED), (edition.year, category)


def test_every_edition_names_the_winners_of_its_main_categories(held: list[Edition]) -> None:
    """In 1989 the trucks were no category of their own."""
    missing = [
        (edition.year, category)
        for edition in held
        for category in ("cars", "motorcycles", "trucks")
        if winner(edition, category) is None
    ]
    assert missing == [(1989, "trucks")]


def test_no_category_of_an_edition_is_told_twice(held: list[Edition]) -> None:
    for edition in held:
        for told in ([row.category for row in edition.winners], [row.category for row in edition.counts]):
            assert len(set(told)) == len(told), edition.year
        assert [place.position for place in edition.podium] == list(range(1, len(edition.podium) + 1)), edition.year


def test_ages_are_plausible(site: Site) -> None:
    for person in site.all("person"):
        data = person.data
        if data.born and data.born.value and data.starts:
            born = int(data.born.value[:4])
            ages = [start.year - born for start in data.starts]
            assert min(ages) >= 15, person.id
            assert max(ages) <= 80, person.id


def test_starts_are_in_order_and_in_editions_that_were_held(site: Site, held: list[Edition]) -> None:
    years = {edition.year for edition in held}
    for person in site.all("person"):
        starts = [start.year for start in person.data.starts]
        assert starts == sorted(set(starts)), person.id
        assert set(starts) <= years, person.id


def test_starts_name_categories_that_existed(site: Site) -> None:
    strays = [
        (person.id, start.year, start.category)
        for person in site.all("person")
        for start in person.data.starts
        if start.year < CATEGORY_YEARS[START_CATEGORIES[start.category]][0]
    ]
    assert strays == []


def test_a_position_says_what_the_result_says(site: Site) -> None:
    strays = [
        (person.id, start.year, start.position, start.result)
        for person in site.all("person")
        for start in person.data.starts
        if start.position is not None and not str(start.result).startswith(f"{start.position}")
    ]
    assert strays == []


def test_every_country_has_a_name_for_readers(site: Site, editions: list[Edition]) -> None:
    codes = {competitor.country for _, competitor in competitors(editions)}
    codes |= {place.data.country for place in site.all("place")}
    codes |= {person.data.nationality for person in site.all("person")}
    assert {code for code in codes if code and country(code) == code} == set()


def test_places_lie_in_their_countries(site: Site) -> None:
    far = {place.id: round(kilometres_outside(place.data)) for place in site.all("place")}
    assert {place: km for place, km in far.items() if km > BORDER_KM} == {}


def test_every_place_is_on_a_route_and_every_route_moves_on(site: Site, editions: list[Edition]) -> None:
    visited = {str(stop.place) for edition in editions for stop in edition.route.stops}
    assert {place.id for place in site.all("place")} - visited == set()
    still = [
        (edition.year, str(stop.place))
        for edition in editions
        for last, stop in pairwise(edition.route.stops)
        if last.place == stop.place
    ]
    assert still == [], "a loop is told by one stop"


# Sources --------------------------------------------------------------------------------------------------------------


def test_every_figure_has_a_source_or_a_badge(site: Site) -> None:
    bare = [
        (name_of(entry), found.label)
        for entry in entries(site)
        for found in walk(entry.data)
        if isinstance(found.value, Sourced) and found.value.is_known
        if not found.value.sources and not found.value.unverified
    ]
    assert bare == []


def test_nothing_is_sourced_and_unverified_at_once(site: Site) -> None:
    both = [
        (name_of(entry), found.label)
        for entry in entries(site)
        for found in walk(entry.data)
        if isinstance(found.value, Sourced) and found.value.sources and found.value.unverified
    ]
    assert both == []


def test_a_source_is_cited_once_for_one_fact(site: Site) -> None:
    twice = [
        (name_of(entry), found.label, source)
        for entry in entries(site)
        for found in walk(entry.data)
        if isinstance(found.value, Sourced)
        for source, count in Counter(found.value.sources).items()
        if count > 1
    ]
    assert twice == []


def test_quotes_are_short_and_have_speaker_and_source(site: Site) -> None:
    for quote in site.all("quote"):
        assert len(quote.data.text.split()) <= QUOTE_WORDS, quote.id
        assert site.get("person", quote.data.speaker) is not None, quote.id
        assert quote.data.sources, quote.id


def test_one_address_is_one_source(site: Site) -> None:
    """Two addresses were given to another text or crew later; both states are cited, and their notes say so."""
    by_address = defaultdict(list)
    for source in site.all("source"):
        if source.data.url:
            by_address[re.sub(r"^https?://(www\.)?|/$", "", source.data.url)].append(source)
    shared = [found for found in by_address.values() if len(found) > 1]
    assert [[source.id for source in found] for found in shared if not all(one.data.note for one in found)] == []
    assert len(shared) <= 2


def test_publishers_are_spelled_the_same_everywhere(site: Site) -> None:
    publishers = {source.data.publisher for source in site.all("source")}
    assert spelled_differently(publishers) == []


# Results --------------------------------------------------------------------------------------------------------------


def test_no_more_finish_than_start(held: list[Edition]) -> None:
    for edition in held:
        starters, finishers = number(edition.starters), number(edition.finishers)
        assert starters is None or finishers is None or finishers <= starters, edition.year
        for count in edition.counts:
            if count.starters is not None and count.finishers is not None:
                assert count.finishers <= count.starters, (edition.year, count.category)


def test_no_category_has_more_than_the_whole(held: list[Edition]) -> None:
    """Where all classes are counted their sum is the total, unless a note says why not."""
    for edition in held:
        race = [count for count in edition.counts if count.category not in NOT_RACED_FOR]
        for total, parts in (
            (number(edition.starters), [count.starters for count in race]),
            (number(edition.finishers), [count.finishers for count in race]),
        ):
            known = sum(part for part in parts if part is not None)
            explained = all(count.note for count in race) or edition.starters.note
            assert total is None or known <= total or explained, (edition.year, known, total)


def test_the_timed_distance_is_part_of_the_whole(editions: list[Edition], stages: list[Stage]) -> None:
    whole: list[Edition | Stage] = [*editions, *stages]
    for one in whole:
        total, special = number(one.total_km), number(one.special_km)
        assert total is None or special is None or special <= total, one.title
    for stage in stages:
        parts = [number(stage.special_km), number(stage.liaison_km)]
        if None not in parts and (total := number(stage.total_km)) is not None:
            assert sum(part for part in parts if part is not None) == total, stage.title


def test_the_winner_of_the_cars_is_first_of_the_podium(held: list[Edition]) -> None:
    for edition in held:
        first, one = edition.podium[0], winner(edition, "cars")
        assert one is not None
        assert (first.crew, first.make, first.model) == (one.crew, one.make, one.model), edition.year


def test_gaps_grow_from_place_to_place(held: list[Edition], stages: list[Stage], rally: Rally) -> None:
    for edition in held:
        assert edition.podium[0].gap is None, edition.year
        assert_rising([place.gap for place in edition.podium], edition.title)
    tables: list[tuple[str, ResultTable]] = [
        pair for stage in stages for pair in ((stage.title, stage.result), (stage.title, stage.standings))
    ]
    for title, table in tables:
        assert [row.position for row in table.rows] == sorted({row.position for row in table.rows}), title
        assert len({row.entrant for row in table.rows}) == len(table.rows), title
        assert_rising([row.gap for row in table.rows], title)
        assert all(row.time is None for row in table.rows if row.position > 1), title
    assert_rising([Decimal(row.overall) for row in rally.classification if row.overall], rally.name)


def assert_rising(values: Iterable[Decimal | None], what: str) -> None:
    known = [value for value in values if value is not None]
    assert known == sorted(known), what


def test_the_stages_of_2026_add_up_to_its_timed_distance(stages: list[Stage], held: list[Edition]) -> None:
    edition = held[-1]
    total = number(edition.special_km)
    lengths = [number(stage.special_km) for stage in stages]
    assert None not in lengths
    assert total is not None
    assert abs(sum(length for length in lengths if length is not None) - total) <= SPECIALS_DIFFER_KM
    assert edition.special_km.note, "the total is the plan’s"
    assert {str(other.value) for other in edition.special_km.disputed} >= {"4845", "4880"}


def test_the_rally_of_2026_is_told_alike_in_both_places(rally: Rally, held: list[Edition]) -> None:
    edition = held[-1]
    figures = {one.id: one for one in rally.figures}
    assert (edition.start.value, edition.finish.value) == (rally.start, rally.finish)
    for figure_id, fact in (
        ("edition", edition.number),
        ("total-distance", edition.total_km),
        ("special-distance", edition.special_km),
        ("starting-vehicles", edition.starters),
        ("finishing-vehicles", edition.finishers),
    ):
        assert figures[figure_id].value == fact.value, figure_id
    for one in rally.winners:
        same = winner(edition, "cars" if one.id == "ultimate" else one.id)
        assert same is not None, one.id
        assert one.crew == " / ".join(competitor.name for competitor in same.crew), one.id
    for count in edition.counts:
        name = "ultimate" if count.category == "cars" else count.category
        assert figures[f"starters-{name}"].value == count.starters, name


def test_the_stock_winners_of_2026(site: Site, rally: Rally, stages: list[Stage], held: list[Edition]) -> None:
    """Seven stages for Baciuška, three each for Price and Peterhansel, and the prologue for Price."""
    drivers = {entry.id: entry.data.driver for entry in site.all("entrant")}
    firsts = {stage.number: drivers[stage.result.rows[0].entrant] for stage in stages}
    assert firsts.pop(0) == "Sara Price"
    assert Counter(firsts.values()) == {"Rokas Baciuška": 7, "Sara Price": 3, "Stéphane Peterhansel": 3}
    stock = winner(held[-1], "stock")
    assert stock is not None
    first = rally.classification[0]
    assert (stock.crew[0].name, stock.time) == (drivers[first.entrant], first.time)
    assert [row.entrant for row in stages[-1].standings.rows] == [row.entrant for row in rally.classification]
    for person in ("rokas-baciuska", "sara-price", "stephane-peterhansel"):
        entry = site.get("person", person)
        assert entry is not None
        start: DakarStart = entry.data.starts[-1]
        place = next(row.position for row in rally.classification if drivers[row.entrant] == entry.data.name)
        assert (start.year, start.position) == (2026, place), person
        assert start.stage_wins in (None, Counter(firsts.values())[entry.data.name]), person


# Careers that are told in more than one place -------------------------------------------------------------------------


def test_peterhansel_started_36_times_and_won_14(site: Site, held: list[Edition]) -> None:
    entry = site.get("person", "stephane-peterhansel")
    assert entry is not None
    starts: tuple[DakarStart, ...] = entry.data.starts
    figures = {one.id: one.value for one in entry.data.figures}
    assert len(starts) == figures["dakar-starts"] == 36
    won = [start for start in starts if start.position == 1]
    by_category = Counter(start.category for start in won)
    assert by_category == {"motorcycle": 6, "car": 8}
    assert by_category.total() == figures["dakar-wins"] == 14
    for category, name in (("motorcycles", "motorcycle"), ("cars", "car")):
        years = [start.year for start in won if start.category == name]
        assert wins(held, category, "Stéphane Peterhansel") == years


@pytest.mark.parametrize(
    ("category", "driver", "years"),
    [
        ("cars", "Ari Vatanen", [1987, 1989, 1990, 1991]),
        ("cars", "Nasser Al-Attiyah", [2011, 2015, 2019, 2022, 2023, 2026]),
        ("cars", "Pierre Lartigue", [1994, 1995, 1996]),
        ("cars", "René Metge", [1981, 1984, 1986]),
        ("cars", "Carlos Sainz", [2010, 2018, 2020, 2024]),
        ("cars", "Hubert Auriol", [1992]),
        ("cars", "Jutta Kleinschmidt", [2001]),
        ("motorcycles", "Hubert Auriol", [1981, 1983]),
        ("motorcycles", "Cyril Neveu", [1979, 1980, 1982, 1986, 1987]),
        ("motorcycles", "Cyril Despres", [2005, 2007, 2010, 2012, 2013]),
        ("motorcycles", "Marc Coma", [2006, 2009, 2011, 2014, 2015]),
        ("trucks", "Vladimir Chagin", [2000, 2002, 2003, 2004, 2006, 2010, 2011]),
        ("trucks", "Karel Loprais", [1988, 1994, 1995, 1998, 1999, 2001]),
        ("stock", "Rokas Baciuška", [2026]),
    ],
)
def test_wins(held: list[Edition], category: str, driver: str, years: list[int]) -> None:
    assert wins(held, category, driver) == years


def test_kamaz_and_the_truck_that_won_in_1995(site: Site, held: list[Edition]) -> None:
    """Nineteen wins; a twentieth, 1995, is shown as what one source says."""
    won = [edition.year for edition in held if (one := winner(edition, "trucks")) and one.make == "Kamaz"]
    assert (won[0], len(won)) == (1996, 19)
    assert [entry.data.value for entry in site.all("record") if entry.data.holder == "Kamaz"] == [len(won)]
    disputed = winner(next(edition for edition in held if edition.year == 1995), "trucks")
    assert disputed is not None
    assert disputed.make == "Tatra"
    assert [str(other.value) for other in disputed.disputed if "Kamaz" in str(other.value)] != []


def test_a_result_stands_in_the_edition_and_on_the_page_of_the_person(site: Site, held: list[Edition]) -> None:
    """Results that no source confirms are left to the edition, where they bear a badge."""
    told = {
        (str(competitor.person), edition.year, category, place)
        for edition in held
        for category, place, row in results(edition)
        for competitor in row.crew
        if competitor.person and not competitor.unverified and not row.unverified
    }
    on_pages = {
        (person.id, start.year, START_CATEGORIES[start.category], start.position)
        for person in site.all("person")
        for start in person.data.starts
    }
    assert told - on_pages == set()
    won = {one for one in on_pages if one[3] == 1 or (one[2] == "cars" and one[3] in (2, 3))}
    assert won - told == set()


def test_a_crew_is_the_same_in_the_edition_and_on_the_page_of_the_person(site: Site, held: list[Edition]) -> None:
    by_year = {edition.year: edition for edition in held}
    for person in site.all("person"):
        for start in person.data.starts:
            for category, place, row in results(by_year[start.year]):
                if (category, place) == (START_CATEGORIES[start.category], start.position):
                    others = {one.name for one in row.crew if one.person != person.id and not one.unverified}
                    stated = set(re.split(r", | / | and ", start.crew or ""))
                    assert others <= stated, (person.id, start.year)


# Names and prose ------------------------------------------------------------------------------------------------------


def spelled_differently(names: Iterable[str]) -> list[set[str]]:
    folded = defaultdict(set)
    for name in names:
        folded[fold(name)].add(name)
    return [found for found in folded.values() if len(found) > 1]


def all_names(site: Site, editions: list[Edition]) -> Iterator[str]:
    """Names of people wherever the data give them."""
    yield from (competitor.name for _, competitor in competitors(editions))
    for entry in site.all("entrant"):
        yield from (name for name in (entry.data.driver, entry.data.codriver) if name)
    for person in site.all("person"):
        yield person.data.name
        for start in person.data.starts:
            yield from re.split(r", | / | and ", start.crew) if start.crew else ()
    for entry in site.all("rally"):
        for one in entry.data.winners:
            yield from one.crew.split(" / ")
    for entry in site.all("land-rover"):
        yield from entry.data.crew
    for entry in site.all("team"):
        yield from (member.name for member in entry.data.members)


def test_names_are_spelled_the_same_everywhere(site: Site, editions: list[Edition]) -> None:
    assert spelled_differently(all_names(site, editions)) == []


def test_no_two_names_differ_by_a_letter_or_two(site: Site, editions: list[Edition]) -> None:
    """Mathieu and Matthieu, Semen and Semyon: one person, most likely, spelled in two ways."""
    names = sorted({fold(name) for name in all_names(site, editions)})
    alike = []
    for index, name in enumerate(names):
        matcher = SequenceMatcher(b=name)
        for other in names[index + 1 :]:
            matcher.set_seq1(other)
            if matcher.real_quick_ratio() > ALIKE < matcher.quick_ratio() and matcher.ratio() > ALIKE:
                alike.append((name, other))
    assert alike == []


def test_makes_and_models_are_spelled_the_same_everywhere(editions: list[Edition]) -> None:
    rows = [row for edition in editions for _, _, row in results(edition)]
    assert spelled_differently(row.make for row in rows if row.make) == []
    assert spelled_differently(f"{row.make} {row.model}" for row in rows if row.model) == []


def test_a_competitor_has_one_country(editions: list[Edition]) -> None:
    countries = defaultdict(set)
    for _, competitor in competitors(editions):
        countries[competitor.name].add(competitor.country)
    assert {name: found for name, found in countries.items() if len(found) > 1} == {}


def test_competitors_with_a_page_lead_to_it(site: Site, editions: list[Edition]) -> None:
    pages = {fold(person.data.name): person for person in site.all("person")}
    for year, competitor in competitors(editions):
        person = pages.get(fold(competitor.name))
        assert competitor.person == (person.id if person else None), (year, competitor.name)
        if person:
            assert (competitor.name, competitor.country) == (person.data.name, person.data.nationality), year


def test_entrants_and_records_call_people_as_their_pages_do(site: Site) -> None:
    for entry in site.all("entrant"):
        for role in ("driver", "codriver"):
            person = site.get("person", getattr(entry.data, f"{role}_page"))
            assert person is None or getattr(entry.data, role) == person.data.name, entry.id
    for entry in site.all("record"):
        person = site.get("person", entry.data.person)
        assert person is None or person.data.name in entry.data.holder, entry.id


def test_a_word_has_one_explanation(site: Site) -> None:
    meant = defaultdict(set)
    for term in site.all("term"):
        for form in (term.data.term, *term.data.also):
            meant[form.lower()].add(term.id)
    assert {form: found for form, found in meant.items() if len(found) > 1} == {}


def test_prose_has_no_straight_quotes(site: Site) -> None:
    straight = [
        (name_of(entry), key, found[0])
        for entry in entries(site)
        for key, text in entry_texts(entry)
        if (found := re.search(r"\S*['\"]\S*", text))
    ]
    assert straight == []


def test_prose_has_no_stray_spaces(site: Site) -> None:
    strays = [
        (name_of(entry), key, found[0])
        for entry in entries(site)
        if entry.kind != "source"  # titles are as their publishers set them
        for key, text in entry_texts(entry)
        if (found := re.search(r".{0,20}(?:\S  +\S| [,;.!?](?!\.)|\( | \))", text))
    ]
    assert strays == []


def sentences(text: str) -> Iterator[str]:
    """The sentences of a text, long enough to be told apart, without markup, marks and capitals."""
    plain = re.sub(r"\[@[^\]]*\]|\]\([^)]*\)|[\[\]*_`]", "", text)
    for sentence in re.split(r"(?<=[.!?…])[\"”’)]?\s+|\n+", plain):
        words = re.findall(r"\w[\w’'-]*", sentence.lower())
        if len(words) >= COPIED_WORDS:
            yield " ".join(words)


def test_no_sentence_is_copied_from_another_file(site: Site) -> None:
    files = defaultdict(set)
    for entry in entries(site):
        for _, text in entry_texts(entry):
            for sentence in sentences(text):
                files[sentence].add(entry.path)
    assert {sentence: found for sentence, found in files.items() if len(found) > 1} == {}
