"""Jinja: the environment, what a template is made of, and its errors as diagnostics."""

from __future__ import annotations

import hashlib
import traceback
from collections.abc import Iterable, Mapping
from typing import Any

import jinja2
from jinja2 import meta
from jinja2.bccache import Bucket
from markupsafe import Markup

from microsite import addresses, filters, marks
from microsite.diagnostics import Diagnostics, Span
from microsite.entries import Body, Entry
from microsite.graphics import career_chart, gap_chart, places_map, route_map, small_frame, small_route
from microsite.markdown import convert_inline
from microsite.memory import Memory
from microsite.pages.page import Page
from microsite.suggest import did_you_mean
from microsite.terms import forms_of, mark_terms

TEMPLATES = "templates/"
SOURCE_MACROS = "macros/sources.html"  # must define marker(number, source)
PICTURE_MACROS = "macros/pictures.html"  # must define figure_with_caption(asset, sizes)
TERM_MACROS = "macros/terms.html"  # must define word(term, text); needed only if there is a glossary
PICTURE_SIZES = "(min-width: 60rem) 48rem, 100vw"


class Templates:
    """All templates of a site, `sources` by name below templates/."""

    def __init__(self, sources: Mapping[str, str], memory: Memory, diagnostics: Diagnostics) -> None:
        self._sources = sources
        self._referenced = _all_references(sources, memory, diagnostics)
        self._environment = jinja2.Environment(
            loader=jinja2.FunctionLoader(self._load),
            undefined=jinja2.StrictUndefined,
            autoescape=jinja2.select_autoescape(("html", "xml")),
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            extensions=["jinja2.ext.do"],
            bytecode_cache=_CompiledTemplates(memory),
        )
        self._environment.filters.update(
            figure=filters.figure,
            distance=filters.distance,
            date=filters.date,
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
        self._environment.tests.update(metric_distance=filters.is_metric_distance)
        self._environment.globals.update(cite=self._cite, citations=self._citations, terms_used=self._terms_used)
        self._page: Page
        self._numbers: dict[str, int] = {}
        self._markers: dict[str, Markup] = {}
        self._terms: dict[str, Entry] = {}
        self._digests: dict[str, bytes] = {}
        self._own_digests = {name: hashlib.sha256(source.encode()).digest() for name, source in sources.items()}

    def digest(self, name: str) -> bytes:
        """A digest over a template and all that it is made of, directly or not."""
        if name not in self._digests:
            self._digests[name] = self._closure_digest(name)
        return self._digests[name]

    def _closure_digest(self, name: str) -> bytes:
        reached: set[str] = set()
        waiting = [name, SOURCE_MACROS, PICTURE_MACROS, TERM_MACROS]
        while waiting:
            one = waiting.pop()
            if one not in reached:
                reached.add(one)
                waiting.extend(self._referenced.get(one, ()))
        whole = hashlib.sha256()
        for one in sorted(reached):
            whole.update(repr((one, self._own_digests.get(one))).encode())
        return whole.digest()

    def compile_all(self) -> bool:
        """Compile now what would be compiled when it is first used; False if that failed, which `render` reports."""
        try:
            for name in self._sources:
                self._environment.get_template(name)
        except jinja2.TemplateError:
            return False
        return True

    def render(self, page: Page, diagnostics: Diagnostics) -> str | None:
        """The page's text with addresses made relative, or None with a diagnostic.

        Sources are numbered anew on each page, in the order in which its template names them.
        """
        self._page, self._numbers, self._markers, self._terms = page, {}, {}, {}
        try:
            text = self._environment.get_template(page.template).render(page.context)
        except Exception as error:  # whatever a template makes Python raise is a mistake in the template
            self._report(error, page, diagnostics)
            return None
        if page.is_html:
            return addresses.relative(text, page.permalink, self._base_url)
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
        source = self._sources.get(name)
        return None if source is None else (source, TEMPLATES + name, lambda: True)

    def _macro(self, template: str, name: str) -> Any:
        return getattr(self._environment.get_template(template).module, name)

    def _report(self, error: Exception, page: Page, diagnostics: Diagnostics) -> None:
        span = self._place(error, page)
        message = str(error) or type(error).__name__
        hint = f"while making {page.permalink} from {page.origin.path}"
        if isinstance(error, jinja2.TemplateNotFound):
            message = f"there is no template “{error.name}”"
            guess = did_you_mean(str(error.name), self._sources)
            hint = f"{guess}; {hint}" if guess else hint
        diagnostics.error("template-error", message, span, hint)

    def _place(self, error: Exception, page: Page) -> Span:
        """The innermost line of a template on the way to the error."""
        if isinstance(error, jinja2.TemplateSyntaxError):
            return Span(TEMPLATES + (error.name or page.template), error.lineno)
        frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename.startswith(TEMPLATES)]
        if frames:
            return Span(frames[-1].filename, frames[-1].lineno or 1)
        return Span(TEMPLATES + page.template)


class _CompiledTemplates(jinja2.BytecodeCache):
    """Keeps compiled templates in the memory; Jinja's own key holds the name, ours the source too."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory

    def load_bytecode(self, bucket: Bucket) -> None:
        known = self._memory.recall("compiled", [_bucket_key(bucket)])
        for code in known.values():
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._memory.keep("compiled", {_bucket_key(bucket): bucket.bytecode_to_string()})


def _bucket_key(bucket: Bucket) -> bytes:
    return f"{bucket.key} {bucket.checksum}".encode()


def _all_references(
    sources: Mapping[str, str], memory: Memory, diagnostics: Diagnostics
) -> Mapping[str, tuple[str, ...]]:
    """The templates that each template includes, extends or imports."""
    keys = {hashlib.sha256(source.encode()).digest(): name for name, source in sources.items()}
    results = memory.results(
        "references", keys, lambda missing: {key: _references(sources[keys[key]]) for key in missing}
    )
    by_source = {name: results[hashlib.sha256(source.encode()).digest()] for name, source in sources.items()}
    for name, found in by_source.items():
        if None in found:
            message = (
                "the name of an included template must be written out, or nobody could tell what a page is made of"
            )
            diagnostics.error("computed-template-name", message, Span(TEMPLATES + name))
    return {name: tuple(one for one in found if one is not None) for name, found in by_source.items()}


def _references(source: str) -> tuple[str | None, ...]:
    try:
        return tuple(meta.find_referenced_templates(jinja2.Environment(extensions=["jinja2.ext.do"]).parse(source)))
    except jinja2.TemplateSyntaxError:
        return ()  # reported when a page is made from it
