"""Several processes publish, or read, at the same time."""

from __future__ import annotations

import sys
import threading
from pathlib import Path

import pytest

from microsite.locking import exclusive
from microsite.publish import digested, publish
from tests.publish.folders import A, B, files_in, in_process, litter_beside, put


def test_who_has_to_wait_is_told(target: Path) -> None:
    released, waited = threading.Event(), threading.Event()
    held = threading.Event()

    def hold() -> None:
        with exclusive(target.with_name(".public.microsite-lock")):
            held.set()
            released.wait(10)

    def on_wait() -> None:
        waited.set()
        released.set()

    holder = threading.Thread(target=hold)
    holder.start()
    assert held.wait(10)
    publish(digested(A), target, on_wait=on_wait)
    holder.join()
    assert waited.is_set()
    assert files_in(target) == A


PUBLISH_OFTEN = """
import pathlib, sys
from microsite.publish import digested, publish
for _ in range(30):
    publish(digested({"index.html": sys.argv[2].encode(), "style.css": b"same"}), pathlib.Path(sys.argv[1]))
"""


def test_two_at_the_same_time_take_turns(target: Path) -> None:
    publishers = [in_process(PUBLISH_OFTEN, target, name) for name in ("A", "B")]
    for publisher in publishers:
        publisher.communicate(timeout=20)
    assert [publisher.returncode for publisher in publishers] == [0, 0]
    assert files_in(target) in [{"index.html": name, "style.css": b"same"} for name in (b"A", b"B")]
    assert litter_beside(target) == []


@pytest.mark.skipif(sys.platform not in ("linux", "darwin"), reason="the system cannot exchange folders")
def test_a_reader_never_misses_a_page(target: Path) -> None:
    put(A, target)
    done = threading.Event()
    seen: set[bytes | None] = set()

    def read() -> None:
        while not done.is_set():
            try:
                seen.add((target / "index.html").read_bytes())
            except FileNotFoundError:
                seen.add(None)

    reader = threading.Thread(target=read)
    reader.start()
    for _ in range(100):
        put(B, target)
        put(A, target)
    done.set()
    reader.join()
    assert seen == {b"A", b"B"}
