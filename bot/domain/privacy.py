"""What is stored of a member, and how it is erased.

    DATA      prompts, pictures, votes, presets: everything that can go at once
    MESSAGES  the bot's messages with their results, a few at a time
    LINK      what ties a member to their sums, once no limit counts them any more

Each stage can be begun again after a crash; the ledger and the audit log keep their pseudonymous
keys throughout.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import TypeAlias

from bot.domain.errors import KeepingError
from bot.domain.ids import ImageId

EXPORT_EVERY = timedelta(hours=1)
"""How long a member waits between two exports."""

LINK_KEPT_FOR = timedelta(days=31)
"""As long as the longest window of a limit: deleting fills no allowance up again."""

SERVER_KEPT_FOR = timedelta(days=30)
"""How long a server's data wait for the bot to come back."""

ExportRow: TypeAlias = Mapping[str, object]
"""One row by its columns, in values that JSON has."""


class ErasureKind(StrEnum):
    """Whose data go."""

    MEMBER = "member"
    SERVER = "server"


class ErasureStage(StrEnum):
    """What is being erased."""

    DATA = "data"
    MESSAGES = "messages"
    LINK = "link"


@dataclass(frozen=True, slots=True)
class Subject:
    """Whose data: a member's or a server's, by the id that Discord gave them."""

    kind: ErasureKind
    id: int


@dataclass(frozen=True, slots=True)
class Erasure:
    """An erasure that is under way."""

    subject: Subject
    asked_at: datetime
    stage: ErasureStage


@dataclass(frozen=True, slots=True, kw_only=True)
class Inventory:
    """How much is stored of a member, everywhere; `erasing` is an erasure under way, if any."""

    requests: int = 0
    pictures: int = 0
    favourites: int = 0
    presets: int = 0
    votes: int = 0
    reports: int = 0
    defaults: int = 0
    places: int = 0
    erasing: Erasure | None = None

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to delete."""
        counts = (self.requests, self.favourites, self.presets, self.votes)
        return not any((*counts, self.reports, self.defaults, self.places))


@dataclass(frozen=True, slots=True)
class PackedPart:
    """One file of an export.

    Attributes:
        path: where it lies until its message was sent.
        last_image: the last picture in it; None if there is none.
        pictures: how many are in it.
        missing: how many it would hold, were they still kept, or not larger than a message takes.
        more: whether there are pictures behind the last.
    """

    path: Path
    last_image: ImageId | None
    pictures: int
    missing: int
    more: bool


class PrivacyError(KeepingError):
    """About what is stored of a member."""


@dataclass(eq=False)
class ExportTooSoon(PrivacyError):
    """The member has exported everything within the last hour."""

    again_at: datetime


class ExportTooLarge(PrivacyError):
    """Not even the first file of the export fits into a message here."""


class ErasureUnderWay(PrivacyError):
    """Everything of the member is being deleted already."""


class NothingStored(PrivacyError):
    """There is nothing to delete or to export."""


class QuestionOfAnother(PrivacyError):
    """The question was put to another member."""
