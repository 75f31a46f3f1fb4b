from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microsite.entries import Heading
from microsite.markdown import (
    Reference,
    citation_ids,
    cited,
    convert,
    convert_inline,
    plain_inline,
    without_code,
)
from microsite.marks import find, mark


def cite(ids: str) -> str:
    return mark("cite", ids)


def references(text: str) -> list[tuple[str, str, int]]:
    return [(one.kind, one.target, one.offset) for one in convert(text).references]


# HTML ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("", ""),
        ("A *b* **c** `d`.", "<p>A <em>b</em> <strong>c</strong> <code>d</code>.</p>"),
        ("## One more", '<h2 id="one-more">One more</h2>'),
        ("## A\n\n## A", '<h2 id="a">A</h2>\n<h2 id="a_1">A</h2>'),
        ('[to](/car/ "title")', '<p><a href="/car/" title="title">to</a></p>'),
        ("<https://example.org/>", '<p><a href="https://example.org/">https://example.org/</a></p>'),
        (
            "a|b\n-|-\n1|2",
            "<table>\n<thead>\n<tr>\n<th>a</th>\n<th>b</th>\n</tr>\n</thead>\n"
            "<tbody>\n<tr>\n<td>1</td>\n<td>2</td>\n</tr>\n</tbody>\n</table>",
        ),
        ("~~~\na < b\n~~~", "<pre><code>a &lt; b\n</code></pre>"),
        ("Word\n: meaning", "<dl>\n<dt>Word</dt>\n<dd>meaning</dd>\n</dl>"),
        ("A &amp; B & C < D", "<p>A &amp; B &amp; C &lt; D</p>"),
        ("2026\\. Not a list", "<p>2026. Not a list</p>"),
        ("a\u00a0b “c” – d’e", "<p>a\u00a0b “c” – d’e</p>"),
    ],
)
def test_markdown_becomes_html(text: str, html: str) -> None:
    assert convert(text).body.html == html


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"),
        ("a <b>c</b>", "<p>a &lt;b&gt;c&lt;/b&gt;</p>"),
        ("<!-- hidden -->", "<p>&lt;!-- hidden --&gt;</p>"),
        ("<div>\n\n*a*\n\n</div>", "<p>&lt;div&gt;</p>\n<p><em>a</em></p>\n<p>&lt;/div&gt;</p>"),
    ],
)
def test_html_is_shown_as_typed(text: str, html: str) -> None:
    assert convert(text).body.html == html


def test_one_conversion_leaves_nothing_for_the_next() -> None:
    first = convert("## A\n\n[x]: /there/\n\n[x][]")
    assert convert("## A\n\n[x][]").body.html == '<h2 id="a">A</h2>\n<p>[x][]</p>'
    assert convert("## A\n\n[x]: /there/\n\n[x][]") == first


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("A *b*.[@c]", f"A <em>b</em>.{cite('c')}"),
        ("one\n\ntwo", "one two"),
        ("- a", "- a"),
        ("2001. A year", "2001. A year"),
        ("## a\n---", "## a ---"),
        ("> a", "&gt; a"),
        ("[a](/b/) `c`", '<a href="/b/">a</a> <code>c</code>'),
        ("<b>", "&lt;b&gt;"),
    ],
)
def test_a_text_in_a_data_file_has_no_paragraph_of_its_own(text: str, html: str) -> None:
    assert convert_inline(text) == html


def test_plain_inline() -> None:
    assert plain_inline("A *place* on [the](/way/) & back.[@first-source]") == "A place on the & back."


# Citations -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("A.[@one]", f"<p>A.{cite('one')}</p>"),
        ("A.[@one; @two-2,@three]", f"<p>A.{cite('one two-2 three')}</p>"),
        ("A.[@one;\n@two]", f"<p>A.{cite('one two')}</p>"),
        ("A.[@one; two]", f"<p>A.{cite('one two')}</p>"),
        ("*A.[@one]*", f"<p><em>A.{cite('one')}</em></p>"),
        ("A.[@one_two_three]", "<p>A.[@one_two_three]</p>"),
        ("A.[@One]", "<p>A.[@One]</p>"),
        ("`[@one]`", "<p><code>[@one]</code></p>"),
        ("\\[@one]", "<p>[@one]</p>"),
    ],
)
def test_citations_become_marks(text: str, html: str) -> None:
    assert convert(text).body.html == html


def test_the_ids_of_a_citation() -> None:
    assert citation_ids("one; @two ,three") == ["one", "two", "three"]
    assert [*cited("a-b[@a-b; @b] [@b] [@c]", start=3)] == [("a-b", 5), ("b", 11), ("b", 16), ("c", 21)]


def test_each_id_is_found_in_its_own_place() -> None:
    text = "evo-2025 said.[@evo-2025-dakar; @evo-2025]\nAgain.[@evo-2025]"
    assert references(text) == [
        ("source", "evo-2025-dakar", 16),
        ("source", "evo-2025", 33),
        ("source", "evo-2025", 51),
    ]


def test_links_and_pictures_are_noted() -> None:
    text = "[a](/car/#x) ![b](picture:one) [c [d]](<../e/>)\n\n![](other.png)"
    assert references(text) == [
        ("link", "/car/#x", 4),
        ("link", "../e/", 40),
        ("picture", "one", 26),
        ("file", "other.png", 53),
    ]


