"""Jinja: the environment, what a template is made of, and its errors as diagnostics."""

from __future__ import annotations

import builtins
import hashlib
import re
import sys
import traceback
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from typing import Any

import jinja2
from markupsafe import Markup

from microsite import addresses, filters, marks
from microsite.compiled_templates import CompiledTemplate, KnownCode, begin_to_compile
from microsite.content_files import Passage
from microsite.diagnostics import Diagnostic, Diagnostics, Span
from microsite.diagnostics.text import counted
from microsite.digests import field_names
from microsite.entries import Body, Entry
from microsite.graphics import career_chart, gap_chart, places_map, route_map, small_frame, small_route
from microsite.macro_lint import find_word
from microsite.markdown import convert_inline
from microsite.memory import Memory
from microsite.pages.page import Page
from microsite.style_sheets import MISSING
from microsite.suggest import Guess, guess
from microsite.template_lint import TEMPLATES, circle_from, in_plain_words, lint_templates, names_in, whole_line
from microsite.terms import forms_of, mark_terms
from microsite.unbroken import kept_whole

SOURCE_MACROS = "macros/sources.html"  # must define marker(number, source)
PICTURE_MACROS = "macros/pictures.html"  # must define figure_with_caption(asset, sizes)
TERM_MACROS = "macros/terms.html"  # must define word(term, text); needed only if there is a glossary
_MAY_LACK_CONTENT = frozenset({"missing-data", "template-error"})
PICTURE_SIZES = "(min-width: 80rem) 33rem, (min-width: 60rem) 48rem, 100vw"


