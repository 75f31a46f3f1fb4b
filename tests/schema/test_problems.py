from __future__ import annotations

import pytest
from pydantic import ValidationError

from microsite.diagnostics import Diagnostic, Diagnostics
from microsite.schema.kinds import Comparison, Factsheet, Person, Source
from microsite.schema.problems import explain
from microsite.schema.values.facts import Model
from microsite.strict_yaml import parse_yaml

SOURCE = """\
title: A
publisher: B
kind: press
url: https://example.org/
date: 2026-01-17
language: en
"""
FACT = "title: A\nfigures:\n  - id: power\n    label: Power\n    value: 5\n    sources: [a]\n"
PERSON = "name: A\nsort_name: A\nrole: B\ngroup: driver\ndescription: C\nsummary: D\n"
COMPARISON = """\
title: A
vehicles: [{id: x, name: X}, {id: y, name: Y}]
groups:
  - id: g
    title: G
    rows:
      - id: r
        label: R
        change: kept
        values:
          x: {value: 1, sources: [a]}
"""


def explained(model: type[Model], text: str) -> list[Diagnostic]:
    diagnostics = Diagnostics()
    node = parse_yaml(text, "a.yaml", diagnostics)
    assert node is not None
    with pytest.raises(ValidationError) as caught:
        model.model_validate(node.data())
    explain(caught.value, model, node, "a.yaml", diagnostics)
    return diagnostics.in_order()


def lines(found: list[Diagnostic]) -> list[str]:
    return [
        f"{one.span.line}:{one.span.column}+{one.span.length}: {one.code}: {one.message} ({one.hint})" for one in found
    ]


