"""Lighthouse as on a phone: 100 in everything on a page of every kind."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tools.quality.outcomes import NotRun, Outcome, counted
from tools.quality.programs import node_package, program
from tools.quality.run import Run

CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
WHEN_QUICK = ("home", "car", "edition", "dakar-2026")
KINDS_NOT_INDEXED = ("not-found", "offline")
"""Kinds that ask search engines to leave them out, which is all that Lighthouse would say of SEO there."""
ATTEMPTS = 3  # a machine that is busy with other things is slow, and the page is not
FLAGS = (
    "--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
    " --disable-component-update --disable-sync"
)


def check(run: Run) -> Outcome:
    command = [program("node", ["nodejs"]), str(node_package("lighthouse/cli/index.js"))]
    pages = {kind: page for kind, page in run.site.by_kind.items() if not run.quick or kind in WHEN_QUICK}
    lowest: dict[str, tuple[int, str]] = {}
    found = []
    for kind, page in pages.items():
        categories = [one for one in CATEGORIES if not (one == "seo" and kind in KINDS_NOT_INDEXED)]
        report = _best(command, run, page.address, categories)
        for category, score in scores(report).items():
            lowest[category] = min(lowest.get(category, (100, "")), (score, page.address))
        found += [f"{page.address}: {one}" for one in shortfalls(report)]
    figures = ", ".join(
        f"{category} {score}" + (f" ({where})" if score < 100 else "") for category, (score, where) in lowest.items()
    )
    return Outcome(f"{counted(len(pages), 'kind')} of page, at least {figures}", tuple(found))


def _best(command: list[str], run: Run, address: str, categories: list[str]) -> dict[str, Any]:
    """The best of some attempts; only what depends on the machine's speed can become better."""
    reports: list[dict[str, Any]] = []
    while len(reports) < ATTEMPTS:
        reports.append(_report([*command, run.address + address], categories, run.chromium))
        low = {category for category, score in scores(reports[-1]).items() if score < 100}
        if low != {"performance"}:
            break
    return max(reports, key=lambda report: sum(scores(report).values()))


def _report(command: list[str], categories: list[str], chromium: str) -> dict[str, Any]:
    with TemporaryDirectory() as folder:
        path = Path(folder, "report.json")
        options = ["--quiet", "--no-enable-error-reporting", "--output=json", f"--output-path={path}"]
        options += [f"--only-categories={','.join(categories)}", f"--chrome-flags={FLAGS}"]
        environment = {**os.environ, "CHROME_PATH": chromium}
        done = subprocess.run([*command, *options], env=environment, capture_output=True, check=False)
        if not path.exists():
            raise NotRun(f"Lighthouse did not come to an end: {done.stderr.decode(errors='replace').strip()[-300:]}")
        report: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return report


def scores(report: dict[str, Any]) -> dict[str, int]:
    """Of 100, by category; a category that could not be scored has 0."""
    return {name: round(100 * (one["score"] or 0)) for name, one in report["categories"].items()}


def shortfalls(report: dict[str, Any]) -> list[str]:
    """The categories below 100, each with the audits that cost it something."""
    found = []
    for name, score in scores(report).items():
        if score < 100:
            counted_audits = [one["id"] for one in report["categories"][name]["auditRefs"] if one["weight"]]
            failed = [report["audits"][one] for one in counted_audits if (report["audits"][one]["score"] or 0) < 1]
            reasons = "; ".join(f"{one['title']} {one.get('displayValue', '')}".strip() for one in failed)
            speed = f" (speed of this machine: {machine_speed(report)})" if name == "performance" else ""
            found.append(f"{name} {score}{speed}: {reasons or 'not scored'}")
    return found


def machine_speed(report: dict[str, Any]) -> int:
    """Lighthouse's benchmark index; a desktop that does nothing else has 1,500 and more."""
    index: float = report["environment"]["benchmarkIndex"]
    return round(index)
