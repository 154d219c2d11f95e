"""What can be wrong with what a moderator asks for; nothing was changed.

ModerationError
├── ModeratorNeeded         the member may not do that here, and which permission is missing
├── OwnerNeeded             only the bot's owner may do that
├── LayerNotHere            there is no thread or category here
├── CommandUnknown          no way of making pictures of that name
├── TermNotListed           the term is not on the list
├── TermFileWrong           a file that is no list of terms
├── TermLineWrong           a line of a file that is no term
├── VotesDecided            somebody has decided on held votes before
├── OwnVotesHeld            held votes for the moderator's own, which others decide on
├── NoVotesLeft             a member has no votes here
├── DecidedAlready          the picture does not wait for review any more
├── OwnPictureHeld          nobody decides on a picture of their own
├── AnotherModeratorNeeded  an appeal is decided by somebody else
├── ApprovalForbidden       the rules do not allow the picture any more
├── NoAppeal                the decision is final, or was long ago
├── MemberUntouchable       somebody whom this moderator may not strike or block, and why
├── StrikeGone              the strike was withdrawn before, or has expired
├── NotBlocked              there is no block to lift
├── ThresholdsWrong         thresholds that are out of order
├── CaseDecided             another moderator has decided on the picture before
└── ActUnknown              nothing is done by that name
"""

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.conduct.authority import Untouchable
from bot.domain.errors import KeepingError
from bot.domain.gate.channel_rules import Layer
from bot.domain.gate.rule import Rule


class ModeratorPermission(StrEnum):
    """What Discord has to let a member do, by Discord's own names."""

    MANAGE_SERVER = "Manage Server"
    MANAGE_MESSAGES = "Manage Messages"
    MANAGE_CHANNELS = "Manage Channels"
    TIMEOUT_MEMBERS = "Timeout Members"


class ModerationError(KeepingError):
    """About policies and lists; money is not at stake."""


@dataclass(eq=False)
class ModeratorNeeded(ModerationError):
    """The member lacks a permission."""

    permission: ModeratorPermission


class OwnerNeeded(ModerationError):
    """Only the bot's owner may do that."""


@dataclass(eq=False)
class LayerNotHere(ModerationError):
    """The channel is no thread, or stands in no category."""

    layer: Layer


@dataclass(eq=False)
class CommandUnknown(ModerationError):
    """There is no such way of making pictures; `known` are those there are."""

    name: str
    known: tuple[str, ...]


@dataclass(eq=False)
class TermNotListed(ModerationError):
    """The server's list does not have the term."""

    term: str


@dataclass(eq=False)
class TermFileWrong(ModerationError):
    """A file that is no text, or holds more than a list of terms can."""

    limit_kb: int


@dataclass(eq=False)
class TermLineWrong(ModerationError):
    """A line of a file, counted from 1, that is no term."""

    line: int
    text: str


class VotesDecided(ModerationError):
    """Somebody has decided on these votes before."""


class OwnVotesHeld(ModerationError):
    """Nobody decides on held votes for their own pictures or style where somebody else can."""


class NoVotesLeft(ModerationError):
    """There is no vote of the member in this server."""


class DecidedAlready(ModerationError):
    """The picture does not wait for review any more."""


class OwnPictureHeld(ModerationError):
    """Nobody decides on a picture of their own."""


class AnotherModeratorNeeded(ModerationError):
    """An appeal is decided by another moderator than the one who rejected the picture."""


@dataclass(eq=False)
class ApprovalForbidden(ModerationError):
    """What was painted is not allowed there any more, whatever a moderator decides."""

    rule: Rule


class NoAppeal(ModerationError):
    """The decision was appealed against before, or the time for it is over."""


@dataclass(eq=False)
class MemberUntouchable(ModerationError):
    """This moderator may not strike or block that member."""

    why: Untouchable


class StrikeGone(ModerationError):
    """The strike was withdrawn before, or counts no more."""


class NotBlocked(ModerationError):
    """The member is not blocked there."""


class ThresholdsWrong(ModerationError):
    """A warning has to come before a pause, and a pause before a block."""


class CaseDecided(ModerationError):
    """Another moderator has decided on the picture before, or nobody has reported it."""


@dataclass(eq=False)
class ActUnknown(ModerationError):
    """Nothing in the log is called so; `nearest` are the closest names."""

    name: str
    nearest: tuple[str, ...] = ()
