"""From an accepted request to a message, and what each way of failing leaves behind."""

import asyncio
from dataclasses import replace
from datetime import UTC
from pathlib import Path

import pytest

from bot.domain.gate.policy import PolicySnapshot, SafetySignals
from bot.domain.ids import GuildId, JobId
from bot.domain.jobs.failure import Billing, FailureReason
from bot.domain.jobs.job import ImageState, JobState
from bot.domain.jobs.painting import Painting
from bot.domain.money import UsdMicros
from bot.domain.quotas.ledger import BOT_ACCOUNT, Usage, server_account
from bot.domain.quotas.windows import DAY, window_at
from bot.services.jobs.runner import LEASE
from tests.services.house import House, make_place, open_house, seeds_of
from tests.services.models import PENNY
from tests.services.painters import failing, paint_well, painting
from tests.services.recording import RecordingMessenger


async def usage(house: House, account: str) -> Usage:
    async with house.database.read() as tx:
        return await tx.ledger.usage(account, window_at(DAY, house.clock.now(), UTC))  # type: ignore[arg-type] # any key


async def test_a_request_becomes_a_message_with_its_pictures(house: House) -> None:
    job = await house.ask(make_place(), images=3)

    await house.finish()

    [result] = house.messenger.shown
    assert seeds_of([result]) == [1_000, 1_001, 1_002]
    assert result.cost_usd_micros == 3 * PENNY
    assert all(item.path.read_bytes().startswith(b"picture") for item in result.shown)
    ended = await house.job(job)
    assert ended.state is JobState.DONE
    assert {image.state for image in ended.images} == {ImageState.DELIVERED}


async def test_the_api_is_always_told_to_use_safe_mode(house: House) -> None:
    await house.ask(make_place())

    await house.finish()

    [(recipe, _)] = house.painter.orders
    assert recipe.safe_mode is True


async def test_shown_pictures_are_settled_on_every_account(house: House) -> None:
    job = await house.ask(make_place(), images=2)

    await house.finish()

    assert await usage(house, job.origin.account) == Usage(2, UsdMicros(2 * PENNY))
    assert await usage(house, server_account(GuildId(70))) == Usage(2, UsdMicros(2 * PENNY))
    assert await usage(house, BOT_ACCOUNT) == Usage(2, UsdMicros(2 * PENNY))


async def test_the_interaction_token_is_wiped_when_the_job_has_ended(house: House) -> None:
    job = await house.ask(make_place())
    assert (await house.job(job)).reply is not None

    await house.finish()

    assert (await house.job(job)).reply is None


async def test_an_image_that_fails_is_refunded_and_the_others_are_shown(house: House) -> None:
    async def second_fails(seed: int) -> Painting:
        if seed == 1_001:
            return await failing(FailureReason.AT_CAPACITY)(seed)
        return painting(seed)

    house.painter.paint_one = second_fails
    job = await house.ask(make_place(), images=3)

    await house.finish()

    [result] = house.messenger.shown
    assert seeds_of([result]) == [1_000, 1_002]
    assert [failure.reason for failure in result.failed] == [FailureReason.AT_CAPACITY]
    assert result.cost_usd_micros == 2 * PENNY
    assert (await house.job(job)).state is JobState.DONE
    assert (await usage(house, job.origin.account)).images == 2


async def test_a_job_without_a_picture_fails_and_costs_nothing(house: House) -> None:
    house.painter.paint_one = failing(FailureReason.REJECTED, detail="no such thing")
    job = await house.ask(make_place())

    await house.finish()

    [result] = house.messenger.shown
    assert result.shown == ()
    assert (await house.job(job)).state is JobState.FAILED
    assert await usage(house, job.origin.account) == Usage()
    assert await usage(house, BOT_ACCOUNT) == Usage()


async def test_what_may_have_been_billed_refunds_the_member_but_not_the_budget(
    house: House,
) -> None:
    house.painter.paint_one = failing(FailureReason.TIMED_OUT, Billing.MAYBE_BILLED)
    job = await house.ask(make_place())

    await house.finish()

    assert (await usage(house, job.origin.account)).images == 0
    assert (await usage(house, BOT_ACCOUNT)).usd_micros == PENNY


async def test_a_violation_is_never_shown_and_is_refunded(house: House) -> None:
    async def violate(seed: int) -> Painting:
        return painting(seed, SafetySignals(blurred=False, content_violation=True))

    house.painter.paint_one = violate
    job = await house.ask(make_place())

    await house.finish()

    [result] = house.messenger.shown
    assert result.shown == ()
    assert [failure.reason for failure in result.failed] == [FailureReason.CONTENT_VIOLATION]
    assert (await house.job(job)).state is JobState.REFUSED
    assert await usage(house, job.origin.account) == Usage()


