"""The real content for every test in this folder."""

from __future__ import annotations

import pytest

from microsite.diagnostics import Diagnostics
from microsite.schema.kinds import (
    Edition,
    Rally,
    Stage,
)
from microsite.site_model import Site
from tests.real_site import real_site


@pytest.fixture(scope="session")
def loaded() -> tuple[Site, Diagnostics]:
    return real_site()


@pytest.fixture(scope="session")
def site(loaded: tuple[Site, Diagnostics]) -> Site:
    return loaded[0]


@pytest.fixture(scope="session")
def editions(site: Site) -> list[Edition]:
    return sorted((entry.data for entry in site.all("edition")), key=lambda edition: edition.year)


@pytest.fixture(scope="session")
def held(editions: list[Edition]) -> list[Edition]:
    return [edition for edition in editions if edition.status == "held"]


@pytest.fixture(scope="session")
def stages(site: Site) -> list[Stage]:
    return sorted((entry.data for entry in site.all("stage")), key=lambda stage: stage.number)


@pytest.fixture(scope="session")
def rally(site: Site) -> Rally:
    entry = site.only("rally")
    assert entry is not None
    data: Rally = entry.data
    return data
