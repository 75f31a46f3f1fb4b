from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Iterator, Mapping
from contextlib import closing

import pytest
from PIL import Image

from microsite import assets as module
from microsite.assets import Assets, build_assets
from microsite.diagnostics import Diagnostics
from microsite.entries import Entry
from microsite.memory import Memory
from microsite.schema.kinds import OtherPicture, Picture
from microsite.schema.values import PictureId
from microsite.style_sheets import StaticFile
from tests.projects import report

SCRIPT = b"alert(1)"


@pytest.fixture
def memory() -> Iterator[Memory]:
    with closing(Memory(None, b"tests")) as one:
        yield one


def static(files: Mapping[str, bytes]) -> list[StaticFile]:
    return [
        StaticFile(f"static/{path}", hashlib.sha256(content).digest(), lambda content=content: content)  # type: ignore[misc]
        for path, content in files.items()
    ]


def picture(picture_id: str, file: str, *alternatives: OtherPicture) -> Entry:
    data = Picture(file=file, alt="A car", caption=None, credit="Us", licence="CC0", alternatives=alternatives)
    return Entry("picture", picture_id, data, None, "content/pictures.yaml", None, b"")


def made(
    files: Mapping[str, bytes], memory: Memory, pictures: Mapping[str, str] | None = None
) -> tuple[Assets, list[str], Diagnostics]:
    diagnostics = Diagnostics()
    listed = [picture(one, file) for one, file in (pictures or {}).items()]
    assets = build_assets(static(files), listed, memory, diagnostics)
    return assets, report(diagnostics), diagnostics


def png(width: int, height: int, colour: str = "teal") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(out, "PNG")
    return out.getvalue()


# Names


def test_a_name_holds_the_beginning_of_the_contents_digest(memory: Memory) -> None:
    assets, problems, _ = made({"js/site.js": SCRIPT, "fonts/a.b.woff2": b"font"}, memory)
    digest = hashlib.sha256(SCRIPT).hexdigest()[:8]
    assert problems == []
    assert assets.urls["js/site.js"] == f"/assets/js/site.{digest}.js"
    assert re.fullmatch(r"/assets/fonts/a\.b\.[0-9a-f]{8}\.woff2", assets.urls["fonts/a.b.woff2"])
    assert {path: file.read() for path, file in assets.files.items()} == {
        assets.urls["js/site.js"][1:]: SCRIPT,
        assets.urls["fonts/a.b.woff2"][1:]: b"font",
    }


def test_another_content_has_another_name(memory: Memory) -> None:
    one, _, _ = made({"js/site.js": b"1"}, memory)
    other, _, _ = made({"js/site.js": b"2"}, memory)
    assert one.urls != other.urls


def test_files_for_the_top_of_the_site_keep_their_names(memory: Memory) -> None:
    assets, _, _ = made({"root/CNAME": b"example.org", "root/a/b.txt": b"b"}, memory)
    assert assets.urls == {}
    assert {path: file.read() for path, file in assets.files.items()} == {"CNAME": b"example.org", "a/b.txt": b"b"}


# Pictures


