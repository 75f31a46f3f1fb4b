"""What every check is given."""

from __future__ import annotations

from dataclasses import dataclass

from tools.quality.built_site import BuiltSite


@dataclass(frozen=True)
class Run:
    """The built site, where it is served, and how the checks are to be run."""

    site: BuiltSite
    address: str
    """Where the site is served as a good host would, without the slash at the end."""
    watched_address: str
    """Where it is served so that each page notes what goes wrong on it, and may be shown in a frame."""
    chromium: str
    quick: bool
    """Whether to leave out what takes minutes and is unlikely to find more."""
    update: bool
    """Whether pictures are to be taken anew instead of compared."""
