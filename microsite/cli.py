"""The command line: flags, exit codes, and the report at the end.

Exit codes: see `options.EXIT_CODES`.
Nothing heavy is imported before it is known that something must be made.
"""

from __future__ import annotations

import gc
import os
import shutil
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, TextIO

from microsite.clock import today
from microsite.diagnostics import Diagnostics
from microsite.inputs import ChangedMeanwhile
from microsite.interpreter import distributions, go_on_with_own_environment, missing_modules
from microsite.options import CONTENT_IS_WRONG, NOT_DONE, OK, Options, parse
from microsite.progress import PICTURE_WORK, ProgressLine
from microsite.project import Look, Project
from microsite.record import Record, read_record, record_path, stamp_output, write_record

if TYPE_CHECKING:
    from microsite.pipeline import BuildResult
    from microsite.publish import Published

WORTH_TELLING = 0.1  # seconds of picture work


def main(arguments: Sequence[str], root: Path) -> int:
    """Carry out one command; gives the exit code."""
    options = parse(arguments)
    started = time.perf_counter()
    project = Project(root)
    if options.is_editing:
        return _with_packages(root, arguments, lambda: _edit(project, options))
    out = Path(os.path.abspath(options.out)) if options.out else root / "public"
    record = None if options.clean else read_record(record_path(project.cache, out))
    look = project.look(Look(record.inputs, record.generator) if record else None)
    settings = (options.base_url, options.drafts)
    if (
        record
        and not (options.serve or options.check)
        and record.holds_on(today())
        and record.still_holds(settings, look.generator, look.inputs, out)
    ):
        return _report_unchanged(record, options, project, out, started)
    if options.serve:
        return _with_packages(root, arguments, lambda: _serve(project, look, options))
    with _no_garbage_collection():
        return _with_packages(root, arguments, lambda: _build(project, look, record, options, out, started))


def leave(code: int) -> NoReturn:
    """End the process with an exit code, and without taking apart all that a build has put together: that takes 0.1 s,
    and the system does it at once."""
    with suppress(OSError):  # nobody may be reading any more
        sys.stdout.flush()
        sys.stderr.flush()
    os._exit(code)


@contextmanager
def _no_garbage_collection() -> Iterator[None]:
    """A build makes much that lasts until its end and few cycles; to look for them takes a tenth of its time."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()  # and back, which makes all of it old at once: else the next object made would have all looked at
        gc.unfreeze()
        gc.enable()


def _with_packages(root: Path, arguments: Sequence[str], command: Callable[[], int]) -> int:
    """Carry out what needs more than the standard library, if need be with the checkout's own environment."""
    missing = missing_modules()
    if not missing:
        return command()
    code = go_on_with_own_environment(root, list(arguments))
    return _explain_missing(missing) if code is None else code


def _edit(project: Project, options: Options) -> int:
    from microsite.editing.commands import run

    return run(project, options)


def _build(project: Project, look: Look, record: Record | None, options: Options, out: Path, started: float) -> int:
    from microsite.memory import ContentLost
    from microsite.pipeline import Settings
    from microsite.publish import PublishFailed, PublishRefused, publish, recover

    settings = Settings(options.base_url, options.drafts, today=today())
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
            _say(options, f"Checked {_made(result, started, progress)}. Nothing was published.")
            return OK
        memory.begin_to_save()
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
    _say(options, f"Built {_made(result, started, progress)} → {_shown(out)} ({_changes(published)}).")
    if options.verbose:
        _say(options, _details(result))
    return OK


def _output_digest(path: str, out: Path, known: Mapping[str, tuple[int, int, bytes]]) -> bytes:
    """The digest of a published file, read only if the file is not as it was left."""
    from microsite.publish import file_digest

    inside = os.path.relpath(path, out).replace(os.sep, "/")
    size, mtime, digest = known.get(inside, (-1, -1, b""))
    return digest if stamp_output(path) == (size, mtime) else file_digest(path)


def _write_record(project: Project, look: Look, options: Options, out: Path, result: BuildResult) -> None:
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
        result.period,
    )
    write_record(record_path(project.cache, out), record)


def _serve(project: Project, look: Look, options: Options) -> int:
    from microsite.pipeline import Settings
    from microsite.preview_server import Place, serve

    # What is not published yet is for editors to see.
    settings = Settings(options.base_url, drafts=True, for_servers=False, today=today())
    return serve(project, look, settings, Place(options.host, options.port), options.editor, options.clean)


# What is printed ------------------------------------------------------------------------------------------------------


def _print_diagnostics(diagnostics: Diagnostics, project: Project, options: Options) -> None:
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


def _report_unchanged(record: Record, options: Options, project: Project, out: Path, started: float) -> int:
    _print_diagnostics(Diagnostics(list(record.warnings)), project, options)
    seconds = time.perf_counter() - started
    _say(options, f"Nothing changed: {record.counts['pages']} pages in {_shown(out)} are up to date ({seconds:.2f} s).")
    return OK


def _made(result: BuildResult, started: float, progress: ProgressLine) -> str:
    warnings = result.diagnostics.warning_count
    pictures = progress.took(*PICTURE_WORK)
    return (
        f"{result.pages} pages in {time.perf_counter() - started:.2f} s"
        f"{f', {pictures:.2f} s of it for pictures' if pictures >= WORTH_TELLING else ''}"
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


def _say(options: Options, text: str) -> None:
    if text and not options.quiet:
        print(text, file=sys.stderr if options.json else sys.stdout)


def _fail(message: str) -> int:
    print(message, file=sys.stderr)
    return NOT_DONE


def _explain_missing(missing: Sequence[str]) -> int:
    return _fail(
        f"Python packages are missing ({', '.join(missing)}). Run “python3 tools/make.py site” once: it installs them."
    )
