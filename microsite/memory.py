"""Memory of pure functions: results by the digest of everything they were made from.

A result cannot be stale, because its key changes with its inputs; so nothing is ever invalidated, only forgotten when
it has not been used for a while. The file may be deleted at any time.
"""

from __future__ import annotations

import hashlib
import os
import pickle
import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from microsite.publish import OutputFile
from microsite.workers import in_background

CONTENT = "content"
MANY = 1000  # results, which take longer to write than it takes to fork a process for it
FORGET_ABOVE = 3  # forget what is unused once there is so many times more than what is used
_CHECKSUM = 16  # bytes
_LONG = 500  # SQLite takes 999 parameters in its oldest builds


class Pickled:
    """A result with its pickle, so that it is pickled once on its way from a fork into the memory."""

    def __init__(self, pickled: bytes, value: Any = None) -> None:
        self.pickled = pickled
        self.value = pickle.loads(pickled) if value is None else value

    @classmethod
    def of(cls, value: Any) -> Pickled:
        return cls(pickle.dumps(value, pickle.HIGHEST_PROTOCOL), value)

    def __reduce__(self) -> tuple[type[Pickled], tuple[bytes]]:
        return Pickled, (self.pickled,)


class ContentLost(Exception):
    """The memory knows that a file was made but not what is in it; a build without memory helps."""


class Memory:
    """A table on disk of results by (stage, key); `salt` tells one generator from another.

    `path=None` keeps all in this process, and so does a path that cannot be written. A file that is damaged as a whole
    is thrown away and begun anew; a damaged result in it counts as forgotten.
    """

    def __init__(self, path: Path | None, salt: bytes) -> None:
        self._salt = salt
        self._path = path
        self._lock = threading.Lock()
        self._used: set[bytes] = set()
        self._fresh: dict[bytes, bytes] = {}
        self._live: dict[bytes, Any] = {}
        self._damaged = False
        self._begun: tuple[dict[bytes, bytes], Callable[[], bool]] | None = None
        self._owner = os.getpid()
        self._connection = self._open()

    def recall(self, stage: str, keys: Iterable[bytes]) -> dict[bytes, Any]:
        """Those of the results that are known, by key."""
        wanted = {self._row(stage, key): key for key in keys}
        self._used.update(wanted)
        found = {key: self._live[row] for row, key in wanted.items() if row in self._live}
        for row, sealed in self._read([row for row in wanted if row not in self._live]).items():
            if (pickled := _unsealed(row, sealed)) is not None:
                found[wanted[row]] = self._live[row] = pickle.loads(pickled)
        return found

    def keep(self, stage: str, results: Mapping[bytes, Any]) -> None:
        """Remember results; they reach the disk with `save`."""
        for key, value in results.items():
            one = value if isinstance(value, Pickled) else Pickled.of(value)
            row = self._row(stage, key)
            self._used.add(row)
            self._live[row] = one.value
            self._fresh[row] = _sealed(row, one.pickled)

    def results(self, stage: str, keys: Iterable[bytes], make: Callable[[list[bytes]], dict[bytes, Any]]) -> Results:
        """All results: known ones recalled, the others made by one call of `make` and kept."""
        wanted = list(dict.fromkeys(keys))
        known = self.recall(stage, wanted)
        missing = [key for key in wanted if key not in known]
        made = make(missing) if missing else {}
        self.keep(stage, made)
        return Results(known | {key: _value(one) for key, one in made.items()}, len(missing))

    def keep_content(self, content: bytes, digest: bytes | None = None) -> bytes:
        """Remember the bytes of a finished file under their SHA-256, which is returned; give it if it is known."""
        digest = digest or hashlib.sha256(content).digest()
        self.keep(CONTENT, {digest: content})
        return digest

    def file(self, digest: bytes) -> OutputFile:
        """A file whose bytes were kept; they are read when they are needed."""
        self._used.add(self._row(CONTENT, digest))
        return OutputFile(digest, lambda: self._content(digest))

    def begin_to_save(self) -> None:
        """Begin to write what is new in the background if it is much. `save` waits for it."""
        if self._path is not None and len(self._fresh) >= MANY:
            begun, self._fresh = self._fresh, {}
            self._begun = begun, in_background(lambda: self._write(begun))

    def save(self) -> None:
        """Write what is new and forget what has long been unused. Failing to write is no failure of the build."""
        self._end_what_was_begun()
        if self._write(self._fresh):
            self._fresh = {}

    def _end_what_was_begun(self) -> None:
        if self._begun is not None:
            begun, is_written = self._begun
            self._begun = None
            if not is_written():
                self._fresh = begun | self._fresh

    def _write(self, fresh: Mapping[bytes, bytes]) -> bool:
        """Whether it could be written."""
        if os.getpid() != self._owner:  # SQLite forbids a fork to use or to close what its parent has opened
            self._of_parent, self._connection = self._connection, self._open()
        with self._lock, self._surviving():
            self._connection.executemany("INSERT OR REPLACE INTO results VALUES (?, ?)", fresh.items())
            self._connection.commit()
            (count,) = self._connection.execute("SELECT COUNT(*) FROM results").fetchone()
            if count > FORGET_ABOVE * len(self._used) + 1000:
                self._forget_unused()
            return True
        return False

    @contextmanager
    def noting(self) -> Iterator[set[bytes]]:
        """Gives a set, in which is afterwards what was used meanwhile; see `use_again`."""
        before, noted = self._used, set[bytes]()
        self._used = noted
        try:
            yield noted
        finally:
            self._used = before | noted

    def use_again(self, noted: Iterable[bytes]) -> None:
        """Let what was noted count as used, by somebody who still has it and need not ask."""
        self._used.update(noted)

    def start_run(self) -> None:
        """Begin to count anew what is used, and let go of what the last run did not use."""
        self._live = {row: value for row, value in self._live.items() if row in self._used}
        self._used.clear()

    def discard(self) -> None:
        """Forget everything, on disk too."""
        self._end_what_was_begun()
        self.close()
        self._used.clear()
        self._fresh.clear()
        self._live.clear()
        if self._path is not None:
            _delete(self._path)
        self._damaged = False
        self._connection = self._open()

    def close(self) -> None:
        """Let go of the file. A damaged one is deleted, so that the next run begins anew."""
        self._connection.close()
        if self._damaged and self._path is not None:
            _delete(self._path)

    @contextmanager
    def _surviving(self) -> Iterator[None]:
        """No trouble with the file is trouble for the build; what cannot be read is made."""
        try:
            yield
        except sqlite3.Error as error:
            # What may pass by itself (a lock, a full disk) is an OperationalError.
            self._damaged = self._damaged or not isinstance(error, sqlite3.OperationalError)

    def _content(self, digest: bytes) -> bytes:
        content = self.recall(CONTENT, [digest]).get(digest)
        if not isinstance(content, bytes):
            raise ContentLost(digest.hex())
        return content

    def _forget_unused(self) -> None:
        rows = [row for (row,) in self._connection.execute("SELECT row FROM results") if row not in self._used]
        self._connection.executemany("DELETE FROM results WHERE row = ?", [(row,) for row in rows])
        self._connection.commit()
        self._connection.execute("VACUUM")

    def _row(self, stage: str, key: bytes) -> bytes:
        return hashlib.blake2b(stage.encode() + b"\0" + self._salt + key, digest_size=16).digest()

    def _read(self, rows: list[bytes]) -> dict[bytes, bytes]:
        found = {row: sealed for row in rows if (sealed := self._fresh.get(row))}
        rest = [row for row in rows if row not in found]
        if not rest:
            return found
        with self._lock, self._surviving():
            for start in range(0, len(rest), _LONG):
                some = rest[start : start + _LONG]
                marks = ",".join("?" * len(some))
                found.update(self._connection.execute(f"SELECT row, value FROM results WHERE row IN ({marks})", some))
        return found

    def _open(self) -> sqlite3.Connection:
        if self._path is not None:
            with suppress(OSError, sqlite3.Error):
                self._path.parent.mkdir(parents=True, exist_ok=True)
                try:
                    return _table(str(self._path))
                except sqlite3.DatabaseError:
                    _delete(self._path)
                    return _table(str(self._path))
        return _table(":memory:")


