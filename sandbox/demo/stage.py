"""The one channel that is on show, and the turns that are taken on it."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Final
from urllib.parse import urlsplit

from simcord import Env, SetupError

from sandbox.demo.world import World

_logger = logging.getLogger(__name__)

# A bot that is busy for longer than this gives up its turn: a member's click must not wait for it.
_SETTLE_TIMEOUT_S: Final = 0.5


class Stage:
    """SimCord's preview of the world, one channel at a time; ``open_stage`` makes it.

    SimCord takes one operation at a time, and an action that meets another operation leaves its
    page in doubt for good. So whatever operates the environment for the page does it in its turn.

    Attributes:
        turn: Held by whoever operates the environment.
        ended: Set when somebody ended the preview from its page.
        opening: Counts the channels shown so far; another number is another preview.
    """

    def __init__(self, env: Env, world: World, previews: AsyncExitStack) -> None:
        self.turn = asyncio.Lock()
        self.ended = asyncio.Event()
        self.opening = 0
        self._env = env
        self._world = world
        self._previews = previews

    @property
    def channel_name(self) -> str:
        """The name of the channel on show."""
        return self._channel_name

    @property
    def origin(self) -> str:
        """Where SimCord serves its page: scheme, host and port."""
        return f"{self._address.scheme}://{self._address.netloc}"

    @property
    def capability(self) -> str:
        """The secret that SimCord's page sends along with each request."""
        return self._address.fragment

    async def show(self, channel_name: str, *, viewer_id: int | None = None) -> None:
        """Put a channel on show, seen by the given member, else by the world's first one.

        Raises:
            KeyError: There is no such channel.
        """
        channel = self._world.channels[channel_name]
        # The preview opens its page for the first of its viewers.
        viewers = sorted(self._world.members, key=lambda member: member.id != viewer_id)
        async with self.turn:
            await self._previews.aclose()
            preview = self._env.preview(
                channel, viewers=viewers, layout="channel", assets=self._world.avatars
            )
            self._preview = await self._previews.enter_async_context(preview)
            self._address = urlsplit(preview.url)
            self._channel_name = channel_name
            self.opening += 1

    async def publish(self) -> bool:
        """Bring every open page up to date; false where the bot is too busy for it just now."""
        async with self.turn:
            try:
                await self._env.settle(timeout=_SETTLE_TIMEOUT_S)
                await self._preview.refresh()
            except (TimeoutError, SetupError) as error:
                _logger.debug("the page is brought up to date later: %s", error)
                return False
        return True

    async def watch_for_end(self) -> None:
        """Set ``ended`` once the preview is closed by anything but ``show``."""
        while not self.ended.is_set():
            preview = self._preview
            await preview.wait_closed()
            async with self.turn:
                if preview is self._preview:
                    self.ended.set()


@asynccontextmanager
async def open_stage(env: Env, world: World) -> AsyncIterator[Stage]:
    """Put the world's first channel on show, and take the preview down at the end."""
    async with AsyncExitStack() as previews:
        stage = Stage(env, world, previews)
        await stage.show(next(iter(world.channels)))
        yield stage