class Templates:
    """All templates of a site, `sources` by name below templates/.

    They are compiled in the background until somebody needs them.
    """

    def __init__(self, sources: Mapping[str, str], memory: Memory) -> None:
        self.sources = sources
        self._lacking: frozenset[str] = frozenset()
        self._circular: dict[str, Diagnostic] = {}
        self._uncompiled = jinja2.Environment(
            loader=jinja2.FunctionLoader(self._load),
            undefined=jinja2.StrictUndefined,
            autoescape=jinja2.select_autoescape(("html", "xml")),
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            extensions=["jinja2.ext.do"],
        )
        self._uncompiled.filters.update(
            figure=filters.figure,
            distance=filters.distance,
            date=filters.date,
            period=filters.period,
            duration=filters.duration,
            gap=filters.gap,
            country=filters.country,
            degrees=filters.degrees,
            page_title=filters.page_title,
            script_hash=filters.script_hash,
            career_chart=career_chart,
            gap_chart=gap_chart,
            places_map=places_map,
            route_map=route_map,
            small_frame=small_frame,
            small_route=small_route,
            prose=self._prose,
            inline=self._inline,
            absolute=self._absolute,
        )
        self._uncompiled.tests.update(metric_distance=filters.is_metric_distance)
        self._uncompiled.globals.update(cite=self._cite, citations=self._citations, terms_used=self._terms_used)
        self._compiled_later = begin_to_compile(sources, self._uncompiled, memory)
        self._page: Page
        self._numbers: dict[str, int] = {}
        self._markers: dict[str, Markup] = {}
        self._terms: dict[str, Entry] = {}
        self._digests: dict[str, bytes] = {}
        self._own_digests = {name: hashlib.sha256(source.encode()).digest() for name, source in sources.items()}

    @cached_property
    def _compiled(self) -> Mapping[str, CompiledTemplate]:
        return self._compiled_later()

    @cached_property
    def _environment(self) -> jinja2.Environment:
        self._uncompiled.bytecode_cache = KnownCode(self._compiled)
        return self._uncompiled

    @cached_property
    def _referenced(self) -> Mapping[str, tuple[str, ...]]:
        return {name: one.facts.references for name, one in self._compiled.items()}

    def lint(self, diagnostics: Diagnostics) -> None:
        """Report what would go wrong in silence."""
        facts = {name: one.facts for name, one in self._compiled.items()}
        self._lacking = lint_templates(self.sources, facts, diagnostics)

    def digest(self, name: str) -> bytes:
        """A digest over a template and all that it is made of, directly or not."""
        if name not in self._digests:
            self._digests[name] = self._closure_digest(name)
        return self._digests[name]

    def find(self, name: str, text: str) -> Span | None:
        """Where a text stands in a template or, if it is not in that itself, in what it is made of; None if it stands
        nowhere or in several places."""
        within = {name} if text in self.sources.get(name, "") else self._closure(name)
        places = [(one, match.start()) for one in sorted(within) for match in self._matches(one, text)]
        if not text or len(places) != 1:
            return None
        where, offset = places[0]
        begins = offset + len(text) - len(text.lstrip(' "'))
        return Passage(TEMPLATES + where, self.sources[where]).span(begins, len(text.strip(' "')))

    def _matches(self, name: str, text: str) -> Iterator[re.Match[str]]:
        return re.finditer(re.escape(text), self.sources.get(name, ""))

    def _closure(self, name: str) -> set[str]:
        """A template and all that it is made of."""
        reached: set[str] = set()
        waiting = [name, SOURCE_MACROS, PICTURE_MACROS, TERM_MACROS]
        while waiting:
            one = waiting.pop()
            if one not in reached:
                reached.add(one)
                waiting.extend(self._referenced.get(one, ()))
        return reached

    def _closure_digest(self, name: str) -> bytes:
        whole = hashlib.sha256()
        for one in sorted(self._closure(name)):
            whole.update(repr((one, self._own_digests.get(one))).encode())
        return whole.digest()

    def render(self, page: Page, diagnostics: Diagnostics) -> str | None:
        """The page's text with addresses made relative, or None with a diagnostic.

        Sources are numbered anew on each page, in the order in which its template names them.
        """
        self._page, self._numbers, self._markers, self._terms = page, {}, {}, {}
        if page.template in self._circular:  # which takes its time to come out
            diagnostics.extend([self._circular[page.template]])
            return None
        try:
            text = self._environment.get_template(page.template).render(page.context)
        except Exception as error:  # whatever a template makes Python raise is a mistake in the template
            self._report(error, page, diagnostics)
            if isinstance(error, RecursionError):
                self._circular[page.template] = diagnostics.found[-1]
            return None
        if page.is_html:
            return addresses.relative(kept_whole(text), page.permalink, self._base_url)
        return text

    @property
    def _base_url(self) -> str:
        return str(self._page.context["site"].base_url)

    def _cite(self, ids: Iterable[str]) -> Markup:
        """Markers for sources, each with its number on this page. Unknown ids were reported with their place."""
        sources = self._page.context["sources"]
        return Markup("").join(self._marker(str(one), sources[one]) for one in ids if one in sources)

    def _marker(self, source_id: str, source: Entry) -> Markup:
        """The marker of a source is the same wherever it stands on a page."""
        if source_id not in self._markers:
            number = self._numbers.setdefault(source_id, len(self._numbers) + 1)
            self._markers[source_id] = self._macro(SOURCE_MACROS, "marker")(number, source)
        return self._markers[source_id]

    def _citations(self) -> tuple[tuple[int, Entry], ...]:
        """The sources named so far on this page, by number."""
        sources = self._page.context["sources"]
        return tuple((number, sources[one]) for one, number in self._numbers.items())

    def _prose(self, body: Body) -> Markup:
        terms: Mapping[str, Entry] = self._page.context.get("terms", {})
        html = mark_terms(body.html, forms_of(terms.values()), lambda one, text: self._term(terms[one], text))
        return Markup(marks.fill(html, self._fill))

    def _term(self, term: Entry, text: str) -> str | None:
        """The first use of a word on a page leads to its explanation."""
        if term.id in self._terms:
            return None
        self._terms[term.id] = term
        return str(self._macro(TERM_MACROS, "word")(term, Markup(text)))

    def _terms_used(self) -> tuple[Entry, ...]:
        """The words explained so far on this page."""
        return tuple(self._terms.values())

    def _inline(self, text: str) -> Markup:
        return Markup(marks.fill(convert_inline(str(text)), self._fill))

    def _absolute(self, permalink: str) -> str:
        return addresses.absolute(permalink, self._base_url)

    def _fill(self, kind: str, argument: str) -> str:
        if kind == "cite":
            return self._cite(argument.split())
        asset = self._page.context["pictures"].get(argument)
        return str(self._macro(PICTURE_MACROS, "figure_with_caption")(asset, PICTURE_SIZES)) if asset else ""

    def _load(self, name: str) -> tuple[str, str, Any] | None:
        source = self.sources.get(name)
        return None if source is None else (source, TEMPLATES + name, lambda: True)

    def _macro(self, template: str, name: str) -> Any:
        return getattr(self._environment.get_template(template).module, name)

    def _report(self, error: Exception, page: Page, diagnostics: Diagnostics) -> None:
        chain = self._chain(error, page)
        code, message, word, found = self._explained(error, page)
        innermost = next((one for one in reversed(chain) if self._has_word(one, word)), chain[-1])
        if code == "unknown-variable" and innermost.path in self._lacking:  # which was told
            return
        steps = " → ".join(f"{place.path}:{place.line}" for place in chain)
        way = f"while making {page.permalink} from {page.origin.path}, by {steps}"
        hint = f"{found.hint}; {way}" if found.hint else way
        place = self.find(innermost.path.removeprefix(TEMPLATES), word) if code == "template-circle" else None
        place = place or self._at_word(innermost, word)
        diagnostics.error(code, message, place, hint, found.replacement if word else None)

    def _explained(self, error: Exception, page: Page) -> tuple[str, str, str, Guess]:
        """Code, message, the word in the template that is wrong (if one is), and what it was meant to be."""
        text = str(error) or type(error).__name__
        quoted = re.search(r"'([^']+)'(?:\.|$| is undefined)", text)
        name = quoted[1] if quoted else ""
        if isinstance(error, jinja2.TemplateNotFound):
            wanted = str(error.name)
            return "unknown-template", f"there is no template “{wanted}”", wanted, guess(wanted, self.sources)
        if isinstance(error, jinja2.TemplateAssertionError) and text.startswith("No filter"):
            return "unknown-filter", f"there is no filter “{name}”", name, guess(name, self._environment.filters)
        if isinstance(error, jinja2.TemplateAssertionError) and text.startswith("No test"):
            return "unknown-filter", f"there is no test “{name}”", name, guess(name, self._environment.tests)
        if missing := re.fullmatch(r"No (filter|test) named '([^']+)' found\.?", text):
            known = self._environment.filters if missing[1] == "filter" else self._environment.tests
            return "unknown-filter", f"there is no {missing[1]} “{missing[2]}”", missing[2], guess(missing[2], known)
        if isinstance(error, jinja2.TemplateSyntaxError):
            plain = in_plain_words(text, self._line(_template_of(error, page), error.lineno))
            return "template-syntax", plain.message, plain.word, Guess(plain.hint)
        if isinstance(error, RecursionError) and (circle := self._circle(error, page)):
            hint = "take one of these out: extends, include, import"
            return "template-circle", f"the template is made of itself: {' → '.join(circle)}", circle[1], Guess(hint)
        if isinstance(error, jinja2.UndefinedError):
            return self._undefined(text, page, self._chain(error, page)[-1])
        message = text if isinstance(error, jinja2.TemplateError) else f"{type(error).__name__}: {text}"
        return "template-error", message, "", Guess(None)

    def _undefined(self, text: str, page: Page, place: Span) -> tuple[str, str, str, Guess]:
        if lone := re.fullmatch(r"'([^']+)' is undefined", text):
            own = names_in(self.sources.get(place.path.removeprefix(TEMPLATES), ""))
            seen = [*page.context, *self._environment.globals, *own]
            message = f"the template sees no “{lone[1]}”"
            if lone[1] in own:
                hint = "it is set in another block or further below; what is set in a block is seen there alone"
                return "unknown-variable", message, lone[1], Guess(hint)
            return "unknown-variable", message, lone[1], guess(lone[1], seen, f"it sees {', '.join(page.context)}")
        part = re.fullmatch(r"'([\w.]+) object' has no attribute '([^']+)'", text)
        known = _attributes(part[1]) if part else []
        if part and known:
            owner = part[1].rpartition(".")[2]
            nothing = f"it has {', '.join(known)}"
            return "unknown-variable", f"{owner} has no “{part[2]}”", part[2], guess(part[2], known, nothing)
        if missing := re.search(r"does not export the requested name '([^']+)'|no block named '([^']+)'", text):
            return "unknown-variable", text, missing[1] or missing[2], Guess(None)
        if (part := re.fullmatch(r"'None' has no attribute '([^']+)'", text)) and (
            empty := self._empty_in(place, part[1], page)
        ):
            message = f"the content has no “{empty}”, which the template asks for its “{part[1]}”"
            hint = "was a file of content/ renamed or taken out? if there may be none, ask first: {% if … %}"
            return "missing-data", message, empty, Guess(hint)
        if (asset := re.fullmatch(r"'dict object' has no attribute '([^']+\.\w+)'", text)) and page.context.get(
            "assets"
        ):
            message = f"there is no file static/{asset[1]}"
            return "unknown-asset", message, asset[1], guess(asset[1], page.context["assets"], MISSING)
        hint = "ask first whether there is one: {% if … %}"
        return "missing-data", f"something that the template asks for is not there: {text}", "", Guess(hint)

    def _empty_in(self, place: Span, attribute: str, page: Page) -> str | None:
        """The name in a line that stands for nothing and is asked for an attribute."""
        line = self._line(place.path.removeprefix(TEMPLATES), place.line)
        asked = re.findall(rf"(?<![\w.])(\w+)\.{attribute}(?!\w)", line)
        return next((name for name in asked if name in page.context and page.context[name] is None), None)

    def _circle(self, error: Exception, page: Page) -> list[str] | None:
        name = self._chain(error, page)[-1].path.removeprefix(TEMPLATES)
        return circle_from(name, self._referenced)

    def _chain(self, error: Exception, page: Page) -> list[Span]:
        """The lines of templates on the way to the error, the page's own first."""
        frames = ((one.f_code.co_filename, line) for one, line in traceback.walk_tb(error.__traceback__))
        chain = [Span(name, line) for name, line in frames if name.startswith(TEMPLATES)]
        if isinstance(error, RecursionError) and chain:  # what comes last is where it happened to end
            often = Counter(chain)
            again = [one for one in often if often[one] == max(often.values())]
            chain = chain[: chain.index(again[-1]) + 1]
        if isinstance(error, jinja2.TemplateSyntaxError):
            chain.append(Span(TEMPLATES + _template_of(error, page), error.lineno))
        return list(dict.fromkeys(chain)) or [Span(TEMPLATES + page.template)]

    def _at_word(self, place: Span, word: str) -> Span:
        """Where in its line the word stands that is wrong: Jinja knows lines only."""
        line = self._line(place.path.removeprefix(TEMPLATES), place.line)
        found = re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", line) if word else None
        found = found or (re.search(re.escape(word), line) if word and not word.isalnum() else None)
        if found:
            return Span(place.path, place.line, found.start() + 1, len(word))
        return whole_line(place.path, place.line, line)

    def _has_word(self, place: Span, word: str) -> bool:
        line = self._line(place.path.removeprefix(TEMPLATES), place.line)
        return bool(word) and find_word(word, line) is not None

    def _line(self, name: str, number: int) -> str:
        lines = self.sources.get(name, "").split("\n")
        return lines[number - 1] if number <= len(lines) else ""


