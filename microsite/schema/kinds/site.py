"""The site itself: what it is called, its sources, pictures, pages and updates."""

# Without `from __future__ import annotations`: pydantic would have to compile each annotation at every start.

import re
from typing import Annotated, Literal

from pydantic import Field, HttpUrl, TypeAdapter, field_validator
from pydantic_core import PydanticCustomError

from microsite.schema.kinds.fields import EntryFields, PageFields
from microsite.schema.values.facts import Model
from microsite.schema.values.ids import Keyword, PageAddress, Permalink, PictureId, Slug
from microsite.schema.values.numbers import Flag
from microsite.schema.values.places import Language, SiteLanguage
from microsite.schema.values.refusals import problem
from microsite.schema.values.texts import Text, Word
from microsite.schema.values.times import IsoDate, PastDate, PastDay

_URL = TypeAdapter(HttpUrl)


class NavigationItem(Model):
    label: Text = Field(description="the word in the menu")
    path: PageAddress = Field(description="the permalink it leads to")


class Offline(Model):
    """What readers can read without a network beside what they have visited."""

    always: tuple[Keyword, ...] = Field(description="addresses, or patterns of them such as /assets/search/*")
    fallback: PageAddress = Field(description="the page that says that another one was not kept")


class SiteInfo(Model):
    """content/site.yaml"""

    title: Text = Field(description="the site’s name")
    tagline: Text = Field(description="what it is, in a few words")
    description: Text = Field(description="one sentence for search engines and feeds")
    base_url: Annotated[str, Field(pattern=r"^https?://[^\s]+/$", description="with a slash at its end")]
    language: SiteLanguage = Field(description="of the texts: en or en-GB")
    author: Text = Field(description="who is named in feeds and linked data")
    notice: Text = Field(description="that the site is unofficial")
    licence: Text = Field(description="shown at the foot of each page")
    updated: PastDay = Field(description="as of when the facts are told; shown at the foot of each page")
    navigation: tuple[NavigationItem, ...] = Field(description="the menu, in its order")
    precompress: Flag = Field(default=False, description="true: .br and .gz beside each text file, for the server")
    offline: Offline | None = Field(default=None, description="a service worker, if there is to be one")


class Source(EntryFields):
    """A bibliographic source: content/sources/*.yaml, several to a file, each under its id."""

    title: Text = Field(description="as it stands on the page")
    publisher: Text = Field(description="the paper, company or club that published it")
    kind: Literal["organiser", "federation", "manufacturer", "team", "press", "reference", "club", "advertisement"] = (
        Field(description="under which heading it stands")
    )
    url: Word | None = Field(description="its address; null if it is not on the web")
    date: PastDate | None = Field(description="when it was published; null if the page does not say")
    language: Language
    note: Text | None = Field(default=None, description="shown to readers: what it is, what to beware of")
    dead: Flag = Field(default=False, description="true: the page is gone; readers are led to the archived copy")
    archived: Word | None = Field(
        default=None,
        description="the address of a copy in a web archive",
        examples=["https://web.archive.org/web/2026/https://example.com/"],
    )
    aliases: tuple[Permalink, ...] = Field(default=(), description="old permalinks that lead here")

    @field_validator("url", "archived")
    @classmethod
    def _is_web_address(cls, url: str | None) -> str | None:
        if url is not None:
            _URL.validate_python(url)
            if not re.match(r"https?://[^/\s.]+\.[^/\s]", url):  # pydantic would mend http:/example.org for itself
                raise PydanticCustomError("url_parsing", "no host")
        return url


class OtherPicture(Model):
    """Art direction: a picture that stands in for another on some screens."""

    when: Annotated[tuple[Literal["upright", "dark"], ...], Field(min_length=1)] = Field(
        description="upright: on screens higher than wide; dark: for readers who prefer dark; both: where both hold"
    )
    picture: PictureId = Field(description="the one that stands in: an id from content/pictures.yaml")


class Picture(EntryFields):
    """A picture of content/pictures.yaml; its file lies in static/pictures/."""

    file: Annotated[
        str,
        Field(
            pattern=r"^[\w./-]+\.(webp|png|jpe?g|avif)$",
            description="a .webp, .png, .jpg or .avif below static/pictures/",
        ),
    ]
    alt: Text = Field(description="what the picture shows, for those who cannot see it")
    caption: Text | None = Field(default=None, description="shown below the picture")
    credit: Text = Field(description="who made it")
    licence: Text = Field(description="under which terms it may be used")
    alternatives: tuple[OtherPicture, ...] = Field(
        default=(), description="shown instead, the first that suits; alt and caption must be true of all"
    )

    @field_validator("alternatives")
    @classmethod
    def _each_can_be_shown(cls, alternatives: tuple[OtherPicture, ...]) -> tuple[OtherPicture, ...]:
        for number, one in enumerate(alternatives):
            if any(set(above.when) <= set(one.when) for above in alternatives[:number]):
                message = f"“{one.picture}” is never shown: one above it suits wherever this one does"
                raise problem("never-shown", message, "put the one with more conditions first", at=(number, "when"))
        return alternatives


class Page(PageFields):
    """content/pages/*.md: a page written by hand, or the words of a page whose data come from elsewhere."""

    title: Text = Field(description="in the browser’s tab, search results and links")
    heading: Text | None = Field(default=None, description="the page's h1, if not its title")
    lead: Text | None = Field(default=None, description="the first paragraph, set larger")
    permalink: Permalink | None = Field(default=None, description="default: the file's name")
    view: Slug = Field(default="page", description="which data the page shows beside its words")


class Update(PageFields):
    """content/updates/*.md: a dated note."""

    title: Text = Field(description="the headline")
    date: IsoDate = Field(description="the day of the news; from this day on it is published")

    @property
    def published_from(self) -> str:
        return self.date
