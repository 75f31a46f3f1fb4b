"""What holds for all tests."""

from __future__ import annotations

from hypothesis import settings

# A machine that is busy with other things is no reason to fail.
settings.register_profile("microsite", deadline=None)
settings.load_profile("microsite")
