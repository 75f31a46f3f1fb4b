"""Reading without a network: a service worker that keeps what was visited, made from the tree itself.

The worker of a build knows the digest of every file of that build (`service_worker.js` tells what for).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from fnmatch import fnmatchcase
from pathlib import Path

from microsite.diagnostics import Diagnostics, Span
from microsite.page_facts import PageFacts
from microsite.publish import OutputFile, digested
from microsite.schema.kinds import Offline
from microsite.suggest import did_you_mean

WORKER = "sw.js"
NEVER_KEPT = ("assets/cards/", "_headers", "robots.txt", "sitemap.xml")
NEEDED = (".css", ".js", ".woff2")
DIGITS = 12  # of a digest: they tell builds apart, they protect from nobody
_SOURCE = Path(__file__).with_name("service_worker.js")


def make_offline(
    settings: Offline,
    tree: Mapping[str, OutputFile],
    facts: Mapping[str, PageFacts],
    origin: Span,
    diagnostics: Diagnostics,
) -> dict[str, OutputFile]:
    """The service worker and the list it works from, by output path.

    `facts` are those of the pages by output path, `origin` is where the settings stand.
    """
    files = {_address(path): file.digest.hex()[:DIGITS] for path, file in tree.items() if _is_kept(path)}
    always = sorted(set(_always(settings, files, facts, origin, diagnostics)))
    listed = json.dumps({"always": always, "files": files}, separators=(",", ":"), ensure_ascii=False).encode()
    build = next(iter(digested({"": listed}).values())).digest.hex()[:DIGITS]
    name = f"assets/offline.{build[:8]}.json"
    constants = {"BUILD": build, "LIST": name, "FALLBACK": settings.fallback[1:]}
    head = "".join(f"const {key} = {json.dumps(value)};\n" for key, value in constants.items())
    return digested({WORKER: head.encode() + _SOURCE.read_bytes(), name: listed})


def _is_kept(path: str) -> bool:
    return not path.startswith(NEVER_KEPT)


def _address(path: str) -> str:
    """The address of an output path below the site's root, as links have it."""
    return path.removesuffix("index.html") if path.endswith("/index.html") or path == "index.html" else path


def _always(
    settings: Offline,
    files: Mapping[str, str],
    facts: Mapping[str, PageFacts],
    origin: Span,
    diagnostics: Diagnostics,
) -> Iterator[str]:
    """What is kept before it is visited: what the settings name, and what those pages need to look right."""
    for pattern in (*settings.always, settings.fallback):
        found = [address for address in files if fnmatchcase("/" + address, pattern)]
        if not found:
            hint = did_you_mean(pattern, [f"/{address}" for address in files])
            diagnostics.error("unknown-asset", f"nothing is published at {pattern}", origin, hint)
        yield from found
        for address in found:
            yield from _needed_by(facts.get(address if address.endswith(".html") else f"{address}index.html"))


def _needed_by(page: PageFacts | None) -> Iterable[str]:
    return [path for path, _ in page.targets if path.endswith(NEEDED)] if page else []
