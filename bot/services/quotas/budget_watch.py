"""Tells those who manage a budget that it comes to its end, once a window.

A reservation only leaves a note here; whoever paints does not wait for Discord.
"""

import asyncio
from collections import deque
from dataclasses import dataclass
from typing import Never

import structlog

from bot.domain.ids import AccountKey, GuildId
from bot.domain.quotas.budget_alert import BudgetAlert, alert_of
from bot.domain.quotas.ledger import AccountKind, LimitUse
from bot.services.quotas.ports import BudgetMessenger, OperatorBudgetAlerts
from bot.services.storage_ports import Storage

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class _Note:
    """An alert that waits to be told; `guild_id` is None where it is the bot's own budget."""

    account: AccountKey
    guild_id: GuildId | None
    alert: BudgetAlert

    @property
    def marker(self) -> tuple[str, str]:
        """The fact that it was told: its name, and its value in this window."""
        window = self.alert.window
        return f"budget_told:{self.account}:{window.kind.unit}", window.start.isoformat()


class BudgetWatch:
    """Remembers what was told: in memory first, and in the database across starts."""

    def __init__(
        self, *, storage: Storage, managers: BudgetMessenger, operator: OperatorBudgetAlerts
    ) -> None:
        self._storage = storage
        self._managers = managers
        self._operator = operator
        self._noted: dict[str, str] = {}
        self._waiting: deque[_Note] = deque()
        self._rung = asyncio.Event()

    def note(self, guild_id: GuildId | None, use: LimitUse) -> None:
        """Take a budget's use down, if it is near its end and was not taken down before."""
        if use.kind not in (AccountKind.SERVER, AccountKind.BOT):
            return
        alert = alert_of(use)
        if alert is None:
            return
        note = _Note(use.account, guild_id if use.kind is AccountKind.SERVER else None, alert)
        name, value = note.marker
        if self._noted.get(name) != value:
            self._noted[name] = value
            self._waiting.append(note)
            self._rung.set()

    async def run(self) -> Never:
        """Tell what was noted, until cancelled."""
        while True:
            await self._rung.wait()
            self._rung.clear()
            await self.tell_all()

    async def tell_all(self) -> None:
        """Tell what has been noted by now; one failure does not keep the rest from being told."""
        while self._waiting:
            note = self._waiting.popleft()
            try:
                await self._tell(note)
            except Exception:
                log.exception("budget_alert_not_told", account=note.account)

    async def _tell(self, note: _Note) -> None:
        if not await self._is_first(note):
            return
        log.warning(
            "budget_near_its_end",
            account=note.account,
            used_usd_micros=note.alert.used_usd_micros,
            most_usd_micros=note.alert.most_usd_micros,
            window=note.alert.window.kind.unit,
        )
        if note.guild_id is None:
            await self._operator.budget_near_its_end(note.alert)
        else:
            await self._managers.tell_managers(note.guild_id, note.alert)

    async def _is_first(self, note: _Note) -> bool:
        """Whether nobody has told it in this window; from now on somebody has."""
        name, value = note.marker
        async with self._storage.write() as tx:
            return await tx.markers.change(name, value)
