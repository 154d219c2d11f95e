"""Moving contests on: from entries to votes, from votes to results, each once.

A step first changes the contest in a transaction, under a condition that only one caller meets;
then the channel is told, and it is written that it was. A crash in between leaves a phase that is
not announced, which the next run of the same step makes good.
"""

import asyncio
from collections.abc import Callable, MutableSequence, Sequence
from datetime import datetime, timedelta
from typing import Any

import structlog

from bot.domain.contests.contest import FEWEST_ENTRIES, Contest, ContestId, Phase
from bot.domain.contests.rules import Ranked, as_closed, ranking, winners
from bot.domain.ids import GrantId
from bot.domain.jobs.schedule import ScheduledWork, WorkKind
from bot.domain.quotas.grants import Grant, GrantTarget
from bot.services.contests.entries import EntryRules, ShownEntry
from bot.services.contests.ports import ContestMessenger, ContestNews, Winner
from bot.services.ports import Clock, PictureStore, Policies, ShownImage, UndeliverableError
from bot.services.quotas.audit import Manager, note_grant_given
from bot.services.quotas.limit_book import LimitBook
from bot.services.storage_ports import Storage, Transaction

log = structlog.get_logger(__name__)

TRY_AGAIN_IN = timedelta(minutes=15)
"""After Discord said that the bot may not post in the contest's channel."""

GIVEN_UP_AFTER = timedelta(days=2)
"""Results that nobody could be told for that long are told by `/contest show` alone."""

Shuffle = Callable[[MutableSequence[Any]], None]


class _ClosedMeanwhileError(Exception):
    """Somebody else has closed the contest."""


