"""The browser tests that are run with JavaScript switched off, by themselves."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from tools.quality.outcomes import Outcome
from tools.quality.run import Run

ROOT = Path(__file__).resolve().parents[3]
TESTS = "no-script"  # in the names of all tests that run without JavaScript


def check(run: Run) -> Outcome:
    command = [sys.executable, "-m", "pytest", "-q", "-n", "auto", "tests/browser", "-k", TESTS]
    environment = {**os.environ, "CHROMIUM_PATH": run.chromium}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    found = failures(done.stdout)
    if done.returncode and not found:
        found = [done.stdout.strip()[-300:] or done.stderr.strip()[-300:]]
    last = done.stdout.strip().rpartition("\n")[2].strip("= ")
    return Outcome(f"browser tests: {last}", tuple(found))


def failures(output: str) -> list[str]:
    """The lines of pytest's summary that name a test that failed or could not be run."""
    return re.findall(r"^(?:FAILED|ERROR) (.+)$", output, re.MULTILINE)