def test_a_picture_is_made_in_widths_up_to_its_own_and_in_two_formats(memory: Memory) -> None:
    assets, problems, _ = made({"pictures/car.png": png(900, 450)}, memory, {"car": "car.png"})
    one = assets.pictures["car"]
    assert problems == []
    assert (one.id, one.alt, one.credit, one.licence, one.width, one.height) == ("car", "A car", "Us", "CC0", 900, 450)
    assert [source.type for source in one.sources] == ["image/avif", "image/webp"]
    pattern = r"/assets/pictures/car-{0}\.[0-9a-f]{{8}}\.{1} {0}w"
    for source, ending in zip(one.sources, ("avif", "webp"), strict=True):
        expected = ", ".join(pattern.format(width, ending) for width in (480, 800, 900))
        assert re.fullmatch(expected, source.srcset), source.srcset
    assert re.fullmatch(r"/assets/pictures/car-900\.[0-9a-f]{8}\.jpg", one.fallback)
    assert len(assets.files) == 7
    assert assets.urls == {}
    for path, file in assets.files.items():
        width, ending = re.findall(r"-(\d+)\.[0-9a-f]+\.(\w+)$", path)[0]
        with Image.open(io.BytesIO(file.read())) as variant:
            assert variant.size == (int(width), int(width) // 2)
            assert variant.format == {"jpg": "JPEG"}.get(ending, ending.upper())


def test_alternatives_come_first_with_their_media_and_sizes(memory: Memory) -> None:
    files = {"pictures/day.png": png(40, 20), "pictures/tall.png": png(20, 30), "pictures/night.png": png(50, 20)}
    dark, both = (
        OtherPicture(when=("dark",), picture=PictureId("night")),
        OtherPicture(when=("upright", "dark"), picture=PictureId("tall")),
    )
    listed = [picture("day", "day.png", both, dark), picture("tall", "tall.png"), picture("night", "night.png")]
    assets = build_assets(static(files), listed, memory, Diagnostics())
    sources = [(one.media, one.type[6:], one.width, one.height) for one in assets.pictures["day"].sources]
    assert sources == [
        ("(max-aspect-ratio: 4/5) and (prefers-color-scheme: dark)", "avif", 20, 30),
        ("(max-aspect-ratio: 4/5) and (prefers-color-scheme: dark)", "webp", 20, 30),
        ("(prefers-color-scheme: dark)", "avif", 50, 20),
        ("(prefers-color-scheme: dark)", "webp", 50, 20),
        (None, "avif", 40, 20),
        (None, "webp", 40, 20),
    ]
    assert "night-50" in assets.pictures["day"].sources[2].srcset
    assert [one.media for one in assets.pictures["night"].sources] == [None, None]


def test_an_alternative_that_could_not_be_made_is_left_out(memory: Memory) -> None:
    night = OtherPicture(when=("dark",), picture=PictureId("night"))
    listed = [picture("day", "day.png", night), picture("night", "night.png")]
    assets = build_assets(static({"pictures/day.png": png(4, 2)}), listed, memory, Diagnostics())
    assert [one.media for one in assets.pictures["day"].sources] == [None, None]


def test_a_small_picture_is_not_blown_up(memory: Memory) -> None:
    assets, _, _ = made({"pictures/dot.png": png(10, 20)}, memory, {"dot": "dot.png"})
    assert [source.srcset.split()[-1] for source in assets.pictures["dot"].sources] == ["10w", "10w"]


def test_only_pictures_that_content_lists_are_published(memory: Memory) -> None:
    assets, problems, _ = made({"pictures/car.png": png(9, 9)}, memory)
    assert (assets.files, assets.pictures, problems) == ({}, {}, [])


def test_a_picture_is_made_once(memory: Memory, monkeypatch: pytest.MonkeyPatch) -> None:
    files = {"pictures/car.png": png(20, 10)}
    first, _, _ = made(files, memory, {"car": "car.png"})
    monkeypatch.setattr(module, "_encode", lambda *_: pytest.fail("made twice"))
    monkeypatch.setattr(module, "_size", lambda *_: pytest.fail("measured twice"))
    assert made(files, memory, {"car": "car.png"})[0].pictures == first.pictures


def test_a_picture_without_a_file_is_reported(memory: Memory) -> None:
    files = {"pictures/car.png": png(9, 9)}
    assets, problems, diagnostics = made(files, memory, {"car": "carr.png"})
    assert problems == [
        "content/pictures.yaml:1:1: unknown-picture-file: the picture “car” has no file static/pictures/carr.png"
    ]
    assert diagnostics.found[0].hint == "did you mean “car.png”?"
    assert assets.pictures == {}


@pytest.mark.parametrize("content", [b"", b"no picture", png(9, 9)[:30]])
def test_what_is_no_picture_is_reported_each_time(memory: Memory, content: bytes) -> None:
    for _ in range(2):
        assets, problems, _ = made({"pictures/car.png": content}, memory, {"car": "car.png"})
        assert problems == [
            "content/pictures.yaml:1:1: bad-picture: static/pictures/car.png cannot be read as a picture"
        ]
        assert assets.pictures == {}


def test_a_picture_cut_short_is_reported(memory: Memory) -> None:
    cut = png(400, 400)[:-200]
    assets, problems, _ = made({"pictures/car.png": cut}, memory, {"car": "car.png"})
    assert problems == ["content/pictures.yaml:1:1: bad-picture: static/pictures/car.png cannot be read as a picture"]
    assert assets.pictures == {}


def test_transparent_and_palette_pictures_are_made_too(memory: Memory) -> None:
    out = io.BytesIO()
    Image.new("P", (4, 4)).save(out, "PNG")
    rgba = io.BytesIO()
    Image.new("RGBA", (4, 4), (0, 0, 0, 0)).save(rgba, "WEBP")
    files = {"pictures/p.png": out.getvalue(), "pictures/t.webp": rgba.getvalue()}
    assets, problems, _ = made(files, memory, {"p": "p.png", "t": "t.webp"})
    assert problems == []
    assert sorted(assets.pictures) == ["p", "t"]
