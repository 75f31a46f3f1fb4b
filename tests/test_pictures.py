from __future__ import annotations

import io
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path

import pytest
from PIL import Image

from microsite import pictures as module
from microsite.diagnostics import Diagnostics
from microsite.entries import Entry
from microsite.memory import Memory
from microsite.pictures import PictureAsset, make_pictures
from microsite.publish import OutputFile
from microsite.schema.kinds import OtherPicture, Picture
from microsite.schema.values.ids import PictureId
from tests.projects import report, static_files

ROOT = Path(__file__).parents[1]


@pytest.fixture
def memory() -> Iterator[Memory]:
    with closing(Memory(None, b"tests")) as one:
        yield one


def picture(picture_id: str, file: str, *alternatives: OtherPicture) -> Entry:
    data = Picture(file=file, alt="A car", caption=None, credit="Us", licence="CC0", alternatives=alternatives)
    return Entry("picture", picture_id, data, None, "content/pictures.yaml", None, b"")


def made(
    files: Mapping[str, bytes], memory: Memory, listed: Sequence[Entry]
) -> tuple[dict[str, PictureAsset], dict[str, OutputFile], Diagnostics]:
    """From files in the folder of pictures."""
    diagnostics = Diagnostics()
    static = {file.path: file for file in static_files({f"pictures/{name}": one for name, one in files.items()})}
    return *make_pictures(listed, static, {}, memory, diagnostics, lambda *_: None), diagnostics


def png(width: int, height: int, colour: str = "teal") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(out, "PNG")
    return out.getvalue()


