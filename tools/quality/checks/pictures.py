"""Key pages beside the pictures of them that are committed; `--update` takes the pictures anew.

All text is set in the site's own display face, whatever faces a machine has, and the day is always the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Literal

from PIL import Image, ImageChops
from playwright.sync_api import Browser, Page, ViewportSize

from tools.quality.chromium import chromium
from tools.quality.outcomes import Outcome, counted
from tools.quality.run import Run

FOLDER = Path(__file__).resolve().parents[1] / "pictures"
PHONE: ViewportSize = {"width": 390, "height": 844}
DESKTOP: ViewportSize = {"width": 1280, "height": 900}
DAY = datetime(2026, 11, 22, 12)
ONE_FACE = '* { font-family: "Roadbook Display" !important; caret-color: transparent !important; }'

QUALITY = 60  # of WebP; what it loses is far below `DIFFERENT`
SCALE = 2  # pictures are compared at half their size, so that the edges of letters do not count
DIFFERENT = 40  # of 255, in the channel that differs most
TOLERATED = 0.004  # of all pixels
MOST_BYTES = 1_500_000

Scheme = Literal["light", "dark"]


@dataclass(frozen=True)
class Shot:
    """One picture: the first screen of a page, or what is printed of it."""

    name: str
    address: str
    screen: ViewportSize
    scheme: Scheme = "light"


PAGES = {
    "home": "/",
    "car": "/car/",
    "crews": "/crews/",
    "dakar-2026": "/dakar-2026/",
    "stage": "/dakar-2026/stage-4/",
    "history": "/history/",
    "edition": "/history/2026/",
    "chapter": "/heritage/camel-trophy/",
    "glossary": "/glossary/",
    "disputes": "/sources/disputes/",
}
SHOTS = (
    *(Shot(f"{name}-phone", address, PHONE) for name, address in PAGES.items()),
    *(Shot(f"{name}-desktop", address, DESKTOP) for name, address in PAGES.items()),
    *(Shot(f"{name}-dark", PAGES[name], DESKTOP, "dark") for name in ("home", "car", "dakar-2026")),
)


def check(run: Run) -> Outcome:
    return record(run) if run.update else compare(run)


def record(run: Run) -> Outcome:
    """Take all pictures anew, and remove those that nothing asks for."""
    FOLDER.mkdir(exist_ok=True)
    for old in FOLDER.glob("*.webp"):
        old.unlink()
    for shot, picture in _taken(run):
        picture.save(_file(shot), "WEBP", quality=QUALITY, method=6)
    size = sum(_file(shot).stat().st_size for shot in SHOTS)
    found = [f"they are {size:,} bytes, and {MOST_BYTES:,} is the limit"] if size > MOST_BYTES else []
    return Outcome(f"{counted(len(SHOTS), 'picture')} taken, {size:,} bytes", tuple(found))


def compare(run: Run) -> Outcome:
    """What differs by more than is tolerated; the new picture is kept beside the built site, to be looked at."""
    shares: dict[str, float] = {}
    found = []
    looks = run.site.folder.parent / "pictures"
    looks.mkdir(exist_ok=True)
    for shot, picture in _taken(run):
        if not _file(shot).exists():
            found.append(f"{shot.name}: there is no picture to compare with")
            continue
        with Image.open(_file(shot)) as expected:
            shares[shot.name] = difference(expected.convert("RGB"), picture)
        if shares[shot.name] > TOLERATED:
            new = looks / f"{shot.name}.png"
            picture.save(new)
            found.append(f"{shot.name} ({shot.address}): {shares[shot.name]:.2%} of it looks different, see {new}")
    worst = max(shares, key=lambda name: shares[name], default="")
    figures = f"{counted(len(SHOTS), 'picture')}"
    return Outcome(figures + (f", at most {shares[worst]:.2%} different ({worst})" if worst else ""), tuple(found))


def difference(expected: Image.Image, actual: Image.Image) -> float:
    """The share of pixels, 0 to 1, that somebody would call different; 1 if the sizes differ."""
    if expected.size != actual.size:
        return 1.0
    small = [one.resize((one.width // SCALE, one.height // SCALE), Image.Resampling.BOX) for one in (expected, actual)]
    red, green, blue = ImageChops.difference(*small).split()
    most = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    different = sum(most.histogram()[DIFFERENT:])
    return different / (most.width * most.height)


def _file(shot: Shot) -> Path:
    return FOLDER / f"{shot.name}.webp"


def _taken(run: Run) -> Iterator[tuple[Shot, Image.Image]]:
    with chromium(run.chromium, "--font-render-hinting=none", "--force-color-profile=srgb") as browser:
        for shot in SHOTS:
            yield shot, _take(browser, run.address, shot)


def _take(browser: Browser, address: str, shot: Shot) -> Image.Image:
    with browser.new_context(
        viewport=shot.screen,
        color_scheme=shot.scheme,
        reduced_motion="reduce",
        service_workers="block",
        bypass_csp=True,  # or the one face could not be set
    ) as context:
        page = context.new_page()
        page.clock.set_fixed_time(DAY)
        page.goto(address + shot.address, wait_until="networkidle")
        page.add_style_tag(content=ONE_FACE)
        _wait_for_faces(page)
        content = page.screenshot(animations="disabled", scale="css")
    with Image.open(BytesIO(content)) as picture:
        return picture.convert("RGB")


def _wait_for_faces(page: Page) -> None:
    page.evaluate("document.fonts.ready.then(() => new Promise(requestAnimationFrame)).then(() => null)")
