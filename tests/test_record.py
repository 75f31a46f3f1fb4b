from __future__ import annotations

import marshal
import os
from dataclasses import replace
from pathlib import Path

import pytest

from microsite.diagnostics import Diagnostic, Severity, Span
from microsite.inputs import Stamp
from microsite.record import Record, read_record, record_path, stamp_output, write_record


@pytest.fixture
def out(tmp_path: Path) -> Path:
    (tmp_path / "public/a").mkdir(parents=True)
    (tmp_path / "public/index.html").write_bytes(b"<p>")
    (tmp_path / "public/a/index.html").write_bytes(b"<p>a")
    (tmp_path / "jinja2-1.dist-info").mkdir()
    return tmp_path / "public"


@pytest.fixture
def record(out: Path) -> Record:
    outputs = {}
    for path in ("index.html", "a/index.html"):
        stamp = stamp_output(str(out / path))
        assert stamp is not None
        outputs[path] = (*stamp, b"digest of " + path.encode())
    warning = Diagnostic(
        "orphan", "no page links to /é/", Span("content/é.md", 3, 4, 5), "link to it", Severity.WARNING, "/e/"
    )
    plain = Diagnostic("uncited-source", "nothing cites it", Span("content/s.yaml"), None, Severity.WARNING)
    return Record(
        settings=("https://example.org/", True),
        installed=(str(out.parent / "jinja2-1.dist-info"),),
        generator={"microsite/cli.py": Stamp((1, 1, 2, 3), True, b"g")},
        inputs={
            "content/é.md": Stamp((10**18, 10**18, 2, 2**63), False, b"i"),
            "static/a.js": Stamp((5, 5, 6, 7), True, b"j"),
        },
        outputs=outputs,
        counts={"pages": 2, "links": 3},
        warnings=(warning, plain),
    )


def holds(record: Record, out: Path) -> bool:
    return record.still_holds(record.settings, record.generator, record.inputs, out)


# On disk


def test_a_record_is_read_as_it_was_written(record: Record, tmp_path: Path) -> None:
    path = tmp_path / "cache" / "record"
    write_record(path, record)
    assert read_record(path) == record
    assert [file.name for file in path.parent.iterdir()] == ["record"]


def test_each_output_folder_has_its_own_record(tmp_path: Path) -> None:
    paths = {record_path(tmp_path, tmp_path / name) for name in ("public", "other", "public")}
    assert len(paths) == 2
    assert {path.parent for path in paths} == {tmp_path}


@pytest.mark.parametrize("content", [b"", b"garbage", b"\xff" * 100, marshal.dumps([1]), marshal.dumps({"format": 0})])
def test_what_is_no_record_is_none(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "record"
    assert read_record(path) is None
    path.write_bytes(content)
    assert read_record(path) is None


def test_a_record_cut_short_is_none(record: Record, tmp_path: Path) -> None:
    path = tmp_path / "record"
    write_record(path, record)
    whole = path.read_bytes()
    for length in range(len(whole)):
        path.write_bytes(whole[:length])
        assert read_record(path) is None


def test_a_record_of_another_python_is_none(record: Record, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "record"
    write_record(path, record)
    monkeypatch.setattr("sys.version", "3.99")
    assert read_record(path) is None


def test_a_record_that_cannot_be_kept_is_no_trouble(record: Record, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    write_record(tmp_path / "file" / "record", record)
    assert read_record(tmp_path / "file" / "record") is None


# Whether it still holds


def test_it_holds_while_nothing_changes(record: Record, out: Path) -> None:
    assert holds(record, out)


def test_it_holds_for_files_that_were_only_touched(record: Record, out: Path) -> None:
    touched = {path: replace(stamp, looks=(99, 99, 1, 1), settled=True) for path, stamp in record.inputs.items()}
    assert record.still_holds(record.settings, record.generator, touched, out)


@pytest.mark.parametrize("settings", [(None, True), ("https://example.org/", False), ("https://example.com/", True)])
def test_other_flags_need_a_build(record: Record, out: Path, settings: tuple[str | None, bool]) -> None:
    assert not record.still_holds(settings, record.generator, record.inputs, out)


def test_other_inputs_need_a_build(record: Record, out: Path) -> None:
    inputs = dict(record.inputs)
    changed = {**inputs, "static/a.js": replace(inputs["static/a.js"], digest=b"k")}
    fewer = {"static/a.js": inputs["static/a.js"]}
    more = {**inputs, "static/b.js": inputs["static/a.js"]}
    renamed = {"content/é.md": inputs["content/é.md"], "static/b.js": inputs["static/a.js"]}
    for one in (changed, fewer, more, renamed):
        assert not record.still_holds(record.settings, record.generator, one, out)
        assert not record.still_holds(record.settings, one, record.inputs, out)


def test_an_upgraded_package_needs_a_build(record: Record, out: Path) -> None:
    os.rmdir(record.installed[0])
    assert not holds(record, out)


def test_an_output_that_is_gone_needs_a_build(record: Record, out: Path) -> None:
    (out / "a/index.html").unlink()
    assert not holds(record, out)


def test_an_output_that_was_edited_needs_a_build(record: Record, out: Path) -> None:
    file = out / "index.html"
    before = file.stat()
    file.write_bytes(b"<b>")
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns + 1))
    assert not holds(record, out)
    file.write_bytes(b"<p>longer")
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert not holds(record, out)


def test_files_of_others_in_the_output_do_not_matter(record: Record, out: Path) -> None:
    (out / "CNAME").write_text("example.org")
    assert holds(record, out)
