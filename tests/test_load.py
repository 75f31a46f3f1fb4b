from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microsite.diagnostics import Span
from microsite.entries import Lost
from microsite.load import Loaded, kind_of, load_file
from microsite.schema import KINDS
from microsite.slugs import slug
from tests.test_markdown import MARKDOWN_LIKE

SOURCES = "content/sources/press.yaml"
SHEET = "content/factsheets/car.yaml"
RULE = "ids are made of lower-case letters, digits and single hyphens"
PAGE = "content/pages/car.md"
SOURCE = "a:\n  title: A\n  publisher: B\n  kind: press\n  url: null\n  date: null\n  language: en\n"
FRONT = "---\ntitle: A\ndescription: B\n---\n"


def load(path: str, text: str | bytes) -> Loaded:
    kind = kind_of(path)
    assert kind is not None
    return load_file(path, text.encode() if isinstance(text, str) else text, kind)


def problems(loaded: Loaded) -> list[str]:
    return [
        f"{one.span.line}:{one.span.column}: {one.code}: {one.message}"
        for one in sorted(loaded.diagnostics, key=lambda one: (one.span, one.code, one.message))
    ]


def mentions(loaded: Loaded) -> list[tuple[str, str, int, int, int]]:
    assert problems(loaded) == []
    return [(one.kind, one.id, one.span.line, one.span.column, one.span.length) for one in loaded.mentions]


# Which file is what ---


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("content/site.yaml", "site"),
        ("content/sources/press.yaml", "source"),
        ("content/pages/car.md", "page"),
        ("content/pages/Über uns.md", "page"),
        ("content/dakar-2026/stages/stage-1.md", "stage"),
        ("content/heritage/a.md", "chapter"),
        ("content/site.yml", None),
        ("content/pages/deep/car.md", None),
        ("content/pages/car.MD", None),
        ("content/pages/car.yaml", None),
        ("content/sources/.yaml", "source"),
        ("content/readme.txt", None),
    ],
)
def test_the_kind_of_a_file(path: str, kind: str | None) -> None:
    found = kind_of(path)
    assert (found.name if found else None) == kind


# Good files ----------------------------------------------------------------------------------------------------------


def test_a_collection() -> None:
    loaded = load(SOURCES, SOURCE + SOURCE.replace("a:", "b-2:", 1))
    assert problems(loaded) == []
    assert [(one.kind, one.id, one.permalink, one.path) for one in loaded.entries] == [
        ("source", "a", "/sources/a/", SOURCES),
        ("source", "b-2", "/sources/b-2/", SOURCES),
    ]
    begin = {name: span for name, span in loaded.places.items() if not name.endswith(".date")}
    assert begin == {"source/a": Span(SOURCES, 1, 1, 1), "source/b-2": Span(SOURCES, 8, 1, 3)}
    assert loaded.lost == ()


def test_a_data_file() -> None:
    loaded = load(SHEET, "title: A\nfacts: []\n")
    (entry,) = loaded.entries
    assert (entry.kind, entry.id, entry.permalink, entry.body) == ("factsheet", "car", None, None)
    assert entry.data.title == "A"
    assert loaded.places == {"factsheet/car": Span(SHEET)}


def test_a_document() -> None:
    (entry,) = load(PAGE, FRONT + "\nText.\n").entries
    assert (entry.kind, entry.id, entry.permalink) == ("page", "car", "/car/")
    assert entry.body is not None
    assert entry.body.html == "<p>Text.</p>"
    assert entry.data.view == "page"


def test_a_page_may_choose_its_permalink() -> None:
    (entry,) = load(PAGE, "---\ntitle: A\ndescription: B\npermalink: /x/y/\n---\n").entries
    assert entry.permalink == "/x/y/"


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_newlines_and_byte_order_marks_change_nothing(newline: str, mark: str) -> None:
    text = FRONT + "\nText.\n\n## More[@a]\n"
    assert load(PAGE, mark + text.replace("\n", newline)) == load(PAGE, text)


def test_equal_files_give_equal_digests() -> None:
    digests = [
        load(path, text).entries[0].digest
        for path, text in [
            (PAGE, FRONT),
            (PAGE, FRONT + "a"),
            (PAGE, FRONT.replace("B", "C")),
            (PAGE[:-3] + "x.md", FRONT),
        ]
    ]
    assert len(set(digests)) == 4
    assert load(PAGE, FRONT + "\n").entries[0].digest != digests[0]
    assert load(PAGE, FRONT).entries[0].digest == digests[0]


# Places of what a file mentions ---


def test_ids_in_data() -> None:
    text = "title: A\nfacts:\n  - text: é\n    sources: [one, two-2]\n  - {text: b, sources:\n      [three]}\n"
    assert mentions(load(SHEET, text)) == [
        ("source", "one", 4, 15, 3),
        ("source", "two-2", 4, 20, 5),
        ("source", "three", 6, 8, 5),
    ]


