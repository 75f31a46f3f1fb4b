"""How a value is refused: with a code, plain words and what was probably meant."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from typing import Any, TypeVar

from pydantic_core import PydanticCustomError

from microsite.strict_yaml import Loc

T = TypeVar("T")


def problem(
    code: str, message: str, hint: str | None = None, replacement: str | None = None, at: Loc = ()
) -> PydanticCustomError:
    """A validation problem whose code and text reach the editor unchanged; `at` leads on from where it is raised."""
    return PydanticCustomError(code, message, {"hint": hint, "replacement": replacement, "at": at})


def misspelt(code: str, message: str, right: str, at: Loc = ()) -> PydanticCustomError:
    """A problem with what it is to be written as, without any doubt."""
    return problem(code, message, f"write {right}", right, at)


def is_before(one: str, other: str) -> bool:
    """Whether a date, known to the day, the month or the year, is before another as far as that can be told."""
    return one[: len(other)] < other[: len(one)]


def check_order(first: str | None, last: str | None, key: str) -> None:
    """Raise a problem if what ends, under `key`, ends before it begins. Dates may be known to different precision."""
    if first and last and is_before(last, first):
        raise problem("dates-reversed", f"it ends ({last}) before it begins ({first})", "swap the two", at=(key,))


def check_part(part: Any, whole: Any, message: str, at: Loc) -> None:
    """Raise a problem if both are numbers and the part is larger than the whole."""
    if isinstance(part, (Decimal, int)) and isinstance(whole, (Decimal, int)) and part > whole:
        raise problem("part-and-whole", f"{message}: {part} of {whole}", "correct one of the two", at=at)


def check_ascending(values: Iterable[Any], what: str, key: str, name: str) -> None:
    """Raise a problem at the item of the list `key` whose value, under `name`, is not after the one above."""
    listed = list(values)
    number = out_of_place(listed, lambda above, value: bool(above < value))
    if number is not None:
        what = (
            f"{what} {listed[number]}"
            if number == 0
            else f"{what} {listed[number]}, below {what} {listed[number - 1]},"
        )
        message = f"{what} is out of order"
        raise problem("wrong-order", message, "put them in order, or correct one", at=(key, number, name))


def out_of_place(values: Sequence[T], may_follow: Callable[[T, T], bool]) -> int | None:
    """The index of the first value that is not in order, None if all are: of two that are the wrong way round, the one
    without which the others are in order."""
    for index in range(1, len(values)):
        if may_follow(values[index - 1], values[index]):
            continue
        goes_on_without = index < 2 or may_follow(values[index - 2], values[index])
        stands_alone = index + 1 < len(values) and not may_follow(values[index - 1], values[index + 1])
        return index - 1 if goes_on_without and stands_alone else index
    return None
