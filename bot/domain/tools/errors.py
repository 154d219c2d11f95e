"""Errors about what is to be done with pictures. Nothing was sent, and nothing charged.

MemberError
└── ToolError
├── ToolUnavailable                         the image backend cannot do this
├── PictureUnreadable                       the bytes are no picture that can be read
├── PictureTooSmall, PictureTooLarge, PictureTooHeavy
├── AlreadyLargest                          an upscale that would make nothing larger
├── PictureCountWrong                       too few or too many pictures to blend
├── TooManyReferences                       more style references than the model takes
└── NothingToRepeat                         asking again would make the same, or cannot be
"""

from dataclasses import dataclass

from bot.domain.errors import MemberError
from bot.domain.tools.request import Tool


class ToolError(MemberError):
    """Something about a tool or the pictures it was given."""


@dataclass(eq=False)
class ToolUnavailable(ToolError):
    """The image backend has no model for this tool."""

    tool: Tool


class PictureUnreadable(ToolError):
    """The picture cannot be read."""


@dataclass(eq=False)
class PictureTooSmall(ToolError):
    """The picture has fewer pixels than the API takes."""

    width: int
    height: int
    least_px: int


@dataclass(eq=False)
class PictureTooLarge(ToolError):
    """The picture has more pixels than the API takes."""

    width: int
    height: int
    most_px: int


@dataclass(eq=False)
class PictureTooHeavy(ToolError):
    """The picture has more bytes than the API takes."""

    size_bytes: int
    limit_bytes: int


@dataclass(eq=False)
class AlreadyLargest(ToolError):
    """The picture is as large as the API makes any."""

    width: int
    height: int


@dataclass(eq=False)
class PictureCountWrong(ToolError):
    """So many pictures cannot be blended."""

    count: int
    fewest: int
    most: int


@dataclass(eq=False)
class TooManyReferences(ToolError):
    """The model takes fewer style references."""

    count: int
    limit: int


@dataclass(eq=False)
class NothingToRepeat(ToolError):
    """What was done with a picture cannot be asked for again in this way."""

    tool: Tool