@pytest.mark.parametrize(
    ("model", "text", "old", "new", "expected"),
    [
        (
            Source,
            SOURCE,
            "title: A\n",
            "",
            "1:1+1: missing-key: “title” is missing (add a line “title: …”: as it stands on the page)",
        ),
        (
            Source,
            SOURCE,
            "date: 2026-01-17\n",
            "",
            "1:1+1: missing-key: “date” is missing (add a line “date: …”: "
            "when it was published; null if the page does not say)",
        ),
        (
            Source,
            SOURCE,
            "language: en\n",
            "language: en\nnotes: C\n",
            "7:1+5: unknown-key: there is no key “notes” here (did you mean “note”?)",
        ),
        (
            Source,
            SOURCE,
            "press",
            "pres",
            "3:7+4: unknown-value: “pres” is not a possible value of “kind” (did you mean “press”?)",
        ),
        (
            Source,
            SOURCE,
            "press",
            "blog",
            "3:7+4: unknown-value: “blog” is not a possible value of “kind” "
            "(possible here: organiser, federation, manufacturer, team, press, reference, club, advertisement)",
        ),
        (
            Source,
            SOURCE,
            "press",
            "[press]",
            "3:7+1: unknown-value: a list is not a possible value of “kind” "
            "(possible here: organiser, federation, manufacturer, team, press, reference, club, advertisement)",
        ),
        (
            Source,
            SOURCE,
            "https://example.org/",
            "example.org",
            "4:6+11: bad-url: “example.org” is not a web address (write https:// before it)",
        ),
        (
            Source,
            SOURCE,
            "2026-01-17",
            "'{0}'",
            "5:7+5: bad-date: “{0}” is not a date as written here (write 2026, 2026-01 or 2026-01-17)",
        ),
        (
            Source,
            SOURCE,
            "en",
            "english",
            "6:11+7: unknown-language: “english” is not the code of a language (write en)",
        ),
        (
            Source,
            SOURCE,
            "title: A",
            "title:",
            "1:7+1: empty-value: “title” may not be empty (as it stands on the page)",
        ),
        (
            Source,
            SOURCE,
            "title: A",
            "title: [A]",
            "1:8+1: wrong-type: “title” needs a single value, not a list (as it stands on the page)",
        ),
        (
            Source,
            SOURCE,
            "title: A",
            "title: ''",
            "1:8+2: empty-value: “title” may not be empty (as it stands on the page)",
        ),
        (
            Factsheet,
            FACT,
            "value: 5",
            "value: {a: 5}",
            "5:12+1: wrong-type: “value” needs a single value, not keys and values "
            "(as you type it; null: not published)",
        ),
        (
            Factsheet,
            FACT,
            "value: 5",
            "value: 012",
            "5:12+3: leading-zero: “012” starts with a zero (write 12)",
        ),
        (
            Factsheet,
            FACT,
            "value: 5",
            "value: 7,994",
            "5:12+5: grouped-number: “7,994” has its thousands separated (write 7994)",
        ),
        (
            Factsheet,
            FACT,
            "[a]",
            "a",
            "6:14+1: wrong-type: “sources” needs a list, not “a” (write [a])",
        ),
        (
            Factsheet,
            FACT,
            "    sources: [a]\n",
            "",
            "3:5+1: no-source: a fact needs its source; add sources: [id], or unverified: true if no page was seen "
            "(sources: [an-id] names entries of content/sources/)",
        ),
        (
            Factsheet,
            FACT,
            "    value: 5",
            "    units: kW\n    value: 5",
            "5:5+5: unknown-key: there is no key “units” here (did you mean “unit”?)",
        ),
        (
            Factsheet,
            FACT,
            "[a]\n",
            "[a]\n    unverified: yes\n",
            "7:17+3: not-true-or-false: “yes” is neither true nor false (write true)",
        ),
        (
            Factsheet,
            "title: A\nfigures: {a: b}\n",
            "",
            "",
            "2:10+1: wrong-type: “figures” needs a list, not keys and values "
            "(write [one, two], or one “- item” to a line)",
        ),
        (
            Factsheet,
            "title: A\nfigures: [b]\n",
            "",
            "",
            "2:11+1: wrong-type: “figures” needs keys and values, not “b” (write {value: b, sources: [an-id]})",
        ),
        (
            Person,
            PERSON + "nationality: gb\n",
            "",
            "",
            "7:14+2: unknown-country: “gb” is not the code of a country (write GB)",
        ),
        (
            Person,
            PERSON + "starts: [{year: MCM, category: car, sources: [a]}]\n",
            "",
            "",
            "7:17+3: not-a-number: “MCM” is not a whole number (write digits alone, for example 12)",
        ),
        (
            Comparison,
            COMPARISON,
            "x: {value",
            "The X: {value",
            "11:11+5: bad-form: “The X” cannot be a key here (use lower-case letters, digits and single hyphens)",
        ),
        (
            Comparison,
            COMPARISON,
            "sources: [a]}",
            "source: [a]}",
            "11:25+6: unknown-key: there is no key “source” here (did you mean “sources”?)",
        ),
        (
            Comparison,
            COMPARISON,
            ", {id: y, name: Y}",
            "",
            "2:11+1: too-few: “vehicles” has too few items (at least two, in the order of the columns)",
        ),
    ],
)
def test_what_an_editor_is_told(model: type[Model], text: str, old: str, new: str, expected: str) -> None:
    assert lines(explained(model, text.replace(old, new, 1))) == [expected]


def test_all_problems_are_told_at_once() -> None:
    found = explained(Source, "titel: A\nkind: prss\nurl: null\nlanguage: [en]\n")
    assert [(one.code, one.span.line, one.span.column) for one in found] == [
        ("missing-key", 1, 1),
        ("missing-key", 1, 1),
        ("unknown-key", 1, 1),
        ("unknown-value", 2, 7),
        ("wrong-type", 4, 11),
    ]
    assert [one.message for one in found[:2]] == [f"“{key}” is missing" for key in ("date", "publisher")]


def test_a_value_that_is_wrong_in_two_ways_is_told_once() -> None:
    assert lines(explained(Factsheet, FACT.replace("value: 5", "value: [5, 6]"))) == [
        "5:12+1: wrong-type: “value” needs a single value, not a list (as you type it; null: not published)"
    ]


def test_an_entry_that_is_no_mapping() -> None:
    assert lines(explained(Source, "[a]")) == [
        "1:1+1: wrong-type: “this entry” needs keys and values, not a list "
        "(write its keys below it: title: …, publisher: …, kind: …, url: …, date: …, language: …)"
    ]
