from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from microsite import interpreter
from microsite.inputs import Stamp
from microsite.interpreter import (
    MODULES,
    distributions,
    go_on_with_own_environment,
    missing_modules,
    salt,
    scan_generator,
)

on_posix = pytest.mark.skipif(os.name == "nt", reason="Windows starts a second process")


def stamp(digest: bytes, mtime_ns: int = 0) -> Stamp:
    return Stamp((mtime_ns, 1, 1, 1), True, digest)


def test_the_generator_is_its_own_files_and_no_tests_or_bytecode() -> None:
    found = scan_generator({})
    assert {"microsite/cli.py", "microsite/pages/views.py", "microsite/preview_client.js"} <= found.keys()
    assert {path.split("/")[0] for path in found} == {"microsite"}
    assert not [path for path in found if path.endswith(".pyc")]
    assert scan_generator(found) == found


def test_the_salt_changes_with_each_thing_that_may_change_a_result(monkeypatch: pytest.MonkeyPatch) -> None:
    files = {"microsite/a.py": stamp(b"a"), "microsite/b.py": stamp(b"b")}
    salts = [
        salt(files, ["/lib/jinja2-3.1.6.dist-info"]),
        salt(files, ["/lib/jinja2-3.1.7.dist-info"]),
        salt(files, []),
        salt({**files, "microsite/a.py": stamp(b"A")}, []),
        salt({"microsite/a.py": stamp(b"a")}, []),
        salt({"microsite/a.py": stamp(b"a"), "microsite/c.py": stamp(b"b")}, []),
    ]
    monkeypatch.setattr("sys.version", "3.99")
    salts.append(salt(files, []))
    assert len(set(salts)) == 7


def test_the_salt_does_not_depend_on_where_and_when() -> None:
    one = salt({"microsite/a.py": stamp(b"a", 1)}, ["/lib/jinja2-3.1.6.dist-info"])
    other = salt({"microsite/a.py": stamp(b"a", 2)}, ["/elsewhere/jinja2-3.1.6.dist-info"])
    assert one == other


def test_each_distribution_is_a_folder_whose_name_holds_its_version() -> None:
    found = distributions()
    assert len(found) == len(MODULES)
    assert all(os.path.isdir(folder) and folder.endswith(".dist-info") for folder in found)


def test_missing_modules_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    assert missing_modules() == []
    monkeypatch.setattr(interpreter, "MODULES", {"jinja2": "jinja2", "no_such_module": "x"})
    assert missing_modules() == ["no_such_module"]


# The checkout's own environment


@pytest.fixture
def own_python(tmp_path: Path) -> Path:
    python = tmp_path / ".venv/bin/python"
    python.parent.mkdir(parents=True)
    python.touch()
    return python


@on_posix
def test_the_build_goes_on_with_the_checkouts_environment(
    tmp_path: Path, own_python: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started = []
    monkeypatch.setattr(os, "execv", lambda program, arguments: started.append((program, arguments)))
    go_on_with_own_environment(tmp_path, ["--check", "-q"])
    assert started == [(str(own_python), [str(own_python), str(tmp_path / "build.py"), "--check", "-q"])]


def test_without_an_environment_there_is_no_way_out(tmp_path: Path) -> None:
    assert go_on_with_own_environment(tmp_path, []) is None


@on_posix
def test_an_environment_that_lacks_packages_is_not_started_again_and_again(
    tmp_path: Path, own_python: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "prefix", str(tmp_path / ".venv"))
    monkeypatch.setattr(os, "execv", lambda *_: pytest.fail("started itself"))
    assert go_on_with_own_environment(tmp_path, []) is None
