"""Small projects for tests: made in a folder of the test's own, built in memory, nothing shared with the real site.

`make_project` writes two pages (`/`, `/sources/`), one source and templates for every view there is. A test adds files,
changes them or takes them away, and looks at what `build` returns:

    make_project(tmp_path, {"content/pages/about.md": page("About", "See [home](/).")})
    result = build(tmp_path)
    assert codes(result.diagnostics) == ["orphan"]
    assert text(result, "about/index.html").startswith("<!doctype html>")

As it comes, the project builds without a diagnostic. What a test adds must not spoil that unless it means to: a new
source must be cited, a new page linked to (`/crews/`, `/dakar-2026/`, `/heritage/` and `/updates/` link to what they
are about, once there is a page with that view).
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from microsite.diagnostics import Diagnostics
from microsite.inputs import scan
from microsite.memory import Memory
from microsite.pages.views import ENTRY_VIEWS, PAGE_VIEWS
from microsite.pipeline import BuildResult, Settings, build_tree
from microsite.project import INPUT_FOLDERS
from microsite.style_sheets import StaticFile

BASE_URL = "https://example.org/"

CONTENT = {
    "content/site.yaml": """\
title: Example
tagline: An example
description: A site to test with.
base_url: https://example.org/
language: en
author: Nobody
notice: For tests only.
licence: CC0
updated: 2026-01-31
navigation:
  - label: Home
    path: /
  - label: Sources
    path: /sources/
""",
    "content/sources/press.yaml": """\
first-source:
  title: A report
  publisher: The Paper
  kind: press
  url: https://example.com/report
  date: 2026-01-17
  language: en
""",
    "content/pages/home.md": """\
---
title: Home
description: The first page.
view: home
permalink: /
---

A claim.[@first-source]
""",
    "content/pages/sources.md": """\
---
title: Sources
description: Where everything comes from.
view: sources
---

