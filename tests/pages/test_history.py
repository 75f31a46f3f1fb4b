"""What the pages of the history and of the heritage show, from small projects."""

from __future__ import annotations

from pathlib import Path

from microsite.filters import country
from tests.pages.test_views import shown
from tests.projects import build, codes, make_project, page, report, write

PLACES = """\
elx:
  name: Elx
  country: ES
  latitude: 38.27
  longitude: -0.7
elam:
  name: Élam
  country: ES
  latitude: 38
  longitude: 0
  approximate: true
el-zed:
  name: El Zed
  country: DZ
  latitude: 28.5
  longitude: 3
unseen:
  name: Unseen
  country: FR
  latitude: 48
  longitude: 2
"""
WINNERS = """\
winners:
  - {category: cars, crew: [{name: Ann}, {name: Bob}], make: A, sources: [first-source]}
  - {category: quads, crew: [{name: Cid}], make: B, sources: [first-source]}
  - {category: trucks, crew: [{name: Dan}], make: C, sources: [first-source]}
"""
ROUTE = """\
route:
  stops:
    - {name: Here, latitude: 1, longitude: 2}
    - {name: There, latitude: 3, longitude: 4, approximate: true, by: air}
  sources: [first-source]
"""


def edition(year: int, era: str, stops: str, status: str = "held", more: str = "") -> str:
    unknown = "".join(f"{key}: {{value: null}}\n" for key in "total_km special_km stages starters finishers".split())
    places = ", ".join(f"{{place: {one}}}" for one in stops.split())
    route = f"route:\n  stops: [{places}]\n  sources: [first-source]\n" if stops else "route: {}\n"
    return (
        f"---\nyear: {year}\nname: Dakar {year}\ndescription: D.\nstatus: {status}\nera: {era}\n"
        f"number: {{value: null}}\nstart: {{value: null}}\nfinish: {{value: null}}\n"
        f"{unknown}{route}{more}---\n\nText.\n"
    )


def project(root: Path) -> Path:
    links = "[h](/history/) [p](/places/) [a](/history/2007/) [b](/history/2008/) [c](/history/2027/)"
    make_project(
        root,
        {
            "content/pages/home.md": page("Home", f"A.[@first-source] {links}", view="home", permalink="/"),
            "content/pages/history.md": page("History", view="history"),
            "content/pages/places.md": page("Places", view="places"),
            "content/places.yaml": PLACES,
            "content/editions/2027.md": edition(2027, "saudi-arabia", "elx", "announced"),
            "content/editions/2008.md": edition(2008, "africa", "elam el-zed elam", "cancelled"),
            "content/editions/2007.md": edition(2007, "africa", "elx elam", more=WINNERS),
        },
    )
    return root


def test_places_are_those_of_routes_by_country_and_name(tmp_path: Path) -> None:
    data = (
        "{% for one in countries %}{{ one.code }}:{% for visited in one.places %} {{ visited.place.id }}"
        "{% for visit in visited.visits %} {{ visit.year }} {{ visit.status }} {{ visit.permalink }}{% endfor %};"
        "{% endfor %}{% endfor %}"
    )
    assert shown(project(tmp_path), "places/index.html", places=data) == (
        "DZ: el-zed 2008 cancelled /history/2008/;ES: elam 2007 held /history/2007/ 2008 cancelled /history/2008/; "
        "elx 2007 held /history/2007/ 2027 announced /history/2027/;"
    )
    assert [country("DZ"), country("ES")] == ["Algeria", "Spain"]


def test_places_of_a_journey_stand_apart(tmp_path: Path) -> None:
    head = "title: T\nfrom_year: 1955\nto_year: 1956\nsummary: S.\ndescription: D.\n"
    write(tmp_path, "content/heritage/with.md", f"---\n{head}{ROUTE}---\n\n[p](/places/)\n")
    data = (
        "{% for one in journeys %}{{ one.chapter.permalink }}"
        "{% for stop in one.stops %} {{ stop.name }}{% endfor %}{% endfor %}"
    )
    assert shown(project(tmp_path), "places/index.html", places=data) == "/heritage/with/ Here There"


def test_the_table_of_editions_has_the_first_winners(tmp_path: Path) -> None:
    data = (
        "{% for line in lines %}{{ line.edition.data.year }} {{ line.era }} {{ line.era_title }} "
        "{{ line.car.crew[0].name if line.car }} {{ line.motorcycle is none }};{% endfor %}"
    )
    assert shown(project(tmp_path), "history/index.html", history=data) == (
        "2007 africa Africa Ann True;2008 africa Africa  True;2027 saudi-arabia Saudi Arabia  True;"
    )


def test_an_edition_shows_its_stops_in_order(tmp_path: Path) -> None:
    data = "{% for stop in stops %}{{ stop.place.id }} {{ stop.by }};{% endfor %}{{ route | length }}"
    assert shown(project(tmp_path), "history/2008/index.html", edition=data) == "elam road;el-zed road;elam road;3"


def test_a_chapter_may_have_a_route(tmp_path: Path) -> None:
    links = "[w](/heritage/with/) [o](/heritage/without/)"
    make_project(
        tmp_path,
        {"content/pages/home.md": page("Home", f"A.[@first-source] {links}", view="home", permalink="/")},
    )
    head = "title: T\nfrom_year: 1955\nto_year: 1956\nsummary: S.\ndescription: D.\n"
    write(tmp_path, "content/heritage/with.md", f"---\n{head}{ROUTE}---\n\nText.\n")
    write(tmp_path, "content/heritage/without.md", f"---\n{head}---\n\nText.\n")
    data = "{% for stop in route %}{{ stop.name }} {{ stop.approximate }} {{ stop.by }};{% endfor %}"
    assert shown(tmp_path, "heritage/with/index.html", chapter=data) == "Here False road;There True air;"
    assert shown(tmp_path, "heritage/without/index.html") == ""


def test_the_route_of_a_chapter_needs_a_source_and_two_places(tmp_path: Path) -> None:
    make_project(tmp_path)
    head = "title: T\nfrom_year: 1955\nto_year: 1956\nsummary: S.\ndescription: D.\n"
    unsourced = ROUTE.replace("  sources: [first-source]\n", "")
    write(tmp_path, "content/heritage/unsourced.md", f"---\n{head}{unsourced}---\n\nText.\n")
    assert codes(build(tmp_path).diagnostics) == ["no-source"]
    one = "route:\n  stops: [{name: Here, latitude: 1, longitude: 2}]\n  sources: [first-source]\n"
    write(tmp_path, "content/heritage/unsourced.md", f"---\n{head}{one}---\n\nText.\n")
    assert len(report(build(tmp_path).diagnostics)) == 1


def test_a_chapter_may_have_places_without_a_route(tmp_path: Path) -> None:
    make_project(tmp_path, {"content/places.yaml": PLACES})
    head = "title: T\nfrom_year: 1955\nto_year: 1956\nsummary: S.\ndescription: D.\n"
    told = '{place: elam, label: "1955", note: "Told.[@first-source]"}'
    places = f'places:\n  - {told}\n  - {{place: elan, label: "1956"}}\n'
    write(tmp_path, "content/heritage/pins.md", f"---\n{head}{places}---\n\nText.\n")
    assert codes(build(tmp_path).diagnostics) == ["unknown-place"]
