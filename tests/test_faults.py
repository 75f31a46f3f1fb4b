"""Mistakes in the real content, one small change each, and exactly what an editor is told of them.

`faults/*.yaml` list the changes. What is `told` has a code, the text that is marked (`at`), how far below the change it
stands (`down`), and the text that mends it (`mends`) or else the hint. Nothing else may be told: a report of a
consequence is a fault of the generator. Mistakes in different files are made at once, since a build takes its time,
but for those that are told of elsewhere or only where nothing else is wrong (`alone`).
To write expectations anew after looking at why they changed: RECORD_FAULTS=1 pytest tests/test_faults.py
"""

from __future__ import annotations

import hashlib
import io
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from PIL import Image

from microsite.diagnostics import Diagnostic
from microsite.inputs import Inputs, Stamp, scan
from microsite.memory import Memory
from microsite.pipeline import BuildResult, Settings, build_tree
from microsite.project import INPUT_FOLDERS
from tests.projects import report
from tests.real_site import copy_with_small_pictures

FOLDER = Path(__file__).parent / "faults"
GROUPS = sorted(file.stem for file in FOLDER.glob("*.yaml"))
RECORD = os.environ.get("RECORD_FAULTS") == "1"
LEAST = 150
Fault = dict[str, Any]
Change = dict[str, bytes | None]


@dataclass(frozen=True)
class Site:
    """A copy of the real site with pictures that are quickly made, and what a build of it without faults remembers."""

    root: Path
    inputs: Inputs
    memory: Memory
    told_anyway: frozenset[Diagnostic] = frozenset()

    def build(self, change: Change) -> BuildResult:
        """Build with some files changed, which are as they were afterwards."""
        inputs, before = dict(self.inputs), {}
        for path, content in change.items():
            file = self.root / path
            before[path] = file.read_bytes() if file.exists() else None
            _put(file, content)
            if content is None:
                del inputs[path]
            else:
                inputs[path] = Stamp((0, 0, 0, 0), False, hashlib.sha256(content).digest())
        try:
            return build_tree(self.root, dict(sorted(inputs.items())), Settings(), self.memory)
        finally:
            for path, content in before.items():
                _put(self.root / path, content)


def _put(file: Path, content: bytes | None) -> None:
    if content is None:
        file.unlink()
    else:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    root = tmp_path_factory.mktemp("real")
    copy_with_small_pictures(root)
    memory = Memory(None, b"faults")
    sound = Site(root, scan(root, INPUT_FOLDERS, {}), memory)
    without = sound.build({}).diagnostics
    assert without.error_count == 0, report(without)
    yield replace(sound, told_anyway=frozenset(without.found))
    memory.close()


def _png(width: int, height: int) -> bytes:
    out = io.BytesIO()
    Image.new("L", (width, height)).save(out, "PNG")
    return out.getvalue()


@pytest.mark.parametrize("group", GROUPS)
def test_what_an_editor_is_told(group: str, site: Site) -> None:
    faults = read(group)
    for batch in _batches(faults):
        _check(batch, site)
    if RECORD:
        write(group, faults)


def test_the_corpus_is_large_and_no_fault_is_in_it_twice() -> None:
    faults = [repr({**fault, "told": None}) for group in GROUPS for fault in read(group)]
    assert len(faults) >= LEAST
    assert all(fault["told"] for group in GROUPS for fault in read(group))
    assert len(set(faults)) == len(faults)


def read(group: str) -> list[Fault]:
    faults: list[Fault] = yaml.safe_load((FOLDER / f"{group}.yaml").read_text("utf-8"))
    return faults


def write(group: str, faults: list[Fault]) -> None:
    text = yaml.safe_dump(faults, allow_unicode=True, sort_keys=False, width=118)
    (FOLDER / f"{group}.yaml").write_text(text.replace("\n- ", "\n\n- "), "utf-8", newline="\n")


def _batches(faults: list[Fault]) -> list[list[Fault]]:
    """Faults that touch different files, so that what is told can be told apart."""
    batches: list[list[Fault]] = []
    for fault in faults:
        alone = fault.get("alone", False) or _file(fault).startswith("templates/")
        room = None if alone else next((one for one in batches if _fits(fault, one)), None)
        if room is None:
            batches.append([fault] if not alone else [fault, {}])
        else:
            room.append(fault)
    return [[fault for fault in batch if fault] for batch in batches]