async def test_a_server_that_is_shut_out_while_its_job_waits_gets_nothing_painted(
    house: House,
) -> None:
    job = await house.ask(make_place())
    house.policies.policy = PolicySnapshot(allowed_guilds=frozenset({GuildId(99)}))

    await house.finish()

    assert house.painter.orders == []
    ended = await house.job(job)
    assert ended.state is JobState.REFUSED
    assert ended.images[0].failure is not None
    assert ended.images[0].failure.reason is FailureReason.RULES_CHANGED


async def test_a_server_that_is_shut_out_while_its_picture_is_painted_is_not_shown_it(
    house: House,
) -> None:
    async def shut_out_meanwhile(seed: int) -> Painting:
        house.policies.policy = PolicySnapshot(allowed_guilds=frozenset({GuildId(99)}))
        return painting(seed)

    house.painter.paint_one = shut_out_meanwhile
    job = await house.ask(make_place())

    await house.finish()

    assert house.messenger.shown[0].shown == ()
    assert (await usage(house, job.origin.account)).images == 0
    assert (await usage(house, BOT_ACCOUNT)).usd_micros == PENNY


async def test_credentials_that_are_refused_are_told_to_the_operator(house: House) -> None:
    house.painter.paint_one = failing(FailureReason.NOT_CONFIGURED, detail="bad key")
    await house.ask(make_place())

    await house.finish()

    assert [failure.detail for failure in house.alerts.failures] == ["bad key"]


async def test_a_model_that_is_gone_makes_the_catalogue_look_again(house: House) -> None:
    house.painter.paint_one = failing(FailureReason.MODEL_GONE)
    await house.ask(make_place())

    await house.finish()

    assert house.catalogue.missing_noted == 1


async def test_a_painter_that_crashes_ends_the_image_and_not_the_pool(house: House) -> None:
    async def crash(_seed: int) -> Painting:
        raise ZeroDivisionError

    house.painter.paint_one = crash
    job = await house.ask(make_place())
    async with house.working():
        await house.pool.idle()
        house.painter.paint_one = paint_well
        await house.ask(make_place(), key="interaction-2")
        await house.pool.idle()

    failure = (await house.job(job)).images[0].failure
    assert failure is not None
    assert failure.reason is FailureReason.INTERNAL
    assert failure.billing is Billing.MAYBE_BILLED
    assert seeds_of(house.messenger.shown[1:]) == [1_000]


