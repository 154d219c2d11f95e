"""A call as its caller sees it: what happens before, between and instead of tries."""

import asyncio

import pytest

from bot.venice import Limits, RetryPolicy, VeniceClient, Wallet
from bot.venice.errors import AtCapacity, CircuitOpen, RateLimited, ServerFault, VeniceError
from bot.venice.observer import route_name
from sandbox.venice import StandInOptions, VeniceStandIn
from sandbox.venice.faults import Answered, EmptyBody, Fault, Held
from tests.clock import FakeClock
from tests.venice.factories import SkippingClock, make_client, make_request, settle
from tests.venice.test_wallet import ADDRESS, PRIVATE_KEY

GENERATE = "/image/generate"
FULL = Answered(503, EmptyBody())


async def paint(client: VeniceClient, model: str = "z-image-turbo") -> None:
    await (await client.generate(make_request(model=model))).body.aclose()


async def test_before_sending_is_said_once_however_many_tries_there_are(
    client: VeniceClient, stand_in: VeniceStandIn
) -> None:
    stand_in.faults.add(Fault(FULL, route=GENERATE, times=2))
    sent_by_then: list[int] = []

    async def before_send() -> None:
        sent_by_then.append(len(stand_in.requests))

    answer = await client.generate(make_request(), before_send=before_send)
    await answer.body.aclose()
    assert sent_by_then == [0]
    assert len(stand_in.requests) == 3


async def test_before_sending_is_said_after_the_wait_for_a_turn(
    stand_in: VeniceStandIn, clock: SkippingClock
) -> None:
    moments = []

    async def before_send() -> None:
        moments.append(clock.monotonic())

    started = clock.monotonic()
    async with make_client(stand_in.base_url, clock) as client:
        await client.rate_limits()
        stand_in.faults.add(Fault(Answered(400, EmptyBody()), route=GENERATE, times=20))
        for _ in range(20):
            with pytest.raises(VeniceError, match="Bad Request"):
                await client.generate(make_request())
        answer = await client.generate(make_request(), before_send=before_send)
        await answer.body.aclose()
    assert moments[0] > started + 30


async def test_what_is_raised_before_sending_keeps_it_from_being_sent(
    client: VeniceClient, stand_in: VeniceStandIn
) -> None:
    async def before_send() -> None:
        raise LookupError("the job is gone")

    with pytest.raises(LookupError):
        await client.generate(make_request(), before_send=before_send)
    assert stand_in.requests == []
    await paint(client)


async def test_a_model_without_room_is_left_alone_and_others_are_named(
    client: VeniceClient, stand_in: VeniceStandIn
) -> None:
    client.offer_instead(lambda _: ("a", "b", "c", "d"))
    stand_in.faults.add(Fault(FULL, model="z-image-turbo", times=99))
    with pytest.raises(AtCapacity) as first:
        await paint(client)
    assert first.value.alternatives == ("a", "b", "c")
    with pytest.raises(CircuitOpen) as second:
        await paint(client)
    assert second.value.alternatives == ("a", "b", "c")
    assert second.value.retry_after_s is not None
    assert len(stand_in.requests) == 5
    with pytest.raises(CircuitOpen):
        await paint(client)
    assert len(stand_in.requests) == 5
    await paint(client, model="chroma")


async def test_a_model_without_room_is_named_for_no_other(
    client: VeniceClient, stand_in: VeniceStandIn
) -> None:
    client.offer_instead(lambda _: ("chroma", "venice-sd35"))
    stand_in.faults.add(Fault(FULL, times=10))
    for model in ("chroma", "chroma"):
        with pytest.raises(AtCapacity):
            await paint(client, model)
    with pytest.raises(AtCapacity) as raised:
        await paint(client, "z-image-turbo")
    assert raised.value.alternatives == ("venice-sd35",)


