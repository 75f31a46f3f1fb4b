from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import jinja2
import pytest

from microsite.compiled_templates import WORTH_A_FORK, KnownCode, begin_to_compile
from microsite.memory import Memory


@pytest.fixture
def memory() -> Iterator[Memory]:
    with closing(Memory(None, b"tests")) as one:
        yield one


@pytest.fixture
def environment() -> jinja2.Environment:
    return jinja2.Environment()


@pytest.mark.parametrize("count", [2, WORTH_A_FORK + 1])
def test_what_was_compiled_serves_as_the_template(memory: Memory, environment: jinja2.Environment, count: int) -> None:
    sources = {f"{number}.html": f"{number} {{{{ word }}}}" for number in range(count)}
    environment.loader = jinja2.DictLoader(dict.fromkeys(sources, "not looked at"))
    environment.bytecode_cache = KnownCode(begin_to_compile(sources, environment, memory)())
    assert [environment.get_template(name).render(word="x") for name in sources] == [f"{n} x" for n in range(count)]


def test_two_templates_of_one_text_are_two(memory: Memory, environment: jinja2.Environment) -> None:
    """Their errors name them."""
    compiled = begin_to_compile({"a.html": "{{ x.y }}", "b.html": "{{ x.y }}"}, environment, memory)()
    assert compiled["a.html"].code != compiled["b.html"].code


@pytest.mark.parametrize("source", ["{{ a", "{{ a|nothing }}", "{% if a %}", "{{ " + "(" * 3000 + " }}"])
def test_what_jinja_refuses_is_left_to_be_refused_again(
    memory: Memory, environment: jinja2.Environment, source: str
) -> None:
    environment.loader = jinja2.DictLoader({"a.html": source})
    environment.bytecode_cache = KnownCode(compiled := begin_to_compile({"a.html": source}, environment, memory)())
    assert compiled["a.html"].code is None
    with pytest.raises((jinja2.TemplateSyntaxError, RecursionError)):
        environment.get_template("a.html")
