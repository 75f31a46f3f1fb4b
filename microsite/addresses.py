"""Addresses are written from the root of the site and made relative at the end, so that the tree works anywhere."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

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
