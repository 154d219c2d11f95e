"""What taking members' own pictures needs from outside; see `bot.services.ports`."""

from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Protocol

from bot.domain.jobs.painting import PictureBody
from bot.domain.jobs.uploads import SmallerCopy
from bot.domain.tools.picture_address import PictureAddress


class FitPicture(PictureBody, Protocol):
    """A picture that can be sent and kept. Its sides are in pixels."""

    @property
    def width(self) -> int:
        """From left to right."""

    @property
    def height(self) -> int:
        """From top to bottom."""


class PictureFetcher(Protocol):
    """The way to what members have uploaded."""

    async def fetch(self, address: PictureAddress, *, most_bytes: int) -> bytes:
        """The file at an address, whatever it is.

        Raises:
            PictureTooHeavy: if it has more bytes, as soon as that is known.
            PictureNotFetched: if it is not handed out, or not in time.
        """


class SmallerCopies(Protocol):
    """Makes pictures small enough to be sent."""

    def copy(self, source: Path, *, limit_bytes: int) -> AbstractAsyncContextManager[SmallerCopy]:
        """A copy of a picture that takes at most that many bytes, for as long as it is needed."""


class PictureExaminer(Protocol):
    """Looks into files."""

    async def fit(self, data: bytes) -> FitPicture:
        """A picture that can be used, upright and without metadata.

        Raises:
            MemberError: if it moves, is too large, or is no picture of a type that is taken.
        """
