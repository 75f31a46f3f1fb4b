from __future__ import annotations

import ast
import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from tools import make

VENV_MISSING = (
    "Python's modules venv and ensurepip are missing: install them (on Debian and Ubuntu with "
    "`sudo apt-get install python{}.{}-venv`) and run this again."
).format(*sys.version_info)


def never_called(*arguments: object, **options: object) -> bool:
    raise AssertionError(arguments)


def prints_and_ends(words: str, code: int) -> list[str]:
    return [sys.executable, "-c", f"import sys; print({words!r}); sys.exit({code})"]


@pytest.mark.parametrize("version", [(3, 11, 0), (3, 13, 1), (4, 0, 0)])
def test_a_recent_python_will_do(version: tuple[int, ...]) -> None:
    assert make.too_old(version) is None


def test_an_old_python_is_told() -> None:
    assert make.too_old((3, 9, 18)) == (
        "This needs Python 3.11 or newer, and this is Python 3.9.18: install one and run this again with it."
    )


def test_an_old_python_can_read_the_program() -> None:
    ast.parse(Path(make.__file__).read_text(encoding="utf-8"), feature_version=(3, 6))


def test_what_it_prints_is_ascii() -> None:
    assert Path(make.__file__).read_bytes().isascii()


@pytest.mark.parametrize(("arguments", "code"), [([], 2), (["deploy"], 2), (["--help"], 0)])
def test_usage(arguments: list[str], code: int, capsys: pytest.CaptureFixture[str]) -> None:
    assert make.main(arguments) == code
    assert capsys.readouterr().out == (
        "usage: python3 tools/make.py site [options of build.py]\n"
        "       python3 tools/make.py test [options of pytest]\n"
        "       python3 tools/make.py audit [--help for its options]\n"
    )


# --- The environment ---


