"""What members do with a result: ask again, share, delete, mark, report, look into it."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.domain.asking.redo import Remix, rerolled
from bot.domain.errors import (
    ActionDenied,
    AlreadyReported,
    PictureGone,
    QuotaExceeded,
    ReasonEmpty,
    RefusedByRule,
    ResultGone,
    ResultUnfinished,
)
from bot.domain.gate.permissions import Action, Actor
from bot.domain.gate.policy import PolicySnapshot, SafetySignals
from bot.domain.gate.rule import Rule
from bot.domain.ids import GuildId, ImageId, JobId, MessageId, UserId
from bot.domain.jobs.failure import FailureReason
from bot.domain.jobs.job import ImageState, Job, JobState
from bot.domain.library.lineage import Sight
from bot.services.asking.plans import AnyPlan, Place
from bot.services.asking.presses import WINDOW_S
from bot.services.results.feedback import Reporting
from bot.storage.tables import job_index
from tests.paintings import painted_by
from tests.services.house import House, make_limits, make_place, make_reply, open_house
from tests.services.models import RATIO_MODEL
from tests.services.painters import failing

BOB = UserId(8)


def actor_at(place: Place, *, manages_messages: bool = False) -> Actor:
    return Actor(
        user_id=place.user_id,
        guild_id=place.guild_id,
        channel_id=place.channel_id,
        manages_messages=manages_messages,
    )


def reporting(house: House, actor: Actor) -> Reporting:
    """A member in good standing."""
    years_ago = house.clock.now() - timedelta(days=900)
    return Reporting(actor, years_ago, years_ago)


ALICE_HERE = actor_at(make_place())
BOB_HERE = actor_at(make_place(user_id=BOB))


async def result_of(house: House, *, key: str = "first", **request: object) -> Job:
    """A result of Alice's, shown."""
    job = await house.ask(make_place(), key=key, **request)
    await house.finish()
    return await house.job(job)


async def accept(house: House, plan: AnyPlan, *, key: str = "again") -> Job:
    job = await house.generation.accept(plan, reply=make_reply(house.clock), idempotency_key=key)
    await house.finish()
    return await house.job(job)


async def used_by(house: House, user_id: UserId) -> int:
    return await house.images_used(make_place(user_id=user_id))


# What is recorded


async def test_where_a_result_is_shown_is_recorded(house: House) -> None:
    job = await result_of(house)

    assert job.shown is not None
    assert job.shown.channel_id == make_place().channel_id
    assert job.reply is None


async def test_a_result_that_reached_nobody_is_shown_nowhere(house: House) -> None:
    house.messenger.reachable = False

    assert (await result_of(house)).shown is None


# Asking again


async def test_a_reroll_is_paid_by_whoever_presses_and_knows_its_parent(house: House) -> None:
    first = await result_of(house, images=2, seed=42, style="watercolor")
    place = make_place(user_id=BOB)

    plan = await house.results.redo.plan_reroll(first.id, BOB_HERE, place)
    again = await accept(house, plan)

    assert again.recipe == first.recipe
    assert again.origin.user_id == BOB
    assert {image.parent for image in again.images} == {first.images[0].id}
    assert [image.seed for image in again.images] == [1_000, 1_001]
    assert await used_by(house, BOB) == 2


async def test_a_failed_result_can_be_tried_again(house: House) -> None:
    house.painter.paint_one = failing(FailureReason.AT_CAPACITY)
    failed = await result_of(house)

    plan = await house.results.redo.plan_reroll(failed.id, ALICE_HERE, make_place())

    assert plan.request == rerolled(failed)


async def test_a_variation_is_one_picture_of_the_one_chosen(house: House) -> None:
    first = await result_of(house, images=3)

    plan = await house.results.redo.plan_variation(first.images[2].id, ALICE_HERE, make_place())
    varied = await accept(house, plan)

    assert [image.parent for image in varied.images] == [first.images[2].id]


async def test_a_remix_enters_by_the_same_door(house: House) -> None:
    first = await result_of(house)
    job = await house.results.reader.result(first.id, Action.REMIX, BOB_HERE)
    remix = Remix(prompt="a blue fox", model=RATIO_MODEL.id, shape="16:9", style="film noir")

    [plan] = house.results.redo.propose_remix(job, remix, make_place(user_id=BOB)).plans

    assert plan.recipe.model == RATIO_MODEL.id
    assert plan.recipe.style == "Film Noir"
    assert plan.parent == first.images[0].id


async def test_the_gate_is_asked_about_a_reroll(house: House) -> None:
    first = await result_of(house)
    house.policies.policy = PolicySnapshot(allowed_guilds=frozenset({GuildId(99)}))

    with pytest.raises(RefusedByRule):
        await house.results.redo.plan_reroll(first.id, ALICE_HERE, make_place())


