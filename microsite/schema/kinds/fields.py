"""What several kinds have in common."""

# Without `from __future__ import annotations`: pydantic would have to compile each annotation at every start.

from pydantic import Field

from microsite.schema.values.facts import Model
from microsite.schema.values.ids import Permalink, PictureId
from microsite.schema.values.numbers import Flag
from microsite.schema.values.texts import Text
from microsite.schema.values.times import PastDay


class EntryFields(Model):
    """What every entry may say that can be left unpublished while it is being written."""

    draft: Flag = Field(default=False, description="true: only seen in the preview and with --drafts")


class PageFields(EntryFields):
    """What every entry with a page of its own may say about that page."""

    description: Text = Field(description="one sentence for search engines and shared links")
    updated: PastDay | None = Field(default=None, description="when the text last changed; goes to the sitemap")
    picture: PictureId | None = Field(
        default=None, description="shown at the head of the page: an id from content/pictures.yaml"
    )
    aliases: tuple[Permalink, ...] = Field(default=(), description="old permalinks that lead here")
