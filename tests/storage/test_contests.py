"""Contests on both databases: one open in a server, one prize, and no vote counted twice."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.contests.contest import Approval, Contest, ContestId, Entry, Phase, Prize
from bot.domain.gate.policy import SafetySignals
from bot.domain.ids import ChannelId, GuildId, ImageId, MessageId, UserId
from bot.domain.jobs.job import ImageState, Job, MessageAddress
from bot.domain.jobs.schedule import WorkKind
from bot.domain.jobs.stored_picture import StoredPicture
from bot.media.picture_store import PictureStore
from bot.services.contests.entries import EntryRules
from bot.services.contests.ports import ContestNews
from bot.services.contests.steps import ContestSteps
from bot.services.ports import DeliveryDelayedError, UndeliverableError
from bot.services.quotas.limit_book import LimitBook
from bot.storage.database import Database
from tests.clock import FakeClock
from tests.services.house import make_limits
from tests.services.recording import MovablePolicies
from tests.storage.factories import MEMBER, SERVER, add_job, make_image

PICTURE = StoredPicture(sha256="00", content_type="image/webp", size_bytes=1)
SAFE = SafetySignals(blurred=False, content_violation=False)
HOUR = timedelta(hours=1)


@dataclass
class Channel:
    """The contest's channel, which may refuse."""

    told: list[ContestNews] = field(default_factory=list)
    removed: list[MessageAddress] = field(default_factory=list)
    refusal: Exception | None = None

    async def announce(self, news: ContestNews) -> MessageId:
        if self.refusal is not None:
            raise self.refusal
        self.told.append(news)
        return MessageId(len(self.told))

    async def remove(self, address: MessageAddress) -> None:
        self.removed.append(address)

    @property
    def phases(self) -> list[Phase]:
        return [news.contest.phase for news in self.told]


class EverywhereSafe:
    """Every channel has safe mode, and none is age-restricted."""

    def shows_safe_only(self, guild_id: GuildId, channel_id: ChannelId) -> bool:
        del guild_id, channel_id
        return True

    def is_age_restricted(self, guild_id: GuildId, channel_id: ChannelId) -> bool:
        del guild_id, channel_id
        return False

    def covers_pictures(self, guild_id: GuildId, channel_id: ChannelId) -> bool:
        del guild_id, channel_id
        return True


@dataclass
class Arena:
    """A contest with entries, and what moves it on."""

    database: Database
    clock: FakeClock
    channel: Channel
    limits: LimitBook
    pictures: PictureStore
    contest: Contest

    def steps(self) -> ContestSteps:
        """Another process, or the same after a restart."""
        return ContestSteps(
            storage=self.database,
            rules=EntryRules(EverywhereSafe()),
            policies=MovablePolicies(),
            pictures=self.pictures,
            limits=self.limits,
            messenger=self.channel,
            clock=self.clock,
            shuffle=lambda entries: entries.reverse(),
        )

    async def enter(self, member: int) -> Job:
        image = make_image(state=ImageState.DELIVERED, picture=PICTURE, signals=SAFE)
        job = await add_job(self.database, images=(image,))
        async with self.database.write() as tx:
            assert await tx.contests.add_entry(self.entry(image.id, member))
        return job

    def entry(self, image_id: ImageId, member: int) -> Entry:
        return Entry(
            contest_id=self.contest.id,
            image_id=image_id,
            user_id=UserId(member),
            origin=MessageAddress(channel_id=ChannelId(1), message_id=MessageId(member)),
            entered_at=self.clock.now(),
        )

    async def approve(self, job: Job, member: int) -> None:
        async with self.database.write() as tx:
            await tx.contests.approve(
                Approval(
                    contest_id=self.contest.id,
                    image_id=job.images[0].id,
                    user_id=UserId(member),
                    weight=1_000,
                )
            )

    async def now(self) -> Contest:
        async with self.database.read() as tx:
            found = await tx.contests.get(self.contest.id)
        assert found is not None
        return found

    async def entries(self) -> Sequence[Entry]:
        async with self.database.read() as tx:
            return await tx.contests.entries(self.contest.id)


