from __future__ import annotations

from pathlib import Path

from microsite.editing.content import read_content
from microsite.editing.stale import as_records, rendered, stale_facts
from tests.projects import make_project, page

SOURCE = "{{title: A, publisher: P, kind: press, url: null, date: {}, language: en{}}}\n"
FACTS = """\
title: Facts
figures:
  - id: tank
    label: Tank
    value: 550
    unit: litres
    sources: [old, undated]
  - {id: power, label: Power, value: 626, unit: bhp, sources: [old, new]}
facts:
  - text: It floats.[@new]  It is said.[@old; @undated]
    sources: [undated]
"""


def project(root: Path) -> Path:
    sources = {"old": ("2024", ""), "new": ("2026-01-17", ""), "undated": ("null", "")}
    extra = {
        "content/sources/reference.yaml": "".join(
            f"{name}: {SOURCE.format(*values)}" for name, values in sources.items()
        )
        + "gone: "
        + SOURCE.format("2026-02", ", dead: true"),
        "content/factsheets/facts.yaml": FACTS,
        "content/pages/about.md": page("About", "One.[@new]\n\nTwo words.[@gone; @old] `[@old]`"),
        "content/glossary.yaml": "word:\n  term: Word\n  definition: A word.\n  sources: [old]\n",
    }
    return make_project(root, extra)


def lines(root: Path, before: str) -> list[str]:
    return rendered(stale_facts(read_content(root), before)).split("\n")


def test_facts_that_nothing_newer_supports_are_listed_oldest_first(tmp_path: Path) -> None:
    assert lines(project(tmp_path), "2025-01-01") == [
        "content/factsheets/facts.yaml:3:5: Tank: 550 litres (newest source 2024)",
        "content/factsheets/facts.yaml:10:40: It is said. (newest source 2024)",
        "content/glossary.yaml:2:3: Word (newest source 2024)",
        "content/pages/about.md:8:11: Two words. (gone: gone; newest source 2026-02)",
    ]


def test_a_year_is_as_late_as_its_last_day(tmp_path: Path) -> None:
    only_dead = ["content/pages/about.md:8:11: Two words. (gone: gone; newest source 2026-02)"]
    assert lines(project(tmp_path), "2024-12-31") == only_dead
    later = lines(tmp_path, "2026-01-18")
    assert "content/pages/about.md:6:5: One. (newest source 2026-01-17)" in later
    assert "content/factsheets/facts.yaml:8:5: Power: 626 bhp (newest source 2026-01-17)" in later


def test_programs_get_the_same(tmp_path: Path) -> None:
    records = as_records(stale_facts(read_content(project(tmp_path)), "2025-01-01"))
    assert len(records) == 4
    assert records[0] == {
        "path": "content/factsheets/facts.yaml",
        "line": 3,
        "column": 5,
        "says": "Tank: 550 litres",
        "newest": "2024",
        "sources": ["old", "undated"],
        "dead": [],
    }
    assert records[3]["dead"] == ["gone"]