def test_a_picture_is_made_in_widths_up_to_its_own_and_in_two_formats(memory: Memory) -> None:
    pictures, files, diagnostics = made({"car.png": png(900, 450)}, memory, [picture("car", "car.png")])
    one = pictures["car"]
    assert diagnostics.found == []
    assert (one.id, one.alt, one.credit, one.licence, one.width, one.height) == ("car", "A car", "Us", "CC0", 900, 450)
    assert [source.type for source in one.sources] == ["image/avif", "image/webp"]
    pattern = r"/assets/pictures/car-{0}\.[0-9a-f]{{8}}\.{1} {0}w"
    for source, ending in zip(one.sources, ("avif", "webp"), strict=True):
        expected = ", ".join(pattern.format(width, ending) for width in (480, 800, 900))
        assert re.fullmatch(expected, source.srcset), source.srcset
    assert re.fullmatch(r"/assets/pictures/car-900\.[0-9a-f]{8}\.jpg", one.fallback)
    assert len(files) == 7
    for path, file in files.items():
        width, ending = re.findall(r"-(\d+)\.[0-9a-f]+\.(\w+)$", path)[0]
        with Image.open(io.BytesIO(file.read())) as variant:
            assert variant.size == (int(width), int(width) // 2)
            assert variant.format == {"jpg": "JPEG"}.get(ending, ending.upper())


def test_the_names_of_a_picture_share_a_digest_of_all_its_files(memory: Memory) -> None:
    """Half the size in a page, and all change if one file does, as with another version of an encoder."""

    def digests(listed: Sequence[str], files: Mapping[str, bytes]) -> list[set[str]]:
        _, paths, _ = made(files, memory, [picture(name, f"{name}.png") for name in listed])
        found = [re.search(r"/(\w+)-\d+\.([0-9a-f]{8})\.", path) for path in paths]
        return [{one[2] for one in found if one and one[1] == name} for name in listed]

    car, road = digests(["car", "road"], {"car.png": png(20, 10), "road.png": png(20, 10, "tan")})
    assert len(car) == len(road) == 1
    assert car != road
    assert digests(["car"], {"car.png": png(20, 10, "tan")}) == [road]


def test_alternatives_come_first_with_their_media_and_sizes(memory: Memory) -> None:
    files = {"day.png": png(40, 20), "tall.png": png(20, 30), "night.png": png(50, 20)}
    dark, both = (
        OtherPicture(when=("dark",), picture=PictureId("night")),
        OtherPicture(when=("upright", "dark"), picture=PictureId("tall")),
    )
    listed = [picture("day", "day.png", both, dark), picture("tall", "tall.png"), picture("night", "night.png")]
    pictures, _, _ = made(files, memory, listed)
    sources = [(one.media, one.type[6:], one.width, one.height) for one in pictures["day"].sources]
    assert sources == [
        ("(max-aspect-ratio: 4/5) and (prefers-color-scheme: dark)", "avif", 20, 30),
        ("(max-aspect-ratio: 4/5) and (prefers-color-scheme: dark)", "webp", 20, 30),
        ("(prefers-color-scheme: dark)", "avif", 50, 20),
        ("(prefers-color-scheme: dark)", "webp", 50, 20),
        (None, "avif", 40, 20),
        (None, "webp", 40, 20),
    ]
    assert "night-50" in pictures["day"].sources[2].srcset
    assert [one.media for one in pictures["night"].sources] == [None, None]


def test_an_alternative_that_could_not_be_made_is_left_out(memory: Memory) -> None:
    night = OtherPicture(when=("dark",), picture=PictureId("night"))
    listed = [picture("day", "day.png", night), picture("night", "night.png")]
    pictures, _, _ = made({"day.png": png(4, 2)}, memory, listed)
    assert [one.media for one in pictures["day"].sources] == [None, None]


def test_a_small_picture_is_not_blown_up(memory: Memory) -> None:
    pictures, _, _ = made({"dot.png": png(10, 20)}, memory, [picture("dot", "dot.png")])
    assert [source.srcset.split()[-1] for source in pictures["dot"].sources] == ["10w", "10w"]


def test_a_picture_is_made_once(memory: Memory, monkeypatch: pytest.MonkeyPatch) -> None:
    files = {"car.png": png(20, 10)}
    first, _, _ = made(files, memory, [picture("car", "car.png")])
    monkeypatch.setattr(module, "_encode", lambda *_: pytest.fail("made twice"))
    monkeypatch.setattr(module, "_size", lambda *_: pytest.fail("measured twice"))
    assert made(files, memory, [picture("car", "car.png")])[0] == first


def test_a_picture_without_a_file_is_reported(memory: Memory) -> None:
    files = {"car.png": png(9, 9)}
    pictures, _, diagnostics = made(files, memory, [picture("car", "carr.png")])
    assert report(diagnostics) == [
        "content/pictures.yaml:1:1: unknown-picture-file: the picture “car” has no file static/pictures/carr.png"
    ]
    assert diagnostics.found[0].hint == "did you mean “car.png”?"
    assert pictures == {}


@pytest.mark.parametrize("content", [b"", b"no picture", png(9, 9)[:30]])
def test_what_is_no_picture_is_reported_each_time(memory: Memory, content: bytes) -> None:
    for _ in range(2):
        pictures, _, diagnostics = made({"car.png": content}, memory, [picture("car", "car.png")])
        assert report(diagnostics) == [
            "content/pictures.yaml:1:1: bad-picture: static/pictures/car.png cannot be read as a picture"
        ]
        assert pictures == {}


def test_a_picture_cut_short_is_reported(memory: Memory) -> None:
    cut = png(400, 400)[:-200]
    pictures, _, diagnostics = made({"car.png": cut}, memory, [picture("car", "car.png")])
    assert report(diagnostics) == [
        "content/pictures.yaml:1:1: bad-picture: static/pictures/car.png cannot be read as a picture"
    ]
    assert pictures == {}


def test_transparent_and_palette_pictures_are_made_too(memory: Memory) -> None:
    out = io.BytesIO()
    Image.new("P", (4, 4)).save(out, "PNG")
    rgba = io.BytesIO()
    Image.new("RGBA", (4, 4), (0, 0, 0, 0)).save(rgba, "WEBP")
    files = {"p.png": out.getvalue(), "t.webp": rgba.getvalue()}
    pictures, _, diagnostics = made(files, memory, [picture("p", "p.png"), picture("t", "t.webp")])
    assert diagnostics.found == []
    assert sorted(pictures) == ["p", "t"]


@pytest.mark.skipif(sys.platform != "linux" or len(os.sched_getaffinity(0)) < 2, reason="nothing is forked here")
def test_the_same_comes_of_two_processes() -> None:
    """In a process of its own, since those that run tests have threads and do not fork."""
    program = """
from tests.test_pictures import made, picture, png
from microsite import pictures, workers
from microsite.memory import Memory

def everything():
    files = {f"{n}.png": png(600, 40 + n) for n in range(3)}
    _, files, _ = made(files, Memory(None, b"tests"), [picture(f"p{n}", f"{n}.png") for n in range(3)])
    return {path: file.read() for path, file in files.items()}

forks = []
fork = workers.os.fork
workers.os.fork = lambda: forks.append(1) or fork()
both = everything()
pictures.FEW = 1000
print(len(both), len(forks), everything() == both)
"""
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["15", "1", "True"]
