"""Ids, years, dates and numbers follow one another."""

from __future__ import annotations

from itertools import pairwise

from microsite.diagnostics import Diagnostics
from microsite.schema.kinds import (
    Edition,
    Rally,
    Season,
    Stage,
)
from microsite.site_model import Site
from tests.content.lookups import ANNOUNCED, CANCELLED
from tests.projects import report

YEARS = range(1979, 2028)


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