@pytest.fixture
async def arena(database: Database, tmp_path: Path) -> Arena:
    clock = FakeClock()
    limits = LimitBook(database, make_limits(), clock)
    pictures = PictureStore(tmp_path / "pictures", limit_bytes=1_000_000)
    contest = Contest(
        id=ContestId("c0ffee"),
        guild_id=SERVER,
        channel_id=ChannelId(5),
        opened_by=MEMBER,
        theme="foxes ☃ “at night”",
        words=("fox", "naïve"),
        entries_of_member=3,
        prize=Prize(5, None, 7),
        opened_at=clock.now(),
        submit_until=clock.now() + HOUR,
        vote_until=clock.now() + 2 * HOUR,
    )
    async with database.write() as tx:
        assert await tx.contests.add(contest)
    return Arena(database, clock, Channel(), limits, pictures, contest)


async def voted(arena: Arena) -> tuple[Job, Job]:
    """Two entries, of members 1 and 2, and a vote for the first one."""
    first, second = await arena.enter(1), await arena.enter(2)
    arena.clock.move(3_600)
    await arena.steps().step(arena.contest.id)
    await arena.approve(first, 9)
    return first, second


async def test_a_contest_comes_back_as_it_was(arena: Arena) -> None:
    assert await arena.now() == arena.contest


async def test_a_server_has_one_open_contest(arena: Arena) -> None:
    other = replace(arena.contest, id=ContestId("beef"))
    async with arena.database.write() as tx:
        assert not await tx.contests.add(other)
        assert await tx.contests.add(replace(other, guild_id=GuildId(99)))
        assert await tx.contests.advance(
            arena.contest.id, to=Phase.CANCELLED, since={Phase.SUBMITTING}
        )
        assert not await tx.contests.advance(
            arena.contest.id, to=Phase.VOTING, since={Phase.SUBMITTING}
        )
        assert await tx.contests.open_in(SERVER) is None
        assert await tx.contests.add(replace(other, id=ContestId("cafe")))


async def test_a_vote_counts_once_and_goes_with_its_entry(arena: Arena) -> None:
    job = await arena.enter(1)
    image_id = job.images[0].id
    await arena.approve(job, 9)
    await arena.approve(job, 9)
    async with arena.database.write() as tx:
        assert not await tx.contests.add_entry(arena.entry(image_id, 1))
        assert len(await tx.contests.approvals(arena.contest.id)) == 1
        assert await tx.contests.approved_by(arena.contest.id, UserId(9)) == {image_id}
        assert await tx.contests.disapprove(arena.contest.id, image_id, UserId(9))
        assert not await tx.contests.disapprove(arena.contest.id, image_id, UserId(9))
    await arena.approve(job, 9)
    async with arena.database.write() as tx:
        assert not await tx.contests.has_messages([MessageId(77)])
        assert await tx.contests.has_messages([MessageId(1)])
        assert await tx.contests.drop_of_messages([MessageId(1), MessageId(77)]) == 1
        assert await tx.contests.approvals(arena.contest.id) == []
        assert await tx.contests.entries(arena.contest.id) == []


async def test_the_phases_follow_by_themselves_also_after_a_long_absence(arena: Arena) -> None:
    await arena.steps().step(arena.contest.id)
    await voted(arena)
    assert [entry.number for entry in await arena.entries()] == [1, 2]

    arena.clock.move(24 * 3_600)
    await arena.steps().step(arena.contest.id)
    await arena.steps().step(arena.contest.id)

    assert arena.channel.phases == [Phase.SUBMITTING, Phase.VOTING, Phase.CLOSED]
    assert [address.message_id for address in arena.channel.removed] == [1, 2]
    [winner] = arena.channel.told[-1].winners
    assert (winner.ranked.entry.user_id, winner.ranked.weight) == (1, 1_000)
    assert winner.picture is None
    assert [grant.target_id for grant in arena.limits.grants_of(SERVER)] == [1]


