"""The design's tokens: words can be read in every scheme, and the page about the design says what tokens.css holds.

The least contrasts are those of WCAG 2.2: 1.4.3 (AA) and 1.4.6 (AAA) for words, 1.4.11 for lines and marks.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from itertools import product

import pytest
from jinja2 import Environment, FileSystemLoader

from tests.real_site import ROOT

TOKENS = ROOT / "static/css/parts/tokens.css"
SHOWN = ROOT / "templates/macros/tokens.html"
pytestmark = pytest.mark.skipif(not (TOKENS.exists() and SHOWN.exists()), reason="there is no site here")

AA, AAA, MARKS = 4.5, 7.0, 3.0
NARROW, WIDE = 360, 1440
REM = 16
EXCUSED_FROM_AAA = {("link", "felt")}

Colour = tuple[str, str]
"""A token's value in light and in dark."""


def block(selector: str) -> Mapping[str, str]:
    """The custom properties of the first rule after `selector` in tokens.css."""
    rule = TOKENS.read_text().split(selector, 1)[1].split("}", 1)[0]
    return dict(re.findall(r"--([\w-]+):\s*([^;]+);", rule))


def colours(properties: Mapping[str, str]) -> dict[str, Colour]:
    found = {name: re.findall(r"#[0-9a-f]+", value) for name, value in properties.items()}
    return {name: (both[0], both[-1]) for name, both in found.items() if both}


def luminance(colour: str) -> float:
    """Relative luminance by WCAG 2.2, 0 to 1."""
    digits = colour.lstrip("#")
    digits = "".join(2 * one for one in digits) if len(digits) == 3 else digits
    parts = (int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4))
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio by WCAG 2.2, 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def pixels(size: str, screen: int) -> float:
    """What `clamp(least, rem + vw, most)` comes to on a screen so many pixels wide."""
    least, slope, most = size.removeprefix("clamp(").removesuffix(")").split(",")
    wanted = sum(_pixels(term, screen) for term in slope.split("+"))
    return max(_pixels(least, screen), min(wanted, _pixels(most, screen)))


def _pixels(term: str, screen: int) -> float:
    number, unit = re.fullmatch(r"\s*([\d.]+)(rem|vw)\s*", term).groups()  # type: ignore[union-attr]
    return float(number) * (REM if unit == "rem" else screen / 100)


def rounded(number: float, step: str) -> Decimal:
    return Decimal(str(number)).quantize(Decimal(step), ROUND_HALF_UP)


@pytest.fixture(scope="module")
def tokens() -> Mapping[str, str]:
    return block(":root")


@pytest.fixture(scope="module")
def shown() -> Mapping[str, list[tuple[str, ...]]]:
    """The lists of the page about the design."""
    module = Environment(loader=FileSystemLoader(SHOWN.parent), autoescape=True).get_template(SHOWN.name).module
    return {name: getattr(module, name) for name in ("colours", "words", "marks", "sizes", "spaces")}


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#000", "#ffffff") == pytest.approx(21)
    assert contrast("#777", "#fff") == pytest.approx(4.48, abs=0.005)


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_words_can_be_read_on_every_ground(tokens: Mapping[str, str], scheme: int) -> None:
    values = colours(tokens)
    pairs = [*product(("ink", "ink-2", "link", "danger"), ("paper", "sheet", "sand", "felt"))]
    pairs += [("plate-ink", "plate")]
    too_little = {pair for pair in pairs if contrast(*(values[name][scheme] for name in pair)) < AA}
    assert too_little == set()


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_the_dark_schemes_words_can_be_read_at_the_foot_of_every_page(tokens: Mapping[str, str], scheme: int) -> None:
    values = colours(tokens)
    for front, ground in product(("ink", "link"), ("night", "night-far")):
        assert contrast(values[front][1], values[ground][scheme]) >= AAA, f"{front} on {ground}"


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_words_reach_aaa_on_the_grounds_that_they_stand_on(
    tokens: Mapping[str, str], shown: Mapping[str, list[tuple[str, ...]]], scheme: int
) -> None:
    values = colours(tokens)
    below = {(a, b) for a, b, *_ in shown["words"] if contrast(values[a][scheme], values[b][scheme]) < AAA}
    assert below == EXCUSED_FROM_AAA


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_marks_that_carry_meaning_can_be_seen(tokens: Mapping[str, str], scheme: int) -> None:
    values = colours(tokens)
    pairs = [("edge", "paper"), ("edge", "sheet"), ("edge", "sand"), ("aqua", "paper"), ("aqua", "sheet")]
    assert {pair for pair in pairs if contrast(*(values[name][scheme] for name in pair)) < MARKS} == set()


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_who_asks_for_more_contrast_gets_more(tokens: Mapping[str, str], scheme: int) -> None:
    usual, more = colours(tokens), colours(tokens) | colours(block("(prefers-contrast: more)"))
    for front, back in product(("ink", "ink-2", "link"), ("paper", "sheet")):
        wanted = contrast(more[front][scheme], more[back][scheme])
        assert wanted >= AAA
        assert wanted > contrast(usual[front][scheme], usual[back][scheme])


def test_the_page_about_the_design_gives_the_contrasts_that_there_are(
    tokens: Mapping[str, str], shown: Mapping[str, list[tuple[str, ...]]]
) -> None:
    values = colours(tokens)
    for front, back, light, dark in (*shown["words"], *shown["marks"]):
        there = [rounded(contrast(values[front][at], values[back][at]), "0.1") for at in (0, 1)]
        assert [Decimal(str(light)), Decimal(str(dark))] == there, f"{front} on {back}"


def test_the_page_about_the_design_gives_the_sizes_that_there_are(
    tokens: Mapping[str, str], shown: Mapping[str, list[tuple[str, ...]]]
) -> None:
    for token, _, narrow, wide in (*shown["sizes"], *shown["spaces"]):
        there = [rounded(pixels(tokens[token], screen), "1") for screen in (NARROW, WIDE)]
        assert [narrow, wide] == there, token


def test_the_page_about_the_design_shows_every_size_and_every_colour_that_is_there(
    tokens: Mapping[str, str], shown: Mapping[str, list[tuple[str, ...]]]
) -> None:
    assert [name for name in tokens if name.startswith("size-")] == [one[0] for one in shown["sizes"]]
    told = {one[0] for one in shown["colours"]} | {name for one in shown["words"] for name in one[:2]}
    assert set(colours(tokens)) - told == {"night-far"}, "the second dune of the foot stands on no other colour"
