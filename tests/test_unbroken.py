from __future__ import annotations

import pytest

from microsite.unbroken import kept_whole


@pytest.mark.parametrize(
    ("html", "kept"),
    [
        ("<p>The D7X-R, here</p>", '<p>The <span class="whole">D7X-R</span>, here</p>'),
        ("<h1>Dakar D7X-R</h1>", '<h1>Dakar <span class="whole">D7X-R</span></h1>'),
        ("<a>T1-U</a>’s", '<a><span class="whole">T1-U</span></a>’s'),
        ("<td>X-raid Mini</td>", '<td><span class="whole">X-raid</span> Mini</td>'),
        ("<p>a 1-2-3 at home</p>", '<p>a <span class="whole">1-2-3</span> at home</p>'),
        # What is left as it is
        (
            "<p>a co-driver, a 35-inch tyre, 2026-01-0</p>",
            "<p>a co-driver, a 35-inch tyre, 2026-01-0</p>",
        ),
        ('<img alt="The D7X-R"><p>', '<img alt="The D7X-R"><p>'),
        ("<title>D7X-R</title>", "<title>D7X-R</title>"),
        ('<script>"D7X-R"</script>', '<script>"D7X-R"</script>'),
        ("<svg><desc>D7X-R</desc><text>D7X-R</text></svg>", "<svg><desc>D7X-R</desc><text>D7X-R</text></svg>"),
    ],
)
def test_words_that_no_line_may_part(html: str, kept: str) -> None:
    assert kept_whole(html) == kept
