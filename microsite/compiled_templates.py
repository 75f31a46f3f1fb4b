"""Templates parsed and compiled once, by both processes, and kept for the next build."""

from __future__ import annotations

import hashlib
import marshal
from collections.abc import Mapping
from dataclasses import dataclass

import jinja2
from jinja2.bccache import Bucket

from microsite.memory import Memory
from microsite.template_lint import TEMPLATES, TemplateFacts, facts_of
from microsite.workers import map_in_processes

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


def compile_templates(
    sources: Mapping[str, str], environment: jinja2.Environment, memory: Memory
) -> dict[str, CompiledTemplate]:
    """Every template by its name, compiled only if it is not remembered."""
    keys = {hashlib.sha256(f"{name}\0{source}".encode()).digest(): name for name, source in sources.items()}

    def make(missing: list[bytes]) -> dict[bytes, CompiledTemplate]:
        def compile_one(key: bytes) -> CompiledTemplate:
            return _compiled(keys[key], sources[keys[key]], environment)

        return dict(zip(missing, map_in_processes(compile_one, missing, WORTH_A_FORK), strict=True))

    known = memory.results("template", keys, make)
    return {name: known[key] for key, name in keys.items()}


def _compiled(name: str, source: str, environment: jinja2.Environment) -> CompiledTemplate:
    facts = TemplateFacts()
    try:
        tree = environment.parse(source)
        facts = facts_of(source, tree)
        return CompiledTemplate(facts, marshal.dumps(environment.compile(tree, name, TEMPLATES + name)))
    except (jinja2.TemplateSyntaxError, RecursionError):
        return CompiledTemplate(facts, None)