All of them.
""",
}

BASE_TEMPLATE = """\
{% from "macros/sources.html" import note %}
<!doctype html>
<html lang="{{ site.language }}">
<head>
<meta charset="utf-8">
<title>{{ page.title }} – {{ site.title }}</title>
<meta name="description" content="{{ page.description }}">
{% if "css/site.css" in assets %}
<link rel="stylesheet" href="{{ assets["css/site.css"] }}">
{% endif %}
{% if "js/site.js" in assets %}
<script src="{{ assets["js/site.js"] }}" defer></script>
{% endif %}
</head>
<body>
<nav>
{% for item in site.navigation %}
<a href="{{ item.path }}">{{ item.label }}</a>
{% endfor %}
</nav>
<h1>{{ page.heading }}</h1>
{% if entry.body %}
{{ entry.body | prose }}
{% endif %}
{% block data %}
{% endblock %}
<ol>
{% for number, source in citations() %}
{{ note(number, source) }}
{% endfor %}
</ol>
</body>
</html>
"""

REDIRECT_TEMPLATE = """\
<!doctype html>
<html lang="{{ site.language }}">
<head>
<meta charset="utf-8">
<title>Moved</title>
<meta name="description" content="This page has moved.">
<meta http-equiv="refresh" content="0; url={{ target }}">
</head>
<body><h1>Moved</h1><p><a href="{{ target }}">Go there</a></p></body>
</html>
"""

# What a view shows beside the text: chiefly links, since a page that nothing links to is reported.
_LINKS = '{{% for one in {} %}}\n<a href="{{{{ one.permalink }}}}">{{{{ one.data.{} }}}}</a>\n{{% endfor %}}'
_NEIGHBOURS = "{% for one in [previous, next] if one %}\n" + '<a href="{{ one.permalink }}">{{ one.title }}</a>\n'
_NEIGHBOURS += "{% endfor %}"
_SHOWN = {
    "home": _LINKS.format("updates", "title"),
    "crews": "{% for group in groups %}\n<h2>{{ group.title }}</h2>\n"
    + _LINKS.format("group.people", "name")
    + "\n{% endfor %}",
    "dakar-2026": _LINKS.format("stages", "title"),
    "heritage": _LINKS.format("chapters", "title"),
    "updates": _LINKS.format("updates", "title"),
    "sources": "{% for group in groups %}\n<h2>{{ group.title }}</h2>\n"
    + _LINKS.format("group.sources | map(attribute='source')", "title")
    + "\n{% endfor %}",
    "source": "{% for usage in usages %}\n"
    + "<a href=\"{{ usage.link.permalink.split('#')[0] }}\">{{ usage.label }}: {{ usage.link.title }}</a>\n"
    + "{% endfor %}",
    "disputes": "{% for one in disputes %}\n<a href=\"{{ one.link.permalink.split('#')[0] }}\">{{ one.label }}: "
    + "{{ one.shown | figure }}</a>\n{% endfor %}",
    "person": _NEIGHBOURS,
    "stage": _NEIGHBOURS,
    "chapter": _NEIGHBOURS,
    "update": _NEIGHBOURS,
}


def view_template(data: str = "") -> str:
    """The text of a template that extends the base and shows `data` below the body."""
    return f'{{% extends "base.html" %}}\n{{% block data %}}\n{data}\n{{% endblock %}}\n'


TEMPLATES = {
    "templates/base.html": BASE_TEMPLATE,
    "templates/macros/sources.html": '{% macro marker(number, source) -%}<a href="#source-{{ number }}">{{ number }}'
    "</a>{%- endmacro %}\n"
    '{% macro note(number, source) -%}<li id="source-{{ number }}"><a href="{{ source.permalink }}">'
    "{{ source.data.title }}</a></li>{%- endmacro %}\n",
    "templates/macros/terms.html": "{% macro word(term, text) -%}<dfn>{{ text }}</dfn>{%- endmacro %}\n",
    "templates/data.html": view_template("{% for table in tables %}{{ table.name }} {% endfor %}"),
    "templates/macros/pictures.html": "{% macro figure_with_caption(asset, sizes) -%}\n"
    '<figure><img src="{{ asset.fallback }}" alt="{{ asset.alt }}" width="{{ asset.width }}" '
    'height="{{ asset.height }}"><figcaption>{{ asset.credit }}</figcaption></figure>\n{%- endmacro %}\n',
    "templates/redirect.html": REDIRECT_TEMPLATE,
    "templates/feed.xml": '<feed xmlns="http://www.w3.org/2005/Atom">{% for update in updates %}'
    "<entry><title>{{ update.data.title }}</title><id>{{ update.permalink | absolute }}</id></entry>{% endfor %}"
    "</feed>\n",
    "templates/feed.json": '{"items": [{% for update in updates %}{{ update.data.title | tojson }}'
    '{{ "," if not loop.last }}{% endfor %}]}\n',
    "templates/sitemap.xml": "<urlset>{% for permalink, lastmod in pages %}<loc>{{ permalink | absolute }}</loc>"
    "{% if lastmod %}<lastmod>{{ lastmod }}</lastmod>{% endif %}{% endfor %}</urlset>\n",
    "templates/robots.txt": "User-agent: *\n",
    "templates/_headers": "/*\n",
    "templates/site.webmanifest": '{"start_url": "./"}\n',
} | {f"templates/{view}.html": view_template(_SHOWN.get(view, "")) for view in (*PAGE_VIEWS, *ENTRY_VIEWS)}


def make_project(root: Path, extra: Mapping[str, str] = MappingProxyType({})) -> Path:
    """Write a project that builds without a diagnostic into `root`, which is returned.

    `extra` holds texts by path below `root`; they are added, or written instead of those of the same path.
    """
    for path, content in {**CONTENT, **TEMPLATES, **extra}.items():
        write(root, path, content)
    return root


def write(root: Path, path: str, content: str | bytes) -> None:
    """Write one file of a project, its folders too. Text is written as UTF-8 with its newlines as they are."""
    file = root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content.encode() if isinstance(content, str) else content)


def page(title: str, body: str = "", **front_matter: str) -> str:
    """The text of a file for content/pages/. Values of `front_matter` are YAML."""
    keys = {"title": title, "description": f"About {title}.", **front_matter}
    return "---\n" + "".join(f"{key}: {value}\n" for key, value in keys.items()) + f"---\n\n{body}\n"


def build(root: Path, memory: Memory | None = None, **settings: Any) -> BuildResult:
    """Build the project in `root`. `settings` are those of `microsite.pipeline.Settings`.

    Without a `memory` of the test's own (which the test closes) everything is made anew and nothing is written.
    """
    own = memory or Memory(None, b"tests")
    try:
        return build_tree(root, scan(root, INPUT_FOLDERS, {}), Settings(**settings), own)
    finally:
        if memory is None:
            own.close()  # what was made in this run stays readable


def text(result: BuildResult, path: str) -> str:
    """One file of the tree, as text."""
    return result.tree[path].read().decode()


def codes(diagnostics: Diagnostics) -> list[str]:
    """The codes in the order of the report."""
    return [one.code for one in diagnostics.in_order()]


def report(diagnostics: Diagnostics) -> list[str]:
    """One line for each problem, in the order of the report: `content/a.md:3:5: unknown-key: there is no key …`."""
    return [
        f"{one.span.path}:{one.span.line}:{one.span.column}: {one.code}: {one.message}"
        for one in diagnostics.in_order()
    ]


def static_files(files: Mapping[str, bytes]) -> list[StaticFile]:
    """Files by path below static/, as the pipeline gives them to those who publish them."""
    return [
        StaticFile(f"static/{path}", hashlib.sha256(content).digest(), lambda content=content: content)  # type: ignore[misc]
        for path, content in files.items()
    ]
