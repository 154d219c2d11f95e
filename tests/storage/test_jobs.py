from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.gate.policy import SafetySignals
from bot.domain.ids import JobId
from bot.domain.jobs.failure import Billing, FailureReason, ImageFailure
from bot.domain.jobs.job import (
    OPEN_JOB_STATES,
    TERMINAL_JOB_STATES,
    ImageState,
    JobState,
    LeaseLostError,
)
from bot.domain.jobs.stored_picture import StoredPicture
from bot.domain.money import UsdMicros
from bot.domain.sizing import TierChoice
from bot.storage.database import Database
from tests.storage.factories import (
    LEASE_UNTIL,
    NOW,
    add_job,
    claim,
    claimed_job,
    make_image,
    make_job,
    make_origin,
    make_recipe,
    make_request,
    stored_job,
)


async def test_a_job_comes_back_as_it_was_written(database: Database) -> None:
    job = await add_job(
        database,
        request=make_request(style="Photographic", seed=7, images=2, private=True),
        recipe=make_recipe(size=TierChoice("16:9", "2K"), negative="text"),
        images=(
            make_image(position=0, reserved_usd_micros=UsdMicros(10_000)),
            make_image(position=1, seed=2**32),
        ),
    )
    assert await stored_job(database, job) == job


async def test_a_job_of_direct_messages_has_no_server(database: Database) -> None:
    async with database.write() as tx:
        account = await tx.members.account_of(make_origin().user_id, None)
        job = make_job(origin=make_origin(guild_id=None, account=account), reply=None)
        await tx.jobs.add(job, idempotency_key="key")
    assert await stored_job(database, job) == job


async def test_images_come_in_the_order_of_their_positions(database: Database) -> None:
    last, first = make_image(position=1), make_image(position=0)
    job = await add_job(database, images=(last, first))
    assert (await stored_job(database, job)).images == (first, last)


async def test_an_unknown_job_is_none(database: Database) -> None:
    async with database.read() as tx:
        assert await tx.jobs.get(JobId("unknown")) is None
        assert await tx.jobs.by_idempotency_key("unknown") is None


async def test_the_same_idempotency_key_writes_one_job(database: Database) -> None:
    first = await add_job(database)
    second = make_job(origin=first.origin)
    async with database.write() as tx:
        assert not await tx.jobs.add(second, idempotency_key=f"key-of-{first.id}")
        assert await tx.jobs.by_idempotency_key(f"key-of-{first.id}") == first
        assert await tx.jobs.get(second.id) is None
        assert await tx.jobs.count_open() == 1


async def test_a_claim_takes_the_oldest_job_first(database: Database) -> None:
    younger = await add_job(database, created_at=NOW)
    older = await add_job(database, created_at=NOW - timedelta(seconds=1))
    claims = [await claim(database) for _ in range(3)]
    assert [job and job.id for job in claims] == [older.id, younger.id, None]


async def test_a_claimed_job_tells_its_owner_lease_and_fence(database: Database) -> None:
    written = await add_job(database)
    job = await claim(database, owner="worker-1")
    expected = replace(
        written, state=JobState.RUNNING, owner="worker-1", lease_until=LEASE_UNTIL, fence=1
    )
    assert job == expected
    assert await stored_job(database, written) == expected


@pytest.mark.parametrize("state", sorted(OPEN_JOB_STATES))
async def test_an_expired_lease_can_be_claimed_in_every_open_state(
    database: Database, state: JobState
) -> None:
    await add_job(database, state=state, owner="gone", lease_until=LEASE_UNTIL, fence=4)
    assert await claim(database, now=LEASE_UNTIL - timedelta(microseconds=1)) is None
    job = await claim(database, now=LEASE_UNTIL)
    assert job is not None
    taken_up = JobState.RUNNING if state is JobState.QUEUED else state
    assert (job.state, job.owner, job.fence) == (taken_up, "worker", 5)


@pytest.mark.parametrize("state", sorted(set(JobState) - OPEN_JOB_STATES))
async def test_a_job_with_nothing_to_do_is_never_claimed(
    database: Database, state: JobState
) -> None:
    await add_job(database, state=state)
    assert await claim(database) is None


async def test_a_job_in_hand_is_not_taken_though_its_lease_has_ended(database: Database) -> None:
    await add_job(database, id=JobId("in-hand"), fence=1, owner="worker", lease_until=NOW)
    other = await add_job(database, id=JobId("other"))
    async with database.write() as tx:
        for expected in (other.id, None):
            job = await tx.jobs.claim_next(
                owner="worker",
                now=NOW,
                lease_until=LEASE_UNTIL,
                most_running=100,
                in_hand={JobId("in-hand")},
            )
            assert (job.id if job is not None else None) == expected
    assert await claim(database) is not None, "another process takes over what has no owner left"


async def test_a_renewed_lease_holds_for_longer(database: Database) -> None:
    job = await claimed_job(database)
    later = LEASE_UNTIL + timedelta(minutes=1)
    async with database.write() as tx:
        await tx.jobs.renew(job.id, fence=job.fence, lease_until=later)
    assert await claim(database, now=LEASE_UNTIL) is None
    assert await claim(database, now=later) is not None


async def test_at_the_start_every_claimed_job_is_let_go(database: Database) -> None:
    await claimed_job(database)
    await claimed_job(database)
    await add_job(database)
    async with database.write() as tx:
        assert await tx.jobs.expire_leases(now=NOW) == 2
        assert await tx.jobs.expire_leases(now=NOW) == 0
    assert [bool(await claim(database)) for _ in range(4)] == [True, True, True, False]


