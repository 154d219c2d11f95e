"""Whose images are painted when more are wanted than can be painted at once."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from pathlib import Path

from bot.domain.ids import GuildId, UserId
from bot.domain.jobs.admission import AdmissionLimits, TurnedAway
from bot.domain.jobs.job import Job, JobState
from bot.domain.jobs.painting import Painting
from bot.services.asking.plans import Place
from tests.services.house import House, make_limits, make_place, open_house
from tests.services.painters import painting

MEMBER = make_place()
OTHER = make_place(user_id=UserId(8))


async def until(reached: Callable[[], Awaitable[bool]]) -> None:
    """Wait until the house has come to a point that nothing announces."""
    async with asyncio.timeout(60):
        while True:
            if await reached():
                return
            await asyncio.sleep(0)


async def until_started(house: House, images: int) -> None:
    async def reached() -> bool:
        return len(house.painter.orders) >= images

    await until(reached)


async def until_running(house: House, job: Job) -> None:
    async def reached() -> bool:
        return (await house.job(job)).state is JobState.RUNNING

    await until(reached)


def painted_for(house: House) -> list[int]:
    """Whose images were painted, in their order; each prompt is its member's id."""
    return [int(recipe.prompt) for recipe, _ in house.painter.orders]


async def ask(house: House, place: Place, number: int = 0, *, images: int = 1) -> Job:
    key = f"{place.user_id}-{place.guild_id}-{number}"
    return await house.ask(place, key=key, prompt=f"{place.user_id}", images=images)


async def test_a_flood_of_one_member_does_not_hold_up_another(tmp_path: Path) -> None:
    async with open_house(tmp_path, concurrency=1, limits=make_limits(images=None)) as house:
        for number in range(40):
            await ask(house, MEMBER, number)
        house.clock.move(60)
        await ask(house, OTHER)
        await house.finish()

        assert painted_for(house).index(OTHER.user_id) == 1


async def test_a_flood_of_one_server_does_not_hold_up_another(tmp_path: Path) -> None:
    async with open_house(tmp_path, concurrency=1) as house:
        for user in range(10, 30):
            await ask(house, make_place(user_id=UserId(user)))
        house.clock.move(60)
        await ask(house, make_place(user_id=UserId(99), guild_id=GuildId(71)))
        await house.finish()

        assert painted_for(house).index(99) == 1


async def test_jobs_of_four_images_do_not_hold_up_anothers_only_one(tmp_path: Path) -> None:
    """Jobs at work at the same time compete for the API image by image."""
    released = asyncio.Event()

    async def paint(seed: int) -> Painting:
        await released.wait()
        return painting(seed)

    async with open_house(tmp_path, concurrency=2) as house:
        house.painter.paint_one = paint
        await ask(house, MEMBER, images=4)
        async with house.working():
            await until_started(house, 2)
            other = await ask(house, OTHER)
            await until_running(house, other)
            released.set()
            await house.pool.idle()

        assert painted_for(house)[2] == OTHER.user_id
        assert house.painter.most_at_once == 2


async def test_a_member_has_no_more_jobs_at_work_than_may_be(tmp_path: Path) -> None:
    released = asyncio.Event()

    async def paint(seed: int) -> Painting:
        await released.wait()
        return painting(seed)

    async with open_house(tmp_path, concurrency=4, most_running=2) as house:
        house.painter.paint_one = paint
        jobs = [await ask(house, MEMBER, number) for number in range(4)]
        async with house.working():
            await ask(house, OTHER)
            await until_started(house, 3)
            assert Counter(painted_for(house)) == {MEMBER.user_id: 2, OTHER.user_id: 1}
            released.set()
            await house.pool.idle()
        assert {(await house.job(job)).state for job in jobs} == {JobState.DONE}


async def test_a_cancelled_image_gives_its_turn_to_the_next(tmp_path: Path) -> None:
    async with open_house(tmp_path, concurrency=1) as house:
        never = asyncio.Event()

        async def paint(seed: int) -> Painting:
            await never.wait()
            return painting(seed)

        house.painter.paint_one = paint
        job = await ask(house, MEMBER, images=2)
        running = asyncio.create_task(house.runner.run(await claimed(house)))
        await until_started(house, 1)
        running.cancel()
        await asyncio.wait([running])
        never.set()

        other = await ask(house, OTHER)
        await house.finish()

        assert (await house.job(other)).state is JobState.DONE
        assert (await house.job(job)).state is JobState.RUNNING


async def claimed(house: House) -> Job:
    now = house.clock.now()
    async with house.database.write() as tx:
        job = await tx.jobs.claim_next(
            owner="gone", now=now, lease_until=now.replace(year=now.year + 1), most_running=1
        )
    assert job is not None
    return job


async def test_five_hundred_requests_at_once_are_served_fairly_or_refused(tmp_path: Path) -> None:
    members, each_asks, each_may = 20, 25, 12
    limits = AdmissionLimits(jobs=members * each_may, jobs_of_member=each_may)
    places = [
        make_place(user_id=UserId(100 + number), guild_id=GuildId(number % 4))
        for number in range(members)
    ]
    async with open_house(
        tmp_path, admission=limits, limits=make_limits(images=None), most_running=2
    ) as house:

        async def try_to_ask(place: Place, number: int) -> Job | None:
            try:
                return await ask(house, place, number)
            except TurnedAway:
                return None

        answers = await asyncio.gather(
            *(try_to_ask(place, number) for place in places for number in range(each_asks))
        )
        accepted = [job for job in answers if job is not None]
        assert len(accepted) == members * each_may
        await house.finish()

        assert {(await house.job(job)).state for job in accepted} == {JobState.DONE}
        assert len(house.messenger.shown) == members * each_may
        order = painted_for(house)
        assert len(order) == members * each_may
        last_first = max(order.index(place.user_id) for place in places)
        tenths = [
            [at for at, user in enumerate(order) if user == place.user_id][9] for place in places
        ]
        assert last_first < min(tenths)
