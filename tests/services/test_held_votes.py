"""Who decides on held votes, and when moderators are asked about them."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from bot.domain.ids import ChannelId, ImageId, UserId
from bot.domain.jobs.schedule import WorkKind
from bot.domain.moderation.errors import OwnVotesHeld
from bot.domain.styles.server_style import ServerStyle, StyleDraft
from bot.domain.voting.credits import credits_of, server_style_key
from bot.domain.voting.holding import FEWEST_MEMBERS, HoldId, HoldNotice, HoldState
from bot.domain.voting.vote import Newness, Subject, SubjectKind, Vote, VoteValue
from bot.services.moderation.reviews import Reviewer
from bot.services.schedule.scheduler import Scheduler
from bot.services.styles.book import StyleBook
from bot.services.votes.aftermath import VoteAftermath
from bot.services.votes.board import VoteBoard
from bot.services.votes.held_votes import REMINDED_AFTER, TOLD_AFTER, HeldVoteService
from bot.storage.database import Database
from tests.clock import FakeClock
from tests.prepared import prepared_sqlite
from tests.services.house import make_place
from tests.services.test_vote_board import Wall
from tests.storage.factories import SERVER, add_job, keep_styles, make_image, make_request

AUTHOR, OTHER = UserId(90), UserId(91)
"""Neither has painted anything."""

STYLE = ServerStyle(
    id="noir",
    guild_id=SERVER,
    draft=StyleDraft(name="Noir", template="{prompt}, noir"),
    author_id=AUTHOR,
    created_at=FakeClock().now(),
)
HELD = Subject(SubjectKind.STYLE, server_style_key(STYLE.id))


@dataclass
class Desk:
    """Where moderators are asked."""

    asked: list[int] = field(default_factory=list)
    reminded: list[int] = field(default_factory=list)

    async def tell_hold(self, channel_id: ChannelId | None, notice: HoldNotice) -> None:
        assert channel_id is None
        self.asked.append(len(notice.votes))

    async def remind_of_hold(self, channel_id: ChannelId | None, notice: HoldNotice) -> None:
        assert channel_id is None
        self.reminded.append(len(notice.votes))


@dataclass
class Scene:
    """New members, each of whom votes for a picture of their own choice in one style."""

    database: Database
    clock: FakeClock
    desk: Desk
    held: HeldVoteService
    scheduler: Scheduler
    votes: list[Vote] = field(default_factory=list)

    async def vote(self, members: int) -> None:
        for _ in range(members):
            number = len(self.votes)
            image_id = ImageId(f"image-{number}")
            request = make_request(server_style=STYLE.id)
            job = await add_job(self.database, request=request, images=(make_image(id=image_id),))
            vote = Vote(
                image_id=image_id,
                user_id=UserId(100 + number),
                guild_id=SERVER,
                value=VoteValue.UP,
                weight=500,
                cast_at=self.clock.now(),
                newness=Newness.MEMBERSHIP,
            )
            async with self.database.write() as tx:
                await tx.votes.save_credits(image_id, credits_of(image_id, job, []))
                await tx.votes.put(vote)
            self.votes.append(vote)
            await self.held.look(vote)

    async def take_all_back(self) -> None:
        async with self.database.write() as tx:
            for vote in self.votes:
                former = await tx.votes.hold(vote.image_id, vote.user_id)
                assert former is not None
                await tx.votes.withdraw(former)

    async def wait(self, seconds: float) -> None:
        self.clock.move(seconds)
        await self.scheduler.look()

    async def hold_id(self) -> HoldId:
        async with self.database.read() as tx:
            hold = await tx.held_votes.open_on(SERVER, HELD)
        assert hold is not None
        return hold.id

    async def decide(self, by: UserId, *, others: bool) -> HoldNotice:
        place = make_place(user_id=by, guild_id=SERVER, manages_messages=True)
        reviewer = Reviewer(place, lambda _: True, lambda _channel, _user: others)
        return await self.held.decide(await self.hold_id(), HoldState.COUNTED, reviewer)


@pytest.fixture
async def scene(tmp_path: Path) -> AsyncIterator[Scene]:
    clock, desk = FakeClock(), Desk()
    async with Database.open(prepared_sqlite(tmp_path / "gondola.db"), now=clock.now) as database:
        styles = StyleBook(database)
        await keep_styles(database, styles, STYLE)
        board = VoteBoard(storage=database, messenger=Wall(), clock=clock)
        held = HeldVoteService(
            storage=database,
            messenger=desk,
            styles=styles,
            aftermath=VoteAftermath(storage=database, board=board, styles=styles),
            clock=clock,
        )
        handlers = {WorkKind.VOTES_HELD: held.tell, WorkKind.VOTES_STILL_HELD: held.remind}
        scheduler = Scheduler(storage=database, clock=clock, handlers=handlers)
        yield Scene(database, clock, desk, held, scheduler)


async def test_the_author_of_a_style_decides_on_its_votes_only_where_nobody_else_can(
    scene: Scene,
) -> None:
    await scene.vote(FEWEST_MEMBERS)

    with pytest.raises(OwnVotesHeld):
        await scene.decide(AUTHOR, others=True)

    notice = await scene.decide(AUTHOR, others=False)
    assert len(notice.votes) == FEWEST_MEMBERS


async def test_anybody_else_decides_and_nobody_is_reminded_of_it(scene: Scene) -> None:
    await scene.vote(FEWEST_MEMBERS)
    await scene.wait(TOLD_AFTER.total_seconds())

    await scene.decide(OTHER, others=True)
    await scene.wait(REMINDED_AFTER.total_seconds())

    assert (scene.desk.asked, scene.desk.reminded) == ([FEWEST_MEMBERS], [])


async def test_moderators_are_not_asked_about_no_votes_and_are_once_there_are_some(
    scene: Scene,
) -> None:
    await scene.vote(FEWEST_MEMBERS)
    await scene.take_all_back()
    await scene.wait(TOLD_AFTER.total_seconds())
    assert scene.desk.asked == []

    await scene.vote(1)
    await scene.wait(TOLD_AFTER.total_seconds())
    await scene.wait(REMINDED_AFTER.total_seconds())

    assert (scene.desk.asked, scene.desk.reminded) == ([1], [1])
