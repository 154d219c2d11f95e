"""Pictures that were recorded, and are not there when the machine has started again."""

from datetime import UTC
from pathlib import Path

import pytest

from bot.domain.gate.channel_rules import Review
from bot.domain.gate.policy import PolicySnapshot
from bot.domain.ids import JobId
from bot.domain.jobs.failure import Billing, FailureReason, ImageFailure
from bot.domain.jobs.job import ImageState, Job, JobState
from bot.domain.quotas.ledger import BOT_ACCOUNT, Usage
from bot.domain.quotas.windows import DAY, window_at
from tests.services.house import House, make_place, open_house
from tests.services.models import PENNY
from tests.services.test_reviews import ask_and_paint, reviewer
from tests.services.test_walk_of_a_job import crashed_with

LOST = ImageFailure(FailureReason.LOST, Billing.BILLED)


async def used(house: House, account: str) -> Usage:
    async with house.database.read() as tx:
        return await tx.ledger.usage(account, window_at(DAY, house.clock.now(), UTC))  # type: ignore[arg-type] # any key


def cut_the_power(folder: Path, left: bytes | None) -> None:
    """Leave so much of every picture."""
    for path in (folder / "images").glob("??/*"):
        path.unlink()
        if left is not None:
            path.write_bytes(left)


async def held_and_lost(house: House, images: int = 1) -> Job:
    """A job that waits for moderators, and whose first picture is gone meanwhile."""
    house.policies.policy = PolicySnapshot(review=Review.ALL)
    job = await ask_and_paint(house, images=images)
    gone = job.images[0].picture
    assert gone is not None
    await house.pictures.remove(gone)
    return job


@pytest.mark.parametrize("left", [None, b"", b"pict"], ids=["nothing", "empty", "short"])
@pytest.mark.parametrize("job_state", [JobState.RUNNING, JobState.DELIVERING])
async def test_a_picture_that_is_not_there_whole_is_told_of_and_not_charged(
    tmp_path: Path, job_state: JobState, left: bytes | None
) -> None:
    async with open_house(tmp_path) as house:
        await crashed_with(house, ImageState.STORED, job_state=job_state)
    cut_the_power(tmp_path, left)

    async with open_house(tmp_path) as house:
        await house.finish()

        assert house.painter.orders == []
        [result] = house.messenger.shown
        assert result.shown == ()
        assert result.failed == (LOST,)
        ended = await house.job(result.job)
        assert ended.state is JobState.FAILED
        assert [(image.state, image.failure) for image in ended.images] == [(ImageState.LOST, LOST)]
        assert (await used(house, BOT_ACCOUNT)).usd_micros == PENNY
        assert (await used(house, ended.origin.account)).images == 0


async def test_so_it_is_where_its_member_cancels_first(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house:
        job_id = await crashed_with(house, ImageState.STORED, job_state=JobState.RUNNING)
    cut_the_power(tmp_path, None)

    async with open_house(tmp_path) as house:
        await house.cancelling.cancel(JobId(job_id), make_place().user_id, moderator=False)

        [result] = house.messenger.shown
        assert result.failed == (LOST,)


async def test_a_member_is_told_where_all_that_moderators_release_is_lost(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house:
        job = await held_and_lost(house)

        await house.reviews.approve(job.images[0].id, reviewer())
        await house.finish()

        [result] = house.messenger.released
        assert (result.shown, result.failed) == ((), (LOST,))
        assert house.messenger.called == [], "there is nothing to be called to"
        assert await house.images_used(make_place()) == 0


async def test_one_who_cannot_be_reached_hears_of_it_at_the_next_command(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house:
        job = await held_and_lost(house)
        house.messenger.reachable = False

        await house.reviews.approve(job.images[0].id, reviewer())
        await house.finish()

        async with house.database.write() as tx:
            [notice] = await tx.notices.take(make_place().user_id)
        assert (notice.job_id, notice.refunded_images) == (job.id, 1)


async def test_what_moderators_release_is_told_of_as_lost(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house:
        job = await held_and_lost(house, images=2)
        there = job.images[1]

        for image in job.images:
            await house.reviews.approve(image.id, reviewer())
            await house.finish()

        ended = await house.job(job)
        assert [image.state for image in ended.images] == [ImageState.LOST, ImageState.DELIVERED]
        assert ended.images[0].failure == LOST
        told, result = house.messenger.released
        assert (told.shown, told.failed) == ((), (LOST,))
        assert [item.image.id for item in result.shown] == [there.id]
        assert await house.images_used(make_place()) == 1
