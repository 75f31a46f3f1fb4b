from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from microsite import pipeline
from microsite.inputs import ChangedMeanwhile, Inputs, Stamp, read
from microsite.memory import Memory
from microsite.pipeline import Settings
from microsite.project import ATTEMPTS, Look, Project
from tests.projects import build, make_project, page, text, write

HOME = "content/pages/home.md"
NEW = page("Home", "The new words.[@first-source]", view="home", permalink="/")


def no_progress(doing: str, done: int, total: int) -> None:
    pass


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(make_project(tmp_path))


def test_a_look_holds_the_inputs_and_the_generator(project: Project) -> None:
    write(project.root, "elsewhere/a.md", "")
    look = project.look()
    assert {path.split("/")[0] for path in look.inputs} == {"content", "templates"}
    assert {path.split("/")[0] for path in look.generator} == {"microsite"}
    assert project.look(look) == look


def test_no_output_may_lie_among_the_inputs(project: Project) -> None:
    names = {path.relative_to(project.root).as_posix() for path in project.forbidden}
    assert {"content", "templates", "static", "microsite", "tests", ".cache", ".git"} <= names


def test_the_memory_is_in_the_cache_unless_it_is_to_be_clean(project: Project) -> None:
    look = project.look()
    with closing(project.open_memory(look.generator, True)):
        assert not project.cache.exists()
    with closing(project.open_memory(look.generator, False)):
        assert [path.name for path in project.cache.iterdir() if path.suffix == ".sqlite"] == ["memory.sqlite"]


def test_the_text_of_a_file_is_given_for_excerpts(project: Project) -> None:
    write(project.root, "content/a.md", b"\xef\xbb\xbfa\xff")
    assert project.source("content/a.md") == "a\N{REPLACEMENT CHARACTER}"
    assert project.source("content/missing.md") is None


# A file that changes between being seen and being read ----------------------------------------------------------------


def memory() -> closing[Memory]:
    return closing(Memory(None, b"tests"))


def change_before(monkeypatch: pytest.MonkeyPatch, project: Project, path: str, content: str | None) -> list[str]:
    """Let a file change once, just before the build reads it. Gives the paths that were read."""
    seen: list[str] = []

    def reading(root: Path, one: str, stamp: Stamp) -> bytes:
        if one == path and path not in seen:
            (root / path).unlink() if content is None else write(root, path, content)
        seen.append(one)
        return read(root, one, stamp)

    monkeypatch.setattr("microsite.pipeline.read", reading)
    return seen


@pytest.mark.parametrize(
    ("path", "content"),
    [
        (HOME, NEW),
        ("content/pages/sources.md", page("Sources", "New.", view="sources")),
        ("templates/home.html", "{% extends 'base.html' %}{% block data %}new{% endblock %}"),
        ("templates/macros/pictures.html", None),
    ],
)
def test_the_build_starts_again_from_the_new_bytes(
    project: Project, monkeypatch: pytest.MonkeyPatch, path: str, content: str | None
) -> None:
    with memory() as remembered:
        with monkeypatch.context() as changing:
            seen = change_before(changing, project, path, content)
            look = project.look()
            result, newest = project.build(look, Settings(), remembered, no_progress)
        assert path in seen
        assert newest.inputs.get(path) != look.inputs[path]
        assert newest == Look(project.look().inputs, look.generator)
        clean = build(project.root)
        assert result.diagnostics == clean.diagnostics
        assert {one: file.digest for one, file in result.tree.items()} == {
            one: file.digest for one, file in clean.tree.items()
        }
        again, _ = project.build(project.look(), Settings(), remembered, no_progress)
        assert {one: file.read() for one, file in again.tree.items()} == {
            one: file.read() for one, file in clean.tree.items()
        }, "something stale was remembered"


def test_nothing_made_of_other_bytes_is_remembered_under_the_old_ones(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = (project.root / HOME).read_text()
    with memory() as remembered:
        with monkeypatch.context() as changing:
            change_before(changing, project, HOME, NEW)
            result, _ = project.build(project.look(), Settings(), remembered, no_progress)
            assert "The new words." in text(result, "index.html")
        write(project.root, HOME, old)
        result, _ = project.build(project.look(), Settings(), remembered, no_progress)
        assert "A claim." in text(result, "index.html")
        assert "The new words." not in text(result, "index.html")


def test_files_that_never_stand_still_end_the_build(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    attempts = []

    def changing(root: Path, inputs: Inputs, *_: object) -> None:
        attempts.append(inputs)
        raise ChangedMeanwhile(HOME)

    monkeypatch.setattr(pipeline, "build_tree", changing)
    with memory() as remembered, pytest.raises(ChangedMeanwhile, match=HOME):
        project.build(project.look(), Settings(), remembered, no_progress)
    assert len(attempts) == ATTEMPTS