def test_what_stands_in_code_is_not_noted() -> None:
    text = "`[@a]` ``[@b] ` ![](picture:c)``\n\n```\n[@d]\n```\n\n~~~\n[x](/y/)\n~~~"
    assert references(text) == []
    assert find(convert(text).body.html) == []


@pytest.mark.parametrize(
    ("text", "offset"),
    [
        ("a ` b\n\nc [@one] ` d", 11),
        ("\\` [@one] `", 5),
        ("````\n```\n[@no]\n````\n\n[@one]", 23),
        ("`a\n    \nb [@one] ` `", 12),
    ],
)
def test_what_only_looks_like_code_is_noted(text: str, offset: int) -> None:
    assert references(text) == [("source", "one", offset)]


def test_indented_code_is_code() -> None:
    assert references("    [@one]\n") == []


def test_references_know_the_heading_above_them() -> None:
    one, two = Heading(2, "one", "One"), Heading(3, "two-words", "Two words")
    text = "[@a]\n\n## One[@b]\n\n[@c]\n\n### *Two* words\n\n[d](/e/)\n"
    converted = convert(text)
    assert converted.body.headings == (one, two)
    assert converted.references == (
        Reference("source", "a", 2, None),
        Reference("source", "b", 14, one),
        Reference("source", "c", 20, one),
        Reference("link", "/e/", text.index("/e/"), two),
    )


# Pictures ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("![](picture:a)", mark("picture", "a")),
        ("A ![x](picture:a) b", f"<p>A {mark('picture', 'a')} b</p>"),
        ("![](picture:a)![](picture:b)*c*", f"<p>{mark('picture', 'a')}{mark('picture', 'b')}<em>c</em></p>"),
        ("*c* ![](picture:a) ![](picture:b)", f"<p><em>c</em> {mark('picture', 'a')} {mark('picture', 'b')}</p>"),
        ("[![](picture:a)](/b/)", f'<p><a href="/b/">{mark("picture", "a")}</a></p>'),
        ("![alt](other.png)", "<p></p>"),
    ],
)
def test_pictures_become_marks(text: str, html: str) -> None:
    assert convert(text).body.html == html


# Around it -----------------------------------------------------------------------------------------------------------


def test_the_words_of_a_body() -> None:
    text = "## One[@a]\n\nTwo *three*[@b] &amp; `<four>`\n\n- five\n- six"
    assert convert(text).body.plain_text == "One Two three & <four> five six"


def test_equal_texts_have_equal_digests() -> None:
    assert convert("a").body == convert("a").body
    assert convert("a").body.digest != convert("b").body.digest


@pytest.mark.parametrize(
    ("heading", "ids"),
    [
        ("## São Paulo – 2026!", ["sao-paulo-2026"]),
        ("## A *b*[@c] `d`", ["a-b-d"]),
        ("## Половина", ["section"]),
        ("## A\n\n## A", ["a", "a_1"]),
    ],
)
def test_ids_of_headings(heading: str, ids: list[str]) -> None:
    assert [one.id for one in convert(heading).body.headings] == ids


@pytest.mark.parametrize(
    ("text", "prose"),
    [
        ("plain", "plain"),
        ("a `b` c", "a     c"),
        ("a ``b ` c`` d", "a           d"),
        ("```\nb\n```\nc", "   \n \n   \nc"),
        ("~~~\nb", "   \n "),
        ("a ` b\n\nc ` d", "a ` b\n\nc ` d"),
        ("a `b\nc` d", "a   \n   d"),
    ],
)
def test_code_is_blanked_out_with_offsets_unchanged(text: str, prose: str) -> None:
    assert without_code(text) == prose


# Anything ------------------------------------------------------------------------------------------------------------

MARKDOWN_LIKE = st.lists(
    st.sampled_from(
        [*"#*_`~[]()<>!|:;&\\-=+1.@ \n\t", "\n\n", "\n    ", "[@a]", "[@a; @b]", "[x](/y/)", "![](picture:p)", "```\n"]
    )
    | st.text(st.characters(exclude_categories=["Cs", "Cc", "Co"]), max_size=5),
    max_size=40,
).map("".join)


@given(MARKDOWN_LIKE)
def test_no_text_is_too_odd(text: str) -> None:
    converted = convert(text)
    assert not re.search(r"<(?:script|div)", converted.body.html)
    for one in converted.references:
        assert 0 <= one.offset <= len(text)
    convert_inline(text)


@given(MARKDOWN_LIKE)
def test_what_is_shown_is_noted_and_nothing_else(text: str) -> None:
    converted = convert(text)
    noted = {(one.kind, one.target) for one in converted.references}
    kinds = {"cite": "source", "picture": "picture"}
    shown = {(kinds[kind], one) for _, kind, argument in find(converted.body.html) for one in argument.split()}
    assert shown == {one for one in noted if one[0] in kinds.values()}


@given(MARKDOWN_LIKE)
def test_blanking_code_keeps_every_line(text: str) -> None:
    prose = without_code(text)
    assert [len(line) for line in prose.split("\n")] == [len(line) for line in text.split("\n")]
