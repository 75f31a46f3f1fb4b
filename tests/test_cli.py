from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from microsite import cli
from microsite.cli import main
from microsite.inputs import ChangedMeanwhile
from microsite.memory import Memory
from microsite.project import Project
from microsite.publish import MANIFEST
from tests.projects import build, make_project, page, write

CHECKOUT = Path(cli.__file__).parents[1]
HEAVY = ("jinja2", "markdown", "pydantic", "yaml", "PIL", "selectolax", "lightningcss", "livereload", "tornado")
BROKEN = page("Home", "[dead](/nowhere/) A claim.[@first-source]", view="home", permalink="/")
ORPHAN = {"content/pages/alone.md": page("Alone")}
UP_TO_DATE = re.compile(r"Nothing changed: \d+ pages in .*/public/ are up to date \(\d\.\d\d s\)\.\n")
BUILT = re.compile(
    r"Built (\d+) pages in \d+\.\d\d s(?:, \d+\.\d\d s of it for pictures)?"
    r" \((\d+) rendered, \d+ links checked, (no|\d+) warnings?\)"
    r" → (.*/) \((\d+ files written, \d+ kept, \d+ removed|no file changed)\)\.\n"
)
CHECKED = re.compile(r"Checked 3 pages in .* s \(.*\)\. Nothing was published\.\n")

on_posix = pytest.mark.skipif(os.name == "nt", reason="Windows has other interpreters")


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    monkeypatch.delenv("NO_COLOR", raising=False)
    return make_project(tmp_path / "project")


@pytest.fixture
def checkout(root: Path) -> Path:
    """The project as somebody has it who cloned the repository: with the command and the generator."""
    shutil.copy(CHECKOUT / "build.py", root)
    shutil.copytree(CHECKOUT / "microsite", root / "microsite", ignore=shutil.ignore_patterns("__pycache__"))
    return root


def command(
    root: Path, *arguments: str, python: tuple[str, ...] = (sys.executable,), **environment: str
) -> tuple[int, str, str]:
    """Run build.py as people do. Gives the exit code and what came out on stdout and stderr."""
    variables = {name: value for name, value in os.environ.items() if name != "GITHUB_ACTIONS"}
    done = subprocess.run(
        [*python, str(root / "build.py"), *arguments],
        cwd=root,
        env={**variables, "PYTHONDONTWRITEBYTECODE": "1", **environment},
        capture_output=True,
        encoding="utf-8",
        timeout=60,
    )
    return done.returncode, done.stdout, done.stderr


Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(root: Path, capfd: pytest.CaptureFixture[str]) -> Run:
    """The command in this process."""

    def one(*arguments: str) -> tuple[int, str, str]:
        capfd.readouterr()
        code = main(arguments, root)
        return (code, *capfd.readouterr())

    return one


def published(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file() and path.name != MANIFEST)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def clean(root: Path) -> dict[str, bytes]:
    return {path: file.read() for path, file in build(root).tree.items()}


# As a process ---------------------------------------------------------------------------------------------------------


def test_a_build_its_repetition_and_a_mistake(checkout: Path) -> None:
    code, out, err = command(checkout)
    assert (code, err) == (0, "")
    match = BUILT.fullmatch(out)
    assert match, out
    assert match[1] == "3"
    assert match[3] == "no"
    assert match[4] == "public/"
    assert re.fullmatch(r"\d+ files written, 0 kept, 0 removed", match[5])
    assert published(checkout / "public") == clean(checkout)

    code, out, err = command(checkout)
    assert (code, err) == (0, "")
    assert re.fullmatch(r"Nothing changed: 3 pages in public/ are up to date \(\d\.\d\d s\)\.\n", out)

    before = published(checkout / "public")
    write(checkout, "content/pages/home.md", BROKEN)
    code, out, err = command(checkout)
    assert (code, out) == (1, "Nothing was published; public/ is as it was.\n")
    assert err == (
        "content/pages/home.md:8:8: error[dead-link]: there is no page “/nowhere/”\n"
        "   8 | [dead](/nowhere/) A claim.[@first-source]\n"
        "     |        ^^^^^^^^^\n"
        "  hint: an address is written from the root of the site: /a/page/\n"
        "\n"
        "1 error in 1 file\ndocs/problems.md explains every [code].\n"
    )
    assert published(checkout / "public") == before


