from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from microsite.editing.beginnings import CannotBegin, Known
from microsite.editing.source_address import begin_source, date_in


def source(publisher: str, url: str, language: str = "en", kind: str = "press") -> Mapping[str, str]:
    return {"title": "A", "publisher": publisher, "kind": kind, "url": url, "language": language}


SOURCES = {
    "autocar-2026-win": source("Autocar", "https://www.autocar.co.uk/car-news/win"),
    "autocar-2025-reveal": source("Autocar", "https://www.autocar.co.uk/car-news/reveal"),
    "dakar-2026-route": source("Dakar Rally", "https://www.dakar.com/en/route", kind="organiser"),
    "dakar-2026-profile": source("Dakar Rally", "https://www.dakar.com/fr/profil", "fr", "organiser"),
}


def known(**sources: Mapping[str, str]) -> Known:
    found = {**SOURCES, **sources}
    return Known({"source": tuple(found)}, "2026-12-01", found)


def begun(address: str, title: str = "") -> Mapping[str, Any]:
    beginning = begin_source(address, title, known())
    return {"id": beginning.id, **beginning.values}


def test_the_sources_of_the_same_host_tell_most() -> None:
    assert begun("https://autocar.co.uk/car-news/2026/12/01/defender-enters-the-dakar?utm_source=x") == {
        "id": "autocar-2026-12-01-defender-enters-dakar",
        "draft": True,
        "title": "Defender enters the dakar",
        "publisher": "Autocar",
        "kind": "press",
        "url": "https://autocar.co.uk/car-news/2026/12/01/defender-enters-the-dakar?utm_source=x",
        "date": "2026-12-01",
        "language": "en",
    }
    assert begun("https://www.dakar.com/es/ruta-2027")["kind"] == "organiser"
    assert begun("https://www.dakar.com/es/ruta-2027")["language"] == "es"


def test_of_an_unknown_host_its_name_and_country_tell_something() -> None:
    found = begun("https://www.le-rallye.com.fr/12345678/essai.html", "Essai")
    assert found == {
        "id": "lerallye-essai",
        "title": "Essai",
        "publisher": "Le-rallye",
        "kind": "press",
        "url": "https://www.le-rallye.com.fr/12345678/essai.html",
        "date": None,
        "language": "fr",
    }
    assert begun("https://example.org/")["title"] == "example.org"
    assert begun("https://example.org/")["id"] == "example"


def test_an_id_that_is_taken_is_counted_on() -> None:
    taken = {"example-one-two-three": source("E", "https://example.org/x")}
    assert begin_source("https://example.org/one-two-three-four", "", known(**taken)).id == "example-one-two-three-2"


@pytest.mark.parametrize(
    "address",
    [
        "http://autocar.co.uk/car-news/win/",
        "https://www.autocar.co.uk/car-news/win?utm_source=feed&utm_medium=rss",
    ],
)
def test_a_page_that_is_a_source_already_is_not_made_one_again(address: str) -> None:
    with pytest.raises(CannotBegin, match=r"cite it as \[@autocar-2026-win\]"):
        begun(address)


@pytest.mark.parametrize("address", ["autocar.co.uk", "ftp://example.org/", "https://", "/car/"])
def test_what_is_no_web_address_is_refused(address: str) -> None:
    with pytest.raises(CannotBegin, match="is no web address"):
        begun(address)


@pytest.mark.parametrize(
    ("path", "date"),
    [
        ("/2026/01/17/win", "2026-01-17"),
        ("/news/2026-01-17-win.html", "2026-01-17"),
        ("/20260117/win", "2026-01-17"),
        ("/2026/01/win", "2026-01"),
        ("/2026-02-30/win", None),
        ("/2026/win", None),
        ("/202601/win", None),
        ("/a-12026-01-17", None),
        ("/2026/13/01/2025/12/31", "2025-12-31"),
    ],
)
def test_a_date_in_a_path(path: str, date: str | None) -> None:
    assert date_in(path) == date
