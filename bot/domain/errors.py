"""The tree of errors that a request can end in before any work is accepted.

    GondolaError
    ├── MemberError             the member can mend it: shown to them, with what to do
    │   ├── PromptEmpty, PromptTooLong, NegativePromptTooLong
    │   ├── UnknownModel, ModelOffline, UnknownStyle
    │   ├── UnknownQuality, QualityNotTaken
    │   ├── SeedOutOfRange, ImageCountOutOfRange
    │   ├── SizingError         see `bot.domain.sizing`
    │   ├── ToolError           about pictures to be worked on: see `bot.domain.tools.errors`
    │   ├── NotYours            only the member who asked, or a moderator, may do that
    │   ├── RefusedByRule       the gate said no, with the rule's name
    │   ├── QuotaExceeded       the member's own limit, with the time it resets
    │   ├── BudgetReached       the server's or the bot's money for the window is spent
    │   ├── LimitError          a limit other than a count, see `bot.domain.quotas.errors`
    │   ├── PriceUnknown        a dollar limit applies and the model has no price
    │   ├── WishError           see `bot.domain.asking.wish_errors`
    │   ├── TurnedAway          not now: see `bot.domain.jobs.admission`
    │   ├── ResultError         about a result that is there already; money is not at stake
    │   │   ├── ActionDenied    the member may not do this with it, and by which rule
    │   │   ├── ResultGone, PictureGone, PictureHidden, ResultUnfinished
    │   │   └── ReasonEmpty, AlreadyReported, TooManyReports
    │   └── KeepingError        about what is kept, and not about painting: money is not at stake
    │       ├── PageExpired, PageOfAnother, NoServerHere
    │       ├── PresetUnknown, PresetNameWrong, PresetsFull, NothingGiven
    │       └── ManageServerNeeded, ServerSettingOnly
    ├── RecordsOutOfReach       nothing could be read or written down: the operator must look
    └── NotServing              the bot is stopping, or has no catalogue yet: try again soon

An error carries data, never prose; `bot.text.errors` has the words for each. What goes wrong
after a job was accepted is an `ImageFailure` in its record, because it must survive a restart.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.conduct.bars import Bar
from bot.domain.gate.rule import Rule
from bot.domain.ids import ChannelId, ModelId
from bot.domain.models.image_model import Quality
from bot.domain.money import UsdMicros
from bot.domain.quotas.limits import OF_THE_BOT, LimitSource
from bot.domain.quotas.windows import DAY, WindowKind


class GondolaError(Exception):
    """The root of what the bot itself raises to its callers."""


class RecordsOutOfReach(GondolaError):
    """The bot's records could not be read or written, so nothing was done."""


class MemberError(GondolaError):
    """Something that the member can see and mend. It never costs anything."""


class PromptEmpty(MemberError):
    """There is nothing to paint."""


@dataclass(eq=False)
class PromptTooLong(MemberError):
    """The prompt has more characters than the bot or the model takes."""

    length: int
    limit: int


@dataclass(eq=False)
class NegativePromptTooLong(MemberError):
    """The same for the negative prompt."""

    length: int
    limit: int


@dataclass(eq=False)
class UnknownModel(MemberError):
    """No model of that name; `nearest` are the closest ids."""

    name: str
    nearest: tuple[str, ...] = ()


@dataclass(eq=False)
class ModelOffline(MemberError):
    """The model exists but is switched off at the API."""

    model: ModelId
    nearest: tuple[str, ...] = ()


@dataclass(eq=False)
class UnknownStyle(MemberError):
    """No style preset of that name; `nearest` are the closest names."""

    name: str
    nearest: tuple[str, ...] = ()


@dataclass(eq=False)
class UnknownQuality(MemberError):
    """The model lists qualities, and this is none of them."""

    quality: str
    listed: tuple[Quality, ...]


@dataclass(eq=False)
class QualityNotTaken(MemberError):
    """The model has no quality levels."""

    model: ModelId


@dataclass(eq=False)
class SeedOutOfRange(MemberError):
    """The seed is not one the API takes."""

    seed: int
    lowest: int
    highest: int


