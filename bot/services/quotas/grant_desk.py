"""Giving one-off extras, and taking them back."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from bot.domain.ids import GrantId
from bot.domain.quotas.errors import GrantGone
from bot.domain.quotas.grants import Grant, GrantTarget
from bot.domain.quotas.input import grant_days, grant_reason, granted
from bot.services.asking.intake import new_id
from bot.services.ports import Clock
from bot.services.quotas.audit import Manager, note_grant_given, note_grant_revoked
from bot.services.quotas.limit_book import LimitBook
from bot.services.storage_ports import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedGrant:
    """A grant as a manager typed it."""

    target: GrantTarget
    target_id: int
    images: str | None
    dollars: str | None
    days: int
    reason: str


class GrantDesk:
    """Gives and revokes, each with an entry in the audit log."""

    def __init__(
        self, *, book: LimitBook, clock: Clock, draw_id: Callable[[], str] = new_id
    ) -> None:
        self._book = book
        self._clock = clock
        self._draw_id = draw_id

    def checked(self, by: Manager, typed: TypedGrant) -> Grant:
        """The grant that was asked for, from memory alone; nothing is given yet.

        Raises:
            QuotaInputError: if an amount, the days or the reason is wrong.
        """
        images, usd_micros = granted(typed.images, typed.dollars)
        now = self._clock.now()
        return Grant(
            id=GrantId(self._draw_id()),
            guild_id=by.guild_id,
            target=typed.target,
            target_id=typed.target_id,
            images=images,
            usd_micros=usd_micros,
            reason=grant_reason(typed.reason),
            created_at=now,
            expires_at=now + timedelta(days=grant_days(typed.days)),
        )

    async def give(self, by: Manager, grant: Grant) -> None:
        """Give what was checked."""

        async def note(tx: Transaction) -> None:
            await note_grant_given(tx, by, grant, self._clock.now())

        await self._book.add_grant(grant, also=note)

    def find(self, by: Manager, grant_id: str) -> Grant:
        """A grant of the manager's server, from memory alone.

        Raises:
            GrantGone: if there is none of that id that has not expired.
        """
        found = (each for each in self._book.grants_of(by.guild_id) if each.id == grant_id)
        grant = next(found, None)
        if grant is None:
            raise GrantGone
        return grant

    async def revoke(self, by: Manager, grant: Grant) -> None:
        """Let a grant expire now.

        Raises:
            GrantGone: if it has, meanwhile.
        """

        async def note(tx: Transaction) -> None:
            await note_grant_revoked(tx, by, grant, self._clock.now())

        await self._book.revoke_grant(grant.id, also=note)
