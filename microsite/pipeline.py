"""The build, from files to an audited tree in memory: the one place where the stages meet.

content files -> entries -> Site -> Pages -> tree -> audit        (publish and preview take it from there)
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from microsite.assets import build_assets
from microsite.audit import Audited, PageFacts, audit, examine
from microsite.content_files import decode
from microsite.diagnostics import Diagnostics, Span
from microsite.digests import Digester
from microsite.exports import make_exports
from microsite.inputs import Inputs, read
from microsite.load import CONTENT, Loaded, kind_of, load_file
from microsite.memory import Memory
from microsite.pages import make_pages
from microsite.pages.page import Page
from microsite.publish import OutputFile
from microsite.schema import KINDS, Kind
from microsite.schema.kinds import SiteInfo
from microsite.site_model import Site, build_site
from microsite.style_sheets import STATIC, StaticFile
from microsite.suggest import did_you_mean
from microsite.templates import TEMPLATES, Templates
from microsite.workers import LEAST, map_in_processes

Progress = Callable[[str, int, int], None]
"""Told about long work: what is being done, how much of it is done, and how much there is."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What the command line may change about a build; `base_url` None means that of content/site.yaml."""

    base_url: str | None = None
    drafts: bool = False


@dataclass(frozen=True, slots=True)
class BuildResult:
    """A finished tree, complete only if `diagnostics` has no errors, and what it took to make."""

    tree: Mapping[str, OutputFile]
    diagnostics: Diagnostics
    pages: int
    rendered: int
    converted: int
    audited: Audited


@dataclass(frozen=True, slots=True)
class _Rendered:
    """What is remembered of a rendered page. `warnings` are those of its template."""

    digest: bytes
    facts: PageFacts | None


def build_tree(
    root: Path, inputs: Inputs, settings: Settings, memory: Memory, progress: Progress = lambda *_: None
) -> BuildResult:
    """Build all pages of the project in `root` from its `inputs`; mistakes are among the result's diagnostics."""
    diagnostics = Diagnostics()
    memory.start_run()
    loaded, converted = _load(root, inputs, memory, progress, diagnostics)
    site = _with_base_url(build_site(loaded, settings.drafts, diagnostics), settings.base_url)
    assets = build_assets(_static_files(root, inputs), site.all("picture"), memory, diagnostics)
    exports = make_exports(site, memory)
    pages = make_pages(site, assets, exports.summaries, diagnostics)
    rendered, made = _render(pages, root, inputs, memory, progress, diagnostics)
    tree = dict(assets.files) | dict(exports.files) | {path: memory.file(one.digest) for path, one in rendered.items()}
    facts = {path: one.facts for path, one in rendered.items() if one.facts is not None}
    complete = [page for page in pages if page.path in rendered]
    unmade = {one.permalink or "" for one in site.all("page")} | {page.permalink for page in pages}
    unmade -= {page.permalink for page in complete}
    audited = audit(complete, facts, tree, site.links, site.lost | unmade, diagnostics)
    return BuildResult(dict(sorted(tree.items())), diagnostics, len(facts), made, converted, audited)


def _load(
    root: Path, inputs: Inputs, memory: Memory, progress: Progress, diagnostics: Diagnostics
) -> tuple[list[Loaded], int]:
    """Read every content file; how many had to be read anew is told too."""
    keys: dict[bytes, tuple[str, Kind]] = {}
    for path, stamp in inputs.items():
        if path.startswith(CONTENT):
            kind = kind_of(path)
            if kind is None:
                _report_stray(path, diagnostics)
            else:
                keys[hashlib.sha256(path.encode() + b"\0" + stamp.digest).digest()] = path, kind

    def make(missing: list[bytes]) -> dict[bytes, Loaded]:
        def load_one(count: int) -> Loaded:
            progress("reading content", count, len(missing))
            path, kind = keys[missing[count]]
            return load_file(path, read(root, path, inputs[path]), kind)

        return dict(zip(missing, map_in_processes(load_one, range(len(missing))), strict=True))

    results = memory.results("load", keys, make)
    loaded = [results[key] for key in keys]
    for one in loaded:
        diagnostics.extend(one.diagnostics)
    return loaded, results.made


def _report_stray(path: str, diagnostics: Diagnostics) -> None:
    places = [CONTENT + kind.files for kind in KINDS]
    message = f"{path} is in no place where content is looked for"
    hint = did_you_mean(path, places) or f"content lies in {', '.join(places)}"
    diagnostics.error("stray-file", message, Span(path), hint)


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
    pages: Iterable[Page],
    root: Path,
    inputs: Inputs,
    memory: Memory,
    progress: Progress,
    diagnostics: Diagnostics,
) -> tuple[dict[str, _Rendered], int]:
    """Render what is not remembered. A page that fails is left out of the result and reported."""
    templates = Templates(_template_sources(root, inputs, diagnostics), memory, diagnostics)
    digester = Digester()
    keyed = {
        hashlib.sha256(
            f"{page.permalink}\0".encode() + templates.digest(page.template) + digester.digest(page.context)
        ).digest(): page
        for page in pages
    }

    def make(missing: list[bytes]) -> dict[bytes, _Rendered]:
        def render_one(count: int) -> tuple[bytes | None, PageFacts | None, Diagnostics]:
            progress("rendering pages", count, len(missing))
            page, reported = keyed[missing[count]], Diagnostics()
            text = templates.render(page, reported)
            if text is None:
                return None, None, reported
            content = text.encode()
            facts = examine(content, page.path, page.context["site"].base_url) if page.is_html else None
            return content, facts, reported

        many = range(len(missing))
        # Templates are compiled once for both processes, and never in the fork, which may not use the memory.
        shared = len(many) >= LEAST and templates.compile_all()
        results = map_in_processes(render_one, many) if shared else map(render_one, many)
        made = {}
        for key, (content, facts, reported) in zip(missing, results, strict=True):
            diagnostics.extend(reported.found)
            if content is not None:
                made[key] = _Rendered(memory.keep_content(content), facts)
        return made

    results = memory.results("page", keyed, make)
    return {keyed[key].path: one for key, one in results.items()}, results.made
