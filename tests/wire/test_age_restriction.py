"""Safe mode follows Discord's own mark of a channel, which the simulation cannot set."""

import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from sandbox.venice.options import StandInOptions
from sandbox.venice.server import VeniceStandIn
from tests.wire.discord import Channel, LoopbackDiscord
from tests.wire.discord.components import texts
from tests.wire.process import start_bot
from tests.wire.surroundings import KEY, settings_for

WAIT_S = 90.0


@dataclass
class Atelier:
    """A running bot; a manager and a member of its server."""

    discord: LoopbackDiscord
    venice: VeniceStandIn

    async def turn_safe_mode_off(self, channel: Channel) -> str:
        manager = self.discord.world.member("max")
        asked = await self.discord.slash(manager, channel, "channel set", {"safe_mode": False})
        shown = await asked.message_where(lambda each: each.components, timeout_s=WAIT_S)
        return "\n".join(texts(shown.components))

    async def paint(self, channel: Channel, **options: str) -> str:
        """Ann asks for a picture; returns what she is told."""
        ann = self.discord.world.member("ann")
        asked = await self.discord.slash(ann, channel, "imagine", {"prompt": "a fox", **options})
        shown = await asked.message_where(
            lambda each: each.attachments or "Rule" in "\n".join(texts(each.components)),
            timeout_s=WAIT_S,
        )
        return "\n".join(texts(shown.components))

    @property
    def safe_modes(self) -> list[object]:
        """What each request for a picture said of safe mode."""
        asked = [each for each in self.venice.requests if each.route == "/image/generate"]
        return [each.body["safe_mode"] for each in asked]


@pytest.fixture
async def atelier(tmp_path: Path) -> AsyncIterator[Atelier]:
    async with contextlib.AsyncExitStack() as stack:
        discord = await stack.enter_async_context(LoopbackDiscord())
        venice = await stack.enter_async_context(
            VeniceStandIn(StandInOptions(api_key=KEY, sketch=True))
        )
        environment = {
            **settings_for(discord, venice),
        }
        await stack.enter_async_context(start_bot(directory=tmp_path, environment=environment))
        await discord.ready(timeout_s=WAIT_S)
        yield Atelier(discord, venice)
        assert not discord.contract_violations


async def test_safe_mode_goes_off_only_in_a_marked_channel_and_on_with_the_mark_gone(
    atelier: Atelier,
) -> None:
    marked = atelier.discord.world.channel("after-dark")
    plain = atelier.discord.world.channel("studio")
    await atelier.paint(marked)
    assert "**Safe mode**: off" in await atelier.turn_safe_mode_off(marked)
    await atelier.paint(marked, model="chroma")
    assert "**Safe mode**: on" in await atelier.turn_safe_mode_off(plain)
    await atelier.paint(plain)
    assert atelier.safe_modes == [True, False, True]

    await atelier.discord.mark(marked, age_restricted=False)
    refused = await atelier.paint(marked, model="chroma")
    await atelier.paint(marked)

    assert "Rule: `uncensored_model`" in refused
    assert atelier.safe_modes == [True, False, True, True]