@pytest.mark.parametrize("state", sorted(TERMINAL_JOB_STATES))
async def test_a_terminal_state_wipes_the_token_and_lets_go(
    database: Database, state: JobState
) -> None:
    job = await claimed_job(database)
    async with database.write() as tx:
        await tx.jobs.set_state(job.id, state, fence=job.fence, now=NOW)
    ended = await stored_job(database, job)
    assert ended == replace(job, state=state, reply=None, owner=None, lease_until=None)


@pytest.mark.parametrize("state", [JobState.RUNNING, JobState.DELIVERING])
async def test_a_job_that_moves_on_keeps_its_token_and_lease(
    database: Database, state: JobState
) -> None:
    job = await claimed_job(database)
    async with database.write() as tx:
        await tx.jobs.set_state(job.id, state, fence=job.fence, now=NOW)
    assert await stored_job(database, job) == replace(job, state=state)


@pytest.mark.parametrize("state", [JobState.QUEUED, JobState.HELD])
async def test_a_job_that_waits_keeps_its_token_without_a_lease(
    database: Database, state: JobState
) -> None:
    job = await claimed_job(database)
    async with database.write() as tx:
        await tx.jobs.set_state(job.id, state, fence=job.fence, now=NOW)
    waiting = await stored_job(database, job)
    assert waiting == replace(job, state=state, owner=None, lease_until=None)


async def test_all_that_is_known_of_an_image_is_saved(database: Database) -> None:
    job = await claimed_job(database, images=(make_image(position=0), make_image(position=1)))
    stored = replace(
        job.images[0],
        state=ImageState.STORED,
        sent_at=NOW,
        picture=StoredPicture(sha256="ab" * 32, content_type="image/webp", size_bytes=123_456),
        signals=SafetySignals(blurred=False, content_violation=True),
        duration_ms=8_250,
    )
    failed = replace(
        job.images[1],
        state=ImageState.FAILED,
        failure=ImageFailure(
            FailureReason.AT_CAPACITY, Billing.MAYBE_BILLED, detail="try later", request_id="r-1"
        ),
    )
    async with database.write() as tx:
        await tx.jobs.save_image(job.id, stored, fence=job.fence)
        await tx.jobs.save_image(job.id, failed, fence=job.fence)
    assert (await stored_job(database, job)).images == (stored, failed)


async def test_a_failure_in_characters_that_no_database_holds_is_saved(database: Database) -> None:
    job = await claimed_job(database)
    refused = ImageFailure(FailureReason.REJECTED, detail="a\x00b\ud83dc")
    image = replace(job.images[0], state=ImageState.FAILED, failure=refused)
    async with database.write() as tx:
        await tx.jobs.save_image(job.id, image, fence=job.fence)
    saved = (await stored_job(database, job)).images[0].failure
    assert saved == replace(refused, detail="a?b?c")


async def test_an_image_of_another_job_is_not_saved(database: Database) -> None:
    job, other = await claimed_job(database), await add_job(database)
    stranger = other.images[0]
    with pytest.raises(LookupError, match="has no image"):
        async with database.write() as tx:
            await tx.jobs.save_image(job.id, stranger, fence=job.fence)


async def test_pictures_are_needed_until_their_job_has_ended(database: Database) -> None:
    for state in JobState:
        picture = StoredPicture(sha256=f"{state}", content_type="image/webp", size_bytes=1)
        painted = make_image(state=ImageState.STORED, position=0, picture=picture)
        await add_job(database, state=state, images=(painted, make_image(position=1)))
    async with database.read() as tx:
        needed = await tx.jobs.pictures_of_open_jobs()
    assert needed == set(JobState) - TERMINAL_JOB_STATES


async def test_open_jobs_are_counted(database: Database) -> None:
    for state in JobState:
        await add_job(database, state=state)
    async with database.read() as tx:
        assert await tx.jobs.count_open() == len(OPEN_JOB_STATES)


async def test_the_workload_tells_open_jobs_by_state_and_since_when_the_oldest_waits(
    database: Database,
) -> None:
    for state in JobState:
        await add_job(database, state=state)
    await add_job(database, created_at=NOW - timedelta(minutes=5))
    async with database.read() as tx:
        workload = await tx.jobs.workload()
    assert workload.by_state == {
        JobState.QUEUED: 2,
        JobState.RUNNING: 1,
        JobState.DELIVERING: 1,
    }
    assert workload.oldest_queued_at == NOW - timedelta(minutes=5)


async def test_a_late_owner_is_found_out_at_every_write(database: Database) -> None:
    job = await claimed_job(database)
    assert await claim(database, owner="other", now=LEASE_UNTIL) is not None
    with pytest.raises(LeaseLostError):
        async with database.write() as tx:
            await tx.jobs.renew(job.id, fence=job.fence, lease_until=LEASE_UNTIL)
    with pytest.raises(LeaseLostError):
        async with database.write() as tx:
            await tx.jobs.set_state(job.id, JobState.DONE, fence=job.fence, now=NOW)
    with pytest.raises(LeaseLostError):
        async with database.write() as tx:
            await tx.jobs.save_image(job.id, job.images[0], fence=job.fence)
    kept = await stored_job(database, job)
    assert (kept.state, kept.owner, kept.fence) == (JobState.RUNNING, "other", 2)
