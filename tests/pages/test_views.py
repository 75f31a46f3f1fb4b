from __future__ import annotations

from pathlib import Path

from tests.projects import build, codes, make_project, page, text, view_template, write

NEIGHBOURS = "{{ previous.title if previous else '-' }} < {{ page.title }} < {{ next.title if next else '-' }}"


def person(name: str, group: str, family: str) -> str:
    return (
        f"---\nname: {name}\nsort_name: {family}\nrole: R\ngroup: {group}\nsummary: S.\ndescription: D.\n---\n\nText.\n"
    )


def stage(number: int, places: str) -> str:
    figures = "".join(f"{key}:\n  value: null\n" for key in ("special_km", "liaison_km", "total_km"))
    rows = "".join(f"    - {row}\n" for row in places.split("; ") if row)
    table = f"result:\n  sources: [first-source]\n  rows:\n{rows}" if rows else "result: {}\n"
    return (
        f"---\nnumber: {number}\ntitle: Stage {number}\ndescription: D.\ndate: 2026-01-0{number + 1}\n"
        f"start: A\nfinish: B\n"
        f"{figures}terrain:\n  text: Sand.\n  sources: [first-source]\n{table}standings: {{}}\n---\n\nText.\n"
    )


def entrant(number: int, driver: str, ours: bool = True) -> str:
    return (
        f"car-{number}:\n  number: {number}\n  driver: {driver}\n  driver_page: {driver}\n  codriver: null\n"
        f"  vehicle: null\n  team: null\n  ours: {str(ours).lower()}\n  sources: [first-source]\n"
    )


RALLY = (
    "name: R\nstart: 2026-01-01\nfinish: 2026-01-04\nfigures: []\nwinners: []\nclassification:\n"
    "  - entrant: car-2\n    position: 1\n    sources: [first-source]\n"
    "  - entrant: car-3\n    position: 2\n    sources: [first-source]\n"
    "  - entrant: car-1\n    position: 3\n    sources: [first-source]\n"
)


def project(root: Path) -> Path:
    make_project(root)
    links = "[x](/crews/) [y](/rally/) [z](/heritage/) [u](/updates/)"
    write(root, "content/pages/home.md", page("Home", f"A.[@first-source] {links}", view="home", permalink="/"))
    for name, view in (("crews", "crews"), ("rally", "dakar-2026"), ("heritage", "heritage"), ("updates", "updates")):
        write(root, f"content/pages/{name}.md", page(name, view=view))
    for number, name in enumerate(("ann", "bob", "cid", "dan"), start=1):
        write(root, f"content/people/{name}.md", person(name, "driver", "zyxw"[number - 1]))
    write(root, "content/people/eve.md", person("eve", "team", "a"))
    drivers = [entrant(1, "ann"), entrant(2, "bob"), entrant(3, "cid", ours=False), entrant(4, "dan")]
    write(root, "content/dakar-2026/entrants.yaml", "".join(drivers))
    write(root, "content/dakar-2026/rally.yaml", RALLY)
    first = "{entrant: car-2, position: 1, time: 1:02:03}; {entrant: car-1, position: 2, gap: 4:05}"
    write(root, "content/dakar-2026/stages/last.md", stage(2, ""))
    write(root, "content/dakar-2026/stages/second.md", stage(1, first))
    write(root, "content/dakar-2026/stages/prologue.md", stage(0, "{entrant: car-1, position: 5, gap_text: an hour}"))
    for number in range(1, 6):
        write(
            root,
            f"content/updates/u{number}.md",
            f"---\ntitle: U{number}\ndate: 2026-0{number}-01\ndescription: D.\n---\n\nT.\n",
        )
    for name, years in (("old", (1948, 1948)), ("older", (1900, 1990)), ("long", (1948, 2016))):
        head = f"title: {name}\nfrom_year: {years[0]}\nto_year: {years[1]}\nsummary: S.\ndescription: D."
        write(root, f"content/heritage/{name}.md", f"---\n{head}\n---\n\nText.\n")
    return root


