"""How often the counts under a result are edited."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.ids import ChannelId, ImageId, MessageId, UserId
from bot.domain.jobs.job import ImageState, Job, MessageAddress
from bot.domain.jobs.stored_picture import StoredPicture
from bot.domain.voting.credits import credits_of
from bot.domain.voting.vote import Tally, Vote, VoteValue
from bot.services.votes.board import VoteBoard
from bot.storage.database import Database
from tests.clock import FakeClock
from tests.prepared import prepared_sqlite
from tests.storage.factories import SERVER, add_job, make_image

ADDRESS = MessageAddress(channel_id=ChannelId(5), message_id=MessageId(6))
PICTURE = StoredPicture(sha256="00", content_type="image/webp", size_bytes=1)


@dataclass
class Wall:
    """The messages, as they were edited."""

    edits: list[list[int]] = field(default_factory=list)
    reached: asyncio.Event = field(default_factory=asyncio.Event)
    open: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self.open.set()

    async def show_counts(self, address: MessageAddress, counts: Mapping[ImageId, Tally]) -> None:
        assert address == ADDRESS
        self.reached.set()
        await self.open.wait()
        self.edits.append([tally.ups for tally in counts.values()])


@dataclass
class Studio:
    """A result on a wall, and members who vote on it."""

    database: Database
    clock: FakeClock
    wall: Wall
    board: VoteBoard
    job: Job

    async def vote(self, member: int) -> None:
        image_id = self.job.images[0].id
        async with self.database.write() as tx:
            if not await tx.votes.credits_of(image_id):
                await tx.votes.save_credits(image_id, credits_of(image_id, self.job, []))
            await tx.votes.put(
                Vote(
                    image_id=image_id,
                    user_id=UserId(member),
                    guild_id=SERVER,
                    value=VoteValue.UP,
                    weight=1_000,
                    cast_at=self.clock.now(),
                )
            )
        self.board.put(self.job)


@pytest.fixture
async def studio(tmp_path: Path) -> AsyncIterator[Studio]:
    clock, wall = FakeClock(), Wall()
    async with Database.open(prepared_sqlite(tmp_path / "gondola.db")) as database:
        image = make_image(state=ImageState.DELIVERED, picture=PICTURE)
        job = replace(await add_job(database, images=(image,)), shown=ADDRESS)
        board = VoteBoard(storage=database, messenger=wall, clock=clock)
        yield Studio(database, clock, wall, board, job)


async def test_many_votes_within_five_seconds_are_two_edits(studio: Studio) -> None:
    for member in range(10):
        await studio.vote(member)
        await studio.board.look()
        studio.clock.move(0.4)
    assert studio.wall.edits == [[1]]

    studio.clock.move(1)
    await studio.board.look()
    assert studio.wall.edits == [[1], [10]]

    studio.clock.move(60)
    await studio.board.look()
    assert studio.wall.edits == [[1], [10]]


async def test_a_result_without_a_message_waits_for_nothing(studio: Studio) -> None:
    studio.board.put(replace(studio.job, shown=None))
    await studio.board.show_all()

    assert studio.wall.edits == []


async def test_showing_all_waits_for_the_counts_that_are_on_their_way(studio: Studio) -> None:
    await studio.vote(1)
    studio.wall.open.clear()

    async with asyncio.timeout(60), asyncio.TaskGroup() as group:
        group.create_task(studio.board.look())
        await studio.wall.reached.wait()
        everything = group.create_task(studio.board.show_all())
        await asyncio.sleep(0)
        assert not everything.done()
        studio.wall.open.set()

    assert studio.wall.edits == [[1]]


@pytest.mark.parametrize("jump", [timedelta(days=2), timedelta(hours=-2)])
async def test_counts_are_shown_although_the_clock_was_set(studio: Studio, jump: timedelta) -> None:
    await studio.vote(1)
    await studio.board.look()

    studio.clock.set_ahead(jump)
    await studio.vote(2)
    studio.clock.move(5)
    await studio.board.look()

    assert studio.wall.edits == [[1], [2]]
