from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from microsite import locking
from microsite.locking import exclusive

PATIENCE = 10  # seconds until a test that hangs fails instead


@pytest.fixture
def lock(tmp_path: Path) -> Path:
    return tmp_path / "lock"


def in_thread(work: Callable[[], None]) -> threading.Thread:
    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    return thread


def refuse_to_wait() -> None:
    raise AssertionError("nobody holds the lock, yet there was a wait")


def test_the_file_exists_only_while_the_lock_is_held(lock: Path) -> None:
    with exclusive(lock, refuse_to_wait):
        assert lock.exists()
    assert not lock.exists()


def test_an_error_in_the_block_passes_and_releases(lock: Path) -> None:
    with pytest.raises(ZeroDivisionError), exclusive(lock):
        raise ZeroDivisionError
    with exclusive(lock, refuse_to_wait):
        pass


def test_a_file_left_behind_locks_nobody_out(lock: Path) -> None:
    lock.write_bytes(b"")
    with exclusive(lock, refuse_to_wait):
        pass
    assert not lock.exists()


def test_the_second_waits_for_the_first_and_says_so_once(lock: Path) -> None:
    events = []
    waiting = threading.Event()

    def second() -> None:
        def on_wait() -> None:
            events.append("waiting")
            waiting.set()

        with exclusive(lock, on_wait):
            events.append("second")

    with exclusive(lock):
        thread = in_thread(second)
        assert waiting.wait(PATIENCE)
        events.append("first")
    thread.join(PATIENCE)
    assert events == ["waiting", "first", "second"]
    assert not lock.exists()


def test_who_gives_up_waiting_takes_nothing_away(lock: Path) -> None:
    def give_up() -> None:
        raise TimeoutError

    with exclusive(lock):
        with pytest.raises(TimeoutError), exclusive(lock, give_up):
            pytest.fail("the lock was given twice")
        assert lock.exists()


def test_a_lock_file_that_is_not_ours_any_more_is_left_alone(lock: Path) -> None:
    with exclusive(lock):
        lock.unlink()
        with exclusive(lock, refuse_to_wait):
            pass
        lock.write_text("another's")
    assert lock.read_text() == "another's"


def test_without_its_folder_there_is_no_lock(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError), exclusive(tmp_path / "missing" / "lock"):
        pytest.fail("there is no such folder")


def in_process(script: str, *arguments: object) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", script, *map(str, arguments)],
        cwd=Path(locking.__file__).parents[1],
        stdout=subprocess.PIPE,
        text=True,
    )


HOLD_UNTIL_KILLED = """
import pathlib, sys, time
from microsite.locking import exclusive
with exclusive(pathlib.Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


def test_a_killed_holder_releases(lock: Path) -> None:
    with in_process(HOLD_UNTIL_KILLED, lock) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        holder.kill()
    assert lock.exists()
    with exclusive(lock, refuse_to_wait):
        pass
    assert not lock.exists()


COUNT_UP = """
import pathlib, sys
from microsite.locking import exclusive
lock, counter = map(pathlib.Path, sys.argv[1:])
for _ in range(200):
    with exclusive(lock):
        counter.write_text(str(int(counter.read_text()) + 1))
"""


def test_many_processes_never_hold_it_at_once(lock: Path, tmp_path: Path) -> None:
    """Removing and making the file again is where two could slip in."""
    counter = tmp_path / "counter"
    counter.write_text("0")
    workers = [in_process(COUNT_UP, lock, counter) for _ in range(4)]
    for worker in workers:
        worker.communicate(timeout=PATIENCE)
    assert [worker.returncode for worker in workers] == [0, 0, 0, 0]
    assert counter.read_text() == "800"
    assert not lock.exists()
