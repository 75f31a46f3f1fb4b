from __future__ import annotations

import pickle
import random
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from microsite import memory as module
from microsite import workers
from microsite.memory import MANY, ContentLost, Memory, Pickled

SALT = b"one generator"
PAGE = 16384


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "memory.sqlite"


@pytest.fixture
def memory() -> Iterator[Memory]:
    with closing(Memory(None, SALT)) as one:
        yield one


def opened(path: Path, salt: bytes = SALT) -> closing[Memory]:
    return closing(Memory(path, salt))


def keep(path: Path, **results: object) -> None:
    with opened(path) as memory:
        memory.keep("stage", {name.encode(): value for name, value in results.items()})
        memory.save()


def recall(path: Path, *names: str, salt: bytes = SALT) -> dict[bytes, object]:
    with opened(path, salt) as memory:
        return memory.recall("stage", [name.encode() for name in names])


def alter_rows(path: Path, statement: str, *parameters: object) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(statement, parameters)


# What is remembered


def test_only_what_was_kept_is_known(memory: Memory) -> None:
    memory.keep("stage", {b"a": 1, b"b": None})
    assert memory.recall("stage", [b"a", b"b", b"c"]) == {b"a": 1, b"b": None}
    assert memory.recall("another stage", [b"a"]) == {}


def test_only_missing_results_are_made_and_they_are_counted(memory: Memory) -> None:
    memory.keep("stage", {b"a": 1})
    asked = []

    def make(missing: list[bytes]) -> dict[bytes, object]:
        asked.append(missing)
        return {key: key.decode() for key in missing}

    first = memory.results("stage", [b"a", b"b", b"b", b"c"], make)
    assert (first, first.made, asked) == ({b"a": 1, b"b": "b", b"c": "c"}, 2, [[b"b", b"c"]])
    second = memory.results("stage", [b"a", b"b", b"c"], make)
    assert (second, second.made, len(asked)) == (first, 0, 1)


def test_none_is_a_result_that_is_made_once(memory: Memory) -> None:
    assert memory.results("stage", [b"a"], lambda keys: dict.fromkeys(keys)).made == 1
    assert memory.results("stage", [b"a"], lambda keys: pytest.fail("made twice")).made == 0


def test_what_could_not_be_made_is_tried_again(memory: Memory) -> None:
    assert memory.results("stage", [b"a"], lambda keys: {}) == {}
    assert memory.results("stage", [b"a"], lambda keys: {b"a": 1}) == {b"a": 1}


