"""The built site on disk: its pages, of which kind each is, and what is sent for a file."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

COMPRESSIBLE = (".css", ".csv", ".html", ".ico", ".js", ".json", ".svg", ".txt", ".webmanifest", ".xml")
QUALITY_ON_THE_FLY = 5  # of Brotli: what a server takes that compresses while it sends
KIND_PREFIX = "view-"


@dataclass(frozen=True)
class SitePage:
    """One page: its file and its address below the root, such as /car/, and the kind that its body's class names."""

    file: Path
    address: str
    kind: str

    @property
    def html(self) -> str:
        return self.file.read_text(encoding="utf-8")


@dataclass(frozen=True)
class BuiltSite:
    """The folder that a build published to."""

    folder: Path

    @cached_property
    def pages(self) -> tuple[SitePage, ...]:
        """All pages by address. Pages that only redirect have no kind and are none."""
        files = sorted(self.folder.rglob("*.html"))
        found = (SitePage(file, self._address(file), kind_of(file.read_text(encoding="utf-8"))) for file in files)
        return tuple(sorted((page for page in found if page.kind), key=lambda page: page.address))

    @cached_property
    def by_kind(self) -> dict[str, SitePage]:
        """For each kind the page with most on it, which is where something goes wrong first."""
        largest: dict[str, SitePage] = {}
        for page in sorted(self.pages, key=lambda page: page.file.stat().st_size):
            largest[page.kind] = page
        return dict(sorted(largest.items()))

    def page(self, address: str) -> SitePage:
        return next(page for page in self.pages if page.address == address)

    def file(self, address: str) -> Path | None:
        """The file that a host of static pages has for an address without its query; None if there is none."""
        inside = (self.folder / address.lstrip("/")).resolve()
        if not inside.is_relative_to(self.folder.resolve()):
            return None
        inside = inside / "index.html" if address.endswith("/") else inside
        return inside if inside.is_file() else None

    def _address(self, file: Path) -> str:
        inside = file.relative_to(self.folder).as_posix()
        return "/" + inside.removesuffix("index.html")


def kind_of(html: str) -> str:
    """What the page's body says that it is, such as `edition`; empty if it says nothing."""
    body = LexborHTMLParser(html).css_first("body")
    classes = (body.attributes.get("class") or "").split() if body else []
    return next((name.removeprefix(KIND_PREFIX) for name in classes if name.startswith(KIND_PREFIX)), "")


def sent(file: Path) -> tuple[bytes, str]:
    """The body that goes over the wire to a browser that takes Brotli, and its Content-Encoding (empty: as it is)."""
    if file.suffix not in COMPRESSIBLE:
        return file.read_bytes(), ""
    beside = file.with_name(file.name + ".br")
    if beside.is_file():
        return beside.read_bytes(), "br"
    import brotli

    content = file.read_bytes()
    packed: bytes = brotli.compress(content, quality=QUALITY_ON_THE_FLY)
    return (packed, "br") if len(packed) < len(content) else (content, "")
