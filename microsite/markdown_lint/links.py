"""Links that are almost written as such, and references and addresses that are none."""

from __future__ import annotations

import re

from microsite.content_files import Passage
from microsite.diagnostics import Diagnostics
from microsite.link_slips import slip_in
from microsite.markdown import linked
from microsite.markdown_lint.offers import offer

_EMAIL = re.compile(r"(?<![\w<:/@.+-])(?<!\]\()[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)*\.[A-Za-z]{2,}(?![\w>])")
_OPEN_AUTOLINK = re.compile(r"<(https?://[^\s<>]+)(?![^<>\n]*>)")
_TARGET = r"(?:/|https?:|www\.|#)"
_SWAPPED = re.compile(rf"\(([^()\n]+)\)\[({_TARGET}[^\]\n]*)\]")
_GAP = re.compile(rf"(\[[^@\[\]\n][^\[\]\n]*\])([ ]+|[ ]*\n[ ]*)\(({_TARGET}[^)\n]*)\)")
_SPACED_TARGET = re.compile(r"(?<!\!)\[[^\[\]\n]+\]\(([^()\s\"<][^()\n\"]*? [^()\n\"]*)\)")
_OPEN_TARGET = re.compile(rf"\[[^\[\]\n]+\](\({_TARGET}[^\s()]*)(?![^\s()])(?![^()\n]*\))")
_OPEN_TITLE = re.compile(r"(?<!\!)\[[^\[\]\n]+\]\((\S+[ ]+)([\"'])([^\"'()\n]*)\)")
_NO_TARGET = re.compile(r"(?<!\!)\[[^\[\]\n]+\](\([ ]*\))")
_NO_WORDS = re.compile(rf"(?<!\!)(\[[ ]*\])\({_TARGET}[^)\n]*\)")
_PIPED = re.compile(rf"(?<![!\[])\[([^\[\]\n|@]+)\|[ ]*({_TARGET}[^\s\[\]|]*)[ ]*\](?![(\[])")
_ADDRESS_FIRST = re.compile(r"(?<![!\[\]])\[(https?://[^\s\[\]]+)[ ]+([^\[\]\n]+)\](?![(\[:])")
_CITING_LINK = re.compile(r"\[[^\[\]\n]*(\[@[^\[\]\n]*\])[^\[\]\n]*\]\([^()\n]*\)")
_LINK_IN_LINK = re.compile(
    r"\[[^\[\]\n]*((?<!!)\[[^@\[\]\n][^\[\]\n]*\]\([^()\n]*\)|<https?://[^\s<>]+>)[^\[\]\n]*\]\([^()\n]*\)"
)
_CITATION_AS_WORDS = re.compile(rf"\[@[^\[\]\n]*\]\({_TARGET}[^()\n]*\)")
_DOUBLED = re.compile(rf"\](\(\(({_TARGET}[^()\s]*)\)\))")
_CLOSED_TWICE = re.compile(rf"\[[^@\[\]\n][^\[\]\n]*(\]\])\({_TARGET}[^()\n]*\)")
_OPENED_TWICE = re.compile(rf"(?<![!\[])(\[\[)[^\[\]\n]+\]\({_TARGET}[^()\n]*\)(?![^\[\n]*\])")
_STRAY_END = re.compile(r"\]\([^()\s]*\)(\))")
_DEFINITION = re.compile(r"^[ ]{0,3}\[([^\[\]\n@^]+)\]:[ ]*\S+.*$", re.MULTILINE)
_VAGUE = re.compile(rf"(?<!\!)\[((?:click )?here|read more|this(?: page)?|link)\]\({_TARGET}", re.IGNORECASE)
_WIKI_LINK = re.compile(r"\[\[([^\[\]\n]+)\]\]")
_BARE_URL = re.compile(
    r"(?<!\]\()(?<![<\w/\"'=.@\[])(?<![\]:]:)(?:https?://|www\.)[^\s<>()\[\]]*[^\s<>()\[\].,;:!?'\"”’]"
)
_REFERENCE = re.compile(r"(?<![\])])\[([^\[\]\n@^]+)\]\[([^\]\n]*)\]")
_FOOTNOTE = re.compile(r"\[\^[^\]\n]*\](:)?")


