"""What can be wrong about contests. Nothing could have been charged."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.errors import KeepingError


class ContestError(KeepingError):
    """About a contest."""


class NoContest(ContestError):
    """The server has no contest now."""


class ContestRunning(ContestError):
    """The server has a contest already, and has one at a time."""


class ContestClosed(ContestError):
    """Entries are taken and withdrawn until the voting starts, and no longer."""


class VotingOver(ContestError):
    """Votes are taken while the voting lasts, neither before nor after."""


@dataclass(eq=False)
class ThemeWrong(ContestError):
    """A theme is empty or too long."""

    limit: int


@dataclass(eq=False)
class WordsWrong(ContestError):
    """The required words are too many or too long, or no words."""

    limit: int
    length: int


class NotYourPicture(ContestError):
    """The picture is another member's."""


class NotPainted(ContestError):
    """The picture was made of another one."""


@dataclass(eq=False)
class PaintedBeforehand(ContestError):
    """The picture is older than the contest."""

    opened_at: datetime


@dataclass(eq=False)
class WordsMissing(ContestError):
    """The prompt lacks words that the contest requires."""

    missing: tuple[str, ...]


class EntryNotShowable(ContestError):
    """The picture is deleted, hidden or private."""


class EntryNotSafe(ContestError):
    """The contest's channel has safe mode, and the picture is not on record as safe."""


class EnteredAlready(ContestError):
    """The picture is in the contest."""


@dataclass(eq=False)
class NoEntriesLeft(ContestError):
    """The member has as many entries as anybody may have."""

    limit: int


@dataclass(eq=False)
class ContestFull(ContestError):
    """The contest has as many entries as any may have."""

    limit: int


class EntryGone(ContestError):
    """There is no such entry any more."""


class WhichEntry(ContestError):
    """The member has several entries, and did not say which."""


class OwnEntry(ContestError):
    """Nobody votes for an entry of their own."""
