"""What leads to what, seen from the other end, from a small project."""

from __future__ import annotations

from pathlib import Path

from tests.pages.test_history import edition
from tests.pages.test_views import RALLY, entrant, person, shown, stage
from tests.projects import make_project, page, write

PLACES = "".join(f"{one}:\n  name: {one.upper()}\n  country: SA\n  latitude: 25\n  longitude: 45\n" for one in "abc")
LAND_ROVERS = """\
first:
  year: 2026
  vehicle: Range Rover
  crew: [ann, Nobody]
  result: First
  sources: [first-source]
second:
  year: 2026
  vehicle: Land Rover
  result: null
  sources: [first-source]
"""
RECORDS = """\
oldest:
  group: people
  title: Oldest
  holder: Ann
  person: ann
  sources: [first-source]
youngest:
  group: people
  title: Youngest
  holder: Nobody
  sources: [first-source]
"""
STARTS = "starts:\n  - year: 2026\n    category: car\n    sources: [first-source]\n"
WINNERS = (
    "winners:\n  - category: cars\n    crew: [{name: ann, person: ann}]\n    make: M\n    sources: [first-source]\n"
)


def project(root: Path) -> Path:
    links = "[h](/history/) [p](/places/) [l](/lr/) [r](/records/) [c](/crews/) [d](/rally/) [e](/heritage/)"
    make_project(root)
    write(root, "content/pages/home.md", page("Home", f"A.[@first-source] {links}", view="home", permalink="/"))
    views = {"history": "history", "places": "places", "lr": "land-rover", "records": "records", "crews": "crews"}
    for name, view in {**views, "rally": "dakar-2026", "heritage": "heritage"}.items():
        write(root, f"content/pages/{name}.md", page(name, "[x](/history/2026/)", view=view))
    write(root, "content/places.yaml", PLACES)
    write(root, "content/editions/2026.md", edition(2026, "saudi-arabia", "a b", "held", more=WINNERS))
    write(root, "content/land-rover-at-dakar.yaml", LAND_ROVERS)
    write(root, "content/records.yaml", RECORDS)
    ann = person("ann", "driver", "a").replace("description", f"{STARTS}description", 1)
    write(root, "content/people/ann.md", ann.replace("Text.", "She knew [Bob](/crews/bob/)."))
    write(root, "content/people/bob.md", person("bob", "driver", "b"))
    write(root, "content/dakar-2026/entrants.yaml", entrant(1, "ann") + entrant(2, "bob") + entrant(3, "ann"))
    write(root, "content/dakar-2026/rally.yaml", RALLY)
    write(root, "content/dakar-2026/stages/one.md", stage(1, ""))
    pins = 'places:\n  - {place: c, label: "1955", note: "Told.[@first-source]"}\n  - {place: a, label: "1956"}\n'
    write(root, "content/heritage/pins.md", chapter("Pins", "Text.", pins))
    return root


def chapter(title: str, text: str, more: str = "") -> str:
    head = f"title: {title}\nfrom_year: 1955\nto_year: 1956\nsummary: S.\ndescription: D {title}.\n"
    return f"---\n{head}{more}---\n\n{text}\n"


def test_an_edition_names_who_started_and_what_was_driven(tmp_path: Path) -> None:
    data = (
        "{% for one in starts %}{{ one.person.permalink }} {{ one.start.category }};{% endfor %}"
        "{% for one in land_rovers %}{{ one.id }};{% endfor %}{% for one in stages_of %}{{ one.title }};{% endfor %}"
    )
    assert shown(project(tmp_path), "history/2026/index.html", edition=data) == "/crews/ann/ car;first;second;Stage 1;"


def test_a_person_names_records_and_land_rovers(tmp_path: Path) -> None:
    data = (
        "{% for one in records_told %}{{ one.id }};{% endfor %}"
        "{% for one in records_held %}{{ one.record.permalink }} {{ one.row.rank }};{% endfor %}"
        "{% for one in land_rovers %}{{ one.id }};{% endfor %}"
    )
    assert shown(project(tmp_path), "crews/ann/index.html", person=data) == (
        "oldest;/history/records/#computed-wins-by-person 1;/history/records/#computed-wins-cars 1;first;"
    )
    assert shown(project(tmp_path), "crews/bob/index.html", person=data) == ""


def test_a_page_names_the_pages_whose_text_leads_to_it(tmp_path: Path) -> None:
    data = "{% for link in told_on %}{{ link.permalink }};{% endfor %}"
    root = project(tmp_path)
    assert shown(root, "crews/bob/index.html", person=data) == "/crews/ann/;"
    assert shown(root, "crews/ann/index.html") == ""


def test_pages_that_lead_somewhere_stand_in_the_order_in_which_people_count(tmp_path: Path) -> None:
    data = "{% for link in told_on %}{{ link.title }};{% endfor %}"
    root = project(tmp_path)
    for number in (10, 2, 1):
        write(root, f"content/heritage/part-{number}.md", chapter(f"Part {number}", "To [Bob](/crews/bob/)."))
    assert shown(root, "crews/bob/index.html", person=data) == "ann;Part 1;Part 2;Part 10;"


def test_a_place_names_editions_stages_and_chapters(tmp_path: Path) -> None:
    data = (
        "{% for country in countries %}{% for one in country.places %}{{ one.place.id }}:"
        "{% for visit in one.visits %} {{ visit.year }}{% endfor %}{% for link in one.stages %} {{ link.title }}"
        "{% endfor %}{% for link in one.chapters %} {{ link.title }}{% endfor %};{% endfor %}{% endfor %}"
    )
    assert shown(project(tmp_path), "places/index.html", places=data) == "a: 2026 Stage 1 Pins;b: 2026 Stage 1;c: Pins;"
    ends = "{{ places['A'].id }} {{ places['B'].id }}"
    assert shown(project(tmp_path), "dakar-2026/one/index.html", stage=ends) == "a b"


def test_the_spots_of_a_chapter_are_places_with_words(tmp_path: Path) -> None:
    data = "{% for one in spots %}{{ one.label }} {{ one.place.data.name }} {{ one.note }};{% endfor %}"
    assert shown(project(tmp_path), "heritage/pins/index.html", chapter=data) == (
        "1955 C Told.[@first-source];1956 A None;"
    )
