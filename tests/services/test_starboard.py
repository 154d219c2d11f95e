"""The starboard where Discord fails in the midst of it."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from bot.domain.gate.policy import SafetySignals
from bot.domain.ids import ChannelId, GuildId, ImageId, MessageId, UserId
from bot.domain.jobs.job import ImageState, Job, JobImage, MessageAddress
from bot.domain.jobs.stored_picture import StoredPicture
from bot.domain.starboard import SENDING_TAKES, PostState, Starboard, StarPost
from bot.domain.voting.vote import Vote, VoteValue
from bot.media.picture_store import PictureStore
from bot.services.ports import DeliveryDelayedError, ShownImage, UndeliverableError
from bot.services.starboard.ports import PictureUnshowableError, StarMessage
from bot.services.starboard.starboard import StarboardKeeper
from bot.storage.database import Database
from tests.clock import FakeClock
from tests.services.painters import PlainBody
from tests.services.recording import MovablePolicies
from tests.storage.factories import SERVER, add_job, make_image

SAFE = SafetySignals(blurred=False, content_violation=False)
BOARD = Starboard(guild_id=SERVER, channel_id=ChannelId(5), threshold=1)
ORIGIN = MessageAddress(channel_id=ChannelId(6), message_id=MessageId(7))


@dataclass
class Hall:
    """The starboard's channel, which may fail before a message arrives, or after."""

    standing: dict[MessageId, int] = field(default_factory=dict)
    fails_before: Exception | None = None
    fails_after: Exception | None = None
    told: int = 0

    async def is_there(self, origin: MessageAddress) -> bool:
        return origin == ORIGIN

    async def find(self, post: StarPost, image: JobImage) -> MessageId | None:
        del post, image
        return next(iter(self.standing), None)

    async def post(self, message: StarMessage, shown: ShownImage) -> MessageId:
        assert shown.path.exists()
        assert message.covered
        if self.fails_before is not None:
            raise self.fails_before
        message_id = MessageId(100 + len(self.standing))
        self.standing[message_id] = message.stars
        if self.fails_after is not None:
            raise self.fails_after
        return message_id

    async def edit(self, message: StarMessage) -> bool:
        assert message.post.message_id is not None
        self.standing[message.post.message_id] = message.stars
        return True

    async def remove(self, address: MessageAddress) -> None:
        if self.fails_before is not None:
            raise self.fails_before
        del self.standing[address.message_id]

    async def tell_managers(self, board: Starboard) -> None:
        assert board.channel_id == BOARD.channel_id
        self.told += 1


@dataclass
class Rules:
    """Safe mode everywhere; every reader reads all."""

    restricted: bool = False

    def shows_safe_only(self, guild_id: GuildId, channel_id: ChannelId) -> bool:
        del guild_id, channel_id
        return True

    def is_age_restricted(self, guild_id: GuildId, channel_id: ChannelId) -> bool:
        del guild_id, channel_id
        return self.restricted

    def covers_pictures(self, guild_id: GuildId, channel_id: ChannelId) -> bool:
        del guild_id, channel_id
        return True

    def reads_too(self, guild_id: GuildId, *, here: ChannelId, there: ChannelId) -> bool:
        del guild_id, here, there
        return True


@dataclass
class Scene:
    """A picture with enough votes for the starboard."""

    database: Database
    clock: FakeClock
    hall: Hall
    rules: Rules
    keeper: StarboardKeeper
    pictures: PictureStore
    picture: StoredPicture
    job: Job

    @property
    def image_id(self) -> ImageId:
        return self.job.images[0].id

    async def settle(self) -> None:
        await self.keeper.settle(self.image_id)

    async def state(self) -> PostState | None:
        async with self.database.read() as tx:
            found = await tx.starboard.find(self.image_id)
        return None if found is None else found.state


@pytest.fixture
async def scene(tmp_path: Path) -> AsyncIterator[Scene]:
    clock, hall, rules = FakeClock(), Hall(), Rules()
    pictures = PictureStore(tmp_path / "pictures", limit_bytes=1_000_000)
    await pictures.open()
    picture = await pictures.keep(PlainBody(b"a picture"))
    async with Database.open(f"sqlite:///{tmp_path / 'gondola.db'}") as database:
        image = make_image(state=ImageState.DELIVERED, picture=picture, signals=SAFE)
        job = await add_job(database, images=(image,), shown=ORIGIN)
        async with database.write() as tx:
            await tx.starboard.set_board(BOARD)
            await tx.votes.put(
                Vote(
                    image_id=image.id,
                    user_id=UserId(1),
                    guild_id=SERVER,
                    value=VoteValue.UP,
                    weight=1_000,
                    cast_at=clock.now(),
                )
            )
        keeper = StarboardKeeper(
            storage=database,
            messenger=hall,
            pictures=pictures,
            policies=MovablePolicies(),
            rules=rules,
            audience=rules,
            clock=clock,
        )
        yield Scene(database, clock, hall, rules, keeper, pictures, picture, job)


async def test_a_message_that_arrived_without_an_answer_is_found_again(scene: Scene) -> None:
    scene.hall.fails_after = DeliveryDelayedError("the connection broke")
    with pytest.raises(DeliveryDelayedError):
        await scene.settle()
    assert await scene.state() is PostState.POSTING

    scene.hall.fails_after = None
    await scene.settle()
    assert await scene.state() is PostState.POSTING
    scene.clock.move(SENDING_TAKES.total_seconds())
    await scene.settle()

    assert await scene.state() is PostState.POSTED
    assert scene.hall.standing == {100: 1}


async def test_a_message_that_never_arrived_is_posted_later(scene: Scene) -> None:
    scene.hall.fails_before = DeliveryDelayedError("Discord is down")
    with pytest.raises(DeliveryDelayedError):
        await scene.settle()

    scene.hall.fails_before = None
    scene.clock.move(SENDING_TAKES.total_seconds())
    await scene.settle()

    assert scene.hall.standing == {100: 1}
    assert scene.hall.told == 0


async def test_managers_are_told_once_until_it_works_again(scene: Scene) -> None:
    scene.hall.fails_before = UndeliverableError("Forbidden")
    await scene.settle()
    await scene.settle()
    assert (await scene.state(), scene.hall.told) == (PostState.WAITING, 1)

    scene.hall.fails_before = None
    await scene.settle()
    assert await scene.state() is PostState.POSTED


async def test_what_cannot_be_taken_down_now_is_taken_down_later(scene: Scene) -> None:
    await scene.settle()
    scene.rules.restricted = True
    scene.hall.fails_before = UndeliverableError("Forbidden")
    await scene.settle()
    assert await scene.state() is PostState.REMOVING

    scene.hall.fails_before = None
    await scene.settle()
    assert await scene.state() is PostState.REMOVED
    assert scene.hall.standing == {}
    scene.rules.restricted = False
    await scene.settle()
    assert len(scene.hall.standing) == 1


@pytest.mark.parametrize("is_kept", [True, False])
async def test_a_picture_that_cannot_be_shown_is_not_waited_for(
    scene: Scene, *, is_kept: bool
) -> None:
    if is_kept:
        scene.hall.fails_before = PictureUnshowableError("too large")
    else:
        await scene.pictures.remove(scene.picture)
    await scene.settle()

    assert await scene.state() is PostState.REMOVED
    assert (scene.hall.standing, scene.hall.told) == ({}, 0)
