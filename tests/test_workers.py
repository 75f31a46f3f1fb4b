from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from microsite import workers
from microsite.workers import LEAST, map_in_processes

ROOT = Path(__file__).parents[1]
MANY = range(LEAST + 1)


def in_a_process_of_its_own(program: str) -> str:
    """What a program prints. Those that run tests have threads, so that nothing is forked there."""
    imports = "import os, sys, threading, time\nfrom microsite import workers\nfrom microsite.workers import *\n"
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", imports + program],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert not done.stderr
    return done.stdout.strip()


needs_fork = pytest.mark.skipif(
    sys.platform != "linux" or len(os.sched_getaffinity(0)) < 2, reason="nothing is forked here"
)


@pytest.mark.parametrize("count", [0, 1, LEAST - 1, LEAST, LEAST + 1])
def test_the_results_come_in_the_order_of_the_items(count: int) -> None:
    assert map_in_processes(str, range(count)) == [str(item) for item in range(count)]


@needs_fork
@pytest.mark.parametrize("count", [LEAST, LEAST + 1])
def test_two_processes_give_what_one_would(count: int) -> None:
    program = f"""
def function(item):
    time.sleep(0.002)
    return item, os.getpid()
found = map_in_processes(function, range({count}))
print([item for item, _ in found] == list(range({count})), len({{process for _, process in found}}))
"""
    assert in_a_process_of_its_own(program) == "True 2"


@needs_fork
@pytest.mark.parametrize("count", [1000, 40_000])  # the second does not fit into a pipe one by one
def test_nothing_is_done_twice(count: int, tmp_path: Path) -> None:
    program = f"""
out = os.open({str(tmp_path / "done")!r}, os.O_CREAT | os.O_WRONLY | os.O_APPEND)
found = map_in_processes(lambda item: os.write(out, b"%d " % item), range({count}))
"""
    assert in_a_process_of_its_own(program) == ""
    done = (tmp_path / "done").read_text().split()
    assert sorted(map(int, done)) == list(range(count))


@needs_fork
def test_few_items_are_no_reason_to_fork() -> None:
    program = "print(len(set(map_in_processes(lambda item: os.getpid(), range(LEAST - 1)))))"
    assert in_a_process_of_its_own(program) == "1"


@needs_fork
def test_a_process_with_threads_does_not_fork() -> None:
    program = """
done = threading.Event()
threading.Thread(target=done.wait).start()
print(len(set(map_in_processes(lambda item: os.getpid(), range(100)))))
done.set()
"""
    assert in_a_process_of_its_own(program) == "1"


@needs_fork
@pytest.mark.parametrize("bad", ["==", "!="])
def test_what_is_raised_in_either_process_is_raised(bad: str) -> None:
    program = f"""
parent = os.getpid()
def function(item):
    time.sleep(0.002)
    if os.getpid() {bad} parent:
        raise KeyError("here")
try:
    map_in_processes(function, range(100))
except KeyError as error:
    print("raised", error)
try:
    os.wait()
except ChildProcessError:
    print("no process is left")
"""
    assert in_a_process_of_its_own(program) == "raised 'here'\nno process is left"


@needs_fork
def test_the_process_that_is_faster_does_more() -> None:
    program = """
parent = os.getpid()
def function(item):
    time.sleep(0.001 if os.getpid() == parent else 0.02)
    return os.getpid()
found = map_in_processes(function, range(100))
print(found.count(parent) > 70, len(set(found)))
"""
    assert in_a_process_of_its_own(program) == "True 2"


@needs_fork
def test_the_work_of_a_process_that_dies_is_done_again() -> None:
    program = """
parent = os.getpid()
def function(item):
    time.sleep(0.002)
    return item if os.getpid() == parent else os.kill(os.getpid(), 9)
print(map_in_processes(function, range(100)) == list(range(100)))
"""
    assert in_a_process_of_its_own(program) == "True"


@needs_fork
def test_results_larger_than_a_pipe_arrive() -> None:
    program = "print({len(one) for one in map_in_processes(lambda item: bytes(100_000), range(100))})"
    assert in_a_process_of_its_own(program) == "{100000}"


@needs_fork
def test_what_was_printed_before_is_printed_once() -> None:
    program = "print('before'); print(len(map_in_processes(str, range(100))))"
    assert in_a_process_of_its_own(program) == "before\n100"


def test_without_a_fork_all_is_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "_may_fork", lambda: False)
    assert set(map_in_processes(lambda item: threading.get_ident(), MANY)) == {threading.get_ident()}


@needs_fork
def test_what_is_begun_in_the_background_is_done_by_another_process() -> None:
    program = """
result = in_background(lambda: (os.getpid(), bytes(100_000)))
process, content = result()
print(process != os.getpid(), len(content))
"""
    assert in_a_process_of_its_own(program) == "True 100000"


@needs_fork
def test_what_a_background_that_is_killed_did_not_do_is_done_here() -> None:
    program = """
parent = os.getpid()
print(in_background(lambda: "here" if os.getpid() == parent else os.kill(os.getpid(), 9))())
"""
    assert in_a_process_of_its_own(program) == "here"


@needs_fork
def test_what_is_raised_in_the_background_is_raised_when_its_result_is_wanted() -> None:
    program = """
def function():
    raise KeyError("there")
result = in_background(function)
try:
    result()
except KeyError as error:
    print(error)
"""
    assert in_a_process_of_its_own(program) == "'there'"


@needs_fork
def test_a_background_that_nobody_waits_for_ends() -> None:
    program = """
in_background(lambda: bytes(1_000_000))
try:
    os.wait()
except ChildProcessError:
    print("no process is left")
"""
    assert in_a_process_of_its_own(program) == "no process is left"


def test_without_a_fork_the_background_is_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "_may_fork", lambda: False)
    assert workers.in_background(threading.get_ident)() == threading.get_ident()
