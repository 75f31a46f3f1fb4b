"""Addresses are written from the root of the site and made relative at the end, so that the tree works anywhere."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from urllib.parse import SplitResult, unquote, urlsplit

SERVED_ANYWHERE = ("/404.html", "/offline.html")
"""Pages that are shown in the place of others, wherever those are."""
# These begin with fixed characters, which is much faster; what stands before is looked at afterwards.
_ONE = re.compile(r"=\"/(?!/)")
_NAMES = tuple(space + name for space in " \t\n" for name in ("href", "src", "action", "poster"))
_SET = re.compile(r"srcset=\"([^\"<>]*)\"")
_BEFORE_SET = (" ", "\t", "\n", " data-", " image")
_REFRESH = re.compile(r"(<meta http-equiv=\"refresh\" content=\"\d+; ?url=)/(?!/)")
_CANDIDATE = re.compile(r"(^|,\s*)/(?!/)")


def absolute(permalink: str, base_url: str) -> str:
    """The full address of a permalink; `base_url` ends with a slash."""
    return base_url + permalink.lstrip("/")


def prefix_for(permalink: str, base_url: str) -> str:
    """What stands for the site's root on a page: `../` steps; the real path on one that is served anywhere."""
    if permalink in SERVED_ANYWHERE:
        return urlsplit(base_url).path
    return "../" * (permalink.count("/") - 1) or "./"


def relative(html: str, permalink: str, base_url: str) -> str:
    """Every address of a page that begins with a slash, made relative to the page."""
    prefix = prefix_for(permalink, base_url)

    def one(match: re.Match[str]) -> str:
        return f'="{prefix}' if _is_attribute(match, _NAMES) else match[0]

    def many(match: re.Match[str]) -> str:
        candidates = _CANDIDATE.sub(lambda one: one[1] + prefix, match[1])
        return f'srcset="{candidates}"' if _is_attribute(match, _BEFORE_SET) else match[0]

    return _REFRESH.sub(lambda match: match[1] + prefix, _SET.sub(many, _ONE.sub(one, html)))


def _is_attribute(match: re.Match[str], names: tuple[str, ...]) -> bool:
    """Whether one of these names stands right before, and within a tag; in a text it is only spoken of."""
    html, start = match.string, match.start()
    return html.endswith(names, 0, start) and html.rfind("<", 0, start) > html.rfind(">", 0, start)


def goal_of(path: str, target: str) -> tuple[str, str]:
    """The output path and fragment that an address on a page leads to."""
    to_root = "../" * path.count("/")
    if to_root and target.startswith(to_root):  # as nearly all do, see `relative`
        return _goal_from_root(target.removeprefix(to_root))
    return _goal_from(path, target)


@lru_cache(maxsize=20_000)  # pages lead to the same ones again and again
def _goal_from_root(target: str) -> tuple[str, str]:
    return _goal_from("", f"./{target}")


def _goal_from(path: str, target: str) -> tuple[str, str]:
    address, _, fragment = target.strip().partition("#")
    goal = unquote(address.partition("?")[0])
    if not goal:
        return path, unquote(fragment)
    joined = goal.lstrip("/") if goal.startswith("/") else posixpath.join(posixpath.dirname(path), goal)
    normal = posixpath.normpath(joined) if joined else "."
    if goal.endswith("/") or normal == ".":
        normal = "index.html" if normal == "." else f"{normal}/index.html"
    return normal, unquote(fragment)


def address_of(path: str) -> str:
    """The address that an output path answers to."""
    return "/" + path.removesuffix("index.html")


def own_addresses(addresses: Iterable[str], base_url: str) -> Iterator[str]:
    """Those of `addresses` that lead to this site, from its root where they name the site itself."""
    # A page that is served anywhere, 404.html, names the site's own path: `/rally/` of https://example.org/rally/.
    roots = (base_url, urlsplit(base_url).path)
    for one in addresses:
        root = next(root for root in roots if one.startswith(root)) if one.startswith(roots) else ""
        inside = "/" + one.removeprefix(root) if root else one
        if _is_own(inside):
            yield inside


def _is_own(address: str) -> bool:
    """Whether an address leads to this site; those of other sites, `mailto:` and the like do not."""
    if ":" not in address and not address.startswith("//"):  # as most are, and nothing else can be foreign
        return True
    parts = split(address)
    return parts is not None and not parts.scheme and not parts.netloc


def split(address: str) -> SplitResult | None:
    """The parts of an address, or None if it is none."""
    try:
        return urlsplit(address)
    except ValueError:  # an editor's slip, such as http://[example.org
        return None
