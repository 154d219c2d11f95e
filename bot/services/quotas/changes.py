"""Changing what a server allows: shown first, for whom it would come to what, and then applied."""

import secrets
from collections.abc import Callable

from bot.domain.ids import UserId
from bot.domain.quotas.errors import ChangeGone, ChangeOutdated
from bot.domain.quotas.limit_change import (
    CHANGE_WAITS_FOR,
    Change,
    LimitChange,
    LimitPreview,
    SettingsChange,
    SettingsPreview,
    WaitingChange,
    effects_of,
    exceptions_to,
)
from bot.domain.quotas.limit_edit import TypedLimits, TypedSettings, edited_limits, edited_settings
from bot.domain.quotas.limits import NO_LIMITS, LimitSource
from bot.domain.quotas.server_quota import server_budget
from bot.domain.quotas.spender import Spender
from bot.services.ports import Clock
from bot.services.quotas.audit import Manager, note_change
from bot.services.quotas.limit_book import LimitBook
from bot.services.storage_ports import Storage, Transaction


def new_change_id() -> str:
    """An id that fits into a button, and that nobody guesses."""
    return secrets.token_hex(12)


class QuotaChanges:
    """Keeps changes until their manager applies them, each once and only as it was shown."""

    def __init__(
        self,
        *,
        storage: Storage,
        book: LimitBook,
        clock: Clock,
        draw_id: Callable[[], str] = new_change_id,
    ) -> None:
        self._storage = storage
        self._book = book
        self._clock = clock
        self._draw_id = draw_id

    def edited(self, by: Manager, source: LimitSource, typed: TypedLimits) -> LimitChange:
        """What a place is to say, from memory alone.

        Raises:
            KeepingError: if what was typed is wrong, or changes nothing.
        """
        before = self._book.limits_of(by.guild_id).get(source, NO_LIMITS)
        return LimitChange(source=source, before=before, after=edited_limits(before, typed))

    def edited_settings(self, by: Manager, typed: TypedSettings) -> SettingsChange:
        """What a server's settings are to become, from memory alone.

        Raises:
            KeepingError: if what was typed is wrong, or changes nothing.
        """
        before = self._book.quota_of(by.guild_id)
        return SettingsChange(before=before, after=edited_settings(before, typed))

    async def preview(self, by: Manager, change: LimitChange, spender: Spender) -> LimitPreview:
        """Keep a change of limits, and say what it would come to for somebody it concerns."""
        rules = self._book.limits_of(by.guild_id)
        return LimitPreview(
            waiting=await self._keep(by, change),
            change=change,
            effects=effects_of(
                rules,
                self._book.operator.for_members(),
                change,
                spender=spender,
                new_since=self._book.new_since(by.guild_id, self._clock.now()),
            ),
            exceptions=exceptions_to(rules, change),
        )

    async def preview_settings(self, by: Manager, change: SettingsChange) -> SettingsPreview:
        """Keep a change of settings, and say what the budget would be."""
        default = self._book.operator.server
        return SettingsPreview(
            waiting=await self._keep(by, change),
            change=change,
            budget_before=server_budget(change.before, default),
            budget_after=server_budget(change.after, default),
        )

    async def apply(self, by: Manager, change_id: str) -> Change:
        """Apply a change that its manager was shown, and note it in the audit log.

        Raises:
            ChangeGone: if it was applied before, has waited too long, or is another's.
            ChangeOutdated: if somebody has changed the same since it was shown.
        """
        waiting = await self._take(change_id, by.user_id)
        if waiting is None or waiting.guild_id != by.guild_id:
            raise ChangeGone
        change = waiting.change

        async def check_and_note(tx: Transaction) -> None:
            if await _present(tx, by, change) != change.before:
                raise ChangeOutdated
            await note_change(tx, by, change, self._clock.now())

        if isinstance(change, LimitChange):
            await self._book.set_limits(
                by.guild_id, change.source, change.after, also=check_and_note
            )
        else:
            await self._book.set_server_quota(by.guild_id, change.after, also=check_and_note)
        return change

    async def _keep(self, by: Manager, change: Change) -> WaitingChange:
        waiting = WaitingChange(
            id=self._draw_id(),
            guild_id=by.guild_id,
            user_id=by.user_id,
            change=change,
            expires_at=self._clock.now() + CHANGE_WAITS_FOR,
        )
        async with self._storage.write() as tx:
            await tx.waiting_changes.add(waiting)
        return waiting

    async def _take(self, change_id: str, user_id: UserId) -> WaitingChange | None:
        """A change that is outdated is let go of, too: its button would never do anything."""
        async with self._storage.write() as tx:
            return await tx.waiting_changes.take(change_id, user_id, now=self._clock.now())


async def _present(tx: Transaction, by: Manager, change: Change) -> object:
    """What is there now, in the transaction that changes it."""
    if isinstance(change, LimitChange):
        return await tx.quotas.limits_of(by.guild_id, change.source)
    return await tx.quotas.server_quota_of(by.guild_id)
