from __future__ import annotations

import pytest
from pydantic import TypeAdapter, ValidationError

from microsite.schema.values.texts import InlineMarkdown, first_words


def test_inline_markdown_is_shallow() -> None:
    adapter = TypeAdapter(InlineMarkdown)
    assert type(adapter.validate_python("a *b*")) is InlineMarkdown
    with pytest.raises(ValidationError, match="brackets or lists are nested more than 24 deep"):
        adapter.validate_python("[" * 200_000)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Short.", "Short."),
        ("One [two](/x/) *three*.[@four]", "One two three."),
        ("a b c d e f g h i", "a b c d e f g h i"),
        ("a b c d e f g h i j", "a b c d e f g h i …"),
        ("", ""),
    ],
)
def test_first_words(text: str, words: str) -> None:
    assert first_words(text) == words