async def test_a_model_is_tried_again_after_a_while(
    client: VeniceClient, stand_in: VeniceStandIn, clock: SkippingClock
) -> None:
    stand_in.faults.add(Fault(FULL, route=GENERATE, times=5))
    for _ in range(2):
        with pytest.raises(AtCapacity):
            await paint(client)
    clock.skip(31)
    await paint(client)
    await paint(client)


async def test_a_turn_too_far_off_is_refused_before_anything_is_sent(
    stand_in: VeniceStandIn, clock: SkippingClock
) -> None:
    limits = Limits(images_per_minute=1, longest_wait_s=10)
    stand_in.faults.add(Fault(Answered(400, EmptyBody()), route=GENERATE))
    async with make_client(stand_in.base_url, clock, limits=limits) as client:
        with pytest.raises(VeniceError, match="Bad Request"):
            await paint(client)
        with pytest.raises(RateLimited) as refused:
            await paint(client)
    assert refused.value.status is None
    assert len(stand_in.requests) == 1


async def test_the_policy_of_tries_can_be_another(
    stand_in: VeniceStandIn, clock: SkippingClock
) -> None:
    stand_in.faults.add(Fault(Answered(500, EmptyBody()), route=GENERATE, times=9))
    retry = RetryPolicy(most_tries=2)
    async with make_client(stand_in.base_url, clock, retry=retry) as client:
        with pytest.raises(ServerFault):
            await paint(client)
    assert len(stand_in.requests) == 2


@pytest.mark.parametrize("options", [StandInOptions(wallets={ADDRESS: 10**9}, sketch=True)])
async def test_a_wallet_has_at_most_five_requests_open_and_signs_each_try(
    stand_in: VeniceStandIn, clock: SkippingClock
) -> None:
    release = asyncio.Event()
    stand_in.faults.add(Fault(Answered(500, EmptyBody())), Fault(Held(release), times=5))
    wallet = Wallet(PRIVATE_KEY, clock=clock)
    async with (
        asyncio.timeout(60),
        make_client(stand_in.base_url, clock, credentials=wallet) as client,
        asyncio.TaskGroup() as group,
    ):
        tasks = [group.create_task(paint(client)) for _ in range(8)]
        await stand_in.wait_for_requests(6)
        await settle()
        assert len(stand_in.requests) == 6
        assert not any(task.done() for task in tasks)
        release.set()
    assert {request.status for request in stand_in.requests} == {200, 500}
    assert len(stand_in.requests) == 9


async def test_a_busy_model_holds_no_other_up(stand_in: VeniceStandIn) -> None:
    clock = FakeClock()
    limits = Limits(images_per_minute=1)
    async with (
        asyncio.timeout(60),
        VeniceClient(
            base_url=stand_in.base_url,
            credentials=None,
            clock=clock,
            limits=limits,
            retry=RetryPolicy(most_tries=1),
        ) as client,
    ):
        # Without credentials every request ends in a 402, which is an answer like another.
        with pytest.raises(VeniceError, match="Payment required"):
            await paint(client)
        waiting = asyncio.create_task(paint(client))
        await settle()
        with pytest.raises(VeniceError, match="Payment required"):
            await paint(client, model="chroma")
        assert not waiting.done()
        waiting.cancel()
        await asyncio.wait([waiting])


async def test_every_try_is_told_with_its_route_and_how_it_ended(
    stand_in: VeniceStandIn, clock: SkippingClock
) -> None:
    tries: list[tuple[str, str]] = []

    class Observer:
        def tried(self, route: str, outcome: str, duration_s: float) -> None:
            assert duration_s >= 0
            tries.append((route, outcome))

    stand_in.faults.add(Fault(FULL, route=GENERATE, times=1))
    async with make_client(stand_in.base_url, clock, observer=Observer()) as client:
        await paint(client)
    assert tries == [(GENERATE, "AtCapacity"), (GENERATE, "ok")]


def test_a_route_is_named_without_the_account_that_it_is_about() -> None:
    assert route_name("/x402/balance/0xabc") == "/x402/balance"
    assert route_name("/models") == "/models"
