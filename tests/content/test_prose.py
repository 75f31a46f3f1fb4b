"""Names are spelled alike, and texts are set and worded as they should be."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Any

from microsite.entries import Entry, name_of
from microsite.schema.kinds import (
    Edition,
)
from microsite.schema.values.facts import Model
from microsite.schema.values.ids import EntryId
from microsite.site_model import Site
from tests.content.lookups import competitors, entries, fold, results, spelled_differently

# Told as they were typed elsewhere: addresses, file names and ids are not prose.
NOT_PROSE = {"url", "file", "permalink", "path", "base_url", "sources", "aliases"}

DESCRIPTION_LETTERS = (70, 155)
AMERICAN = re.compile(
    r"\b(?:(?:colo|favo|hono|labo|neighbo|rumo|harbo|armo)r(?:s|ed|ing|ite)?|(?:kilo|centi|milli)?meters?|liters?|"
    r"centers?|theaters?|tires?|aluminum|catalogs?|defense|offense|traveled|traveling|canceled|modeled|"
    r"(?:organ|real|recogn|special|final|minim|maxim)iz(?:e|es|ed|ing|ation)|program|check(?:ed)? out|gotten)\b",
    re.IGNORECASE,
)
COPIED_WORDS = 12

ALIKE = 0.85


def texts(value: Any, name: str = "") -> Iterator[tuple[str, str]]:
    """Every text that readers see below a value, with the key that holds it."""
    if isinstance(value, Model):
        for field in type(value).model_fields:
            if field not in NOT_PROSE:
                yield from texts(getattr(value, field), field)
    elif isinstance(value, dict):
        for item in value.values():
            yield from texts(item, name)
    elif isinstance(value, tuple):
        for item in value:
            yield from texts(item, name)
    elif isinstance(value, str) and not isinstance(value, EntryId):
        yield name, value


def entry_texts(entry: Entry) -> Iterator[tuple[str, str]]:
    yield from texts(entry.data)
    if entry.body:
        yield "text", entry.body.plain_text


def all_names(site: Site, editions: list[Edition]) -> Iterator[str]:
    """Names of people wherever the data give them."""
    yield from (competitor.name for _, competitor in competitors(editions))
    for entry in site.all("entrant"):
        yield from (name for name in (entry.data.driver, entry.data.codriver) if name)
    for person in site.all("person"):
        yield person.data.name
        for start in person.data.starts:
            yield from re.split(r", | / | and ", start.crew) if start.crew else ()
    for entry in site.all("rally"):
        for one in entry.data.winners:
            yield from one.crew.split(" / ")
    for entry in site.all("land-rover"):
        yield from entry.data.crew
    for entry in site.all("team"):
        yield from (member.name for member in entry.data.members)


def test_names_are_spelled_the_same_everywhere(site: Site, editions: list[Edition]) -> None:
    assert spelled_differently(all_names(site, editions)) == []


def test_no_two_names_differ_by_a_letter_or_two(site: Site, editions: list[Edition]) -> None:
    """Mathieu and Matthieu, Semen and Semyon: one person, most likely, spelled in two ways."""
    names = sorted({fold(name) for name in all_names(site, editions)})
    alike = []
    for index, name in enumerate(names):
        matcher = SequenceMatcher(b=name)
        for other in names[index + 1 :]:
            matcher.set_seq1(other)
            if matcher.real_quick_ratio() > ALIKE < matcher.quick_ratio() and matcher.ratio() > ALIKE:
                alike.append((name, other))
    assert alike == []


def test_makes_and_models_are_spelled_the_same_everywhere(editions: list[Edition]) -> None:
    rows = [row for edition in editions for _, _, row in results(edition)]
    assert spelled_differently(row.make for row in rows if row.make) == []
    assert spelled_differently(f"{row.make} {row.model}" for row in rows if row.model) == []


def test_a_competitor_has_one_country(editions: list[Edition]) -> None:
    countries = defaultdict(set)
    for _, competitor in competitors(editions):
        countries[competitor.name].add(competitor.country)
    assert {name: found for name, found in countries.items() if len(found) > 1} == {}


def test_competitors_with_a_page_lead_to_it(site: Site, editions: list[Edition]) -> None:
    pages = {fold(person.data.name): person for person in site.all("person")}
    for year, competitor in competitors(editions):
        person = pages.get(fold(competitor.name))
        assert competitor.person == (person.id if person else None), (year, competitor.name)
        if person:
            assert (competitor.name, competitor.country) == (person.data.name, person.data.nationality), year


def test_entrants_and_records_call_people_as_their_pages_do(site: Site) -> None:
    for entry in site.all("entrant"):
        for role in ("driver", "codriver"):
            person = site.get("person", getattr(entry.data, f"{role}_page"))
            assert person is None or getattr(entry.data, role) == person.data.name, entry.id
    for entry in site.all("record"):
        person = site.get("person", entry.data.person)
        assert person is None or person.data.name in entry.data.holder, entry.id


def test_a_word_has_one_explanation(site: Site) -> None:
    meant = defaultdict(set)
    for term in site.all("term"):
        for form in (term.data.term, *term.data.also):
            meant[form.lower()].add(term.id)
    assert {form: found for form, found in meant.items() if len(found) > 1} == {}


def test_prose_has_no_straight_quotes(site: Site) -> None:
    straight = [
        (name_of(entry), key, found[0])
        for entry in entries(site)
        for key, text in entry_texts(entry)
        if (found := re.search(r"\S*['\"]\S*", text))
    ]
    assert straight == []


def test_prose_has_no_stray_spaces(site: Site) -> None:
    strays = [
        (name_of(entry), key, found[0])
        for entry in entries(site)
        if entry.kind != "source"  # titles are as their publishers set them
        for key, text in entry_texts(entry)
        if (found := re.search(r".{0,20}(?:\S  +\S| [,;.!?](?!\.)|\( | \))", text))
    ]
    assert strays == []


def sentences(text: str) -> Iterator[str]:
    """The sentences of a text, long enough to be told apart, without markup, marks and capitals."""
    plain = re.sub(r"\[@[^\]]*\]|\]\([^)]*\)|[\[\]*_`]", "", text)
    for sentence in re.split(r"(?<=[.!?…])[\"”’)]?\s+|\n+", plain):
        words = re.findall(r"\w[\w’'-]*", sentence.lower())
        if len(words) >= COPIED_WORDS:
            yield " ".join(words)


def test_no_sentence_is_copied_from_another_file(site: Site) -> None:
    files = defaultdict(set)
    for entry in entries(site):
        for _, text in entry_texts(entry):
            for sentence in sentences(text):
                files[sentence].add(entry.path)
    assert {sentence: found for sentence, found in files.items() if len(found) > 1} == {}


def test_descriptions_are_as_long_as_a_search_engine_shows(site: Site) -> None:
    shortest, longest = DESCRIPTION_LETTERS
    lengths = {
        name_of(entry): len(description)
        for entry in entries(site)
        if (description := getattr(entry.data, "description", None)) and entry.kind != "site"
    }
    assert {name: length for name, length in lengths.items() if not shortest <= length <= longest} == {}


def test_words_are_spelled_as_in_britain(site: Site) -> None:
    """Quotes are as they were spoken and titles as they were printed."""
    american = [
        (name_of(entry), found[0])
        for entry in entries(site)
        if entry.kind not in {"source", "quote"}
        for _, text in entry_texts(entry)
        for found in AMERICAN.finditer(text)
    ]
    assert american == []


def test_no_word_stands_twice(site: Site) -> None:
    twice = [
        (name_of(entry), found[0])
        for entry in entries(site)
        for _, text in entry_texts(entry)
        for found in re.finditer(r"(?i)\b(?!fesh )([a-z]{2,}) \1\b", text)
    ]
    assert twice == []