def test_an_unchanged_site_costs_no_heavy_import(checkout: Path) -> None:
    assert command(checkout)[0] == 0
    code, out, err = command(checkout, python=(sys.executable, "-X", "importtime"))
    assert code == 0
    assert out.startswith("Nothing changed: ")
    imported = {line.rpartition("|")[2].strip().partition(".")[0] for line in err.splitlines()}
    assert "microsite" in imported
    assert imported.isdisjoint(HEAVY), sorted(imported.intersection(HEAVY))
    code, out, err = command(checkout, "--check", python=(sys.executable, "-X", "importtime"))
    assert {"jinja2", "markdown", "pydantic"} <= {line.rpartition("|")[2].strip() for line in err.splitlines()}


@on_posix
def test_without_packages_one_sentence_says_what_to_do(checkout: Path) -> None:
    bare = (os.path.realpath(sys.executable), "-S")
    code, out, err = command(checkout, python=bare)
    assert (code, out) == (2, "")
    assert re.fullmatch(
        r"Python packages are missing \(jinja2, markdown, .*\)\. "
        r"Run “python3 tools/make\.py site” once: it installs them\.\n",
        err,
    )
    assert not (checkout / "public").exists()


@on_posix
def test_without_packages_the_checkouts_own_environment_goes_on(checkout: Path) -> None:
    (checkout / ".venv").symlink_to(sys.prefix)
    code, out, err = command(checkout, "-v", python=(os.path.realpath(sys.executable), "-S"))
    assert (code, err) == (0, "")
    assert BUILT.match(out), out
    assert published(checkout / "public") == clean(checkout)


def test_json_is_all_that_a_program_reads(checkout: Path) -> None:
    for path, content in ORPHAN.items():
        write(checkout, path, content)
    expected = {
        "code": "orphan",
        "severity": "warning",
        "message": "no page links to /alone/",
        "hint": "link to it from another",
        "replacement": None,
        "path": "content/pages/alone.md",
        "line": 1,
        "column": 1,
        "length": 1,
    }
    for said in (r"Built 4 pages .*\n", r"Nothing changed: 4 pages .*\n"):
        code, out, err = command(checkout, "--json", GITHUB_ACTIONS="true")
        assert code == 0
        assert json.loads(out) == {"errors": 0, "warnings": 1, "diagnostics": [expected]}
        assert re.fullmatch(said, err), err
    code, out, err = command(checkout, "--json", "-q")
    assert (code, len(json.loads(out)["diagnostics"]), err) == (0, 1, "")


def test_github_shows_problems_at_their_lines(checkout: Path) -> None:
    write(checkout, "content/pages/home.md", BROKEN)
    code, out, err = command(checkout, GITHUB_ACTIONS="true")
    assert code == 1
    assert out.splitlines()[0] == (
        "::error file=content/pages/home.md,line=8,col=8,endColumn=17,title=dead-link::there is no page “/nowhere/”"
        "%0Ahint: an address is written from the root of the site: /a/page/"
    )
    assert err.startswith("content/pages/home.md:8:8: error[dead-link]")


def test_it_does_not_matter_where_the_command_is_started(checkout: Path, tmp_path: Path) -> None:
    variables = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    line = [sys.executable, str(checkout / "build.py"), "--out", "site"]
    subprocess.run(line, cwd=tmp_path, env=variables, check=True, capture_output=True, timeout=60)
    assert published(tmp_path / "site") == clean(checkout)


# Flags ----------------------------------------------------------------------------------------------------------------


def test_check_does_everything_but_publish(root: Path, run: Run) -> None:
    code, out, err = run("--check")
    assert (code, err) == (0, "")
    assert CHECKED.fullmatch(out), out
    assert not (root / "public").exists()
    run()
    code, out, _ = run("--check")
    assert CHECKED.fullmatch(out), "a check looks even if nothing changed"
    write(root, "content/pages/home.md", BROKEN)
    code, out, err = run("--check")
    assert (code, out) == (1, "")
    assert err.endswith("\n1 error in 1 file\ndocs/problems.md explains every [code].\n")