async def test_a_reroll_stays_within_the_quota(tmp_path: Path) -> None:
    async with open_house(tmp_path, limits=make_limits(images=1)) as house:
        first = await result_of(house)
        plan = await house.results.redo.plan_reroll(first.id, ALICE_HERE, make_place())
        with pytest.raises(QuotaExceeded):
            await accept(house, plan)


async def test_nobody_rerolls_a_private_result_of_others(house: House) -> None:
    first = await result_of(house, private=True)

    with pytest.raises(ActionDenied) as denied:
        await house.results.redo.plan_reroll(first.id, BOB_HERE, make_place(user_id=BOB))

    assert denied.value.rule is Rule.RESULT_PRIVATE


async def test_an_unknown_result_is_gone(house: House) -> None:
    with pytest.raises(ResultGone):
        await house.results.reader.result(JobId("unknown"), Action.DETAILS, ALICE_HERE)
    with pytest.raises(ResultGone):
        await house.results.reader.picture(ImageId("unknown"), Action.VARY, ALICE_HERE)


async def test_a_picture_that_was_not_made_cannot_be_picked(house: House) -> None:
    house.painter.paint_one = failing(FailureReason.AT_CAPACITY)
    failed = await result_of(house)

    with pytest.raises(PictureGone):
        await house.results.reader.picture(failed.images[0].id, Action.VARY, ALICE_HERE)


# Sharing


async def test_a_shared_picture_is_shown_to_all_at_no_cost(house: House) -> None:
    private = await result_of(house, private=True, images=2, seed=42)

    shared = await house.results.sharing.share(private.images[1].id, ALICE_HERE)
    await house.finish()

    shown = house.messenger.shown[-1]
    assert not shown.job.request.private
    assert [item.image.seed for item in shown.shown] == [43]
    assert shown.took_s == pytest.approx(1.2)
    assert await used_by(house, make_place().user_id) == 2
    assert len(house.painter.orders) == 2
    shared = await house.job(shared)
    assert shared.state is JobState.DONE
    assert shared.images[0].state is ImageState.DELIVERED
    assert shared.images[0].parent == private.images[1].id


async def test_a_shared_picture_is_everybodys_and_its_source_stays_private(house: House) -> None:
    private = await result_of(house, private=True)
    shared = await house.results.sharing.share(private.images[0].id, ALICE_HERE)
    await house.finish()

    details = await house.results.details.details(shared.id, BOB_HERE)

    assert [each.sight for each in details.lineage] == [Sight.HIDDEN]
    with pytest.raises(ActionDenied):
        await house.results.details.details(private.id, BOB_HERE)


@pytest.mark.parametrize(
    ("policy", "rule"),
    [
        (PolicySnapshot(allowed_guilds=frozenset({GuildId(99)})), Rule.SERVER_NOT_ALLOWED),
        (PolicySnapshot(safe_mode=True), Rule.SAFE_MODE),
    ],
)
async def test_the_gate_is_asked_again_before_sharing(
    house: House, policy: PolicySnapshot, rule: Rule
) -> None:
    private = await result_of(house, private=True)
    async with house.database.write() as tx:
        loose = replace(private, recipe=replace(painted_by(private), safe_mode=False))
        await tx.jobs.save_wiped(loose)
    house.policies.policy = policy

    with pytest.raises(RefusedByRule) as refused:
        await house.results.sharing.share(private.images[0].id, ALICE_HERE)

    assert refused.value.rule is rule


async def test_a_picture_called_a_violation_is_not_shared(house: House) -> None:
    private = await result_of(house, private=True)
    [image] = private.images
    signals = SafetySignals(blurred=False, content_violation=True)
    async with house.database.write() as tx:
        await tx.jobs.save_wiped(replace(private, images=(replace(image, signals=signals),)))

    with pytest.raises(RefusedByRule) as refused:
        await house.results.sharing.share(image.id, ALICE_HERE)

    assert refused.value.rule is Rule.CONTENT_VIOLATION


async def test_a_picture_that_is_no_longer_kept_is_not_shared(house: House) -> None:
    private = await result_of(house, private=True)
    [image] = private.images
    assert image.picture is not None
    await house.pictures.remove(image.picture)

    with pytest.raises(PictureGone):
        await house.results.sharing.share(image.id, ALICE_HERE)


# Deleting


async def test_a_deletion_removes_words_and_pictures_and_touches_no_sum(house: House) -> None:
    job = await result_of(house, images=2)
    paths = [house.pictures.path_of(i.picture) for i in job.images if i.picture is not None]

    shown = await house.results.deletion.delete(job.id, ALICE_HERE)

    assert shown == job.shown
    wiped = await house.job(job)
    assert wiped == job.wiped(house.clock.now())
    assert [path.exists() for path in paths] == [False, False]
    assert await used_by(house, make_place().user_id) == 2


