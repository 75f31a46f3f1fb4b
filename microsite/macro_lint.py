"""Macros as templates import and call them: names that are not there, arguments that do not fit, imports of no use."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from jinja2 import nodes

from microsite.diagnostics import Diagnostics, Span
from microsite.suggest import guess, nearest

AnyNode = TypeVar("AnyNode", bound=nodes.Node)

_OPEN_ENDED = {"varargs", "kwargs", "caller"}


@dataclass(frozen=True, slots=True)
class Macro:
    """What a macro takes: the names of its arguments, how many of them are needed, and whether it takes others too."""

    name: str
    arguments: tuple[str, ...]
    needed: int
    takes_more: bool


@dataclass(frozen=True, slots=True)
class Imported:
    """A macro that is imported: from which template, under which name here, in which line."""

    template: str
    name: str
    alias: str
    line: int


@dataclass(frozen=True, slots=True)
class Call:
    """A use of what may be a macro: a call, or `{{ name }}`, which is none. `positional` is None if nobody can tell
    what is passed."""

    name: str
    line: int
    positional: int | None = None
    named: tuple[str, ...] = ()
    is_call: bool = True


@dataclass(frozen=True, slots=True)
class MacroFacts:
    """What a template says of macros; `set_here` are the names to which it gives a value, wherever that is. It is not
    `is_read` if Jinja could not make sense of it."""

    macros: tuple[Macro, ...] = ()
    imported: tuple[Imported, ...] = ()
    calls: tuple[Call, ...] = ()
    used: frozenset[str] = frozenset()
    set_here: frozenset[str] = frozenset()
    is_read: bool = False


NOTHING = MacroFacts()


class TemplateNodes:
    """The nodes of a parsed template by what they are, in its order, found in one go."""

    def __init__(self, tree: nodes.Template) -> None:
        self._by_type: dict[type[nodes.Node], list[Any]] = {}
        left: list[nodes.Node] = [tree]
        while left:
            node = left.pop()
            self._by_type.setdefault(type(node), []).append(node)
            left += reversed(list(node.iter_child_nodes()))

    def all(self, kind: type[AnyNode]) -> list[AnyNode]:
        return self._by_type.get(kind, [])


def macro_facts(tree: TemplateNodes) -> MacroFacts:
    """What a parsed template says of macros."""
    used = frozenset(one.name for one in tree.all(nodes.Name) if one.ctx == "load")
    set_here = frozenset(one.name for one in tree.all(nodes.Name) if one.ctx != "load")
    macros, imported, calls = _macros(tree), _imported(tree), _calls(tree)
    return MacroFacts(tuple(macros), tuple(imported), tuple(calls), used, set_here, is_read=True)


def _macros(tree: TemplateNodes) -> Iterator[Macro]:
    for one in tree.all(nodes.Macro):
        more = any(name.name in _OPEN_ENDED for part in one.body for name in part.find_all(nodes.Name))
        yield Macro(one.name, tuple(arg.name for arg in one.args), len(one.args) - len(one.defaults), more)


def _imported(tree: TemplateNodes) -> Iterator[Imported]:
    for one in tree.all(nodes.FromImport):
        if isinstance(one.template, nodes.Const):
            for name in one.names:
                own, alias = (name, name) if isinstance(name, str) else name
                yield Imported(one.template.value, own, alias, one.lineno)


def _calls(tree: TemplateNodes) -> Iterator[Call]:
    for call in tree.all(nodes.Call):
        if isinstance(call.node, nodes.Name):
            known = call.dyn_args is None and call.dyn_kwargs is None
            yield Call(
                call.node.name, call.lineno, len(call.args) if known else None, tuple(one.key for one in call.kwargs)
            )
    for output in tree.all(nodes.Output):
        for part in output.nodes:
            if isinstance(part, nodes.Name):
                yield Call(part.name, part.lineno, is_call=False)


def lint_macros(path: str, source: str, name: str, every: Mapping[str, MacroFacts], diagnostics: Diagnostics) -> bool:
    """Report what is wrong with the imports and calls of the template `name`, which lies at `path`. Returns whether it
    lacks none of what it imports."""
    own = every[name]
    known = {macro.name: macro for macro in own.macros}
    lines = source.split("\n")
    lacks_none = True
    unknown = own.used - own.set_here - {one.alias for one in own.imported}  # one of these may be what was meant
    for one in own.imported:
        other = every.get(one.template, NOTHING)
        if not other.is_read:  # which is told where a page is made
            continue
        there = {macro.name: macro for macro in other.macros}
        span = _place(path, lines, one.line, one.name)
        if one.name not in there and one.name not in other.set_here:
            found = guess(one.name, there, f"it has {', '.join(sorted(there))}")
            diagnostics.error("unknown-macro", f"{one.template} has no macro “{one.name}”", span, *found)
            lacks_none = False
        elif one.alias not in own.used and nearest(one.alias, unknown) is None:
            message = f"the macro “{one.alias}” is imported and never used"
            diagnostics.warning("unused-import", message, span, "take it out of the import")
        known |= {one.alias: there[one.name]} if one.name in there else {}
    for call in own.calls:
        if call.name in known and call.name not in own.set_here and (fault := _fault_in(call, known[call.name])):
            diagnostics.error("macro-call", fault, _place(path, lines, call.line, call.name), _form(known[call.name]))
    return lacks_none


def _fault_in(call: Call, macro: Macro) -> str | None:
    if not call.is_call:
        return f"“{macro.name}” is a macro, which would be shown as an object if it is not called"
    if call.positional is None or macro.takes_more:
        return None
    if call.positional > len(macro.arguments):
        return f"“{macro.name}” is given {call.positional} arguments and takes {len(macro.arguments)}"
    if odd := next((one for one in call.named if one not in macro.arguments), None):
        return f"“{macro.name}” has no argument “{odd}”"
    if lacking := [one for one in macro.arguments[call.positional : macro.needed] if one not in call.named]:
        return f"“{macro.name}” is called without “{lacking[0]}”"
    return None


def _form(macro: Macro) -> str:
    optional = (f"[{one}]" for one in macro.arguments[macro.needed :])
    return f"write {{{{ {macro.name}({', '.join((*macro.arguments[: macro.needed], *optional))}) }}}}"


def _place(path: str, lines: list[str], number: int, word: str) -> Span:
    """Where in a line, or in one of those that a tag goes on in, a word stands: Jinja knows lines only."""
    for line in range(number, min(number + 12, len(lines) + 1)):
        if found := find_word(word, lines[line - 1]):
            return Span(path, line, found.start() + 1, len(word))
    return Span(path, number)


def find_word(word: str, line: str) -> re.Match[str] | None:
    """Where a line has a word by itself, and not as a part of another."""
    return re.search(rf"(?<!\w){re.escape(word)}(?!\w)", line)
