"""What is wrong between entries that are each right by themselves: gaps in numbers, days outside their rally."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from microsite.diagnostics import Diagnostics, Span
from microsite.entries import Entry, name_of
from microsite.pages.cards import check_words
from microsite.schema.values.refusals import out_of_place
from microsite.site_model import Site
from microsite.suggest import fold

PLAIN_VIEW = "page"


def check_agreement(site: Site, diagnostics: Diagnostics) -> None:
    """Report what no entry can tell by itself. Where entries are lost, a gap is no mistake of its own."""
    stages = sorted(site.all("stage"), key=lambda one: int(one.data.number))
    if site.is_whole:
        check_words(site, diagnostics)
        _check_numbers(stages, site, diagnostics)
    if all(above.data.number + 1 == stage.data.number for above, stage in pairwise(stages)):
        _check_days(stages, site, diagnostics)
    _check_views(site.all("page"), site, diagnostics)
    _check_forms(site.all("term"), site, diagnostics)
    _check_texts((*site.all("update"), *site.all("chapter")), site, diagnostics)


def _place(entry: Entry, key: str, site: Site) -> Span:
    return site.places.get(f"{name_of(entry)}.{key}", site.places[name_of(entry)])


def _check_numbers(stages: Iterable[Entry], site: Site, diagnostics: Diagnostics) -> None:
    for above, stage in pairwise(stages):
        if stage.data.number > above.data.number + 1:
            message = f"there is a stage {stage.data.number} and a stage {above.data.number}, but none between"
            hint = "add what is missing, or correct the number"
            diagnostics.error("number-gap", message, _place(stage, "number", site), hint)


def _check_days(stages: Sequence[Entry], site: Site, diagnostics: Diagnostics) -> None:
    rally = site.only("rally")
    for stage in (one for one in stages if not one.data.draft):
        if rally is not None and not rally.data.start <= stage.data.date <= rally.data.finish:
            message = f"{stage.data.date} is outside of the rally"
            hint = f"{rally.path} says that it lasts from {rally.data.start} to {rally.data.finish}"
            diagnostics.error("outside-rally", message, _place(stage, "date", site), hint)
            return  # the days of the others are right or wrong by the rally's, too
    number = out_of_place([one.data.date for one in stages], lambda above, date: bool(above < date))
    if number is not None:
        stage, other = stages[number], stages[number - 1 if number else 1]
        message = f"the day of stage {stage.data.number} is out of order"
        hint = f"stage {other.data.number} is driven on {other.data.date}"
        diagnostics.error("wrong-order", message, _place(stage, "date", site), hint)


def _check_views(pages: Iterable[Entry], site: Site, diagnostics: Diagnostics) -> None:
    """A view shows the data of one page; only words alone may stand on any number of them."""
    first: dict[str, Entry] = {}
    for page in sorted(pages, key=lambda one: bool(one.id != one.data.view)):
        known = first.setdefault(page.data.view, page)
        if known is not page and page.data.view != PLAIN_VIEW:
            message = f"{known.path} has the same view, so that the two would show the same"
            diagnostics.error("same-value", message, _place(page, "view", site), "take the line out of one of the two")


def _check_forms(terms: Iterable[Entry], site: Site, diagnostics: Diagnostics) -> None:
    """A word in a text can lead to one term only."""
    first: dict[str, Entry] = {}
    for term in terms:
        forms = {fold(form): form for form in (term.data.term, *term.data.also)}
        for folded, form in forms.items():
            known = first.setdefault(folded, term)
            if known is not term:
                message = f"“{form}” is already a form of “{known.data.term}”"
                span = site.places[name_of(term)]
                diagnostics.error("same-value", message, span, "keep it at one of the two")


def _check_texts(entries: Iterable[Entry], site: Site, diagnostics: Diagnostics) -> None:
    """Whoever follows a link to these comes to read."""
    for entry in (one for one in entries if not one.data.draft):
        if entry.body is None or not entry.body.plain_text.strip():
            message = f"{entry.path} has a headline, but no text"
            hint = "write it below the second line of hyphens, or say draft: true till then"
            diagnostics.error("no-text", message, site.places[name_of(entry)], hint)