def test_much_is_saved_while_something_else_is_done(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    in_background = []

    def noted(function: Callable[[], bool]) -> Callable[[], bool]:
        in_background.append(function)
        return workers.in_background(function)

    monkeypatch.setattr(module, "in_background", noted)
    names = [f"name {number}" for number in range(MANY)]
    with opened(path) as memory:
        memory.keep("stage", {name.encode(): name for name in names})
        memory.begin_to_save()
        memory.keep("stage", {b"late": "late"})
        assert memory.recall("stage", [b"name 7", b"late"]) == {b"name 7": "name 7", b"late": "late"}
        memory.save()
    assert in_background
    assert recall(path, *names, "late") == {name.encode(): name for name in [*names, "late"]}


def test_what_could_not_be_saved_in_the_background_is_saved_after_all(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "in_background", lambda _: lambda: False)
    names = [f"name {number}" for number in range(MANY)]
    with opened(path) as memory:
        memory.keep("stage", {name.encode(): name for name in names})
        memory.begin_to_save()
        memory.save()
    assert recall(path, *names) == {name.encode(): name for name in names}


def test_little_is_not_worth_the_background(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "in_background", None)
    with opened(path) as memory:
        memory.keep("stage", {b"few": 1})
        memory.begin_to_save()
        memory.save()
    assert recall(path, "few") == {b"few": 1}


def test_a_result_may_bring_its_pickle(path: Path) -> None:
    there_and_back = pickle.loads(pickle.dumps(Pickled.of(("a", 1))))
    with opened(path) as memory:
        results = memory.results("stage", [b"ready"], lambda _: {b"ready": there_and_back})
        assert results == {b"ready": ("a", 1)}
        memory.save()
    assert recall(path, "ready") == {b"ready": ("a", 1)}


def test_results_outlive_the_process_once_they_are_saved(path: Path) -> None:
    with opened(path) as memory:
        memory.keep("stage", {b"saved": ("a", 1)})
        memory.save()
        memory.keep("stage", {b"lost": 2})
    assert recall(path, "saved", "lost") == {b"saved": ("a", 1)}


def test_another_generator_knows_nothing_of_it(path: Path) -> None:
    keep(path, a=1)
    assert recall(path, "a", salt=b"another generator") == {}
    assert recall(path, "a") == {b"a": 1}


def test_more_results_than_sqlite_takes_parameters(path: Path) -> None:
    names = [f"n{number}" for number in range(2500)]
    keep(path, **dict.fromkeys(names, 1))
    assert len(recall(path, *names)) == 2500


# Content of files


def test_content_is_kept_under_its_digest_and_read_when_needed(path: Path) -> None:
    with opened(path) as memory:
        digest = memory.keep_content(b"<p>")
        memory.save()
    assert digest.hex().startswith("33f27994")  # printf "<p>" | sha256sum
    with opened(path) as memory:
        file = memory.file(digest)
        assert (file.digest, file.read()) == (digest, b"<p>")


def test_lost_content_is_said_to_be_lost(memory: Memory) -> None:
    with pytest.raises(ContentLost, match="6162"):
        memory.file(b"ab").read()


# Forgetting


def test_what_is_long_unused_is_forgotten(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keep(path, **{f"old{number}": number for number in range(1001)}, used=1)
    with opened(path) as memory:
        memory.keep("stage", {b"new": 2})
        assert memory.recall("stage", [b"used"]) == {b"used": 1}
        memory.save()  # 1003 results of which 2 are used: not yet too many
    assert len(recall(path, "old0", "used", "new")) == 3
    monkeypatch.setattr(module, "FORGET_ABOVE", 0)
    with opened(path) as memory:
        memory.recall("stage", [b"used", b"new"])
        memory.save()
    assert recall(path, "old0", "used", "new") == {b"used": 1, b"new": 2}


def test_what_was_noted_can_be_used_again_without_asking(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "FORGET_ABOVE", -1000)
    with opened(path) as memory:
        memory.keep("stage", {b"a": 1, b"b": 2})
        with memory.noting() as noted:
            memory.recall("stage", [b"a"])
        memory.save()
        assert len(recall(path, "a", "b")) == 2, "what was used before and after counts as ever"
        memory.start_run()
        memory.use_again(noted)
        memory.save()
    assert recall(path, "a", "b") == {b"a": 1}


def test_a_new_run_lets_go_of_what_the_last_did_not_use(path: Path) -> None:
    with opened(path) as memory:
        memory.keep("stage", {b"a": ["a"]})
        memory.save()
        kept = memory.recall("stage", [b"a"])[b"a"]
        memory.start_run()
        assert memory.recall("stage", [b"a"])[b"a"] is kept
        memory.start_run()
        memory.start_run()
        again = memory.recall("stage", [b"a"])[b"a"]
        assert again == kept
        assert again is not kept, "it was held in the process for no use"


@pytest.mark.parametrize("count", [1, MANY])
def test_discarding_forgets_what_was_not_saved_yet(path: Path, count: int) -> None:
    names = [f"name {number}" for number in range(count)]
    with opened(path) as memory:
        memory.keep("stage", {name.encode(): name for name in names})
        memory.begin_to_save()
        memory.discard()
        memory.save()
    assert recall(path, *names) == {}


def test_discarding_forgets_everything_on_disk_too(path: Path) -> None:
    keep(path, a=1)
    with opened(path) as memory:
        memory.keep("stage", {b"b": 2})
        memory.discard()
        assert memory.recall("stage", [b"a", b"b"]) == {}
        memory.keep("stage", {b"c": 3})
        memory.save()
    assert recall(path, "a", "b", "c") == {b"c": 3}


# Damage


@pytest.mark.parametrize("content", [b"", b"no database", b"SQLite format 3\0" + b"x" * 5000])
def test_a_file_that_is_no_database_is_begun_anew(path: Path, content: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(content)
    assert recall(path, "a") == {}
    keep(path, a=1)
    assert recall(path, "a") == {b"a": 1}


def test_a_damaged_result_counts_as_forgotten(path: Path) -> None:
    keep(path, a="a" * 50)
    alter_rows(path, "UPDATE results SET value = CAST(replace(value, ?, ?) AS BLOB)", b"aaaa", b"aaab")
    assert recall(path, "a") == {}


@pytest.mark.parametrize("value", [None, 1, "text", b""])
def test_a_result_that_is_no_result_counts_as_forgotten(path: Path, value: object) -> None:
    keep(path, a=1)
    alter_rows(path, "UPDATE results SET value = ?", value)
    assert recall(path, "a") == {}


def test_a_result_that_belongs_to_another_counts_as_forgotten(path: Path) -> None:
    keep(path, a=1, b=2)
    alter_rows(path, "UPDATE results SET value = (SELECT min(value) FROM results)")
    assert len(recall(path, "a", "b")) == 1


def test_no_damage_gives_a_wrong_result(path: Path) -> None:
    """Bytes of the file change at random: each time a result is either the right one or not known."""
    right = {f"key{number}": "text " * number for number in range(200)}
    keep(path, **right)
    good = path.read_bytes()
    rng = random.Random(1)
    known = 0
    for _ in range(60):
        bad = bytearray(good)
        for _ in range(rng.choice([1, 10, 100])):
            bad[rng.randrange(len(bad))] = rng.randrange(256)
        path.write_bytes(bad)
        found = recall(path, *right)
        assert all(right[key.decode()] == value for key, value in found.items())
        known += len(found)
        keep(path, again=1)  # and nothing is raised
    assert 0 < known < 60 * 200


def test_a_damaged_file_is_deleted_so_that_the_next_run_remembers_again(path: Path) -> None:
    keep(path, **{f"key{number}": "text " * 100 for number in range(200)})
    content = path.read_bytes()
    path.write_bytes(content[:PAGE] + b"\xff" * (len(content) - PAGE))
    keep(path, a=1)
    assert not path.exists()
    keep(path, a=1)
    assert recall(path, "a") == {b"a": 1}


def test_where_nothing_can_be_written_all_stays_in_the_process(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with opened(tmp_path / "file" / "memory.sqlite") as memory:
        memory.keep("stage", {b"a": 1})
        memory.save()
        assert memory.recall("stage", [b"a"]) == {b"a": 1}
    (tmp_path / "folder" / "memory.sqlite").mkdir(parents=True)
    with opened(tmp_path / "folder" / "memory.sqlite") as memory:
        assert memory.recall("stage", [b"a"]) == {}


def test_a_second_build_reads_what_a_first_has_open(path: Path) -> None:
    with opened(path) as first, opened(path) as second:
        first.keep("stage", {b"a": 1})
        first.save()
        assert second.recall("stage", [b"a"]) == {b"a": 1}
