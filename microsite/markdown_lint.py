"""What Markdown would swallow in silence, reported with its place and what to write instead."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from microsite.content_files import Passage
from microsite.diagnostics import Diagnostics
from microsite.link_slips import slip_in
from microsite.markdown import CITATION, IMAGE, PICTURE, linked, without_code
from microsite.table_lint import lint_tables

_ANY_CITATION = re.compile(r"\[\s*@[^\[\]\n]*\]?")
_NUMBERED = re.compile(r"(?<=[\w.,;:!?’”)\]])\[\d{1,2}\](?![(\[:])")
_BRACKETED_ID = re.compile(r"(?<![\]!\[])\[([a-z0-9]+(?:-[a-z0-9]+)+)\](?![(\[:])")
_LOOSE_CITATION = re.compile(r"[({]@[a-z0-9-]+[)}]|(?<![\w\[@;,/-])(?<![;,] )@[a-z0-9]+(?:-[a-z0-9]+)+")
_FENCE = re.compile(r"^(`{3,}|~{3,}).*?(?:(?P<close>^\1[ ]*$)|\Z)", re.MULTILINE | re.DOTALL)
_HEADING = re.compile(r"^([ ]{0,3})(#{1,6})([ \t\u00a0]*)(\S?)", re.MULTILINE)
_UNDERLINED = re.compile(r"^(?![ ]{0,3}(?:[-*+>|#]|\d+\.)[ ]?)(\S[^\n]*)\n(=+|-+)[ ]*$", re.MULTILINE)
_TAG = re.compile(
    r"</?[a-zA-Z][^<>\n]*(?:\n[^<>\n]+){0,5}>|<!--"
    r"|</?(?:b|br|i|em|p|a|div|span|strong|img|script)\b(?![^<>]{0,300}>)"
)
_ENTITY = re.compile(r"&(?:#\d+|#[xX][0-9a-fA-F]+|[A-Za-z]+\d*);|&nbsp\b")
_EMAIL = re.compile(r"(?<![\w<:/@.+-])(?<!\]\()[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)*\.[A-Za-z]{2,}(?![\w>])")
_OPEN_AUTOLINK = re.compile(r"<(https?://[^\s<>]+)(?![^<>\n]*>)")
_AUTOLINK = re.compile(r"<(?:https?://|mailto:|[^@\s>]+@)")
_LIST_ITEM = re.compile(r"[ ]*(?:[-*+]|\d+\.)[ ]+\S")
_ODD_ITEM = re.compile(
    r"[ \t]*([•‣▪●◦·–—→►✓✔]|\d+\)|[a-h]\)(?= )|\d{1,2}\.(?=[A-Za-z])|[-*+](?=[^\s*+\-\d]))[ \t]*(?=\S)"
)
_TARGET = r"(?:/|https?:|www\.|#)"
_SWAPPED = re.compile(rf"\(([^()\n]+)\)\[({_TARGET}[^\]\n]*)\]")
_GAP = re.compile(rf"(\[[^\[\]\n]+\])([ ]+)\(({_TARGET}[^)\n]*)\)")
_SPACED_TARGET = re.compile(r"(?<!\!)\[[^\[\]\n]+\]\(([^()\s\"<][^()\n\"]*? [^()\n\"]*)\)")
_OPEN_TARGET = re.compile(rf"\[[^\[\]\n]+\](\({_TARGET}[^\s()]*)(?![^\s()])(?![^()\n]*\))")
_OPEN_TITLE = re.compile(r"(?<!\!)\[[^\[\]\n]+\]\((\S+[ ]+)([\"'])([^\"'()\n]*)\)")
_NO_TARGET = re.compile(r"(?<!\!)\[[^\[\]\n]+\](\([ ]*\))")
_NO_WORDS = re.compile(rf"(?<!\!)(\[[ ]*\])\({_TARGET}[^)\n]*\)")
_WIKI_LINK = re.compile(r"\[\[([^\[\]\n]+)\]\]")
_INVISIBLE = re.compile("[\u200b\u00ad\u2060]")
_BARE_URL = re.compile(
    r"(?<!\]\()(?<![<\w/\"'=.@\[])(?<![\]:]:)(?:https?://|www\.)[^\s<>()\[\]]*[^\s<>()\[\].,;:!?'\"”’]"
)
_REFERENCE = re.compile(r"(?<![\])])\[([^\[\]\n@^]+)\]\[([^\]\n]*)\]")
_FOOTNOTE = re.compile(r"\[\^[^\]\n]*\](:)?")
_SPACED_PICTURE = re.compile(r"!?\[[^\]\n]*\]\s*\(\s*(pictures?:\s*[^)\n]*)\)", re.IGNORECASE)
_ELSEWHERE = re.compile(
    r"~~[^~\n]+~~|==[^=|\n]+==|(?<=^- )\[[ xX]\](?= )|(?<![\w:]):[a-z]+_?[a-z]+:(?![\w:])"
    r"|\{\{[^{}\n]*\}\}|\{%[^{}\n]*%\}|'{3}[^'\n]+'{3}|(?<!\])\[/?(?:b|i|u|url|img|quote)(?:=[^\[\]\n]*)?\](?![(:])|^\[TOC\]"
    r"|\{[#.:][\w-]+\}|^!!! \w+|\[!\w+\]|\^\[[^\[\]\n]*\]|^%%[^\n]*|^//[^\n]*|(?<=\w)([~^])\w{1,3}\1(?!\w)"
    r"|(?<![(:\w'\"])picture:[a-z0-9-]+",
    re.MULTILINE,
)
_CITED_ID = re.compile(r"[a-z0-9-]+")
_PARAGRAPH = re.compile(r"(?:(?!\n[ \t]*\n).)+", re.DOTALL)
_CODE_SPAN = re.compile(r"(?<![`\\])(`+)(?!`)")


def lint(passage: Passage, diagnostics: Diagnostics) -> None:
    """Report what Markdown would pass over in silence, in the body of a document."""
    prose = Passage(passage.path, without_code(passage.text), passage.first_line)
    for check in (*_INLINE, _headings, _underlined, _lists, lint_tables, _indented, _pictures, _lone_pictures):
        check(prose, diagnostics)
    _fences(passage, diagnostics)


def lint_inline(passage: Passage, diagnostics: Diagnostics) -> None:
    """The same for a text of a data file: one paragraph, which holds no headings, lists, tables or pictures."""
    prose = Passage(passage.path, without_code(passage.text), passage.first_line, passage.first_column)
    for check in _INLINE:
        check(prose, diagnostics)
    for match in IMAGE.finditer(prose.text):
        message = "a picture cannot stand in a text of a data file"
        hint = "put it into the Markdown of a page, or give the entry “picture: its-id”"
        diagnostics.error("picture-in-text", message, prose.span(match.start(), len(match[0])), hint)


def _invisible(prose: Passage, diagnostics: Diagnostics) -> None:
    for match in _INVISIBLE.finditer(prose.text):
        message = f"a character that nobody sees (U+{ord(match[0]):04X}) hides the word from searches"
        diagnostics.error("control-character", message, prose.span(match.start()), "delete it", "")


def lint_characters(passage: Passage, diagnostics: Diagnostics) -> None:
    """What is wrong with a text that holds no Markdown: HTML, and what nobody sees."""
    _invisible(passage, diagnostics)
    _html(passage, diagnostics)
    _entities(passage, diagnostics)


# Inline ---------------------------------------------------------------------------------------------------------------


def _citations(prose: Passage, diagnostics: Diagnostics) -> None:
    hint = "write [@source-id], or [@one-id; @another-id] for several"
    bracketed = {at for match in _ANY_CITATION.finditer(prose.text) for at in range(*match.span())}
    for match in _ANY_CITATION.finditer(prose.text):
        if whole := CITATION.match(prose.text, match.start()):  # it may go on in the next line
            _cited_twice(whole, prose, diagnostics)
            continue
        right = _citation(match[0])
        message = f"“{match[0]}” is not a citation and would be shown as typed"
        offer = f"write {right}" if right else hint
        diagnostics.error("bad-citation", message, prose.span(match.start(), len(match[0])), offer, right)
    for match in _BRACKETED_ID.finditer(prose.text):
        if not _is_defined(match[1], prose.text):
            right = f"[@{match[1]}]"
            message = f"“{match[0]}” would be shown as typed; a source is cited with an @"
            diagnostics.error(
                "bad-citation", message, prose.span(match.start(), len(match[0])), f"write {right}", right
            )
    for match in _NUMBERED.finditer(prose.text):
        message = f"“{match[0]}” would be shown as typed; sources are cited by id and get their numbers by themselves"
        diagnostics.error("bad-citation", message, prose.span(match.start(), len(match[0])), hint)
    for match in _LOOSE_CITATION.finditer(prose.text):
        if match.start() in bracketed:
            continue
        right = f"[{match[0].strip('(){}')}]"
        message = f"“{match[0]}” would be shown as typed; a citation stands in square brackets"
        diagnostics.error("bad-citation", message, prose.span(match.start(), len(match[0])), f"write {right}", right)


def _cited_twice(citation: re.Match[str], prose: Passage, diagnostics: Diagnostics) -> None:
    seen: set[str] = set()
    for one in _CITED_ID.finditer(prose.text, citation.start(1), citation.end(1)):
        if one[0] in seen:
            span = prose.span(one.start(), len(one[0]))
            diagnostics.error("named-twice", f"“{one[0]}” is named twice", span, "once is enough")
        seen.add(one[0])


def _citation(typed: str) -> str | None:
    """`[@One_Two @three` as [@one-two; @three], if every part is an id once case and delimiters are set right."""
    inside = typed.strip("[](){}\\ ").lower().replace("_", "-").replace("@@", "@")
    parts = [part.strip() for part in re.split(r"[;,]|\s+(?:(?:and|&|\+)\s+)?(?=@)", inside) if part.strip()]
    ids = [re.sub(r"^@\s*", "", part).replace(" ", "-") for part in parts]
    if not typed.endswith(("]", ")", "}")) and re.search(r"\s[^@\s]", inside):
        return None  # nobody can tell where it was to end
    if not ids or not all(re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", one) for one in ids):
        return None
    return f"[{'; '.join('@' + one for one in ids)}]"


def _html(prose: Passage, diagnostics: Diagnostics) -> None:
    for match in _TAG.finditer(prose.text):
        if not _AUTOLINK.match(match[0]):
            message = f"“{match[0]}” is HTML, which is shown as typed"
            diagnostics.error("raw-html", message, prose.span(match.start(), len(match[0])), _instead_of(match[0]))


def _entities(prose: Passage, diagnostics: Diagnostics) -> None:
    for match in _ENTITY.finditer(prose.text):
        right = unescape(match[0])
        if right != match[0]:
            right = " " if right.isspace() else right
            message = f"“{match[0]}” is what HTML calls a character"
            hint = "type a space" if right == " " else f"type {right}"
            diagnostics.error("raw-html", message, prose.span(match.start(), len(match[0])), hint, right)


def _instead_of(tag: str) -> str:
    name = re.sub(r"[^a-z0-9].*", "", tag.strip("</").lower())
    known = {
        "b": "**bold**",
        "strong": "**bold**",
        "i": "*italic*",
        "em": "*italic*",
        "a": "[text](/address/)",
        "img": "![](picture:its-id)",
        "br": "an empty line between two paragraphs",
        "p": "an empty line between two paragraphs",
        "li": "“- ” at the beginning of a line",
        "ul": "“- ” at the beginning of a line",
        "code": "`code`",
        "script": "nothing: pages run no scripts but the site's own",
        "style": "nothing: how pages look is said in static/css/",
        "iframe": "nothing: pages load nothing from elsewhere",
        "!--": "nothing: a comment would be seen by readers",
    }
    if tag.startswith("<!--"):
        name = "!--"
    level = re.fullmatch(r"h([1-6])", name)
    return f"write {'#' * max(int(level[1]), 2) + ' Heading' if level else known.get(name, 'it in Markdown')}"


def _references(prose: Passage, diagnostics: Diagnostics) -> None:
    for match in _REFERENCE.finditer(prose.text):
        name = (match[2] or match[1]).lower()
        if re.match(_TARGET, match[2]):
            right = f"[{match[1]}]({match[2]})"
            message = "the address of a link stands in round brackets"
            _offer("broken-link", message, prose, match.start(), len(match[0]), right, diagnostics)
        elif not _is_defined(name, prose.text):
            message = f"the reference “{name}” is not defined"
            span = prose.span(match.start(), len(match[0]))
            diagnostics.error("undefined-reference", message, span, "write [text](/path/)")
    for match in _FOOTNOTE.finditer(prose.text):
        hint = "cite a source with [@source-id], or say it in the text"
        message = f"“{match[0]}” would be shown as typed: there are no footnotes here"
        diagnostics.error("undefined-footnote", message, prose.span(match.start(), len(match[0])), hint)


def _is_defined(name: str, text: str) -> bool:
    return bool(re.search(rf"^[ ]{{0,3}}\[{re.escape(name)}\]:", text, re.MULTILINE | re.IGNORECASE))


def _links(prose: Passage, diagnostics: Diagnostics) -> None:
    for match in _SWAPPED.finditer(prose.text):
        message = "the brackets of this link are the wrong way round"
        right = f"[{match[1]}]({match[2]})"
        _offer("swapped-link", message, prose, match.start(), len(match[0]), right, diagnostics)
    for match in _GAP.finditer(prose.text):
        message = "there is no space between the two brackets of a link"
        _offer("broken-link", message, prose, match.start(), len(match[0]), f"{match[1]}({match[3]})", diagnostics)
    for match in _SPACED_TARGET.finditer(prose.text):
        if re.match(_TARGET, match[1]):
            message = f"“{match[1]}” is no address: it has a space in it"
            hint = "addresses have hyphens where words have spaces"
            diagnostics.error("broken-link", message, prose.span(match.start(1), len(match[1])), hint)
    for match in _OPEN_TARGET.finditer(prose.text):
        message = "the address of this link is never closed"
        _offer("broken-link", message, prose, match.start(1), len(match[1]), match[1] + ")", diagnostics)
    for match in _OPEN_TITLE.finditer(prose.text):
        message = "the words behind the address of this link have a quote at one end only"
        right = f"{match[2]}{match[3]}{match[2]}"
        _offer("broken-link", message, prose, match.start(2), len(match[3]) + 1, right, diagnostics)
    for match in _NO_TARGET.finditer(prose.text):
        message = "this link leads nowhere"
        diagnostics.error("broken-link", message, prose.span(match.start(1), len(match[1])), "write [text](/path/)")
    for match in _NO_WORDS.finditer(prose.text):
        message = "this link has no words that a reader could choose"
        diagnostics.error("broken-link", message, prose.span(match.start(1), len(match[1])), "write [text](/path/)")
    for match in _WIKI_LINK.finditer(prose.text):
        message = f"“{match[0]}” is a link of another kind of wiki and would be shown as typed"
        diagnostics.error("broken-link", message, prose.span(match.start(), len(match[0])), "write [text](/path/)")
    for target, at in linked(prose.text):
        if not target.lower().startswith("picture") and (slip := slip_in(target)):
            diagnostics.error("bad-address", slip.message, prose.span(at, len(target)), slip.hint, slip.replacement)


def _bare_addresses(prose: Passage, diagnostics: Diagnostics) -> None:
    for match in _OPEN_AUTOLINK.finditer(prose.text):
        message = "the angle bracket of this address is never closed"
        _offer("broken-link", message, prose, match.start(), len(match[0]), f"{match[0]}>", diagnostics)
    for match in _EMAIL.finditer(prose.text):
        message = "an address alone is no link"
        _offer("bare-url", message, prose, match.start(), len(match[0]), f"<{match[0]}>", diagnostics)
    for match in _BARE_URL.finditer(prose.text):
        if not re.search(r"^[ ]{0,3}\[[^\]\n]+\]:[ ]*$", prose.text[: match.start()].rpartition("\n")[2]):
            message = "an address alone is no link"
            full = match[0] if match[0].startswith("http") else "https://" + match[0]
            _offer("bare-url", message, prose, match.start(), len(match[0]), f"<{full}>", diagnostics)


def _emphasis(prose: Passage, diagnostics: Diagnostics) -> None:
    for paragraph in _PARAGRAPH.finditer(prose.text):
        for block in _blocks(paragraph[0], paragraph.start()):
            _emphasis_in(block, prose, diagnostics)


def _blocks(paragraph: str, start: int) -> Iterator[tuple[str, int]]:
    """A paragraph, or the rows and items that it is made of, in which emphasis begins and ends."""
    offset = start
    pending, pending_at = "", start
    for line in paragraph.split("\n"):
        if pending and (_LIST_ITEM.match(line) or line.startswith(("|", "#"))):
            yield pending, pending_at
            pending, pending_at = "", offset
        pending += line + "\n"
        offset += len(line) + 1
    if pending:
        yield pending, pending_at


def _emphasis_in(block: tuple[str, int], prose: Passage, diagnostics: Diagnostics) -> None:
    text, start = block
    _single_emphasis(text, start, prose, diagnostics)
    stars = [match.start() for match in re.finditer(r"(?<![\\*])\*\*(?!\*)", text)]
    if len(stars) % 2:
        at = stars[-1]
        message = "bold text begins or ends here, but not both" if len(stars) > 1 else "this ** has no partner"
        hint = "bold text stands between two pairs: **bold**, without spaces inside"
        diagnostics.error("open-emphasis", message, prose.span(start + at, 2), hint)
        return
    for opening, closing in zip(stars[::2], stars[1::2], strict=True):
        inner = text[opening + 2 : closing]
        if inner != inner.strip() and inner.strip():
            right = f"**{inner.strip()}**"
            message = "there may be no space just inside the ** of bold text"
            if "\n" not in inner:
                _offer("open-emphasis", message, prose, start + opening, len(inner) + 4, right, diagnostics)


def _single_emphasis(text: str, start: int, prose: Passage, diagnostics: Diagnostics) -> None:
    """A lone * or _ at one end of words. One between spaces is a sign of its own, and so is one within a word."""
    bare = re.sub(r"\]\([^)\n]*\)|<[^>\n]*>|\[@[^\]]*\]", lambda match: " " * len(match[0]), text)
    for sign in "*_":
        own = re.escape(sign)
        opening = [one.start() for one in re.finditer(rf"(?<![\w\\{own}]){own}(?=[^\s{own}])", bare)]
        closing = [one.start() for one in re.finditer(rf"(?<=[^\s\\{own}]){own}(?![\w{own}])", bare)]
        if len(opening) != len(closing):
            at = opening[-1] if len(opening) > len(closing) else closing[-1]
            message = f"this {sign} has no partner"
            hint = f"write {sign}italic{sign}; if readers are to see the sign, put a backslash before it"
            diagnostics.error("open-emphasis", message, prose.span(start + at), hint)
    for match in re.finditer(r"(?<=[\w.,] )\* (\w[^*\n]*\w) \*(?!\S)", bare):
        message = "there may be no space just inside the * of italic text"
        _offer("open-emphasis", message, prose, start + match.start(), len(match[0]), f"*{match[1]}*", diagnostics)


def _signs_of_others(prose: Passage, diagnostics: Diagnostics) -> None:
    for match in _ELSEWHERE.finditer(prose.text):
        message = f"“{match[0]}” means something elsewhere; here it would be shown as typed"
        hint = "say it in words, with *italic* and **bold** where that helps"
        diagnostics.error("foreign-markup", message, prose.span(match.start(), len(match[0])), hint)


def _code_spans(prose: Passage, diagnostics: Diagnostics) -> None:
    """Whole spans are blanked out already: what is left is alone."""
    for match in _CODE_SPAN.finditer(prose.text):
        if len(match[1]) < 3 or prose.text[: match.start()].rpartition("\n")[2].strip():
            message = "code is opened here but never closed"
            span = prose.span(match.start(), len(match[1]))
            diagnostics.error("open-code", message, span, "put ` at its end; for an apostrophe type ’ or '")


def _offer(
    code: str, message: str, prose: Passage, start: int, length: int, right: str, diagnostics: Diagnostics
) -> None:
    diagnostics.error(code, message, prose.span(start, length), f"write {right}", right)


_INLINE = (
    _invisible,
    _citations,
    _html,
    _entities,
    _references,
    _links,
    _bare_addresses,
    _emphasis,
    _signs_of_others,
    _code_spans,
)


# Blocks ---------------------------------------------------------------------------------------------------------------


def _headings(prose: Passage, diagnostics: Diagnostics) -> None:
    level = 1
    for match in _HEADING.finditer(prose.text):
        indent, signs, space, first = match.groups()
        found = len(signs)
        start = match.start(2)
        if not first:
            diagnostics.error("empty-heading", "a heading has no text", prose.span(start, found), "give it some words")
            continue
        if first == "#":
            diagnostics.error("heading-level", "there are six levels of headings", prose.span(start, found), "use ##")
            continue
        if indent:
            message = "a heading begins at the beginning of its line"
            diagnostics.error("heading-space", message, prose.span(match.start(), len(indent)), "delete the space", "")
        if space != " " * len(space) or not space:
            message = "a heading needs a space after its #"
            span = prose.span(start, found + len(space))
            diagnostics.error("heading-space", message, span, f"write “{signs} ”", f"{signs} ")
        if found == 1:
            hint = "the page's title is its first heading; headings in the text start with ##"
            diagnostics.error("heading-level", "a second first-level heading", prose.span(start), hint)
        elif found > level + 1:
            right = "#" * (level + 1)
            message = f"a heading of level {found} follows one of level {level}"
            diagnostics.error("heading-level", message, prose.span(start, found), f"use {right}", right)
        level = max(found, 2) if found == 1 else found


def _underlined(prose: Passage, diagnostics: Diagnostics) -> None:
    for match in _UNDERLINED.finditer(prose.text):
        if "|" not in match[1]:
            message = f"the line “{match[2]}” makes a heading of the text above it"
            hint = f"for a heading write “## {match[1]}”, for a rule put an empty line above"
            diagnostics.error("underlined-heading", message, prose.span(match.start(2), len(match[2])), hint)


def _pictures(prose: Passage, diagnostics: Diagnostics) -> None:
    """Pictures that are almost written as such, and so would be links or nothing."""
    for match in _SPACED_PICTURE.finditer(prose.text):
        name = match[1].partition(":")[2].strip().partition(" ")[0]
        right = f"![]({PICTURE}{name})"
        named_by_file = re.match(r"!\[[^\]]*\]\([^\s)]+\)", match[0])  # which is told where pictures are known
        if not named_by_file and name:
            message = f"“{match[0]}” would not show the picture"
            _offer("broken-picture", message, prose, match.start(), len(match[0]), right, diagnostics)


def _fences(passage: Passage, diagnostics: Diagnostics) -> None:
    for fence in _FENCE.finditer(passage.text):
        if not fence["close"]:
            span = passage.span(fence.start(), len(fence[1]))
            hint = f"close it with a line of {fence[1]}"
            diagnostics.error("open-fence", "a code block is opened but never closed", span, hint)


def _lists(prose: Passage, diagnostics: Diagnostics) -> None:
    previous, offset = "", 0
    reported = False
    for line in prose.text.split("\n"):
        indent = len(line) - len(line.lstrip(" "))
        if _LIST_ITEM.match(line):
            if _is_paragraph(previous) and not indent:
                message = "the list would become part of the paragraph above"
                span = prose.span(offset, len(line))
                diagnostics.error("glued-list", message, span, "put an empty line before the list", "\n" + line)
            elif indent % 4 and (_LIST_ITEM.match(previous) or previous.startswith(" ")):
                message = f"indented by {indent} space{'' if indent == 1 else 's'}, the list is not nested"
                hint = "indent a nested list by four spaces"
                diagnostics.error("list-indent", message, prose.span(offset, indent), hint, " " * _nested(indent))
            reported = False
        elif _is_swallowed(line, previous):
            message = "this line becomes a part of the list item above"
            hint = "put an empty line above it; if it belongs to the item, indent it by four spaces"
            diagnostics.error("glued-text", message, prose.span(offset, len(line)), hint)
        elif odd := _ODD_ITEM.match(line):
            if not reported and (not previous.strip() or _ODD_ITEM.match(previous) or odd[1][0] in "•‣▪●◦"):
                _report_odd_item(line, odd, offset, prose, diagnostics)
            reported = True
        else:
            reported = False
        previous, offset = line, offset + len(line) + 1


def _is_swallowed(line: str, previous: str) -> bool:
    """Whether a line of words follows a list item without a gap or an indent."""
    begins_anew = line.startswith((" ", "\t", "#", "|", ">", "`", "~", ":", "-", "*", "+")) or _ODD_ITEM.match(line)
    return bool(line.strip() and not begins_anew and _LIST_ITEM.match(previous))


def _nested(indent: int) -> int:
    return max(round(indent / 4 + 0.01), 1) * 4


def _report_odd_item(line: str, odd: re.Match[str], offset: int, prose: Passage, diagnostics: Diagnostics) -> None:
    begins = "1. " if odd[1][:-1].isdigit() else "- "
    if odd[1][0] in "*+-" and line.count(odd[1][0]) % 2 == 0 and odd[1] == "*":
        return  # *italic* words at the beginning of a line
    right = f"{odd[1][:-1]}. " if begins == "1. " else begins
    message = f"a list item does not begin with “{odd[1]}”" if odd[1] not in "-+*" else "a list item needs a space"
    span = prose.span(offset + odd.start(1), odd.end() - odd.start(1))
    diagnostics.error("odd-bullet", message, span, f"write “{right}”", right)


def _is_paragraph(line: str) -> bool:
    return bool(line.strip()) and not line.startswith((" ", "#")) and not _LIST_ITEM.match(line)


def _indented(prose: Passage, diagnostics: Diagnostics) -> None:
    """Text that is indented by four spaces or a tab becomes code, except within a list."""
    in_list, after_gap, offset = False, True, 0
    for line in prose.text.split("\n"):
        indent = re.match(r"[ ]*\t|[ ]{4,}", line)
        if not line.strip():
            after_gap = True
        elif indent and after_gap and not in_list:
            message = "text that is indented becomes a block of code"
            span = prose.span(offset, len(line) - len(line.lstrip()))
            diagnostics.error("indented-text", message, span, "delete what stands before the words", "")
            after_gap = False
        else:
            if not indent:
                in_list = bool(_LIST_ITEM.match(line) or re.match(r":[ ]", line) or (in_list and not after_gap))
            after_gap = False
        offset += len(line) + 1


def _lone_pictures(prose: Passage, diagnostics: Diagnostics) -> None:
    for match in IMAGE.finditer(prose.text):
        if not match[2].startswith(PICTURE):
            continue
        closing = prose.text.find(")", match.end()) + 1
        line = prose.text[prose.text.rfind("\n", 0, match.start()) + 1 :].partition("\n")[0]
        alone = line.strip() == prose.text[match.start() : closing]
        if not alone or _glued(prose.text, match.start(), closing):
            message = "a picture stands alone in its paragraph"
            hint = "put it in a line of its own with an empty line above and below"
            diagnostics.error("picture-in-text", message, prose.span(match.start(), closing - match.start()), hint)
        elif match[1]:
            message = "this text would not be used: the picture's own description is shown"
            hint = "change “alt” in content/pictures.yaml instead"
            diagnostics.error("ignored-alt", message, prose.span(match.start(1), len(match[1])), hint, "")


def _glued(text: str, start: int, end: int) -> bool:
    above = text[: max(start - 1, 0)].rpartition("\n")[2]
    below = text[end + 1 :].partition("\n")[0]
    return bool(above.strip() or below.strip())
