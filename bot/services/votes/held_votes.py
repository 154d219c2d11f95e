"""Holding bursts of votes by new members, and letting moderators decide on them."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import TypeAlias

import structlog

from bot.domain.ids import ChannelId, GuildId, ImageId, UserId
from bot.domain.jobs.schedule import ScheduledWork, WorkKind
from bot.domain.moderation.audit import Act
from bot.domain.moderation.errors import ModeratorNeeded, ModeratorPermission, VotesDecided
from bot.domain.voting.holding import (
    BURST_WITHIN,
    Hold,
    HoldId,
    HoldNotice,
    HoldState,
    burst_among,
    check_decider,
    watched,
)
from bot.domain.voting.vote import Subject, SubjectKind, Vote
from bot.services.asking.intake import new_id
from bot.services.moderation.auditing import write_down
from bot.services.moderation.reviews import Reviewer
from bot.services.ports import Clock, UndeliverableError
from bot.services.storage_ports import Storage, Transaction
from bot.services.styles.book import StyleBook
from bot.services.votes.aftermath import VoteAftermath
from bot.services.votes.held_vote_ports import HoldMessenger

log = structlog.get_logger(__name__)

TOLD_AFTER = timedelta(minutes=1)
"""A burst goes on for a while: moderators are asked once, with what it came to by then."""

REMINDED_AFTER = timedelta(hours=24)
"""How long votes wait before moderators are asked once more."""

_Way: TypeAlias = Callable[[ChannelId | None, HoldNotice], Awaitable[None]]


class HeldVoteService:
    """Notices bursts, asks moderators once, and does what they decide."""

    def __init__(
        self,
        *,
        storage: Storage,
        messenger: HoldMessenger,
        styles: StyleBook,
        aftermath: VoteAftermath,
        clock: Clock,
    ) -> None:
        self._storage = storage
        self._messenger = messenger
        self._styles = styles
        self._aftermath = aftermath
        self._clock = clock

    async def look(self, vote: Vote) -> bool:
        """Hold the burst that a vote, just counted, belongs to; False if it belongs to none."""
        if vote.held or not vote.is_of_a_new_member:
            return False
        async with self._storage.read() as tx:
            subjects = watched(await tx.votes.credits_of(vote.image_id))
        for subject in subjects:
            taken = await self._hold(vote, subject)
            if taken:
                log.info("votes_held", guild_id=vote.guild_id, kind=subject.kind, votes=len(taken))
                await self._aftermath.show(taken)
                return True
        return False

    async def tell(self, subject: str) -> None:
        """Ask moderators about a hold, unless they were asked, or nothing is left to ask about.

        Raises:
            DeliveryDelayedError: if it did not get through now.
        """
        hold = await self._open(subject)
        if hold is None or hold.told:
            return
        notice = await self._notice(hold)
        if not notice.votes:
            # They were all taken back. Whoever joins the hold has moderators asked.
            return
        await self._reach(self._messenger.tell_hold, notice)
        due_at = self._clock.now() + REMINDED_AFTER
        async with self._storage.write() as tx:
            await tx.held_votes.mark_told(hold.id)
            await tx.schedule.put(ScheduledWork(WorkKind.VOTES_STILL_HELD, hold.id, due_at))

    async def remind(self, subject: str) -> None:
        """Ask moderators once more about votes that still wait.

        Raises:
            DeliveryDelayedError: if it did not get through now.
        """
        hold = await self._open(subject)
        if hold is None:
            return
        notice = await self._notice(hold)
        if notice.votes:
            await self._reach(self._messenger.remind_of_hold, notice)

    async def server_of(self, hold_id: HoldId) -> GuildId:
        """The server whose votes are held.

        Raises:
            VotesDecided: if there is no such hold.
        """
        async with self._storage.read() as tx:
            hold = await tx.held_votes.get(hold_id)
        if hold is None:
            raise VotesDecided
        return hold.guild_id

    async def decide(self, hold_id: HoldId, state: HoldState, reviewer: Reviewer) -> HoldNotice:
        """Count or drop the votes of a hold, once, and say which those were.

        Raises:
            NoServerHere: in direct messages.
            ModeratorNeeded: if the member may not manage messages here.
            VotesDecided: if somebody has decided before.
            OwnVotesHeld: if the votes are for what is theirs, and others can decide.
        """
        by = reviewer.place
        guild_id = by.server
        if not by.manages_messages:
            raise ModeratorNeeded(ModeratorPermission.MANAGE_MESSAGES)
        now = self._clock.now()
        async with self._storage.write() as tx:
            if not await tx.held_votes.decide(hold_id, guild_id, state):
                raise VotesDecided
            others = reviewer.others_moderate(by.channel_id, by.user_id)
            check_decider(by.user_id, await self._interested(tx, hold_id), others_moderate=others)
            change = tx.held_votes.release if state is HoldState.COUNTED else tx.held_votes.drop
            votes = await change(hold_id)
            await write_down(
                tx, by, Act.VOTES_DECIDED, f"hold {hold_id}", now=now, detail=_detail(state, votes)
            )
            await tx.schedule.remove(WorkKind.VOTES_STILL_HELD, hold_id)
            await self._aftermath.note(tx, guild_id, votes, now=now)
            hold = await tx.held_votes.get(hold_id)
        await self._aftermath.show(votes)
        if hold is None:
            raise VotesDecided
        return replace(await self._notice(hold), votes=votes)

    async def _hold(self, vote: Vote, subject: Subject) -> Sequence[Vote]:
        """Let the votes count for nothing that make a burst, or join one that is held."""
        now = self._clock.now()
        since = now - BURST_WITHIN
        async with self._storage.read() as tx:
            joins = await tx.held_votes.open_on(vote.guild_id, subject) is not None
            found = await tx.held_votes.recent(vote.guild_id, subject, since=since)
        if not joins and not burst_among(found, now=now):
            return []
        new = Hold(id=HoldId(new_id()), guild_id=vote.guild_id, subject=subject, since=now)
        async with self._storage.write() as tx:
            # Its row is locked before any image, as `decide` does.
            hold = await tx.held_votes.begin(new)
            found = await tx.held_votes.hold_recent(vote.guild_id, subject, since=since)
            taken = burst_among(found, now=now) if hold.id == new.id else found
            nobody_asks = not hold.told and not await tx.held_votes.votes_in(hold.id)
            if taken:
                await tx.held_votes.take_in(hold.id, taken)
                await self._aftermath.note(tx, vote.guild_id, taken, now=now)
            if nobody_asks and taken:
                due_at = now + TOLD_AFTER
                await tx.schedule.put(ScheduledWork(WorkKind.VOTES_HELD, hold.id, due_at))
            elif hold.id == new.id:
                await tx.held_votes.forget(hold.id)
        return taken

    async def _open(self, subject: str) -> Hold | None:
        """The hold, if nobody has decided on it."""
        async with self._storage.read() as tx:
            hold = await tx.held_votes.get(HoldId(subject))
        return hold if hold is not None and hold.state is HoldState.OPEN else None

    async def _reach(self, way: _Way, notice: HoldNotice) -> None:
        """Where moderators' channel cannot be had, those who manage the server are told."""
        guild_id = notice.hold.guild_id
        async with self._storage.read() as tx:
            channel_id = await tx.reports.channel_of(guild_id)
        try:
            await way(channel_id, notice)
        except UndeliverableError as error:
            log.warning("moderators_not_reached", guild_id=guild_id, cause=str(error))
            await way(None, notice)

    async def _interested(self, tx: Transaction, hold_id: HoldId) -> frozenset[UserId]:
        """Who painted what the votes are for, and who wrote the style that they are for."""
        hold = await tx.held_votes.get(hold_id)
        makers = await tx.held_votes.makers_in(hold_id)
        if hold is None or hold.subject.kind is not SubjectKind.STYLE:
            return makers
        style = self._styles.by_key(hold.guild_id, hold.subject.key)
        return makers if style is None else makers | {style.author_id}

    async def _notice(self, hold: Hold) -> HoldNotice:
        async with self._storage.read() as tx:
            votes = await tx.held_votes.votes_in(hold.id)
            job = None
            if hold.subject.kind is SubjectKind.IMAGE:
                job = await tx.jobs.by_image(ImageId(hold.subject.key))
        style = None
        if hold.subject.kind is SubjectKind.STYLE:
            style = self._styles.name_of(hold.guild_id, hold.subject.key)
        return HoldNotice(hold, votes, style, job.shown if job is not None else None)


def _detail(state: HoldState, votes: Sequence[Vote]) -> str:
    return f"{state} votes={len(votes)}"
