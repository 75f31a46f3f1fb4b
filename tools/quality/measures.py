"""What is measured inside a page: functions in JavaScript, for any browser, and their use from Playwright."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from playwright.sync_api import Page

from tools.quality.outcomes import counted

OVERFLOW = """(view) => {
  const { document, innerWidth } = view ?? window;
  const wide = document.scrollingElement.scrollWidth;
  if (wide <= innerWidth) return [];
  const out = [...document.querySelectorAll("body *")].filter(
    (one) => one.getBoundingClientRect().right > innerWidth + 0.5);
  const last = out.filter((one) => !out.some((other) => other !== one && one.contains(other)));
  return [`the page is ${wide} px wide`, ...last.slice(0, 5).map((one) => one.outerHTML.slice(0, 120))];
}"""
"""The elements that stick out sideways, if the page can be scrolled so."""

LAYOUT_SHIFT = """() => {
  const observer = new PerformanceObserver(() => {});
  observer.observe({ type: "layout-shift", buffered: true });
  return observer.takeRecords().reduce((sum, one) => sum + one.value, 0);
}"""
"""The sum of all shifts since the page began to load, as https://web.dev/articles/cls says. Chromium only."""

AXE = """([rules, without]) => axe.run(document, {
  runOnly: rules,
  rules: Object.fromEntries(without.map((rule) => [rule, { enabled: false }])),
  resultTypes: ["violations"],
})"""
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]


def overflow(page: Page) -> list[str]:
    found: list[str] = page.evaluate(OVERFLOW)
    return found


def layout_shift(page: Page) -> float:
    """To a hundredth. Nothing is awaited in the page, which may not run scripts.

    On a busy machine the display face may come after the first paint; its fallback, matched in size, then differs by
    less than a thousandth. A picture without a size or a late banner costs a hundred times as much.
    """
    page.wait_for_timeout(60)
    shift: float = page.evaluate(LAYOUT_SHIFT)
    return round(shift, 2)


def axe(page: Page, rules: Sequence[str], without: Sequence[str] = ()) -> list[str]:
    """What axe, which must be on the page, finds; `rules` are names of rules, or tags of some, `without` are names."""
    return axe_findings(page.evaluate(AXE, [rules, without]))


def axe_findings(result: dict[str, Any]) -> list[str]:
    """What axe found, a line for each rule: on how many elements, and the first of them."""
    return [_axe_finding(one) for one in result["violations"]]


def _axe_finding(rule: dict[str, Any]) -> str:
    first = rule["nodes"][0]
    elements = counted(len(rule["nodes"]), "element")
    return f"{rule['id']} ({rule['help']}) on {elements}, first {first['target']} {first['html'][:160]}"
