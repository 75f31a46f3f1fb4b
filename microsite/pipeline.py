"""The build, from files to an audited tree in memory: the one place where the stages meet.

content files -> entries -> Site -> Pages -> tree -> audit        (publish and preview take it from there)
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path, PurePosixPath

from microsite.assets import Assets, build_assets
from microsite.audit import Audited, Known, audit
from microsite.cards import Cards, make_cards
from microsite.compression import compressed
from microsite.content_files import decode
from microsite.diagnostics import Diagnostic, Diagnostics, Span
from microsite.digests import Digester
from microsite.entries import Lost, name_of
from microsite.exports import Exports, make_exports
from microsite.inputs import Inputs, read
from microsite.leftovers import hint_for
from microsite.load import CONTENT, Loaded, kind_of, load_file
from microsite.markup_lint import lint_markup
from microsite.memory import Memory, Pickled
from microsite.offline import make_offline
from microsite.page_facts import PageFacts, examine
from microsite.pages import Materials, card_words, homes_of_unmade, make_page, make_pages
from microsite.pages.page import Page
from microsite.progress import Progress
from microsite.publish import OutputFile
from microsite.schema import KINDS, Kind
from microsite.schema.kinds import SiteInfo
from microsite.search_index import search_index
from microsite.site_model import Site, build_site
from microsite.slugs import slug
from microsite.style_sheets import STATIC, StaticFile
from microsite.suggest import nearest
from microsite.template_lint import TEMPLATES
from microsite.templates import Templates, told_once
from microsite.unused import report_unused
from microsite.workers import map_in_processes

ENDINGS = dict.fromkeys((".yaml", ".yml", ".json"), ".yaml") | dict.fromkeys(
    (".md", ".markdown", ".mdown", ".txt"), ".md"
)
"""Endings that files of content are given by mistake, and the right ones."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What may change about a build; `base_url` None means that of content/site.yaml, `today` None the end of time.

    What is made `for_servers` has what a preview can do without: compressed copies and a service worker.
    """

    base_url: str | None = None
    drafts: bool = False
    for_servers: bool = True
    today: str | None = None


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What pages have around their texts: made of files that do not change while somebody writes.

    `made_of` are their digests by path and those of the pictures' entries, `noted` what is remembered of all this.
    """

    static: tuple[StaticFile, ...]
    assets: Assets
    templates: Templates
    diagnostics: Diagnostics
    made_of: tuple[Mapping[str, bytes], tuple[bytes, ...]]
    noted: frozenset[bytes]


@dataclass(frozen=True, slots=True)
class Draft:
    """A site that has been read, with its pages yet to be made. `diagnostics` are those so far."""

    site: Site
    surroundings: Surroundings
    cards: Cards
    exports: Callable[[], Exports]
    memory: Memory
    diagnostics: Diagnostics
    converted: int
    for_servers: bool

    @property
    def materials(self) -> Materials:
        return Materials(self.site, self.surroundings.assets, self.cards.by_page, self.exports)


@dataclass(frozen=True, slots=True)
class BuildResult:
    """A finished tree, fit to be published only if `diagnostics` has no errors, and what it took to make.

    It is `whole` if every page could be made, so that at most the audit found errors.
    From the first day of `period` until before the second a build gives the same, by what is dated in the future.
    """

    tree: Mapping[str, OutputFile]
    diagnostics: Diagnostics
    whole: bool
    pages: int
    rendered: int
    converted: int
    audited: Audited
    period: tuple[str, str]


@dataclass(frozen=True, slots=True)
class _Rendered:
    """What is remembered of a rendered page. `warnings` are those of its template."""

    digest: bytes
    facts: PageFacts | None


def build_tree(
    root: Path, inputs: Inputs, settings: Settings, memory: Memory, progress: Progress = lambda *_: None
) -> BuildResult:
    """Build all pages of the project in `root` from its `inputs`; mistakes are among the result's diagnostics."""
    memory.start_run()
    draft = begin(root, inputs, settings, memory, progress)
    return finish(draft, progress)


