"""What Jinja would pass over in silence or tell in its own words: blocks that nobody shows, circles, its messages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

import jinja2
from jinja2 import meta, nodes

from microsite.content_files import Passage
from microsite.diagnostics import Diagnostics, Span
from microsite.macro_lint import NOTHING, MacroFacts, TemplateNodes, lint_macros, macro_facts
from microsite.suggest import guess, nearest

TEMPLATES = "templates/"
TAGS = (
    "block endblock call endcall do elif else extends filter endfilter for endfor from if endif import include macro "
    "endmacro raw endraw set endset with endwith"
).split()
_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_STRAY_END = re.compile(r"[}%#]\}")
_LONE_BRACE = re.compile(r"(?<![{$])\{ ?[a-z_]+(?:\.[a-z_]+)+(?: ?\| ?[a-z_]+)? ?\}(?!\})")
_STRAIGHT = {"“": '"', "”": '"', "‘": "'", "’": "'", "&": "and", "!": "not"}


@dataclass(frozen=True, slots=True)
class Plain:
    """A mistake in plain words, and the `word` of the line that is wrong."""

    message: str
    hint: str | None = None
    word: str = ""


def in_plain_words(text: str, line: str) -> Plain:
    """What Jinja's message about a line of a template means."""
    if found := re.match(r"unexpected char '(.)'", text):
        right = _STRAIGHT.get(found[1])
        return Plain(f"“{found[1]}” means nothing here", f"write {right}" if right else None, found[1])
    if text.startswith('unexpected char "\'"'):
        return Plain("a quote is opened here and never closed", "close it with '", "'")
    if line.count("{{") > line.count("}}"):
        return Plain("a {{ in this line is never closed", "close it with }}", "{{")
    if line.count("{%") > line.count("%}"):
        return Plain("a {% in this line is never closed", "close it with %}", "{%")
    if text == "Missing end of comment tag":
        return Plain("a comment is opened here and never closed", "close it with #}", "{#")
    if found := re.search(r"(?:unexpected|got) 'end of (print|statement)", text):
        end = "}}" if found[1] == "print" else "%}"
        if "token" not in text:
            return Plain(f"something is missing before this {end}", None, end)
    if text == "expected name or number":
        return Plain("a name is missing behind a point", None, "..")
    if found := re.fullmatch(r"unexpected '([^']+)', expected '([^']+)'", text):
        return Plain(f"“{found[2]}” is missing before this “{found[1]}”", f"put {found[2]} where it belongs", found[1])
    if found := re.fullmatch(r"block '([^']+)' defined twice", text):
        return Plain(f"the block “{found[1]}” is defined twice", "call one of the two something else", found[1])
    if found := re.match(r"expected token 'end of (?:statement block|print statement)', got '([^']+)'", text):
        hints = {"=": "two things are compared by ==", "if": "write {% elif … %}"}
        return Plain(f"nothing was expected before “{found[1]}”", hints.get(found[1]), found[1])
    if found := re.match(r"Unexpected end of template.*looking for the following tags: '([^']+)'", text):
        return Plain(f"the template ends and {{% {found[1]} %}} is missing", "put it where it belongs")
    if found := re.match(r"Encountered unknown tag '([^']+)'", text):
        return _unknown_tag(found[1], text)
    if found := re.match(r"expected token '([^']+)', got '([^']+)'", text):
        return Plain(f"“{found[1]}” was expected here, not “{found[2]}”", None, found[2])
    return Plain(text, None, _word_of(text))


def _unknown_tag(tag: str, text: str) -> Plain:
    wanted = re.search(r"looking for .*?'(end\w+)'", text)
    if tag in TAGS and wanted:
        return Plain(f"{{% {wanted[1]} %}} is missing before this {{% {tag} %}}", "put it where it belongs", tag)
    if tag in TAGS:
        return Plain(f"this {{% {tag} %}} closes nothing", "take it out, or open what it was to close", tag)
    if tag in ("else if", "elseif", "elsif"):
        return Plain(f"there is no tag “{tag}”", "write {% elif … %}", tag)
    return Plain(f"there is no tag “{tag}”", guess(tag, TAGS, f"there are {', '.join(TAGS)}").hint, tag)


