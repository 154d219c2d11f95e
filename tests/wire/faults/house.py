"""One bot with its own Discord and Venice, and what a member saw of a fault in it."""

import asyncio
import re
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from bot.domain.gate.permissions import Action
from bot.domain.jobs.job import TERMINAL_JOB_STATES
from sandbox.venice.options import StandInOptions
from sandbox.venice.server import VeniceStandIn
from tests.wire.crash.records import JobRecord, Records
from tests.wire.crowd import crowd_of, crowded_guild
from tests.wire.discord import (
    Channel,
    LoopbackDiscord,
    Member,
    Message,
    OptionValue,
    SentInteraction,
    TimeLimits,
    make_world,
)
from tests.wire.process import start_bot
from tests.wire.surroundings import KEY, settings_for

MEMBERS = 100
START_S = 60.0
LOOK_AGAIN_S = 0.05
_MOST_TRIES = 5
NOBODY = "nobody"
NO_ANSWER = "*Discord's own words: the application did not respond*"
THE_PICTURE = "the picture"
AT_NEXT_COMMAND = "at their next command: "

_IDS = re.compile(r"`[0-9a-f]{8,16}`")
_MOMENTS = re.compile(r"<t:\d+:R>")
_CHANNELS = re.compile(r"<#\d+>")
_MARKS = re.compile(r"<a?:\w+:\d+>|[\u2139\U0001F000-\U0001FAFF\u2600-\u27BF\ufe0f]|-# |\*\*|> ")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a member saw in the end, and what was charged."""

    seen: str
    charged: str


@dataclass(slots=True)
class House:
    """A running bot."""

    discord: LoopbackDiscord
    venice: VeniceStandIn
    records: Records
    _numbers: "count[int]" = field(default_factory=count)

    def member(self) -> Member:
        """A member who has asked for nothing yet."""
        return crowd_of(self.discord.world.guild)[next(self._numbers)]

    async def ask(
        self, member: Member, *, timeout_s: float, options: dict[str, OptionValue] | None = None
    ) -> "Asking":
        """Send `/imagine` as a member."""
        prompt = f"a lighthouse of {member.user.username}x"
        sent = await self.discord.slash(
            member,
            self.studio,
            "imagine",
            {"prompt": prompt, "model": "z-image-turbo", "size": "256x256", **(options or {})},
        )
        return Asking(self, member, sent, prompt, timeout_s)

    async def painted(self, *, private: bool = False) -> tuple[Member, Message]:
        """A member, and their result of one picture, with its buttons."""
        member = self.member()
        asking = await self.ask(member, timeout_s=START_S, options={"private": private})
        message = await asking.sent.message_where(
            lambda each: button_of(each, Action.DETAILS), timeout_s=START_S
        )
        await asking.outcome()
        return member, message

    @property
    def studio(self) -> Channel:
        """Where they ask."""
        return self.discord.world.channel("studio")


@dataclass(slots=True)
class Asking:
    """A request on its way; `words` are those of it that every message about it shows."""

    house: House
    member: Member
    sent: SentInteraction
    words: str | None
    timeout_s: float

    async def outcome(self) -> Outcome:
        """What became of it, once it has come to an end; or what is there when the time is up."""
        try:
            async with asyncio.timeout(self.timeout_s):
                while not self._has_ended():  # noqa: ASYNC110 - another process writes the records
                    await asyncio.sleep(LOOK_AGAIN_S)
        except TimeoutError:
            pass
        job = self._job()
        seen = self._seen()
        if job is not None and job.has_notice and seen != THE_PICTURE:
            seen = AT_NEXT_COMMAND + await self._at_next_command()
        return Outcome(seen, self._charged(job))

    def _job(self) -> JobRecord | None:
        return self.house.records.jobs().get(f"i:{self.sent.id}")

    def _has_ended(self) -> bool:
        job = self._job()
        if job is None:
            return any(not each.loading and each.texts for each in self._messages())
        return job.state in TERMINAL_JOB_STATES

    def _messages(self) -> list[Message]:
        """What the member was answered, and what names what they asked for."""
        discord = self.house.discord
        places = (self.house.studio, discord.direct_channel(self.member.user.id))
        return [
            message
            for place in places
            for message in discord.messages(place)
            if (message.origin is not None and message.origin.interaction_id == self.sent.id)
            or (self.words is not None and self.words in "\n".join(message.texts))
        ]

    def _seen(self) -> str:
        messages = self._messages()
        if any(message.attachments for message in messages):
            return THE_PICTURE
        told = [message for message in messages if not message.loading and message.texts]
        if not told:
            return NO_ANSWER
        return plain(told[-1].texts, without=self.words)

    async def _at_next_command(self) -> str:
        sent = await self.house.discord.slash(self.member, self.house.studio, "quota")
        message = await sent.message_where(
            lambda each: "could not be shown" in "\n".join(each.texts), timeout_s=self.timeout_s
        )
        return plain(message.texts, without=self.words)

    def _charged(self, job: JobRecord | None) -> str:
        if job is None:
            return NOBODY
        entries = self.house.records.entries()[job.images[0].id]
        settled = {entry.account_kind for entry in entries if entry.kind == "settle"}
        if not settled:
            return NOBODY
        return "member" if "member" in settled else "budget"


def plain(texts: Iterable[str], *, without: str | None = None) -> str:
    """What is said, on one line, without marks, ids, moments and the member's own words."""
    lines = "\n".join(texts).splitlines()
    kept = [_MARKS.sub("", _unnamed(line)).strip() for line in lines]
    return " ".join(line for line in kept if line and (without is None or without not in line))


def _unnamed(line: str) -> str:
    """A line without what differs from one time to the next."""
    return _CHANNELS.sub("#studio", _IDS.sub("`…`", _MOMENTS.sub("…", line)))


def button_of(message: Message, kind: str) -> str | None:
    """The custom id of a message's button of some kind."""
    ids = (each.custom_id or "" for each in message.buttons)
    return next((each for each in ids if each.startswith(f"g1:{kind}:")), None)


@asynccontextmanager
async def open_house(directory: Path) -> AsyncIterator[House]:
    """A bot that is ready, in a directory that may hold others of its kind."""
    directory.mkdir()
    options = StandInOptions(api_key=KEY, sketch=True)
    world = make_world(crowded_guild(MEMBERS))
    # What is late because this machine is busy is not a fault of Discord's.
    patient = TimeLimits(acknowledgement_s=START_S)
    async with (
        LoopbackDiscord(world=world, limits=patient) as discord,
        VeniceStandIn(options) as venice,
    ):
        environment = {
            **settings_for(discord, venice),
            "LOG_FORMAT": "json",
            "DAILY_USD_BOT_LIMIT": "100",
        }
        async with start_bot(directory=directory, environment=environment):
            await discord.ready(timeout_s=START_S)
            house = House(discord, venice, Records(directory))
            await _serves(house)
            yield house


async def _serves(house: House) -> None:
    """Wait until the bot has read the list of models, which it does beside its start."""
    for _ in range(_MOST_TRIES):
        asking = await house.ask(house.member(), timeout_s=START_S)
        if (await asking.outcome()).seen == THE_PICTURE:
            return
    raise AssertionError("the bot does not serve although nothing is wrong")