def begin(
    root: Path,
    inputs: Inputs,
    settings: Settings,
    memory: Memory,
    progress: Progress = lambda *_: None,
    before: Draft | None = None,
) -> Draft:
    """Read everything, up to the point where pages can be made from it. What is as in the draft `before` is taken from
    there."""
    diagnostics = Diagnostics()
    inputs, missed = _readable(inputs, diagnostics)
    loaded, converted = _load(root, inputs, memory, progress, diagnostics)
    site = _with_base_url(
        build_site([*loaded, *missed], settings.drafts, diagnostics, settings.today), settings.base_url
    )
    around = _surroundings(root, inputs, site, memory, progress, before)
    diagnostics.extend(around.diagnostics.found)
    readable = {one: entry for one, entry in site.entries["picture"].items() if one in around.assets.pictures}
    look = site.only("cards")
    cards = make_cards(card_words(site), look, readable, around.static, memory, diagnostics, site.places, progress)
    exports = cache(lambda: make_exports(site, memory))  # few pages need them, and whoever looks at another waits
    return Draft(site, around, cards, exports, memory, diagnostics, converted, settings.for_servers)


def _surroundings(
    root: Path, inputs: Inputs, site: Site, memory: Memory, progress: Progress, before: Draft | None
) -> Surroundings:
    files = {path: stamp.digest for path, stamp in inputs.items() if path.startswith((STATIC, TEMPLATES))}
    made_of = files, tuple(entry.digest for entry in site.all("picture"))
    if before and before.surroundings.made_of == made_of and not before.surroundings.diagnostics.found:
        memory.use_again(before.surroundings.noted)
        return before.surroundings
    diagnostics = Diagnostics()
    with memory.noting() as noted:
        # Templates are compiled in the background from here on, where there is work for one process only.
        templates = Templates(_template_sources(root, inputs, diagnostics), memory)
        static = tuple(_static_files(root, inputs))
        assets = build_assets(static, site.all("picture"), memory, diagnostics, site.places, progress)
        lint_markup(templates.sources, static, memory, diagnostics)
    return Surroundings(static, assets, templates, diagnostics, made_of, frozenset(noted))


def finish(draft: Draft, progress: Progress = lambda *_: None) -> BuildResult:
    """Make the pages of a draft and audit the tree."""
    steps = finish_in_steps(draft, progress, at_once=sys.maxsize)
    while True:
        try:
            next(steps)
        except StopIteration as end:
            result: BuildResult = end.value
            return result


def finish_in_steps(draft: Draft, progress: Progress, at_once: int) -> Generator[None, None, BuildResult]:
    """Like `finish`, for somebody who may have something more urgent to do between two steps.

    Renders as many pages `at_once` in a step. What was made is remembered even if the last step is never reached.
    """
    site, diagnostics = draft.site, Diagnostics(list(draft.diagnostics.found))
    static, assets = draft.surroundings.static, draft.surroundings.assets
    pages = make_pages(draft.materials, diagnostics)
    yield
    rendered, made = yield from _render(pages, draft, progress, at_once, diagnostics)
    whole = not diagnostics.has_errors
    texts = {path: draft.memory.file(one.digest) for path, one in rendered.items()}
    index = search_index(site, draft.memory)
    tree = {**assets.files, **draft.cards.files, **draft.exports().files, **index, **texts}
    facts = {path: one.facts for path, one in rendered.items() if one.facts is not None}
    complete = [page for page in pages if page.path in rendered]
    unmade = {one.permalink or "" for one in site.all("page")} | {page.permalink for page in pages}
    unmade |= homes_of_unmade(site, complete)
    unmade -= {page.permalink for page in complete}
    lost = site.lost | unmade
    known = Known(site.links, lost, site.is_whole and not unmade, site.held_back, draft.surroundings.templates.find)
    audited = audit(complete, facts, tree, known, diagnostics)
    if not diagnostics.has_errors:  # what a page that failed would have shown is not known
        documents = (texts[path].read() for path, one in rendered.items() if one.facts is None)
        report_unused(site, static, assets, facts.values(), documents, diagnostics)
    if draft.for_servers and not diagnostics.has_errors:
        tree |= _for_servers(draft, tree, facts, diagnostics)
    return BuildResult(
        dict(sorted(tree.items())), diagnostics, whole, len(facts), made, draft.converted, audited, site.period
    )


