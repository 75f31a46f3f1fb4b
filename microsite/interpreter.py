"""Which Python runs the build, and what it is made of: the parts that every remembered result depends on."""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterable
from pathlib import Path

from microsite.inputs import Inputs, scan

MODULES = {
    "jinja2": "jinja2",
    "markdown": "markdown",
    "yaml": "pyyaml",
    "pydantic": "pydantic",
    "PIL": "pillow",
    "brotli": "brotli",
    "lightningcss": "lightningcss",
    "selectolax": "selectolax",
    "livereload": "livereload",
    "watchfiles": "watchfiles",
}
"""Modules that a build imports, and the distributions that bring them."""

PACKAGE = Path(__file__).resolve().parent


def scan_generator(known: Inputs) -> Inputs:
    """The stamps of the generator's own files."""
    return scan(PACKAGE.parent, [PACKAGE.name], known)


def distributions() -> tuple[str, ...]:
    """The folders in which the installed versions of the dependencies describe themselves.

    Their names hold the version and an upgrade removes them, so that looking whether they are there tells whether
    anything was upgraded, without importing anything.
    """
    import importlib.metadata  # here, because an unchanged build does not need it

    return tuple(str(getattr(importlib.metadata.distribution(name), "_path", name)) for name in MODULES.values())


def salt(generator: Inputs, installed: Iterable[str]) -> bytes:
    """A digest of all that makes one generator give other results than another."""
    whole = hashlib.sha256(sys.version.encode())
    for path, stamp in generator.items():
        whole.update(path.encode() + stamp.digest)
    for folder in installed:
        whole.update(Path(folder).name.encode())
    return whole.digest()


def missing_modules() -> list[str]:
    import importlib.util

    return [name for name in MODULES if importlib.util.find_spec(name) is None]


def go_on_with_own_environment(root: Path, arguments: list[str]) -> int | None:
    """Run the build with the checkout's .venv and give its exit code; None if that is no way out."""
    python = root / ".venv" / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    if not python.exists() or Path(sys.prefix).resolve() == (root / ".venv").resolve():
        return None
    command = [str(python), str(root / "build.py"), *arguments]
    if os.name == "nt":
        import subprocess

        return subprocess.call(command)
    os.execv(command[0], command)
