from __future__ import annotations

import gzip

import brotli
import pytest

from microsite import compression
from microsite.compression import LEAST_BYTES, NEARLY_FIT, compressed
from microsite.memory import Memory
from microsite.publish import digested

WORDS = b"words and more words " * 200
TREE = digested(
    {
        "index.html": WORDS,
        "assets/site.css": WORDS,
        "short.txt": b"w" * (LEAST_BYTES - 1),
        "picture.avif": WORDS,
        "_headers": WORDS,
    }
)


@pytest.fixture
def memory() -> Memory:
    return Memory(None, b"tests")


def test_text_that_is_long_enough_gets_copies(memory: Memory) -> None:
    made = compressed(TREE, memory)
    assert sorted(made) == ["assets/site.css.br", "assets/site.css.gz", "index.html.br", "index.html.gz"]
    for path in ("index.html", "assets/site.css"):
        assert brotli.decompress(made[f"{path}.br"].read()) == WORDS
        assert gzip.decompress(made[f"{path}.gz"].read()) == WORDS
    memory.close()


def test_copies_say_nothing_of_when_and_where_they_were_made(memory: Memory) -> None:
    other = Memory(None, b"tests")
    made, again = compressed(TREE, memory), compressed(TREE, other)
    assert {path: file.read() for path, file in made.items()} == {path: file.read() for path, file in again.items()}
    header = made["index.html.gz"].read()[:10]
    assert header[4:8] == bytes(4)  # RFC 1952, 2.3.1: no time stamp
    memory.close()
    other.close()


def test_what_is_kept_or_read_first_is_made_smaller_than_what_changes_often(memory: Memory) -> None:
    text = b" ".join(b"%d" % (number * number) for number in range(4000))
    tree = digested(dict.fromkeys(("index.html", "assets/site.css", "about/index.html"), text))
    made = compressed(tree, memory)
    first, lasting, other = (len(made[f"{path}.br"].read()) for path in tree)
    assert first == lasting < other
    memory.close()


def test_more_work_is_done_where_it_may_save_a_reader_the_waiting(memory: Memory) -> None:
    squares = [b"%d" % (number * number) for number in range(8000)]
    sizes = ((n, len(brotli.compress(b" ".join(squares[:n]), quality=6))) for n in range(1000, 8000, 50))
    long = next(n for n, size in sizes if size in NEARLY_FIT)
    tree = digested({f"{n}/index.html": b" ".join(squares[:n]) for n in (long // 2, long, long * 2)})
    made = {path: file.read() for path, file in compressed(tree, memory).items()}
    for path, file in tree.items():
        quality = 10 if path.startswith(f"{long}/") else 6
        assert made[f"{path}.br"] == brotli.compress(file.read(), mode=brotli.MODE_TEXT, quality=quality)
    memory.close()


def test_a_copy_is_made_once(memory: Memory, monkeypatch: pytest.MonkeyPatch) -> None:
    first = compressed(TREE, memory)
    monkeypatch.setattr(compression, "_copies", None)
    assert compressed(TREE, memory).keys() == first.keys()
    memory.close()
