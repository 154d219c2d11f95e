"""Held pictures on their walk: to moderators, and by their word to the channel or back."""

import asyncio
import os
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.errors import ActionDenied, NotYours, ResultGone
from bot.domain.gate.channel_rules import Review, UnknownSignals
from bot.domain.gate.permissions import Actor
from bot.domain.gate.policy import PolicySnapshot, SafetySignals
from bot.domain.gate.rule import Rule
from bot.domain.ids import ChannelId, GuildId, ModelId, UserId
from bot.domain.jobs.failure import FailureReason
from bot.domain.jobs.job import ImageState, Job, JobState, MessageAddress
from bot.domain.jobs.painting import Painting
from bot.domain.moderation.audit import Act
from bot.domain.moderation.errors import (
    AnotherModeratorNeeded,
    ApprovalForbidden,
    DecidedAlready,
    ModerationError,
    ModeratorNeeded,
    NoAppeal,
)
from bot.domain.moderation.review import ReviewState
from bot.domain.quotas.ledger import BOT_ACCOUNT
from bot.domain.quotas.spender import MemberStanding
from bot.services.moderation.reviews import Reviewer
from bot.services.ports import JobResult
from tests.clock import FakeClock
from tests.services.house import House, make_place, open_house
from tests.services.painters import painting
from tests.services.recording import RecordingMessenger

MODS = ChannelId(990)
MONA, OTTO = UserId(8), UserId(9)
GUILD = GuildId(70)
DAY = timedelta(hours=24)
OF_REVIEWS = {Act.IMAGE_APPROVED, Act.IMAGE_REJECTED, Act.REVIEW_EXPIRED, Act.APPEALED}


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with open_house(tmp_path) as opened:
        opened.policies.policy = PolicySnapshot(review=Review.ALL)
        await opened.review_desk.ask_here(GUILD, MODS)
        yield opened


def reviewer(
    user_id: UserId = MONA, *, moderates: bool = True, others_moderate: bool = True
) -> Reviewer:
    return Reviewer(
        make_place(user_id=user_id, channel_id=MODS),
        lambda _channel: moderates,
        lambda _channel, _user: others_moderate,
    )


def make_actor() -> Actor:
    place = make_place()
    return Actor(user_id=place.user_id, guild_id=GUILD, channel_id=place.channel_id)


async def ask_and_paint(house: House, **request: object) -> Job:
    job = await house.ask(make_place(), key="interaction-1", **request)
    await house.finish()
    return await house.job(job)


async def look(house: House, later: timedelta) -> None:
    house.clock.move(later.total_seconds())
    await house.scheduler.look()
    await house.finish()


async def acts(house: House) -> list[Act]:
    async with house.database.read() as tx:
        latest = await tx.audit.latest(GUILD, act=None, limit=20)
    return [each.entry.act for each in latest if each.entry.act in OF_REVIEWS]


async def billed(house: House) -> int:
    """What the bot's budget bears, in micro-dollars."""
    async with house.database.read() as tx:
        assert await tx.ledger.wrong_balances() == []
        usage = await tx.ledger.usages(BOT_ACCOUNT, [house.clock.now() - DAY])
    return usage[0].usd_micros


async def test_a_held_picture_is_shown_to_moderators_and_not_in_the_channel(house: House) -> None:
    job = await ask_and_paint(house, images=2)

    assert job.state is JobState.HELD
    assert {image.state for image in job.images} == {ImageState.HELD}
    [result] = house.messenger.shown
    assert (result.shown, result.held) == ((), (Rule.REVIEW_ALL, Rule.REVIEW_ALL))
    assert [channel for channel, _ in house.moderators.asked] == [MODS, MODS]
    held = house.moderators.asked[0][1]
    assert held.case.user_id == make_place().user_id
    assert held.picture is not None
    assert await house.images_used(make_place()) == 2


async def test_an_approved_picture_is_shown_and_paid_for(house: House) -> None:
    job = await ask_and_paint(house)

    await house.reviews.approve(job.images[0].id, reviewer())
    await house.finish()

    job = await house.job(job)
    assert (job.state, job.images[0].state) == (JobState.DONE, ImageState.DELIVERED)
    [result] = house.messenger.released
    assert [item.image.id for item in result.shown] == [job.images[0].id]
    assert [called.id for called in house.messenger.called] == [job.id]
    assert [case.state for _, case in house.moderators.decided] == [ReviewState.APPROVED]
    assert await house.images_used(make_place()) == 1
    assert house.moderators.told == []
    assert await acts(house) == [Act.IMAGE_APPROVED]


