from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from microsite.memory import Memory
from microsite.pages.findable import Findable, findables
from microsite.search_index import PATH, folded, to_json
from tests.projects import build, make_project, page, text, write
from tests.real_site import real_site


def entry(title: str, words: str, **more: Any) -> Findable:
    return Findable("Pages", title, f"/{title.lower()}/", f"About {title}.", title, text=words, **more)


def words_of(*entries: Findable) -> list[str]:
    return [row[5] for row in json.loads(to_json(entries))["entries"]]


def test_a_row_has_group_title_path_sentence_other_names_and_words() -> None:
    one = entry("Élan", "Zäh, zäh and São Paulo.", also=("Deer", "Elk"))
    two = Findable("Sources", "T", "/t/", "P", "T")
    assert json.loads(to_json([one, two])) == {
        "groups": ["Pages", "Sources"],
        "entries": [
            [0, "Élan", "élan/", "About Élan.", "Deer · Elk", "and paulo sao zah"],
            [1, "T", "t/", "P", "", ""],
        ],
    }


def test_words_that_are_shown_already_numbers_and_markup_are_left_out() -> None:
    one = entry("Elk", "elk about Deer 1979 D7X [car](/path/to/nowhere/) [@some-source] it_s", also=("deer",))
    assert words_of(one) == ["car d7x"]


def test_a_word_of_many_texts_is_kept_only_if_it_is_a_name() -> None:
    entries = [entry(f"T{number}", f"Thierry drove the Peugeot; {'ab' * number}x") for number in range(2, 8)]
    assert words_of(*entries) == [f"{'ab' * number}x peugeot thierry" for number in range(2, 8)]
    assert words_of(*entries[1:])[0] == "abababx drove peugeot the thierry", "few texts have no common words"


def test_folding_takes_away_case_and_accents() -> None:
    assert folded("São BAČIUŠKA Straße") == "sao baciuska strasse"


def test_there_is_an_index_only_where_there_is_a_page_of_search(tmp_path: Path) -> None:
    make_project(tmp_path)
    assert PATH not in build(tmp_path).tree
    write(tmp_path, "content/pages/search.md", page("Search", "[x](/)", view="search"))
    write(
        tmp_path, "content/pages/home.md", page("Home", "A.[@first-source] [s](/search/)", view="home", permalink="/")
    )
    rows = json.loads(text(build(tmp_path), PATH))["entries"]
    assert [row[2] for row in rows] == ["", "search/", "sources/", "sources/first-source/"]


def test_a_changed_text_changes_the_index(tmp_path: Path) -> None:
    make_project(tmp_path)
    home = "content/pages/home.md"
    write(tmp_path, "content/pages/search.md", page("Search", "[x](/)", view="search"))
    memory = Memory(None, b"tests")
    indexes = []
    for word in ("Ostrich", "Ostrich", "Emu"):
        write(tmp_path, home, page("Home", f"{word}.[@first-source] [s](/search/)", view="home", permalink="/"))
        indexes.append(text(build(tmp_path, memory), PATH))
    memory.close()
    assert indexes[0] == indexes[1] != indexes[2]
    assert "ostrich" in indexes[1]
    assert "emu" in indexes[2]


def test_the_real_index_is_small_and_knows_names() -> None:
    rows = json.loads(to_json(findables(real_site()[0])))["entries"]
    words = {row[2]: row[5].split() for row in rows}
    assert "mitsubishi" in words["crews/stephane-peterhansel/"]
    assert "the" not in {word for found in words.values() for word in found}
