"""The commands of the README: make the site, pass the tests, check the site. Each sets up all that it needs.

    python3 tools/make.py site [options of build.py]
    python3 tools/make.py test [options of pytest]
    python3 tools/make.py audit [options of tools/quality]

It runs on any Python, to be able to say that one is too old: nothing here is newer than Python 3.6, up to `main`.
What it prints is ASCII, since a Windows console may know no more.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import time
from importlib.util import find_spec
from pathlib import Path
from typing import Callable, Iterator, List, Mapping, Optional, Sequence, Tuple

OLDEST_PYTHON = (3, 11)
ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
COMMANDS = ("site", "test", "audit")
"""Each needs the packages of those before it, and those of the extra in pyproject.toml that has its name."""

BROWSERS_ON_PATH = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "microsoft-edge",
    "microsoft-edge-stable",
)
BROWSERS_ON_MAC = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
)
BROWSERS_ON_WINDOWS = (
    "Google/Chrome/Application/chrome.exe",
    "Chromium/Application/chrome.exe",
    "Microsoft/Edge/Application/msedge.exe",
)
PROGRAM_FOLDERS_ON_WINDOWS = ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")
BROWSER_OF_PLAYWRIGHT = (
    "from playwright.sync_api import sync_playwright as start\nwith start() as p: print(p.chromium.executable_path)"
)

CHECKS = (
    ("ruff check", ("ruff", "check")),
    ("ruff format --check", ("ruff", "format", "--check")),
    ("mypy", ("mypy",)),
    ("pytest", ("pytest", "-q", "-n", "auto")),
)


class CannotGoOn(Exception):
    """Something is missing that cannot be installed from here; the message says what to do."""


def main(arguments: Sequence[str]) -> int:
    """Carry out one command; gives the exit code: of build.py or the audit, or of the first check that failed."""
    if not arguments or arguments[0] not in COMMANDS:
        print("usage: python3 tools/make.py site [options of build.py]")
        print("       python3 tools/make.py test [options of pytest]")
        print("       python3 tools/make.py audit [--help for its options]")
        return 0 if {"-h", "--help"}.intersection(arguments) else 2
    command, options = arguments[0], list(arguments[1:])
    carry_out = {"site": make_site, "test": run_tests, "audit": audit_site}[command]
    try:
        set_up_what_can_be_had(command)
        return carry_out(options)
    except CannotGoOn as reason:
        print(reason, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def too_old(version: Tuple[int, ...]) -> Optional[str]:
    """What to say to a Python of this version; None if it will do."""
    if version[:2] >= OLDEST_PYTHON:
        return None
    wanted, found = (".".join(map(str, numbers[:3])) for numbers in (OLDEST_PYTHON, version))
    return f"This needs Python {wanted} or newer, and this is Python {found}: install one and run this again with it."


def make_site(options: List[str]) -> int:
    command = [str(venv_python()), str(ROOT / "build.py"), *options]
    if os.name == "posix":
        sys.stdout.flush()
        os.execv(command[0], command)  # so that signals reach the build, and the preview ends with its terminal
    return subprocess.call(command)


def run_tests(options: List[str]) -> int:
    """Run every check, even after one has failed: who mends wants to know all."""
    environment = {**os.environ, "CHROMIUM_PATH": browser()}
    failed = []
    for name, command in CHECKS:
        print(f"== {name}", flush=True)
        more = options if name == "pytest" else []
        code = subprocess.call([str(venv_python()), "-m", *command, *more], cwd=str(ROOT), env=environment)
        if code:
            failed.append((name, code))
    print("== " + (f"failed: {', '.join(name for name, _ in failed)}" if failed else "all passed"))
    return failed[0][1] if failed else 0


def audit_site(options: List[str]) -> int:
    return subprocess.call([str(venv_python()), "-m", "tools.quality", *options], cwd=str(ROOT))


# --- The environment ---


def set_up_what_can_be_had(command: str) -> None:
    """Checks of the audit for which a package is missing say so; the others need no more than the tests."""
    try:
        set_up(command)
    except CannotGoOn:
        if command != "audit":
            raise
        set_up("test")


def set_up(command: str) -> None:
    """Make .venv and install what `command` needs, unless that was done for this pyproject.toml and this Python."""
    wanted = stamp((ROOT / "pyproject.toml").read_bytes(), sys.version)
    place = COMMANDS.index(command)
    if any(read_stamp(VENV, done) == wanted for done in COMMANDS[place:]):
        return
    make_venv()
    requirements = read_requirements(ROOT / "pyproject.toml", COMMANDS[1 : place + 1])
    # The package itself is run from the checkout, and needs no build of its own.
    install = [str(venv_python()), "-m", "pip", "install", "-q", "--disable-pip-version-check", *requirements]
    if not run_quietly("Installing packages into .venv (once, about a minute)", install):
        raise CannotGoOn("The packages could not be installed: see above, and whether there is a network.")
    stamp_path(VENV, command).write_text(wanted)


def stamp(project: bytes, python: str) -> str:
    """What the installed packages depend on, as one digest."""
    return hashlib.sha256(project + python.encode()).hexdigest()


def stamp_path(venv: Path, command: str) -> Path:
    return venv / f"installed-for-{command}"


def read_stamp(venv: Path, command: str) -> Optional[str]:
    path = stamp_path(venv, command)
    return path.read_text() if path.exists() else None


def read_requirements(project: Path, extras: Sequence[str]) -> List[str]:
    import tomllib  # new in Python 3.11, and needed only for an installation

    table = tomllib.loads(project.read_text(encoding="utf-8"))["project"]
    more = [requirement for extra in extras for requirement in table["optional-dependencies"][extra]]
    return [*table["dependencies"], *more]


def venv_python() -> Path:
    return VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def make_venv() -> None:
    """Make .venv, unless there is one that works; give it pip, which not every tool puts in."""
    python = str(venv_python())
    recent = answers([python, "-c", f"import sys; print(sys.version_info >= {OLDEST_PYTHON})"]) == "True"
    if recent and (answers([python, "-m", "pip", "--version"]) or answers([python, "-m", "ensurepip"])):
        return
    if not (find_spec("venv") and find_spec("ensurepip")):
        install_venv_module()
    # What is there is unfinished, or made by a Python that has gone.
    if not run_quietly("Making .venv", [sys.executable, "-m", "venv", "--clear", str(VENV)]):
        raise CannotGoOn("The environment .venv could not be made: see above.")


def install_venv_module() -> None:
    """Debian and Ubuntu keep the part of Python that makes environments in a package of its own."""
    package = "python{}.{}-venv".format(*sys.version_info)
    if not apt_install(package):
        raise CannotGoOn(
            f"Python's modules venv and ensurepip are missing: install them (on Debian and Ubuntu with "
            f"`sudo apt-get install {package}`) and run this again."
        )


# --- The browser ---


def browser() -> str:
    """A Chromium, Chrome or Edge that starts: the one that was asked for, one that is there, or a new one."""
    asked_for = os.environ.get("CHROMIUM_PATH")
    if asked_for:
        if not starts(asked_for):
            raise CannotGoOn(f"CHROMIUM_PATH is {asked_for}, and that is no browser that starts.")
        return asked_for
    ways: Tuple[Callable[[], object], ...] = (lambda: True, download_browser, apt_install_browser)
    for prepare in ways:
        found = next(filter(starts, installed_browsers()), None) if prepare() else None
        if found:
            return found
    raise CannotGoOn("The tests need a browser: install Chrome, Chromium or Edge, or set CHROMIUM_PATH to one.")


def installed_browsers() -> Iterator[str]:
    yield from known_browsers(sys.platform, os.environ, shutil.which)
    of_playwright = answers([str(venv_python()), "-c", BROWSER_OF_PLAYWRIGHT])
    if of_playwright:
        yield of_playwright


def known_browsers(
    platform: str, environment: Mapping[str, str], which: Callable[[str], Optional[str]]
) -> Iterator[str]:
    """Where a browser may be on this platform (a value of sys.platform), best first."""
    yield from filter(None, map(which, BROWSERS_ON_PATH))
    if platform == "darwin":
        yield from BROWSERS_ON_MAC
    if platform == "win32":
        folders = [environment[name] for name in PROGRAM_FOLDERS_ON_WINDOWS if environment.get(name)]
        yield from (f"{folder}/{program}" for program in BROWSERS_ON_WINDOWS for folder in folders)


def starts(program: str) -> bool:
    """Whether it is there and not only a stand-in: Ubuntu's /usr/bin/chromium-browser may just ask for a snap."""
    if not os.path.exists(program):
        return False
    # On Windows a browser does not answer: it opens a window.
    return os.name == "nt" or bool(answers([program, "--version"]))


