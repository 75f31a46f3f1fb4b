"""How the type of a value refuses one: with a code, plain words and what was probably meant."""

from __future__ import annotations

from pydantic_core import PydanticCustomError

from microsite.strict_yaml import Loc


def problem(
    code: str, message: str, hint: str | None = None, replacement: str | None = None, at: Loc = ()
) -> PydanticCustomError:
    """A validation problem whose code and text reach the editor unchanged; `at` leads on from where it is raised."""
    return PydanticCustomError(code, message, {"hint": hint, "replacement": replacement, "at": at})


def misspelt(code: str, message: str, right: str) -> PydanticCustomError:
    """A problem with what it is to be written as, without any doubt."""
    return problem(code, message, f"write {right}", right)


def check_order(first: str | None, last: str | None, key: str) -> None:
    """Raise a problem if what ends, under `key`, ends before it begins. Dates may be known to different precision."""
    if first and last and last[: len(first)] < first[: len(last)]:
        raise problem("dates-reversed", f"it ends ({last}) before it begins ({first})", "swap the two", at=(key,))