async def test_two_processes_that_close_at_once_give_one_prize(arena: Arena) -> None:
    await voted(arena)
    arena.clock.move(3_600)

    await asyncio.gather(*(arena.steps().step(arena.contest.id) for _ in range(3)))

    async with arena.database.read() as tx:
        grants = await tx.quotas.live_grants(arena.clock.now())
        acts = await tx.audit.latest(SERVER, act=None, limit=9)
    assert [(grant.target_id, grant.images) for grant in grants] == [(1, 5)]
    assert len(acts) == 1
    assert [entry.place for entry in await arena.entries()] == [2, 1]


@pytest.mark.parametrize("left_at", [Phase.VOTING, Phase.COUNTING, Phase.CLOSED])
async def test_a_crash_in_any_phase_is_made_good(arena: Arena, left_at: Phase) -> None:
    await voted(arena)
    arena.clock.move(3_600)
    if left_at is Phase.COUNTING:
        async with arena.database.write() as tx:
            await tx.contests.advance(arena.contest.id, to=left_at, since={Phase.VOTING})
    if left_at is Phase.CLOSED:
        arena.channel.refusal = DeliveryDelayedError("Discord is down")
        with pytest.raises(DeliveryDelayedError):
            await arena.steps().step(arena.contest.id)
        arena.channel.refusal = None

    await arena.steps().step(arena.contest.id)

    assert (await arena.now()).announced is Phase.CLOSED
    assert arena.channel.phases == [Phase.VOTING, Phase.CLOSED]
    async with arena.database.read() as tx:
        assert len(await tx.quotas.live_grants(arena.clock.now())) == 1


async def test_a_forbidden_channel_stops_nothing_and_is_tried_again(arena: Arena) -> None:
    arena.channel.refusal = UndeliverableError("Forbidden")
    await voted(arena)
    assert (await arena.now()).phase is Phase.VOTING
    arena.clock.move(3_600)
    await arena.steps().step(arena.contest.id)
    assert (await arena.now()).phase is Phase.CLOSED

    arena.channel.refusal = None
    arena.clock.move(15 * 60)
    async with arena.database.write() as tx:
        due = await tx.schedule.take_due(
            {WorkKind.CONTEST_STEP}, now=arena.clock.now(), until=arena.clock.now(), limit=5
        )
    assert [taken.work.subject for taken in due] == [arena.contest.id]
    await arena.steps().step(arena.contest.id)
    assert arena.channel.phases == [Phase.CLOSED]


async def test_deleted_entries_are_dropped_and_a_deleted_winner_is_told_by_name(
    arena: Arena,
) -> None:
    first, second = await voted(arena)
    await arena.approve(second, 8)
    await _wipe(arena.database, second)
    arena.clock.move(3_600)
    arena.channel.refusal = UndeliverableError("Forbidden")
    await arena.steps().step(arena.contest.id)
    await _wipe(arena.database, first)
    arena.channel.refusal = None
    await arena.steps().step(arena.contest.id)

    [winner] = arena.channel.told[-1].winners
    assert winner.ranked.entry.user_id == 1
    assert winner.picture is None
    assert len(arena.channel.told[-1].ranked) == 1


async def test_one_entry_is_too_few(arena: Arena) -> None:
    await arena.enter(1)
    arena.clock.move(3_600)
    await arena.steps().step(arena.contest.id)

    assert (await arena.now()).phase is Phase.TOO_FEW
    assert arena.channel.phases == [Phase.TOO_FEW]


async def _wipe(database: Database, job: Job) -> None:
    async with database.write() as tx:
        await tx.jobs.save_wiped(job.wiped(job.created_at))