def _fits(fault: Fault, batch: list[Fault]) -> bool:
    return {} not in batch and not _paths(fault) & {path for one in batch for path in _paths(one)}


def _paths(fault: Fault) -> set[str]:
    elsewhere = {one["in"] for one in fault.get("told", ()) if "in" in one}
    return {_file(fault), fault.get("to", _file(fault))} | elsewhere


def _file(fault: Fault) -> str:
    return str(next(fault[key] for key in ("file", "create", "delete", "move", "write") if key in fault))


def _check(batch: list[Fault], site: Site) -> None:
    changes = [_change(fault, site.root) for fault in batch]
    result = site.build({path: content for change in changes for path, content in change.items()})
    found = [one for one in result.diagnostics.in_order() if one not in site.told_anyway]
    for fault, change in zip(batch, changes, strict=True):
        own = [one for one in found if one.span.path in _paths(fault) or len(batch) == 1]
        told = [_told(one, fault, change, site.root) for one in own]
        if RECORD:
            fault["told"] = told
        assert told == fault["told"], fault
        found = [one for one in found if one not in own]
    assert [str(one) for one in found] == [], f"consequences of one of {batch}"


def _change(fault: Fault, root: Path) -> Change:
    path = _file(fault)
    if "move" in fault:
        return {path: None, fault["to"]: (root / path).read_bytes()}
    if "delete" in fault:
        return {path: None}
    if "file" in fault:
        return {path: _changed((root / path).read_text("utf-8"), fault).encode()}
    if "pixels" in fault:
        return {path: _png(*fault["pixels"])}
    return {path: bytes.fromhex(fault["hex"]) if "hex" in fault else fault["text"].encode()}


def _changed(text: str, fault: Fault) -> str:
    if "append" in fault:
        return text.rstrip("\n") + "\n" + str(fault["append"])
    assert fault["find"] in text, (
        f"{fault['file']} no longer holds {fault['find']!r}: choose another place for this fault"
    )
    return text.replace(fault["find"], fault["put"], 1)


def _told(one: Diagnostic, fault: Fault, change: Change, root: Path) -> dict[str, Any]:
    """What is told, without what any change of the real content would change."""
    told: dict[str, Any] = {"code": one.code}
    path = one.span.path
    if path != fault.get("to", _file(fault)):
        told["in"] = path
    content = change.get(path)
    if content is None:
        content = (root / path).read_bytes() if (root / path).exists() else b""
    lines = content.decode("utf-8-sig", errors="replace").split("\n")
    line = lines[one.span.line - 1] if one.span.line <= len(lines) else ""
    told["at"] = line[one.span.column - 1 : one.span.end - 1]
    if "file" in fault and path == fault["file"]:
        told["down"] = one.span.line - _first_changed_line(fault, root)
    elif "create" in fault:
        told["line"] = one.span.line
    told |= {"mends": one.replacement} if one.replacement is not None else {"hint": _lasting(one.hint or "")}
    return {key: value for key, value in told.items() if value not in (0, None, "") or key == "mends"}


def _lasting(hint: str) -> str:
    """A hint without the lines and pages that it names."""
    return re.sub(r"(?<=line )\d+", "…", re.sub(r"(?:; )?while making .*", "", hint))


def _first_changed_line(fault: Fault, root: Path) -> int:
    text = (root / str(fault["file"])).read_text("utf-8")
    if "append" in fault:
        return text.rstrip("\n").count("\n") + 2
    return text[: text.index(str(fault["find"]))].count("\n") + 1


def test_the_corpus_reads_as_it_is_written(tmp_path: Path) -> None:
    fault = {"file": "a.md", "find": "x", "put": "y", "told": [{"code": "c", "at": "z", "down": 1, "mends": ""}]}
    text = yaml.safe_dump([fault], allow_unicode=True)
    assert yaml.safe_load(text) == [fault]


def test_a_replacement_mends() -> None:
    """Where a mistake has only one mend, putting it in its place leaves the text that is marked nowhere."""
    for group in GROUPS:
        for fault in read(group):
            for one in fault["told"]:
                if "mends" in one:
                    assert one["mends"] != one["at"], fault
