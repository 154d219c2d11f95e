"""Many tasks at once, as many as a busy server brings in a second."""

import asyncio
from dataclasses import replace
from datetime import timedelta

from bot.domain.errors import BudgetReached, QuotaExceeded
from bot.domain.ids import ImageId
from bot.domain.jobs.job import ImageState, Job, LeaseLostError
from bot.domain.money import UsdMicros
from bot.domain.quotas.ledger import Charge, Closing
from bot.storage.database import Database
from tests.storage.factories import (
    LEASE_UNTIL,
    MEMBER,
    NOW,
    SERVER,
    add_job,
    bot_charge,
    claim,
    claimed_job,
    make_job,
    make_origin,
    make_reservation,
    member_charge,
    reserve,
    server_charge,
    usage_of,
)
from tests.storage.sums import entries_of, wrong_balances


async def fits(database: Database, charges: list[Charge]) -> bool:
    try:
        await reserve(database, charges, [make_reservation()])
    except (QuotaExceeded, BudgetReached):
        return False
    return True


async def test_fifty_at_once_against_a_limit_of_25_images_give_25(database: Database) -> None:
    charges = [member_charge(images=25), server_charge(), bot_charge()]
    accepted = await asyncio.gather(*(fits(database, charges) for _ in range(50)))
    assert sum(accepted) == 25
    assert (await usage_of(database, "member-1")).images == 25
    assert (await usage_of(database, "bot")).usd_micros == 250_000
    assert await wrong_balances(database) == []


async def test_fifty_members_at_once_do_not_overspend_a_budget_they_share(
    database: Database,
) -> None:
    bot = bot_charge(usd_micros=250_000)
    accepted = await asyncio.gather(
        *(
            # Keys before and after the shared one, given in both orders.
            fits(database, [member_charge(f"{'az'[n % 2]}-{n}"), bot][:: (-1) ** (n // 2)])
            for n in range(50)
        )
    )
    assert sum(accepted) == 25
    assert (await usage_of(database, "bot")).usd_micros == 250_000
    assert await wrong_balances(database) == []


async def test_an_image_closed_by_many_at_once_is_closed_once(database: Database) -> None:
    charges = [member_charge(), server_charge(), bot_charge()]
    await reserve(database, charges, [make_reservation("i")])

    async def close(closing: Closing) -> bool:
        async with database.write() as tx:
            return await tx.ledger.close(
                ImageId("i"), closing, cost_usd_micros=UsdMicros(1), now=NOW
            )

    closed = await asyncio.gather(*(close(closing) for closing in list(Closing) * 6))
    assert sum(closed) == 1
    assert len(await entries_of(database)) == 6
    assert await wrong_balances(database) == []


async def test_reserving_and_closing_at_once_ends_with_right_sums(database: Database) -> None:
    """Transactions that took the accounts they share in different orders would block each other."""

    async def live(number: int) -> None:
        charges = [member_charge(f"{'az'[number % 2]}-{number % 5}"), server_charge(), bot_charge()]
        images = [make_reservation(), make_reservation()]
        await reserve(database, charges[:: (-1) ** number], images)
        async with database.write() as tx:
            for image in images:
                await tx.ledger.close(
                    image.image_id, Closing.SHOWN, cost_usd_micros=UsdMicros(number), now=NOW
                )

    await asyncio.gather(*(live(number) for number in range(30)))
    bot = await usage_of(database, "bot")
    assert (bot.images, bot.usd_micros) == (60, 2 * sum(range(30)))
    assert await wrong_balances(database) == []


async def test_no_job_is_handed_out_twice(database: Database) -> None:
    jobs = [await add_job(database, created_at=NOW + timedelta(seconds=n)) for n in range(20)]
    claims = await asyncio.gather(*(claim(database, owner=f"worker-{n}") for n in range(30)))
    taken = [job for job in claims if job is not None]
    assert len({job.id for job in taken}) == len(taken)
    assert {job.fence for job in taken} == {1}
    # A claim passes over a job that another one is just taking, and may find none for that.
    while (job := await claim(database)) is not None:
        taken.append(job)
    assert sorted(job.id for job in taken) == sorted(job.id for job in jobs)


async def test_a_claim_sees_the_image_that_its_former_owner_was_just_saving(
    database: Database,
) -> None:
    """Whoever is first, an image is not sent by both."""
    job = await claimed_job(database)
    sent = replace(job.images[0], state=ImageState.SENT, sent_at=NOW)

    async def save() -> bool:
        try:
            async with database.write() as tx:
                await tx.jobs.save_image(job.id, sent, fence=job.fence)
        except LeaseLostError:
            return False
        return True

    async def claim_again() -> Job:
        while (found := await claim(database, owner="other", now=LEASE_UNTIL)) is None:
            pass
        return found

    saved, again = await asyncio.gather(save(), claim_again())
    assert saved == (again.images[0].state is ImageState.SENT)


async def test_the_same_click_many_times_is_one_job(database: Database) -> None:
    async def accept() -> bool:
        async with database.write() as tx:
            account = await tx.members.account_of(MEMBER, SERVER)
            job = make_job(origin=make_origin(account=account))
            return await tx.jobs.add(job, idempotency_key="click")

    assert sum(await asyncio.gather(*(accept() for _ in range(20)))) == 1
    async with database.read() as tx:
        assert await tx.jobs.count_open() == 1