async def test_what_is_not_held_is_shown_alongside_and_again_with_what_is_released(
    house: House,
) -> None:
    house.policies.policy = PolicySnapshot(review=Review.FLAGGED)

    async def blur_the_second(seed: int) -> Painting:
        return painting(seed, SafetySignals(blurred=seed == 1_001, content_violation=False))

    house.painter.paint_one = blur_the_second
    job = await ask_and_paint(house, images=2)
    [result] = house.messenger.shown
    assert ([item.image.seed for item in result.shown], result.held) == (
        [1_000],
        (Rule.REVIEW_FLAGGED,),
    )

    await house.reviews.approve(job.images[1].id, reviewer())
    await house.finish()

    [released] = house.messenger.released
    assert [item.image.seed for item in released.shown] == [1_000, 1_001]
    assert await house.images_used(make_place()) == 2


async def test_a_rejected_picture_is_refunded_to_the_member_and_stays_billed(house: House) -> None:
    job = await ask_and_paint(house)

    await house.reviews.reject(job.images[0].id, reviewer(), "not here")
    await house.finish()

    job = await house.job(job)
    image = job.images[0]
    assert (job.state, image.state) == (JobState.REFUSED, ImageState.REFUSED)
    assert image.failure is not None
    assert image.failure.reason is FailureReason.NOT_RELEASED
    assert await house.images_used(make_place()) == 0
    assert await billed(house) == image.reserved_usd_micros
    [told] = house.moderators.told
    assert (told.reason, told.decided_by) == ("not here", MONA)
    assert house.messenger.released == []
    assert len(house.messenger.amended) == 1
    assert house.striker.strikes == []
    assert (await house.notices.take(make_place().user_id)).decisions == []


async def test_reject_and_strike_counts_a_strike_by_the_moderator(house: House) -> None:
    job = await ask_and_paint(house)
    await house.reviews.reject_and_strike(job.images[0].id, reviewer(), "again")
    assert house.striker.strikes == [(make_place().user_id, MONA, "again")]


async def test_two_moderators_at_once_are_one_decision(house: House) -> None:
    job = await ask_and_paint(house)
    image_id = job.images[0].id

    ends = await asyncio.gather(
        house.reviews.approve(image_id, reviewer(MONA)),
        house.reviews.reject_and_strike(image_id, reviewer(OTTO), "no"),
        return_exceptions=True,
    )
    await house.finish()

    assert sum(isinstance(end, DecidedAlready) for end in ends) == 1
    is_approved = not isinstance(ends[0], BaseException)
    assert (house.striker.strikes == []) == is_approved
    assert len(house.messenger.released) == is_approved
    assert len(await acts(house)) == 1


@pytest.mark.parametrize(
    ("who", "error"),
    [
        (reviewer(moderates=False), ModeratorNeeded),
        (reviewer(make_place().user_id), ModerationError),
    ],
)
async def test_only_another_moderator_of_the_channel_decides(
    house: House, who: Reviewer, error: type[Exception]
) -> None:
    job = await ask_and_paint(house)
    for deciding in (
        house.reviews.check(job.images[0].id, who),
        house.reviews.approve(job.images[0].id, who),
        house.reviews.reject(job.images[0].id, who, "no"),
    ):
        with pytest.raises(error):
            await deciding
    assert (await house.job(job)).state is JobState.HELD


async def test_a_picture_is_decided_on_while_another_of_its_job_is_delivered(house: House) -> None:
    """What is decided between the showing and the closing is acted on by the same worker."""
    job = await ask_and_paint(house, images=2)
    first, second = job.images
    calm = house.messenger.show_released

    async def and_the_second_is_rejected(result: JobResult) -> MessageAddress:
        house.messenger.show_released = calm  # type: ignore[method-assign] # once
        await house.reviews.reject(second.id, reviewer(OTTO), "no")
        return await calm(result)

    house.messenger.show_released = and_the_second_is_rejected  # type: ignore[method-assign] # once
    await house.reviews.approve(first.id, reviewer())
    await house.finish()

    job = await house.job(job)
    assert [image.state for image in job.images] == [ImageState.DELIVERED, ImageState.REFUSED]
    assert job.state is JobState.DONE
    assert await house.images_used(make_place()) == 1


