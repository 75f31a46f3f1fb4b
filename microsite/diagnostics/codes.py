"""Every code that a report can hold, with what is behind it and what mends it: docs/problems.md is written from this.

Codes are an interface: one that is here keeps its meaning. Causes and cures are Markdown.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Code:
    """A code with its cause and its cure."""

    name: str
    cause: str
    cure: str


_FILES = (
    Code(
        "stray-file",
        "A file in content/ has a name, an ending or a folder that no kind of content has.",
        "Move or rename it; the hint names the likely place. Data ends in .yaml, texts in .md.",
    ),
    Code(
        "file-too-large", "A content file has more than 2 MB.", "Split it; put pictures and other files into static/."
    ),
    Code(
        "unreadable",
        "What has the name of a file cannot be read: it is a folder, a link that leads nowhere, or locked.",
        "Put an ordinary file there that you may read, or take it away.",
    ),
    Code("not-utf8", "The file was saved in another encoding, such as Windows-1252 or UTF-16.", "Save it as UTF-8."),
    Code(
        "control-character", "A character that cannot be seen and has no place in text, usually pasted.", "Delete it."
    ),
    Code(
        "misread-character",
        "A text went through a wrong encoding: é became Ã©, or was lost.",
        "Type what was meant; look at the rest of what you pasted.",
    ),
    Code(
        "merge-conflict",
        "git could not merge two versions and left both in the file.",
        "Keep what is right; delete the rest and the lines of <, = and >.",
    ),
    Code("empty-file", "There is nothing in the file.", "Write something, or delete the file."),
    Code(
        "no-front-matter",
        "A Markdown file does not begin with a line of three hyphens.",
        "Begin it with `---`, the keys, and another `---`.",
    ),
    Code(
        "open-front-matter",
        "The line of three hyphens that ends the front matter is missing or is not quite that.",
        "Put `---` in a line of its own before the text.",
    ),
    Code(
        "not-a-mapping", "A file or its front matter holds no keys and values.", "Write `title: …`, one key to a line."
    ),
    Code(
        "bad-id",
        "A file's name, or a key that names an entry, cannot be an id.",
        "Use lower-case letters, digits and single hyphens: `sara-price`.",
    ),
    Code("name-and-year", "A file is called by a year and tells of another.", "Rename the file or change `year`."),
    Code("name-and-date", "A file is called by a day and tells of another.", "Rename the file or change `date`."),
    Code("name-and-number", "A file is called by a number and tells of another.", "Rename it or change `number`."),
    Code(
        "missing-file",
        "A file of content/ is not there, and several places name what it is to hold.",
        "Bring it back from an earlier version of the project.",
    ),
    Code("no-site", "content/site.yaml is missing.", "Take it from an earlier version of the project."),
)

_YAML = (
    Code("yaml-tab", "A line is indented with a tab.", "Indent with spaces."),
    Code(
        "yaml-indent",
        "A line is indented in a way that fits nothing above it.",
        "Begin lines that belong together in the same column; indent by two spaces what belongs to a key.",
    ),
    Code("colon-space", "There is no space behind a colon: `title:Foo`.", "Write `title: Foo`."),
    Code(
        "missing-dash",
        "An item of a list begins without its hyphen, and so gives the keys of the one above again.",
        "Begin it with `- `.",
    ),
    Code("dash-space", "There is no space behind the hyphen of a list item: `-foo`.", "Write `- foo`."),
    Code(
        "missing-colon",
        "A line is no `key: value`.",
        "Put a colon and a space behind the key; indent a text that goes on.",
    ),
    Code(
        "colon-in-text",
        "A text holds a colon and a space, which would make a key of what is before it.",
        "Put the text in quotes.",
    ),
    Code(
        "hash-in-text", "A text holds ` #`, from which on it would be left out as a comment.", "Put the text in quotes."
    ),
    Code(
        "text-after-quote",
        "A quoted text ends before its line does, often at an apostrophe.",
        "Put the quotes around all of it; within it use ’ or “ ”.",
    ),
    Code("open-quote", "A quote is opened but never closed.", "Close it at the end of the text."),
    Code("open-bracket", "A [ or { is never closed.", "Close it; a text that begins with one needs quotes."),
    Code("missing-comma", "Between two values in brackets a comma or a value is missing.", "Write `[one, two]`."),
    Code(
        "unexpected-text",
        "Something stands behind a value that is already complete.",
        "Put a text that begins with a bracket in quotes, or take the rest away.",
    ),
    Code(
        "list-in-line",
        "A list begins behind a key.",
        "Begin it in the next line; a text that begins with a hyphen needs quotes.",
    ),
    Code(
        "start-character",
        "A text begins with a character that means something in YAML, such as @, %, | or >.",
        "Put the text in quotes.",
    ),
    Code(
        "bad-escape",
        "A backslash in double quotes is followed by what it cannot be followed by.",
        "Write two backslashes, or use single quotes.",
    ),
    Code(
        "odd-space",
        "A character only looks like a space, such as the no-break space of a word processor.",
        "Type a space.",
    ),
    Code(
        "odd-character",
        "A full-width colon, a curly quote or a digit of another script where a plain one is needed.",
        "Type the plain one.",
    ),
    Code("duplicate-key", "A key is given twice in one mapping.", "Keep one of the two."),
    Code("yaml-key", "A key is missing, or is a list or a mapping.", "A key is a single word or text."),
    Code(
        "yaml-alias",
        "`*name` is an alias in YAML and `<<` takes keys over, neither of which is used here.",
        "Write the value out, or quote a text that begins with *.",
    ),
    Code("yaml-anchor", "`&name` is an anchor in YAML, which is not used here.", "Quote a text that begins with &."),
    Code("yaml-tag", "`!name` is a tag in YAML, which is not used here.", "Quote a text that begins with !."),
    Code("yaml-directive", "`%YAML` and `%TAG` are not used here.", "Take the line out."),
    Code("yaml-documents", "A second `---` or a line of three full stops ends a document.", "One file, one document."),
    Code("yaml-depth", "Values are nested too deeply to be meant.", "Write them flat."),
    Code("yaml-character", "A character that YAML does not allow.", "Delete it."),
    Code(
        "yaml-syntax",
        "Something else is wrong with the YAML.",
        "Look at indentation, quotes, brackets and commas near the place.",
    ),
)

_VALUES = (
    Code("unknown-key", "There is no such key here.", "The hint names the likely one, or all that are possible."),
    Code("missing-key", "A key that is needed is not there.", "Add it."),
    Code("unknown-value", "Only certain words are possible here.", "Choose one of those in the hint."),
    Code("empty-value", "A value is needed and there is none.", "Write one, or take the key out if it may be missing."),
    Code(
        "wrong-type",
        "A list, a single value or keys and values are needed, and something else is there.",
        "The hint shows the form.",
    ),
    Code("too-few", "A list has fewer items than it needs.", "Add what is missing."),
    Code(
        "bad-form",
        "A value has not the form that is needed: an address, an id, a language.",
        "The hint shows the form.",
    ),
    Code("bad-value", "A value is refused for another reason.", "The message says why."),
    Code("not-a-number", "A whole number is needed.", "Write digits alone."),
    Code("leading-zero", "A number begins with a zero.", "Leave the zero out, or quote what is no number."),
    Code("grouped-number", "Thousands are separated: 7,994.", "Write 7994; readers see 7,994."),
    Code(
        "odd-figure",
        "Digits and signs that make no number: ~626, 6.26.0, 626-635.",
        "Write a number, `626–635` for a range, or words: `about 626`.",
    ),
    Code("number-range", "A number is smaller or larger than it can be here.", "Look at its digits and its sign."),
    Code("odd-unit", "A unit is written as it is not known: Km.", "Write it as in the hint."),
    Code("decimal-comma", "Decimals begin with a comma: 4,5.", "Write 4.5."),
    Code("unit-in-value", "A value holds its unit: 626 bhp.", "Write `value: 626` and `unit: bhp`."),
    Code("not-true-or-false", "Only true and false are possible.", "Write one of the two."),
    Code(
        "bad-date",
        "A date is written in another form, or a day is missing where one is needed.",
        "Write 2026-01-17, or 2026-01 and 2026 where a month or a year will do.",
    ),
    Code("impossible-date", "The calendar has no such day.", "Look at the month and the day."),
    Code(
        "future-date",
        "Something has happened on a day that is yet to come, or would be published in years.",
        "Look at the digits of the date.",
    ),
    Code(
        "other-year",
        "An edition begins or ends in another year than the one in which it is counted.",
        "Correct the date, or the year.",
    ),
    Code("outside-rally", "A stage is driven before the rally starts or after it ends.", "Correct one of the dates."),
    Code("number-gap", "Stages are numbered with a gap.", "Add what is missing, or correct the number."),
    Code("bad-year", "A year that can hardly be meant: 79, 20226.", "Write its four digits."),
    Code("dates-reversed", "Something ends before it begins.", "Swap the two dates, or correct one."),
    Code("bad-duration", "A time is written in another form.", "Write h:mm:ss, or m:ss under an hour."),
    Code(
        "bad-coordinate",
        "A latitude or longitude is no number of degrees, or is too large.",
        "Write degrees with decimals; south and west have a minus.",
    ),
    Code(
        "outside-country",
        "A place does not lie in the country that is named.",
        "Look at the signs and the order of latitude and longitude, at their digits, and at the country.",
    ),
    Code("unknown-language", "This is not the code of a language.", "Write the two letters of ISO 639-1: ja, not jp."),
    Code("unknown-country", "This is not the code of a country.", "Write the two letters of ISO 3166-1: GB, not UK."),
    Code("wrong-order", "Places or gaps of a result do not go up from line to line.", "Look at the two lines."),
    Code(
        "sum-differs",
        "Two distances do not come to the third that is given.",
        "Correct one of them, or say in a note why they differ.",
    ),
    Code(
        "part-and-whole",
        "A part is larger than the whole: more finishers than starters.",
        "Correct one of the two, or say in a note why they differ.",
    ),
    Code("time-and-gap", "A line of a result has a time and a gap.", "Give the winner a time and the others a gap."),
    Code("one-of-two", "Exactly one of two keys is needed.", "The message names the two."),
    Code(
        "never-shown",
        "Another picture always stands in before this one.",
        "Put the one with more conditions first.",
    ),
    Code("bad-url", "This is no web address.", "Copy it from the browser; it begins with https://."),
    Code("no-source", "A fact names no source.", "Add `sources: [an-id]`, or `unverified: true` if no page was seen."),
    Code("double-quotes", "A quotation has quotation marks of its own.", "Write the words alone."),
    Code("placeholder", "Words that only hold a place would be published: TODO.", "Write what belongs there."),
    Code("no-text", "A page that is there to be read has no text.", "Write one, or make it a draft."),
    Code("long-quote", "A quotation has more words than may be quoted.", "Cut it to its best sentence."),
    Code(
        "duplicate-part-id",
        "Two parts of an entry have one id, or are about the same thing, such as one category.",
        "Change one of the two.",
    ),
    Code(
        "markdown-in-plain-text",
        "A title, a label or another plain text holds Markdown, which readers would see as typed.",
        "Write the words alone.",
    ),
)

_REFERENCES = (
    Code(
        "unknown-source", "No source has this id.", "Choose the one in the hint, or add the source to content/sources/."
    ),
    Code("unknown-person", "No person has this id.", "Choose the one in the hint, or add content/people/the-id.md."),
    Code(
        "other-name",
        "A name differs from that of the person whose id stands beside it.",
        "Write the name as it is on the person's page, or the id of the person who is meant.",
    ),
    Code(
        "near-name",
        "A name differs in a letter, an accent or a hyphen from another that has a page or stands in more places.",
        "Write it as in the hint. Two people may have such names: then leave it, as this is a warning.",
    ),
    Code(
        "unlinked-name",
        "A name is that of a person who has a page, and does not lead there.",
        "Add the person's id beside it, as in the hint.",
    ),
    Code(
        "unknown-picture", "No picture has this id.", "Choose the one in the hint, or add it to content/pictures.yaml."
    ),
    Code("unknown-place", "No place has this id.", "Choose the one in the hint, or add it to content/places.yaml."),
    Code("unknown-edition", "There is no edition of this year.", "Look at the digits of the year."),
    Code(
        "unknown-entrant",
        "No entrant has this id.",
        "Choose the one in the hint, or add it to content/dakar-2026/entrants.yaml.",
    ),
    Code(
        "unknown-vehicle", "A comparison has a value for a vehicle that is not in its list.", "Use an id of `vehicles`."
    ),
    Code(
        "unknown-view",
        "A page asks for a view that does not exist.",
        "Choose the one in the hint; leave `view` out for words alone.",
    ),
    Code(
        "names-draft",
        "An entry or a link leads to what is not published yet: a draft, or an entry of a later day.",
        "Take `draft: true` out when it is ready, or look at it with --drafts.",
    ),
    Code("named-twice", "A list of sources names one twice.", "Take one out."),
    Code("names-itself", "An entry names itself.", "Name another."),
    Code("same-value", "Two entries have the same number or word, which tells them apart.", "Correct one of the two."),
    Code("duplicate-id", "Two files give an entry of one kind the same id.", "Keep one of the two."),
    Code(
        "dead-link",
        "A link leads to a page or a file that does not exist.",
        "Write the address from the root of the site: `/car/`.",
    ),
    Code(
        "dead-fragment",
        "The part of an address behind # is no id on that page.",
        "Open the page and look at its headings.",
    ),
    Code("bad-address", "What a link leads to is no address at all.", "Look at its brackets and colons."),
    Code("address-taken", "Two pages want one address.", "Change the permalink or the alias of one."),
    Code("orphan", "No page links to this one.", "Link to it from another."),
    Code("uncited-source", "Nothing cites this source.", "Cite it or take it out."),
)

_MARKDOWN = (
    Code(
        "bad-citation",
        "A citation is misspelt and would be shown as typed.",
        "Write `[@source-id]`, several as `[@one-id; @another-id]`.",
    ),
    Code(
        "heading-space",
        "A heading has no space behind its #, or one before it.",
        "Write `## Heading` at the beginning of a line.",
    ),
    Code(
        "heading-level",
        "A heading skips a level, or is of the first, which the page's title has.",
        "Use the level in the hint.",
    ),
    Code(
        "bold-heading",
        "A paragraph all in bold looks like a heading and is none.",
        "Write `## Heading`, or bold words within a sentence.",
    ),
    Code("empty-heading", "A heading has no text.", "Give it some words."),
    Code(
        "underlined-heading",
        "A line of hyphens or equals signs makes a heading of the text above.",
        "Write `## Heading`, or put an empty line above the rule.",
    ),
    Code(
        "glued-list",
        "A list follows its paragraph without an empty line and would become part of it.",
        "Put an empty line before it.",
    ),
    Code(
        "list-indent",
        "A nested list is indented by other than four spaces and would not be nested.",
        "Indent it by four.",
    ),
    Code(
        "odd-bullet",
        "A list item begins with a sign that makes no list, such as • or 1).",
        "Begin it with `- ` or `1. `.",
    ),
    Code("indented-text", "Text that is indented by four spaces becomes a block of code.", "Delete the spaces."),
    Code("open-fence", "A block of code is opened but never closed.", "Close it with the same line of backquotes."),
    Code("open-code", "A ` has no partner.", "Put one at the end of the code; for an apostrophe use ’."),
    Code("open-emphasis", "A ** has no partner, or a space just inside.", "Write `**bold**`."),
    Code(
        "raw-html",
        "HTML is shown as typed; pages hold none but the site's own.",
        "Write it in Markdown, as in the hint.",
    ),
    Code(
        "undefined-reference",
        "A link names a reference that is not defined, or one is defined that no link names.",
        "Write `[text](/path/)`.",
    ),
    Code(
        "vague-link",
        "The words of a link, such as “here”, do not say where it leads (WCAG 2.2, 2.4.4).",
        "Make a link of the words that name what is there.",
    ),
    Code(
        "undefined-footnote",
        "There are no footnotes here.",
        "Cite a source with `[@source-id]`, or say it in the text.",
    ),
    Code("swapped-link", "The brackets of a link are the wrong way round.", "Write `[text](/path/)`."),
    Code(
        "broken-link",
        "A link is not written as one: a gap, an open bracket, no words, no address.",
        "Write `[text](/path/)`.",
    ),
    Code("bare-url", "An address alone is no link.", "Put it in angle brackets, or better write `[text](https://…)`."),
    Code(
        "uneven-table",
        "A row of a table has more or fewer cells than its first.",
        "Give each row as many; write \\| for a | in a text.",
    ),
    Code("table-rule", "A table has no line of hyphens below its first line.", "Add `| --- | --- |`."),
    Code(
        "glued-text",
        "A line follows a list or a table without an empty line and would become part of it.",
        "Put an empty line above it.",
    ),
    Code(
        "glued-table",
        "A table follows text without an empty line, or has no names of columns.",
        "Put an empty line above it.",
    ),
    Code(
        "foreign-markup",
        "Signs that mean something elsewhere, such as ~~struck~~, [x] or :smile:, are shown as typed.",
        "Say it in words.",
    ),
    Code("deep-nesting", "Brackets or lists are nested too deeply to be meant.", "Write it flat."),
)

_PICTURES = (
    Code(
        "bare-picture",
        "A picture is named by its file, so that its description and credit are not known.",
        "List it in content/pictures.yaml and write `![](picture:its-id)`.",
    ),
    Code(
        "broken-picture",
        "A picture is almost written as one: a space too many, the ! missing, pictures: for picture:.",
        "Write `![](picture:its-id)`.",
    ),
    Code(
        "picture-in-text",
        "A picture stands within a paragraph or in a data file.",
        "Put it in a line of its own in Markdown.",
    ),
    Code("ignored-alt", "The text in the brackets of a picture is not used.", "Change `alt` in content/pictures.yaml."),
    Code(
        "unknown-picture-file",
        "There is no such file below static/pictures/.",
        "The hint names the likely one; small and capital letters count.",
    ),
    Code("bad-picture", "A file cannot be read as a picture.", "Save it anew as WebP, PNG or JPEG."),
    Code(
        "picture-too-large",
        "A picture has too many pixels to work on.",
        "Make it smaller; 2,400 pixels are the widest that is shown.",
    ),
    Code(
        "unused-picture",
        "No page shows this picture.",
        "Show it with `![](picture:its-id)` or take it out.",
    ),
    Code(
        "bad-font",
        "A file cannot be read as a font.",
        "Take another, or the file from an earlier version of the project.",
    ),
    Code("unused-asset", "Nothing uses a file of static/.", "Link to it or take it out."),
)

_TEMPLATES = (
    Code(
        "template-syntax",
        "A template is not written as Jinja needs it.",
        "Look at the brackets and the tags of the line.",
    ),
    Code("unknown-template", "A template names another that does not exist.", "The hint names the likely one."),
    Code(
        "unknown-block",
        "A template fills a block that no template above it has, so that nobody would see it.",
        "Use the name in the hint.",
    ),
    Code(
        "unknown-macro",
        "A template imports a macro that the other one does not have.",
        "The hint names the likely one.",
    ),
    Code("macro-call", "A macro is called with arguments that do not fit.", "The hint shows what it takes."),
    Code("unused-import", "A template imports a macro that it does not use.", "Take it out of the import."),
    Code(
        "outside-block",
        "A template that extends another has text outside its blocks, which nobody would see.",
        "Put it into a block.",
    ),
    Code("template-circle", "Templates extend, include or import each other in a circle.", "Take one of these out."),
    Code("unknown-filter", "There is no such filter or test.", "The hint names the likely one."),
    Code(
        "unknown-variable",
        "A template uses a name that it does not see, or that a value does not have.",
        "The hint names what there is.",
    ),
    Code("missing-data", "A template asks for a part of something that is not there.", "Ask first: `{% if … %}`."),
    Code("template-error", "A template made Python fail.", "The message says how, the hint where."),
    Code("computed-template-name", "The name of an included template is computed.", "Write it out."),
    Code(
        "unknown-asset",
        "A template or a style sheet names a file of static/ that does not exist.",
        "The hint names the likely one.",
    ),
    Code("bad-css", "A style sheet has an error.", "The message is the CSS parser's."),
    Code(
        "unknown-property",
        "A style sheet uses a property that CSS does not have, so that browsers pass it over.",
        "The hint names the likely one. A property that is new is added to microsite/css_properties.txt.",
    ),
    Code(
        "bad-svg",
        "A drawing of static/ would not be shown, or not as it was meant: it is no sound XML, has no viewBox, names an "
        "id that nothing has.",
        "Export it anew, or mend the place: every element is closed, every value stands in quotes.",
    ),
    Code("unknown-token", "A style sheet uses a custom property that has no value.", "The hint names the likely one."),
    Code("unknown-layer", "A style sheet is put into a layer that is not listed.", "Use one of those in the hint."),
    Code("one-h1", "A page has no first-level heading, or several.", "Give it one."),
    Code("heading-order", "A page skips a level of headings.", "Use the next level."),
    Code("no-alt", "An <img> has no alternative text.", "Give it `alt`."),
    Code(
        "unknown-class",
        "A class in a template is hardly different from one that style sheets or scripts have.",
        "Write it as in the hint; or give it a style of its own.",
    ),
    Code(
        "unknown-attribute",
        "An attribute in a template is hardly different from one that HTML has.",
        "Write it as in the hint. Attributes of one's own begin with `data-`.",
    ),
    Code("no-size", "An <img> has no width and height.", "Give it both, so that the page does not jump."),
    Code(
        "against-policy",
        "A page has inline style or script, or loads something from elsewhere, which its policy (CSP) forbids.",
        "Put it into static/ and name it from there.",
    ),
    Code(
        "unclosed-tag",
        "An element of a page, or the quote of an attribute, is not closed, or closed twice.",
        "Close it in the template; the message shows its beginning.",
    ),
    Code(
        "nested-control",
        "A link or a button stands within another, so that nobody can tell which of the two is meant.",
        "Put one behind the other.",
    ),
    Code("no-language", "A page does not say its language.", "Give <html> a `lang`."),
    Code("no-title", "A page has no title.", "Give it a `title`."),
    Code("no-description", "A page has no description.", "Give its entry a `description`."),
    Code("no-name", "A link or a button has no text.", "Give it words, or `aria-label`."),
    Code("duplicate-html-id", "Two elements of a page have one id.", "Change one of the two."),
    Code("bad-html-id", "An id of an element is empty or has a space.", "Use a word."),
)

SECTIONS: dict[str, tuple[Code, ...]] = {
    "Files": _FILES,
    "YAML": _YAML,
    "Values": _VALUES,
    "Ids, links and addresses": _REFERENCES,
    "Markdown": _MARKDOWN,
    "Pictures": _PICTURES,
    "Templates, style sheets and pages": _TEMPLATES,
}

_HEAD = """\
# Problems and their cures

What a build reports has a code in square brackets. This page tells what is behind each code and how to mend it; the
report itself says where it is and, wherever that can be told, what was meant. It is written from
`microsite/diagnostics/codes.py`; to write it anew: `python -m microsite.diagnostics.codes`.

A report stands in the terminal, over the page in the preview, in `--json`, and on the lines of a pull request at
GitHub, everywhere with the same code, place, message and hint. Errors keep the site from being published; warnings do
not.
"""


def reference() -> str:
    """docs/problems.md."""
    parts = [_HEAD]
    for title, codes in SECTIONS.items():
        parts.append(f"## {title}\n")
        parts += [f"### {code.name}\n\n{code.cause} {code.cure}\n" for code in codes]
    return "\n".join(parts)


def codes() -> frozenset[str]:
    """The names of all codes."""
    return frozenset(code.name for listed in SECTIONS.values() for code in listed)


if __name__ == "__main__":
    Path("docs/problems.md").write_text(reference(), "utf-8", newline="\n")
