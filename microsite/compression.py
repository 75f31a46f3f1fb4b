"""Compressed copies of text files, which many servers send in place of the file: `.br` (RFC 7932), `.gz` (RFC 1952)."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Mapping

from microsite.memory import Memory
from microsite.publish import OutputFile
from microsite.workers import map_in_processes

TEXT = (".css", ".csv", ".html", ".ico", ".js", ".json", ".svg", ".txt", ".webmanifest", ".xml")
LEAST_BYTES = 600  # less fits into one packet anyhow
LASTING = "assets/"
FIRST = "index.html"
# Of Brotli. Every page waits for style sheets, and the home page is read first; what is kept for a year comes next.
BEST_QUALITY, GOOD_QUALITY, QUALITY = 11, 10, 6
GZIP_LEVEL = 6  # 9 takes a quarter longer and saves three bytes of a thousand
# The size of pages that with their style sheets are a little more than a server sends before it waits for an answer (10
# packets, RFC 6928), and that better work may bring below it.
NEARLY_FIT = range(8_550, 9_600)


def compressed(tree: Mapping[str, OutputFile], memory: Memory) -> dict[str, OutputFile]:
    """The compressed copies that go beside files of the tree, by output path; made only if they are not remembered."""
    keys = {path: _key(file.digest, _quality(path)) for path, file in tree.items() if path.endswith(TEXT)}
    by_key = {key: path for path, key in keys.items()}

    def make(missing: list[bytes]) -> dict[bytes, dict[str, bytes]]:
        work = [(tree[by_key[key]].read(), _quality(by_key[key])) for key in missing]
        copies = map_in_processes(_copies, work)
        return {
            key: {ending: memory.keep_content(content) for ending, content in made.items()}
            for key, made in zip(missing, copies, strict=True)
        }

    results = memory.results("compressed", by_key, make)
    return {path + ending: memory.file(digest) for path, key in keys.items() for ending, digest in results[key].items()}


def _key(digest: bytes, quality: int) -> bytes:
    return hashlib.sha256(digest + bytes([quality])).digest()


def _quality(path: str) -> int:
    if path == FIRST or path.endswith(".css"):
        return BEST_QUALITY
    return GOOD_QUALITY if path.startswith(LASTING) else QUALITY


def _copies(work: tuple[bytes, int]) -> dict[str, bytes]:
    """By ending; none of what would not become smaller."""
    import brotli

    content, quality = work
    if len(content) < LEAST_BYTES:
        return {}
    small = brotli.compress(content, mode=brotli.MODE_TEXT, quality=quality)
    if quality == QUALITY and len(small) in NEARLY_FIT:
        small = brotli.compress(content, mode=brotli.MODE_TEXT, quality=GOOD_QUALITY)
    made = {
        ".br": small,
        ".gz": gzip.compress(content, GZIP_LEVEL, mtime=0),
    }
    return {ending: one for ending, one in made.items() if len(one) < len(content)}
