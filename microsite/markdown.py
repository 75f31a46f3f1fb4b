"""Markdown to HTML, with citations `[@source-id]`, links and pictures noted on the way.

Python-Markdown does the conversion; this module adds our two marks and takes raw HTML away.
What Markdown would swallow in silence is reported by `markdown_lint`.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from html import unescape
from xml.etree import ElementTree

import markdown as python_markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from microsite.entries import Body, Heading
from microsite.marks import fill, find, mark
from microsite.slugs import slug

CITATION = re.compile(r"\[@([a-z0-9-]+(?:\s*[;,]\s*@?[a-z0-9-]+)*)\]")
PICTURE = "picture:"
_LINK = re.compile(r"(?<!!)\[(?:[^\[\]]|\[[^\]]*\])*\]\(\s*<?([^\s)>]+)(?=\s*[)>]|\s+[\"'(])")
_DEFINITION = re.compile(r"^[ ]{0,3}\[[^\]\n@^]+\]:[ ]*<?([^\s>]+)", re.MULTILINE)
IMAGE = re.compile(r"!\[([^\]]*)\]\(\s*<?([^\s)>]+)")
_HEADING_HTML = re.compile(r'<h([1-6]) id="([^"]*)">(.*?)</h\1>', re.DOTALL)
# A fenced block, or code within one paragraph.
_CODE = re.compile(
    r"^(`{3,}|~{3,}).*?(?:^\1[ ]*$|\Z)|(?<![`\\])(`+)(?!`)(?:(?!\n[ ]*\n).)+?(?<!`)\2(?!`)", re.MULTILINE | re.DOTALL
)
_CITED_ID = re.compile(r"[a-z0-9-]+")
_LONE_MARK = re.compile("<p>(\ue000picture:[^\ue001]*\ue001)</p>")
_BLOCK_END = re.compile(r"</(?:p|li|d[td]|t[dh]|h\d|pre)>|<br */?>")
_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True)
class Reference:
    """Something that the text names; `offset` is where, in the text.

    `kind` is `source`, `picture`, `link`, or `file` for a picture that is named by its file, which cannot be shown.
    """

    kind: str
    target: str
    offset: int
    heading: Heading | None


@dataclass(frozen=True, slots=True)
class Converted:
    body: Body
    references: tuple[Reference, ...]


def citation_ids(text: str) -> list[str]:
    """The ids of `one; @two`, the inside of a citation."""
    return _CITED_ID.findall(text)


def cited(text: str, start: int = 0) -> Iterator[tuple[str, int]]:
    """Every id that is cited from `start` on, and its offset."""
    for citation in CITATION.finditer(text, start):
        for one in _CITED_ID.finditer(text, citation.start(1), citation.end(1)):
            yield one[0], one.start()


def linked(text: str) -> Iterator[tuple[str, int]]:
    """Every address that a link of the text leads to, and its offset."""
    prose = without_code(text)
    for pattern in (_LINK, _DEFINITION):
        for match in pattern.finditer(prose):
            yield match[1], match.start(1)


def convert(text: str) -> Converted:
    """One document's body."""
    html = _LONE_MARK.sub(r"\1", _converter().reset().convert(text))
    headings = tuple(Heading(int(level), anchor, _plain(inner)) for level, anchor, inner in _HEADING_HTML.findall(html))
    plain_text = _plain(html)
    digest = hashlib.sha256(text.encode()).digest()
    references = _as_shown(html, text, tuple(_references(text, headings)))
    return Converted(Body(html, headings, plain_text, digest), references)


def _plain(html: str) -> str:
    """The words of a piece of HTML, without tags and marks."""
    words = _BLOCK_END.sub(" ", fill(html, _nothing))
    return " ".join(unescape(_TAG.sub("", words)).split())


def _nothing(kind: str, argument: str) -> str:
    return ""


@lru_cache(maxsize=20_000)
def convert_inline(text: str) -> str:
    """One paragraph without its `<p>`: for texts that stand in data files. “2001. A year” is no list there."""
    html = _inline_converter().reset().convert(" ".join(text.split()))
    return html.removeprefix("<p>").removesuffix("</p>")


def plain_inline(text: str) -> str:
    """The words of such a paragraph."""
    return _plain(convert_inline(text))


