"""The record of the last build: what it was made from and what it gave, so that an unchanged site costs only a look.

Nothing here imports more than the standard library; reading the record is a good part of an unchanged build's time.
"""

from __future__ import annotations

import hashlib
import marshal
import os
import sys
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from microsite.diagnostics import Diagnostic, Severity, Span
from microsite.inputs import Inputs, Stamp, digests

FORMAT = 3
ALWAYS = ("", "9999-12-31")


@dataclass(frozen=True, slots=True)
class Record:
    """`outputs` are size and modification time of each published file, and its digest, by path in the output folder.

    `installed` are the folders of the dependencies, `settings` the flags that change the result, `period` the first day
    and the day after the last on which a build of the same gives the same, for what is dated in the future.
    """

    settings: tuple[str | None, bool]
    installed: tuple[str, ...]
    generator: Inputs
    inputs: Inputs
    outputs: Mapping[str, tuple[int, int, bytes]]
    counts: Mapping[str, int]
    warnings: tuple[Diagnostic, ...]
    period: tuple[str, str] = ALWAYS

    def holds_on(self, day: str) -> bool:
        """Whether nothing was published by its date alone since, and nothing will have to be hidden again."""
        first, after = self.period
        return first <= day < after

    def still_holds(self, settings: tuple[str | None, bool], generator: Inputs, inputs: Inputs, out: Path) -> bool:
        """Whether a build would give what is already there."""
        return (
            self.settings == settings
            and digests(self.inputs) == digests(inputs)
            and digests(self.generator) == digests(generator)
            and all(os.path.isdir(folder) for folder in self.installed)
            and self._outputs_hold(out)
        )

    def _outputs_hold(self, out: Path) -> bool:
        return all(
            stamp_output(os.path.join(out, path)) == (size, mtime) for path, (size, mtime, _) in self.outputs.items()
        )


def stamp_output(path: str) -> tuple[int, int] | None:
    """Size and modification time (ns) of a published file; None if there is none."""
    try:
        facts = os.stat(path)
    except OSError:
        return None
    return facts.st_size, facts.st_mtime_ns


def record_path(folder: Path, out: Path) -> Path:
    """Where the record of builds into `out` is kept: each output folder has its own."""
    return folder / f"record-{hashlib.sha256(str(out).encode()).hexdigest()[:12]}"


def read_record(path: Path) -> Record | None:
    """The record, or None if there is none that can be understood."""
    with suppress(OSError, ValueError, EOFError, TypeError, KeyError):
        data = marshal.loads(path.read_bytes())
        if data["format"] == (FORMAT, sys.version):
            return Record(
                tuple(data["settings"]),
                tuple(data["installed"]),
                _stamps(data["generator"]),
                _stamps(data["inputs"]),
                data["outputs"],
                data["counts"],
                tuple(_warning(*one) for one in data["warnings"]),
                data["period"],
            )
    return None


def write_record(path: Path, record: Record) -> None:
    """Keep the record, whole or not at all. Failing to is no failure of the build."""
    data = {
        "format": (FORMAT, sys.version),
        "settings": record.settings,
        "installed": record.installed,
        "generator": _plain(record.generator),
        "inputs": _plain(record.inputs),
        "outputs": dict(record.outputs),
        "counts": dict(record.counts),
        "period": record.period,
        "warnings": [_as_tuple(one) for one in record.warnings],
    }
    temporary = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary.write_bytes(marshal.dumps(data))
        temporary.replace(path)


def _plain(stamps: Inputs) -> dict[str, tuple[tuple[int, ...], bool, bytes]]:
    return {path: (stamp.looks, stamp.settled, stamp.digest) for path, stamp in stamps.items()}


def _stamps(plain: Mapping[str, Iterable[object]]) -> dict[str, Stamp]:
    return {path: Stamp(*facts) for path, facts in plain.items()}  # type: ignore[arg-type]  # as `_plain` wrote them


def _as_tuple(one: Diagnostic) -> tuple[object, ...]:
    span = one.span
    return (span.path, span.line, span.column, span.length), one.code, one.message, one.hint, one.replacement


def _warning(
    place: tuple[str, int, int, int], code: str, message: str, hint: str | None, replacement: str | None
) -> Diagnostic:
    return Diagnostic(code, message, Span(*place), hint, Severity.WARNING, replacement)
