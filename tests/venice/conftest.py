"""Every test of the client has its own stand-in, on loopback, and time that only it moves."""

from collections.abc import AsyncIterator

import pytest
from hypothesis import HealthCheck, settings

from bot.venice import VeniceClient
from sandbox.venice import StandInOptions, VeniceStandIn
from tests.venice.factories import SkippingClock, make_client

settings.register_profile(
    "rules", max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("rules")


@pytest.fixture
def clock() -> SkippingClock:
    return SkippingClock()


@pytest.fixture
def options() -> StandInOptions:
    return StandInOptions(sketch=True)


@pytest.fixture
async def stand_in(options: StandInOptions, clock: SkippingClock) -> AsyncIterator[VeniceStandIn]:
    async with VeniceStandIn(options, clock=clock.now) as running:
        yield running


@pytest.fixture
async def client(stand_in: VeniceStandIn, clock: SkippingClock) -> AsyncIterator[VeniceClient]:
    async with make_client(stand_in.base_url, clock) as running:
        yield running