def _for_servers(
    draft: Draft, tree: Mapping[str, OutputFile], facts: Mapping[str, PageFacts], diagnostics: Diagnostics
) -> dict[str, OutputFile]:
    """What the site asks for beside its pages: a service worker, compressed copies."""
    info = draft.site.only("site")
    if info is None:
        return {}
    data: SiteInfo = info.data
    place = draft.site.places.get(f"{name_of(info)}.offline", draft.site.places[name_of(info)])
    worker = make_offline(data.offline, tree, facts, place, diagnostics) if data.offline else {}
    return worker | (compressed({**tree, **worker}, draft.memory) if data.precompress else {})


def render_one(draft: Draft, permalink: str) -> bytes | None:
    """One page of a draft, long before the others; None if there is none of an entry there, or it cannot be made."""
    diagnostics = Diagnostics()
    page = make_page(permalink, draft.materials, diagnostics)
    if page is None:
        return None
    text = draft.surroundings.templates.render(page, diagnostics)
    return None if text is None or diagnostics.has_errors else text.encode()


def _load(
    root: Path, inputs: Inputs, memory: Memory, progress: Progress, diagnostics: Diagnostics
) -> tuple[list[Loaded], int]:
    """Read every content file; how many had to be read anew is told too."""
    keys: dict[bytes, tuple[str, Kind]] = {}
    strays = []
    for path, stamp in inputs.items():
        if path.startswith(CONTENT):
            kind = kind_of(path)
            if kind is None:
                strays.append(_stray(path, inputs, diagnostics))
            else:
                keys[hashlib.sha256(path.encode() + b"\0" + stamp.digest).digest()] = path, kind

    def make(missing: list[bytes]) -> dict[bytes, Pickled]:
        largest_first = sorted(missing, key=lambda key: -inputs[keys[key][0]].size)  # lest one process wait for it

        def load_one(count: int) -> Pickled:
            progress("reading content", count, len(missing))
            path, kind = keys[largest_first[count]]
            return Pickled.of(load_file(path, read(root, path, inputs[path]), kind))

        return dict(zip(largest_first, map_in_processes(load_one, range(len(missing))), strict=True))

    results = memory.results("load", keys, make)
    loaded = [*(results[key] for key in keys), *strays]
    for one in loaded:
        diagnostics.extend(one.diagnostics)
    return loaded, results.made


def _readable(inputs: Inputs, diagnostics: Diagnostics) -> tuple[Inputs, list[Loaded]]:
    """The files that can be read, and what the others may have held, which is lost and not missing."""
    missed = []
    for path, stamp in inputs.items():
        if stamp.unreadable:
            message = f"{path} cannot be read: {stamp.unreadable}"
            hint = "put an ordinary file there that you may read, or take it away"
            diagnostics.error("unreadable", message, Span(path), hint)
            kind = kind_of(path)
            within = [one for one in KINDS if (CONTENT + one.files).startswith(f"{path}/")]
            if kind is not None and kind.layout == "collection":
                within.append(kind)
            if within:
                missed.append(Loaded(lost=tuple(Lost(one.name, None, None) for one in within)))
            elif path.startswith(CONTENT):
                missed.append(Loaded(lost=tuple(_whatever_is_called(PurePosixPath(path)))))
    return {path: stamp for path, stamp in inputs.items() if not stamp.unreadable}, missed


def _stray(path: str, inputs: Inputs, diagnostics: Diagnostics) -> Loaded:
    """Report a file that lies in no place of content. What it was meant to hold is lost, not missing."""
    message = f"{path} is in no place where content is looked for"
    if leftover := hint_for(path, inputs):
        diagnostics.error("stray-file", message, Span(path), leftover)
        return Loaded(lost=tuple(_whatever_is_called(PurePosixPath(path))))
    found = _meant_place(PurePosixPath(path))
    if found is None:
        form = ENDINGS.get(PurePosixPath(path).suffix.lower())
        fit = [kind.files for kind in KINDS if kind.files.endswith(form or "")]
        diagnostics.error(
            "stray-file", message, Span(path), f"content lies in {', '.join(CONTENT + one for one in fit)}"
        )
        return Loaded(lost=tuple(_whatever_is_called(PurePosixPath(path))))
    place, kind = found
    diagnostics.error("stray-file", message, Span(path), f"did you mean {place}?")
    if kind.layout == "collection":
        return Loaded(lost=(Lost(kind.name, None, None),))
    return Loaded(lost=(Lost(kind.name, place.stem, kind.home.format(id=place.stem) if kind.home else None),))