def shown(root: Path, path: str, **templates: str) -> str:
    """What stands between <pre> and </pre> of a page, if a template shows `data` beside what it shows anyway."""
    for name, data in templates.items():
        file = root / f"templates/{name.replace('_', '-')}.html"
        usual = file.read_text() if file.exists() else view_template()
        if "<pre>" not in usual:
            file.write_text(usual.replace("{% endblock %}", f"<pre>{data}</pre>{{% endblock %}}"))
    result = build(root)
    assert codes(result.diagnostics) == []
    return text(result, path).split("<pre>")[1].split("</pre>")[0]


def test_our_crews_come_in_the_order_of_the_result(tmp_path: Path) -> None:
    each = "{{ one.entrant.id[4:] }} {{ one.driver.id }} {{ one.row.position if one.row }};"
    line = "{% for one in crews %}" + each + "{% endfor %}"
    root = project(tmp_path)
    assert shown(root, "crews/index.html", crews=line) == "2 bob 1;1 ann 3;4 dan ;"


def test_people_outside_the_cars_come_in_groups_by_their_family_names(tmp_path: Path) -> None:
    line = (
        "{% for group in groups %}{{ group.title }}:{% for one in group.people %} {{ one.id }}{% endfor %};{% endfor %}"
    )
    assert shown(project(tmp_path), "crews/index.html", crews=line) == "Drivers: cid;The team: eve;"


def test_people_lead_from_one_to_the_next(tmp_path: Path) -> None:
    root = project(tmp_path)
    assert shown(root, "crews/dan/index.html", person=NEIGHBOURS) == "- < dan < cid"
    assert shown(root, "crews/eve/index.html", person=NEIGHBOURS) == "ann < eve < -"


def test_a_driver_has_a_line_for_every_stage(tmp_path: Path) -> None:
    line = (
        "{% for one in stage_results %}{{ one.number }} {{ one.stage.title }} {% if one.row %}{{ one.row.position }} "
        "{{ one.row.gap }} {{ one.row.gap_text }}{% endif %} {{ one.sources | join }};{% endfor %}"
    )
    root = project(tmp_path)
    assert shown(root, "crews/ann/index.html", person=line) == (
        "0 Stage 0 5 None an hour first-source;1 Stage 1 2 245 None first-source;2 Stage 2  ;"
    )
    assert shown(root, "crews/cid/index.html", person=line) == "", "the car is not ours"


def test_the_table_of_gaps_has_a_line_for_every_stage_and_a_cell_for_every_car(tmp_path: Path) -> None:
    standings = "standings:\n  sources: [first-source]\n  rows:\n    - {entrant: car-4, position: 1}\n"
    root = project(tmp_path)
    write(root, "content/dakar-2026/stages/last.md", stage(2, "").replace("standings: {}\n", standings))
    line = (
        "{% for one in standings %}{{ one.number }}:{% for row in one.rows %} {{ row.position if row else '-' }}"
        "{% endfor %} {{ one.sources | join }};{% endfor %}"
    )
    assert shown(root, "rally/index.html", dakar_2026=line) == "0: - - - ;1: - - - ;2: - - 1 first-source;"


def test_stages_come_by_number_and_chapters_by_years(tmp_path: Path) -> None:
    root = project(tmp_path)
    line = "{% for one in stages %}{{ one.id }} {% endfor %}"
    assert shown(root, "rally/index.html", dakar_2026=line) == "prologue second last "
    assert shown(root, "dakar-2026/second/index.html", stage=NEIGHBOURS) == "Stage 0 < Stage 1 < Stage 2"
    line = "{% for one in chapters %}{{ one.id }} {% endfor %}"
    assert shown(root, "heritage/index.html", heritage=line) == "older old long "
    assert shown(root, "heritage/old/index.html", chapter=NEIGHBOURS) == "older < old < long"


def test_updates_come_newest_first_and_three_of_them_at_home(tmp_path: Path) -> None:
    root = project(tmp_path)
    line = "{% for one in updates %}{{ one.id }} {% endfor %}"
    assert shown(root, "updates/index.html", updates=line) == "u5 u4 u3 u2 u1 "
    assert shown(root, "index.html", home=line) == "u5 u4 u3 "
    assert shown(root, "updates/u2/index.html", update=NEIGHBOURS) == "U1 < U2 < U3"
