"""Giving a strike, and writing down what follows from it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from bot.domain.conduct.bars import Block, BlockCause
from bot.domain.conduct.conduct import Consequence, Standing, Strike, StrikeRules, standing
from bot.domain.conduct.notice import ConductNews, ConductNotice
from bot.domain.conduct.strikes import GivenStrike
from bot.domain.ids import AccountKey, GuildId, ImageId, UserId
from bot.domain.jobs.schedule import ScheduledWork, WorkKind
from bot.domain.moderation.audit import Act
from bot.domain.quotas.ledger import BOT_ACCOUNT
from bot.services.asking.intake import new_id
from bot.services.conduct.book import ConductBook
from bot.services.moderation.auditing import member_subject, write_down_own
from bot.services.ports import Clock
from bot.services.storage_ports import Transaction

log = structlog.get_logger(__name__)

_NEWS = {
    Consequence.WARNING: ConductNews.WARNED,
    Consequence.PAUSE: ConductNews.PAUSED,
    Consequence.BLOCK: ConductNews.BLOCKED,
}
AT_ONCE = timedelta(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """What a member is struck for; `account` is of whoever strikes."""

    guild_id: GuildId
    user_id: UserId
    reason: str
    account: AccountKey
    image_id: ImageId | None = None


class StrikeDesk:
    """Gives strikes. It is the `Striker` of those who only know the picture."""

    def __init__(
        self, book: ConductBook, clock: Clock, *, draw_id: Callable[[], str] = new_id
    ) -> None:
        self._book = book
        self._clock = clock
        self._draw_id = draw_id

    async def strike(
        self,
        *,
        guild_id: GuildId,
        user_id: UserId,
        by: UserId | None,
        reason: str,
        image_id: ImageId | None,
    ) -> None:
        """Give a member a strike, once an image; `by` is None where the bot itself does.

        What follows is done by the scheduler, so that nobody waits for it.
        """
        async with self._book.changing() as tx:
            account = BOT_ACCOUNT
            if by is not None:
                account = await tx.members.account_of(by, guild_id)
            deed = Deed(
                guild_id=guild_id,
                user_id=user_id,
                reason=reason,
                account=account,
                image_id=image_id,
            )
            await self.give(tx, deed, due_in=AT_ONCE)

    async def give(
        self, tx: Transaction, deed: Deed, *, due_in: timedelta
    ) -> list[ScheduledWork] | None:
        """Write a strike with what follows, in a transaction of the book's.

        Returned is what is left to do, which is scheduled; None if its image led to one before.
        """
        now = self._clock.now()
        rules = (await tx.conduct.all_rules()).get(deed.guild_id, StrikeRules())
        given = GivenStrike(
            id=self._draw_id(),
            guild_id=deed.guild_id,
            user_id=deed.user_id,
            strike=Strike(now, now + rules.counts_for),
            reason=deed.reason,
            account=deed.account,
            image_id=deed.image_id,
        )
        if not await tx.conduct.add_strike(given):
            return None
        counting = await tx.conduct.strikes_of(deed.guild_id, deed.user_id, now=now)
        stands = standing([each.strike for each in counting], rules, now=now)
        await self._write_down(tx, given, stands)
        log.info(
            "strike_given",
            guild_id=deed.guild_id,
            by_bot=deed.account == BOT_ACCOUNT,
            strikes=stands.strikes,
            consequence=stands.consequence,
        )
        return await self._follow(tx, given, stands, due_in)

    async def _write_down(self, tx: Transaction, given: GivenStrike, stands: Standing) -> None:
        """Under the account of whoever struck, which is not known here by its member."""
        await write_down_own(
            tx,
            given.guild_id,
            Act.STRIKE_GIVEN,
            await member_subject(tx, given.user_id, given.guild_id),
            now=given.strike.at,
            detail=f"strikes={stands.strikes}, {stands.consequence}",
            reason=given.reason,
            account=given.account,
        )

    async def _follow(
        self, tx: Transaction, given: GivenStrike, stands: Standing, due_in: timedelta
    ) -> list[ScheduledWork]:
        if stands.consequence is Consequence.NONE:
            return []
        until: datetime | None = given.strike.expires_at
        kind = WorkKind.TELL_CONDUCT
        if stands.consequence is Consequence.BLOCK:
            until, kind = None, WorkKind.STOP_WORK
            await self._block(tx, given)
        elif stands.consequence is Consequence.PAUSE:
            until = stands.until or until
        notice = ConductNotice(
            id=self._draw_id(),
            user_id=given.user_id,
            guild_id=given.guild_id,
            news=_NEWS[stands.consequence],
            reason=given.reason,
            until=until,
            strikes=stands.strikes,
            created_at=given.strike.at,
        )
        await tx.conduct_notices.add(notice)
        work = ScheduledWork(kind, notice.id, given.strike.at + due_in)
        await tx.schedule.put(work)
        return [work]

    async def _block(self, tx: Transaction, given: GivenStrike) -> None:
        """A block that a moderator has set stays as it is, unless it would end."""
        blocks = await tx.conduct.all_blocks(now=given.strike.at)
        mine = (given.guild_id, given.user_id)
        for block in blocks:
            if (block.guild_id, block.user_id) == mine and block.until is None:
                return
        await tx.conduct.put_block(
            Block(
                guild_id=given.guild_id,
                user_id=given.user_id,
                since=given.strike.at,
                until=None,
                reason=given.reason,
                cause=BlockCause.STRIKES,
            )
        )
        await write_down_own(
            tx,
            given.guild_id,
            Act.MEMBER_BLOCKED,
            await member_subject(tx, given.user_id, given.guild_id),
            now=given.strike.at,
            detail="by strikes",
            reason=given.reason,
        )