def test_a_stamp_tells_projects_and_pythons_apart() -> None:
    stamps = {make.stamp(project, python) for project in (b"a", b"b") for python in ("3.11.7", "3.13.0")}
    assert len(stamps) == 4
    assert make.stamp(b"a", "3.11.7") in stamps


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a pyproject.toml, as the root of the checkout; it has no environment yet."""
    (tmp_path / "pyproject.toml").write_text(
        '[project]\ndependencies = ["a>=1"]\noptional-dependencies = { test = ["b<2"], audit = ["c"] }\n'
    )
    monkeypatch.setattr(make, "ROOT", tmp_path)
    monkeypatch.setattr(make, "VENV", tmp_path / ".venv")
    return tmp_path


@pytest.fixture
def commands(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> list[Sequence[str]]:
    """What would have been run quietly, with an environment that needs no making."""
    ran: list[Sequence[str]] = []

    def run(what: str, command: Sequence[str], environment: object = None) -> bool:
        ran.append(command)
        return True

    (checkout / ".venv").mkdir()
    monkeypatch.setattr(make, "answers", lambda command: "True")
    monkeypatch.setattr(make, "run_quietly", run)
    return ran


def installation(*requirements: str) -> list[str]:
    return [str(make.venv_python()), "-m", "pip", "install", "-q", "--disable-pip-version-check", *requirements]


def test_packages_are_installed_once(commands: list[Sequence[str]]) -> None:
    for command in ("site", "site", "test", "test", "site", "audit", "audit"):
        make.set_up(command)
    assert commands == [installation("a>=1"), installation("a>=1", "b<2"), installation("a>=1", "b<2", "c")]


def test_the_packages_of_the_tests_will_do_for_the_site(commands: list[Sequence[str]]) -> None:
    make.set_up("test")
    make.set_up("site")
    assert commands == [installation("a>=1", "b<2")]


def test_the_audit_goes_on_with_the_packages_of_the_tests(
    commands: list[Sequence[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    make.set_up("test")
    monkeypatch.setattr(make, "run_quietly", lambda *arguments: False)
    make.set_up_what_can_be_had("audit")
    with pytest.raises(make.CannotGoOn):
        make.set_up("audit")


def test_another_project_file_installs_again(commands: list[Sequence[str]], checkout: Path) -> None:
    make.set_up("site")
    (checkout / "pyproject.toml").write_text('[project]\ndependencies = ["a>=2"]\n')
    make.set_up("site")
    assert commands == [installation("a>=1"), installation("a>=2")]


def test_a_failed_installation_is_tried_again(
    commands: list[Sequence[str]], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(make, "run_quietly", lambda *arguments: False)
        assert make.main(["site"]) == 1
    assert capsys.readouterr().err == (
        "The packages could not be installed: see above, and whether there is a network.\n"
    )
    make.set_up("site")
    assert commands == [installation("a>=1")]


def test_an_environment_that_does_not_work_is_made_anew(
    commands: list[Sequence[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(make, "answers", lambda command: None)
    make.make_venv()
    assert commands == [[sys.executable, "-m", "venv", "--clear", str(make.VENV)]]


def test_without_the_venv_module_and_apt_it_says_what_to_install(
    checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(make, "find_spec", lambda name: None)
    monkeypatch.setattr(make, "can_apt_install", lambda: False)
    monkeypatch.setattr(make, "run_quietly", never_called)
    with pytest.raises(make.CannotGoOn) as caught:
        make.make_venv()
    assert str(caught.value) == VENV_MISSING


def test_without_the_venv_module_root_installs_it(
    commands: list[Sequence[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(make, "answers", lambda command: None)
    monkeypatch.setattr(make, "find_spec", lambda name: None)
    monkeypatch.setattr(make, "can_apt_install", lambda: True)
    make.make_venv()
    package = "python{}.{}-venv".format(*sys.version_info)
    assert commands == [
        ["apt-get", "update"],
        ["apt-get", "install", "-y", "--no-install-recommends", package],
        [sys.executable, "-m", "venv", "--clear", str(make.VENV)],
    ]


# --- The browser ---


@pytest.mark.parametrize(
    ("platform", "environment", "on_path", "expected"),
    [
        ("linux", {}, {}, []),
        (
            "linux",
            {},
            {"google-chrome": "/opt/chrome", "chromium": "/usr/bin/chromium"},
            ["/usr/bin/chromium", "/opt/chrome"],
        ),
        ("darwin", {}, {"chromium": "/brew/chromium"}, ["/brew/chromium", *make.BROWSERS_ON_MAC]),
        (
            "win32",
            {"PROGRAMFILES": "C:/Programs", "PROGRAMFILES(X86)": "", "LOCALAPPDATA": "C:/Local"},
            {},
            [
                "C:/Programs/Google/Chrome/Application/chrome.exe",
                "C:/Local/Google/Chrome/Application/chrome.exe",
                "C:/Programs/Chromium/Application/chrome.exe",
                "C:/Local/Chromium/Application/chrome.exe",
                "C:/Programs/Microsoft/Edge/Application/msedge.exe",
                "C:/Local/Microsoft/Edge/Application/msedge.exe",
            ],
        ),
    ],
)
def test_where_browsers_are(
    platform: str, environment: dict[str, str], on_path: dict[str, str], expected: list[str]
) -> None:
    assert list(make.known_browsers(platform, environment, on_path.get)) == expected


def test_the_browser_that_was_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(make, "starts", "/opt/good".__eq__)
    monkeypatch.setenv("CHROMIUM_PATH", "/opt/good")
    assert make.browser() == "/opt/good"
    monkeypatch.setenv("CHROMIUM_PATH", "/opt/bad")
    with pytest.raises(make.CannotGoOn, match=r"^CHROMIUM_PATH is /opt/bad, and that is no browser that starts\.$"):
        make.browser()


@pytest.fixture
def no_browser_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CHROMIUM_PATH", raising=False)


@pytest.mark.usefixtures("no_browser_asked_for")
def test_the_first_browser_that_starts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(make, "installed_browsers", lambda: iter(["/stand-in", "/good", "/better"]))
    monkeypatch.setattr(make, "starts", lambda program: program != "/stand-in")
    for prepare in ("apt_install_browser", "download_browser"):
        monkeypatch.setattr(make, prepare, never_called)
    assert make.browser() == "/good"


@pytest.mark.usefixtures("no_browser_asked_for")
@pytest.mark.parametrize(
    ("apt_works", "download_works", "tried"),
    [(True, True, ["download"]), (True, False, ["download", "apt"]), (False, False, ["download", "apt"])],
)
def test_a_new_browser(
    apt_works: bool, download_works: bool, tried: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    there: list[str] = []
    attempts: list[str] = []

    def way(name: str, works: bool) -> Callable[[], bool]:
        def attempt() -> bool:
            attempts.append(name)
            there.extend([name] * works)
            return works

        return attempt

    monkeypatch.setattr(make, "installed_browsers", lambda: iter(there))
    monkeypatch.setattr(make, "starts", lambda program: True)
    monkeypatch.setattr(make, "apt_install_browser", way("apt", apt_works))
    monkeypatch.setattr(make, "download_browser", way("download", download_works))
    if apt_works or download_works:
        assert make.browser() == tried[-1]
    else:
        with pytest.raises(make.CannotGoOn, match=r"^The tests need a browser: install Chrome, Chromium or Edge, or "):
            make.browser()
    assert attempts == tried


@pytest.mark.skipif(os.name == "nt", reason="a browser on Windows is only looked for, not started")
@pytest.mark.parametrize(("code", "expected"), [(0, True), (1, False)])
def test_a_stand_in_does_not_start(code: int, expected: bool, tmp_path: Path) -> None:
    program = tmp_path / "chromium"
    program.write_text(f"#!/bin/sh\necho Chromium 150\nexit {code}\n")
    program.chmod(0o755)
    assert make.starts(str(program)) is expected
    assert not make.starts(str(tmp_path / "gone"))


# --- Running other programs ---


def test_output_is_shown_only_of_what_fails(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(time, "monotonic", lambda: 7.0)
    assert make.run_quietly("Trying", prints_and_ends("WARNING: no matter\nwords", 0))
    assert capfd.readouterr() == ("Trying ... done in 0 s\n", "")
    assert not make.run_quietly("Trying", prints_and_ends("WARNING: no matter\nwords", 3))
    assert capfd.readouterr() == ("Trying ... failed in 0 s\n", f"words{os.linesep}")


def test_answers() -> None:
    assert make.answers(prints_and_ends("words ", 0)) == "words"
    assert make.answers(prints_and_ends("words", 1)) is None
    assert make.answers(prints_and_ends("", 0)) is None
    assert make.answers(["/no/such/program"]) is None


def test_every_check_runs_and_the_first_failure_is_the_exit_code(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    ran: list[tuple[list[str], str]] = []

    def call(command: list[str], cwd: str, env: dict[str, str]) -> int:
        ran.append((command[2:], env["CHROMIUM_PATH"]))
        return {"mypy": 2, "pytest": 1}.get(command[2], 0)

    monkeypatch.setattr(make, "browser", lambda: "/good")
    monkeypatch.setattr(subprocess, "call", call)
    assert make.run_tests(["-k", "make"]) == 2
    assert ran == [
        (["ruff", "check"], "/good"),
        (["ruff", "format", "--check"], "/good"),
        (["mypy"], "/good"),
        (["pytest", "-q", "-n", "auto", "-k", "make"], "/good"),
    ]
    assert capsys.readouterr().out == (
        "== ruff check\n== ruff format --check\n== mypy\n== pytest\n== failed: mypy, pytest\n"
    )