def test_clean_makes_everything_anew(root: Path, run: Run) -> None:
    _, out, _ = run()
    first = BUILT.fullmatch(out)
    assert first
    rendered = int(first[2])
    assert rendered > 3
    (root / "public/index.html").unlink()
    _, out, _ = run()
    assert "(0 rendered, " in out
    assert out.endswith(f"(1 files written, {len(clean(root)) - 1} kept, 0 removed).\n")
    _, out, _ = run("--clean")
    assert f"({rendered} rendered, " in out
    assert out.endswith("(no file changed).\n")


def test_what_pictures_took_is_told_apart(root: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    picture = root / "static/pictures/car.png"
    picture.parent.mkdir(parents=True)
    Image.new("RGB", (64, 48), "tan").save(picture)
    listed = "car:\n  file: car.png\n  alt: A car\n  credit: Us\n  licence: CC0\n"
    write(root, "content/pictures.yaml", listed)
    text = "A claim.[@first-source]\n\n![](picture:car)"
    write(root, "content/pages/home.md", page("Home", text, view="home", permalink="/"))
    monkeypatch.setattr(cli, "WORTH_TELLING", 0.0)
    code, out, err = run()
    assert code == 0, err
    assert re.match(r"Built 3 pages in (\d+\.\d\d) s, \d+\.\d\d s of it for pictures \(", out), out


def test_out_names_another_folder_with_a_record_of_its_own(root: Path, run: Run, tmp_path: Path) -> None:
    run()
    other = tmp_path / "somewhere" / "else"
    _, out, _ = run("--out", str(other))
    assert f"→ {other}/ (" in out
    assert published(other) == published(root / "public") == clean(root)
    assert run("--out", str(other))[1].startswith("Nothing changed")
    assert run()[1].startswith("Nothing changed")


def test_base_url_replaces_that_of_the_site(root: Path, run: Run) -> None:
    run()
    assert b"<loc>https://example.org/</loc>" in (root / "public/sitemap.xml").read_bytes()
    run("--base-url", "https://example.com/sub")
    assert b"<loc>https://example.com/sub/</loc>" in (root / "public/sitemap.xml").read_bytes()
    assert run("--base-url", "https://example.com/sub/")[1].startswith("Nothing changed")
    run()
    assert published(root / "public") == clean(root)


def test_drafts_are_only_seen_when_asked_for(root: Path, run: Run) -> None:
    write(root, "content/pages/later.md", page("Later", draft="true"))
    run("-q")
    assert not (root / "public/later").exists()
    run("-q", "--drafts")
    assert (root / "public/later/index.html").exists()
    run("-q")
    assert not (root / "public/later").exists()


def test_what_is_dated_in_the_future_is_published_on_its_day(
    root: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def on(day: str) -> None:
        monkeypatch.setattr(cli, "today", lambda: day)

    write(root, "content/updates/soon.md", "---\ntitle: Soon\ndescription: Soon.\ndate: 2026-12-01\n---\n\nSoon.\n")
    on("2026-11-30")
    run()
    assert not (root / "public/updates/soon").exists()
    assert run()[1].startswith("Nothing changed")
    on("2026-12-01")
    assert run()[1].startswith("Built")
    assert (root / "public/updates/soon/index.html").exists()
    on("2027-01-01")
    assert run()[1].startswith("Nothing changed")
    on("2026-11-30")
    run()
    assert not (root / "public/updates/soon").exists()
    run("--drafts")
    assert (root / "public/updates/soon/index.html").exists()


def test_quiet_prints_only_what_is_wrong(root: Path, run: Run) -> None:
    assert run("-q") == (0, "", "")
    assert run("-q") == (0, "", "")
    assert run("-q", "--check") == (0, "", "")
    write(root, "content/pages/home.md", BROKEN)
    code, out, err = run("-q")
    assert (code, out) == (1, "")
    assert err.endswith("\n1 error in 1 file\ndocs/problems.md explains every [code].\n")


def test_verbose_tells_more(root: Path, run: Run) -> None:
    code, out, _ = run("-v")
    first, second = out.splitlines()
    assert code == 0
    assert first.startswith("Built 3 pages in ")
    pattern = (
        r"Read 4 content files anew; checked \d+ fragments, \d+ ids, \d+ headings and 0 pictures; \d+ files in all\."
    )
    assert re.fullmatch(pattern, second)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--no-such-flag"], "there is no option --no-such-flag\n"),
        (["--draft"], "there is no option --draft; did you mean “--drafts”?"),
        (["--clena"], "there is no option --clena; did you mean “--clean”?"),
        (["content"], "“content” is one word too many"),
        (["--port", "8001"], "--port goes with --serve, not with a build"),
        (["--yes"], "--yes goes with --fix or --rename, not with a build"),
        (["--fix", "--drafts"], "--drafts goes with a build or --serve or --check, not with --fix"),
        (["--serve", "--fix"], "not allowed with argument --serve"),
        (["-q", "-v"], "not allowed with argument"),
        (["--base-url", "example.org"], "“example.org” is no web address; it begins with https://"),
        (["--serve", "--port", "eight"], "“eight” is no port; that is a number up to 65535"),
        (["--serve", "--port", "65536"], "“65536” is no port; that is a number up to 65535"),
    ],
)
def test_a_wrong_command_line_is_explained(
    root: Path, run: Run, arguments: list[str], message: str, capfd: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit, match="2"):
        run(*arguments)
    assert message in capfd.readouterr().err
    assert not (root / "public").exists()


