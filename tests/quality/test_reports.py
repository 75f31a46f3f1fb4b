"""What checks make of the reports of the programs that they run."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from tools.quality.built_site import SitePage
from tools.quality.checks.accessibility import all_pages, grouped
from tools.quality.checks.first_view import blocked
from tools.quality.checks.lighthouse import scores, shortfalls
from tools.quality.checks.no_javascript import failures
from tools.quality.checks.pictures import difference
from tools.quality.checks.validity import messages
from tools.quality.measures import axe_findings


def test_errors_of_the_nu_checker(tmp_path: Path) -> None:
    url = tmp_path.resolve().as_uri().replace("file:///", "file:/") + "/car/index.html"
    report = {
        "messages": [
            {"type": "error", "url": url, "lastLine": 3, "firstColumn": 7, "message": "Stray end tag “p”."},
            {"type": "info", "subType": "warning", "url": url, "message": "No matter."},
            {"type": "error", "url": url, "message": "CSS: “position-area”: Property “position-area” doesn't exist."},
            {"type": "error", "url": url, "message": "CSS: Parse Error.", "extract": "p,::view-transition-old(*)"},
            {"type": "error", "url": url, "message": "CSS: Parse Error.", "extract": "p { colour: }"},
        ]
    }
    assert messages(json.dumps(report), tmp_path) == [
        "car/index.html:3:7: Stray end tag “p”.",
        "car/index.html:1:1: CSS: Parse Error.",
    ]


def test_a_report_that_breaks_off_is_none(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="Expecting"):
        messages("Exception in thread main", tmp_path)


LIGHTHOUSE: dict[str, Any] = {
    "categories": {
        "seo": {"score": 1, "auditRefs": []},
        "performance": {
            "score": 0.98,
            "auditRefs": [{"id": "tbt", "weight": 30}, {"id": "fcp", "weight": 10}, {"id": "hint", "weight": 0}],
        },
    },
    "environment": {"benchmarkIndex": 702.5},
    "audits": {
        "tbt": {"title": "Total Blocking Time", "displayValue": "170 ms", "score": 0.9},
        "fcp": {"title": "First Contentful Paint", "score": 1},
        "hint": {"title": "Hint", "score": 0},
    },
}


def test_scores_and_shortfalls_of_lighthouse() -> None:
    assert scores(LIGHTHOUSE) == {"seo": 100, "performance": 98}
    assert shortfalls(LIGHTHOUSE) == ["performance 98 (speed of this machine: 702): Total Blocking Time 170 ms"]


def test_what_lighthouse_could_not_score_is_a_shortfall() -> None:
    report: dict[str, Any] = {"categories": {"seo": {"score": None, "auditRefs": []}}, "audits": {}}
    assert shortfalls(report) == ["seo 0: not scored"]


def test_findings_of_axe_are_one_line_for_each_rule() -> None:
    nodes = [{"target": ["p"], "html": "<p>"}, {"target": ["b"], "html": "<b>"}]
    assert axe_findings({"violations": [{"id": "color-contrast", "help": "Contrast", "nodes": nodes}]}) == [
        "color-contrast (Contrast) on 2 elements, first ['p'] <p>"
    ]


def test_when_quick_each_kind_and_every_eighth_page_is_looked_at() -> None:
    pages = [SitePage(Path(), f"/{number}/", "page") for number in range(20)]
    assert all_pages(pages, pages[3:4], quick=False) == pages
    assert [page.address for page in all_pages(pages, pages[3:4], quick=True)] == ["/3/", "/0/", "/8/", "/16/"]


def test_findings_of_one_rule_are_told_once_for_each_kind_and_way() -> None:
    found = [
        ("source", "light", "contrast", "/b/", "contrast: pale"),
        ("source", "light", "contrast", "/a/", "contrast: grey"),
        ("source", "dark", "contrast", "/a/", "contrast: dim"),
    ]
    assert grouped(found) == [
        "/a/ (dark): contrast: dim",
        "/a/ (light): contrast: grey (and on 1 more page of the kind source)",
    ]


def test_tests_that_failed_are_named() -> None:
    output = "FAILED tests/a.py::test_x[no-script] - assert 1 == 2\nERROR tests/a.py::test_y\n1 failed, 1 error"
    assert failures(output) == ["tests/a.py::test_x[no-script] - assert 1 == 2", "tests/a.py::test_y"]


def event(name: str, time: int, duration: int = 0, thread: int = 1) -> dict[str, Any]:
    return {"name": name, "pid": 1, "tid": thread, "ts": time, "tdur": duration, "args": {}}


def test_long_tasks_of_the_page_after_its_first_paint_block() -> None:
    task = "ThreadControllerImpl::RunTask"
    trace = [
        {"name": "thread_name", "pid": 1, "tid": 1, "ts": 0, "args": {"name": "CrRendererMain"}},
        event("firstContentfulPaint", 500),
        event(task, 100, 90_000),  # before anything can be seen there is nothing to tap
        event(task, 600, 49_000),
        event(task, 700, 80_000),
        event(task, 800, 55_000),
        event(task, 900, 99_000, thread=2),
    ]
    assert blocked(trace) == 35


def test_how_much_of_two_pictures_is_different() -> None:
    white = Image.new("RGB", (100, 100), "white")
    assert difference(white, white) == 0
    assert difference(white, Image.new("RGB", (100, 100), (250, 250, 250))) == 0
    half = white.copy()
    half.paste((255, 0, 0), (0, 0, 50, 100))
    assert difference(white, half) == 0.5
    assert difference(white, white.resize((100, 90))) == 1