def _whatever_is_called(path: PurePosixPath) -> Iterator[Lost]:
    """The entries that a file may have been meant to hold, by its name or, of an index.md, that of its folder."""
    for name in {path.name.partition(".")[0], path.parent.name}:
        for kind in KINDS:
            if kind.layout == "document":
                yield Lost(kind.name, name, kind.home.format(id=name) if kind.home else None)


def _meant_place(path: PurePosixPath) -> tuple[PurePosixPath, Kind] | None:
    """Where a file was probably meant to lie: in the folder of a like name, or the nearest one above it."""
    form = ENDINGS.get(path.suffix.lower())
    stem = slug(path.stem) or path.stem.lower()
    places = {PurePosixPath(CONTENT + kind.files.replace("*", stem)): kind for kind in KINDS}
    fit = {str(place.with_suffix("")): place for place in places if place.suffix == form}
    meant = nearest(str(path.with_suffix("")), [one for one in fit if PurePosixPath(one).name == stem])
    above = (place for place in fit.values() if place.parent in path.parents and place.stem == stem)
    found = fit[meant] if meant else next(above, None)
    return (found, places[found]) if found else None


def _with_base_url(site: Site, base_url: str | None) -> Site:
    info = site.only("site")
    if info is None or base_url is None:
        return site
    data: SiteInfo = info.data.model_copy(update={"base_url": base_url})
    changed = replace(info, data=data, digest=hashlib.sha256(info.digest + base_url.encode()).digest())
    return replace(site, entries={**site.entries, "site": {info.id: changed}})


def _static_files(root: Path, inputs: Inputs) -> Iterable[StaticFile]:
    for path, stamp in inputs.items():
        if path.startswith(STATIC):
            yield StaticFile(path, stamp.digest, partial(read, root, path, stamp))


def _template_sources(root: Path, inputs: Inputs, diagnostics: Diagnostics) -> dict[str, str]:
    sources = {}
    for path, stamp in inputs.items():
        if path.startswith(TEMPLATES):
            file = decode(path, read(root, path, stamp), diagnostics)
            if file is not None:
                sources[path.removeprefix(TEMPLATES)] = file.text
    return sources


def _render(
    pages: Sequence[Page], draft: Draft, progress: Progress, at_once: int, diagnostics: Diagnostics
) -> Generator[None, None, tuple[dict[str, _Rendered], int]]:
    """Render what is not remembered. A page that fails is left out of the result and reported."""
    digester, templates, memory = Digester(), draft.surroundings.templates, draft.memory
    contexts = [digester.digest(page.context) for page in pages]  # while templates are compiled in the background
    keyed = {
        hashlib.sha256(f"{page.permalink}\0".encode() + templates.digest(page.template) + context).digest(): page
        for page, context in zip(pages, contexts, strict=True)
    }
    templates.lint(diagnostics)
    yield
    results = memory.recall("page", keyed)
    missing = [key for key in keyed if key not in results]
    failures: list[Diagnostic] = []

    def render(count: int) -> tuple[Pickled | None, bytes, Diagnostics]:
        progress("rendering pages", count, len(missing))
        page, reported = keyed[missing[count]], Diagnostics()
        text = templates.render(page, reported)
        if text is None:
            return None, b"", reported
        content = text.encode()
        facts = examine(content, page.path, page.context["site"].base_url) if page.is_html else None
        return Pickled.of(_Rendered(hashlib.sha256(content).digest(), facts)), content, reported

    def render_some(some: range) -> Iterator[tuple[bytes, Pickled]]:
        for count, (rendered, content, reported) in zip(some, map_in_processes(render, some), strict=True):
            failures.extend(reported.found)
            if rendered is not None:
                memory.keep_content(content, rendered.value.digest)
                yield missing[count], rendered

    for first in range(0, len(missing), at_once):
        made = dict(render_some(range(first, min(first + at_once, len(missing)))))
        memory.keep("page", made)
        results |= {key: one.value for key, one in made.items()}
        yield
    diagnostics.extend(told_once(failures, diagnostics.has_errors))
    return {page.path: results[key] for key, page in keyed.items() if key in results}, len(missing)
