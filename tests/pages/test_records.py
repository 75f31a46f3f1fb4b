from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

import pytest

from microsite.entries import Entry
from microsite.pages.records import TOP, ComputedRecord, computed_records
from microsite.schema.kinds import Edition

Crew = str | tuple[str, ...]


def fact(value: Any, **more: Any) -> dict[str, Any]:
    return {"value": value, **({"sources": ["a-source"]} if value is not None and not more else more)}


def won(
    category: str, crew: Crew, make: str | None = "Make", country: str | None = None, **more: Any
) -> dict[str, Any]:
    names = (crew,) if isinstance(crew, str) else crew
    row = {"category": category, "crew": [{"name": name, "country": country} for name in names], "make": make}
    return row | (more or {"sources": ["a-source"]})


def second(gap: str | None, **more: Any) -> dict[str, Any]:
    row = {"position": 2, "crew": [{"name": "Second"}], "make": "Make", "gap": gap}
    return row | (more or {"sources": ["a-source"]})


def edition(year: int, *winners: dict[str, Any], **fields: Any) -> Entry:
    """An edition that says nothing but what is given."""
    unknown = {name: fact(None) for name in ("total_km", "special_km", "stages", "starters", "finishers")}
    told = {
        "description": "A Dakar.",
        "year": year,
        "number": fact(None),
        "name": f"Dakar {year}",
        "status": "held",
        "era": "africa",
        "start": fact(f"{year}-01-01"),
        "finish": fact(f"{year}-01-20"),
        "route": {},
        "winners": winners,
    }
    distances = {name: fields[name] | {"unit": "km"} for name in ("total_km", "special_km") if name in fields}
    data = Edition.model_validate(told | unknown | fields | distances)
    return Entry("edition", str(year), data, None, f"content/editions/{year}.md", f"/history/{year}/", b"")


def record(editions: Iterable[Entry], record_id: str) -> ComputedRecord | None:
    return next((one for one in computed_records(editions) if one.id == record_id), None)


def rows(editions: Iterable[Entry], record_id: str) -> list[tuple[int, str, str]]:
    """Rank, holder and value of every row."""
    found = record(editions, record_id)
    return [(row.rank, row.holder, str(row.value)) for row in found.rows] if found else []


def unverified(editions: Iterable[Entry], record_id: str) -> dict[str, bool]:
    found = record(editions, record_id)
    return {row.holder: row.unverified for row in found.rows} if found else {}


def test_no_editions_give_no_records() -> None:
    assert computed_records([]) == ()
    assert computed_records([edition(2001)]) == ()


def test_a_driver_is_whom_the_result_names_first() -> None:
    editions = [
        edition(2001, won("cars", ("Ann", "Bob"))),
        edition(2002, won("cars", ("Ann", "Cid"))),
        edition(2003, won("cars", ("Bob", "Ann"))),
    ]
    assert rows(editions, "wins-cars") == [(1, "Ann", "2"), (2, "Bob", "1")]
    assert rows(editions, "wins-co-driver") == [(1, "Ann", "1"), (1, "Bob", "1"), (1, "Cid", "1")]


def test_motorcycles_and_cars_count_together_for_a_person_and_trucks_do_not() -> None:
    editions = [
        edition(2001, won("motorcycles", "Ann"), won("cars", "Bob"), won("trucks", "Cid")),
        edition(2002, won("motorcycles", "Bob"), won("cars", "Ann"), won("trucks", "Ann")),
        edition(2003, won("cars", "Ann"), won("quads", "Ann")),
    ]
    assert rows(editions, "wins-by-person") == [(1, "Ann", "3"), (2, "Bob", "2")]
    assert rows(editions, "wins-motorcycles") == [(1, "Ann", "1"), (1, "Bob", "1")]
    assert rows(editions, "wins-trucks") == [(1, "Ann", "1"), (1, "Cid", "1")]


