"""The editing commands as the command line runs them: what they print and their exit codes."""

from __future__ import annotations

import sys
from pathlib import Path

from microsite.clock import today
from microsite.editing.changes import ChangedUnderneath, Changes, is_agreed, unified_diff, write
from microsite.options import CONTENT_IS_WRONG, NOT_DONE, OK, Options
from microsite.project import Project


def run(project: Project, options: Options) -> int:
    """Carry out the one editing command that was asked for; gives the exit code."""
    commands = {"new": _new, "schemas": _schemas}
    try:
        return commands[options.command](project, options)
    except ChangedUnderneath as error:
        return _fail(f"{error} changed meanwhile; nothing was written. Run the command again.")
    except OSError as error:
        return _fail(f"{error.filename} could not be read or written: {error.strerror}.")


def _new(project: Project, options: Options) -> int:
    from microsite.editing.beginnings import CannotBegin
    from microsite.editing.scaffold import begin

    try:
        begun = begin(project.root, options.new or (), today())
    except CannotBegin as error:
        return _fail(f"Nothing was begun: {error}.")
    _refresh_ids(project.root)
    _say(options, f"Begun: the {begun.kind} “{begun.id}” in {begun.path}:{begun.line}")
    _say(options, f"Open it, {begun.todo}.")
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


def _say(options: Options, text: str) -> None:
    if not options.quiet:
        print(text)
