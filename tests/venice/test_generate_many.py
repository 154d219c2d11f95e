"""Several pictures of one request arrive one by one, and leave nothing behind."""

import asyncio

import pytest

from bot.venice import ByteBudget, VeniceClient
from bot.venice.answers import ImageAnswer
from bot.venice.errors import VeniceError
from bot.venice.many import arriving
from bot.venice.wire.generate import GenerateImageRequest
from sandbox.venice import VeniceStandIn
from sandbox.venice.faults import Answered, Fault, Held, Hung, JsonBody
from tests.venice.factories import SkippingClock, make_client, make_request


async def test_seeds_are_consecutive_and_each_paints_what_it_would_alone(
    client: VeniceClient,
) -> None:
    pictures = {}
    async with client.generate_many(make_request(seed=41), 3) as arrivals:
        async for arrival in arrivals:
            body = arrival.answer().body
            pictures[arrival.index, arrival.seed] = await body.read()
            await body.aclose()
    assert sorted(pictures) == [(0, 41), (1, 42), (2, 43)]
    alone = await client.generate(make_request(seed=42))
    assert await alone.body.read() == pictures[1, 42]
    await alone.body.aclose()


async def test_a_picture_is_given_on_before_the_others_are_there(
    client: VeniceClient, stand_in: VeniceStandIn
) -> None:
    release = asyncio.Event()
    stand_in.faults.add(Fault(Held(release), seed=7), Fault(Held(release), seed=9))
    seeds = []
    async with asyncio.timeout(60), client.generate_many(make_request(seed=7), 3) as arrivals:
        async for arrival in arrivals:
            await arrival.answer().body.aclose()
            seeds.append(arrival.seed)
            release.set()
    assert seeds[0] == 8
    assert sorted(seeds) == [7, 8, 9]


async def test_one_that_fails_does_not_take_the_others_with_it(
    client: VeniceClient, stand_in: VeniceStandIn
) -> None:
    stand_in.faults.add(Fault(Answered(400, JsonBody({"error": "not this one"})), seed=8))
    outcomes = {}
    async with client.generate_many(make_request(seed=7), 3) as arrivals:
        async for arrival in arrivals:
            try:
                await arrival.answer().body.aclose()
                outcomes[arrival.seed] = "painted"
            except VeniceError as error:
                outcomes[arrival.seed] = error.message
    assert outcomes == {7: "painted", 8: "not this one", 9: "painted"}


async def test_leaving_the_loop_cancels_the_rest_and_frees_what_nobody_took(
    stand_in: VeniceStandIn, clock: SkippingClock
) -> None:
    stand_in.faults.add(Fault(Hung(), seed=9))
    budget = ByteBudget()
    async with make_client(stand_in.base_url, clock, budget=budget) as client:
        async with asyncio.timeout(60), client.generate_many(make_request(), 3) as arrivals:
            async for arrival in arrivals:
                await arrival.answer().body.aclose()
                await stand_in.wait_for_requests(2, answered=True)
                break
        assert budget.taken_bytes == 0
        assert len(asyncio.all_tasks()) < 10


async def test_what_the_callers_block_raises_comes_out_as_it_is(client: VeniceClient) -> None:
    with pytest.raises(LookupError, match="the caller's own"):
        async with client.generate_many(make_request(), 2):
            raise LookupError("the caller's own")


async def test_cancelling_the_caller_cancels_every_request(
    client: VeniceClient, stand_in: VeniceStandIn
) -> None:
    stand_in.faults.add(Fault(Hung(), times=2))

    async def collect() -> None:
        async with client.generate_many(make_request(), 2) as arrivals:
            async for _ in arrivals:
                pass

    task = asyncio.create_task(collect())
    await stand_in.wait_for_requests(2)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


async def test_a_fault_of_our_own_is_raised_and_not_waited_for() -> None:
    async def broken(_: GenerateImageRequest) -> ImageAnswer:
        raise ZeroDivisionError

    async with asyncio.timeout(60), arriving(broken, make_request(), 2) as arrivals:
        async for arrival in arrivals:
            with pytest.raises(ZeroDivisionError):
                arrival.answer()


@pytest.mark.parametrize(("seed", "count"), [(None, 2), (7, 0)])
async def test_several_pictures_need_a_seed_and_a_number(
    client: VeniceClient, seed: int | None, count: int
) -> None:
    with pytest.raises(ValueError, match="first seed"):
        async with client.generate_many(make_request(seed=seed), count):
            raise AssertionError
