from collections.abc import AsyncIterator

import aiohttp
import pytest

from sandbox.venice import StandInOptions, VeniceStandIn
from tests.sandbox.caller import TIMEOUT, Caller


@pytest.fixture
def options() -> StandInOptions:
    return StandInOptions(sketch=True)


@pytest.fixture
async def stand_in(options: StandInOptions) -> AsyncIterator[VeniceStandIn]:
    async with VeniceStandIn(options) as running:
        yield running


@pytest.fixture
async def caller(stand_in: VeniceStandIn) -> AsyncIterator[Caller]:
    async with aiohttp.ClientSession(timeout=TIMEOUT) as session:
        yield Caller(stand_in, session)