class Results(dict[bytes, Any]):
    """Results by key, and how many of them had to be made."""

    def __init__(self, results: dict[bytes, Any], made: int) -> None:
        super().__init__(results)
        self.made = made


def _value(result: Any) -> Any:
    return result.value if isinstance(result, Pickled) else result


def _sealed(row: bytes, pickled: bytes) -> bytes:
    """A pickle under a checksum, since a damaged one may do anything; one that belongs to its row and to no other."""
    return hashlib.blake2b(pickled, digest_size=_CHECKSUM, key=row).digest() + pickled


def _unsealed(row: bytes, sealed: object) -> bytes | None:
    if isinstance(sealed, bytes) and sealed == _sealed(row, sealed[_CHECKSUM:]):
        return sealed[_CHECKSUM:]
    return None


def _delete(path: Path) -> None:
    """Delete a database with what SQLite keeps beside it, which would otherwise be taken for part of the next."""
    for ending in ("", "-journal", "-wal", "-shm"):
        with suppress(OSError):
            path.with_name(path.name + ending).unlink(missing_ok=True)


def _table(path: str) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=30, check_same_thread=False)
    connection.execute("PRAGMA page_size = 16384")  # for values of many KB, as pages are
    connection.execute("PRAGMA cache_size = -64000")  # KiB, so that what a first build keeps is written once
    connection.execute("PRAGMA journal_mode = TRUNCATE")  # what is added is written once, and not to a log before
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute("CREATE TABLE IF NOT EXISTS results (row BLOB PRIMARY KEY, value BLOB)")
    return connection