def apt_install_browser() -> bool:
    """The last resort, for where a download is not let through. Ubuntu's package is a stand-in that asks for a snap."""
    return apt_install("chromium")


def download_browser() -> bool:
    download = [str(venv_python()), "-m", "playwright", "install", "chromium"]
    libraries = ["--with-deps"] if can_apt_install() else []
    return run_quietly("Downloading Chromium (once, about a minute)", [*download, *libraries])


# --- Running other programs ---


def can_apt_install() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get") is not None


def apt_install(*packages: str) -> bool:
    """Install Debian packages, if this is root on a system that has them."""
    if not can_apt_install():
        return False
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    install = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    # An outdated list of packages may still do: only the installation decides.
    run_quietly("Updating the list of Debian packages", ["apt-get", "update"], environment)
    return run_quietly(f"Installing from Debian: {' '.join(packages)} (once)", install, environment)


def run_quietly(what: str, command: Sequence[str], environment: Optional[Mapping[str, str]] = None) -> bool:
    """Run it behind one line that says `what`; its own output is shown only if it fails."""
    print(f"{what} ... ", end="", flush=True)
    started = time.monotonic()
    done = subprocess.run(
        command,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    print(f"{'done' if done.returncode == 0 else 'failed'} in {time.monotonic() - started:.0f} s", flush=True)
    if done.returncode:
        sys.stderr.buffer.write(without_notices(done.stdout))
        sys.stderr.flush()
    return done.returncode == 0


def without_notices(output: bytes) -> bytes:
    """What pip says without its warnings of no consequence."""
    return b"".join(
        line for line in output.splitlines(keepends=True) if not line.startswith((b"WARNING: ", b"[notice]"))
    )


def answers(command: Sequence[str]) -> Optional[str]:
    """What a program prints, if it can be run and ends well within half a minute."""
    try:
        done = subprocess.run(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=30, check=True
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout.decode(errors="replace").strip() or None


if __name__ == "__main__":
    sys.exit(too_old(tuple(sys.version_info[:3])) or main(sys.argv[1:]))
