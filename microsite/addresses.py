"""Addresses are written from the root of the site and made relative at the end, so that the tree works anywhere."""

from __future__ import annotations

import re
from urllib.parse import urljoin, urlsplit

SERVED_ANYWHERE = ("/404.html", "/offline.html")
"""Pages that are shown in the place of others, wherever those are."""
_TAG = re.compile(r"<[a-zA-Z][^<>]*?\s(?:href|src|srcset|data-srcset|imagesrcset|action|poster)=\"[^<>]*>")
_ONE = re.compile(r"(\s(?:href|src|action|poster)=\")/(?!/)([^\"]*\")")
_SET = re.compile(r"(\s(?:srcset|data-srcset|imagesrcset)=\")([^\"]*)(?=\")")
_REFRESH = re.compile(r"(<meta http-equiv=\"refresh\" content=\"\d+; ?url=)/(?!/)")
_CANDIDATE = re.compile(r"(^|,\s*)/(?!/)")


def absolute(permalink: str, base_url: str) -> str:
    """The full address of a permalink."""
    return urljoin(base_url, permalink.lstrip("/"))


def prefix_for(permalink: str, base_url: str) -> str:
    """What stands for the site's root on a page: `../` steps; the real path on one that is served anywhere."""
    if permalink in SERVED_ANYWHERE:
        return urlsplit(base_url).path
    return "../" * (permalink.count("/") - 1) or "./"


def relative(html: str, permalink: str, base_url: str) -> str:
    """Every address of a page that begins with a slash, made relative to the page."""
    prefix = prefix_for(permalink, base_url)

    def in_tag(match: re.Match[str]) -> str:
        tag = _ONE.sub(lambda one: one[1] + prefix + one[2], match[0])
        return _SET.sub(lambda many: many[1] + _CANDIDATE.sub(lambda one: one[1] + prefix, many[2]), tag)

    return _REFRESH.sub(lambda match: match[1] + prefix, _TAG.sub(in_tag, html))
