from __future__ import annotations

import pytest

from microsite.graphics.scales import Linear, Ranks, on_end, ordinal, round_step, spaced, span


def test_a_linear_scale() -> None:
    scale = Linear(1988, 2026, 40, 390)
    assert [scale(1988), scale(2007), scale(2026)] == [40, 215, 390]
    assert Linear(2026, 2026, 200, 200)(2026) == 200


def test_places_near_the_top_stand_farther_apart() -> None:
    scale = Ranks(100, 0, 200)
    assert [round(scale(place), 6) for place in (1, 10, 100, 150)] == [0, 100, 200, 200]
    assert scale(2) - scale(1) > 40 * (scale(60) - scale(59))


@pytest.mark.parametrize(("span", "most", "step"), [(38, 8, 5), (4, 8, 1), (100, 5, 20), (0, 3, 1), (49, 4, 20)])
def test_steps_are_round(span: float, most: int, step: int) -> None:
    assert round_step(span, most) == step


def test_ordinals() -> None:
    numbers = [1, 2, 3, 4, 11, 12, 13, 21, 22, 101, 111]
    assert [ordinal(one) for one in numbers] == "1st 2nd 3rd 4th 11th 12th 13th 21st 22nd 101st 111th".split()


def test_years_on_end_share_a_label() -> None:
    groups = on_end([1991, 1992, 1993, 1995, 1999, 2000])
    assert [span(group) for group in groups] == ["1991–93", "1995", "1999–2000"]
    assert on_end([]) == []


def test_words_keep_apart_and_both_ends_have_theirs() -> None:
    assert spaced([0, 10, 30, 60, 65], 25) == [True, False, True, False, True]
    assert spaced([0], 25) == [True]
