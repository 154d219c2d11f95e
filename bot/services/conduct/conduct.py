"""Strikes and blocks, as moderators and the bot's owner give and take them back."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import structlog

from bot.domain.conduct.authority import Rank, untouchable, untouchable_everywhere
from bot.domain.conduct.bars import Block, BlockCause
from bot.domain.conduct.conduct import Consequence, StrikeRules, standing
from bot.domain.conduct.notice import ConductNews, ConductNotice
from bot.domain.conduct.strikes import Record
from bot.domain.gate.pause import EVERYWHERE
from bot.domain.ids import AccountKey, GuildId, UserId
from bot.domain.jobs.schedule import ScheduledWork, WorkKind
from bot.domain.moderation.audit import Act
from bot.domain.moderation.errors import (
    MemberUntouchable,
    NotBlocked,
    OwnerNeeded,
    StrikeGone,
    ThresholdsWrong,
)
from bot.services.asking.intake import new_id
from bot.services.asking.plans import Place
from bot.services.conduct.book import ConductBook
from bot.services.conduct.striking import Deed, StrikeDesk
from bot.services.moderation.auditing import member_subject, write_down
from bot.services.ports import Clock
from bot.services.schedule.errands import IF_NOT_DONE, Errands
from bot.services.storage_ports import Transaction

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Judgement:
    """Who judges whom, and from where; both ranks are Discord's in that moment."""

    place: Place
    moderator: Rank
    member: Rank

    @property
    def guild_id(self) -> GuildId:
        """The server.

        Raises:
            NoServerHere: if there is none.
        """
        return self.place.server

    def check(self) -> None:
        """Let pass what the order of roles allows.

        Raises:
            MemberUntouchable: if the moderator does not stand above the member.
        """
        why = untouchable(self.moderator, self.member)
        if why is not None:
            raise MemberUntouchable(why)


