"""Elements of a page that are never closed, closed where nothing is open, or stand where they may not: browsers mend
these as they see fit."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

_OPAQUE = re.compile(rb"<!--.*?(?:-->|\Z)|(<(script|style|textarea)\b[^>]*>).*?(?=</\2>|\Z)", re.DOTALL)
_TAG = re.compile(rb"<(/?)([a-zA-Z][a-zA-Z0-9-]*)((?:\s[^<>\"']*(?:\"[^\"]*\"[^<>\"']*|'[^']*'[^<>\"']*)*)?)(/?)>")
_NAME = re.compile(rb"<(/?[a-zA-Z][a-zA-Z0-9-]*)")
_SUSPECT = re.compile(rb"=\"[^\"<]*<")
_OPEN_VALUE = re.compile(rb"<[a-zA-Z][^<>\"']*(?:\"[^\"<]*\"[^<>\"']*)*=\"[^\"<]*<")
_VOID = frozenset(b"area base br col embed hr img input link meta source track wbr".split())
_SHAPES = frozenset(b"path circle rect line polyline polygon ellipse use stop image".split())
_MAY_STAY_OPEN = frozenset(b"p li dt dd tr td th thead tbody tfoot option optgroup html head body colgroup".split())
_HOLDER = re.compile(rb"<(a|button)(?:\s[^<>]*)?>", re.IGNORECASE)
_CONTROL = re.compile(rb"<(?:a|button|input|select|textarea|label|iframe|details)(?:\s[^<>]*)?>", re.IGNORECASE)
_NESTED = re.compile(
    rb" (a|button)(?: (?!/\1 )[^ ]+)*? (?:a|button|input|select|textarea|label|iframe|details) ", re.IGNORECASE
)

Names = Sequence[bytes]


def names_in(html: bytes) -> Names:
    """The names of a page's tags in their order, `/a` of one that closes; what stands in scripts and comments too."""
    return _NAME.findall(html)


def fault_in(html: bytes, names: Names) -> str | None:
    """What is wrong with the nesting of a page's elements, in words; None if it is sound."""
    if _is_even(names) and not _SUSPECT.search(html):
        return None
    text = _OPAQUE.sub(rb"\1", html)
    if found := _OPEN_VALUE.search(text):
        tag, closed, _ = found[0].partition(b">")
        return f"the quote of an attribute is never closed: {_shown(tag + closed)}"
    still_open: list[tuple[bytes, bytes]] = []
    for match in _TAG.finditer(text):
        name = match[2].lower()
        if name in _VOID or match[4] or match[3].endswith(b"/"):
            continue
        if not match[1]:
            still_open.append((name, match[0]))
        elif fault := _close(name, still_open):
            return fault
    left = [tag for name, tag in still_open if name not in _MAY_STAY_OPEN]
    return f"{_shown(left[-1])} is never closed" if left else None


def nested_in(html: bytes, names: Names) -> tuple[str, str] | None:
    """The first link or button of a page that holds another control, and that control, as they are typed; None if
    there is none. HTML forbids it, for nobody could tell which of the two is meant."""
    if not _NESTED.search(b" %s " % b" ".join(names)):
        return None
    text = _OPAQUE.sub(rb"\1", html)
    for outer in _HOLDER.finditer(text):
        end = text.find(b"</%s>" % outer[1], outer.end())
        if inner := _CONTROL.search(text, outer.end(), end if end >= 0 else len(text)):
            return _shown(outer[0]), _shown(inner[0])
    return None


def _is_even(typed: Names) -> bool:
    """A cheap look first, for there is seldom anything: whether each kind of element is closed as often as opened."""
    found: Counter[bytes] = Counter()
    for name, count in Counter(typed).items():
        found[name.lower()] += count
    names = {name.lstrip(b"/") for name in found} - _VOID - _MAY_STAY_OPEN - _SHAPES
    return all(found[name] == found[b"/" + name] for name in names)


def _close(name: bytes, still_open: list[tuple[bytes, bytes]]) -> str | None:
    if name not in (one for one, _ in still_open):
        return None if name in _MAY_STAY_OPEN else f"</{name.decode()}> closes nothing"
    while still_open[-1][0] != name:
        inner, tag = still_open.pop()
        if inner not in _MAY_STAY_OPEN:
            return f"{_shown(tag)} is not closed before </{name.decode()}>"
    still_open.pop()
    return None


def _shown(tag: bytes) -> str:
    return tag.decode(errors="replace").replace("\n", " ")[:80]
