"""What the pages of the real site may load and run: the policy they carry, and that nothing in them needs more."""

from __future__ import annotations

import json
import re

import pytest
from selectolax.lexbor import LexborHTMLParser

from microsite.filters import script_hash
from microsite.pipeline import BuildResult
from tests.projects import text
from tests.real_site import ROOT, html_pages

DATA = ("application/ld+json", "speculationrules")
"""Types of scripts that are not run: JSON for machines."""

pytestmark = pytest.mark.skipif(not (ROOT / "content").is_dir(), reason="there is no content here")


def policy_of(tree: LexborHTMLParser) -> str:
    meta = tree.css_first('meta[http-equiv="Content-Security-Policy"]')
    return (meta.attributes["content"] or "") if meta else ""


def directives(policy: str) -> dict[str, list[str]]:
    parts = [part.split() for part in policy.split(";")]
    return {name: sources for name, *sources in parts}


def test_every_page_forbids_what_it_does_not_need(site: BuildResult) -> None:
    policies = {policy_of(tree) for _, tree in html_pages(site)}
    assert len(policies) == 1
    allowed = directives(policies.pop())
    assert allowed.pop("default-src") == allowed.pop("base-uri") == ["'none'"]
    scripts = allowed.pop("script-src")
    assert scripts[0] == "'self'"
    assert all(one.startswith("'sha256-") for one in scripts[1:])
    assert {source for sources in allowed.values() for source in sources} == {"'self'"}


def test_the_policy_stands_before_all_that_it_is_about(site: BuildResult) -> None:
    for path, _ in html_pages(site):
        html = text(site, path)
        assert html.index("Content-Security-Policy") < min(html.index(tag) for tag in ("<link", "<title")), path


def test_no_page_holds_style_or_a_script_that_is_run(site: BuildResult) -> None:
    for path, tree in html_pages(site):
        assert not tree.css("style, [style], base, iframe, object, embed"), path
        assert not re.search(r"<[^<>]*\son[a-z]+=", text(site, path)), path
        policy = policy_of(tree)
        for script in tree.css("script:not([src])"):
            assert script.attributes.get("type") in DATA, path
            assert json.loads(script.text()), path
            if script.attributes["type"] == "speculationrules":
                assert script_hash(script.text()) in policy, path


def test_no_drawing_holds_a_script(site: BuildResult) -> None:
    """A style element is all right there: drawings are shown as pictures, which the policy of a page does not enter."""
    drawings = [path for path in site.tree if path.endswith(".svg")]
    assert drawings
    for path in drawings:
        assert not re.search(r"<(script|foreignObject)\b|\s(style|on[a-z]+)=", text(site, path)), path


def test_the_headers_say_the_same_and_what_only_headers_may_say(site: BuildResult) -> None:
    headers = text(site, "_headers")
    policy = re.search(r"^  Content-Security-Policy: (.*)$", headers, re.MULTILINE)
    assert policy
    in_pages = directives(policy_of(LexborHTMLParser(text(site, "index.html"))))
    assert directives(policy[1]) == in_pages | {"frame-ancestors": ["'none'"]}
    assert "\n/assets/*\n  Cache-Control: public, max-age=31536000, immutable\n" in headers
    assert all(len(line) < 2000 for line in headers.splitlines())  # Cloudflare reads no longer ones
