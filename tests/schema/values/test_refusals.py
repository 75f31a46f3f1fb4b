from __future__ import annotations

from operator import lt

import pytest

from microsite.schema.values.refusals import is_before, out_of_place


@pytest.mark.parametrize(
    ("values", "index"),
    [
        ([], None),
        ([1], None),
        ([1, 2, 5], None),
        ([2, 1], 1),
        ([1, 1], 1),
        ([1, 22, 3, 4], 1),  # the others are in order without it
        ([9, 2, 3], 0),
        ([1, 2, 3, 0], 3),
        ([1, 2, 1, 3], 2),
    ],
)
def test_the_one_that_is_out_of_place(values: list[int], index: int | None) -> None:
    assert out_of_place(values, lt) == index


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("2025", "2026-01", True),
        ("2026", "2026-01", False),
        ("2026-01", "2026", False),
        ("2026-01", "2026-02-03", True),
    ],
)
def test_dates_are_compared_as_far_as_they_are_known(one: str, other: str, expected: bool) -> None:
    assert is_before(one, other) is expected
