"""`--rename ID NEW`: an id changed wherever it stands, its old address kept alive by an alias.

What names the id in data and text is known with its place from reading the content. Links are found by their addresses.
Where the generator itself names the id, a rename would break it and is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from microsite.content_files import Passage
from microsite.diagnostics import Severity, Span
from microsite.editing.changes import Changes
from microsite.editing.content import Files, Reader, read_content
from microsite.entries import Entry, Mention, name_of
from microsite.load import ID
from microsite.markdown import without_code
from microsite.pages.shown import SHOWN_ON
from microsite.schema import BY_NAME
from microsite.site_model import Site
from microsite.suggest import did_you_mean
from microsite.template_lint import TEMPLATES

_LISTED_ON = {**SHOWN_ON, "source": "/sources/", "place": "/history/places/"}
"""Where an entry has an element of its own, whose id is the entry's."""
# Where the generator may name an id, and how. In templates a word in quotes is mostly the name of a drawing.
_NAMED_IN = {
    "microsite/pages/*.py": r"""["']{}["']""",
    "microsite/exports/*.py": r"""["']{}["']""",
    f"{TEMPLATES}**/*.*": r"""(?:\w\[|\.id\s*==\s*|get\()["']{}["']""",
}


class CannotRename(Exception):
    """Why nothing was renamed, in words for the user."""


@dataclass(frozen=True, slots=True)
class Renaming:
    """One entry and its new id. `home` is the new permalink of its page if that changes with the id."""

    entry: Entry
    new: str
    home: str | None

    @property
    def old(self) -> str:
        return self.entry.id


def rename(root: Path, wanted: str, new: str) -> Changes:
    """The changes that give the entry `wanted`, an id or `kind/id`, the id `new`. Raises `CannotRename`."""
    files = read_content(root)
    reader = Reader()
    site, diagnostics = reader.site(files)
    if diagnostics.has_errors:
        raise CannotRename("the content has mistakes, and an id might hide in them; python build.py --check shows them")
    renaming = _renaming(_entry(site, wanted), new, site)
    _check_code(root, renaming)
    mentions = [mention for one in reader.load(files) for mention in one.mentions]
    after = _in_content(files, renaming, site, mentions)
    templates = {
        path.relative_to(root).as_posix(): path.read_bytes() for path in sorted((root / TEMPLATES).rglob("*.html"))
    }
    linked = {path: _relinked(content.decode(), renaming).encode() for path, content in templates.items()}
    changes = Changes(files | templates, after | linked, _moves(renaming))
    _check_result(reader, changes)
    return changes


def _entry(site: Site, wanted: str) -> Entry:
    kind, _, entry_id = wanted.rpartition("/")
    every = [entry for entries in site.entries.values() for entry in entries.values() if kind in ("", entry.kind)]
    found = [entry for entry in every if entry.id == entry_id]
    if not found:
        hint = did_you_mean(entry_id, {entry.id for entry in every})
        raise CannotRename(f"nothing has the id “{wanted}”" + (f"; {hint}" if hint else ""))
    if len(found) > 1:
        raise CannotRename(f"several have the id “{wanted}”; say which: {', '.join(map(name_of, found))}")
    return found[0]


def _renaming(entry: Entry, new: str, site: Site) -> Renaming:
    kind = BY_NAME[entry.kind]
    if not ID.fullmatch(new):
        raise CannotRename(f"“{new}” cannot be an id; use lower-case letters, digits and single hyphens")
    if new == entry.id:
        raise CannotRename(f"“{new}” is its id already")
    if kind.layout != "collection" and "*" not in kind.files:
        raise CannotRename(f"there is one {kind.name}, and its file has to be called {kind.files}")
    taken = site.entries[entry.kind].get(new)
    if taken:
        raise CannotRename(f"there is already a {entry.kind} “{new}”: {_shown(site.places[name_of(taken)])}")
    if kind.name == "edition":
        raise CannotRename("an edition is called by its year; change the year in the file, and the name of the file")
    own = getattr(entry.data, "permalink", None)
    home = kind.home.format(id=new) if kind.home and not own else None
    for other in (one for entries in site.entries.values() for one in entries.values()) if home else ():
        if home in (other.permalink, *getattr(other.data, "aliases", ())):
            raise CannotRename(f"{home} is already an address of {name_of(other)}")
    return Renaming(entry, new, home)


def _check_code(root: Path, renaming: Renaming) -> None:
    """Refuse what the generator's own files name."""
    for pattern, form in _NAMED_IN.items():
        quoted = re.compile(form.format(re.escape(renaming.old)))
        for path in sorted(root.glob(pattern)):
            for number, line in enumerate(path.read_text("utf-8", errors="replace").split("\n"), 1):
                if quoted.search(line):
                    place = f"{path.relative_to(root).as_posix()}:{number}"
                    raise CannotRename(f"the generator names “{renaming.old}” itself, in {place}")


def _moves(renaming: Renaming) -> dict[str, str]:
    if BY_NAME[renaming.entry.kind].layout == "collection":
        return {}
    path = PurePosixPath(renaming.entry.path)
    return {str(path): str(path.with_name(renaming.new + path.suffix))}


# Texts ----------------------------------------------------------------------------------------------------------------