def _template_of(error: jinja2.TemplateSyntaxError, page: Page) -> str:
    """Where a template is wrong. Jinja's lexer knows the file only, its parser the name."""
    return (error.name or page.template).removeprefix(TEMPLATES)


def told_once(failures: Iterable[Diagnostic], has_errors: bool) -> Iterator[Diagnostic]:
    """One report for each mistake of a template, with how many pages it keeps from being made.

    What a template misses where content `has_errors` is no mistake of its own.
    """
    alike: dict[tuple[str, str, Span], list[Diagnostic]] = {}
    failures = list(failures)
    misnamed = {(one.span.path, one.span.line) for one in failures if one.code == "unknown-variable"}
    for one in failures:
        if has_errors and one.code in _MAY_LACK_CONTENT:
            continue
        if one.code == "missing-data" and (one.span.path, one.span.line) in misnamed:
            continue
        alike.setdefault((one.code, one.message, one.span), []).append(one)
    for first, *others in alike.values():
        more = f", and {counted(len(others), 'more page')}" if others else ""
        yield replace(first, hint=f"{first.hint}{more}")


def _attributes(qualified: str) -> list[str]:
    """What there is to ask of an object, by the name of its class as Jinja writes it."""
    module, _, name = qualified.rpartition(".")
    if name in ("str", "int", "tuple", "list"):
        return [one for one in dir(getattr(builtins, name)) if not one.startswith("_")]
    kind = getattr(sys.modules.get(module), name, None)
    own = [*field_names(kind), *getattr(kind, "model_fields", ())] if isinstance(kind, type) else []
    return own + [one for one, value in vars(kind).items() if isinstance(value, property)] if own else []
