"""What is wrong with the address of a link as it is typed, before anybody looks whether a page is there."""

from __future__ import annotations

import re
from typing import NamedTuple

from microsite.suggest import nearest

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):(?!\d+(?:/|$))")
_SCHEMES = ("https", "http", "mailto", "tel")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[A-Za-z]{2,}")
_HOST = re.compile(r"(?:www\.)?[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|info|eu|uk|fr|de|es|it|io|tv|co|sa)(?:/.*)?")
_OWN_MACHINE = re.compile(r"(?:localhost|127\.0\.0\.1|0\.0\.0\.0)(?::\d+)?(/.*)?")
_WEB = re.compile(r"[^/\s.]+(?:\.[^/\s.]+)+(?::\d+)?(?:[/?#].*)?")


class AddressSlip(NamedTuple):
    """A mistake in an address: what to say, how to mend it, and what to put in its place if that is certain."""

    message: str
    hint: str
    replacement: str | None = None


def slip_in(address: str) -> AddressSlip | None:
    """What is wrong with `address` by itself; None if it may be one of this site or of another."""
    if "\\" in address:
        return _mended(address, "has backslashes", address.replace("\\", "/"))
    if address.startswith("//"):
        return _mended(address, "begins with two slashes, which lead to another site", address[1:])
    if scheme := _SCHEME.match(address):
        return _slip_behind(scheme[1], address[scheme.end() :], address)
    if _EMAIL.fullmatch(address):
        return _mended(address, "is an e-mail address", f"mailto:{address}")
    if lost_colon := re.match(r"(https?)/+(.*)", address):
        return _mended(address, "lacks the colon of its https://", f"{lost_colon[1]}://{lost_colon[2]}")
    if _HOST.fullmatch(address):
        return _mended(address, "lacks its https://", f"https://{address}")
    return None


def _slip_behind(scheme: str, rest: str, address: str) -> AddressSlip | None:
    if scheme not in _SCHEMES:
        meant = nearest(scheme, ("https", "http", "mailto"))
        if meant in ("https", "http"):
            return _mended(address, f"begins with {scheme}:", f"{meant}://{rest.lstrip('/')}")
        if meant or _EMAIL.fullmatch(rest):
            return _mended(address, f"begins with {scheme}:", f"mailto:{rest.lstrip('/')}")
        hint = "a link leads to a page of this site, /car/, or begins with https:// or mailto:"
        return AddressSlip(f"“{address}” leads nowhere that readers could follow", hint)
    if scheme == "mailto":
        plain = rest.lstrip("/").partition("?")[0]
        if not _EMAIL.fullmatch(plain):
            return AddressSlip(f"“{address}” holds no e-mail address", "write mailto:name@example.org")
        return _mended(address, "has slashes", f"mailto:{rest.lstrip('/')}") if rest.startswith("/") else None
    if scheme == "tel":
        return None
    if not rest.startswith("//") or rest.startswith("///"):
        return _mended(address, f"needs two slashes behind {scheme}:", f"{scheme}://{rest.lstrip('/')}")
    if own := _OWN_MACHINE.fullmatch(rest[2:]):
        return _mended(address, "is that of your own computer, where readers are not", own[1] or "/")
    if not _WEB.fullmatch(rest[2:]) and not rest.startswith("//["):
        return AddressSlip(f"“{address}” names no host", "copy it from the browser: https://example.org/a-page")
    return None


def _mended(address: str, fault: str, right: str) -> AddressSlip:
    return AddressSlip(f"the address “{address}” {fault}", f"write {right}", right)
