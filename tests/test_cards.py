from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageFont

from microsite.cards import HEIGHT, MOST_BYTES, WIDTH, Painter
from microsite.memory import Memory
from microsite.pages.cards import CardWords
from microsite.schema.kinds import Cards
from tests.projects import build, make_project, report, text, write

FONT = (Path(__file__).parents[1] / "static/fonts/roadbook-display.woff2").read_bytes()
LOOK: dict[str, Any] = {
    "font": "fonts/face.woff2",
    "ink": "#ffffff",
    "accent": "#00ffcc",
    "shade": "#101010",
    "shared": ["source"],
    "backdrops": [
        {"behind": ["home"], "dunes": ["#203040", "#e0c0a0", "#a07050", "#503020"]},
        {"behind": ["sources"], "picture": "plain"},
    ],
}
YAML = """\
font: fonts/face.woff2
ink: '#ffffff'
accent: '#00ffcc'
shade: '#101010'
shared: [source]
backdrops:
  - behind: [home]
    dunes: ['#203040', '#e0c0a0', '#a07050']
"""


@pytest.fixture(scope="module")
def painter() -> Painter:
    return Painter(Cards.model_validate(LOOK), FONT)


def drawn(painter: Painter, title: str, figure: str | None = None, note: str = "A note.") -> bytes:
    words = CardWords("Example", "Section", title, note, figure, ())
    return painter.draw(words, Cards.model_validate(LOOK).backdrops[0], None)


@pytest.mark.parametrize("title", ["Short", "Two words and some more of them " * 6, "W" * 200])
@pytest.mark.parametrize("figure", [None, "1979", "1,234,567 kilometres in all"])
def test_any_words_find_room(painter: Painter, title: str, figure: str | None) -> None:
    content = drawn(painter, title, figure, "Words. " * 60)
    with Image.open(io.BytesIO(content)) as card:
        assert (card.format, card.size) == ("JPEG", (WIDTH, HEIGHT))
    assert len(content) <= MOST_BYTES


def test_the_same_words_give_the_same_bytes(painter: Painter) -> None:
    again = Painter(Cards.model_validate(LOOK), FONT)
    assert drawn(painter, "Title", "1979") == drawn(again, "Title", "1979")
    assert drawn(painter, "Title", "1979") != drawn(painter, "Title", "1980")


def test_a_picture_is_scaled_and_shaded(painter: Painter) -> None:
    out = io.BytesIO()
    Image.new("RGB", (1600, 900), "#ffffff").save(out, "PNG")
    words = CardWords("Example", None, "White", "A note.", None, ())
    content = painter.draw(words, Cards.model_validate(LOOK).backdrops[1], out.getvalue())
    with Image.open(io.BytesIO(content)) as card:
        middle, foot = card.getpixel((900, 200)), card.getpixel((900, 620))
    assert isinstance(middle, tuple)
    assert min(middle) > 200
    assert isinstance(foot, tuple)
    assert max(foot) < 30  # so that words stand out from any picture


def test_pages_name_their_card_and_those_that_share_one_name_the_same(tmp_path: Path) -> None:
    make_project(tmp_path, {"content/cards.yaml": YAML})
    write(tmp_path, "static/fonts/face.woff2", FONT)
    base = "templates/base.html"
    tag = '<meta property="og:image" content="{{ page.card.address }}">\n'
    tag += '<link rel="preload" as="font" href="{{ assets[\'fonts/face.woff2\'] }}">\n</head>'
    write(tmp_path, base, (tmp_path / base).read_text("utf-8").replace("</head>", tag))
    result = build(tmp_path)
    assert report(result.diagnostics) == []
    cards = [path for path in result.tree if path.startswith("assets/cards/")]
    assert [path.split(".")[0] for path in cards] == ["assets/cards/home", "assets/cards/sources"]
    assert f'content="/{cards[0]}"' in text(result, "index.html")
    assert f'content="/{cards[1]}"' in text(result, "sources/index.html")
    assert f'content="/{cards[1]}"' in text(result, "sources/first-source/index.html")


def test_a_card_is_drawn_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_project(tmp_path, {"content/cards.yaml": YAML})
    write(tmp_path, "static/fonts/face.woff2", FONT)
    memory = Memory(None, b"cards")
    first = build(tmp_path, memory)
    monkeypatch.setattr(ImageFont, "truetype", None)  # nothing can be written from here on
    assert build(tmp_path, memory).tree.keys() == first.tree.keys()
    memory.close()


def test_a_font_that_is_not_there_is_reported(tmp_path: Path) -> None:
    make_project(tmp_path, {"content/cards.yaml": YAML})
    assert report(build(tmp_path).diagnostics) == [
        "content/cards.yaml:1:7: unknown-asset: there is no file static/fonts/face.woff2"
    ]
