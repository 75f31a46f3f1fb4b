from __future__ import annotations

from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from microsite.strict_yaml import PlainText
from tests.schema.values.reading import ADAPTERS, refused


@pytest.mark.parametrize("kind", ["figure", "number", "flag", "date", "partial date", "duration"])
@pytest.mark.parametrize("value", [["1"], {"a": "1"}, None])
def test_one_value_is_neither_a_list_nor_a_mapping_nor_nothing(kind: str, value: Any) -> None:
    assert refused(kind, value)[0] in ("decimal_type", "int_type", "bool_type", "string_type")


# What cites ----------------------------------------------------------------------------------------------------------


@given(st.sampled_from([*ADAPTERS]), st.text() | st.text("0123456789-:.,+", max_size=12))
def test_no_text_is_too_odd(kind: str, text: str) -> None:
    for value in (text, PlainText(text)):
        with suppress(ValidationError):
            ADAPTERS[kind].validate_python(value)
