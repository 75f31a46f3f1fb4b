"""How the checks are run and what is said of them."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from tools import make
from tools.quality import __main__ as audit
from tools.quality import programs
from tools.quality.built_site import BuiltSite
from tools.quality.outcomes import Done, NotRun, Outcome, counted, exit_code
from tools.quality.run import Run

PASSED = Done("a", Outcome("all well"), "", 1.4)
FAILED = Done("b", Outcome("2 findings", ("one", "two")), "", 2.0)
NOT_RUN = Done("c", None, "there is no java", 0.0)


def test_what_is_printed() -> None:
    assert PASSED.lines() == ["a: all well (passed, 1 s)"]
    assert FAILED.lines() == ["b: 2 findings (failed, 2 s)", "  one", "  two"]
    assert NOT_RUN.lines() == ["c: not run: there is no java"]


@pytest.mark.parametrize(
    ("done", "usual", "strict"),
    [([PASSED], 0, 0), ([PASSED, NOT_RUN], 0, 1), ([FAILED, PASSED], 1, 1), ([], 0, 0)],
)
def test_the_exit_code(done: list[Done], usual: int, strict: int) -> None:
    assert (exit_code(done, strict=False), exit_code(done, strict=True)) == (usual, strict)


def test_counted() -> None:
    assert [counted(number, "page") for number in (0, 1, 1200)] == ["0 pages", "1 page", "1,200 pages"]


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "site").mkdir()
    monkeypatch.setattr(make, "browser", lambda: "/good")
    return tmp_path / "site"


def test_checks_run_and_are_reported(
    site: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    seen: list[Run] = []

    def one(run: Run) -> Outcome:
        seen.append(run)
        return Outcome("1 finding", ("x",))

    def other(run: Run) -> Outcome:
        raise NotRun("there is no java")

    monkeypatch.setattr(audit, "CHECKS", {"one": one, "other": other, "no-javascript": other})
    report = site.parent / "report.json"
    assert audit.main(["--quick", "--site", str(site), "--json", str(report)]) == 1
    assert capsys.readouterr().out == "one: 1 finding (failed, 0 s)\n  x\nother: not run: there is no java\n"
    assert [(one["check"], one["state"], one["findings"]) for one in json.loads(report.read_text())] == [
        ("one", "failed", ["x"]),
        ("other", "not run", []),
    ]
    (run,) = seen
    assert replace(run, address="", watched_address="") == Run(
        BuiltSite(site), "", "", "/good", quick=True, update=False
    )
    assert audit.main(["--only", "other", "--site", str(site)]) == 0
    assert audit.main(["--only", "other", "--site", str(site), "--strict"]) == 1


def test_a_program_that_cannot_be_had(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(make, "can_apt_install", lambda: False)
    with pytest.raises(NotRun, match=r"^there is no nothing-such; on Debian and Ubuntu it is in one and two$"):
        programs.program("nothing-such", ["one", "two"])
    elsewhere = tmp_path / "program"
    elsewhere.touch()
    assert programs.program("nothing-such", ["one"], instead=[str(elsewhere)]) == str(elsewhere)