async def test_what_became_forbidden_meanwhile_cannot_be_approved(house: House) -> None:
    job = await ask_and_paint(house)
    house.policies.policy = PolicySnapshot(forbidden_models=frozenset({ModelId("z-image-turbo")}))

    with pytest.raises(ApprovalForbidden):
        await house.reviews.approve(job.images[0].id, reviewer())

    assert (await house.job(job)).state is JobState.HELD


async def test_what_becomes_forbidden_after_the_approval_is_not_shown(house: House) -> None:
    job = await ask_and_paint(house)
    await house.reviews.approve(job.images[0].id, reviewer())
    house.policies.policy = PolicySnapshot(forbidden_models=frozenset({ModelId("z-image-turbo")}))
    await house.finish()

    failure = (await house.job(job)).images[0].failure
    assert failure is not None
    assert failure.reason is FailureReason.RULES_CHANGED
    assert house.messenger.released == []
    assert await house.images_used(make_place()) == 0


async def test_what_nobody_decides_on_is_rejected_after_a_day_and_refunded(house: House) -> None:
    job = await ask_and_paint(house)
    await look(house, DAY - timedelta(seconds=1))
    assert (await house.job(job)).state is JobState.HELD

    await look(house, timedelta(seconds=1))
    await look(house, timedelta(hours=1))

    assert (await house.job(job)).state is JobState.REFUSED
    assert [case.state for case in house.moderators.told] == [ReviewState.EXPIRED]
    assert await acts(house) == [Act.REVIEW_EXPIRED]
    with pytest.raises(DecidedAlready):
        await house.reviews.approve(job.images[0].id, reviewer())


async def test_a_member_appeals_once_and_another_moderator_decides(house: House) -> None:
    job = await ask_and_paint(house)
    image_id = job.images[0].id
    await house.reviews.reject(image_id, reviewer(MONA), "no")
    await house.finish()
    with pytest.raises(NotYours):
        await house.reviews.appeal(image_id, make_place(user_id=OTTO))

    await house.reviews.appeal(image_id, make_place(guild_id=None))

    assert house.moderators.asked[-1][1].case.is_appeal
    with pytest.raises(AnotherModeratorNeeded):
        await house.reviews.approve(image_id, reviewer(MONA))
    await house.reviews.approve(image_id, reviewer(OTTO))
    await house.finish()
    job = await house.job(job)
    assert (job.state, job.images[0].state) == (JobState.DONE, ImageState.DELIVERED)
    assert job.images[0].failure is None
    assert await house.images_used(make_place()) == 0
    assert await billed(house) == job.images[0].reserved_usd_micros
    assert sorted(await acts(house)) == [Act.APPEALED, Act.IMAGE_APPROVED, Act.IMAGE_REJECTED]


async def test_an_appeal_that_is_refused_is_final(house: House) -> None:
    job = await ask_and_paint(house)
    image_id = job.images[0].id
    await look(house, DAY)
    await house.reviews.appeal(image_id, make_place())

    await look(house, DAY)

    assert [case.is_appeal for case in house.moderators.told] == [False, True]
    with pytest.raises(NoAppeal):
        await house.reviews.appeal(image_id, make_place())
    assert (await house.job(job)).state is JobState.REFUSED


async def test_an_appeal_comes_in_time_or_not_at_all(house: House) -> None:
    job = await ask_and_paint(house)
    await house.reviews.reject(job.images[0].id, reviewer(), "no")
    await look(house, timedelta(days=7))
    with pytest.raises(NoAppeal):
        await house.reviews.appeal(job.images[0].id, make_place())


async def test_whoever_cannot_be_written_to_is_told_at_their_next_command(house: House) -> None:
    house.moderators.reachable = False
    job = await ask_and_paint(house)
    await house.reviews.reject(job.images[0].id, reviewer(), "no")
    await house.finish()

    [told] = (await house.notices.take(make_place().user_id)).decisions

    assert (told.case.image_id, told.can_be_appealed) == (job.images[0].id, True)
    assert (await house.notices.take(make_place().user_id)).of_results == []
    assert (await house.notices.take(make_place().user_id)).decisions == []


