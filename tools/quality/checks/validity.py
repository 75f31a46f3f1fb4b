"""The Nu checker (https://validator.github.io/validator/) over every page, style sheet and drawing."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path
from typing import Any

from tools.quality.outcomes import NotRun, Outcome, counted
from tools.quality.programs import java, node_package
from tools.quality.run import Run

# CSS that browsers have and the checker's grammar has not, each named in what it says.
NOT_KNOWN_TO_IT = re.compile(
    "“(@container|container-type|paint-order|position-area|position-try-fallbacks|r|vector-effect|@?view-transition.*)”"
)
# A length that it does not see because it is a variable.
VARIABLE_IN_A_FUNCTION = re.compile(r"Invalid type: “[^”]*var\(")
# Of some it says no more than “Parse Error”, and shows a few letters before and behind the place: selectors of view
# transitions, and the unit cqi in a sum.
SHOWN_NOT_NAMED = re.compile(r"::view-tran|(roup|ld|ew)\(|\dcqi ")


def check(run: Run) -> Outcome:
    command = [java(), "-Xss4m", "-jar", str(node_package("vnu-jar/build/dist/vnu.jar"))]
    command += ["--skip-non-html", "--also-check-css", "--also-check-svg", "--format", "json", "--exit-zero-always"]
    done = subprocess.run([*command, str(run.site.folder)], capture_output=True, check=False)
    try:
        found = messages(done.stderr.decode(), run.site.folder)
    except ValueError:
        raise NotRun(f"the Nu checker did not come to an end: {done.stderr.decode(errors='replace')[-300:]}") from None
    files = sum(1 for pattern in ("*.html", "*.css", "*.svg") for _ in run.site.folder.rglob(pattern))
    return Outcome(f"{counted(len(found), 'error')} in {counted(files, 'file')}", tuple(found))


def messages(report: str, folder: Path) -> list[str]:
    """The errors in the checker's report, each with its place; warnings, and what it does not know, are left out."""
    errors = [one for one in json.loads(report)["messages"] if one["type"] != "info" and not _is_not_known(one)]
    prefix = folder.resolve().as_uri().replace("file:///", "file:/") + "/"
    places = (f"{one.get('url', '')}:{one.get('lastLine', 1)}:{one.get('firstColumn', 1)}" for one in errors)
    return [f"{place.removeprefix(prefix)}: {one['message']}" for place, one in zip(places, errors, strict=True)]


def _is_not_known(message: dict[str, Any]) -> bool:
    if message["message"].endswith("Parse Error."):
        return SHOWN_NOT_NAMED.search(message.get("extract", "")) is not None
    patterns = (NOT_KNOWN_TO_IT, VARIABLE_IN_A_FUNCTION)
    return message["message"].startswith("CSS: ") and any(one.search(message["message"]) for one in patterns)
