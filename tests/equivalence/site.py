"""A small site with something of every kind that depends on others."""

from __future__ import annotations

from tests.projects import page, view_template


def document(front_matter: str, body: str) -> str:
    return f"---\n{front_matter.strip()}\n---\n\n{body}\n"


def person(name: str, group: str, sort_name: str) -> str:
    head = f"""
name: {name}
sort_name: {sort_name}
role: {group}
group: {group}
description: About {name}.
summary: One of us.
figures:
  - id: starts
    label: Starts
    value: 1234
    sources: [first-source]
"""
    return document(head, f"{name} drove.[@second-source] See [the rally](/dakar/).")


def stage(number: int) -> str:
    head = f"""
number: {number}
title: Stage {number}
description: Day {number}.
date: 2026-01-0{number + 1}
start: A
finish: B
special_km: {{value: {number * 100}, unit: km, sources: [first-source]}}
liaison_km: {{value: null}}
total_km: {{value: {number * 200}, unit: km, sources: [second-source]}}
terrain:
  text: Sand, *much* of it.
  sources: [first-source]
result:
  sources: [second-source]
  rows:
    - entrant: car-{1 + number % 2}
      position: 1
    - entrant: car-{2 - number % 2}
      position: 2
standings: {{}}
"""
    return document(head, "## Morning\n\nA bivouac.\n\n## Evening\n")


def edition(year: int, winner: str) -> str:
    head = f"""
year: {year}
name: Dakar
description: That of {year}.
status: held
era: africa
number: {{value: {year - 1978}, sources: [first-source]}}
start: {{value: {year}-01-01, sources: [first-source]}}
finish: {{value: {year}-01-20, sources: [first-source]}}
route:
  stops:
    - {{place: paris}}
    - {{place: dakar}}
  sources: [first-source]
total_km: {{value: {year * 5}, unit: km, sources: [second-source]}}
special_km: {{value: null}}
stages: {{value: 12, sources: [first-source]}}
starters: {{value: 100, sources: [first-source]}}
finishers: {{value: 50, sources: [first-source]}}
winners:
  - category: cars
    crew:
      - name: {winner}
    make: Maker
    sources: [second-source]
"""
    return document(head, "It was.[@first-source]")


ENTRANTS = """\
car-1:
  number: 1
  driver: Ann Lee
  driver_page: ann-lee
  codriver: Bo Ek
  codriver_page: bo-ek
  vehicle: Car
  team: Team
  ours: true
  sources: [first-source]
car-2:
  number: 2
  driver: Cy Po
  codriver: null
  vehicle: null
  team: null
  unverified: true
"""

RALLY = """\
name: Rally
start: 2026-01-01
finish: 2026-01-09
figures:
  - id: length
    label: Length
    value: 7994
    unit: km
    sources: [first-source]
    disputed:
      - value: 8000
        sources: [second-source]
classification:
  - entrant: car-1
    position: 1
    time: 58:09:45
    sources: [second-source]
  - entrant: car-2
    position: 2
    gap: 4:05
    sources: [second-source]
winners: []
"""

MORE_SOURCES = """\
second-source:
  title: Another
  publisher: Paper
  kind: club
  url: null
  date: null
  language: fr
"""

PLACES = """\
paris: {name: Paris, country: FR, latitude: 48.86, longitude: 2.35}
dakar: {name: Dakar, country: SN, latitude: 14.72, longitude: -17.47}
"""

GLOSSARY = """\
bivouac:
  term: bivouac
  definition: The camp.[@first-source]
  sources: [second-source]
"""

CHAPTER = """
title: Old days
from_year: 1979
to_year: 1980
summary: Long ago.
description: Then.
"""

ABOUT = """\
## Why

Because.[@second-source]

![](picture:dot)

[Car](/car/), [records](/records/)"""

FACT_MACRO = """\
{% macro fact(one) %}
<li>{{ one.label }} {{ one.value | figure }}{% if one.value is number %} number{% endif %}{{ cite(one.sources) }}</li>
{% endmacro %}
"""