async def test_an_approved_picture_that_cannot_be_shown_is_refunded_and_told(house: House) -> None:
    job = await ask_and_paint(house)
    house.messenger.reachable = False
    await house.reviews.approve(job.images[0].id, reviewer())
    await house.finish()

    failure = (await house.job(job)).images[0].failure
    assert failure is not None
    assert failure.reason is FailureReason.UNDELIVERABLE
    [notice] = (await house.notices.take(make_place().user_id)).of_results
    assert notice.refunded_images == 1
    assert await house.images_used(make_place()) == 0


async def test_without_a_channel_pictures_wait_in_the_queue_and_admins_are_told_once(
    house: House,
) -> None:
    await house.review_desk.ask_nowhere(GUILD)
    first = await ask_and_paint(house)
    second = await house.ask(make_place(), key="interaction-2")
    await house.finish()

    waiting = await house.reviews.waiting(reviewer())
    assert [case.job_id for case in waiting] == [first.id, second.id]
    assert await house.reviews.waiting(reviewer(moderates=False)) == []
    assert [trouble.channel_id for trouble in house.moderators.troubles] == [None]

    await house.review_desk.ask_here(GUILD, MODS)
    assert len(house.moderators.asked) == 2


async def test_a_review_channel_that_is_gone_is_told_once_and_nothing_is_shown(
    house: House,
) -> None:
    house.moderators.channel_gone = True
    job = await ask_and_paint(house, images=3)
    await look(house, timedelta(minutes=2))

    assert (await house.job(job)).state is JobState.HELD
    assert [trouble.channel_id for trouble in house.moderators.troubles] == [MODS]
    assert len(await house.reviews.waiting(reviewer())) == 3


async def test_a_message_that_did_not_get_through_is_made_up_for(house: House) -> None:
    house.moderators.failures_to_come = 1
    await ask_and_paint(house)
    assert house.moderators.asked == []

    await look(house, timedelta(minutes=2))
    await look(house, timedelta(minutes=2))

    assert len(house.moderators.asked) == 1
    assert house.moderators.troubles == []


async def test_a_member_who_deletes_what_waits_is_not_charged(house: House) -> None:
    job = await ask_and_paint(house)
    actor = make_actor()

    await house.results.deletion.delete(job.id, actor)

    assert await house.images_used(make_place()) == 0
    assert await billed(house) == job.images[0].reserved_usd_micros
    assert len(house.moderators.taken_down) == 1
    assert await house.reviews.waiting(reviewer()) == []
    with pytest.raises(ResultGone):
        await house.reviews.approve(job.images[0].id, reviewer())
    await look(house, DAY)
    assert (await house.job(job)).state is JobState.REFUSED
    picture = job.images[0].picture
    assert picture is not None
    assert not await house.pictures.has(picture)


async def test_what_was_erased_otherwise_is_refunded_when_its_time_is_over(house: House) -> None:
    job = await ask_and_paint(house)
    async with house.database.write() as tx:
        await tx.jobs.save_wiped(job.wiped(house.clock.now()))

    await look(house, DAY)

    assert (await house.job(job)).state is JobState.REFUSED
    assert await house.images_used(make_place()) == 0
    assert house.moderators.told == []


async def test_a_held_private_picture_is_not_shared(house: House) -> None:
    job = await ask_and_paint(house, private=True)
    actor = make_actor()
    with pytest.raises(ActionDenied) as refused:
        await house.results.sharing.share(job.images[0].id, actor)
    assert refused.value.rule is Rule.HELD_FOR_REVIEW


async def test_a_private_picture_that_moderators_have_seen_is_shared_at_once(house: House) -> None:
    job = await ask_and_paint(house, private=True)
    await house.reviews.approve(job.images[0].id, reviewer())
    await house.finish()
    actor = make_actor()

    shared = await house.results.sharing.share(job.images[0].id, actor)
    await house.finish()

    assert (await house.job(shared)).state is JobState.DONE
    assert len(house.messenger.shown[-1].shown) == 1


async def test_a_private_picture_that_nobody_has_seen_is_held_when_it_is_shared(
    house: House,
) -> None:
    house.policies.policy = PolicySnapshot()
    job = await ask_and_paint(house, private=True)
    house.policies.policy = PolicySnapshot(review=Review.ALL)
    actor = make_actor()

    shared = await house.results.sharing.share(job.images[0].id, actor)
    await house.finish()
    assert (await house.job(shared)).state is JobState.HELD

    [case] = await house.reviews.waiting(reviewer())
    await house.reviews.approve(case.image_id, reviewer())
    await house.finish()
    assert (await house.job(shared)).state is JobState.DONE