def references(prose: Passage, diagnostics: Diagnostics) -> None:
    for match in _REFERENCE.finditer(prose.text):
        name = (match[2] or match[1]).lower()
        if re.match(_TARGET, match[2]):
            right = f"[{match[1]}]({match[2]})"
            message = "the address of a link stands in round brackets"
            offer("broken-link", message, prose, match.start(), len(match[0]), right, diagnostics)
        elif not is_defined(name, prose.text):
            message = f"the reference “{name}” is not defined"
            span = prose.span(match.start(), len(match[0]))
            diagnostics.error("undefined-reference", message, span, "write [text](/path/)")
    for match in _DEFINITION.finditer(prose.text):
        if len(re.findall(re.escape(f"[{match[1]}]"), prose.text, re.IGNORECASE)) == 1:
            message = f"no link of this text names the reference “{match[1]}”, so that nobody sees it"
            span = prose.span(match.start(), len(match[0]))
            diagnostics.error("undefined-reference", message, span, "write [text](/path/) where the link is to be")
    for match in _FOOTNOTE.finditer(prose.text):
        hint = "cite a source with [@source-id], or say it in the text"
        message = f"“{match[0]}” would be shown as typed: there are no footnotes here"
        diagnostics.error("undefined-footnote", message, prose.span(match.start(), len(match[0])), hint)


def is_defined(name: str, text: str) -> bool:
    return bool(re.search(rf"^[ ]{{0,3}}\[{re.escape(name)}\]:", text, re.MULTILINE | re.IGNORECASE))


