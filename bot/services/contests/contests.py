"""Opening contests, ending them early, and saying how they stand."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import structlog

from bot.domain.contests.contest import OPEN_PHASES, Contest, ContestId, Phase, Prize
from bot.domain.contests.errors import ContestRunning, NoContest, VotingOver
from bot.domain.contests.rules import clean_theme, required_words
from bot.domain.errors import ManageServerNeeded
from bot.domain.ids import ChannelId, GuildId
from bot.domain.jobs.schedule import ScheduledWork, WorkKind
from bot.domain.moderation.audit import Act
from bot.domain.quotas.input import grant_days, granted
from bot.domain.voting.taking_part import Doing
from bot.services.asking.plans import Place
from bot.services.conduct.barring import check_free
from bot.services.contests.entries import ContestEntries, ShownEntry
from bot.services.contests.ports import ContestNews
from bot.services.contests.steps import ContestSteps
from bot.services.contests.voting import ContestVoting
from bot.services.gate.words import check_words
from bot.services.moderation.auditing import write_down
from bot.services.ports import Clock, Policies
from bot.services.storage_ports import Storage, Transaction
from bot.services.styles.ports import TakingPart

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Organiser:
    """Who acts, and whether they may manage the server."""

    place: Place
    manages_server: bool

    @property
    def server(self) -> GuildId:
        """The server that they are in.

        Raises:
            NoServerHere: in direct messages.
        """
        return self.place.server

    @property
    def guild_id(self) -> GuildId:
        """The server that they may organise contests in.

        Raises:
            NoServerHere: in direct messages.
            ManageServerNeeded: if they may not.
        """
        guild_id = self.server
        if not self.manages_server:
            raise ManageServerNeeded
        return guild_id


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedContest:
    """A contest as an organiser typed it."""

    theme: str
    words: str | None
    submit_hours: int
    vote_hours: int
    entries: int
    prize_images: str | None
    prize_dollars: str | None
    prize_days: int


@dataclass(frozen=True, slots=True)
class Standing:
    """How a contest stands, and which entries of it are a member's own."""

    news: ContestNews
    own: tuple[ShownEntry, ...]