def test_citations_in_data() -> None:
    text = """\
title: A
facts:
  - text: evo-2025 says é.[@evo-2025-dakar; @evo-2025] So it is.[@evo-2025]
    sources: [evo-2025]
    note: "Quoted \\u00e9.[@x]"
  - text: >
      Folded
      text.[@b;
      @c]
    sources: [d]
"""
    assert mentions(load(SHEET, text)) == [
        ("source", "evo-2025", 4, 15, 8),
        ("source", "x", 5, 28, 1),
        ("source", "evo-2025-dakar", 3, 29, 14),
        ("source", "evo-2025", 3, 46, 8),
        ("source", "evo-2025", 3, 67, 8),
        ("source", "d", 10, 15, 1),
        ("source", "b", 8, 14, 1),
        ("source", "c", 9, 8, 1),
    ]


def test_a_citation_that_cannot_be_found_as_typed_has_the_place_of_its_text() -> None:
    text = 'title: A\nfacts:\n  - text: "A.\\x5b@one]"\n    sources: [two]\n'
    assert mentions(load(SHEET, text)) == [("source", "two", 4, 15, 3), ("source", "one", 3, 11, 13)]


def test_front_matter_and_body_count_lines_of_the_file() -> None:
    text = "---\ntitle: A\ndescription: B\npicture: face\n---\n\nOne.[@a; @b]\n\n## Two\n\n![](picture:c)\n\n[d](/e/)\n"
    loaded = load(PAGE, text)
    assert mentions(loaded) == [
        ("picture", "face", 4, 10, 4),
        ("source", "a", 7, 7, 1),
        ("source", "b", 7, 11, 1),
        ("picture", "c", 11, 13, 1),
    ]
    assert [(one.label, one.anchor) for one in loaded.mentions[1:]] == [
        ("In the text", None),
        ("In the text", None),
        ("Two", "two"),
    ]
    assert [(one.target, one.span) for one in loaded.links] == [("/e/", Span(PAGE, 13, 5, 3))]
    assert {one.by for one in loaded.mentions} == {"page/car"}


# Bad files -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "text", "expected", "lost"),
    [
        (SOURCES, "", ["1:1: empty-file: there is nothing in here"], Lost("source", None, None)),
        (SOURCES, "- a\n", ["1:1: not-a-mapping: expected keys and values here"], Lost("source", None, None)),
        (
            SOURCES,
            "a: b\n",
            ["1:4: wrong-type: “this entry” needs keys and values, not “b”"],
            Lost("source", "a", "/sources/a/"),
        ),
        (SHEET, "just text\n", ["1:1: not-a-mapping: expected keys and values here"], Lost("factsheet", "car", None)),
        (
            SHEET,
            "title: *a\n",
            ["1:8: yaml-alias: *a is a YAML alias, which is not used here"],
            Lost("factsheet", "car", None),
        ),
        (PAGE, "", ["1:1: empty-file: there is nothing in here"], Lost("page", "car", "/car/")),
        (
            PAGE,
            "---\npermalink: /x/\n",
            ["1:1: open-front-matter: the front matter is never closed"],
            Lost("page", "car", "/x/"),
        ),
        (PAGE, "---\n---\n", ["2:1: empty-file: there is nothing in here"], Lost("page", "car", "/car/")),
        (PAGE, "---\n- a\n---\n", ["2:1: not-a-mapping: expected keys and values here"], Lost("page", "car", "/car/")),
        (
            PAGE,
            "---\npermalink: /x/\ntitle: A\n---\n",
            ["2:1: missing-key: “description” is missing"],
            Lost("page", "car", "/x/"),
        ),
        (
            PAGE,
            "---\n\ntitle: A: b\n---\n",
            ["3:8: colon-in-text: a text with “: ” in it needs quotes"],
            Lost("page", "car", "/car/"),
        ),
        (
            PAGE,
            FRONT + "\n" + "[" * 200_000,
            ["6:25: deep-nesting: brackets or lists are nested more than 24 deep"],
            Lost("page", "car", "/car/"),
        ),
        (
            PAGE,
            FRONT + "1. " * 60_000,
            ["5:1: deep-nesting: brackets or lists are nested more than 24 deep"],
            Lost("page", "car", "/car/"),
        ),
        (
            PAGE,
            FRONT + "\x00",
            ["5:1: control-character: the character U+0000 has no place in text"],
            Lost("page", "car", "/car/"),
        ),
        (
            PAGE,
            FRONT + "\ue000cite:a\ue001",
            ["5:1: control-character: the character U+E000 has no place in text"],
            Lost("page", "car", "/car/"),
        ),
        (
            PAGE,
            "x" * 10_000_000,
            ["1:1: file-too-large: the file has 9.5 MB; content files may have 2 MB"],
            Lost("page", "car", "/car/"),
        ),
    ],
    ids=lambda value: value[:30] if isinstance(value, str) else None,
)
def test_what_cannot_be_read_is_lost(path: str, text: str, expected: list[str], lost: Lost) -> None:
    loaded = load(path, text)
    assert problems(loaded) == expected
    assert loaded.lost[0] == lost
    assert {(one.kind, one.id) for one in loaded.lost} == {(lost.kind, lost.id)}
    assert loaded.entries == ()


