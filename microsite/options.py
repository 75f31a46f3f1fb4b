"""The options of the command line: what there is, what goes together, and what was probably meant.

Standard library only: an unchanged build imports this.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence
from typing import NoReturn

OK, CONTENT_IS_WRONG, NOT_DONE = 0, 1, 2
MOST_PORT = 65535
DEFAULT_PORT = 8000
EDITOR = "vscode://file/{path}:{line}:{column}"
EXIT_CODES = "exit codes: 0 done; 1 the content has mistakes, or changes that were shown were not made; 2 not done"

_EXAMPLES = """\
examples:
  python build.py --serve                        show the site, follow every change
  python build.py                                publish into public/
  python build.py --new update "A new car"       begin a dated note
  python build.py --new source https://…         begin a source, as far as its address tells
  python build.py --fix                          mend what can be mended without you
  python build.py --rename sara-price sara-p     change an id wherever it stands
  python build.py --stale 2025-01-01             list facts that nothing newer supports

"""
_COMMANDS = ("serve", "check", "new", "fix", "rename", "stale", "schemas")
_BUILDS = ("", "serve", "check")
# The commands that an option has a meaning for; "" is the plain build.
_BELONGS_TO = {
    "port": ("serve",),
    "host": ("serve",),
    "editor": ("serve",),
    "clean": _BUILDS,
    "out": ("", "check"),
    "base_url": _BUILDS,
    "drafts": _BUILDS,
    "json": ("", "check", "stale"),
    "yes": ("fix", "rename"),
    "verbose": _BUILDS,
}


class Options(argparse.Namespace):
    """What was asked for. At most one of the commands is set."""

    serve: bool
    check: bool
    new: list[str] | None
    fix: bool
    rename: list[str] | None
    stale: str | None
    schemas: bool
    port: int
    host: str
    editor: str
    clean: bool
    out: str | None
    base_url: str | None
    drafts: bool
    json: bool
    yes: bool
    quiet: bool
    verbose: bool

    @property
    def command(self) -> str:
        """The command, by the name of its option; "" for a plain build."""
        return next((name for name in _COMMANDS if getattr(self, name) not in (None, False)), "")

    @property
    def is_editing(self) -> bool:
        """Whether files of the project are to be looked at or changed, and nothing built."""
        return self.command not in _BUILDS


def parse(arguments: Sequence[str]) -> Options:
    """The options given; ends the program with code 2 and an explanation if they make no sense."""
    parser = _parser()
    options, unknown = parser.parse_known_args(arguments, Options())
    if unknown:
        parser.error(_unknown(unknown[0], parser))
    for name, commands in _BELONGS_TO.items():
        if getattr(options, name) != parser.get_default(name) and options.command not in commands:
            parser.error(_misplaced(name, options.command, commands))
    return options


def _unknown(argument: str, parser: argparse.ArgumentParser) -> str:
    from microsite.suggest import did_you_mean

    if not argument.startswith("-"):
        return f"“{argument}” is one word too many; put quotes around what belongs together"
    # argparse offers no other way to what it knows.
    known = [name for action in parser._actions for name in action.option_strings]
    hint = did_you_mean(argument.partition("=")[0], known)
    return f"there is no option {argument}" + (f"; {hint}" if hint else "")


def _misplaced(name: str, command: str, commands: Sequence[str]) -> str:
    option = "--" + name.replace("_", "-")
    goes_with = " or ".join(f"--{one}" if one else "a build" for one in commands)
    return f"{option} goes with {goes_with}, not with {f'--{command}' if command else 'a build'}"


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        """One sentence instead of the whole usage."""
        self.exit(2, f"{self.prog}: {message}\n“{self.prog} --help” lists what there is.\n")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="build.py",
        usage="python build.py [one command] [options]",
        description="Build the site into public/, if no command is given.",
        epilog=_EXAMPLES + EXIT_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    _add_commands(parser)
    building = parser.add_argument_group("options of a build")
    building.add_argument("--port", type=_port, default=DEFAULT_PORT, help="port of --serve (default %(default)s)")
    building.add_argument("--host", default="127.0.0.1", help="address that --serve listens on (default %(default)s)")
    building.add_argument(
        "--editor",
        metavar="URL",
        default=os.environ.get("MICROSITE_EDITOR", EDITOR),
        help="address by which --serve opens a file (default %(default)s, or what MICROSITE_EDITOR says)",
    )
    building.add_argument("--clean", action="store_true", help="make everything anew, remember nothing from before")
    building.add_argument("--out", metavar="FOLDER", help="where the site goes (default public/)")
    building.add_argument("--base-url", metavar="URL", type=_base_url, help="instead of base_url in content/site.yaml")
    building.add_argument(
        "--drafts", action="store_true", help="publish drafts and what is dated in the future too; --serve always does"
    )
    editing = parser.add_argument_group("options of --fix and --rename")
    editing.add_argument("-y", "--yes", action="store_true", help="make the changes without asking")
    report = parser.add_argument_group("what is printed")
    report.add_argument("--json", action="store_true", help="for machines: what is wrong, or what --stale found")
    loudness = report.add_mutually_exclusive_group()
    loudness.add_argument("-q", "--quiet", action="store_true", help="print only what is wrong")
    loudness.add_argument("-v", "--verbose", action="store_true", help="tell more about what was done")
    return parser


def _add_commands(parser: argparse.ArgumentParser) -> None:
    commands = parser.add_argument_group("commands").add_mutually_exclusive_group()
    commands.add_argument("--serve", action="store_true", help="show the site and each change to it in the browser")
    commands.add_argument("--check", action="store_true", help="do everything but publish")
    commands.add_argument(
        "--new",
        nargs="*",
        metavar=("KIND", "NAME"),
        help="begin a file or an entry, as in the examples below; --new alone lists the kinds",
    )
    commands.add_argument("--fix", action="store_true", help="mend what is mechanical, after showing what would change")
    commands.add_argument(
        "--rename",
        nargs=2,
        metavar=("ID", "NEW"),
        help="change an id wherever it stands and keep its old address alive, after showing what would change",
    )
    commands.add_argument(
        "--stale",
        nargs="?",
        const="",
        metavar="DATE",
        help="list facts whose newest source is older than the date (default: a year ago) or gone",
    )
    commands.add_argument("--schemas", action="store_true", help="write schemas/ anew, from which editors complete")


def _port(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and int(text) <= MOST_PORT):
        raise argparse.ArgumentTypeError(f"“{text}” is no port; that is a number up to {MOST_PORT}")
    return int(text)


def _base_url(text: str) -> str:
    if not text.startswith(("http://", "https://")):
        raise argparse.ArgumentTypeError(f"“{text}” is no web address; it begins with https://")
    return text if text.endswith("/") else text + "/"
