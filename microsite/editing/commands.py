"""The editing commands as the command line runs them: what they print and their exit codes."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

from microsite.clock import today
from microsite.editing.changes import ChangedUnderneath, Changes, is_agreed, unified_diff, write
from microsite.inputs import ChangedMeanwhile
from microsite.options import CONTENT_IS_WRONG, NOT_DONE, OK, Options
from microsite.project import Project


def run(project: Project, options: Options) -> int:
    """Carry out the one editing command that was asked for; gives the exit code."""
    commands = {"new": _new, "fix": _fix, "rename": _rename, "stale": _stale, "schemas": _schemas}
    try:
        code = commands[options.command](project, options)
        sys.stdout.flush()
        return code
    except BrokenPipeError:  # whoever reads, such as `head`, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK
    except ChangedUnderneath as error:
        return _fail(f"{error} changed meanwhile; nothing was written. Run the command again.")
    except ChangedMeanwhile as error:
        return _fail(f"{error} is just being written; nothing was changed. Run the command again.")
    except OSError as error:
        return _fail(f"{error.filename} could not be read or written: {error.strerror}.")


def _new(project: Project, options: Options) -> int:
    from microsite.editing.beginnings import CannotBegin
    from microsite.editing.scaffold import begin

    try:
        begun = begin(project.root, options.new or (), today())
    except CannotBegin as error:
        return _fail(_sentence(f"Nothing was begun: {error}"))
    _refresh_ids(project.root)
    _say(options, f"Begun: the {begun.kind} “{begun.id}” in {begun.path}:{begun.line}")
    _say(options, f"Open it, {begun.todo}.")
    return OK


def _fix(project: Project, options: Options) -> int:
    from microsite.diagnostics.text import count
    from microsite.editing.content import read_content
    from microsite.editing.fixes import mend

    before = read_content(project.root)
    mended, left = mend(before)
    changes = Changes(before, mended)
    remaining = f" What is left, “python build.py --check” shows: {count(left)}." if left.found else ""
    if not changes.paths:
        _say(options, f"There is nothing that could be mended without you.{remaining}")
    elif code := _propose(project.root, changes, options, f"Mended: {', '.join(changes.paths)}.{remaining}"):
        return code
    return CONTENT_IS_WRONG if left.has_errors else OK


def _rename(project: Project, options: Options) -> int:
    from microsite.diagnostics.text import counted
    from microsite.editing.rename import CannotRename, rename

    old, new = options.rename or ("", "")
    try:
        changes = rename(project.root, old, new)
    except CannotRename as error:
        return _fail(_sentence(f"Nothing was renamed: {error}"))
    files = counted(len(changes.paths), "file")
    return _propose(project.root, changes, options, f"Renamed in {files}.")


def _stale(project: Project, options: Options) -> int:
    from microsite.editing.content import read_content
    from microsite.editing.stale import as_records, rendered, stale_facts
    from microsite.schema.values.times import parse_date

    day = today()
    before = options.stale or f"{int(day[:4]) - 1}{day[4:]}"
    try:
        parse_date(before)
    except ValueError as error:
        return _fail(f"--stale: {error}.")
    found = stale_facts(read_content(project.root), before)
    if options.json:
        print(json.dumps({"before": before, "facts": as_records(found)}, indent=2))
        return OK
    if found:
        print(rendered(found))
    _say(options, f"{len(found)} facts have no source newer than {before}, or one that is gone.")
    return OK


def _schemas(project: Project, options: Options) -> int:
    from microsite.editing.json_schemas import generated_files

    changes = _as_changes(project.root, generated_files(project.root))
    write(project.root, changes)
    _say(options, f"Written: {', '.join(changes.paths)}" if changes.paths else "The schemas are current.")
    return OK


def _refresh_ids(root: Path) -> None:
    """Keep the ids that editors suggest up to date, where there are schemas."""
    from microsite.editing.json_schemas import FOLDER, IDS, ids_file

    if (root / FOLDER / IDS).exists():
        write(root, _as_changes(root, {FOLDER + IDS: ids_file(root)}))


def _as_changes(root: Path, texts: dict[str, str]) -> Changes:
    before = {path: (root / path).read_bytes() for path in texts if (root / path).exists()}
    return Changes(before, {path: text.encode() for path, text in texts.items()})


def _propose(root: Path, changes: Changes, options: Options, done: str) -> int:
    """Show changes, ask, and make them."""
    print(unified_diff(changes), end="")
    agreed = is_agreed("Make these changes?", options.yes)
    if agreed is None:
        return _not_made("Nothing was written, since nobody could be asked; --yes makes the changes.")
    if not agreed:
        return _not_made("Nothing was written.")
    write(root, changes)
    _refresh_ids(root)
    _say(options, done)
    return OK


def _not_made(message: str) -> int:
    print(message, file=sys.stderr)
    return CONTENT_IS_WRONG


def _fail(message: str) -> int:
    print(message, file=sys.stderr)
    return NOT_DONE


def _sentence(text: str) -> str:
    return text if text.endswith("?") else f"{text}."


def _say(options: Options, text: str) -> None:
    if not options.quiet:
        print(text)