def test_bytes_that_are_not_utf8() -> None:
    loaded = load(PAGE, FRONT.encode() + "\nÀ".encode("latin-1"))
    assert problems(loaded) == ["6:1: not-utf8: the byte 0xc0 is not UTF-8"]
    assert loaded.lost == (Lost("page", "car", "/car/"),)


def test_one_bad_entry_does_not_take_the_others_away() -> None:
    loaded = load(SOURCES, SOURCE + "b:\n  title: B\n" + SOURCE.replace("a:", "C:", 1) + SOURCE.replace("a:", "d:", 1))
    assert [one.id for one in loaded.entries] == ["a", "d"]
    assert loaded.lost == (Lost("source", "b", "/sources/b/"), Lost("source", "c", "/sources/c/"))
    assert problems(loaded) == [
        "9:3: missing-key: “date” is missing",
        "9:3: missing-key: “kind” is missing",
        "9:3: missing-key: “language” is missing",
        "9:3: missing-key: “publisher” is missing",
        "9:3: missing-key: “url” is missing",
        f"10:1: bad-id: “C” cannot be an id: {RULE}",
    ]


@pytest.mark.parametrize("name", ["Car", "the car", "car_1", "-car", "car--1", "über"])
def test_the_name_of_a_document_is_its_id(name: str) -> None:
    loaded = load(f"content/pages/{name}.md", FRONT)
    assert problems(loaded) == [f"1:1: bad-id: “{name}” cannot be an id: {RULE}"]
    assert loaded.entries == ()
    assert [one.id for one in loaded.lost] == [slug(name)]


def test_all_problems_of_a_document_are_told_at_once() -> None:
    loaded = load(PAGE, "---\ntitel: A\ndescription: B\n---\n\n### A\n\n<b>\n")
    assert problems(loaded) == [
        "2:1: unknown-key: there is no key “titel” here",
        "6:1: heading-level: a heading of level 3 follows one of level 1",
        "8:1: raw-html: “<b>” is HTML, which is shown as typed",
    ]


# Anything ------------------------------------------------------------------------------------------------------------

PATHS = ["content/" + kind.files.replace("*", "a") for kind in KINDS]
KEYS = sorted({name for kind in KINDS for name in kind.model.model_fields})
YAML_LIKE = st.recursive(
    st.none() | st.sampled_from(["a", "012", "3:45:12", "2026-02-30", "yes", "{0}", "x[@a; @b]"]) | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS) | st.text(max_size=3), inner, max_size=6)
    ),
    max_leaves=12,
)


def check(path: str, raw: bytes) -> None:
    """Loading raises nothing, and whatever it says lies within the file."""
    loaded = load(path, raw)
    assert loaded.entries or loaded.diagnostics or raw.strip(b" \n")[:1] == b"{"  # a collection may be empty
    lines = raw.decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    spans = [*loaded.places.values(), *(one.span for one in loaded.diagnostics)]
    spans += [one.span for one in loaded.mentions] + [one.span for one in loaded.links]
    for span in spans:
        assert span.path == path
        assert 1 <= span.line <= len(lines)
        assert 1 <= span.column <= len(lines[span.line - 1]) + 1


@given(st.sampled_from(PATHS), st.binary(max_size=60))
def test_no_bytes_are_too_odd(path: str, raw: bytes) -> None:
    check(path, raw)
    check(path, b"---\n" + raw + b"\n---\n" + raw)


@given(st.sampled_from(PATHS), YAML_LIKE, MARKDOWN_LIKE)
def test_no_values_are_too_odd(path: str, data: object, body: str) -> None:
    text = json.dumps(data, ensure_ascii=False)
    check(path, f"---\n{text}\n---\n{body}".encode() if path.endswith(".md") else text.encode())


@given(MARKDOWN_LIKE)
def test_no_body_is_too_odd(body: str) -> None:
    check(PAGE, (FRONT + body).encode())


def test_what_an_entry_names_is_checked_though_it_is_refused() -> None:
    loaded = load(SHEET, "figures:\n  - {id: a, label: A, value: 1, sources: [b], note: 'C [@d] [e](/f/)'}\n")
    assert problems(loaded) == ["1:1: missing-key: “title” is missing"]
    assert loaded.mentions == ()
    assert [(one.id, one.span.line, one.span.column) for one in loaded.unread] == [("b", 2, 43), ("d", 2, 58)]
    assert [(one.target, one.span.column) for one in loaded.links] == [("/f/", 65)]


def test_two_parts_of_an_entry_have_two_ids() -> None:
    part = "  - {id: a, label: A, value: 1, sources: [b]}\n"
    loaded = load(SHEET, f"title: T\nfigures:\n{part}{part}")
    assert problems(loaded) == ["4:10: duplicate-part-id: the id “a” is given twice in one entry"]
    assert loaded.entries == ()