def _in_content(files: Files, renaming: Renaming, site: Site, mentions: Iterable[Mention]) -> dict[str, bytes]:
    wanted = (renaming.entry.kind, renaming.old)
    places: dict[str, list[Span]] = {}
    for mention in mentions:
        if (mention.kind, mention.id) == wanted:
            places.setdefault(mention.span.path, []).append(mention.span)
    own = renaming.entry.path
    if BY_NAME[renaming.entry.kind].layout == "collection":
        places.setdefault(own, []).append(site.places[name_of(renaming.entry)])
    changed = {}
    for path, content in files.items():
        # As the places were counted. What is untidy, such as other line ends, --fix puts right.
        text = content.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
        renamed = _relinked(_renamed(text, path, places.get(path, []), renaming), renaming)
        if path == own and renaming.home:
            renamed = _with_alias(renamed, renaming)
        if renamed != text:
            changed[path] = renamed.encode()
    return changed


def _renamed(text: str, path: str, places: list[Span], renaming: Renaming) -> str:
    """The text with the id replaced at, or next after, each place, whatever quotes or `@` stand before it."""
    passage = Passage(path, text)
    pattern = re.compile(rf"(?<![a-z0-9-]){re.escape(renaming.old)}(?![a-z0-9-])")
    taken: set[int] = set()
    for span in sorted(set(places)):
        start = passage.offset(span.line, span.column)
        found = next((one.start() for one in pattern.finditer(text, start) if one.start() not in taken), None)
        if found is None:
            raise CannotRename(f"“{renaming.old}” is not written out in {_shown(span)}; change it there first")
        taken.add(found)
    for start in sorted(taken, reverse=True):
        text = text[:start] + renaming.new + text[start + len(renaming.old) :]
    return text


def _relinked(text: str, renaming: Renaming) -> str:
    """The text with links to the entry's page, or to its element on another, leading to where they are now."""
    prose = without_code(text)
    for old, new, ends in _addresses(renaming):
        pattern = re.compile(rf"(?<![\w/.-]){re.escape(old)}(?={ends})")
        for found in reversed(list(pattern.finditer(prose))):
            text = text[: found.start()] + new + text[found.end() :]
            prose = prose[: found.start()] + new + prose[found.end() :]
    return text


def _addresses(renaming: Renaming) -> Iterator[tuple[str, str, str]]:
    """Old and new addresses, and what may follow them."""
    if renaming.home and renaming.entry.permalink:
        yield renaming.entry.permalink, renaming.home, r"[#)\]\"'\s,}]|$"
    if listed := _LISTED_ON.get(renaming.entry.kind):
        yield f"{listed}#{renaming.old}", f"{listed}#{renaming.new}", r"[)\]\"'\s,}]|$"


def _with_alias(text: str, renaming: Renaming) -> str:
    """The entry's own file with its old permalink among its aliases."""
    old = renaming.entry.permalink
    if BY_NAME[renaming.entry.kind].layout == "document":
        if renaming.entry.data.aliases:
            return _added_to_aliases(text, text.find("\naliases:") + 1, str(old))
        return text.replace("\n---", f"\naliases: [{old}]\n---", 1)
    start = re.search(rf"^{re.escape(renaming.new)}:[ ]*(?:#.*)?\n", text, re.MULTILINE)
    if start is None:
        raise CannotRename(f"{renaming.entry.path} writes the entry in one line; give each key its own line first")
    if renaming.entry.data.aliases:
        return _added_to_aliases(text, text.find("aliases:", start.end()), str(old))
    end = re.compile(r"^(?=\S)|\Z", re.MULTILINE).search(text, start.end())
    stop = end.start() if end else len(text)
    entry = text[start.end() : stop].rstrip()
    indent = re.match(r"[ ]*", entry)
    gap = text[start.end() + len(entry) : stop]
    return f"{text[: start.end()]}{entry}\n{indent[0] if indent else '  '}aliases: [{old}]{gap}{text[stop:]}"


def _added_to_aliases(text: str, start: int, old: str) -> str:
    """`aliases: [/a/]` as `aliases: [/a/, /b/]`, or a further `- /b/` in a list of lines."""
    found = re.compile(r"aliases:[ ]*(?:\[([^\]]*)\]|((?:\n[ ]*- .*)+))").match(text, start)
    if found is None:
        raise CannotRename(f"add {old} to the aliases yourself first, and then take it out again")
    if found[1] is not None:
        return f"{text[: found.end() - 1]}, {old}{text[found.end() - 1 :]}"
    last = found[2].rpartition("\n")[2]
    return f"{text[: found.end()]}\n{last[: last.index('-')]}- {old}{text[found.end() :]}"


def _check_result(reader: Reader, changes: Changes) -> None:
    """What comes out must be as sound as what went in; if it is not, there is a place that was not understood."""
    after = {changes.moves.get(path, path): content for path, content in {**changes.before, **changes.after}.items()}
    _, diagnostics = reader.site({path: content for path, content in after.items() if not path.startswith(TEMPLATES)})
    wrong = next((one for one in diagnostics.in_order() if one.severity is Severity.ERROR), None)
    if wrong:
        raise CannotRename(f"it would break {_shown(wrong.span)}: {wrong.message}")


def _shown(span: Span) -> str:
    return f"{span.path}:{span.line}:{span.column}"