class ConductService:
    """Strikes, blocks and thresholds. What it refuses, it refuses before anything is written."""

    def __init__(
        self,
        *,
        book: ConductBook,
        strikes: StrikeDesk,
        errands: Errands,
        clock: Clock,
        owners: frozenset[UserId],
        draw_id: Callable[[], str] = new_id,
    ) -> None:
        self._book = book
        self._strikes = strikes
        self._errands = errands
        self._clock = clock
        self._owners = owners
        self._draw_id = draw_id

    async def strike(self, judgement: Judgement, reason: str) -> Record:
        """Give a member a strike, and do what follows from it.

        Raises:
            MemberUntouchable: if the moderator may not.
        """
        judgement.check()
        async with self._book.changing() as tx:
            deed = Deed(
                guild_id=judgement.guild_id,
                user_id=judgement.member.user_id,
                reason=reason,
                account=await _account(tx, judgement),
            )
            works = await self._strikes.give(tx, deed, due_in=IF_NOT_DONE)
        await self._errands.run(works or [])
        return await self.record(judgement.guild_id, judgement.member.user_id)

    async def record(self, guild_id: GuildId, user_id: UserId) -> Record:
        """Where a member stands."""
        now = self._clock.now()
        async with self._book.reading() as tx:
            strikes = await tx.conduct.strikes_of(guild_id, user_id, now=now)
        rules = self._book.rules_of(guild_id)
        stands = standing([given.strike for given in strikes], rules, now=now)
        return Record(user_id, strikes, stands, rules)

    async def struck_by(self, strike_id: str, guild_id: GuildId | None) -> UserId:
        """Whose strike it is, in this server.

        Raises:
            StrikeGone: if it was withdrawn before, or counts no more.
        """
        async with self._book.reading() as tx:
            given = await tx.conduct.strike(strike_id, now=self._clock.now())
        if given is None or given.guild_id != guild_id:
            raise StrikeGone
        return given.user_id

    async def withdraw(self, strike_id: str, judgement: Judgement) -> Record:
        """Let a strike count no more; a block that rested on it is lifted.

        Raises:
            MemberUntouchable: if the moderator may not.
            StrikeGone: if it was withdrawn before, or counts no more.
        """
        judgement.check()
        now, user_id = self._clock.now(), judgement.member.user_id
        works: list[ScheduledWork] = []
        async with self._book.changing() as tx:
            given = await tx.conduct.strike(strike_id, now=now)
            if given is None or (given.guild_id, given.user_id) != (judgement.guild_id, user_id):
                raise StrikeGone
            await tx.conduct.withdraw_strike(strike_id, now=now)
            await write_down(
                tx,
                judgement.place,
                Act.STRIKE_WITHDRAWN,
                await member_subject(tx, user_id, judgement.place.guild_id),
                now=now,
                reason=given.reason,
            )
            left = await tx.conduct.strikes_of(given.guild_id, user_id, now=now)
            rules = (await tx.conduct.all_rules()).get(given.guild_id, StrikeRules())
            stands = standing([each.strike for each in left], rules, now=now)
            if stands.consequence is not Consequence.BLOCK and await tx.conduct.remove_block(
                given.guild_id, user_id, cause=BlockCause.STRIKES
            ):
                works = [await self._tell_unblocked(tx, given.guild_id, user_id)]
        await self._errands.run(works)
        return await self.record(judgement.guild_id, user_id)

    async def block(
        self, judgement: Judgement, *, lasts: timedelta | None, reason: str, everywhere: bool
    ) -> Block:
        """Block a member, until it is lifted where nothing is said, and stop what they wait for.

        Raises:
            MemberUntouchable: if whoever asks may not.
            OwnerNeeded: if somebody else than the bot's owner would block everywhere.
        """
        guild_id = self._checked_scope(judgement, everywhere=everywhere)
        now = self._clock.now()
        block = Block(
            guild_id=guild_id,
            user_id=judgement.member.user_id,
            since=now,
            until=None if lasts is None else now + lasts,
            reason=reason,
        )
        notice = ConductNotice(
            id=self._draw_id(),
            user_id=block.user_id,
            guild_id=guild_id,
            news=ConductNews.BLOCKED,
            reason=reason,
            until=block.until,
            strikes=0,
            created_at=now,
        )
        work = ScheduledWork(WorkKind.STOP_WORK, notice.id, now + IF_NOT_DONE)
        async with self._book.changing() as tx:
            await tx.conduct.put_block(block)
            await tx.conduct_notices.add(notice)
            await tx.schedule.put(work)
            await write_down(
                tx,
                judgement.place,
                Act.MEMBER_BLOCKED,
                await member_subject(tx, block.user_id, judgement.place.guild_id),
                now=now,
                detail="" if block.until is None else f"until {block.until:%Y-%m-%d %H:%M} UTC",
                reason=reason,
                everywhere=everywhere,
            )
        log.info("member_blocked", guild_id=guild_id, everywhere=everywhere)
        await self._errands.run([work])
        return block

    async def unblock(self, judgement: Judgement, *, everywhere: bool) -> None:
        """Lift a block.

        Raises:
            MemberUntouchable: if whoever asks may not.
            OwnerNeeded: if somebody else than the bot's owner would lift one that is everywhere.
            NotBlocked: if there is none.
        """
        guild_id = self._checked_scope(judgement, everywhere=everywhere)
        user_id = judgement.member.user_id
        async with self._book.changing() as tx:
            if not await tx.conduct.remove_block(guild_id, user_id):
                raise NotBlocked
            work = await self._tell_unblocked(tx, guild_id, user_id)
            await write_down(
                tx,
                judgement.place,
                Act.MEMBER_UNBLOCKED,
                await member_subject(tx, user_id, judgement.place.guild_id),
                now=self._clock.now(),
                everywhere=everywhere,
            )
        await self._errands.run([work])

    def blocks(self, place: Place) -> tuple[Block, ...]:
        """Whom the server blocks, from memory; the bot's owner is also told of all servers' blocks.

        Raises:
            NoServerHere: in direct messages.
        """
        here = self._book.blocks_of(place.server)
        return (*self._book.blocks_of(EVERYWHERE), *here) if self._is_owner(place) else here

    async def set_rules(
        self, place: Place, change: Callable[[StrikeRules], StrikeRules]
    ) -> StrikeRules:
        """Change a server's thresholds, and say what they are.

        Raises:
            NoServerHere: in direct messages.
            ThresholdsWrong: if they would be out of order.
        """
        guild_id = place.server
        async with self._book.changing() as tx:
            former = (await tx.conduct.all_rules()).get(guild_id, StrikeRules())
            try:
                rules = change(former)
            except ValueError:
                raise ThresholdsWrong from None
            if rules == former:
                return rules
            await tx.conduct.set_rules(guild_id, rules)
            await write_down(
                tx,
                place,
                Act.STRIKE_RULES_SET,
                "thresholds",
                now=self._clock.now(),
                detail=f"warn={rules.warn_at}, pause={rules.pause_at}, block={rules.block_at}, "
                f"days={rules.counts_for.days}",
            )
        return rules

    def _is_owner(self, place: Place) -> bool:
        return place.user_id in self._owners

    def _checked_scope(self, judgement: Judgement, *, everywhere: bool) -> GuildId:
        if not everywhere:
            judgement.check()
            return judgement.guild_id
        if not self._is_owner(judgement.place):
            raise OwnerNeeded
        why = untouchable_everywhere(judgement.place.user_id, judgement.member, owners=self._owners)
        if why is not None:
            raise MemberUntouchable(why)
        return EVERYWHERE

    async def _tell_unblocked(
        self, tx: Transaction, guild_id: GuildId, user_id: UserId
    ) -> ScheduledWork:
        now = self._clock.now()
        notice = ConductNotice(
            id=self._draw_id(),
            user_id=user_id,
            guild_id=guild_id,
            news=ConductNews.UNBLOCKED,
            reason="",
            until=None,
            strikes=0,
            created_at=now,
        )
        await tx.conduct_notices.add(notice)
        work = ScheduledWork(WorkKind.TELL_CONDUCT, notice.id, now + IF_NOT_DONE)
        await tx.schedule.put(work)
        return work


async def _account(tx: Transaction, judgement: Judgement) -> AccountKey:
    return await tx.members.account_of(judgement.place.user_id, judgement.place.guild_id)
