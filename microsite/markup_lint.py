"""Classes and attributes in templates that are hardly different from ones that there are: browsers pass over both.

What is like nothing else may be meant for readers of the source, or for a script yet to be written, and is let be.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from microsite.content_files import Passage
from microsite.diagnostics import Diagnostic, Diagnostics
from microsite.memory import Memory
from microsite.style_sheets import StaticFile
from microsite.suggest import edit_distance
from microsite.template_lint import TEMPLATES

_CODE = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_TAG = re.compile(r"<[a-z][a-z0-9]*((?:\s+[^\s<>=\"]+(?:=\"[^\"]*\"|='[^']*'|=[^\s<>\"']+)?)*)\s*/?>")
_ATTRIBUTE = re.compile(r"\s([a-zA-Z][\w:-]*)(?:=\"([^\"]*)\"|(?=[\s=>/]|\Z))")
_CLASS_IN_SHEET = re.compile(r"\.([A-Za-z_][\w-]*)")
_WORD_IN_SCRIPT = re.compile(r"[A-Za-z_][\w-]*")
_SLIP = 1
_LONG_ENOUGH = 4
_ATTRIBUTES = frozenset(
    "accesskey action alt aria-activedescendant aria-atomic aria-busy aria-checked aria-controls aria-current "
    "aria-describedby aria-details aria-disabled aria-errormessage aria-expanded aria-haspopup aria-hidden "
    "aria-invalid aria-keyshortcuts aria-label aria-labelledby aria-level aria-live aria-modal aria-multiline "
    "aria-orientation aria-owns aria-placeholder aria-posinset aria-pressed aria-readonly aria-relevant "
    "aria-required aria-roledescription aria-rowcount aria-rowindex aria-selected aria-setsize aria-sort "
    "aria-valuemax aria-valuemin aria-valuenow aria-valuetext async autocapitalize autocomplete autofocus charset "
    "checked cite class cols colspan content contenteditable controls coords crossorigin datetime decoding defer dir "
    "dirname disabled download draggable enctype enterkeyhint fetchpriority for form formaction headers height hidden "
    "high href hreflang http-equiv id imagesizes imagesrcset inert inputmode integrity is itemid itemprop itemscope "
    "itemtype kind label lang list loading loop low max maxlength media method min minlength multiple muted name "
    "nomodule nonce novalidate open optimum pattern ping placeholder popover popovertarget popovertargetaction poster "
    "preload readonly referrerpolicy rel required reversed role rows rowspan sandbox scope selected shape size sizes "
    "slot span spellcheck src srcdoc srclang srcset start step style summary tabindex target title translate type "
    "usemap value width wrap".split()
)


def lint_markup(
    templates: Mapping[str, str], static: Iterable[StaticFile], memory: Memory, diagnostics: Diagnostics
) -> None:
    """Report classes of templates, by name below templates/, that no sheet or script of `static` has, and attributes
    that HTML has not, where what was meant can be told."""
    known = _known_classes(static, memory)
    key = hashlib.sha256(repr((sorted(templates.items()), sorted(known))).encode()).digest()

    def make(_: list[bytes]) -> dict[bytes, tuple[Diagnostic, ...]]:
        found = Diagnostics()
        for name, source in templates.items():
            if name.endswith(".html"):
                _lint(Passage(TEMPLATES + name, source), known, found)
        return {key: tuple(found.found)}

    diagnostics.extend(memory.results("markup", [key], make)[key])


def _lint(passage: Passage, known: frozenset[str], diagnostics: Diagnostics) -> None:
    for attribute, value, at in _attributes(passage.text):
        if attribute == "class":
            _check_classes(value, at, known, passage, diagnostics)
        elif attribute == attribute.lower() and attribute not in _ATTRIBUTES:
            _tell("unknown-attribute", "HTML has no", attribute, at, _ATTRIBUTES, passage, diagnostics)


def _known_classes(static: Iterable[StaticFile], memory: Memory) -> frozenset[str]:
    files = {file.digest: file for file in static if file.path.endswith((".css", ".js"))}

    def make(missing: list[bytes]) -> dict[bytes, frozenset[str]]:
        return {key: _names_in(files[key]) for key in missing}

    return frozenset().union(*memory.results("classes", files, make).values())


def _names_in(file: StaticFile) -> frozenset[str]:
    pattern = _CLASS_IN_SHEET if file.path.endswith(".css") else _WORD_IN_SCRIPT
    return frozenset(pattern.findall(file.read().decode(errors="replace")))


def _attributes(source: str) -> Iterator[tuple[str, str, int]]:
    """The attributes of a template's elements: name, value, and where the name or, of a class, the value stands. What
    Jinja writes is blanked out with signs that no name holds."""
    bare = _CODE.sub(lambda match: re.sub(r"[^\n]", "\0", match[0]), source)
    for tag in _TAG.finditer(bare):
        for one in _ATTRIBUTE.finditer(bare, tag.start(1), tag.end(1)):
            yield one[1], one[2] or "", one.start(2) if one[1] == "class" and one[2] else one.start(1)


def _check_classes(value: str, at: int, known: frozenset[str], passage: Passage, diagnostics: Diagnostics) -> None:
    for one in re.finditer(r"\S+", value):
        if "\0" not in one[0] and one[0] not in known:
            message = "no style sheet or script has the class"
            _tell("unknown-class", message, one[0], at + one.start(), known, passage, diagnostics)


def _tell(
    code: str, message: str, word: str, at: int, known: frozenset[str], passage: Passage, diagnostics: Diagnostics
) -> None:
    near = _near(word, known)
    if len(word) >= _LONG_ENOUGH and len(near) == 1:
        hint = f"did you mean “{near[0]}”?"
        diagnostics.warning(code, f"{message} “{word}”", passage.span(at, len(word)), hint, near[0])


@lru_cache(maxsize=1024)
def _near(word: str, known: frozenset[str]) -> tuple[str, ...]:
    alike = (one for one in known if abs(len(one) - len(word)) <= _SLIP and len(set(word).difference(one)) <= _SLIP)
    return tuple(one for one in alike if edit_distance(word, one, _SLIP) <= _SLIP)
