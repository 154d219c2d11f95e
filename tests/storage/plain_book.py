"""What was done on a ledger as plain records, summed in the simplest way."""

from dataclasses import dataclass, field
from datetime import datetime

from bot.domain.ids import AccountKey, ImageId
from bot.domain.quotas.windows import bucket_of


@dataclass
class Borne:
    """An image as a plain record: when, by whom, and at which price at the moment."""

    at: datetime
    account: AccountKey
    usd_micros: int
    counts_for_member: bool = True
    closed: bool = False


@dataclass
class Book:
    """All that was done, as plain records, to be summed in the simplest way."""

    images: dict[ImageId, Borne] = field(default_factory=dict)
    corrected: list[tuple[datetime, int]] = field(default_factory=list)
    entries: int = 0

    def images_used(self, account: AccountKey, since: datetime) -> int:
        return sum(
            each.counts_for_member and each.account == account and bucket_of(each.at) >= since
            for each in self.images.values()
        )

    def money_used(self, since: datetime) -> int:
        spent = sum(each.usd_micros for each in self.images.values() if bucket_of(each.at) >= since)
        return spent + sum(amount for at, amount in self.corrected if bucket_of(at) >= since)
