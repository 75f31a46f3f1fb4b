from __future__ import annotations

import time

import pytest

from microsite.clock import today


def test_the_day_can_be_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767225599")
    assert today() == "2025-12-31"
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "soon")
    assert today() == time.strftime("%Y-%m-%d")
