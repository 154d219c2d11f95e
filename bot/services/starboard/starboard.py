"""The starboard: each picture is brought to what it should be, one step at a time.

`settle` reads what is, decides, does one thing on Discord and writes it down. It is called by the
scheduler, which was told of the picture in the transaction that changed it; so nothing is lost
with the process, and what was begun is taken up again.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from bot.domain.ids import ChannelId, ImageId, MessageId
from bot.domain.jobs.job import Job, JobImage, MessageAddress
from bot.domain.jobs.schedule import ScheduledWork, WorkKind
from bot.domain.library.showing import fits_safe_mode, shown_to_others
from bot.domain.starboard import (
    SENDING_TAKES,
    PostState,
    Starboard,
    StarPost,
    Stars,
    Step,
    edit_due_at,
    next_step,
)
from bot.services.gate.channel_safety import ChannelSafety
from bot.services.ports import Clock, PictureStore, Policies, ShownImage, UndeliverableError
from bot.services.starboard.ports import (
    Audience,
    PictureUnshowableError,
    StarboardMessenger,
    StarMessage,
)
from bot.services.storage_ports import Storage

log = structlog.get_logger(__name__)

TRY_AGAIN_IN = timedelta(minutes=30)
"""After Discord said that the bot may not post, or see, in a channel."""


@dataclass(frozen=True, slots=True)
class _Found:
    """All that is known of a picture and the starboard it belongs to."""

    image_id: ImageId
    job: Job
    image: JobImage | None
    board: Starboard | None
    post: StarPost | None
    stars: Stars

    @property
    def own(self) -> JobImage:
        """The picture itself, also where it may not be shown."""
        return next(each for each in self.job.images if each.id == self.image_id)

    @property
    def origin(self) -> MessageAddress | None:
        """Where the picture itself stands."""
        return self.post.origin if self.post is not None else self.job.shown


class StarboardKeeper:
    """Posts pictures, keeps their counts in step, and takes down what may not be shown."""

    def __init__(
        self,
        *,
        storage: Storage,
        messenger: StarboardMessenger,
        pictures: PictureStore,
        policies: Policies,
        rules: ChannelSafety,
        audience: Audience,
        clock: Clock,
    ) -> None:
        self._storage = storage
        self._messenger = messenger
        self._pictures = pictures
        self._policies = policies
        self._rules = rules
        self._audience = audience
        self._clock = clock

    async def settle(self, subject: str) -> None:
        """Do what is to be done about a picture, by its id.

        Raises:
            DeliveryDelayedError: if Discord cannot be reached; it is to be tried again.
        """
        image_id = ImageId(subject)
        await self._policies.until_known()
        found = await self._find(image_id)
        if found is None:
            return
        presentable = await self._is_presentable(found)
        match next_step(found.board, found.post, found.stars, presentable=presentable):
            case Step.POST:
                await self._post(found)
            case Step.KEEP_IN_STEP:
                await self._keep_in_step(found)
            case Step.TAKE_DOWN:
                await self._take_down(found)
            case Step.NOTHING:
                pass

    async def _find(self, image_id: ImageId) -> _Found | None:
        async with self._storage.read() as tx:
            job = await tx.jobs.by_image(image_id)
            if job is None or job.origin.guild_id is None:
                return None
            return _Found(
                image_id=image_id,
                job=job,
                image=shown_to_others(job, image_id),
                board=await tx.starboard.board_of(job.origin.guild_id),
                post=await tx.starboard.find(image_id),
                stars=await tx.starboard.stars_of(image_id),
            )

    async def _is_presentable(self, found: _Found) -> bool:
        """Whether the channel that it stands in, or would be posted in, may show it now."""
        channel_id = _channel_of(found)
        if channel_id is None or found.image is None or found.origin is None:
            return False
        if not self._may_enter(found.job, found.image, channel_id):
            return False
        return await self._messenger.is_there(found.origin)

    def _may_enter(self, job: Job, image: JobImage, channel_id: ChannelId) -> bool:
        guild_id = job.origin.guild_id
        assert guild_id is not None  # noqa: S101 - asked in `_find`
        origin = job.origin.channel_id
        if not self._audience.reads_too(guild_id, here=channel_id, there=origin):
            return False
        return self._is_safe(job, image) or not self._rules.shows_safe_only(guild_id, channel_id)

    def _is_safe(self, job: Job, image: JobImage) -> bool:
        guild_id, origin = job.origin.guild_id, job.origin.channel_id
        restricted = guild_id is not None and self._rules.is_age_restricted(guild_id, origin)
        return fits_safe_mode(job, image, from_age_restricted=restricted)

    async def _post(self, found: _Found) -> None:
        """Write first that it is being posted, then post it, then write where it stands."""
        image = found.image
        assert image is not None  # noqa: S101 - only what is presentable is posted
        assert image.picture is not None  # noqa: S101 - shown images have one
        post = await self._begin(found, image)
        if post is None:
            return
        message_id = None
        if found.post is not None and found.post.state is PostState.POSTING:
            message_id = await self._messenger.find(post, image)
        if message_id is None:
            if not await self._pictures.has(image.picture):
                await self._write_removed(post)
                return
            message_id = await self._send(found, post, image)
        if message_id is not None:
            await self._write_posted(found, post, message_id)

    async def _begin(self, found: _Found, image: JobImage) -> StarPost | None:
        """The post, for whoever is to send it; None where somebody else is at it."""
        now = self._clock.now()
        async with self._storage.write() as tx:
            if found.post is not None and found.post.state is PostState.POSTING:
                begun = await tx.starboard.begin_again(
                    image.id, now=now, begun_before=now - SENDING_TAKES
                )
            else:
                await tx.starboard.put_waiting(self._new_post(found, image))
                begun = await tx.starboard.begin(image.id, now=now)
            if begun is None:
                later = ScheduledWork(WorkKind.STARBOARD, image.id, now + SENDING_TAKES)
                await tx.schedule.put(later)
        return begun

    def _new_post(self, found: _Found, image: JobImage) -> StarPost:
        board, origin = found.board, found.origin
        assert board is not None and origin is not None  # noqa: S101, PT018 - asked before
        return StarPost(
            image_id=image.id,
            guild_id=board.guild_id,
            channel_id=board.channel_id,
            origin=origin,
            state=PostState.WAITING,
            safe=self._is_safe(found.job, image),
            since=self._clock.now(),
        )

    async def _send(self, found: _Found, post: StarPost, image: JobImage) -> MessageId | None:
        assert image.picture is not None  # noqa: S101 - shown images have one
        shown = ShownImage(image, self._pictures.path_of(image.picture))
        message = self._message(found, post, image)
        try:
            return await self._messenger.post(message, shown)
        except UndeliverableError as error:
            await self._wait(found, post, error)
        except PictureUnshowableError as error:
            log.info("star_not_shown", image_id=post.image_id, cause=str(error))
            await self._write_removed(post)
        return None

    def _message(self, found: _Found, post: StarPost, image: JobImage) -> StarMessage:
        covered = self._rules.covers_pictures(post.guild_id, post.channel_id)
        return StarMessage(post, found.job, image, found.stars.votes, covered)

    async def _wait(self, found: _Found, post: StarPost, error: UndeliverableError) -> None:
        """Let it wait until the channel takes it, and tell the managers, once."""
        now = self._clock.now()
        async with self._storage.write() as tx:
            await tx.starboard.set_waiting(post.image_id, now=now)
            await tx.schedule.put(
                ScheduledWork(WorkKind.STARBOARD, post.image_id, now + TRY_AGAIN_IN)
            )
            board = found.board
            is_first = board is not None and await tx.starboard.set_unreached(board, unreached=True)
        log.warning("starboard_not_reached", guild_id=post.guild_id, cause=str(error))
        if board is not None and is_first:
            await self._messenger.tell_managers(board)

    async def _write_posted(self, found: _Found, post: StarPost, message_id: MessageId) -> None:
        async with self._storage.write() as tx:
            await tx.starboard.set_posted(
                post.image_id, message_id, stars=found.stars.votes, now=self._clock.now()
            )
            if found.board is not None:
                await tx.starboard.set_unreached(found.board, unreached=False)
        log.info("starred", image_id=post.image_id, stars=found.stars.votes)

    async def _keep_in_step(self, found: _Found) -> None:
        post, image, now = found.post, found.image, self._clock.now()
        assert post is not None and image is not None  # noqa: S101, PT018 - it is posted
        if post.stars == found.stars.votes:
            return
        due_at = edit_due_at(post, now)
        if due_at > now:
            await self._look_again(post.image_id, due_at)
            return
        try:
            is_there = await self._messenger.edit(self._message(found, post, image))
        except UndeliverableError as error:
            log.info("stars_not_shown", image_id=post.image_id, cause=str(error))
            return
        async with self._storage.write() as tx:
            if is_there:
                await tx.starboard.set_stars(post.image_id, found.stars.votes, now=now)
            else:
                await tx.starboard.set_dismissed(post.image_id, now=now)

    async def _take_down(self, found: _Found) -> None:
        post, now = found.post, self._clock.now()
        assert post is not None  # noqa: S101 - only what is there is taken down
        if post.state is PostState.WAITING:
            await self._write_removed(post)
            return
        async with self._storage.write() as tx:
            await tx.starboard.set_removing(post.image_id, now=now)
        try:
            message_id = post.message_id or await self._messenger.find(post, found.own)
            if message_id is not None:
                await self._messenger.remove(
                    MessageAddress(channel_id=post.channel_id, message_id=message_id)
                )
        except UndeliverableError as error:
            log.warning("star_not_removed", image_id=post.image_id, cause=str(error))
            await self._look_again(post.image_id, now + TRY_AGAIN_IN)
            return
        await self._write_removed(post)

    async def _write_removed(self, post: StarPost) -> None:
        async with self._storage.write() as tx:
            await tx.starboard.set_removed(post.image_id, now=self._clock.now())

    async def _look_again(self, image_id: ImageId, due_at: datetime) -> None:
        async with self._storage.write() as tx:
            await tx.schedule.put(ScheduledWork(WorkKind.STARBOARD, image_id, due_at))


def _channel_of(found: _Found) -> ChannelId | None:
    """Where it stands or is about to; a new one goes where the starboard is now."""
    is_placed = found.post is not None and found.post.state in {
        PostState.POSTED,
        PostState.POSTING,
        PostState.REMOVING,
    }
    if is_placed and found.post is not None:
        return found.post.channel_id
    return None if found.board is None else found.board.channel_id
