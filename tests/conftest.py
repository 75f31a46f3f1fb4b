"""What holds for all tests."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import pytest
from hypothesis import settings

from microsite import locking
from microsite.memory import Memory
from microsite.pipeline import BuildResult
from tests.projects import build
from tests.real_site import ROOT

# A machine that is busy with other things is no reason to fail.
settings.register_profile("microsite", deadline=None)
settings.load_profile("microsite")


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Iterator[BuildResult]:
    """The whole real site, made once: whoever comes second of several processes recalls what the first has made."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if hasattr(request.config, "workerinput") else base
    with closing(Memory(shared / "real-site.sqlite", b"tests")) as memory:
        with locking.exclusive(shared / "real-site.lock"):
            result = build(ROOT, memory)
            memory.save()
        yield result
