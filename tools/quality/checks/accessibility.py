"""axe on all pages in light, and on a page of every kind in every other way in which a page can be shown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from tools.quality.built_site import SitePage
from tools.quality.chromium import chromium, shared
from tools.quality.measures import AXE_TAGS, axe
from tools.quality.outcomes import Outcome, counted
from tools.quality.programs import node_package
from tools.quality.run import Run

WIDE, NARROW, HEIGHT = 1280, 320, 800
EVERY_NTH_WHEN_QUICK = 8
LAY_OUT_ALL = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync("* { content-visibility: visible !important }");
  document.adoptedStyleSheets.push(sheet);
}"""
"""Of what is laid out only when it comes near the screen, axe does not know yet what stands behind it."""
RESET = {"color_scheme": "light", "forced_colors": "none", "media": "screen"}


@dataclass(frozen=True)
class Way:
    """One way to show a page; `without` are rules that would say nothing there."""

    name: str
    width: int = WIDE
    media: dict[str, Any] = field(default_factory=dict)
    without: tuple[str, ...] = ()


LIGHT = Way("light")
OTHERS = (
    Way("dark", media={"color_scheme": "dark"}),
    Way("320 px", width=NARROW),
    # Nobody taps on paper.
    Way("print", media={"media": "print"}, without=("target-size",)),
    # The reader chooses the colours; axe asks for one (-webkit-text-fill-color) of which Chromium tells the page's own.
    Way("forced colours", media={"forced_colors": "active"}, without=("color-contrast",)),
)

Finding = tuple[str, str, str, str, str]
"""Kind of page, way, rule, address, and what was found in words."""


def check(run: Run) -> Outcome:
    source = node_package("axe-core/axe.min.js").read_text(encoding="utf-8")
    of_each_kind = list(run.site.by_kind.values())
    in_light = all_pages(run.site.pages, of_each_kind, run.quick)
    work = [(page, LIGHT) for page in in_light] + [(page, way) for page in of_each_kind for way in OTHERS]

    def look(part: Sequence[tuple[SitePage, Way]]) -> list[Finding]:
        found: list[Finding] = []
        with chromium(run.chromium) as browser:
            tab = browser.new_context(reduced_motion="reduce", service_workers="block").new_page()
            for page, way in part:
                tab.set_viewport_size({"width": way.width, "height": HEIGHT})
                tab.emulate_media(**{**RESET, **way.media})
                tab.goto(run.address + page.address)
                tab.evaluate(LAY_OUT_ALL)
                tab.evaluate(source)
                found += [
                    (page.kind, way.name, one.partition(" ")[0], page.address, one)
                    for one in axe(tab, AXE_TAGS, way.without)
                ]
        return found

    found = shared(work, look)
    ways = ", ".join(way.name for way in OTHERS)
    figures = (
        f"{counted(len(found), 'finding')} on {len(in_light):,} of {counted(len(run.site.pages), 'page')} in light and "
        f"{counted(len(of_each_kind), 'kind')} in {ways}"
    )
    return Outcome(figures, tuple(grouped(found)))


def grouped(found: Iterable[Finding]) -> list[str]:
    """One line for what one rule finds on pages of one kind shown in one way: the first, and on how many more."""
    groups: dict[tuple[str, str, str], list[tuple[str, str]]] = {}
    for kind, way, rule, address, words in sorted(found):
        groups.setdefault((kind, way, rule), []).append((address, words))
    return [
        f"{group[0][0]} ({way}): {group[0][1]}"
        + (f" (and on {counted(len(group) - 1, 'more page')} of the kind {kind})" if len(group) > 1 else "")
        for (kind, way, _), group in groups.items()
    ]


def all_pages(pages: Sequence[SitePage], of_each_kind: Sequence[SitePage], quick: bool) -> list[SitePage]:
    """The pages to look at in light: all, or when it is to be quick every eighth and one of each kind."""
    if not quick:
        return list(pages)
    return list(dict.fromkeys([*of_each_kind, *pages[::EVERY_NTH_WHEN_QUICK]]))
