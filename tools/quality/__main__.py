"""Check the built site against the bars that docs/quality.md names: `python3 tools/make.py audit`."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from tools import make
from tools.quality.built_site import BuiltSite
from tools.quality.checks import (
    accessibility,
    budgets,
    firefox,
    first_view,
    lighthouse,
    no_javascript,
    pictures,
    validity,
    webkit,
)
from tools.quality.outcomes import Done, NotRun, Outcome, exit_code
from tools.quality.run import Run
from tools.quality.serving import served

ROOT = Path(__file__).resolve().parents[2]
SITE = ROOT / ".audit/site"

CHECKS: dict[str, Callable[[Run], Outcome]] = {
    "budgets": budgets.check,
    "first-view": first_view.check,
    "validity": validity.check,
    "accessibility": accessibility.check,
    "firefox": firefox.check,
    "webkit": webkit.check,
    "pictures": pictures.check,
    "lighthouse": lighthouse.check,
    "no-javascript": no_javascript.check,
}
IN_THE_TESTS = ("no-javascript",)
"""What the tests run too: `--quick`, which is for runs after them, leaves it out."""


def main(arguments: Sequence[str]) -> int:
    """Run the checks that are asked for; gives the exit code: 1 if one failed."""
    options = parser().parse_args(arguments)
    names = options.only or [name for name in CHECKS if not (options.quick and name in IN_THE_TESTS)]
    folder = Path(options.site).resolve() if options.site else build()
    site = BuiltSite(folder)
    with served(site) as address, served(site, watched=True) as watched:
        run = Run(site, address, watched, make.browser(), options.quick, options.update)
        done = [carry_out(name, CHECKS[name], run) for name in names]
    if options.json:
        report = json.dumps([one.as_json() for one in done], indent=2, ensure_ascii=False)
        Path(options.json).write_text(report + "\n", encoding="utf-8")
    return exit_code(done, options.strict)


def parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="tools/make.py audit", description="Check the built site: size, speed, access, validity, looks."
    )
    parser.add_argument("--quick", action="store_true", help="after the tests: fewer pages, nothing that they had")
    parser.add_argument("--only", nargs="+", metavar="CHECK", choices=CHECKS, help=f"only these: {', '.join(CHECKS)}")
    parser.add_argument("--update", action="store_true", help="take the pictures anew instead of comparing them")
    parser.add_argument("--strict", action="store_true", help="fail also if a check cannot be run on this machine")
    parser.add_argument("--json", metavar="FILE", help="write a report for machines too")
    parser.add_argument("--site", metavar="FOLDER", help="a site that was built, instead of building it")
    return parser


def build() -> Path:
    """Build the site as it is published, into a folder of its own; what has not changed is not made again."""
    command = [sys.executable, str(ROOT / "build.py"), "--quiet", "--out", str(SITE)]
    if subprocess.call(command):
        raise make.CannotGoOn("There is no site to check: it could not be built.")
    return SITE


def carry_out(name: str, check: Callable[[Run], Outcome], run: Run) -> Done:
    started = time.monotonic()
    try:
        outcome, reason = check(run), ""
    except NotRun as missing:
        outcome, reason = None, str(missing)
    done = Done(name, outcome, reason, time.monotonic() - started)
    print("\n".join(done.lines()), flush=True)
    return done


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except make.CannotGoOn as reason:
        sys.exit(str(reason))
    except KeyboardInterrupt:
        sys.exit(130)
