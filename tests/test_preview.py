"""What a preview shows, and says of itself, as files change under it. No server and no browser here."""

from __future__ import annotations

import os
import shutil
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest

from microsite import memory as memory_module
from microsite.diagnostics.overlay import OVERLAY_ID
from microsite.inputs import ChangedMeanwhile
from microsite.memory import Memory
from microsite.pipeline import BuildResult, Settings
from microsite.preview import NO_SUCH_PAGE, Change, Preview, with_script
from microsite.project import Project
from tests.projects import BASE_TEMPLATE, CONTENT, codes, make_project, page, write

HOME = "content/pages/home.md"
STYLE = "static/css/site.css"
SCRIPT = "static/js/site.js"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>'
BEGINNINGS = {"woff2": "wOF2", "avif": "\0\0\0"}
"""Beginnings of files whose endings say what they are to be."""
FILES = {
    STYLE: "h1 { color: red }\n",
    SCRIPT: "let first;\n",
    "templates/base.html": BASE_TEMPLATE.replace(
        "</head>",
        '<link rel="stylesheet" href="{{ assets[\'css/site.css\'] }}">\n'
        "<script src=\"{{ assets['js/site.js'] }}\"></script>\n</head>",
    ),
    "content/pages/not-found.md": page("Lost", "Nothing.", view="not-found", permalink="/404.html"),
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_project(tmp_path, FILES)


@pytest.fixture
def preview(root: Path) -> Iterator[Preview]:
    memory = Memory(None, b"tests")
    yield Preview(Project(root), Settings(), memory)
    memory.close()


def shown(preview: Preview, path: str = "/") -> str:
    return preview.respond(path).content.decode()


def say(root: Path, words: str) -> None:
    """Change what the home page says."""
    write(root, HOME, CONTENT[HOME].replace("A claim.", words))


def address_of(preview: Preview, end: str) -> str:
    (found,) = [f"/{path}" for path in preview.tree if path.endswith(end)]
    return found


# What is shown --------------------------------------------------------------------------------------------------------


def test_a_change_is_shown_and_counted(root: Path, preview: Preview) -> None:
    assert preview.generation == 0
    assert preview.refresh() == Change(None)
    assert (preview.generation, codes(preview.diagnostics)) == (1, [])
    assert "A claim." in shown(preview)
    say(root, "Another claim.")
    assert "A claim." in shown(preview)
    assert preview.refresh() == Change(None)
    assert preview.generation == 2
    assert "Another claim." in shown(preview)


def test_nothing_new_is_no_change(root: Path, preview: Preview) -> None:
    preview.refresh()
    say(root, "A claim.")  # saved anew, the same words
    write(root, "content/pages/.home.md.swp", "what an editor keeps")
    assert preview.refresh() is None
    assert preview.generation == 1


def test_what_is_broken_keeps_the_last_good_page_below_an_overlay(root: Path, preview: Preview) -> None:
    preview.refresh()
    say(root, "Broken.[@nobody]")
    assert preview.refresh() == Change(None)
    answer = preview.respond("/")
    assert (answer.status, preview.generation) == (200, 2)
    assert answer.content.count(b"A claim.") == 1
    assert answer.content.count(b"Broken.[@") == 1  # in the excerpt only
    assert answer.content.count(f'id="{OVERLAY_ID}"'.encode()) == 1
    assert b"1 error" in answer.content
    assert OVERLAY_ID in shown(preview, "/sources/")
    assert OVERLAY_ID in shown(preview, "/no/such/page")
    assert OVERLAY_ID not in shown(preview, "/feed.xml")


def test_the_overlay_is_not_bound_by_the_policy_of_the_page_it_lies_on(root: Path, preview: Preview) -> None:
    policy = "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'self'\">"
    base = root / "templates/base.html"
    base.write_text(base.read_text("utf-8").replace("<head>", f"<head>{policy}"), "utf-8")
    preview.refresh()
    assert policy in shown(preview)
    write(root, "content/pages/home.md", "broken")
    preview.refresh()
    assert OVERLAY_ID in shown(preview)
    assert policy not in shown(preview)


def test_mended_content_takes_the_overlay_away(root: Path, preview: Preview) -> None:
    preview.refresh()
    say(root, "Broken.[@nobody]")
    preview.refresh()
    say(root, "Mended.")
    assert preview.refresh() == Change(None)
    assert preview.generation == 3
    assert "Mended." in shown(preview)
    assert OVERLAY_ID not in shown(preview)


def test_one_error_after_the_other_is_told(root: Path, preview: Preview) -> None:
    preview.refresh()
    say(root, "Broken.[@nobody]")
    preview.refresh()
    say(root, "Broken.[@no-one]")
    assert preview.refresh() == Change(None)
    assert "no-one" in shown(preview)
    assert "@nobody" not in shown(preview)


def test_it_starts_on_broken_content(root: Path, preview: Preview) -> None:
    say(root, "Broken.[@nobody]")
    preview.refresh()
    answer = preview.respond("/")
    assert (answer.status, answer.content_type) == (500, "text/html; charset=utf-8")
    assert b"There is no good page yet." in answer.content
    assert b"nobody" in answer.content
    assert preview.respond("/sources/").status == 500
    say(root, "Mended.")
    assert preview.refresh() == Change(None)
    assert preview.respond("/").status == 200
    assert "Mended." in shown(preview)


def test_warnings_alone_cover_no_page(root: Path, preview: Preview) -> None:
    write(root, "content/pages/about.md", page("About", "Words."))
    preview.refresh()
    assert codes(preview.diagnostics) == ["orphan"]
    assert "Words." in shown(preview, "/about/")
    assert OVERLAY_ID not in shown(preview, "/about/")


def test_a_file_that_is_being_written_is_waited_for(
    root: Path, preview: Preview, monkeypatch: pytest.MonkeyPatch
) -> None:
    preview.refresh()
    say(root, "Half")

    def restless(*_: object) -> None:
        raise ChangedMeanwhile(HOME)

    with monkeypatch.context() as patch:
        patch.setattr(Project, "begin", restless)
        assert preview.refresh() is None
    assert (preview.generation, "A claim." in shown(preview)) == (1, True)
    assert preview.refresh() == Change(None)
    assert "Half" in shown(preview)


def test_a_page_that_must_be_loaded_anew_is_foretold(root: Path, preview: Preview) -> None:
    """Its browser begins while the draft is made, and finds the edition that it was told."""
    preview.refresh()
    told: list[tuple[str, bool]] = []

    def foretell(edition: str) -> None:
        told.append((edition, "Another claim." in shown(preview)))

    say(root, "Another claim.")
    preview.follow(foretell=foretell)
    assert told == [(preview.edition, False)]
    assert "Another claim." in shown(preview)
    preview.follow(foretell=foretell)
    write(root, STYLE, "h1 { color: blue }\n")
    preview.follow(foretell=foretell)
    assert len(told) == 1, "nothing new, and a style sheet, which no page is loaded anew for"


def test_what_did_not_change_around_the_texts_is_not_made_again(root: Path, preview: Preview) -> None:
    preview.refresh()
    say(root, "Another claim.")
    preview.follow()
    assert preview.draft
    before = preview.draft.surroundings
    for path, is_around in ((HOME, False), (STYLE, True), ("templates/base.html", True), ("static/new.svg", True)):
        write(root, path, (root / path).read_text() + " " if (root / path).exists() else SVG)
        preview.follow()
        assert preview.draft
        assert (preview.draft.surroundings is not before) == is_around, path
        before = preview.draft.surroundings


def test_each_preview_has_editions_of_its_own(root: Path, preview: Preview) -> None:
    preview.refresh()
    other = Preview(preview.project, preview.settings, preview.memory)
    other.refresh()
    assert other.generation == preview.generation
    assert other.edition != preview.edition
    before = preview.edition
    say(root, "Another claim.")
    preview.refresh()
    assert preview.edition != before


# Drafts ---------------------------------------------------------------------------------------------------------------


def test_a_page_is_shown_before_the_others_are_made(root: Path, preview: Preview) -> None:
    preview.refresh()
    say(root, "Another claim.")
    assert preview.follow() == Change()
    assert "Another claim." in shown(preview)
    assert preview.draft is not None
    while preview.draft is not None:
        assert preview.step() is None
    assert "Another claim." in shown(preview)
    assert preview.generation == 2
    assert preview.tree["index.html"].read() == preview.respond("/").content


def test_what_is_made_of_many_pages_waits_for_all(root: Path, preview: Preview) -> None:
    preview.refresh()
    write(root, "content/pages/about.md", page("About", "Words."))
    preview.follow()
    assert "/about/" in shown(preview, "/sitemap.xml")
    assert preview.draft is None


def test_what_the_audit_finds_is_told_when_it_is_found(root: Path, preview: Preview) -> None:
    preview.refresh()
    say(root, "A [dead link](/nowhere/).")
    preview.follow()
    assert OVERLAY_ID not in shown(preview)
    changes = []
    while preview.draft is not None:
        changes.append(preview.step())
    assert changes[-1] == Change()
    assert not any(changes[:-1])
    assert "dead link" in shown(preview)  # the page could be made, so it is the newest
    assert OVERLAY_ID in shown(preview)
    assert "last good page" not in shown(preview)
    say(root, "Mended.")
    assert preview.follow() == Change()
    assert OVERLAY_ID not in shown(preview)


def test_a_page_that_cannot_be_made_is_the_last_good_one(root: Path, preview: Preview) -> None:
    preview.refresh()
    base = FILES["templates/base.html"]
    write(root, "templates/base.html", base.replace("</head>", "{{ nothing.at.all }}</head>"))
    preview.follow()
    assert "last good page" in shown(preview)
    assert "A claim." in shown(preview)
    write(root, "templates/base.html", base)
    preview.follow()
    assert OVERLAY_ID not in shown(preview)


def test_a_newer_save_replaces_a_draft(root: Path, preview: Preview) -> None:
    preview.refresh()
    say(root, "First.")
    preview.follow()
    preview.step()
    say(root, "Second.")
    preview.follow()
    assert "Second." in shown(preview)
    preview.finish()
    assert b"Second." in preview.tree["index.html"].read()


def test_a_file_that_changes_between_two_steps_is_looked_at_anew(root: Path, preview: Preview) -> None:
    preview.refresh()
    say(root, "First.")
    preview.follow()
    preview.step()

    def disturbed() -> Generator[None, None, BuildResult]:
        raise ChangedMeanwhile(HOME)
        yield

    preview._steps = disturbed()
    assert preview.step() is None
    assert preview.draft is None
    assert preview.follow() == Change()
    assert "First." in shown(preview)


# Pages that move ------------------------------------------------------------------------------------------------------


def test_a_page_that_moves_is_followed(root: Path, preview: Preview) -> None:
    write(root, "content/pages/about.md", page("About", "Words."))
    preview.refresh()
    os.rename(root / "content/pages/about.md", root / "content/pages/about-us.md")
    preview.follow()
    answer = preview.respond("/about/")
    assert (answer.status, answer.location) == (302, "/about-us/")
    write(root, "content/pages/about-us.md", page("About", "Words.", permalink="/us/"))
    preview.follow()
    answer = preview.respond("/about-us/")
    assert (answer.status, answer.location) == (302, "/us/")


def test_nobody_is_led_to_a_page_that_may_be_another(root: Path, preview: Preview) -> None:
    write(root, "content/pages/about.md", page("About", "Words."))
    preview.refresh()
    (root / "content/pages/about.md").unlink()
    for name in ("one", "two"):
        write(root, f"content/pages/{name}.md", page(name, "Words."))
    preview.follow()
    assert preview.respond("/about/").status == 404


# Style sheets ---------------------------------------------------------------------------------------------------------


def test_a_style_sheet_alone_is_replaced_alone(root: Path, preview: Preview) -> None:
    preview.refresh()
    before = address_of(preview, ".css")
    write(root, STYLE, "h1 { color: blue }\n")
    assert preview.refresh() == Change({before: address_of(preview, ".css")})
    assert address_of(preview, ".css") != before
    assert preview.generation == 2


def test_a_style_sheet_is_replaced_before_the_pages_are_made_anew(root: Path, preview: Preview) -> None:
    preview.refresh()
    before = address_of(preview, ".css")
    for colour in ("blue", "green"):
        write(root, STYLE, f"h1 {{ color: {colour} }}\n")
        change = preview.follow()
        assert change is not None
        assert change.style_sheets is not None
        assert list(change.style_sheets) == [before]
        before = change.style_sheets[before]
        assert preview.respond(before).lasting
        assert before in shown(preview)


def test_a_style_sheet_is_replaced_alone_in_spite_of_warnings(root: Path, preview: Preview) -> None:
    write(root, "content/pages/about.md", page("About", "Words."))
    preview.refresh()
    before = address_of(preview, ".css")
    write(root, STYLE, "h1 { color: blue }\n")
    assert preview.refresh() == Change({before: address_of(preview, ".css")})


def test_a_style_sheet_and_something_else_are_no_change_of_style_alone(root: Path, preview: Preview) -> None:
    preview.refresh()
    write(root, STYLE, "h1 { color: blue }\n")
    say(root, "Another claim.")
    assert preview.refresh() == Change(None)


def test_what_is_saved_while_the_build_looks_again_counts_too(
    root: Path, preview: Preview, monkeypatch: pytest.MonkeyPatch
) -> None:
    preview.refresh()
    write(root, STYLE, "h1 { color: blue }\n")
    look = Project.look

    def look_and_save(project: Project, known: object = None) -> object:
        seen = look(project, known)  # type: ignore[arg-type]
        write(root, STYLE, "h1 { color: green }\n")
        say(root, "Another claim.")
        return seen

    with monkeypatch.context() as patch:
        patch.setattr(Project, "look", look_and_save)
        assert preview.refresh() == Change(None)
    assert "Another claim." in shown(preview)
    assert preview.refresh() is None


def test_a_style_sheet_that_mends_an_error_loads_the_page_anew(root: Path, preview: Preview) -> None:
    preview.refresh()
    write(root, STYLE, "h1 { color: }}\n")
    assert preview.refresh() == Change(None)
    assert codes(preview.diagnostics) == ["bad-css"]
    assert b"red" in preview.respond(address_of(preview, ".css")).content
    write(root, STYLE, "h1 { color: blue }\n")
    assert preview.refresh() == Change(None)
    assert OVERLAY_ID not in shown(preview)


def test_a_file_is_answered_by_its_old_fingerprint(root: Path, preview: Preview) -> None:
    preview.refresh()
    before = address_of(preview, ".css")
    write(root, STYLE, "h1 { color: blue }\n")
    preview.refresh()
    answer = preview.respond(before)
    assert (answer.status, answer.content_type) == (200, "text/css; charset=utf-8")
    assert answer.content == b"h1{color:#00f}"
    assert preview.respond("/assets/css/other.01234567.css").status == 404


# The last good tree stays whole ---------------------------------------------------------------------------------------


def test_a_file_of_static_is_as_it_was_in_the_last_good_tree(root: Path, preview: Preview) -> None:
    preview.refresh()
    before = address_of(preview, ".js")
    write(root, SCRIPT, "let second;\n")
    assert preview.respond(before).content == b"let first;\n"  # saved, but not looked at yet
    say(root, "Broken.[@nobody]")
    preview.refresh()
    assert preview.respond(before).content == b"let first;\n"
    (root / SCRIPT).unlink()
    preview.refresh()
    assert preview.respond(before).content == b"let first;\n"


def test_the_last_good_tree_is_not_forgotten(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory_module, "FORGET_ABOVE", -1000)  # so that each build forgets what it has no use for
    memory = Memory(tmp_path / "memory.sqlite", b"tests")
    try:
        preview = Preview(Project(root), Settings(), memory)
        preview.refresh()
        for words in ("title: [", "title: {"):
            write(root, "content/site.yaml", words)
            preview.refresh()
        assert codes(preview.diagnostics) != []
        answers = {path: preview.respond(f"/{path}").status for path in preview.tree}
        assert set(answers.values()) == {200}
    finally:
        memory.close()


def test_it_goes_on_when_its_cache_is_deleted(root: Path) -> None:
    project = Project(root)
    memory = project.open_memory({}, clean=False)
    try:
        preview = Preview(project, Settings(), memory)
        preview.refresh()
        shutil.rmtree(project.cache)
        assert "A claim." in shown(preview)
        say(root, "Another claim.")
        preview.refresh()
        assert "Another claim." in shown(preview)
        assert preview.respond("/sources/").status == 200
    finally:
        memory.close()


# Addresses ------------------------------------------------------------------------------------------------------------


def test_an_address_without_its_slash_leads_to_the_one_with_it(preview: Preview) -> None:
    preview.refresh()
    answer = preview.respond("/sources")
    assert (answer.status, answer.location) == (301, "/sources/")
    assert preview.respond("/sources/").status == 200


def test_what_there_is_not_is_answered_by_the_sites_own_page(preview: Preview) -> None:
    preview.refresh()
    for path in ("/no/such/page", "/no/such/page/", "/../build.py", "//sources", "/content/pages/home.md", "/.git"):
        answer = preview.respond(path)
        assert (answer.status, answer.content_type, answer.location) == (404, "text/html; charset=utf-8", None)
        assert b"Nothing." in answer.content


def test_without_a_page_of_its_own_the_site_still_says_that_there_is_none(root: Path, preview: Preview) -> None:
    (root / "content/pages/not-found.md").unlink()
    preview.refresh()
    answer = preview.respond("/no/such/page")
    assert (answer.status, answer.content) == (404, NO_SUCH_PAGE)


@pytest.mark.parametrize(
    ("path", "content_type"),
    [
        ("/feed.xml", "application/xml; charset=utf-8"),
        ("/feed.json", "application/json; charset=utf-8"),
        ("/robots.txt", "text/plain; charset=utf-8"),
        ("/other.webmanifest", "application/manifest+json"),
        ("/a.woff2", "font/woff2"),
        ("/a.avif", "image/avif"),
        ("/a.unheard-of", "application/octet-stream"),
        ("/a", "application/octet-stream"),
    ],
)
def test_every_file_has_its_type(root: Path, preview: Preview, path: str, content_type: str) -> None:
    for name in ("other.webmanifest", "a.woff2", "a.avif", "a.unheard-of", "a"):
        write(root, f"static/root/{name}", BEGINNINGS.get(name.rpartition(".")[2], "content"))
    preview.refresh()
    assert preview.respond(path).content_type.replace("text/xml", "application/xml") == content_type


def test_a_folder_may_go_and_come_back(root: Path, preview: Preview) -> None:
    preview.refresh()
    os.rename(root / "content", root / "away")
    preview.refresh()
    assert preview.diagnostics.has_errors
    assert "A claim." in shown(preview)
    os.rename(root / "away", root / "content")
    preview.refresh()
    assert OVERLAY_ID not in shown(preview)


def test_a_script_is_added_to_a_page_whose_author_left_out_the_tags() -> None:
    assert with_script(b"<head><title>A</title></head><p>B", "<script>") == b"<head><title>A</title><script></head><p>B"
    assert with_script(b"<title>A</title><p>B", "<script>") == b"<title>A</title><p>B<script>"
