from __future__ import annotations

from microsite.diagnostics import Diagnostics
from microsite.schema.kinds import Comparison, Factsheet, Person, Quote, Stage
from microsite.schema.values.facts import Model, Sourced
from microsite.schema.values.ids import EntryId
from microsite.schema.values.texts import InlineMarkdown
from microsite.schema.walk import texts, walk
from microsite.strict_yaml import parse_yaml


def walked(model: type[Model], text: str) -> list[tuple[str, str, str, str | None]]:
    """Kind of value, keys, label and anchor of all that is found."""
    root = parse_yaml(text, "a.yaml", Diagnostics())
    assert root is not None
    found = []
    for one in walk(model.model_validate(root.data())):
        kind = one.value.kind if isinstance(one.value, EntryId) else type(one.value).__name__
        assert isinstance(one.value, (EntryId, InlineMarkdown, Sourced))
        found.append((kind, ".".join(map(str, one.loc)), one.label, one.anchor))
    return found


def test_a_factsheet() -> None:
    text = """\
title: A
figures:
  - {id: power, label: Power, value: 5, sources: [one, two], disputed: [{value: 6, sources: [three]}]}
facts:
  - {text: "It *is* so.[@one]", sources: [one], note: Or not.}
"""
    assert walked(Factsheet, text) == [
        ("Labelled", "figures.0", "Power", "power"),
        ("source", "figures.0.sources.0", "Power", "power"),
        ("source", "figures.0.sources.1", "Power", "power"),
        ("source", "figures.0.disputed.0.sources.0", "Power", "power"),
        ("Statement", "facts.0", "It is so.", None),
        ("source", "facts.0.sources.0", "It is so.", None),
        ("InlineMarkdown", "facts.0.note", "It is so.", None),
        ("InlineMarkdown", "facts.0.text", "It is so.", None),
    ]


def test_a_person() -> None:
    text = """\
name: A
sort_name: A
role: B
group: driver
description: C
summary: D
picture: face
birthplace: {value: Here, sources: [one]}
starts:
  - {year: 1979, category: car, sources: [two]}
"""
    assert walked(Person, text) == [
        ("picture", "picture", "picture", None),
        ("CitedText", "birthplace", "birthplace", "birthplace"),
        ("source", "birthplace.sources.0", "birthplace", "birthplace"),
        ("DakarStart", "starts.0", "Dakar 1979", "start-1979"),
        ("source", "starts.0.sources.0", "Dakar 1979", "start-1979"),
    ]


def test_a_quote_is_called_by_its_words() -> None:
    assert walked(Quote, "speaker: a\ntext: We win.\nsources: [one]\n") == [
        ("person", "speaker", "speaker", None),
        ("source", "sources.0", "“We win.”", None),
    ]


def test_through_dicts() -> None:
    text = """\
title: A
vehicles: [{id: x, name: X}, {id: y, name: Y}]
groups:
  - id: g
    title: G
    rows:
      - {id: r, label: R, change: kept, values: {x: {value: 1, sources: [one]}, y: {value: null}}}
"""
    assert walked(Comparison, text) == [
        ("CitedFigure", "groups.0.rows.0.values.x", "R", "r"),
        ("source", "groups.0.rows.0.values.x.sources.0", "R", "r"),
        ("CitedFigure", "groups.0.rows.0.values.y", "R", "r"),
    ]


def test_the_lines_of_a_result_share_its_sources() -> None:
    text = """\
number: 1
title: S
description: D
date: 2026-01-04
start: A
finish: B
special_km: {value: null}
liaison_km: {value: null}
total_km: {value: null}
terrain: {text: Sand, sources: [one]}
result: {sources: [two], rows: [{entrant: car-1, position: 1}]}
standings: {}
"""
    assert [one for one in walked(Stage, text) if one[0] in ("source", "entrant")] == [
        ("source", "terrain.sources.0", "Sand", "terrain"),
        ("source", "result.sources.0", "Stock result", "result"),
        ("entrant", "result.rows.0.entrant", "Stock result", "result"),
    ]


def test_texts_are_words_and_neither_ids_nor_addresses() -> None:
    text = """\
title: A
figures:
  - {id: power, label: Power, value: about 5, unit: km/h, sources: [one], note: "See [b](/b/)."}
facts:
  - {text: It is so., sources: [one]}
unknown: [Its weight]
"""
    root = parse_yaml(text, "a.yaml", Diagnostics())
    assert root is not None
    found = list(texts(Factsheet.model_validate(root.data())))
    assert found == ["A", "See [b](/b/).", "about 5", "power", "Power", "It is so.", "Its weight"]