# What is refused ------------------------------------------------------------------------------------------------------


def test_a_folder_that_is_not_ours_is_refused_and_untouched(root: Path, run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "thesis"
    write(folder, "chapter.txt", "years of work")
    code, out, err = run("--out", str(folder))
    assert (code, out) == (2, "")
    assert err == (
        f"{folder} is not empty and was not made by microsite (there is no {MANIFEST}). "
        "Choose another output folder, or empty this one yourself.\n"
    )
    assert published(folder) == {"chapter.txt": b"years of work"}


@pytest.mark.parametrize("folder", ["content", "content/public", "templates", "static", ".", ".git", "microsite"])
def test_the_site_is_never_put_among_what_it_is_made_from(root: Path, run: Run, folder: str) -> None:
    before = published(root)
    code, out, err = run("--out", str(root / folder))
    assert (code, out) == (2, "")
    assert err.startswith(f"{root / folder if folder != '.' else root} cannot be the output folder: ")
    after = {path: content for path, content in published(root).items() if not path.startswith(".cache/")}
    assert after == before


# What is noticed ------------------------------------------------------------------------------------------------------


def test_a_deleted_or_edited_output_gets_its_right_bytes_back(root: Path, run: Run) -> None:
    run()
    right = published(root / "public")
    kept = len(right) - 1
    (root / "public/sources/index.html").unlink()
    assert run()[1].endswith(f"(1 files written, {kept} kept, 0 removed).\n")
    page_of_it = root / "public/index.html"
    page_of_it.write_bytes(page_of_it.read_bytes().replace(b"A claim", b"A CLAIM"))
    assert run()[1].endswith(f"(1 files written, {kept} kept, 0 removed).\n")
    shutil.rmtree(root / "public")
    assert run()[1].endswith(f"({kept + 1} files written, 0 kept, 0 removed).\n")
    assert published(root / "public") == right
    assert run()[1].startswith("Nothing changed")


def test_what_others_put_into_the_output_stays(root: Path, run: Run) -> None:
    run()
    write(root, "public/CNAME", "example.org")
    write(root, "content/pages/home.md", page("Home", "Other.[@first-source]", view="home", permalink="/"))
    run()
    assert published(root / "public") == {**clean(root), "CNAME": b"example.org"}


def test_a_changed_template_a_removed_page_and_a_touched_file(root: Path, run: Run) -> None:
    write(root, "content/pages/about.md", page("About"))
    write(root, "content/pages/home.md", page("Home", "[x](/about/) [@first-source]", view="home", permalink="/"))
    run()
    os.utime(root / "content/pages/about.md", ns=(1, 1))
    assert run()[1].startswith("Nothing changed")
    template = (root / "templates/base.html").read_text()
    write(root, "templates/base.html", template.replace("<nav>", "<nav id='n'>"))
    run()
    assert b"<nav id='n'>" in (root / "public/about/index.html").read_bytes()
    (root / "content/pages/about.md").unlink()
    assert run()[0] == 1
    write(root, "content/pages/home.md", page("Home", "Gone.[@first-source]", view="home", permalink="/"))
    assert run()[1].rstrip().endswith(" 1 removed).")
    assert published(root / "public") == clean(root)


def test_a_warning_is_repeated_while_nothing_changes(root: Path, run: Run) -> None:
    for path, content in ORPHAN.items():
        write(root, path, content)
    code, out, first = run()
    assert code == 0
    assert ", 1 warning) → " in out
    assert first.splitlines()[0] == "content/pages/alone.md:1:1: warning[orphan]: no page links to /alone/"
    code, out, again = run()
    assert (code, again) == (0, first)
    assert UP_TO_DATE.fullmatch(out), out


# Cache and record -----------------------------------------------------------------------------------------------------


def test_the_cache_may_be_deleted_at_any_time(root: Path, run: Run) -> None:
    run()
    before = published(root / "public")
    shutil.rmtree(root / ".cache")
    code, out, err = run()
    assert (code, err) == (0, "")
    assert out.endswith("(no file changed).\n")
    assert published(root / "public") == before
    assert run()[1].startswith("Nothing changed")


@pytest.mark.parametrize("name", ["record-*", "memory.sqlite", "*"])
@pytest.mark.parametrize("content", [b"", b"garbage" * 999])
def test_a_damaged_cache_is_survived(root: Path, run: Run, name: str, content: bytes) -> None:
    run()
    damaged = list((root / ".cache/microsite").glob(name))
    assert damaged
    for file in damaged:
        file.write_bytes(content)
    write(root, "content/pages/home.md", page("Home", "New.[@first-source]", view="home", permalink="/"))
    code, _, err = run()
    assert (code, err) == (0, "")
    assert published(root / "public") == clean(root)
    assert run()[1].startswith("Nothing changed")


def test_a_cache_that_cannot_be_written_is_no_trouble(root: Path, run: Run) -> None:
    write(root, ".cache", "a file")
    for _ in range(2):
        code, out, err = run()
        assert (code, err) == (0, "")
        assert out.startswith("Built 3 pages")
    assert published(root / "public") == clean(root)


def test_a_lost_result_is_said_and_made_by_the_next_run(root: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    run()
    shutil.rmtree(root / "public")
    with monkeypatch.context() as lost:
        recall = Memory.recall
        lost.setattr(
            Memory, "recall", lambda self, stage, keys: {} if stage == "content" else recall(self, stage, keys)
        )
        assert run() == (2, "", "The cache was damaged and has been deleted. Run the command again.\n")
    assert not (root / "public").exists()
    assert run()[0] == 0
    assert published(root / "public") == clean(root)


def test_another_generator_builds_anew(root: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    run()
    monkeypatch.setattr("microsite.interpreter.sys.version", "3.99 of tomorrow")
    _, out, _ = run()
    assert not out.startswith("Nothing changed")
    assert "(0 rendered" not in out


def test_files_that_never_stand_still_are_said_so(root: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def changing(*_: object) -> None:
        raise ChangedMeanwhile("content/pages/home.md")

    monkeypatch.setattr(Project, "build", changing)
    assert run() == (2, "", "content/pages/home.md keeps changing; nothing was published. Run the command again.\n")
    assert not (root / "public").exists()


def test_a_site_out_of_place_after_a_kill_is_back_even_if_the_content_is_wrong(root: Path, run: Run) -> None:
    run()
    right = published(root / "public")
    (root / "public").rename(
        root / ".public.microsite-previous"
    )  # as between two renames, where nothing can be swapped
    write(root, "content/pages/home.md", BROKEN)
    assert run()[0] == 1
    assert published(root / "public") == right
