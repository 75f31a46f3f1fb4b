"""What would be published in vain: files of static/ that nothing on the site leads to, pictures that no text shows."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from microsite.assets import Assets
from microsite.diagnostics import Diagnostics, Span
from microsite.entries import name_of
from microsite.page_facts import PageFacts
from microsite.pictures import PICTURES
from microsite.site_model import Site
from microsite.style_sheets import STATIC, StaticFile

NAMING = (".css", ".js", ".svg", ".json", ".webmanifest")
"""Files that may name others; what lies in static/root/ is asked for by machines and needs nobody to name it."""


def report_unused(
    site: Site,
    static: Iterable[StaticFile],
    assets: Assets,
    facts: Iterable[PageFacts],
    documents: Iterable[bytes],
    diagnostics: Diagnostics,
) -> None:
    """Warn of unused pictures and files. `facts` are those of all pages, `documents` what else was rendered: with one
    missing, nobody could tell."""
    files = {file.path: file for file in static}
    shown = _report_pictures(site, diagnostics)
    reached = {target for fact in facts for target, _ in fact.targets}
    for_machines = b"\n".join(documents)
    unlinked = {
        path: url
        for path, url in assets.urls.items()
        if url[1:] not in reached and url[1:].encode() not in for_machines
    }
    named = _named_by_others(unlinked, files)
    for path in sorted(unlinked.keys() - named):
        message = f"nothing uses static/{path}"
        diagnostics.warning("unused-asset", message, Span(STATIC + path), "link to it or take it out")
    for path in sorted(files):
        if path.startswith(PICTURES) and path.removeprefix(PICTURES) not in shown:
            hint = "list it in content/pictures.yaml or take it out"
            diagnostics.warning("unused-asset", f"no picture has the file {path}", Span(path), hint)


def _report_pictures(site: Site, diagnostics: Diagnostics) -> Collection[str]:
    """Warn of pictures that no page shows; returns the files that pictures name."""
    pictures = site.all("picture")
    names = {name_of(one) for one in pictures}
    used = {one.id for one in pictures if any(by.by not in names for by in site.mentioned.get(("picture", one.id), ()))}
    used |= {str(other.picture) for one in pictures if one.id in used for other in one.data.alternatives}
    for one in pictures:
        if one.id not in used:
            message = f"no page shows the picture “{one.id}”"
            hint = f"show it with ![](picture:{one.id}) or take it out"
            diagnostics.warning("unused-picture", message, site.places[name_of(one)], hint)
    return {one.data.file for one in pictures}


def _named_by_others(paths: Mapping[str, str], files: Mapping[str, StaticFile]) -> set[str]:
    """Those of `paths`, below static/, that a style sheet, a script or another file names by its path."""
    if not paths:
        return set()
    found = set()
    for naming in files.values():
        if naming.path.endswith(NAMING):
            content = naming.read()
            own = naming.path.removeprefix(STATIC)
            found |= {path for path in paths if path != own and path.encode() in content}
    return found
