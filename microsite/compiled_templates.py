"""Templates parsed and compiled once, in the background, and kept for the next build."""

from __future__ import annotations

import hashlib
import marshal
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import jinja2
from jinja2.bccache import Bucket

from microsite.memory import Memory
from microsite.template_lint import TEMPLATES, TemplateFacts, facts_of
from microsite.workers import in_background

WORTH_A_FORK = 8  # templates; one takes some 10 ms


@dataclass(frozen=True, slots=True)
class CompiledTemplate:
    """`code` is marshalled; None where Jinja refuses the template, which it does again when a page is made from it."""

    facts: TemplateFacts
    code: bytes | None


class KnownCode(jinja2.BytecodeCache):
    """Gives Jinja what was compiled before, by the names of templates."""

    def __init__(self, templates: Mapping[str, CompiledTemplate]) -> None:
        self._templates = templates

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        return name

    def load_bytecode(self, bucket: Bucket) -> None:
        template = self._templates.get(bucket.key)
        if template is not None and template.code is not None:
            bucket.code = marshal.loads(template.code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Nothing is left to be kept: what is not known by now cannot be compiled."""


def begin_to_compile(
    sources: Mapping[str, str], environment: jinja2.Environment, memory: Memory
) -> Callable[[], dict[str, CompiledTemplate]]:
    """Gives every template by its name when it is called, which is done once; what is not remembered is compiled from
    now on, while there is something else to do."""
    keys = {hashlib.sha256(f"{name}\0{source}".encode()).digest(): name for name, source in sources.items()}
    known = memory.recall("template", keys)
    missing = [key for key in keys if key not in known]

    def make() -> dict[bytes, CompiledTemplate]:
        return {key: _compiled(keys[key], sources[keys[key]], environment) for key in missing}

    made = in_background(make) if len(missing) >= WORTH_A_FORK else make

    def finish() -> dict[str, CompiledTemplate]:
        fresh = made()
        memory.keep("template", fresh)
        return {name: fresh.get(key) or known[key] for key, name in keys.items()}

    return finish


def _compiled(name: str, source: str, environment: jinja2.Environment) -> CompiledTemplate:
    facts = TemplateFacts()
    try:
        tree = environment.parse(source)
        facts = facts_of(source, tree)
        return CompiledTemplate(facts, marshal.dumps(environment.compile(tree, name, TEMPLATES + name)))
    except (jinja2.TemplateSyntaxError, RecursionError):
        return CompiledTemplate(facts, None)
