from __future__ import annotations

import jinja2
import pytest

from microsite.template_lint import TemplateFacts, circle_from, facts_of, in_plain_words, lost_blocks, names_in

ENVIRONMENT = jinja2.Environment(extensions=["jinja2.ext.do"])
BASE = "{% block main %}{% block inner %}{% endblock %}{% endblock %}"


def facts(source: str) -> TemplateFacts:
    return facts_of(source, ENVIRONMENT.parse(source))


@pytest.mark.parametrize(
    ("text", "line", "message", "hint"),
    [
        ("unexpected char '“' at 11", "{% extends “a” %}", "““” means nothing here", 'write "'),
        ("unexpected '/'", "<p>{{ a</p>", "a {{ in this line is never closed", "close it with }}"),
        ("unexpected '/'", "<p>{% a</p>", "a {% in this line is never closed", "close it with %}"),
        (
            "expected token 'end of statement block', got '='",
            "{% if a = b %}",
            "nothing was expected before “=”",
            "two things are compared by ==",
        ),
        ("Missing end of comment tag", "{# a", "a comment is opened here and never closed", "close it with #}"),
        (
            "Encountered unknown tag 'endblock'. Jinja is currently looking for 'endfor' or 'else'.",
            "{% endblock %}",
            "{% endfor %} is missing before this {% endblock %}",
            "put it where it belongs",
        ),
        ("Encountered unknown tag 'fro'.", "{% fro %}", "there is no tag “fro”", "did you mean “from”?"),
    ],
)
def test_messages_in_plain_words(text: str, line: str, message: str, hint: str | None) -> None:
    told = in_plain_words(text, line)
    assert (told.message, told.hint) == (message, hint)


def test_blocks_that_nobody_shows() -> None:
    own = "{% block mian %}{% block own %}{% endblock %}{% endblock %}{% block inner %}{% endblock %}"
    child = '{% extends "base" %}\n' + own
    of_each = {
        "base": facts(BASE),
        "child": facts(child),
        "other": facts('{% extends "gone" %}{% block a %}{% endblock %}'),
    }
    assert list(lost_blocks("child", of_each)) == [(2, "mian", "main")]
    assert list(lost_blocks("base", of_each)) == []
    assert list(lost_blocks("other", of_each)) == []


def test_ends_that_close_nothing() -> None:
    assert facts("{{ a }} }} {% if b %}%}{% endif %} {# c #}").stray_ends == (8, 21)


def test_circles() -> None:
    references = {"a": ("b",), "b": ("c",), "c": ("b",)}
    assert circle_from("b", references) == ["b", "c", "b"]
    assert circle_from("a", references) is None


def test_names_of_a_template() -> None:
    source = '{% from "m" import one, two as three %}{% import "n" as four %}{% set five = six %}'
    source += "{% macro seven() %}{% endmacro %}"
    assert names_in(source) == {"one", "three", "four", "five", "seven"}


def test_a_choice_between_names_that_are_written_out_is_not_computed() -> None:
    found = facts('{% include ["a", "b"] %}')
    assert (found.references, found.computed) == (("a", "b"), None)
    assert facts('\n{% include "a" ~ b %}').computed == 2
