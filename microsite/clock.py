"""What day it is. Told to whom it concerns as a value; nothing but the command line asks the clock."""

from __future__ import annotations

import os
import time


def today() -> str:
    """The day in local time, as `2026-01-17`; that of SOURCE_DATE_EPOCH, in UTC, where it is set.

    The variable is a convention: https://reproducible-builds.org/specs/source-date-epoch/
    """
    told = os.environ.get("SOURCE_DATE_EPOCH", "")
    moment = time.gmtime(int(told)) if told.isdecimal() else time.localtime()
    return time.strftime("%Y-%m-%d", moment)
