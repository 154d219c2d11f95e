"""Rounds on both databases: whatever is voted, changed and withdrawn, the count is the rules'."""

import asyncio
import itertools
from dataclasses import dataclass, replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.errors import ActionDenied
from bot.domain.gate.permissions import Actor
from bot.domain.ids import ChannelId, GuildId, ImageId, MessageId, UserId
from bot.domain.jobs.job import ImageState, MessageAddress
from bot.domain.jobs.stored_picture import StoredPicture
from bot.domain.rounds.counting import count, kept_choices
from bot.domain.rounds.errors import BallotOutdated, RoundError
from bot.domain.rounds.style_round import Ballot, Phase, StyleProposal, StyleRound, VotingWay
from bot.services.rounds.ballots import RoundBallots
from bot.services.votes.taking_part import TakingPartBook
from bot.services.votes.voter import Voter
from bot.storage.database import Database
from tests.clock import FakeClock
from tests.paintings import blocking
from tests.services.recording import MovablePolicies
from tests.storage.factories import (
    MEMBER,
    NOW,
    SERVER,
    add_job,
    make_image,
    make_recipe,
    make_request,
)
from tests.thoroughness import tries
from tests.unit.rounds.values import make_proposal, make_round

STYLES = 4
LONG_AGO = NOW.replace(year=2020)

numbers = itertools.count(1)


@dataclass(frozen=True)
class Choose:
    """A member approves of these, or ranks the first of them next."""

    member: int
    styles: tuple[int, ...]


@dataclass(frozen=True)
class Undo:
    """A member takes the last choice back, or all of them."""

    member: int
    everything: bool


@dataclass(frozen=True)
class Remove:
    """A proposal is withdrawn."""

    style: int


members = st.integers(1, 4)
styles = st.integers(1, STYLES)
acts = st.one_of(
    st.builds(Choose, members, st.lists(styles, max_size=3, unique=True).map(tuple)),
    st.builds(Choose, members, st.lists(styles, max_size=3, unique=True).map(tuple)),
    st.builds(Undo, members, st.booleans()),
    st.builds(Remove, styles),
)


def voter(member: int, style_round: StyleRound) -> Voter:
    actor = Actor(
        user_id=UserId(member),
        guild_id=style_round.guild_id,
        channel_id=style_round.channel_id,
    )
    return Voter(actor, LONG_AGO, LONG_AGO)


async def begun(database: Database, way: VotingWay) -> StyleRound:
    """A round in which members vote; the style of a number is proposed by that member."""
    style_round = replace(make_round(next(numbers), way=way), phase=Phase.VOTING)
    async with database.write() as tx:
        assert await tx.rounds.add(style_round)
        for number in range(1, STYLES + 1):
            proposal = make_proposal(number, author=number)
            await tx.rounds.put_proposal(replace(proposal, round_id=style_round.id))
    return style_round