def test_a_measure_has_the_sources_of_its_figure() -> None:
    figures = {"total_km": fact(9000, sources=["one", "two"]), "starters": fact(100), "finishers": fact(50)}
    editions = [edition(2001, podium=[second("1:00:00", sources=["three"])], **figures)]
    found = {one.id: one.rows[0] for one in computed_records(editions) if one.unit != "wins"}
    told = {one: (row.editions[0].permalink, row.sources) for one, row in found.items()}
    assert told["longest"] == ("/history/2001/#total-km", ("one", "two"))
    assert told["closest"] == ("/history/2001/#podium-2", ("three",))
    assert told["most-finishers"] == ("/history/2001/#finishers", ("a-source",))


def test_a_holder_with_a_page_is_known_by_it() -> None:
    row = won("cars", "Ann") | {"crew": [{"name": "Ann", "person": "ann-ace"}]}
    found = record([edition(2001, won("cars", "Ann")), edition(2002, row)], "wins-cars")
    assert found is not None
    assert [(one.holder, str(one.person), int(one.value)) for one in found.rows] == [("Ann", "ann-ace", 2)]


def test_a_row_leads_to_what_was_counted_in_the_order_of_the_years() -> None:
    editions = [edition(year, won("cars", "Ann")) for year in (2003, 2001, 2002)]
    found = record(editions, "wins-cars")
    assert found is not None
    assert [link.permalink for link in found.rows[0].editions] == [
        "/history/2001/#winner-cars",
        "/history/2002/#winner-cars",
        "/history/2003/#winner-cars",
    ]
    assert found.rows[0].sources == (), "they stand where the links lead"
    assert (found.title, found.unit, found.table) == ("Most wins in cars", "wins", "winners")
    assert found.rule == "Wins in the category as driver of a car. The driver is whom the result names first."


def test_makes_and_nations_count_by_what_is_known() -> None:
    editions = [
        edition(2001, won("cars", ("Ann", "Bob"), "Rover", "GB"), won("trucks", "Cid", "Tatra", "CZ")),
        edition(2002, won("cars", "Ann", "Rover", "GB"), won("trucks", "Dan", None, None)),
        edition(2003, won("cars", "Eve", "Tatra", "FR"), won("ssv", "Eve", "Rover", "FR")),
    ]
    assert rows(editions, "wins-make-cars") == [(1, "Rover", "2"), (2, "Tatra", "1")]
    assert rows(editions, "wins-make-trucks") == [(1, "Tatra", "1")]
    assert rows(editions, "wins-nation") == [
        (1, "United Kingdom", "2"),
        (2, "Czechia", "1"),
        (2, "France", "1"),
    ]


@pytest.mark.parametrize("status", ["cancelled", "announced"])
def test_only_editions_that_were_held_count(status: str) -> None:
    planned = edition(2008, won("cars", "Ann"), status=status, total_km=fact(Decimal(9273)))
    assert computed_records([planned]) == ()
    assert rows([planned, edition(2009, won("cars", "Bob"))], "wins-cars") == [(1, "Bob", "1")]


def test_equal_values_share_a_rank_and_the_next_is_left_out() -> None:
    wins = {"Ann": 3, "Bob": 2, "Cid": 2, "Dan": 1}
    years = iter(range(2001, 2020))
    editions = [edition(next(years), won("cars", name)) for name, count in wins.items() for _ in range(count)]
    assert rows(editions, "wins-cars") == [(1, "Ann", "3"), (2, "Bob", "2"), (2, "Cid", "2"), (4, "Dan", "1")]


def test_a_list_ends_after_its_last_rank() -> None:
    editions = [edition(2000 + km, total_km=fact(Decimal(km))) for km in range(1, TOP + 3)]
    assert [row[0] for row in rows(editions, "longest")] == list(range(1, TOP + 1))
    assert rows(editions, "longest")[0] == (1, "Dakar 2007", "7")
    assert rows(editions, "shortest")[0] == (1, "Dakar 2001", "1")


def test_all_who_share_the_last_rank_are_named_unless_they_are_too_many() -> None:
    leaders = [edition(2000 + index, total_km=fact(Decimal(9000 - index))) for index in range(TOP - 1)]
    few = [edition(2020 + index, total_km=fact(Decimal(5000))) for index in range(TOP + 1)]
    many = [*few, edition(2030, total_km=fact(Decimal(5000)))]
    assert [row[0] for row in rows([*leaders, *few], "longest")] == [1, 2, 3, 4, *[TOP] * (TOP + 1)]
    assert [row[0] for row in rows([*leaders, *many], "longest")] == [1, 2, 3, 4]


