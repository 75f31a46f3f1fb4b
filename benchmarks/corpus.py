"""A made-up site of any size, the same words for every generator: what differs between runs is the generator alone."""

from __future__ import annotations

import random
from pathlib import Path

WORDS = (
    "dune track stage bivouac wheel sand rock valley plateau canyon dust engine gearbox driver map heading distance "
    "morning evening desert coast river mountain village road signal tyre spare jack shovel compass night light "
    "service mechanic control checkpoint waypoint junction climb descent crest slope gravel stone grass camel wind heat"
).split()
PARAGRAPHS = 6
WORDS_IN_PARAGRAPH = 85


def paragraph(rng: random.Random) -> str:
    words = [rng.choice(WORDS) for _ in range(WORDS_IN_PARAGRAPH)]
    words[3] = f"*{words[3]}*"
    words[20] = f"**{words[20]}**"
    return " ".join(words).capitalize() + "."


def body(number: int, pages: int) -> str:
    """About 570 words with headings, a list, a table and links to two neighbours."""
    rng = random.Random(number)
    parts = []
    for index in range(PARAGRAPHS):
        if index % 2 == 0:
            parts.append(f"## Part {index // 2 + 1}")
        parts.append(paragraph(rng))
    parts.append("- one\n- two\n- three")
    parts.append("| place | km |\n|---|---|\n| start | 0 |\n| finish | 412 |")
    before, after = (number - 1) % pages, (number + 1) % pages
    parts.append(f"[Before]({address(before)}) and [after]({address(after)}).")
    return "\n\n".join(parts) + "\n"


def address(number: int) -> str:
    return f"/page-{number:05}/"


def write(files: dict[str, str], root: Path) -> None:
    for path, text in files.items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
