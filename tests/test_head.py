"""What the pages of the real site send beside their text: titles, cards, icons, and the documents for machines."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from lxml import etree
from PIL import Image
from selectolax.lexbor import LexborHTMLParser

from microsite.cards import HEIGHT, MOST_BYTES, WIDTH
from microsite.filters import LONGEST_TITLE
from microsite.pipeline import BuildResult
from tests.projects import text
from tests.real_site import ROOT, html_pages, is_redirect, stated

pytestmark = pytest.mark.skipif(not (ROOT / "content").is_dir(), reason="there is no content here")
SCHEMAS = Path(__file__).parent / "schemas"


def meta(tree: LexborHTMLParser, name: str) -> str:
    node = tree.css_first(f'meta[name="{name}"], meta[property="{name}"]')
    return (node.attributes["content"] or "") if node else ""


def test_titles_and_descriptions_fit_where_they_are_shown(site: BuildResult) -> None:
    for path, tree in html_pages(site):
        title = tree.css_first("title")
        assert title is not None, path
        assert 0 < len(title.text()) <= LONGEST_TITLE, f"{path}: {title.text()}"
        if not is_redirect(tree):
            assert 25 <= len(meta(tree, "description")) <= 300, path


def test_every_page_has_a_card_with_its_own_words(site: BuildResult) -> None:
    base_url = str(stated("content/site.yaml", "base_url"))
    own: dict[str, list[str]] = {}
    for path, tree in html_pages(site):
        if is_redirect(tree):
            continue
        address = meta(tree, "og:image")
        card = address.removeprefix(base_url)
        assert card in site.tree, path
        assert (meta(tree, "og:image:width"), meta(tree, "og:image:height")) == (str(WIDTH), str(HEIGHT))
        assert meta(tree, "og:image:alt"), path
        assert meta(tree, "twitter:card") == "summary_large_image"
        assert meta(tree, "og:url") == f"{base_url}{path.removesuffix('index.html')}"
        own.setdefault(card, []).append(path)
    shared = {card: paths for card, paths in own.items() if len(paths) > 1}
    assert {card.split(".")[0] for card in shared} == {"assets/cards/home", "assets/cards/sources"}
    assert len(own) > 100


def test_cards_are_light_pictures_of_the_right_size(site: BuildResult) -> None:
    cards = [path for path in site.tree if path.startswith("assets/cards/")]
    for path in cards:
        content = site.tree[path].read()
        assert len(content) <= MOST_BYTES, path
        with Image.open(io.BytesIO(content)) as card:
            assert (card.format, card.size) == ("JPEG", (WIDTH, HEIGHT)), path


def test_icons_are_what_the_manifest_and_the_pages_say(site: BuildResult) -> None:
    manifest = json.loads(text(site, "site.webmanifest"))
    assert not manifest["start_url"].startswith("/")  # the site may lie below a path
    sizes = set()
    for icon in manifest["icons"]:
        content = site.tree[icon["src"]].read()
        if icon["type"] == "image/png":
            with Image.open(io.BytesIO(content)) as picture:
                assert icon["sizes"] == f"{picture.width}x{picture.height}"
                sizes.add(picture.width)
                corner = picture.convert("RGBA").getpixel((0, 0))
                assert isinstance(corner, tuple)
                assert corner[3] == 255  # systems cut maskable icons to their own shape
    assert sizes == {192, 512}
    home = LexborHTMLParser(text(site, "index.html"))
    linked = {one.attributes["rel"]: one.attributes["href"] for one in home.css("link[rel*=icon], link[rel=manifest]")}
    assert linked.keys() == {"icon", "apple-touch-icon", "manifest"}
    with Image.open(io.BytesIO(site.tree["favicon.ico"].read())) as icon_file:
        assert icon_file.info["sizes"] == {(16, 16), (32, 32), (48, 48)}


def test_the_feed_is_valid(site: BuildResult) -> None:
    schema = etree.RelaxNG(etree.parse(SCHEMAS / "atom.rng"))
    schema.assertValid(etree.fromstring(text(site, "feed.xml").encode()))


def test_the_sitemap_is_valid(site: BuildResult) -> None:
    schema = etree.XMLSchema(etree.parse(SCHEMAS / "sitemap.xsd"))
    schema.assertValid(etree.fromstring(text(site, "sitemap.xml").encode()))


@pytest.mark.parametrize(
    ("path", "right", "wrong"),
    [
        ("feed.xml", "T00:00:00Z</updated>", "</updated>"),
        ("feed.xml", "<author>", "<autor>"),
        ("sitemap.xml", "<lastmod>20", "<lastmod>the year 20"),
    ],
)
def test_what_is_not_valid_would_be_noticed(site: BuildResult, path: str, right: str, wrong: str) -> None:
    schema: etree.RelaxNG | etree.XMLSchema = (
        etree.RelaxNG(etree.parse(SCHEMAS / "atom.rng"))
        if path == "feed.xml"
        else etree.XMLSchema(etree.parse(SCHEMAS / "sitemap.xsd"))
    )
    spoilt = text(site, path).replace(right, wrong)
    assert spoilt != text(site, path)
    spoilt = spoilt.replace("</author>", "</autor>") if wrong == "<autor>" else spoilt
    assert not schema.validate(etree.fromstring(spoilt.encode()))