def _word_of(text: str) -> str:
    """The word that a message of Jinja's parser is about."""
    found = re.search(r"got '([^']+)'|unexpected '([^']+)'", text)
    return next((one for one in found.groups() if one), "") if found else ""


def names_in(source: str) -> set[str]:
    """The names that a template imports, sets or defines itself."""
    found: set[str] = set()
    try:
        tree = _parsed(source)
    except (jinja2.TemplateSyntaxError, RecursionError):
        return found
    for node in tree.find_all((nodes.FromImport, nodes.Import, nodes.Macro, nodes.Name)):
        if isinstance(node, nodes.FromImport):
            found |= {name if isinstance(name, str) else name[1] for name in node.names}
        elif isinstance(node, nodes.Import):
            found.add(node.target)
        elif isinstance(node, nodes.Macro) or (isinstance(node, nodes.Name) and node.ctx == "store"):
            found.add(node.name)
    return found


def circle_from(name: str, references: Mapping[str, tuple[str, ...]]) -> list[str] | None:
    """The way from a template back to itself, by what it includes, extends or imports; None if there is none."""
    ways, seen = [[name]], {name}
    while ways:
        way = ways.pop()
        for following in references.get(way[-1], ()):
            if following == name:
                return [*way, name]
            if following not in seen:
                seen.add(following)
                ways.append([*way, following])
    return None


@dataclass(frozen=True, slots=True)
class TemplateFacts:
    """What a template says of itself, none of it if it cannot be parsed, which is reported when a page is made from it.

    `references` are the templates that it includes, extends or imports, and `computed` is the line of the first that is
    not named by a text. `blocks` are (line, name, whether it is within another). `stray_ends` are the offsets of each
    }}, %} or #} that closes nothing and would be seen by readers, `lone_braces` the beginnings and ends of { names } in
    one brace, and `outside` the lines of what stands outside the blocks of a template that extends another.
    """

    references: tuple[str, ...] = ()
    computed: int | None = None
    parent: str | None = None
    blocks: tuple[tuple[int, str, bool], ...] = ()
    stray_ends: tuple[int, ...] = ()
    lone_braces: tuple[tuple[int, int], ...] = ()
    outside: tuple[int, ...] = ()
    macros: MacroFacts = NOTHING


def facts_of(source: str, tree: nodes.Template) -> TemplateFacts:
    """The facts of a template that was parsed. Raises RecursionError."""
    references = tuple(meta.find_referenced_templates(tree))  # None stands for one that is computed
    computed = _first_computed(tree) if None in references else None
    found = TemplateNodes(tree)
    extends = next(iter(found.all(nodes.Extends)), None)
    parent = extends.template.value if extends and isinstance(extends.template, nodes.Const) else None
    inner = {id(one) for block in found.all(nodes.Block) for one in block.find_all(nodes.Block)}
    data = list(_data(source))
    return TemplateFacts(
        references=tuple(filter(None, references)),
        computed=computed,
        parent=parent,
        blocks=tuple((block.lineno, block.name, id(block) in inner) for block in found.all(nodes.Block)),
        stray_ends=tuple(at + match.start() for at, text in data for match in _STRAY_END.finditer(text)),
        lone_braces=tuple(
            (at + one.start(), at + one.end()) for at, text in data for one in _LONE_BRACE.finditer(text)
        ),
        outside=tuple(_outside(tree)) if extends else (),
        macros=macro_facts(found),
    )


def _outside(tree: nodes.Template) -> Iterator[int]:
    """The lines of what a template would show if it did not extend another."""
    for output in tree.body:
        for part in output.nodes if isinstance(output, nodes.Output) else ():
            if not isinstance(part, nodes.TemplateData):
                yield part.lineno
            elif part.data.strip():
                yield part.lineno + part.data[: len(part.data) - len(part.data.lstrip())].count("\n")


def _first_computed(tree: nodes.Template) -> int:
    """The line in which a template is named by something else than its name."""
    naming = tree.find_all((nodes.Extends, nodes.FromImport, nodes.Import, nodes.Include))
    return next((one.lineno for one in naming if not isinstance(one.template, nodes.Const)), 1)  # type: ignore[attr-defined]


