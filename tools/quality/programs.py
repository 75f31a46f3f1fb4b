"""The programs that checks need: Debian packages, packages for Node, Java. Each is named where it is asked for."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Sequence
from pathlib import Path

from tools import make
from tools.quality.outcomes import NotRun

HERE = Path(__file__).parent
NODE_MODULES = HERE / "node_modules"
LOCK = HERE / "package-lock.json"
STAMP = NODE_MODULES / ".installed-for"


def program(name: str, packages: Sequence[str], instead: Sequence[str] = ()) -> str:
    """The path of a program; if need be, Debian packages that hold it are installed.

    `instead`: paths where it may be although it is not on the PATH.
    """
    found = _found(name, instead)
    if not found and make.apt_install(*packages):
        found = _found(name, instead)
    if not found:
        raise NotRun(f"there is no {name}; on Debian and Ubuntu it is in {' and '.join(packages)}")
    return found


def _found(name: str, instead: Sequence[str]) -> str | None:
    return shutil.which(name) or next(filter(os.path.exists, instead), None)


def node_package(path: str) -> Path:
    """A file of a package for Node that package.json names, by its path below node_modules."""
    npm = program("npm", ["nodejs", "npm"])
    wanted = hashlib.sha256(LOCK.read_bytes()).hexdigest()
    if not (STAMP.exists() and STAMP.read_text() == wanted):
        # No package needs to run anything of its own to be installed; Lighthouse's would download a browser.
        install = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix", str(HERE)]
        if not make.run_quietly("Installing packages for Node (once)", install):
            raise NotRun("npm could not install the packages of tools/quality/package.json")
        STAMP.write_text(wanted)
    return NODE_MODULES / path


def java() -> str:
    return program("java", ["default-jre-headless"])
