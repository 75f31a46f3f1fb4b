"""What is left out of a plain build: drafts, and what is dated in the future."""

from __future__ import annotations

from pathlib import Path

from tests.projects import build, codes, make_project, page, report, text


def test_a_day_and_the_days_around_it_on_which_something_is_published(tmp_path: Path) -> None:
    def update(date: str, **more: str) -> str:
        keys = {"title": "A", "description": "B", "date": date, **more}
        return "---\n" + "".join(f"{key}: {value}\n" for key, value in keys.items()) + "---\n\nText.\n"

    root = make_project(
        tmp_path,
        {
            "content/updates/a.md": update("2026-03-10"),
            "content/updates/b.md": update("2026-03-20"),
            "content/updates/c.md": update("2026-03-30", draft="true"),
        },
    )
    shown = {}
    for day in ("2026-03-09", "2026-03-10", "2026-03-19", "2026-03-20"):
        result = build(root, today=day)
        shown[day] = ([one for one in "abc" if f"updates/{one}/index.html" in result.tree], result.period)
    assert shown == {  # the fixture is told as of 31 January, which begins a day earlier somewhere on earth
        "2026-03-09": ([], ("2026-01-30", "2026-03-10")),
        "2026-03-10": (["a"], ("2026-03-10", "2026-03-20")),
        "2026-03-19": (["a"], ("2026-03-10", "2026-03-20")),
        "2026-03-20": (["a", "b"], ("2026-03-20", "2026-03-30")),
    }


def test_a_draft_may_mention_what_is_a_draft_too(tmp_path: Path) -> None:
    source = "later:\n  {title: T, publisher: P, kind: press, url: null, date: null, language: en, draft: true}\n"
    root = make_project(
        tmp_path,
        {"content/sources/team.yaml": source, "content/pages/a.md": page("A", "[@later]", draft="true")},
    )
    assert report(build(root).diagnostics) == []
    assert "unknown-source" not in codes(build(root, drafts=True).diagnostics)


def test_a_page_that_readers_do_not_see_yet_says_so(tmp_path: Path) -> None:
    base = "{{ page.unpublished }}"
    update = "---\ntitle: Soon\ndescription: Soon.\ndate: 2026-12-01\n{}---\n"
    extra = {
        "templates/update.html": base,
        "content/updates/soon.md": update.format(""),
        "content/updates/draft.md": update.format("draft: true\n"),
    }
    root = make_project(tmp_path, extra)
    result = build(root, drafts=True, today="2026-11-30")
    assert text(result, "updates/soon/index.html") == "2026-12-01"
    assert text(result, "updates/draft/index.html") == "draft"
    assert text(build(root, drafts=True, today="2026-12-01"), "updates/soon/index.html") == "None"
