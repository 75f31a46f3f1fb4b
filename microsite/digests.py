"""Digests of the values that templates see, so that equal digests mean equal pages."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from decimal import Decimal
from functools import cache
from typing import Any

from microsite.entries import Body, Entry

_SCALARS = frozenset({type(None), bool, int, str, Decimal})


class Digester:
    """Digests values made of entries, dataclasses, models, mappings, tuples and plain scalars.

    Many pages see the same models and mappings; each is digested once. Such values must stay alive and unchanged as
    long as the digester is in use.
    """

    def __init__(self) -> None:
        self._known: dict[int, bytes] = {}

    def digest(self, value: Any) -> bytes:
        """SHA-256 over a value.

        Raises TypeError for a kind of value that cannot be digested: if it reached a template, a page could be stale.
        """
        pieces: list[bytes] = []
        self._collect(value, pieces)
        return hashlib.sha256(b"".join(pieces)).digest()

    def _collect(self, value: Any, pieces: list[bytes]) -> None:
        kind = value.__class__
        if kind is Entry or kind is Body:
            pieces.append(b"#" + value.digest)
        elif kind in _SCALARS or isinstance(value, str):
            text = str(value).encode()
            pieces.append(b"%s %d " % (kind.__name__.encode(), len(text)) + text)
        elif kind is tuple or kind is list:
            pieces.append(b"[%d " % len(value))
            for item in value:
                self._collect(item, pieces)
        elif names := field_names(kind):
            pieces.append(b"{%s %d " % (kind.__name__.encode(), len(names)))
            for name in names:
                self._collect(getattr(value, name), pieces)
        else:
            pieces.append(self._shared(value))

    def _shared(self, value: Any) -> bytes:
        known = self._known.get(id(value))
        if known is None:
            known = self._known[id(value)] = self.digest(tuple(_parts(value)))
        return b"#" + known


@cache
def field_names(kind: type) -> tuple[str, ...]:
    """The names of a dataclass's fields; none for other types."""
    return tuple(one.name for one in fields(kind)) if is_dataclass(kind) else ()


def _parts(value: Any) -> Iterator[Any]:
    """What a mapping or a model consists of."""
    yield type(value).__name__
    if isinstance(value, Mapping):
        for key, item in value.items():
            yield from (key, item)
    elif hasattr(value, "model_dump_json"):
        yield repr(value)  # in JSON the number 7994 and the text "7994" would be the same
    else:
        raise TypeError(f"a template may not see a {type(value).__name__}: it has no digest")