def test_a_record_that_nobody_holds_alone_is_no_record() -> None:
    everyone = [edition(2001 + index, won("cars", f"Driver {index}")) for index in range(2 * TOP + 1)]
    assert record(everyone[:-1], "wins-cars") is not None
    assert record(everyone, "wins-cars") is None


def test_figures_told_in_words_take_no_part() -> None:
    editions = [
        edition(2001, total_km=fact("about 9,000"), starters=fact("some 400"), finishers=fact(Decimal(100))),
        edition(2002, total_km=fact(Decimal("8793.5")), starters=fact(Decimal(342)), finishers=fact("half")),
        edition(2003),
    ]
    assert rows(editions, "longest") == [(1, "Dakar 2002", "8793.5")]
    assert rows(editions, "biggest-field") == rows(editions, "smallest-field") == [(1, "Dakar 2002", "342")]
    assert record(editions, "most-finishers") is None
    assert record(editions, "longest-special") is None


def test_finishers_are_told_for_every_hundred_starters() -> None:
    editions = [
        edition(2001, starters=fact(Decimal(3)), finishers=fact(Decimal(2))),
        edition(2002, starters=fact(Decimal(182)), finishers=fact(Decimal(74))),
        edition(2003, starters=fact(Decimal(10)), finishers=fact(Decimal(0))),
        edition(2004, starters=fact(Decimal(0)), finishers=fact(Decimal(0))),
    ]
    assert rows(editions, "most-finishers") == [
        (1, "Dakar 2001", "66.7"),
        (2, "Dakar 2002", "40.7"),
        (3, "Dakar 2003", "0.0"),
    ]
    assert rows(editions, "fewest-finishers")[0] == (1, "Dakar 2003", "0.0")


def test_margins_are_those_of_the_second_car() -> None:
    third = {**second("0:00:01"), "position": 3}
    editions = [
        edition(2001, podium=[second("0:02:12"), third]),
        edition(2002, podium=[second("5:00:00")]),
        edition(2003, podium=[second(None), third]),
        edition(2004, podium=[third]),
    ]
    assert rows(editions, "closest") == [(1, "Dakar 2001", "132"), (2, "Dakar 2002", "18000")]
    assert rows(editions, "clearest") == [(1, "Dakar 2002", "18000"), (2, "Dakar 2001", "132")]


def test_one_unverified_win_marks_the_whole_row() -> None:
    by_ear = {**won("cars", "Ann", country="FR"), "crew": [{"name": "Ann", "country": "FR", "unverified": True}]}
    editions = [
        edition(2001, won("cars", "Ann", country="FR")),
        edition(2002, by_ear),
        edition(2003, won("cars", "Bob")),
    ]
    assert unverified(editions, "wins-cars") == {"Ann": True, "Bob": False}
    assert unverified(editions, "wins-nation") == {"France": True}
    assert unverified(editions, "wins-make-cars") == {"Make": False}, "the make is not in doubt"


def test_a_result_without_a_source_marks_all_that_is_counted_from_it() -> None:
    editions = [edition(2001, won("cars", ("Ann", "Bob"), "Rover", "GB", unverified=True))]
    for record_id in ("wins-by-person", "wins-cars", "wins-co-driver", "wins-make-cars", "wins-nation"):
        assert set(unverified(editions, record_id).values()) == {True}, record_id


def test_a_size_is_unverified_only_if_what_it_measures_is() -> None:
    in_doubt = edition(
        2001,
        total_km=fact(Decimal(9000)),
        special_km=fact(Decimal(5000), unverified=True),
        starters=fact(Decimal(400)),
        finishers=fact(Decimal(200), unverified=True),
        podium=[second("1:00:00", unverified=True)],
    )
    told = {one.id: one.rows[0].unverified for one in computed_records([in_doubt])}
    assert told == {
        "longest": False,
        "shortest": False,
        "longest-special": True,
        "biggest-field": False,
        "smallest-field": False,
        "most-finishers": True,
        "fewest-finishers": True,
        "closest": True,
        "clearest": True,
    }