def lint_templates(
    sources: Mapping[str, str], facts: Mapping[str, TemplateFacts], diagnostics: Diagnostics
) -> frozenset[str]:
    """Report what Jinja passes over in silence, and what would leave it open of what a page is made. Returns the paths
    of templates that lack something they import."""
    lacking = set()
    macros = {name: one.macros for name, one in facts.items()}
    for name, one in facts.items():
        if one.computed is not None:
            message = (
                "the name of an included template must be written out, or nobody could tell what a page is made of"
            )
            hint = "choose between two of them with {% if %}"
            diagnostics.error("computed-template-name", message, Span(TEMPLATES + name, one.computed), hint)
        _lint_blocks(name, sources[name], facts, diagnostics)
        if not lint_macros(TEMPLATES + name, sources[name], name, macros, diagnostics):
            lacking.add(TEMPLATES + name)
        for line in one.outside:
            message = "nobody sees this: it stands outside the blocks of a template that extends another"
            span = whole_line(TEMPLATES + name, line, sources[name].split("\n")[line - 1])
            diagnostics.error("outside-block", message, span, "put it into a block, or take it out")
        if name.endswith(".html"):
            _lint_ends(name, sources[name], one, diagnostics)
    return frozenset(lacking)


def whole_line(path: str, number: int, line: str) -> Span:
    """A line without the spaces around it."""
    return Span(path, number, len(line) - len(line.lstrip()) + 1, max(len(line.strip()), 1))


def _lint_blocks(name: str, source: str, facts: Mapping[str, TemplateFacts], diagnostics: Diagnostics) -> None:
    passage = Passage(TEMPLATES + name, source)
    for line, block, meant in lost_blocks(name, facts):
        start = passage.offset(line, 1)
        column = max(source.find(block, source.find("block", start) + len("block")) - start, 0)
        message = f"nothing shows the block “{block}”: no template that this one extends has it"
        hint = f"did you mean “{meant}”?" if meant else "use the name of a block of the template it extends"
        diagnostics.error("unknown-block", message, Span(TEMPLATES + name, line, column + 1, len(block)), hint)


def _lint_ends(name: str, source: str, facts: TemplateFacts, diagnostics: Diagnostics) -> None:
    for offset in facts.stray_ends:
        sign = source[offset : offset + 2]
        message = f"this {sign} closes nothing and would be seen by readers"
        span = Passage(TEMPLATES + name, source).span(offset, 2)
        diagnostics.error("template-syntax", message, span, f"open it with {{{sign[0].replace('}', '{')}")
    for start, end in facts.lone_braces:
        typed = source[start:end]
        message = f"“{typed}” would be seen by readers as it is typed"
        span = Passage(TEMPLATES + name, source).span(start, end - start)
        diagnostics.error("template-syntax", message, span, f"write {{{typed}}}", f"{{{typed}}}")


def lost_blocks(name: str, facts: Mapping[str, TemplateFacts]) -> Iterator[tuple[int, str, str | None]]:
    """The line and name of each block of a template that no template above it shows, and what it was meant to be."""
    above = _blocks_above(name, facts)
    if above is None:
        return
    for line, block, is_inner in facts[name].blocks:
        if block not in above and not is_inner:
            yield line, block, nearest(block, above)


def _blocks_above(name: str, facts: Mapping[str, TemplateFacts]) -> set[str] | None:
    """The blocks of all templates that a template extends; None if it extends none, or one that is not there."""
    blocks: set[str] = set()
    seen = {name}
    parent = facts[name].parent
    if parent is None:
        return None
    while parent is not None:
        if parent not in facts or parent in seen:
            return None
        seen.add(parent)
        blocks |= {block for _, block, _ in facts[parent].blocks}
        parent = facts[parent].parent
    return blocks


def _data(source: str) -> Iterator[tuple[int, str]]:
    """What a template shows as it is typed, each piece with its offset; nothing if none of it looks like a slip."""
    typed = _TAG.sub(" ", source)
    if not (_STRAY_END.search(typed) or _LONE_BRACE.search(typed)):
        return  # as is nearly always so, and to go through it token by token takes long
    offset = 0
    for _, kind, value in _environment().lex(source):
        if kind == "data":
            yield offset, value
        offset += len(value)


def _parsed(source: str) -> nodes.Template:
    return _environment().parse(source)


@cache
def _environment() -> jinja2.Environment:
    return jinja2.Environment(extensions=["jinja2.ext.do"])
