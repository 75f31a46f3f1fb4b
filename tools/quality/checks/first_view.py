"""What a real browser loads for a page of every kind, and whether anything jumps or blocks meanwhile."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Browser, ViewportSize

from tools.quality.built_site import SitePage
from tools.quality.checks.budgets import FIRST_VIEW, kilobytes
from tools.quality.chromium import chromium
from tools.quality.measures import layout_shift
from tools.quality.outcomes import Outcome, counted
from tools.quality.run import Run

SCREENS: dict[str, tuple[ViewportSize, float]] = {
    "phone": ({"width": 412, "height": 823}, 1.75),  # as Lighthouse has it
    "desktop": ({"width": 1350, "height": 940}, 1),
}
ATTEMPTS = 3  # on a machine that is busy with other things even what is counted here varies
TRACED = ["toplevel", "loading", "devtools.timeline"]
LONG = 50_000  # microseconds: what a task takes beyond that, somebody who taps has to wait


@dataclass(frozen=True)
class Loaded:
    """One page on one screen: its requests and their bytes with headers, layout shift, and blocked milliseconds."""

    where: str
    requests: int
    bytes: int
    foreign: tuple[str, ...]
    shift: float
    blocked: float

    def beyond(self) -> list[str]:
        return [
            *(
                [f"{self.where}: {kilobytes(self.bytes)}, and {kilobytes(FIRST_VIEW)} is the limit"]
                * (self.bytes > FIRST_VIEW)
            ),
            *([f"{self.where}: layout shift {self.shift}"] * (self.shift > 0)),
            *([f"{self.where}: blocked for {self.blocked:.0f} ms"] * (self.blocked > 0)),
            *(f"{self.where}: asks for {address}" for address in self.foreign),
        ]


def check(run: Run) -> Outcome:
    loaded = []
    with chromium(run.chromium) as browser:
        for page in run.site.by_kind.values():
            for screen in SCREENS:
                attempts: list[Loaded] = []
                while not attempts or (attempts[-1].beyond() and len(attempts) < ATTEMPTS):
                    attempts.append(load(browser, run.address, page, screen))
                loaded.append(min(attempts, key=lambda one: len(one.beyond())))
    heaviest = max(loaded, key=lambda one: one.bytes)
    most = max(loaded, key=lambda one: one.requests)
    figures = (
        f"{counted(len(run.site.by_kind), 'kind')} of page, at most {kilobytes(heaviest.bytes)} ({heaviest.where}) and "
        f"{counted(most.requests, 'request')} ({most.where}), layout shift {max(one.shift for one in loaded)}, "
        f"blocked {max(one.blocked for one in loaded):.0f} ms"
    )
    return Outcome(figures, tuple(finding for one in loaded for finding in one.beyond()))


def load(browser: Browser, address: str, page: SitePage, screen: str) -> Loaded:
    """Open the page as somebody does who was never here; what a service worker stores for later is not counted."""
    size, density = SCREENS[screen]
    with browser.new_context(viewport=size, device_scale_factor=density, service_workers="block") as context:
        tab = context.new_page()
        session = context.new_cdp_session(tab)
        session.send("Network.enable")
        sizes: list[int] = []
        session.on("Network.loadingFinished", lambda event: sizes.append(int(event["encodedDataLength"])))
        foreign: list[str] = []
        tab.on("request", lambda one: foreign.append(one.url) if not one.url.startswith(address + "/") else None)
        browser.start_tracing(page=tab, categories=TRACED)
        tab.goto(address + page.address, wait_until="networkidle")
        trace = json.loads(browser.stop_tracing())
        return Loaded(
            f"{page.address} on a {screen}",
            len(sizes),
            sum(sizes),
            tuple(foreign),
            layout_shift(tab),
            blocked(trace["traceEvents"]),
        )


def blocked(trace: list[dict[str, Any]]) -> float:
    """Total blocking time in milliseconds (https://web.dev/articles/tbt) of what Chromium noted while the page loaded.

    Of each task the time on the processor counts, so that other programs on the machine do not.
    """
    named = {(one["pid"], one["tid"]): one["args"]["name"] for one in trace if one["name"] == "thread_name"}
    painted = min((one["ts"] for one in trace if one["name"] == "firstContentfulPaint"), default=0)
    tasks = [
        one["tdur"]
        for one in trace
        if one["name"] == "ThreadControllerImpl::RunTask"
        and named.get((one["pid"], one["tid"])) == "CrRendererMain"
        and one["ts"] >= painted
        and "tdur" in one
    ]
    blocking: float = sum(max(0, duration - LONG) for duration in tasks) / 1000
    return blocking
