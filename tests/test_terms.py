from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microsite.entries import Entry
from microsite.schema.kinds import Term
from microsite.terms import Forms, forms_of, mark_terms, terms_in


def term(term_id: str, word: str, *also: str) -> Entry:
    data = Term.model_validate({"term": word, "also": also, "definition": "A word.", "sources": ["a-source"]})
    return Entry("term", term_id, data, None, "content/glossary.yaml", None, b"")


FORMS = forms_of(
    [
        term("stage", "stage", "stages"),
        term("marathon-stage", "marathon stage"),
        term("aso", "ASO", "Amaury Sport Organisation"),
        term("wadi", "wadi", "dry riverbed"),
        term("t2", "T2.1"),
    ]
)


def marked(html: str, forms: Forms = FORMS) -> str:
    return mark_terms(html, forms, lambda term_id, word: f"<{term_id}:{word}>")


def test_longer_forms_come_first() -> None:
    assert [form for form, _ in FORMS] == [
        "Amaury Sport Organisation",
        "marathon stage",
        "dry riverbed",
        "stages",
        "stage",
        "T2.1",
        "wadi",
        "ASO",
    ]
    assert dict(FORMS)["stages"] == "stage"


def test_forms_do_not_depend_on_the_order_of_the_terms() -> None:
    terms = [term("b", "bb", "aa"), term("a", "cc"), term("c", "dddd")]
    assert forms_of(terms) == forms_of(reversed(terms)) == (("dddd", "c"), ("aa", "b"), ("bb", "b"), ("cc", "a"))


def test_words_are_marked_as_they_stand() -> None:
    assert marked("<p>A stage, then a wadi.</p>") == "<p>A <stage:stage>, then a <wadi:wadi>.</p>"


def test_the_longest_form_wins() -> None:
    assert marked("a marathon stage") == "a <marathon-stage:marathon stage>"
    assert terms_in("a marathon stage", FORMS) == ("marathon-stage",)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Stages began.", ("stage",)),
        ("STAGES", ()),
        ("Marathon stage", ("marathon-stage",)),
        ("ASO", ("aso",)),
        ("aso", ()),
        ("Aso", ()),
        ("the amaury sport organisation", ()),
        ("T2.1", ("t2",)),
        ("T2x1", ()),
    ],
)
def test_only_a_first_letter_may_be_a_capital_instead(text: str, found: tuple[str, ...]) -> None:
    assert terms_in(text, FORMS) == found


@pytest.mark.parametrize("text", ["backstage", "staged", "pre-stage", "stage-win", "stage2", "stage_", "éstage"])
def test_parts_of_words_are_left_alone(text: str) -> None:
    assert terms_in(text, FORMS) == ()
    assert marked(text) == text


@pytest.mark.parametrize("text", ["stage", "(stage)", "“stage”", "stage’s", "stage/wadi", "the stage–"])
def test_whole_words_are_found_beside_any_mark(text: str) -> None:
    assert "stage" in terms_in(text, FORMS)


def test_terms_are_told_once_in_the_order_of_the_text() -> None:
    assert terms_in("A wadi, a stage, a wadi, two stages by ASO.", FORMS) == ("wadi", "stage", "aso")


@pytest.mark.parametrize("tag", ["a", "button", "code", "pre", "h1", "h2", "h6", "figcaption", "th"])
def test_nothing_is_marked_where_a_button_would_be_wrong(tag: str) -> None:
    assert marked(f"<{tag} class='x'>stage</{tag}> stage") == f"<{tag} class='x'>stage</{tag}> <stage:stage>"


def test_closed_elements_may_lie_within_one_another() -> None:
    html = "<h2><a href='/x/'><em>stage</em></a> stage</h2><p>stage</p>"
    assert marked(html) == "<h2><a href='/x/'><em>stage</em></a> stage</h2><p><stage:stage></p>"


def test_other_elements_are_open() -> None:
    html = "<ul><li><strong>stage</strong><br>wadi</li></ul><td>ASO</td><address>wadi</address>"
    assert marked(html) == (
        "<ul><li><strong><stage:stage></strong><br><wadi:wadi></li></ul><td><aso:ASO></td>"
        "<address><wadi:wadi></address>"
    )


def test_a_stray_end_tag_does_no_harm() -> None:
    assert marked("</a>stage") == "</a><stage:stage>"


def test_attributes_are_left_alone() -> None:
    html = '<img alt="a stage" src="stage.webp"><p title="wadi">x</p>'
    assert marked(html) == html


def test_what_is_not_wanted_stays_as_it_is() -> None:
    first: set[str] = set()

    def once(term_id: str, word: str) -> str | None:
        if term_id in first:
            return None
        first.add(term_id)
        return f"[{word}]"

    assert mark_terms("stage, Stages, wadi, stage", FORMS, once) == "[stage], Stages, [wadi], stage"


def test_what_was_marked_is_not_read_again() -> None:
    assert mark_terms("wadi", FORMS, lambda term_id, word: "stage") == "stage"
    assert mark_terms("wadi", FORMS, lambda term_id, word: r"\1") == r"\1"


def test_without_terms_nothing_happens() -> None:
    assert forms_of([]) == ()
    assert terms_in("stage", ()) == ()
    assert marked("stage", ()) == "stage"


@given(
    st.lists(st.sampled_from(["stage", "Stages", " ", "<b>", "</b>", "<a>", "</a>", ", ", "x", "&amp;"])).map("".join)
)
def test_only_marks_are_added(html: str) -> None:
    assert re.sub(r"<stage:(\w+)>", r"\1", marked(html)) == html