class ContestSteps:
    """Brings contests on when their time has come, or when a manager says so."""

    def __init__(
        self,
        *,
        storage: Storage,
        rules: EntryRules,
        policies: Policies,
        pictures: PictureStore,
        limits: LimitBook,
        messenger: ContestMessenger,
        clock: Clock,
        shuffle: Shuffle,
    ) -> None:
        self._storage = storage
        self._rules = rules
        self._policies = policies
        self._pictures = pictures
        self._limits = limits
        self._messenger = messenger
        self._clock = clock
        self._shuffle = shuffle
        # The scheduler and whoever opens or closes a contest tell its channel once.
        self._stepping = asyncio.Lock()

    async def step(self, subject: str) -> None:
        """Do what is due in a contest by its id, and tell its channel of it.

        Raises:
            DeliveryDelayedError: if Discord cannot be reached; it is to be tried again.
        """
        await self._policies.until_known()
        async with self._stepping:
            await self._step(ContestId(subject))

    async def news(self, contest: Contest) -> ContestNews:
        """What there is to tell of a contest now."""
        async with self._storage.read() as tx:
            entries = await tx.contests.entries(contest.id)
            shown = await self._rules.showable_of(tx, contest, entries)
        if contest.phase is not Phase.CLOSED:
            return ContestNews(contest, len(shown))
        ranked = as_closed(entries)
        by_image = {each.entry.image_id: each for each in shown}
        won = [
            await self._winner(contest, each, by_image.get(each.entry.image_id))
            for each in winners(ranked)
        ]
        return ContestNews(contest, len(entries), ranked, tuple(won))

    async def _step(self, contest_id: ContestId) -> None:
        contest, now = await self._get(contest_id), self._clock.now()
        if contest is None:
            return
        if contest.phase is Phase.SUBMITTING and now >= contest.submit_until:
            await self._start_voting(contest)
        elif contest.phase is Phase.VOTING and now >= contest.vote_until:
            await self._start_counting(contest)
        contest = await self._get(contest_id)
        if contest is not None and contest.phase is Phase.COUNTING:
            await self._close(contest)
        await self._tell(contest_id)

    async def _get(self, contest_id: ContestId) -> Contest | None:
        async with self._storage.read() as tx:
            return await tx.contests.get(contest_id)

    async def _start_voting(self, contest: Contest) -> None:
        """Draw the entries' numbers by lot, or end the contest where there are too few.

        Members have their full time to vote, also where this comes late.
        """
        async with self._storage.write() as tx:
            held = await tx.contests.hold(contest.id)
            if held is None or held.phase is not Phase.SUBMITTING:
                return
            entries = [each.entry.image_id for each in await self._rules.showable(tx, held)]
            if len(entries) < FEWEST_ENTRIES:
                await tx.contests.advance(contest.id, to=Phase.TOO_FEW, since={Phase.SUBMITTING})
                return
            self._shuffle(entries)
            numbers = {image_id: number for number, image_id in enumerate(entries, start=1)}
            await tx.contests.set_numbers(contest.id, numbers)
            await tx.contests.advance(contest.id, to=Phase.VOTING, since={Phase.SUBMITTING})
            vote_until = self._clock.now() + (held.vote_until - held.submit_until)
            await tx.contests.set_times(
                contest.id, submit_until=held.submit_until, vote_until=vote_until
            )
        log.info("contest_voting", contest_id=contest.id, entries=len(entries))

    async def _start_counting(self, contest: Contest) -> None:
        async with self._storage.write() as tx:
            await tx.contests.hold(contest.id)
            await tx.contests.advance(contest.id, to=Phase.COUNTING, since={Phase.VOTING})

    async def _close(self, contest: Contest) -> None:
        """Write the places and give the prizes, in one transaction that only one caller ends."""
        async with self._storage.read() as tx:
            ranked = await self._ranked(tx, contest)

        async def close(tx: Transaction) -> None:
            closed = await tx.contests.advance(contest.id, to=Phase.CLOSED, since={Phase.COUNTING})
            if not closed:
                raise _ClosedMeanwhileError
            await tx.contests.set_places(contest.id, ranked)
            by = Manager(contest.opened_by, contest.guild_id)
            for grant in grants:
                await note_grant_given(tx, by, grant, self._clock.now())

        grants = self._grants(contest, winners(ranked))
        try:
            await self._limits.add_grants(grants, also=close)
        except _ClosedMeanwhileError:
            return
        log.info("contest_closed", contest_id=contest.id, prizes=len(grants))

    async def _ranked(self, tx: Transaction, contest: Contest) -> tuple[Ranked, ...]:
        shown = await self._rules.showable(tx, contest)
        return ranking((each.entry for each in shown), await tx.contests.approvals(contest.id))

    def _grants(self, contest: Contest, won: Sequence[Ranked]) -> tuple[Grant, ...]:
        """A prize for each winner; who shares the first place with themselves gets one."""
        prize, now = contest.prize, self._clock.now()
        if prize is None:
            return ()
        return tuple(
            Grant(
                id=GrantId(f"{contest.id}-{number}"),
                guild_id=contest.guild_id,
                target=GrantTarget.MEMBER,
                target_id=user_id,
                images=prize.images,
                usd_micros=prize.usd_micros,
                reason=contest.theme,
                created_at=now,
                expires_at=now + timedelta(days=prize.days),
            )
            for number, user_id in enumerate(dict.fromkeys(each.entry.user_id for each in won))
        )

    async def _tell(self, contest_id: ContestId) -> None:
        """Tell the channel of the phase that it does not know yet, and plan the next one."""
        contest = await self._get(contest_id)
        if contest is None:
            return
        if contest.announced is contest.phase:
            await self._plan(contest)
            return
        former = contest.message
        try:
            message_id = await self._messenger.announce(await self.news(contest))
        except UndeliverableError as error:
            await self._put_off(contest, error)
            return
        # Before it is written that the phase was told: a crash in between leaves both to be done
        # again, and Discord knows the announcement by its nonce.
        if former is not None and former.message_id != message_id:
            await self._messenger.remove(former)
        async with self._storage.write() as tx:
            await tx.contests.set_message(contest_id, message_id, contest.phase)
        await self._plan(contest)

    async def _plan(self, contest: Contest) -> None:
        due_at = _ends_at(contest)
        if due_at is not None:
            async with self._storage.write() as tx:
                await tx.schedule.put(ScheduledWork(WorkKind.CONTEST_STEP, contest.id, due_at))

    async def _put_off(self, contest: Contest, error: UndeliverableError) -> None:
        """Try again later; the phases go on by themselves meanwhile."""
        log.warning("contest_not_told", contest_id=contest.id, cause=str(error))
        now = self._clock.now()
        if now > contest.vote_until + GIVEN_UP_AFTER:
            return
        due_at = min(now + TRY_AGAIN_IN, _ends_at(contest) or now + TRY_AGAIN_IN)
        async with self._storage.write() as tx:
            await tx.schedule.put(ScheduledWork(WorkKind.CONTEST_STEP, contest.id, due_at))

    async def _winner(self, contest: Contest, ranked: Ranked, shown: ShownEntry | None) -> Winner:
        if shown is None:
            return Winner(ranked, None, None)
        picture = shown.image.picture
        if picture is None or not await self._pictures.has(picture):
            return Winner(ranked, shown.job, None)
        path = self._pictures.path_of(picture)
        covered = self._rules.covers_pictures(contest)
        return Winner(ranked, shown.job, ShownImage(shown.image, path, covered=covered))


def _ends_at(contest: Contest) -> datetime | None:
    """When the present phase ends by itself."""
    match contest.phase:
        case Phase.SUBMITTING:
            return contest.submit_until
        case Phase.VOTING:
            return contest.vote_until
        case _:
            return None
