from __future__ import annotations

from pathlib import Path

import pytest

from microsite import swap as swapping


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "public"


@pytest.fixture(params=["exchange", "renames"])
def swap(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Runs a test both with the kernel's exchange of folders and, as elsewhere, with two renames."""
    way: str = request.param
    if way == "renames":
        monkeypatch.setattr(swapping, "_exchange", lambda one, other: False)
    return way
