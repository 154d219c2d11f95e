"""What can be wrong with a picture that a member brings, before its pixels are looked at.

    MemberError
    └── InputPictureError
        ├── NoPictureThere, AddressNotAllowed, PictureNotFetched
        ├── PictureTypeNotTaken, PictureAnimated
        └── OfferExpired

What the image service does not take is told by `bot.domain.tools.errors`.
"""

from dataclasses import dataclass

from bot.domain.errors import MemberError


class InputPictureError(MemberError):
    """A picture that a member brought cannot be used. Nothing was sent anywhere."""


class NoPictureThere(InputPictureError):
    """A message was to give a picture, and has none."""


class AddressNotAllowed(InputPictureError):
    """The picture is not at one of Discord's own addresses."""


class PictureNotFetched(InputPictureError):
    """Discord did not hand the picture out, or not in time."""


@dataclass(eq=False)
class PictureTypeNotTaken(InputPictureError):
    """The file is something else than the types that are taken; `found` is what it is."""

    found: str


class PictureAnimated(InputPictureError):
    """The picture moves, and only one of its frames could be worked on."""


class OfferExpired(InputPictureError):
    """A question about pictures was asked too long ago to be answered."""
