"""The ledger's values: whose account, which window, how much.

Every image reserves on each account that has to bear it and is closed there exactly once: it is
settled (what was used stays used) or released (nothing was used). A member's account counts
images; the server's and the bot's accounts count the money that the API charged, which may
stay even where the member is refunded.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from bot.domain.failure import Billing, ImageFailure
from bot.domain.ids import AccountKey, GuildId, ImageId
from bot.domain.money import UsdMicros


class AccountKind(StrEnum):
    """Whose account it is."""

    MEMBER = "member"
    SERVER = "server"
    BOT = "bot"


BOT_ACCOUNT = AccountKey("bot")


def server_account(guild_id: GuildId) -> AccountKey:
    """The account of a server."""
    return AccountKey(f"server:{guild_id}")


class EntryKind(StrEnum):
    """What a line of the ledger says. Lines are never changed nor deleted."""

    RESERVE = "reserve"
    SETTLE = "settle"
    RELEASE = "release"
    GRANT = "grant"
    CORRECTION = "correction"


@dataclass(frozen=True, slots=True)
class Window:
    """A span of time that a limit counts in, from `start` up to but not including `end`."""

    start: datetime
    end: datetime


def day_window(now: datetime) -> Window:
    """The calendar day in UTC that `now` falls in."""
    start = now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    return Window(start, start + timedelta(days=1))


@dataclass(frozen=True, slots=True)
class Limit:
    """What an account may use in a window; None is unlimited."""

    images: int | None = None
    usd_micros: UsdMicros | None = None


@dataclass(frozen=True, slots=True)
class Usage:
    """What an account has used in a window, reservations included."""

    images: int = 0
    usd_micros: UsdMicros = UsdMicros(0)


@dataclass(frozen=True, slots=True)
class Charge:
    """One account that has to bear a request, with its limit in the window."""

    account: AccountKey
    kind: AccountKind
    limit: Limit


@dataclass(frozen=True, slots=True)
class Reservation:
    """One image and the most it can cost; None where the price is unknown."""

    image_id: ImageId
    usd_micros: UsdMicros | None


@dataclass(frozen=True, slots=True)
class Amount:
    """Images and money of one line."""

    images: int
    usd_micros: UsdMicros


def images_left(limit: Limit, usage: Usage) -> int | None:
    """How many more images fit; None is unlimited."""
    return None if limit.images is None else max(0, limit.images - usage.images)


def usd_micros_left(limit: Limit, usage: Usage) -> UsdMicros | None:
    """How much more money fits; None is unlimited."""
    if limit.usd_micros is None:
        return None
    return UsdMicros(max(0, limit.usd_micros - usage.usd_micros))


class Closing(StrEnum):
    """How one image ended for the accounts that bore it."""

    SHOWN = "shown"
    """The member has the picture: everything is settled."""

    NOT_BILLED = "not_billed"
    """Nothing was charged: everything is released."""

    BILLED_NOT_SHOWN = "billed_not_shown"
    """Charged, or maybe charged, without a picture: the member is released, the money stays."""


def closing_of(failure: ImageFailure) -> Closing:
    """How an image that failed is closed."""
    if failure.billing is Billing.NOT_BILLED:
        return Closing.NOT_BILLED
    return Closing.BILLED_NOT_SHOWN


def entry_kind(closing: Closing, account: AccountKind) -> EntryKind:
    """Whether an account's reservation is settled or released when its image ends."""
    match closing:
        case Closing.SHOWN:
            return EntryKind.SETTLE
        case Closing.NOT_BILLED:
            return EntryKind.RELEASE
        case Closing.BILLED_NOT_SHOWN:
            return EntryKind.RELEASE if account is AccountKind.MEMBER else EntryKind.SETTLE