async def test_a_full_disk_ends_the_image_and_charges_the_budget_alone(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def no_room(_body: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(house.pictures, "keep", no_room)
    job = await house.ask(make_place())

    await house.finish()

    assert (await house.job(job)).state is JobState.FAILED
    assert (await usage(house, job.origin.account)).images == 0
    assert (await usage(house, BOT_ACCOUNT)).usd_micros == PENNY


async def test_a_member_who_cannot_be_reached_is_refunded_and_told_at_the_next_command(
    tmp_path: Path,
) -> None:
    async with open_house(tmp_path, messenger=RecordingMessenger(reachable=False)) as house:
        job = await house.ask(make_place(), images=2)

        await house.finish()

        assert (await usage(house, job.origin.account)).images == 0
        assert (await usage(house, BOT_ACCOUNT)).usd_micros == 2 * PENNY
        [notice] = (await house.notices.take(make_place().user_id)).of_results
        assert notice.job_id == job.id
        assert notice.refunded_images == 2
        assert (await house.notices.take(make_place().user_id)).of_results == []


async def test_while_discord_is_down_a_picture_waits_and_is_shown_later(house: House) -> None:
    house.messenger.failures_to_come = 2
    job = await house.ask(make_place())
    async with house.working():
        await house.pool.idle()
        for _ in range(2):
            house.clock.move(LEASE.total_seconds())
            house.bell.ring()
            await house.pool.idle()

    assert seeds_of(house.messenger.shown) == [1_000]
    assert len(house.painter.orders) == 1
    assert (await house.job(job)).state is JobState.DONE


async def test_no_more_images_are_painted_at_once_than_the_setting_allows(tmp_path: Path) -> None:
    async with open_house(tmp_path, concurrency=2) as house:

        async def slowly(seed: int) -> Painting:
            for _ in range(5):
                await asyncio.sleep(0)
            return painting(seed)

        house.painter.paint_one = slowly
        for number in range(4):
            await house.ask(make_place(), images=4, key=f"interaction-{number}")

        await house.finish()

        assert house.painter.most_at_once == 2
        assert len(house.messenger.shown) == 4


async def test_draining_finishes_what_runs_and_leaves_the_rest_for_the_next_start(
    tmp_path: Path,
) -> None:
    release = asyncio.Event()
    started = asyncio.Event()

    async def wait(seed: int) -> Painting:
        started.set()
        await release.wait()
        return painting(seed)

    async with open_house(tmp_path, concurrency=1) as house:
        house.painter.paint_one = wait
        first = await house.ask(make_place(), key="first")
        second = await house.ask(make_place(), key="second")
        running = asyncio.create_task(house.pool.run())
        await started.wait()
        house.pool.drain()
        release.set()
        await running
        assert (await house.job(first)).state is JobState.DONE
        assert (await house.job(second)).state is JobState.QUEUED

    async with open_house(tmp_path) as reopened:
        await reopened.finish()
        assert (await reopened.job(second)).state is JobState.DONE


async def test_the_lease_is_renewed_while_a_long_job_runs(house: House) -> None:
    release = asyncio.Event()
    started = asyncio.Event()

    async def wait(seed: int) -> Painting:
        started.set()
        await release.wait()
        return painting(seed)

    house.painter.paint_one = wait
    job = await house.ask(make_place())
    async with house.working():
        await started.wait()
        before = (await house.job(job)).lease_until
        house.clock.move(30)
        async with asyncio.timeout(60):
            while (await house.job(job)).lease_until == before:  # noqa: ASYNC110 - the database has no event
                await asyncio.sleep(0)
        release.set()
        await house.pool.idle()

    assert (await house.job(job)).state is JobState.DONE


async def test_a_job_that_another_worker_took_over_is_left_to_it(house: House) -> None:
    job = await house.ask(make_place())
    now = house.clock.now()
    async with house.database.write() as tx:
        stale = await tx.jobs.claim_next(owner="old", now=now, lease_until=now, most_running=9)
    assert stale is not None
    async with house.database.write() as tx:
        await tx.jobs.claim_next(owner="new", now=now, lease_until=now, most_running=9)
    sent: list[int] = []

    async def note_sent(seed: int) -> Painting:
        sent.append(seed)
        return await paint_well(seed)

    house.painter.paint_one = note_sent
    with pytest.raises(ExceptionGroup) as raised:
        await house.runner.run(stale)

    assert raised.group_contains(Exception, match=job.id)
    assert sent == []


async def test_a_job_that_never_comes_to_its_end_is_given_up(house: House) -> None:
    job = await house.ask(make_place(), images=2)
    now = house.clock.now()
    claimed = None
    for number in range(6):
        async with house.database.write() as tx:
            claimed = await tx.jobs.claim_next(
                owner=f"worker-{number}", now=now, lease_until=now, most_running=9
            )
    assert claimed is not None

    await house.runner.run(claimed)

    ended = await house.job(job)
    assert ended.state is JobState.FAILED
    assert house.painter.orders == []
    assert await usage(house, job.origin.account) == Usage()
    assert len((await house.notices.take(make_place().user_id)).of_results) == 1


async def crashed_with(house: House, state: ImageState, *, job_state: JobState) -> str:
    """A job as a killed process leaves it: claimed, with its image in a state."""
    job = await house.ask(make_place())
    now = house.clock.now()
    async with house.database.write() as tx:
        claimed = await tx.jobs.claim_next(owner="killed", now=now, lease_until=now, most_running=9)
        assert claimed is not None
        await tx.jobs.set_state(job.id, job_state, fence=claimed.fence, now=now)
        image = replace(claimed.images[0], state=state, sent_at=now)
        if state is ImageState.STORED:
            body = painting(image.seed).body
            image = replace(image, picture=await house.pictures.keep(body))
        await tx.jobs.save_image(job.id, image, fence=claimed.fence)
    return job.id


async def test_after_a_crash_what_was_sent_is_never_sent_again(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house:
        await crashed_with(house, ImageState.SENT, job_state=JobState.RUNNING)

    async with open_house(tmp_path) as house:
        await house.finish()

        assert house.painter.orders == []
        [result] = house.messenger.shown
        assert [failure.reason for failure in result.failed] == [FailureReason.LOST]
        assert (await usage(house, BOT_ACCOUNT)).usd_micros == PENNY
        assert (await usage(house, result.job.origin.account)).images == 0


async def test_after_a_crash_cancelling_charges_nobody_for_what_was_lost(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house:
        job_id = await crashed_with(house, ImageState.SENT, job_state=JobState.RUNNING)

        await house.cancelling.cancel(JobId(job_id), make_place().user_id, moderator=False)

        [result] = house.messenger.shown
        assert [failure.reason for failure in result.failed] == [FailureReason.LOST]
        assert (await usage(house, BOT_ACCOUNT)).usd_micros == PENNY
        assert (await usage(house, result.job.origin.account)).images == 0


@pytest.mark.parametrize("job_state", [JobState.RUNNING, JobState.DELIVERING])
async def test_after_a_crash_what_was_kept_is_delivered_without_painting_again(
    tmp_path: Path, job_state: JobState
) -> None:
    async with open_house(tmp_path) as house:
        await crashed_with(house, ImageState.STORED, job_state=job_state)

    async with open_house(tmp_path) as house:
        await house.finish()

        assert house.painter.orders == []
        assert seeds_of(house.messenger.shown) == [1_000]


async def test_after_a_crash_what_was_not_sent_is_painted(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house:
        await crashed_with(house, ImageState.QUEUED, job_state=JobState.RUNNING)

    async with open_house(tmp_path) as house:
        await house.finish()

        assert len(house.painter.orders) == 1
        assert seeds_of(house.messenger.shown) == [1_000]