async def test_held_pictures_and_those_that_may_be_appealed_are_kept(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house:
        house.policies.policy = PolicySnapshot(review=Review.ALL)
        job = await ask_and_paint(house)
        picture = job.images[0].picture
        assert picture is not None
        path = house.pictures.path_of(picture)
        os.utime(path, (0, 0))  # too old to be kept without a need
        await house.housekeeping.tidy()
        assert await house.pictures.has(picture)

        await house.reviews.reject(job.images[0].id, reviewer(), "no")
        await house.finish()
        await house.housekeeping.tidy()
        assert await house.pictures.has(picture)

        house.clock.move(timedelta(days=8).total_seconds())
        await house.housekeeping.tidy()
        assert not await house.pictures.has(picture)


async def test_a_decision_outlives_a_restart_before_it_is_acted_on(tmp_path: Path) -> None:
    clock, messenger = FakeClock(), RecordingMessenger()
    async with open_house(tmp_path, clock=clock, messenger=messenger) as house:
        house.policies.policy = PolicySnapshot(review=Review.ALL)
        job = await ask_and_paint(house, images=2)
        await house.reviews.approve(job.images[0].id, reviewer())
    async with open_house(tmp_path, clock=clock, messenger=messenger, first_id=500) as house:
        house.policies.policy = PolicySnapshot(review=Review.ALL)
        await house.finish()
        assert [image.state for image in (await house.job(job)).images] == [
            ImageState.DELIVERED,
            ImageState.HELD,
        ]
        [case] = await house.reviews.waiting(reviewer())
        await house.reviews.approve(case.image_id, reviewer())
        await house.finish()
        assert (await house.job(job)).state is JobState.DONE
    assert [len(result.shown) for result in messenger.released] == [1, 2]


async def test_new_members_are_known_by_when_they_joined(house: House) -> None:
    house.policies.policy = PolicySnapshot(review=Review.NEW_MEMBERS)
    settled = MemberStanding(joined_at=house.clock.now() - timedelta(days=30))
    old = make_place(standing=settled)
    new = make_place(standing=replace(settled, joined_at=house.clock.now() - timedelta(days=1)))
    moderator = replace(new, manages_messages=True)
    states = []
    for number, place in enumerate((old, new, moderator)):
        job = await house.ask(place, key=f"interaction-{number}")
        await house.finish()
        states.append((await house.job(job)).state)
    assert states == [JobState.DONE, JobState.HELD, JobState.DONE]


@pytest.mark.parametrize(
    ("unknown", "state"),
    [(UnknownSignals.SHOW, JobState.DONE), (UnknownSignals.HOLD, JobState.HELD)],
)
async def test_a_missing_safety_header_counts_where_the_channel_says_so(
    house: House, unknown: UnknownSignals, state: JobState
) -> None:
    house.policies.policy = PolicySnapshot(unknown_signals=unknown)

    async def say_nothing(seed: int) -> Painting:
        return painting(seed, SafetySignals())

    house.painter.paint_one = say_nothing
    assert (await ask_and_paint(house)).state is state


async def test_a_violation_is_never_held_nor_shown_and_counts_once(house: House) -> None:
    async def violate(seed: int) -> Painting:
        return painting(seed, SafetySignals(blurred=False, content_violation=True))

    house.painter.paint_one = violate
    job = await ask_and_paint(house, images=2)

    assert job.state is JobState.REFUSED
    assert house.messenger.shown[0].shown == ()
    assert house.moderators.asked == []
    assert await house.images_used(make_place()) == 0
    [(user_id, by, _)] = house.striker.strikes
    assert (user_id, by) == (make_place().user_id, None)


async def test_pictures_of_a_job_are_released_one_by_one(house: House) -> None:
    """Each release begins its claims anew, so that none is taken for a job that fails."""
    job = await ask_and_paint(house, images=4)
    for image in job.images:
        await house.reviews.reject(image.id, reviewer(), "no")
        await house.finish()
    for image in job.images:
        await house.reviews.appeal(image.id, make_place())
        await house.reviews.approve(image.id, reviewer(OTTO))
        await house.finish()
    job = await house.job(job)
    assert {image.state for image in job.images} == {ImageState.DELIVERED}
    assert job.state is JobState.DONE
