"""What `/quotas` calls."""

from dataclasses import dataclass

from bot.services.ports import Clock
from bot.services.quotas.changes import QuotaChanges
from bot.services.quotas.grant_desk import GrantDesk
from bot.services.quotas.limit_book import LimitBook
from bot.services.quotas.overview import QuotaOverview
from bot.services.quotas.quota import QuotaService
from bot.services.storage_ports import Storage


@dataclass(frozen=True, slots=True)
class QuotaManagement:
    """Showing and changing what a server allows, and giving extras."""

    changes: QuotaChanges
    grants: GrantDesk
    overview: QuotaOverview


def quota_management(
    *, storage: Storage, book: LimitBook, quota: QuotaService, clock: Clock
) -> QuotaManagement:
    """All of it, on one book."""
    return QuotaManagement(
        changes=QuotaChanges(storage=storage, book=book, clock=clock),
        grants=GrantDesk(book=book, clock=clock),
        overview=QuotaOverview(book=book, quota=quota, clock=clock),
    )