def without_code(text: str) -> str:
    """The text with code blanked out, offsets unchanged, so that samples are not taken for the real thing."""
    return _CODE.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text) if "`" in text or "~~~" in text else text


def _references(text: str, headings: tuple[Heading, ...]) -> Iterator[Reference]:
    prose = without_code(text)
    starts = [(offset, heading) for offset, heading in zip(_heading_offsets(prose), headings, strict=False)]

    def heading_before(offset: int) -> Heading | None:
        return next((heading for start, heading in reversed(starts) if start <= offset), None)

    for target, offset in cited(prose):
        yield Reference("source", target, offset, heading_before(offset))
    for target, offset in linked(prose):
        yield Reference("link", target, offset, heading_before(offset))
    for match in IMAGE.finditer(prose):
        offset = match.start(2)
        if match[2].startswith(PICTURE):
            target = match[2].removeprefix(PICTURE)
            yield Reference("picture", target, offset + len(PICTURE), heading_before(offset))
        else:
            yield Reference("file", match[2], offset, None)


def _as_shown(html: str, text: str, references: tuple[Reference, ...]) -> tuple[Reference, ...]:
    """The references that the page will show, no more and no fewer: in the end only Markdown knows what is code."""
    shown = {
        ("source" if kind == "cite" else kind, target)
        for _, kind, argument in find(html)
        for target in argument.split()
    }
    overlooked = sorted(shown - {(one.kind, one.target) for one in references})
    return (
        *(one for one in references if one.kind in ("link", "file") or (one.kind, one.target) in shown),
        *(Reference(kind, target, max(text.find(target), 0), None) for kind, target in overlooked),
    )


def _heading_offsets(prose: str) -> list[int]:
    pattern = r"^#{1,6}[ ]*\S|^\S[^\n]*\n(?:=+|-+)[ ]*$"
    return [match.start() for match in re.finditer(pattern, prose, re.MULTILINE)]


# Python-Markdown ------------------------------------------------------------------------------------------------------


class _Citation(InlineProcessor):
    def handleMatch(self, m: re.Match[str], data: str) -> tuple[str, int, int]:  # type: ignore[override]  # noqa: N802
        return AtomicString(mark("cite", " ".join(citation_ids(m[1])))), m.start(), m.end()


class _Pictures(Treeprocessor):
    """`![](picture:id)` becomes a mark; the page knows the picture's files, size and alternative text.

    Other pictures go: nothing is known of them, which is reported where they are named.
    """

    def run(self, root: ElementTree.Element) -> None:
        for parent in root.iter():
            for index, child in reversed(list(enumerate(parent))):
                source = child.get("src", "")
                if child.tag == "img":
                    shown = mark("picture", source.removeprefix(PICTURE)) if source.startswith(PICTURE) else ""
                    text = shown + (child.tail or "")
                    parent.remove(child)
                    _add_text(parent, index, text)


def _add_text(parent: ElementTree.Element, index: int, text: str) -> None:
    """Put text before the child now at `index`."""
    if index:
        before = parent[index - 1]
        before.tail = AtomicString((before.tail or "") + text)
    else:
        parent.text = AtomicString((parent.text or "") + text)


class _Microsite(Extension):
    def extendMarkdown(self, md: python_markdown.Markdown) -> None:  # noqa: N802
        md.preprocessors.deregister("html_block")
        md.inlinePatterns.deregister("html")
        md.inlinePatterns.register(_Citation(CITATION.pattern, md), "citation", 175)
        md.treeprocessors.register(_Pictures(md), "pictures", 15)


@cache
def _converter() -> python_markdown.Markdown:
    return python_markdown.Markdown(
        extensions=["tables", "fenced_code", "sane_lists", "def_list", "toc", _Microsite()],
        extension_configs={"toc": {"slugify": lambda heading, _: slug(fill(heading, _nothing)) or "section"}},
    )


@cache
def _inline_converter() -> python_markdown.Markdown:
    md = python_markdown.Markdown(extensions=[_Microsite()])
    for processor in ("code", "hashheader", "hr", "indent", "olist", "quote", "setextheader", "ulist", "reference"):
        md.parser.blockprocessors.deregister(processor)
    return md
