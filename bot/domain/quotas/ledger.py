"""The ledger's values: whose account, which limits, how much.

Every image reserves on each account that has to bear it and is closed there exactly once: it is
settled (what was used stays used) or released (nothing was used). A member's account counts
images; the server's and the bot's accounts count the money that the API charged, which may
stay even where the member is refunded.
"""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.domain.ids import AccountKey, GuildId, ImageId
from bot.domain.jobs.failure import Billing, ImageFailure
from bot.domain.money import UsdMicros
from bot.domain.quotas.limits import LimitSource, Unit
from bot.domain.quotas.windows import Window


class AccountKind(StrEnum):
    """Whose account it is."""

    MEMBER = "member"
    GRANT = "grant"
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
class Limit:
    """The most of a unit that an account may use in a window, and where that was said."""

    window: Window
    unit: Unit
    most: int
    source: LimitSource


@dataclass(frozen=True, slots=True)
class Usage:
    """What an account has used in a window, reservations included.

    `oldest` is the bucket of the first use; it takes no part in comparisons.
    """

    images: int = 0
    usd_micros: UsdMicros = UsdMicros(0)
    oldest: datetime | None = field(default=None, compare=False)

    def of(self, unit: Unit) -> int:
        """The usage in one unit."""
        return self.images if unit is Unit.IMAGES else self.usd_micros


@dataclass(frozen=True, slots=True)
class Draw:
    """A grant that a member may draw on: its account, what it gives, and since when."""

    account: AccountKey
    since: datetime
    images: int | None = None
    usd_micros: UsdMicros | None = None


@dataclass(frozen=True, slots=True)
class Charge:
    """One account that has to bear a request, with its limits, and grants beside them."""

    account: AccountKey
    kind: AccountKind
    limits: tuple[Limit, ...] = ()
    draws: tuple[Draw, ...] = ()


@dataclass(frozen=True, slots=True)
class LimitUse:
    """A limit of an account, and what was used of it before and after a reservation."""

    account: AccountKey
    kind: AccountKind
    limit: Limit
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Reservation:
    """One image and the most it can cost; None where the price is unknown."""

    image_id: ImageId
    usd_micros: UsdMicros | None

    def of(self, unit: Unit) -> int:
        """What it takes of a unit."""
        return 1 if unit is Unit.IMAGES else self.usd_micros or 0


@dataclass(frozen=True, slots=True)
class Amount:
    """Images and money of one line."""

    images: int
    usd_micros: UsdMicros


def left_of(limit: Limit, usage: Usage) -> int:
    """How much more fits."""
    return max(0, limit.most - usage.of(limit.unit))


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
            is_members = account in (AccountKind.MEMBER, AccountKind.GRANT)
            return EntryKind.RELEASE if is_members else EntryKind.SETTLE
