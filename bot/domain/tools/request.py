"""What a member asked to be done with pictures that are there already."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from bot.domain.ids import ImageId
from bot.domain.jobs.stored_picture import StoredPicture


class Tool(StrEnum):
    """What can be done with pictures."""

    EDIT = "edit"
    BLEND = "blend"
    UPSCALE = "upscale"
    CUT_OUT = "cut_out"


Scale = Literal[2, 4]
"""How many times as wide and as high; the scales that Venice lists prices for."""

FEWEST_BLENDED = 2
MOST_BLENDED = 6
"""No model takes more pictures (`maxInputImages` of Venice's model list)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourcePicture:
    """A picture to work on, in the image store.

    `parent` is the bot's own image that it is; None for what a member brought. `known_safe` says
    that the bot made it under safe mode and the API found nothing in it.
    """

    picture: StoredPicture
    width: int
    height: int
    parent: ImageId | None = None
    known_safe: bool = False

    @property
    def area_px(self) -> int:
        """Width times height."""
        return self.width * self.height


WIPED_SOURCE = SourcePicture(
    picture=StoredPicture(sha256="", content_type="", size_bytes=0), width=0, height=0
)
"""What is left of a source once its request was deleted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EditRequest:
    """Change a picture as the prompt says. `size` is a tier such as `2K`."""

    tool: Literal[Tool.EDIT] = Tool.EDIT
    source: SourcePicture
    prompt: str
    model: str | None = None
    aspect: str | None = None
    size: str | None = None
    private: bool = False

    @property
    def sources(self) -> tuple[SourcePicture, ...]:
        """The one picture."""
        return (self.source,)


@dataclass(frozen=True, slots=True, kw_only=True)
class BlendRequest:
    """Make one picture of several, as the prompt says; the first is the base."""

    tool: Literal[Tool.BLEND] = Tool.BLEND
    sources: tuple[SourcePicture, ...]
    prompt: str
    model: str | None = None
    aspect: str | None = None
    size: str | None = None
    quality: str | None = None
    private: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class UpscaleRequest:
    """Make a picture larger."""

    tool: Literal[Tool.UPSCALE] = Tool.UPSCALE
    source: SourcePicture
    scale: Scale
    private: bool = False

    @property
    def sources(self) -> tuple[SourcePicture, ...]:
        """The one picture."""
        return (self.source,)


@dataclass(frozen=True, slots=True, kw_only=True)
class CutOutRequest:
    """Cut out what a picture shows."""

    tool: Literal[Tool.CUT_OUT] = Tool.CUT_OUT
    source: SourcePicture
    private: bool = False

    @property
    def sources(self) -> tuple[SourcePicture, ...]:
        """The one picture."""
        return (self.source,)


ToolRequest = EditRequest | BlendRequest | UpscaleRequest | CutOutRequest
