from collections.abc import AsyncIterator

import aiohttp
import pytest

from sandbox.venice import StandInOptions, VeniceStandIn
from sandbox.venice.faults import Answered, Fault
from tests.clock import NOON, FakeClock
from tests.sandbox.caller import TIMEOUT, Caller


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
async def caller(clock: FakeClock) -> AsyncIterator[Caller]:
    options = StandInOptions(images_per_minute=3, errors_per_30_s=4)
    async with (
        VeniceStandIn(options, clock=clock.now) as stand_in,
        aiohttp.ClientSession(timeout=TIMEOUT) as session,
    ):
        yield Caller(stand_in, session)


async def test_images_beyond_the_minute_are_a_429_that_tells_when_it_ends(
    caller: Caller, clock: FakeClock
) -> None:
    remaining = [
        (await caller.generate()).headers["x-ratelimit-remaining-requests"] for _ in range(3)
    ]
    refused = await caller.generate()
    assert remaining == ["2", "1", "0"]
    assert refused.status == 429
    assert int(refused.headers["x-ratelimit-reset-requests"]) == NOON.timestamp() + 60
    assert not caller.stand_in.requests[-1].billed
    clock.move(60)
    assert (await caller.generate()).status == 200


async def test_each_variant_counts_as_an_image(caller: Caller) -> None:
    assert (await caller.generate(variants=4, return_binary=False)).status == 429
    assert (await caller.generate(variants=3, return_binary=False)).status == 200


async def test_each_model_has_a_minute_of_its_own(caller: Caller) -> None:
    await caller.generate(variants=3, return_binary=False)
    assert (await caller.generate(model="chroma")).status == 200


async def test_a_refused_body_costs_nothing_of_the_minute(caller: Caller) -> None:
    await caller.generate(width=1)
    headers = (await caller.generate()).headers
    assert headers["x-ratelimit-remaining-requests"] == "2"


async def test_too_many_errors_lock_the_key_for_30_s(caller: Caller, clock: FakeClock) -> None:
    for _ in range(5):
        assert (await caller.generate(width=1)).status == 400
    locked = await caller.generate()
    assert (locked.status, locked.headers["Retry-After"]) == (429, "30")
    clock.move(30)
    assert (await caller.generate()).status == 200


async def test_errors_spread_over_time_and_429s_lock_nobody_out(
    caller: Caller, clock: FakeClock
) -> None:
    caller.stand_in.faults.add(Fault(Answered(429), times=20))
    for _ in range(20):
        await caller.generate()
    for _ in range(10):
        assert (await caller.generate(width=1)).status == 400
        clock.move(10)
