"""A bot as a process of its own, between a Discord and a Venice on loopback that time it.

Both servers live in this process, the bot in another: on two cores neither takes the other's time.
"""

import asyncio
import tempfile
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from bench.wire.venice import PictureServer
from tests.wire.crowd import crowd_of, crowded_guild
from tests.wire.discord import LoopbackDiscord, Message, SentInteraction, TimeLimits, make_world
from tests.wire.discord.contract import ContractCheck
from tests.wire.discord.faults import Fault, SlowAnswer
from tests.wire.process import RUN_BOT, BotProcess, start_bot
from tests.wire.surroundings import settings_for

MEMBERS = 100
MOST_AT_ONCE = 64
"""The most that MAX_CONCURRENT_GENERATIONS takes."""

_START_S = 60.0
_PAINTED_S = 120.0
_FOREVER = 1_000_000_000
_ALL_OF_A_PROCESS = 2
"""With a process's number, the clock that `clock_getcpuclockid` would name; it counts finer than
the ticks of `/proc`."""

# How long it takes is measured, and not cut short.
_PATIENT = TimeLimits(acknowledgement_s=_PAINTED_S)
_AMPLE: Mapping[str, str] = {
    "DAILY_IMAGES_PER_USER": "1000000",
    "DAILY_USD_BOT_LIMIT": "1000000",
    "DEFAULT_SERVER_USD_PER_DAY": "1000000",
    "MAX_QUEUED_JOBS": "10000",
    "MAX_QUEUED_PER_MEMBER": "10000",
    "MAX_RUNNING_PER_MEMBER": str(MOST_AT_ONCE),
    "MAX_CONCURRENT_GENERATIONS": str(MOST_AT_ONCE),
}
"""Every limit is kept account of, and none is reached."""

_AS_SHIPPED: Mapping[str, str] = {"MALLOC_ARENA_MAX": "2"}
"""What the image and the systemd unit set."""


class Way(Enum):
    """What is started; the floor is the leanest bot there can be."""

    BOT = RUN_BOT
    FLOOR = ("-m", "bench.lean_bot")


@dataclass(slots=True)
class Asked:
    """One request. Times are by `time.perf_counter`: uvloop counts only whole milliseconds."""

    prompt: str
    images: int
    sent: SentInteraction
    posted: asyncio.Future[float]

    @property
    def acknowledged_s(self) -> float:
        """How long its acknowledgement took; it must have one."""
        acknowledgement = self.sent.interaction.acknowledgement
        if acknowledgement is None:
            raise RuntimeError(f"{self.prompt} was not acknowledged")
        return acknowledgement.after_s


class House:
    """A running bot, and what happens around it."""

    def __init__(self, discord: LoopbackDiscord, venice: PictureServer, bot: BotProcess) -> None:
        self.discord = discord
        self.venice = venice
        self.bot = bot
        self._members = crowd_of(discord.world.guild)
        self._studio = discord.world.channel("studio")
        self._open: dict[int, Asked] = {}
        self._asked = 0
        discord.watch(self._look_at)

    async def ask(self, images: int = 1) -> Asked:
        """Have a member ask for pictures."""
        number = self._asked = self._asked + 1
        prompt = f"boat {number}x"
        options: dict[str, str | int] = {"prompt": prompt}
        if images > 1:
            options["images"] = images
        member = self._members[number % len(self._members)]
        sent = await self.discord.slash(member, self._studio, "imagine", options)
        asked = Asked(prompt, images, sent, asyncio.get_running_loop().create_future())
        self._open[sent.id] = asked
        return asked

    async def painted(self, asked: Asked) -> float:
        """Wait until all its pictures are in its message, and say when they were.

        Raises:
            RuntimeError: if they are not in time.
        """
        try:
            async with asyncio.timeout(_PAINTED_S):
                return await asked.posted
        except TimeoutError:
            texts = [text for message in asked.sent.messages for text in message.texts]
            told = f"{asked.prompt} was not painted: {texts}\n{self.bot.output[-4_000:]}"
            raise RuntimeError(told) from None

    @property
    def bot_cpu_s(self) -> float:
        """The processor time that the bot has taken so far, all its threads together (Linux)."""
        return time.clock_gettime((~self.bot.pid << 3) | _ALL_OF_A_PROCESS)

    def _look_at(self, message: Message) -> None:
        origin = message.origin
        asked = self._open.get(origin.interaction_id) if origin is not None else None
        if origin is not None and asked is not None and len(message.attachments) >= asked.images:
            del self._open[origin.interaction_id]
            asked.posted.set_result(time.perf_counter())


@dataclass(slots=True)
class Work:
    """What a span of time took from the bot and from the servers, in seconds."""

    wall_s: float
    bot_cpu_s: float
    servers_cpu_s: float

    @classmethod
    def so_far(cls, house: House) -> "Work":
        """The clocks as they stand."""
        return cls(time.perf_counter(), house.bot_cpu_s, time.process_time())

    def since(self, earlier: "Work") -> "Work":
        """What lies between."""
        return Work(
            self.wall_s - earlier.wall_s,
            self.bot_cpu_s - earlier.bot_cpu_s,
            self.servers_cpu_s - earlier.servers_cpu_s,
        )


def ample_settings(discord: LoopbackDiscord, venice: PictureServer) -> dict[str, str]:
    """The settings by which a bot finds both servers, as shipped but for its limits."""
    return {**settings_for(discord, venice), **_AS_SHIPPED, **_AMPLE}


@asynccontextmanager
async def open_house(
    way: Way,
    picture: bytes,
    *,
    edit_s: float = 0,
) -> AsyncIterator[House]:
    """Start one bot and wait until it is connected.

    Args:
        way: which bot.
        picture: what every painting is.
        edit_s: how long Discord takes to answer an edit, with its file already taken.
    """
    world = make_world(crowded_guild(MEMBERS))
    with tempfile.TemporaryDirectory() as new_folder:
        async with (
            LoopbackDiscord(world=world, limits=_PATIENT, contract=ContractCheck(None)) as discord,
            PictureServer(picture) as venice,
        ):
            if edit_s:
                discord.faults.add(Fault(SlowAnswer(edit_s), method="PATCH", times=_FOREVER))
            environment = ample_settings(discord, venice)
            directory = Path(new_folder)
            async with start_bot(
                directory=directory, environment=environment, arguments=way.value
            ) as bot:
                await discord.ready(timeout_s=_START_S)
                await discord.until(lambda: bool(discord.commands), timeout_s=_START_S)
                house = House(discord, venice, bot)
                await _warm(house)
                yield house


async def _warm(house: House) -> None:
    """The first pictures, which are slower: connections are opened, statements compiled."""
    for _ in range(20):
        await house.painted(await house.ask())