class Booth:
    """The ballots as they should be, beside those that are kept."""

    def __init__(self, database: Database, style_round: StyleRound) -> None:
        self._database = database
        self._round = style_round
        self._ballots = RoundBallots(
            storage=database,
            policies=MovablePolicies(),
            taking_part=TakingPartBook(database),
            clock=FakeClock(style_round.opened_at),
        )
        self._expected: dict[int, tuple[int, ...]] = {}
        self._removed: set[int] = set()

    async def act(self, act: Choose | Undo | Remove) -> None:
        match act:
            case Choose():
                await self._choose(act)
            case Undo():
                await self._undo(act)
            case Remove():
                await self._remove(act.style)

    async def _choose(self, act: Choose) -> None:
        by = voter(act.member, self._round)
        before = self._now(act.member)
        there = await self._proposals()
        if self._round.plan.way is VotingWay.APPROVAL:
            wanted = act.styles
            await self._try(
                self._ballots.approve(self._round.id, by, low=1, high=STYLES, chosen=wanted)
            )
        else:
            left = [style for style in act.styles[:1] if style not in before]
            wanted = (*before, *left)
            if left:
                place = len(before) + 1
                await self._try(self._ballots.rank(self._round.id, by, place=place, number=left[0]))
        kept = kept_choices(self._round.plan.way, wanted, there, by.actor.user_id)
        self._expected[act.member] = kept

    async def _undo(self, act: Undo) -> None:
        by, before = voter(act.member, self._round), self._now(act.member)
        if act.everything:
            await self._try(self._ballots.withdraw(self._round.id, by))
            self._expected[act.member] = ()
        elif before:
            await self._try(self._ballots.undo(self._round.id, by, place=len(before)))
            self._expected[act.member] = before[:-1]

    async def _remove(self, style: int) -> None:
        self._removed.add(style)
        async with self._database.write() as tx:
            for each in await tx.rounds.proposals(self._round.id):
                if each.number == style:
                    await tx.rounds.put_proposal(replace(each, withdrawn=True))

    async def _try(self, change: object) -> None:
        """Nothing is refused here, save to who has nothing left to vote for."""
        try:
            await change  # type: ignore[misc] # one of the changes above
        except BallotOutdated:
            raise
        except RoundError:
            pass

    def _now(self, member: int) -> tuple[int, ...]:
        return tuple(n for n in self._expected.get(member, ()) if n not in self._removed)

    async def _proposals(self) -> list[StyleProposal]:
        async with self._database.read() as tx:
            return list(await tx.rounds.proposals(self._round.id))

    async def check(self) -> None:
        async with self._database.read() as tx:
            proposals = await tx.rounds.proposals(self._round.id)
            kept = await tx.rounds.ballots(self._round.id)
        way = self._round.plan.way
        expected = [Ballot(UserId(m), chosen, 1_000) for m, chosen in self._expected.items()]
        assert count(way, proposals, kept, winners=2) == count(way, proposals, expected, winners=2)