def links(prose: Passage, diagnostics: Diagnostics) -> None:
    for match in _SWAPPED.finditer(prose.text):
        message = "the brackets of this link are the wrong way round"
        right = f"[{match[1]}]({match[2]})"
        offer("swapped-link", message, prose, match.start(), len(match[0]), right, diagnostics)
    for match in _GAP.finditer(prose.text):
        message = "there is no space between the two brackets of a link"
        right = f"{match[1]}({match[3]})"
        if "\n" in match[2]:  # which cannot be mended within a line
            diagnostics.error("broken-link", message, prose.span(match.start(), len(match[1])), f"write {right}")
        else:
            offer("broken-link", message, prose, match.start(), len(match[0]), right, diagnostics)
    for match in _SPACED_TARGET.finditer(prose.text):
        if re.match(_TARGET, match[1]):
            message = f"“{match[1]}” is no address: it has a space in it"
            hint = "addresses have hyphens where words have spaces"
            diagnostics.error("broken-link", message, prose.span(match.start(1), len(match[1])), hint)
    for match in _OPEN_TARGET.finditer(prose.text):
        message = "the address of this link is never closed"
        offer("broken-link", message, prose, match.start(1), len(match[1]), match[1] + ")", diagnostics)
    for match in _OPEN_TITLE.finditer(prose.text):
        message = "the words behind the address of this link have a quote at one end only"
        right = f"{match[2]}{match[3]}{match[2]}"
        offer("broken-link", message, prose, match.start(2), len(match[3]) + 1, right, diagnostics)
    for match in _NO_TARGET.finditer(prose.text):
        message = "this link leads nowhere"
        diagnostics.error("broken-link", message, prose.span(match.start(1), len(match[1])), "write [text](/path/)")
    for match in _NO_WORDS.finditer(prose.text):
        message = "this link has no words that a reader could choose"
        diagnostics.error("broken-link", message, prose.span(match.start(1), len(match[1])), "write [text](/path/)")
    for words, address, pattern in ((1, 2, _PIPED), (2, 1, _ADDRESS_FIRST)):
        for match in pattern.finditer(prose.text):
            message = f"“{match[0]}” is how links are written elsewhere"
            right = f"[{match[words].strip()}]({match[address]})"
            offer("broken-link", message, prose, match.start(), len(match[0]), right, diagnostics)
    for match in _CITING_LINK.finditer(prose.text):
        message = "a citation within the words of a link would be a link within a link"
        hint = f"put {match[1]} behind the link"
        diagnostics.error("broken-link", message, prose.span(match.start(1), len(match[1])), hint)
    for match in _CITATION_AS_WORDS.finditer(prose.text):
        citation, _, target = match[0].partition("](")
        message = "a citation cannot be the words of a link"
        hint = f"write [text]({target}{citation}]"
        diagnostics.error("broken-link", message, prose.span(match.start(), len(match[0])), hint)
    _brackets(prose, diagnostics)
    for match in _VAGUE.finditer(prose.text):
        message = f"“{match[1]}” does not say where the link leads, above all to those who have links read to them"
        hint = "make a link of the words that name what is there"
        diagnostics.warning("vague-link", message, prose.span(match.start(1), len(match[1])), hint)
    for match in _LINK_IN_LINK.finditer(prose.text):
        message = "a link stands within the words of another"
        span = prose.span(match.start(1), len(match[1]))
        diagnostics.error("nested-control", message, span, "keep one of the two, or put one behind the other")
    for match in _WIKI_LINK.finditer(prose.text):
        if match[1].startswith("@"):
            message = "a citation has one bracket on either side"
            offer("bad-citation", message, prose, match.start(), len(match[0]), f"[{match[1]}]", diagnostics)
            continue
        message = f"“{match[0]}” is a link of another kind of wiki and would be shown as typed"
        diagnostics.error("broken-link", message, prose.span(match.start(), len(match[0])), "write [text](/path/)")
    for target, at in linked(prose.text):
        if not target.lower().startswith("picture") and (slip := slip_in(target)):
            diagnostics.error("bad-address", slip.message, prose.span(at, len(target)), slip.hint, slip.replacement)


def _brackets(prose: Passage, diagnostics: Diagnostics) -> None:
    """Brackets of a link that are one too many."""
    for pattern, right in ((_DOUBLED, None), (_CLOSED_TWICE, "]"), (_OPENED_TWICE, "[")):
        for match in pattern.finditer(prose.text):
            message = "a bracket of this link is one too many"
            mended = right or f"({match[2]})"
            offer("broken-link", message, prose, match.start(1), len(match[1]), mended, diagnostics)
    for match in _STRAY_END.finditer(prose.text):
        before = prose.text[max(prose.text.rfind("\n\n", 0, match.start()), 0) : match.start(1)]
        if before.count("(") <= before.count(")"):
            message = "this bracket closes nothing"
            diagnostics.error("broken-link", message, prose.span(match.start(1)), "take it out", "")


def bare_addresses(prose: Passage, diagnostics: Diagnostics) -> None:
    for match in _OPEN_AUTOLINK.finditer(prose.text):
        message = "the angle bracket of this address is never closed"
        offer("broken-link", message, prose, match.start(), len(match[0]), f"{match[0]}>", diagnostics)
    for match in _EMAIL.finditer(prose.text):
        message = "an address alone is no link"
        offer("bare-url", message, prose, match.start(), len(match[0]), f"<{match[0]}>", diagnostics)
    for match in _BARE_URL.finditer(prose.text):
        if not re.search(r"^[ ]{0,3}\[[^\]\n]+\]:[ ]*$", prose.text[: match.start()].rpartition("\n")[2]):
            message = "an address alone is no link"
            full = match[0] if match[0].startswith("http") else "https://" + match[0]
            offer("bare-url", message, prose, match.start(), len(match[0]), f"<{full}>", diagnostics)