class ContestService:
    """A server's contests. Who may open one the server says; who may manage it ends them."""

    def __init__(
        self,
        *,
        storage: Storage,
        steps: ContestSteps,
        entries: ContestEntries,
        voting: ContestVoting,
        policies: Policies,
        taking_part: TakingPart,
        clock: Clock,
        draw_id: Callable[[], str],
    ) -> None:
        self._policies = policies
        self._taking_part = taking_part
        self.steps = steps
        self.entries = entries
        self.voting = voting
        self._storage = storage
        self._clock = clock
        self._draw_id = draw_id

    def checked(self, typed: TypedContest, by: Organiser, channel_id: ChannelId) -> Contest:
        """The contest that was asked for, from memory alone; nothing is opened yet.

        One with a prize is for who may give grants, and so is one in another channel than the
        member is in: the bot would write there for somebody who perhaps may not.

        Raises:
            NotAmongThem: if the server lets others open contests.
            ManageServerNeeded: if that is needed, and the member lacks it.
            ContestError: if the theme or the words are wrong.
            RefusedByRule: if they hold what is blocked there.
            ActionDenied: if the member is blocked or paused.
            QuotaInputError: if the prize is wrong.
        """
        place = by.place
        check_free(self._policies, place.user_id, place.guild_id, place.channel_id)
        self._taking_part.check(Doing.OPEN_CONTESTS, by.server, place.participant)
        theme, words, prize = clean_theme(typed.theme), required_words(typed.words), _prize(typed)
        for_managers = prize is not None or channel_id != place.channel_id
        guild_id = by.guild_id if for_managers else by.server
        check_words(" ".join((theme, *words)), self._policies.of_place(guild_id, channel_id))
        now = self._clock.now()
        submit_until = now + timedelta(hours=typed.submit_hours)
        return Contest(
            id=ContestId(self._draw_id()),
            guild_id=guild_id,
            channel_id=channel_id,
            opened_by=by.place.user_id,
            theme=theme,
            words=words,
            entries_of_member=typed.entries,
            prize=prize,
            opened_at=now,
            submit_until=submit_until,
            vote_until=submit_until + timedelta(hours=typed.vote_hours),
        )

    async def open(self, contest: Contest, by: Organiser) -> None:
        """Open a contest that was checked, and tell its channel.

        Raises:
            ContestRunning: if the server has one.
        """
        async with self._storage.write() as tx:
            if not await tx.contests.add(contest):
                raise ContestRunning
            await self._note(tx, by, Act.CONTEST_OPENED, contest)
            await tx.schedule.put(
                ScheduledWork(WorkKind.CONTEST_STEP, contest.id, contest.opened_at)
            )
        log.info("contest_opened", contest_id=contest.id, guild_id=contest.guild_id)
        await self._tell_now(contest.id)

    async def standing(self, place: Place) -> Standing:
        """How the open contest stands for a member, or else how the last one ended.

        Raises:
            NoContest: if there never was one here.
        """
        guild_id = place.server
        async with self._storage.read() as tx:
            contest = await tx.contests.latest_in(guild_id)
            if contest is None:
                raise NoContest
        own = await self.entries.own(guild_id, place.user_id)
        return Standing(await self.steps.news(contest), tuple(own))

    async def close(self, by: Organiser) -> Phase:
        """End the present phase now: entries, or votes; the phase that follows.

        Raises:
            NoContest: if there is no open contest.
            VotingOver: if it is counted already.
        """
        now, guild_id = self._clock.now(), by.guild_id
        async with self._storage.write() as tx:
            contest = await self._held(tx, guild_id)
            if contest.phase is Phase.SUBMITTING:
                lasts = contest.vote_until - contest.submit_until
                submit_until, vote_until = now, now + lasts
            elif contest.phase is Phase.VOTING:
                submit_until, vote_until = contest.submit_until, now
            else:
                raise VotingOver
            await tx.contests.set_times(
                contest.id, submit_until=submit_until, vote_until=vote_until
            )
            await self._note(tx, by, Act.CONTEST_STEPPED, contest)
            await tx.schedule.put(ScheduledWork(WorkKind.CONTEST_STEP, contest.id, now))
        await self._tell_now(contest.id)
        async with self._storage.read() as tx:
            after = await tx.contests.get(contest.id)
        return contest.phase if after is None else after.phase

    async def cancel(self, by: Organiser) -> None:
        """End the open contest without winners.

        Raises:
            NoContest: if there is no open contest.
            VotingOver: if it is counted already.
        """
        guild_id = by.guild_id
        async with self._storage.write() as tx:
            contest = await self._held(tx, guild_id)
            cancelled = await tx.contests.advance(
                contest.id, to=Phase.CANCELLED, since=OPEN_PHASES - {Phase.COUNTING}
            )
            if not cancelled:
                raise VotingOver
            await self._note(tx, by, Act.CONTEST_CANCELLED, contest)
            now = self._clock.now()
            await tx.schedule.put(ScheduledWork(WorkKind.CONTEST_STEP, contest.id, now))
        log.info("contest_cancelled", contest_id=contest.id)
        await self._tell_now(contest.id)

    async def _held(self, tx: Transaction, guild_id: GuildId) -> Contest:
        contest = await tx.contests.open_in(guild_id)
        held = await tx.contests.hold(contest.id) if contest is not None else None
        if held is None or not held.is_open:
            raise NoContest
        return held

    async def _note(self, tx: Transaction, by: Organiser, act: Act, contest: Contest) -> None:
        subject = f"contest {contest.id}"
        await write_down(tx, by.place, act, subject, now=self._clock.now(), detail=contest.theme)

    async def _tell_now(self, contest_id: ContestId) -> None:
        """Not to wait for the scheduler, which does the same in a moment if this fails."""
        try:
            await self.steps.step(contest_id)
        except Exception:
            log.exception("contest_not_stepped", contest_id=contest_id)


def _prize(typed: TypedContest) -> Prize | None:
    if not typed.prize_images and not typed.prize_dollars:
        return None
    images, usd_micros = granted(typed.prize_images, typed.prize_dollars)
    return Prize(images, usd_micros, grant_days(typed.prize_days))
