"""One limit as it is shown: how much of it is used and reserved, and when it begins anew."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.quotas.limits import Unit


@dataclass(frozen=True, slots=True)
class QuotaRow:
    """A window's limit; `limit` is None where there is none.

    `label` is the window's name in the reader's language. `used` does not include `reserved`.
    """

    label: str
    unit: Unit
    used: int
    reserved: int
    limit: int | None
    resets_at: datetime

    @property
    def left(self) -> int | None:
        """What is neither used nor reserved; None where there is no limit."""
        return None if self.limit is None else max(0, self.limit - self.used - self.reserved)
