"""Errors of limits other than counts, and of what managers set about quotas.

MemberError
├── LimitError              a limit that no waiting for a new window mends
│   ├── TooManyInRequest    more images in one request than allowed
│   ├── TooManyAtOnce       images of this member still wait or are being painted
│   ├── ModelTooDear        the image costs more than the dearest allowed
│   └── SlowedDown          the budget is nearly spent: only cheaper models until it resets
└── KeepingError
    └── QuotaInputError     nothing was changed
        ├── AmountWrong, AmountTooLarge
        ├── WindowUnknown, TimeZoneUnknown
        ├── RoleGone, ExpiryWrong, ReasonWrong, NothingGranted
        ├── WindowWithoutAmount, TooManyCaps, NewMemberDaysWrong, ChangesNothing
        └── ChangeGone, ChangeOutdated, GrantGone
"""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.errors import KeepingError, MemberError
from bot.domain.money import UsdMicros
from bot.domain.quotas.limits import LimitSource


class LimitError(MemberError):
    """A limit that no waiting for a new window mends."""


@dataclass(eq=False)
class TooManyInRequest(LimitError):
    """More images in one request than allowed."""

    images: int
    most: int
    source: LimitSource


@dataclass(eq=False)
class TooManyAtOnce(LimitError):
    """With these, more images of the member would wait or be painted than allowed."""

    open_images: int
    images: int
    most: int
    source: LimitSource


@dataclass(eq=False)
class ModelTooDear(LimitError):
    """One image costs more than the dearest allowed; the `cheaper` models are allowed."""

    price_usd_micros: UsdMicros
    most_usd_micros: UsdMicros
    source: LimitSource
    cheaper: tuple[str, ...] = ()


@dataclass(eq=False)
class SlowedDown(LimitError):
    """The server's budget is nearly spent, and until it resets only cheaper models are painted."""

    price_usd_micros: UsdMicros
    most_usd_micros: UsdMicros
    resets_at: datetime
    cheaper: tuple[str, ...] = ()


class QuotaInputError(KeepingError):
    """Something that a manager typed. Nothing was changed."""


@dataclass(eq=False)
class AmountWrong(QuotaInputError):
    """Not an amount: no number, a negative one, or more decimals than there are."""

    text: str


@dataclass(eq=False)
class AmountTooLarge(QuotaInputError):
    """An amount beyond all sense, which is a slip of the finger."""

    text: str
    most: int


@dataclass(eq=False)
class WindowUnknown(QuotaInputError):
    """No window of that name; rolling ones have up to `most_hours`."""

    text: str
    most_hours: int


@dataclass(eq=False)
class TimeZoneUnknown(QuotaInputError):
    """No time zone of that name; `nearest` are the closest."""

    text: str
    nearest: tuple[str, ...] = ()


class RoleGone(QuotaInputError):
    """The role was deleted."""


@dataclass(eq=False)
class ExpiryWrong(QuotaInputError):
    """A grant must hold for at least a day and at most `most_days`."""

    days: int
    most_days: int


@dataclass(eq=False)
class ReasonWrong(QuotaInputError):
    """A grant's reason is empty or too long."""

    most: int


class NothingGranted(QuotaInputError):
    """A grant of neither images nor dollars."""


class WindowWithoutAmount(QuotaInputError):
    """A window without an amount to count in it."""


@dataclass(eq=False)
class TooManyCaps(QuotaInputError):
    """One place would have more caps than it may have."""

    most: int


@dataclass(eq=False)
class NewMemberDaysWrong(QuotaInputError):
    """Members are new for none to `most` days."""

    most: int


class ChangesNothing(QuotaInputError):
    """It is so already."""


class ChangeGone(QuotaInputError):
    """A change that was applied before, or waited for too long."""


class ChangeOutdated(QuotaInputError):
    """Somebody has changed the same since a change was shown."""


class GrantGone(QuotaInputError):
    """A grant that has expired, or was revoked, or never was."""
