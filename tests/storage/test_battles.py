"""Battles in the database: votes, ends, and what they leave for the ratings."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.domain.asking.any_recipe import is_blind
from bot.domain.battles.battle import (
    Battle,
    BattleSide,
    BattleState,
    BattleVote,
    CallOff,
    Count,
    Side,
)
from bot.domain.battles.errors import BattleNotOpen, BattleOver, NotYourBattle, OwnBattle
from bot.domain.battles.rating import Evidence, folded, rated
from bot.domain.errors import ActionDenied
from bot.domain.gate.permissions import Actor
from bot.domain.gate.policy import SafetySignals
from bot.domain.ids import BattleId, ChannelId, MessageId, UserId
from bot.domain.jobs.job import ImageState, Job, JobState, MessageAddress
from bot.domain.jobs.schedule import WorkKind
from bot.domain.jobs.stored_picture import StoredPicture
from bot.media.picture_store import PictureStore
from bot.services.battles.door import BattleDoor
from bot.services.battles.ending import BattleEnding
from bot.services.battles.ports import BattleEnd
from bot.services.battles.votes import BattleVoteService
from bot.services.ports import (
    DeliveryDelayedError,
    JobResult,
    ProgressReport,
    ShownImage,
    UndeliverableError,
)
from bot.services.styles.book import StyleBook
from bot.services.votes.board import VoteBoard
from bot.services.votes.taking_part import TakingPartBook
from bot.services.votes.voter import Voter
from bot.storage.database import Database
from tests.clock import FakeClock
from tests.paintings import blocking
from tests.services.recording import MovablePolicies
from tests.storage.factories import MEMBER, SERVER, add_job, claim, make_request

THIS = BattleId("1")
CHANNEL = ChannelId(500_000_000_000_000_001)
MESSAGE = MessageAddress(channel_id=CHANNEL, message_id=MessageId(9))
STARTER = MEMBER
BOB, CAROL, DARIO = UserId(11), UserId(12), UserId(13)
START = FakeClock().now()
PICTURE = StoredPicture(sha256="a" * 64, content_type="image/webp", size_bytes=10)


@dataclass
class RecordingBattles:
    """Keeps what was shown of battles; `failures_to_come` are tries that do not get through."""

    failures_to_come: int = 0
    reachable: bool = True
    opened: list[Battle] = field(default_factory=list)
    counts: list[int] = field(default_factory=list)
    ends: list[BattleEnd] = field(default_factory=list)
    called_off: list[Battle] = field(default_factory=list)

    async def show_open(
        self, battle: Battle, pictures: Mapping[Side, ShownImage], *, file_owner: Job
    ) -> MessageAddress:
        del file_owner
        self._fail()
        if not self.reachable:
            raise UndeliverableError("the channel is gone")
        assert [pictures[side].image.seed for side in Side] == [0, 0]
        self.opened.append(battle)
        return MESSAGE

    async def show_votes(self, battle: Battle, votes: int) -> None:
        del battle
        self.counts.append(votes)

    async def show_end(self, end: BattleEnd) -> None:
        self._fail()
        self.ends.append(end)

    async def show_called_off(self, battle: Battle) -> None:
        self._fail()
        self.called_off.append(battle)

    def _fail(self) -> None:
        if self.failures_to_come:
            self.failures_to_come -= 1
            raise DeliveryDelayedError("Discord is down")


@dataclass
class RecordingResults:
    """Keeps the ordinary results."""

    shown: list[JobResult] = field(default_factory=list)

    async def show_progress(self, report: ProgressReport) -> MessageAddress | None:
        del report
        return None

    async def tell_ready(self, job: Job) -> None:
        del job

    async def show_result(self, result: JobResult) -> MessageAddress:
        self.shown.append(result)
        return MessageAddress(channel_id=CHANNEL, message_id=MessageId(100 + len(self.shown)))

    async def show_released(self, result: JobResult) -> MessageAddress:
        return await self.show_result(result)

    async def amend_result(self, result: JobResult) -> None:
        del result

    async def take_down(self, address: MessageAddress) -> None:
        del address


@dataclass
class Arena:
    """Battles on a database, with messengers that a test directs."""

    database: Database
    clock: FakeClock
    battles: RecordingBattles
    results: RecordingResults
    pictures: PictureStore
    ending: BattleEnding
    door: BattleDoor
    votes: BattleVoteService
    board: VoteBoard
    policies: MovablePolicies

    async def battle(self, battle_id: BattleId = THIS) -> Battle:
        async with self.database.read() as tx:
            found = await tx.battles.get(battle_id)
        assert found is not None
        return found

    async def job(self, job: Job) -> Job:
        async with self.database.read() as tx:
            found = await tx.jobs.get(job.id)
        assert found is not None
        return found

    async def vote(self, user_id: UserId, side: Side, *, age_days: int = 400) -> None:
        since = self.clock.now() - timedelta(days=age_days)
        actor = Actor(user_id=user_id, guild_id=SERVER, channel_id=CHANNEL)
        await self.votes.vote(THIS, Voter(actor, since, since), side)

    async def scheduled(self) -> datetime | None:
        """When the battle is looked after next."""
        async with self.database.write() as tx:
            found = await tx.schedule.take_due(
                [WorkKind.BATTLE_CLOSES],
                now=self.clock.now() + timedelta(days=30),
                until=self.clock.now(),
                limit=1,
            )
        return found[0].work.due_at if found else None


@pytest.fixture
async def arena(database: Database, tmp_path: Path) -> Arena:
    clock, battles, results = FakeClock(), RecordingBattles(), RecordingResults()
    pictures = PictureStore(tmp_path / "images", limit_bytes=1_000_000)
    ending = BattleEnding(
        storage=database,
        messenger=battles,
        results=results,
        pictures=pictures,
        policies=MovablePolicies(),
        styles=StyleBook(database),
        clock=clock,
    )
    door = BattleDoor(
        storage=database,
        messenger=battles,
        results=results,
        ending=ending,
        pictures=pictures,
        policies=MovablePolicies(),
        clock=clock,
    )
    board = VoteBoard(storage=database, messenger=NoVotes(), clock=clock)
    votes = BattleVoteService(
        storage=database,
        clock=clock,
        board=board,
        ending=ending,
        messenger=battles,
        policies=(policies := MovablePolicies()),
        taking_part=TakingPartBook(database),
    )
    return Arena(database, clock, battles, results, pictures, ending, door, votes, board, policies)


class NoVotes:
    """There are no votes on pictures here."""

    async def show_counts(self, address: object, counts: object) -> None:
        raise AssertionError((address, counts))


def make_battle(**overrides: object) -> Battle:
    battle = Battle(
        id=THIS,
        guild_id=SERVER,
        channel_id=CHANNEL,
        starter_id=STARTER,
        locale="en-GB",
        prompt="a red fox",
        style_a="preset:Noir",
        style_b="preset:Pastel",
        minutes=60,
        votes_wanted=None,
        created_at=START,
        state=BattleState.PAINTING,
        shown=MESSAGE,
    )
    return replace(battle, **overrides)  # type: ignore[arg-type] # fields by name


async def put(arena: Arena, battle: Battle) -> tuple[Job, Job]:
    """A battle and the jobs of its two pictures, which wait to be painted."""
    jobs = [
        await add_job(
            arena.database,
            request=make_request(private=True, battle=battle.id),
            reply=None,
        )
        for _ in Side
    ]
    async with arena.database.write() as tx:
        await tx.battles.add(battle)
        sides = [BattleSide(side, job.id) for side, job in zip(Side, jobs, strict=True)]
        await tx.battles.add_sides(battle.id, sides)
    return jobs[0], jobs[1]


async def delivered(arena: Arena, *, signals: SafetySignals | None = None) -> Job:
    """A worker paints the next job and shows its result, as delivery does."""
    job = await claim(arena.database, now=arena.clock.now())
    assert job is not None
    [image] = job.images
    painted = replace(
        image,
        state=ImageState.STORED,
        picture=PICTURE,
        signals=signals or SafetySignals(blurred=False, content_violation=False),
    )
    shown = (ShownImage(painted, arena.pictures.path_of(PICTURE)),)
    return await _closed(arena, job.with_image(painted), shown)


async def failed(arena: Arena) -> Job:
    job = await claim(arena.database, now=arena.clock.now())
    assert job is not None
    return await _closed(arena, job, ())


async def _closed(arena: Arena, job: Job, shown: tuple[ShownImage, ...]) -> Job:
    result = JobResult(job=job, shown=shown, failed=(), cost_usd_micros=None, took_s=1.0)
    address = await arena.door.show_result(result)
    state = ImageState.DELIVERED if shown else ImageState.FAILED
    async with arena.database.write() as tx:
        await tx.jobs.set_shown(job.id, address, fence=job.fence)
        for image in job.images:
            await tx.jobs.save_image(job.id, replace(image, state=state), fence=job.fence)
        outcome = JobState.DONE if shown else JobState.FAILED
        await tx.jobs.set_state(job.id, outcome, fence=job.fence, now=arena.clock.now())
    return job


async def opened(arena: Arena, **overrides: object) -> tuple[Job, Job]:
    jobs = await put(arena, make_battle(**overrides))
    await delivered(arena)
    assert arena.battles.opened == []
    await delivered(arena)
    return jobs


async def test_it_opens_when_both_pictures_are_there_and_not_before(arena: Arena) -> None:
    jobs = await put(arena, make_battle())
    with pytest.raises(BattleNotOpen):
        await arena.vote(BOB, Side.A)
    await delivered(arena)
    with pytest.raises(BattleNotOpen):
        await arena.vote(BOB, Side.A)
    await delivered(arena)

    battle = await arena.battle()
    assert battle.state is BattleState.OPEN
    assert battle.closes_at == arena.clock.now() + timedelta(hours=1)
    assert await arena.scheduled() == battle.closes_at
    assert all([is_blind((await arena.job(job)).request) for job in jobs])
    assert arena.results.shown == []


async def test_it_opens_once_also_if_its_message_did_not_get_through_at_first(
    arena: Arena,
) -> None:
    await put(arena, make_battle())
    await delivered(arena)
    arena.battles.failures_to_come = 1
    with pytest.raises(DeliveryDelayedError):
        await delivered(arena)
    assert (await arena.battle()).state is BattleState.PAINTING
    arena.clock.move(3_600)
    await delivered(arena)

    battle = await arena.battle()
    assert battle.closes_at == arena.clock.now() + timedelta(hours=1)


async def test_a_blocked_member_has_no_vote(arena: Arena) -> None:
    await opened(arena)
    arena.policies.policy = blocking(BOB, at=arena.clock.now())

    with pytest.raises(ActionDenied):
        await arena.vote(BOB, Side.A)
    await arena.vote(CAROL, Side.A)

    async with arena.database.read() as tx:
        assert [vote.user_id for vote in await tx.battles.votes(THIS)] == [CAROL]


async def test_votes_are_changed_until_the_end_and_then_refused(arena: Arena) -> None:
    await opened(arena)
    for user_id, side in ((BOB, Side.A), (CAROL, Side.A), (BOB, Side.B), (BOB, Side.B)):
        await arena.vote(user_id, side)
    await arena.vote(DARIO, Side.B, age_days=1)
    with pytest.raises(OwnBattle):
        await arena.vote(STARTER, Side.A)
    await arena.board.show_all()
    assert arena.battles.counts == [2]

    arena.clock.move(3_600)
    with pytest.raises(BattleOver):
        await arena.vote(BOB, Side.A)
    await arena.ending.look_after("1")
    with pytest.raises(BattleOver):
        await arena.vote(BOB, Side.A)

    battle = await arena.battle()
    assert battle.count == Count(1, 1, 1_000, 1_000)
    async with arena.database.read() as tx:
        assert list(await tx.battles.votes(THIS)) == []


async def test_two_closings_at_once_are_one(arena: Arena) -> None:
    jobs = await opened(arena)
    await arena.vote(BOB, Side.A)
    await asyncio.gather(*(arena.ending.close(THIS) for _ in range(3)))

    battle = await arena.battle()
    assert battle.state is BattleState.CLOSED
    assert battle.count == Count(1, 0, 1_000, 0)
    assert not battle.prompt
    async with arena.database.read() as tx:
        evidence = await tx.battles.evidence(SERVER)
        assert await tx.battles.battles_by_style(SERVER) == {"preset:Noir": 1, "preset:Pastel": 1}
    assert evidence == [Evidence("preset:Noir", "preset:Pastel", 1_000, 0)]
    assert not any([(await arena.job(job)).request.private for job in jobs])
    assert await arena.scheduled() is None


async def test_an_end_that_could_not_be_told_is_told_later_with_the_same_numbers(
    arena: Arena,
) -> None:
    await opened(arena)
    await arena.vote(BOB, Side.B)
    arena.battles.failures_to_come = 1
    with pytest.raises(DeliveryDelayedError):
        await arena.ending.close(THIS)
    assert await arena.scheduled() is not None
    await arena.ending.look_after("1")
    await arena.ending.look_after("1")

    [end] = arena.battles.ends
    assert [each.style for each in end.contenders] == ["Noir", "Pastel"]
    loser, winner = (each.shift for each in end.contenders)
    assert loser.before == winner.before
    assert winner.after.value == pytest.approx(-loser.after.value)
    assert winner.after.value > 0


async def test_ratings_before_a_battle_are_those_of_the_battles_closed_before(
    arena: Arena,
) -> None:
    for number, count in ((2, Count(9, 0, 9_000, 0)), (3, Count(0, 9, 0, 9_000))):
        at = START + timedelta(minutes=number)
        other = make_battle(
            id=BattleId(f"{number}"), state=BattleState.CLOSED, closed_at=at, count=count
        )
        async with arena.database.write() as tx:
            await tx.battles.add(other)
    second = await arena.battle(BattleId("3"))
    async with arena.database.read() as tx:
        before = await tx.battles.evidence(SERVER, before=second)
        everything = await tx.battles.evidence(SERVER)

    assert rated(folded(before)).by_player["preset:Noir"].value > 0
    assert rated(folded(everything)).by_player["preset:Noir"].value == pytest.approx(0)


async def test_enough_votes_close_it_and_those_that_weigh_nothing_are_not_among_them(
    arena: Arena,
) -> None:
    await opened(arena, votes_wanted=2)
    await arena.vote(BOB, Side.A)
    await arena.vote(CAROL, Side.A, age_days=1)
    assert (await arena.battle()).state is BattleState.OPEN
    await arena.vote(DARIO, Side.A)
    assert (await arena.battle()).state is BattleState.CLOSED


async def test_a_blurred_picture_calls_it_off_and_both_are_shown_as_they_are(
    arena: Arena,
) -> None:
    first, second = await put(arena, make_battle())
    await delivered(arena)
    await delivered(arena, signals=SafetySignals(blurred=True, content_violation=False))
    await arena.ending.look_after("1")

    battle = await arena.battle()
    assert battle.call_off is CallOff.BLURRED
    assert {result.job.id for result in arena.results.shown} == {first.id, second.id}
    assert not any(result.job.request.private for result in arena.results.shown)
    await arena.ending.look_after("1")
    assert len(arena.results.shown) == 2


async def test_what_was_not_sent_is_not_painted_once_the_other_has_failed(arena: Arena) -> None:
    _, second = await put(arena, make_battle())
    await failed(arena)

    assert (await arena.battle()).call_off is CallOff.NOT_PAINTED
    async with arena.database.write() as tx:
        assert not await tx.jobs.request_cancel(second.id, now=START), "it was asked before"
    assert len(arena.battles.called_off) == 1


async def test_a_picture_that_ended_without_a_word_is_noticed(arena: Arena) -> None:
    await put(arena, make_battle())
    await arena.ending.look_after("1")
    assert (await arena.battle()).state is BattleState.PAINTING
    job = await claim(arena.database, now=arena.clock.now())
    assert job is not None
    async with arena.database.write() as tx:
        await tx.jobs.set_state(job.id, JobState.CANCELLED, fence=job.fence, now=START)
    await arena.ending.look_after("1")

    assert (await arena.battle()).call_off is CallOff.NOT_PAINTED


async def test_a_picture_held_for_a_moderator_keeps_the_battle_waiting(arena: Arena) -> None:
    await put(arena, make_battle())
    job = await claim(arena.database, now=arena.clock.now())
    assert job is not None
    async with arena.database.write() as tx:
        await tx.jobs.set_state(job.id, JobState.HELD, fence=job.fence, now=START)
    await arena.ending.look_after("1")

    assert (await arena.battle()).state is BattleState.PAINTING
    assert await arena.scheduled() == arena.clock.now() + timedelta(minutes=10)


async def test_a_deleted_picture_leaves_nothing_to_count(arena: Arena) -> None:
    first, _ = await opened(arena)
    await arena.vote(BOB, Side.A)
    async with arena.database.write() as tx:
        await tx.jobs.save_wiped((await arena.job(first)).wiped(START))
    await arena.ending.close(THIS)

    assert (await arena.battle()).call_off is CallOff.DELETED
    async with arena.database.read() as tx:
        assert await tx.battles.evidence(SERVER) == []
    assert (await arena.job(first)).deleted_at is not None


async def test_a_battle_that_cannot_be_shown_comes_to_nothing(arena: Arena) -> None:
    await put(arena, make_battle())
    await delivered(arena)
    arena.battles.reachable = False
    with pytest.raises(UndeliverableError):
        await delivered(arena)

    assert (await arena.battle()).call_off is CallOff.UNREACHABLE


async def test_a_moderators_word_is_for_their_channel(arena: Arena) -> None:
    await opened(arena)
    elsewhere = Actor(user_id=BOB, guild_id=SERVER, channel_id=ChannelId(1), manages_messages=True)
    with pytest.raises(NotYourBattle):
        await arena.votes.stop(THIS, elsewhere)
    await arena.votes.stop(THIS, replace(elsewhere, channel_id=CHANNEL))

    assert (await arena.battle()).call_off is CallOff.REMOVED
    with pytest.raises(BattleOver):
        await arena.votes.stop(THIS, replace(elsewhere, channel_id=CHANNEL))


async def test_a_battle_is_read_as_it_was_written(arena: Arena) -> None:
    battle = make_battle(call_off=CallOff.STOPPED, closes_at=START, count=Count(1, 2, 3, 4))
    async with arena.database.write() as tx:
        await tx.battles.add(battle)
        await tx.battles.put_vote(
            battle.id, BattleVote(user_id=BOB, side=Side.B, weight=500, cast_at=START)
        )
        assert await tx.battles.hold(battle.id) == battle
        assert await tx.battles.count_going_on(SERVER) == 1
        assert await tx.battles.pairs_since(SERVER, START) == {
            frozenset({"preset:Noir", "preset:Pastel"})
        }
        assert await tx.battles.pairs_since(SERVER, START + timedelta(seconds=1)) == set()
        assert await tx.battles.forget_asked(before=START + timedelta(days=1)) == 0
    async with arena.database.read() as tx:
        assert await tx.battles.get(battle.id) == battle
        vote = await tx.battles.vote_of(battle.id, BOB)
    assert vote == BattleVote(user_id=BOB, side=Side.B, weight=500, cast_at=START)


async def test_a_battle_that_nobody_confirmed_is_forgotten(arena: Arena) -> None:
    async with arena.database.write() as tx:
        await tx.battles.add(make_battle(state=BattleState.ASKED))
        assert await tx.battles.forget_asked(before=START) == 0
        assert await tx.battles.forget_asked(before=START + timedelta(hours=1)) == 1
        assert await tx.battles.get(THIS) is None