@settings(
    max_examples=tries(8),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(history=st.lists(acts, max_size=10), way=st.sampled_from(VotingWay))
async def test_the_count_equals_the_ballots(
    database: Database, history: list[Choose | Undo | Remove], way: VotingWay
) -> None:
    booth = Booth(database, await begun(database, way))
    for act in history:
        await booth.act(act)

    await booth.check()


async def test_a_blocked_member_fills_in_no_ballot(database: Database) -> None:
    style_round = await begun(database, VotingWay.APPROVAL)
    by, clock = voter(11, style_round), FakeClock(style_round.opened_at)
    policies = MovablePolicies(blocking(UserId(11), at=clock.now()))
    ballots = RoundBallots(
        storage=database, policies=policies, taking_part=TakingPartBook(database), clock=clock
    )

    with pytest.raises(ActionDenied):
        await ballots.approve(style_round.id, by, low=1, high=STYLES, chosen=[2])

    async with database.read() as tx:
        assert await tx.rounds.ballot_of(style_round.id, UserId(11)) is None


async def test_ballots_at_the_same_time_are_all_kept(database: Database) -> None:
    style_round = await begun(database, VotingWay.APPROVAL)
    ballots = RoundBallots(
        storage=database,
        policies=MovablePolicies(),
        taking_part=TakingPartBook(database),
        clock=FakeClock(style_round.opened_at),
    )

    async with asyncio.TaskGroup() as group:
        for member in range(11, 19):
            by = voter(member, style_round)
            group.create_task(
                ballots.approve(style_round.id, by, low=1, high=STYLES, chosen=[2, 3])
            )

    async with database.read() as tx:
        assert await tx.rounds.ballot_count(style_round.id) == 8
        counted = count(
            VotingWay.APPROVAL,
            await tx.rounds.proposals(style_round.id),
            await tx.rounds.ballots(style_round.id),
            winners=1,
        )
    assert [place.weight for place in counted.places] == [8_000, 8_000, 0, 0]


async def test_of_two_clicks_on_a_ranked_ballot_one_counts(database: Database) -> None:
    style_round = await begun(database, VotingWay.RANKED)
    ballots = RoundBallots(
        storage=database,
        policies=MovablePolicies(),
        taking_part=TakingPartBook(database),
        clock=FakeClock(style_round.opened_at),
    )
    by = voter(11, style_round)

    results = await asyncio.gather(
        *(ballots.rank(style_round.id, by, place=1, number=number) for number in (1, 2, 3)),
        return_exceptions=True,
    )

    assert sum(isinstance(each, BallotOutdated) for each in results) == 2
    assert len((await ballots.paper(style_round.id, by)).choices) == 1


async def test_a_channel_has_one_round_that_is_not_over(database: Database) -> None:
    first, second = make_round(901), replace(make_round(902), channel_id=ChannelId(901))

    async with database.write() as tx:
        assert await tx.rounds.add(first)
        assert not await tx.rounds.add(second)
        await tx.rounds.save(replace(first, phase=Phase.COUNTING))
        assert not await tx.rounds.add(second)
        await tx.rounds.save(replace(first, phase=Phase.CLOSED))
        later = replace(second, opened_at=second.opened_at.replace(year=2027))
        assert await tx.rounds.add(later)
        assert await tx.rounds.latest_in(ChannelId(901)) == later


async def test_a_proposal_is_read_as_it_was_written(database: Database) -> None:
    style_round, proposal = make_round(903), make_proposal(1)
    proposal = replace(proposal, round_id=style_round.id)
    same_name = replace(proposal, number=2, withdrawn=True, image_id=None)

    async with database.write() as tx:
        await tx.rounds.add(style_round)
        await tx.rounds.put_proposal(proposal)
        await tx.rounds.put_proposal(same_name)
        assert await tx.rounds.hold(style_round.id) == style_round
        assert await tx.rounds.proposals(style_round.id) == [proposal, same_name]


async def test_an_example_is_what_all_may_see_in_the_server(database: Database) -> None:
    shown = await painted(database, safe=True)
    unsafe = await painted(database, safe=False)
    private = await painted(database, safe=True, private=True)
    all_ids = [shown, unsafe, private]

    async with database.read() as tx:
        safe = await tx.examples.pictures(all_ids, SERVER, safe_only=True)
        anywhere = await tx.examples.pictures(all_ids, SERVER, safe_only=False)
        elsewhere = await tx.examples.pictures(all_ids, GuildId(5), safe_only=False)
        own = await tx.examples.of_member(MEMBER, SERVER, safe_only=False, limit=9)
        assert await tx.examples.owner_of(shown) == MEMBER

    assert set(safe) == {shown}
    assert set(anywhere) == {shown, unsafe}
    assert elsewhere == {}
    assert {each.image_id for each in own} == {shown, unsafe}


async def test_a_deleted_example_was_shown_and_can_be_shown_no_more(database: Database) -> None:
    image_id = await painted(database, safe=True)
    async with database.write() as tx:
        job = await tx.jobs.by_image(image_id)
        assert job is not None
        shown = MessageAddress(channel_id=ChannelId(7), message_id=MessageId(8))
        await tx.jobs.save_wiped(replace(job, shown=shown).wiped(NOW))

    async with database.read() as tx:
        assert await tx.examples.shown([image_id, ImageId("unknown")]) == {image_id}
        assert await tx.examples.pictures([image_id], SERVER, safe_only=True) == {}
        assert await tx.examples.owner_of(ImageId("unknown")) is None
        assert await tx.examples.in_message(ChannelId(1), MessageId(1)) is None


async def painted(database: Database, *, safe: bool, private: bool = False) -> ImageId:
    """A picture that its member was shown."""
    number = next(numbers)
    picture = StoredPicture(sha256=f"{number:064x}", content_type="image/png", size_bytes=9)
    image = make_image(picture=picture, state=ImageState.DELIVERED)
    await add_job(
        database,
        images=(image,),
        recipe=make_recipe(safe_mode=safe),
        request=make_request(private=private),
    )
    return image.id