PERSON_VIEW = """\
{% from "macros/facts.html" import fact %}
{% for one in entry.data.figures %}{{ fact(one) }}{% endfor %}
{% for line in stage_results %}{{ line.stage.title }} {{ line.row.position if line.row }}{% endfor %}
{% for one in [previous, next] if one %}<a href="{{ one.permalink }}">{{ one.title }}</a>{% endfor %}
"""

RALLY_VIEW = """\
{% from "macros/facts.html" import fact %}
{% for one in rally.data.figures %}{{ fact(one) }}{% endfor %}
{% for row in rally.data.classification %}{{ entrants[row.entrant].data.driver }}{{ cite(row.sources) }}{% endfor %}
{% for one in stages %}<a href="{{ one.permalink }}">{{ one.data.title }}</a>{% endfor %}
"""

RECORDS_VIEW = """\
{% for one in computed %}
{{ one.title }}{% for row in one.rows %}{{ row.rank }} {{ row.holder }} {{ row.value | figure }}{% endfor %}
{% for link in one.rows[0].editions if one.rows %}
<a href="{{ link.permalink.partition('#')[0] }}">{{ link.title }}</a>
{% endfor %}
{% endfor %}
"""

EDITION_VIEW = """\
{% for one in [previous, next] if one %}<a href="{{ one.permalink }}">{{ one.title }}</a>{% endfor %}
{{ entry.data.total_km.value | figure }}{{ cite(entry.data.route.sources) }}
"""

SITE = {
    "content/pages/home.md": page("Home", "A [page](/about/).[@first-source]", view="home", permalink="/"),
    "content/pages/about.md": page("About", ABOUT),
    "content/pages/car.md": page("Car", "[People](/crews/), [rally](/dakar/)", view="car", picture="dot"),
    "content/pages/crews.md": page("Crews", "[Home](/)", view="crews"),
    "content/pages/dakar.md": page("Rally", "[Chapters](/heritage/)", view="dakar-2026", aliases="[/rally/]"),
    "content/pages/heritage.md": page("Heritage", "[Disputes](/disputes/)", view="heritage"),
    "content/pages/disputes.md": page("Disputes", view="disputes"),
    "content/pages/records.md": page("Records", view="records"),
    "content/people/ann-lee.md": person("Ann Lee", "driver", "Lee, Ann"),
    "content/people/bo-ek.md": person("Bo Ek", "co-driver", "Ek, Bo"),
    "content/dakar-2026/stages/stage-1.md": stage(1),
    "content/dakar-2026/stages/stage-2.md": stage(2),
    "content/dakar-2026/entrants.yaml": ENTRANTS,
    "content/dakar-2026/rally.yaml": RALLY,
    "content/editions/1979.md": edition(1979, "Di Ra"),
    "content/editions/1980.md": edition(1980, "Di Ra"),
    "content/heritage/old-days.md": document(CHAPTER, "It was so.[@first-source]"),
    "content/updates/start.md": document("title: Start\ndate: 2026-01-02\ndescription: Off.", "Go.[@second-source]"),
    "content/sources/more.yaml": MORE_SOURCES,
    "content/places.yaml": PLACES,
    "content/glossary.yaml": GLOSSARY,
    "content/pictures.yaml": "dot:\n  file: dot.png\n  alt: A dot\n  credit: Us\n  licence: CC0\n",
    "templates/macros/terms.html": "{% macro word(term, text) %}<b>{{ text }}</b>{% endmacro %}\n",
    "templates/macros/facts.html": FACT_MACRO,
    "templates/person.html": view_template(PERSON_VIEW),
    "templates/dakar-2026.html": view_template(RALLY_VIEW),
    "templates/records.html": view_template(RECORDS_VIEW),
    "templates/edition.html": view_template(EDITION_VIEW),
    "templates/car.html": view_template('{% include ["car-note.html", "macros/terms.html"] %}{{ page.picture.alt }}'),
    "static/css/site.css": "p { color: #ff0000; background: url(/static/dot.svg) }\n",
    "static/dot.svg": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>',
    "static/root/CNAME": "example.org",
}
