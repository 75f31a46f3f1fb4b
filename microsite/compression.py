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
LASTING_QUALITY, PAGE_QUALITY, QUALITY = 11, 10, 6
"""Of Brotli: what is kept for a year is worth much time. From 10 on files are a tenth smaller and take ten times as
long: right for a page that people read, too much for hundreds of small ones and for long lists."""
PAGE_BYTES = range(16_000, 256_000)
GZIP_LEVEL = 9


def compressed(tree: Mapping[str, OutputFile], memory: Memory) -> dict[str, OutputFile]:
    """The compressed copies that go beside files of the tree, by output path; made only if they are not remembered."""
    keys = {path: _key(file.digest, path) for path, file in tree.items() if path.endswith(TEXT)}
    by_key = {key: path for path, key in keys.items()}

    def make(missing: list[bytes]) -> dict[bytes, dict[str, bytes]]:
        work = [(tree[by_key[key]].read(), by_key[key].startswith(LASTING)) for key in missing]
        copies = map_in_processes(_copies, work)
        return {
            key: {ending: memory.keep_content(content) for ending, content in made.items()}
            for key, made in zip(missing, copies, strict=True)
        }

    results = memory.results("compressed", by_key, make)
    return {path + ending: memory.file(digest) for path, key in keys.items() for ending, digest in results[key].items()}


def _key(digest: bytes, path: str) -> bytes:
    return hashlib.sha256(digest + bytes([path.startswith(LASTING)])).digest()


def _copies(work: tuple[bytes, bool]) -> dict[str, bytes]:
    """By ending; none of what would not become smaller."""
    import brotli

    content, is_lasting = work
    if len(content) < LEAST_BYTES:
        return {}
    quality = LASTING_QUALITY if is_lasting else PAGE_QUALITY if len(content) in PAGE_BYTES else QUALITY
    made = {
        ".br": brotli.compress(content, mode=brotli.MODE_TEXT, quality=quality),
        ".gz": gzip.compress(content, GZIP_LEVEL, mtime=0),
    }
    return {ending: one for ending, one in made.items() if len(one) < len(content)}