@dataclass(eq=False)
class ImageCountOutOfRange(MemberError):
    """More images at once than one request may have, or fewer than one."""

    images: int
    highest: int


class NotYours(MemberError):
    """Only the member who asked for a job, or a moderator, may do this with it."""


@dataclass(eq=False)
class RefusedByRule(MemberError):
    """The gate refused the request; `bar` is what keeps the member from asking at all."""

    rule: Rule
    bar: Bar | None = None


@dataclass(eq=False)
class QuotaExceeded(MemberError):
    """The member asked for more images than are left; `source` says whose limit it is."""

    wanted: int
    left: int
    limit: int
    resets_at: datetime
    window: WindowKind = DAY
    source: LimitSource = OF_THE_BOT


class Budget(StrEnum):
    """Whose money."""

    MEMBER = "member"
    SERVER = "server"
    BOT = "bot"


@dataclass(eq=False)
class BudgetReached(MemberError):
    """The request could cost more than what is left of a budget.

    `fitting_images` of those asked for would fit, and so would as many of `cheaper` models.
    """

    budget: Budget
    cost_usd_micros: UsdMicros
    left_usd_micros: UsdMicros
    resets_at: datetime
    window: WindowKind = DAY
    source: LimitSource = OF_THE_BOT
    fitting_images: int = 0
    cheaper: tuple[str, ...] = ()


@dataclass(eq=False)
class PriceUnknown(MemberError):
    """A dollar limit applies, and nobody can tell what the model would cost."""

    model: ModelId


class ResultError(MemberError):
    """Something about a result that is there already. Nothing could have been charged."""


@dataclass(eq=False)
class ActionDenied(ResultError):
    """The member may not do this with the result; `bar` is what keeps them from it anywhere."""

    rule: Rule
    bar: Bar | None = None


class ResultGone(ResultError):
    """The result was deleted, or is not known."""


class PictureGone(ResultError):
    """The picture is no longer kept."""


@dataclass(eq=False)
class OriginalTooLarge(ResultError):
    """The picture as it was painted is larger than what Discord takes here."""

    size_bytes: int
    limit_bytes: int


class PictureHidden(ResultError):
    """The picture was reported, and is hidden until a moderator has looked at it."""


class ResultUnfinished(ResultError):
    """The result is still being written down."""


class ReasonEmpty(ResultError):
    """A report without a reason."""


class AlreadyReported(ResultError):
    """The member has reported this picture before."""


@dataclass(eq=False)
class TooManyReports(ResultError):
    """The member has reported as many pictures in 24 hours as they may."""

    limit: int
    next_at: datetime


class KeepingError(MemberError):
    """About lists, presets and defaults. Nothing could have been charged."""


class PageExpired(KeepingError):
    """The list was opened too long ago; its buttons do nothing any more."""


class PageOfAnother(KeepingError):
    """Another member opened the list, and turns its pages."""


class NoServerHere(KeepingError):
    """What was asked for belongs to a server, and none that has the bot is here."""


@dataclass(eq=False)
class PresetUnknown(KeepingError):
    """The member has no preset of that name; `nearest` are the closest names."""

    name: str
    nearest: tuple[str, ...] = ()


@dataclass(eq=False)
class PresetNameWrong(KeepingError):
    """A preset's name is empty or too long."""

    limit: int


@dataclass(eq=False)
class PresetsFull(KeepingError):
    """The member has as many presets as anybody may have."""

    limit: int


class NothingGiven(KeepingError):
    """Something was to be saved, and no option was given."""


class ManageServerNeeded(KeepingError):
    """Only those who may manage the server may change what holds for others."""


@dataclass(eq=False)
class ChannelUnwritable(KeepingError):
    """The bot may not post pictures in a channel that was chosen for that."""

    channel_id: ChannelId


class ServerSettingOnly(KeepingError):
    """A setting that a server has, and no member or channel."""


class NotServing(GondolaError):
    """The bot takes no new work at this moment."""
