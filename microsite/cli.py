"""The command line: flags, exit codes, and the report at the end.

Exit codes: 0 all is well, 1 the content has errors, 2 the command could not be carried out.
Nothing heavy is imported before it is known that something must be made.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from microsite.diagnostics import Diagnostics
from microsite.inputs import ChangedMeanwhile
from microsite.interpreter import distributions, go_on_with_own_environment, missing_modules
from microsite.progress import ProgressLine
from microsite.project import Look, Project
from microsite.record import Record, read_record, record_path, stamp_output, write_record

if TYPE_CHECKING:
    from microsite.pipeline import BuildResult
    from microsite.publish import Published

OK, CONTENT_IS_WRONG, NOT_DONE = 0, 1, 2
DEFAULT_PORT = 8000
EDITOR = "vscode://file/{path}:{line}:{column}"


def main(arguments: Sequence[str], root: Path) -> int:
    """Carry out one command; gives the exit code."""
    options = _parser().parse_args(arguments)
    started = time.perf_counter()
    project = Project(root)
    out = Path(os.path.abspath(options.out)) if options.out else root / "public"
    record = None if options.clean else read_record(record_path(project.cache, out))
    look = project.look(Look(record.inputs, record.generator) if record else None)
    settings = (options.base_url, options.drafts)
    if (
        record
        and not (options.serve or options.check)
        and record.still_holds(settings, look.generator, look.inputs, out)
    ):
        return _report_unchanged(record, options, project, out, started)
    missing = missing_modules()
    if missing:
        code = go_on_with_own_environment(root, list(arguments))
        return _explain_missing(missing) if code is None else code
    if options.serve:
        return _serve(project, look, options)
    return _build(project, look, record, options, out, started)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="build.py", description="Build the site into public/.")
    parser.add_argument("--serve", action="store_true", help="show the site and each change to it in the browser")
    parser.add_argument("--port", type=int, default=DEFAULT_PORT, help="port of --serve (default %(default)s)")
    parser.add_argument("--host", default="127.0.0.1", help="address that --serve listens on (default %(default)s)")
    parser.add_argument(
        "--editor",
        metavar="URL",
        default=os.environ.get("MICROSITE_EDITOR", EDITOR),
        help="address by which --serve opens a file (default %(default)s, or what MICROSITE_EDITOR says)",
    )
    parser.add_argument("--check", action="store_true", help="do everything but publish")
    parser.add_argument("--clean", action="store_true", help="make everything anew, remember nothing from before")
    parser.add_argument("--out", metavar="FOLDER", help="where the site goes (default public/)")
    parser.add_argument("--base-url", metavar="URL", type=_base_url, help="instead of base_url in content/site.yaml")
    parser.add_argument("--drafts", action="store_true", help="include entries marked as drafts")
    parser.add_argument("--json", action="store_true", help="print what is wrong as JSON, for machines")
    loudness = parser.add_mutually_exclusive_group()
    loudness.add_argument("-q", "--quiet", action="store_true", help="print only what is wrong")
    loudness.add_argument("-v", "--verbose", action="store_true", help="tell more about what was done")
    return parser


def _base_url(text: str) -> str:
    if not text.startswith(("http://", "https://")):
        raise argparse.ArgumentTypeError(f"“{text}” is no web address; it begins with https://")
    return text if text.endswith("/") else text + "/"


def _build(
    project: Project, look: Look, record: Record | None, options: argparse.Namespace, out: Path, started: float
) -> int:
    from microsite.memory import ContentLost
    from microsite.pipeline import Settings
    from microsite.publish import PublishFailed, PublishRefused, publish, recover

    settings = Settings(options.base_url, options.drafts)
    memory = project.open_memory(look.generator, options.clean)
    progress = ProgressLine(sys.stderr, started, options.quiet)
    try:
        recover(out)
        result, look = project.build(look, settings, memory, progress.show)
        progress.clear()
        _print_diagnostics(result.diagnostics, project, options)
        if result.diagnostics.has_errors:
            _say(options, f"Nothing was published; {out.name}/ is as it was." if not options.check else "")
            return CONTENT_IS_WRONG
        if options.check:
            _say(options, f"Checked {_made(result, started)}. Nothing was published.")
            return OK
        known = record.outputs if record else {}
        published = publish(
            result.tree,
            out,
            forbidden=project.forbidden,
            digest_of=lambda path: _output_digest(path, out, known),
            on_wait=lambda: _say(options, "Waiting for another build to finish …"),
        )
    except (PublishRefused, PublishFailed) as error:
        return _fail(str(error))
    except ContentLost:
        memory.discard()
        return _fail("The cache was damaged and has been deleted. Run the command again.")
    except ChangedMeanwhile as error:
        return _fail(f"{error} keeps changing; nothing was published. Run the command again.")
    finally:
        progress.clear()
        memory.save()
        memory.close()
    _write_record(project, look, options, out, result)
    _say(options, f"Built {_made(result, started)} → {_shown(out)} ({_changes(published)}).")
    if options.verbose:
        _say(options, _details(result))
    return OK


def _output_digest(path: str, out: Path, known: Mapping[str, tuple[int, int, bytes]]) -> bytes:
    """The digest of a published file, read only if the file is not as it was left."""
    from microsite.publish import file_digest

    inside = os.path.relpath(path, out).replace(os.sep, "/")
    size, mtime, digest = known.get(inside, (-1, -1, b""))
    return digest if stamp_output(path) == (size, mtime) else file_digest(path)


def _write_record(project: Project, look: Look, options: argparse.Namespace, out: Path, result: BuildResult) -> None:
    outputs = {}
    for path, file in result.tree.items():
        if stamp := stamp_output(os.path.join(out, path)):
            outputs[path] = (*stamp, file.digest)
    record = Record(
        (options.base_url, options.drafts),
        distributions(),
        look.generator,
        look.inputs,
        outputs,
        {"pages": result.pages, "links": result.audited.links},
        tuple(result.diagnostics.in_order()),
    )
    write_record(record_path(project.cache, out), record)


def _serve(project: Project, look: Look, options: argparse.Namespace) -> int:
    from microsite.pipeline import Settings
    from microsite.preview_server import Place, serve

    settings = Settings(options.base_url, options.drafts, for_servers=False)
    return serve(project, look, settings, Place(options.host, options.port), options.editor, options.clean)


# What is printed ------------------------------------------------------------------------------------------------------


def _print_diagnostics(diagnostics: Diagnostics, project: Project, options: argparse.Namespace) -> None:
    if options.json:
        from microsite.diagnostics.json_report import render_json

        print(render_json(diagnostics))
        return
    if not diagnostics.found:
        return
    from microsite.diagnostics.github import render_github
    from microsite.diagnostics.terminal import render

    print(render(diagnostics, project.source, _in_colour(sys.stderr), _width()), file=sys.stderr)
    if os.environ.get("GITHUB_ACTIONS") == "true":
        print(render_github(diagnostics))


def _in_colour(stream: TextIO) -> bool:
    """By the conventions of no-color.org and of terminals."""
    return stream.isatty() and "NO_COLOR" not in os.environ and os.environ.get("TERM") != "dumb"


def _width() -> int:
    return shutil.get_terminal_size((100, 24)).columns


def _report_unchanged(record: Record, options: argparse.Namespace, project: Project, out: Path, started: float) -> int:
    _print_diagnostics(Diagnostics(list(record.warnings)), project, options)
    seconds = time.perf_counter() - started
    _say(options, f"Nothing changed: {record.counts['pages']} pages in {_shown(out)} are up to date ({seconds:.2f} s).")
    return OK


def _made(result: BuildResult, started: float) -> str:
    warnings = result.diagnostics.warning_count
    return (
        f"{result.pages} pages in {time.perf_counter() - started:.2f} s"
        f" ({result.rendered} rendered, {result.audited.links:,} links checked,"
        f" {warnings or 'no'} warning{'' if warnings == 1 else 's'})"
    )


def _changes(published: Published) -> str:
    if published.unchanged:
        return "no file changed"
    return f"{published.written} files written, {published.reused} kept, {published.removed} removed"


def _details(result: BuildResult) -> str:
    audited = result.audited
    return (
        f"Read {result.converted} content files anew; checked {audited.fragments:,} fragments, {audited.ids:,} ids,"
        f" {audited.headings:,} headings and {audited.pictures:,} pictures; {len(result.tree):,} files in all."
    )


def _shown(out: Path) -> str:
    try:
        return f"{out.relative_to(Path.cwd())}/"
    except ValueError:
        return f"{out}/"


def _say(options: argparse.Namespace, text: str) -> None:
    if text and not options.quiet:
        print(text, file=sys.stderr if options.json else sys.stdout)


def _fail(message: str) -> int:
    print(message, file=sys.stderr)
    return NOT_DONE


def _explain_missing(missing: Sequence[str]) -> int:
    return _fail(
        f"Python packages are missing ({', '.join(missing)}). Run “python3 tools/make.py site” once: it installs them."
    )