async def test_a_deleted_result_is_gone_for_every_button(house: House) -> None:
    job = await result_of(house)
    await house.results.deletion.delete(job.id, ALICE_HERE)

    for action in Action:
        with pytest.raises(ResultGone):
            await house.results.reader.result(job.id, action, ALICE_HERE)


async def test_the_words_of_a_deleted_result_leave_the_index(house: House) -> None:
    job = await result_of(house)

    await house.results.deletion.delete(job.id, ALICE_HERE)

    async with house.database._engines.writer.begin() as connection:
        indexed = await connection.execute(select(job_index))
        assert indexed.all() == []


async def test_a_moderator_deletes_and_others_do_not(house: House) -> None:
    job = await result_of(house)
    with pytest.raises(ActionDenied) as denied:
        await house.results.deletion.delete(job.id, BOB_HERE)
    assert denied.value.rule is Rule.NOT_YOUR_RESULT

    moderator = actor_at(make_place(user_id=BOB), manages_messages=True)
    await house.results.deletion.delete(job.id, moderator)

    assert (await house.job(job)).deleted_at == house.clock.now()


async def test_a_picture_lives_on_in_the_result_that_shares_it(house: House) -> None:
    private = await result_of(house, private=True)
    await house.results.sharing.share(private.images[0].id, ALICE_HERE)
    await house.finish()

    await house.results.deletion.delete(private.id, ALICE_HERE)

    [shown] = house.messenger.shown[-1].shown
    assert shown.path.exists()


async def test_a_result_is_not_deleted_before_it_is_written_down(house: House) -> None:
    job = await house.ask(make_place())

    with pytest.raises(ResultUnfinished):
        await house.results.deletion.delete(job.id, ALICE_HERE)


async def test_children_remember_a_deleted_parent(house: House) -> None:
    first = await result_of(house)
    plan = await house.results.redo.plan_reroll(first.id, ALICE_HERE, make_place())
    child = await accept(house, plan)
    await house.results.deletion.delete(first.id, ALICE_HERE)

    details = await house.results.details.details(child.id, ALICE_HERE)

    assert [each.sight for each in details.lineage] == [Sight.DELETED]


# Favourites and reports


async def test_a_favourite_is_a_toggle_of_each_member(house: House) -> None:
    image = (await result_of(house)).images[0].id
    toggle = house.results.feedback.toggle_favourite

    assert await toggle(image, ALICE_HERE) is True
    assert await toggle(image, BOB_HERE) is True
    assert await toggle(image, ALICE_HERE) is False
    assert await toggle(image, ALICE_HERE) is True


async def test_a_member_reports_a_picture_once(house: House) -> None:
    image = (await result_of(house)).images[0].id
    feedback = house.results.feedback
    await feedback.check_reportable(image, BOB_HERE)
    await feedback.report(image, reporting(house, BOB_HERE), "it shows me")

    with pytest.raises(AlreadyReported):
        await feedback.check_reportable(image, BOB_HERE)
    with pytest.raises(AlreadyReported):
        await feedback.report(image, reporting(house, BOB_HERE), "it still does")
    await feedback.check_reportable(image, ALICE_HERE)


async def test_a_blank_report_is_none(house: House) -> None:
    image = (await result_of(house)).images[0].id

    with pytest.raises(ReasonEmpty):
        await house.results.feedback.report(image, reporting(house, BOB_HERE), "  ")


# Lineage


async def test_a_lineage_goes_back_from_child_to_parent(house: House) -> None:
    job = await result_of(house, seed=42)
    for number in range(2):
        plan = await house.results.redo.plan_reroll(job.id, ALICE_HERE, make_place())
        job = await accept(house, plan, key=f"again-{number}")

    details = await house.results.details.details(job.id, BOB_HERE)

    assert [each.seed for each in details.lineage] == [1_000, 42]
    assert all(each.shown is not None for each in details.lineage)


# Double clicks


def press(house: House, *, user: int = 7, message: int = 1, custom_id: str = "g1:reroll:x") -> bool:
    return house.results.presses.is_repeat(
        message_id=MessageId(message), user_id=UserId(user), custom_id=custom_id
    )


def test_a_double_click_is_one_press(house: House) -> None:
    assert [press(house), press(house), press(house)] == [False, True, True]


def test_other_members_buttons_and_messages_are_presses_of_their_own(house: House) -> None:
    assert not press(house)
    assert not press(house, user=8)
    assert not press(house, message=2)
    assert not press(house, custom_id="g1:vary:x")


def test_hammering_stays_one_press_until_it_pauses(house: House) -> None:
    assert not press(house)
    for _ in range(5):
        house.clock.move(2)
        assert press(house)
    house.clock.move(WINDOW_S)
    assert not press(house)
