from collections.abc import AsyncIterator

import pytest

from sandbox.venice.options import StandInOptions
from sandbox.venice.server import VeniceStandIn
from tests.wire.discord import LoopbackDiscord
from tests.wire.surroundings import KEY


@pytest.fixture
async def discord() -> AsyncIterator[LoopbackDiscord]:
    async with LoopbackDiscord() as server:
        yield server
        assert not server.contract_violations


@pytest.fixture
async def venice() -> AsyncIterator[VeniceStandIn]:
    async with VeniceStandIn(StandInOptions(api_key=KEY, sketch=True)) as stand_in:
        yield stand_in
