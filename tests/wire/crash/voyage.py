"""A voyage: the bot is asked, killed in the midst of it, started anew, and what it owes is read."""

import asyncio
import random
from collections import Counter
from collections.abc import AsyncIterator, Container, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from sandbox.venice.options import StandInOptions
from sandbox.venice.server import VeniceStandIn
from tests.wire.crash.audit import GENERATE, Asked, Findings, World, answered_by, audit
from tests.wire.crash.records import Records
from tests.wire.crowd import crowd_of, crowded_guild
from tests.wire.discord import Channel, LoopbackDiscord, Member, SentInteraction, make_world
from tests.wire.discord.contract import ContractCheck
from tests.wire.discord.faults import ANSWER, CALLBACK, Fault, SlowAnswer
from tests.wire.process import BotProcess, start_bot

KEY = "test-key"
JOBS = 30
MEMBERS = 6
START_S = 60.0
END_S = 120.0
LOOK_AGAIN_S = 0.05
LONGEST_PAINTING_S = 0.4
LONGEST_DELIVERY_S = 0.3
LONGEST_AFTER_ANCHOR_S = 0.25
LONGEST_BETWEEN_S = 0.1
PAST_A_TOKEN_S = 1_000.0
MOST_IMAGES = 3


class Anchor(StrEnum):
    """What the moment of the kill is counted from."""

    ACKNOWLEDGED = "acknowledged"
    ASKED_OF_VENICE = "asked of Venice"
    SHOWN = "shown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How one run goes; drawn from its seed alone."""

    number: int
    anchor: Anchor
    count: int
    after_s: float
    between_s: float
    painting_s: float
    delivery_s: float
    tokens_expire: bool
    images: tuple[int, ...]
    private: tuple[bool, ...]

    def prompt(self, job: int) -> str:
        """What is asked for, unlike any other run's and job's."""
        return f"a fox of run {self.number}x and job {job}x"


def draw_plan(seed: int, number: int) -> Plan:
    """The plan of one run: the same for the same seed and number."""
    chance = random.Random(f"{seed}/{number}")  # noqa: S311 - reproducible, not secret
    images = tuple(chance.randint(1, MOST_IMAGES) for _ in range(JOBS))
    anchor = chance.choice(list(Anchor))
    most = {
        Anchor.ACKNOWLEDGED: JOBS,
        Anchor.ASKED_OF_VENICE: sum(images),
        Anchor.SHOWN: JOBS - 1,
    }[anchor]
    return Plan(
        number=number,
        anchor=anchor,
        count=chance.randint(1, most),
        after_s=chance.uniform(0, LONGEST_AFTER_ANCHOR_S),
        between_s=chance.uniform(0, LONGEST_BETWEEN_S),
        painting_s=chance.uniform(0, LONGEST_PAINTING_S),
        delivery_s=chance.uniform(0, LONGEST_DELIVERY_S),
        tokens_expire=chance.random() < 1 / 4,
        images=images,
        private=tuple(chance.random() < 1 / 4 for _ in range(JOBS)),
    )


@dataclass(frozen=True, slots=True)
class Run:
    """What one run came to."""

    plan: Plan
    jobs_at_kill: Counter[str]
    images_at_kill: Counter[str]
    findings: Findings


class Voyage:
    """One directory, one Discord and one Venice, through any number of kills."""

    def __init__(
        self, directory: Path, discord: LoopbackDiscord, venice: VeniceStandIn, *, seed: int
    ) -> None:
        self._directory = directory
        self._discord = discord
        self._venice = venice
        self._seed = seed
        self._records = Records(directory)
        self._starts = 0

    async def sail(self, runs: range, *, told_to_stop: Container[int] = ()) -> AsyncIterator[Run]:
        """Ask, kill, start anew and audit, once a run; the bot of one run is killed in the next.

        Args:
            runs: the numbers of the runs, by which they are planned.
            told_to_stop: runs that are ended by SIGTERM, as a service manager does, not SIGKILL.
        """
        bot, stop = await self._start()
        try:
            for number in runs:
                plan = draw_plan(self._seed, number)
                asked = await self._ask_until_anchor(plan)
                if number in told_to_stop:
                    await bot.terminate(timeout_s=END_S)
                else:
                    await bot.kill()
                answered = answered_by(self._venice)
                at_kill = self._records.jobs()
                await stop.aclose()
                if plan.tokens_expire:
                    self._discord.advance(seconds=PAST_A_TOKEN_S)
                self._discord.faults.clear()
                self._venice.delay_s = 0
                bot, stop = await self._start()
                await self._all_ended()
                world = World(self._discord, self._venice, self._records)
                mine = [at_kill[each.prompt] for each in asked if each.prompt in at_kill]
                yield Run(
                    plan,
                    Counter(job.state.value for job in mine),
                    Counter(image.state.value for job in mine for image in job.images),
                    audit(world, asked, tokens_expired=plan.tokens_expire, answered=answered),
                )
        finally:
            await stop.aclose()

    async def _start(self) -> tuple[BotProcess, AsyncExitStack]:
        stop = AsyncExitStack()
        bot = await stop.enter_async_context(
            start_bot(directory=self._directory, environment=self._environment())
        )
        self._starts += 1
        await self._discord.ready(timeout_s=START_S, identified=self._starts)
        return bot, stop

    def _environment(self) -> Mapping[str, str]:
        return {
            "DISCORD_TOKEN": self._discord.token,
            "DISCORD_API_URL": self._discord.api_url,
            "DISCORD_GATEWAY_URL": self._discord.gateway_url,
            "VENICE_API_KEY": KEY,
            "VENICE_BASE_URL": self._venice.base_url,
            "LOG_FORMAT": "json",
            "DAILY_IMAGES_PER_USER": "100000",
            "DAILY_USD_BOT_LIMIT": "100000",
            "DEFAULT_SERVER_USD_PER_DAY": "100000",
            "MAX_CONCURRENT_GENERATIONS": "6",
        }

    async def _ask_until_anchor(self, plan: Plan) -> list[Asked]:
        self._venice.delay_s = plan.painting_s
        slow = SlowAnswer(plan.delivery_s)
        self._discord.faults.add(Fault(slow, "PATCH", ANSWER, times=JOBS))
        reached = asyncio.create_task(self._reached(plan))
        members = crowd_of(self._discord.world.guild)
        studio = self._discord.world.channel("studio")
        asked: list[Asked] = []
        for job in range(JOBS):
            if reached.done():
                break
            interaction = await self._ask(plan, job, members[job % len(members)], studio)
            asked.append(Asked(plan.prompt(job), plan.images[job], interaction))
            await asyncio.sleep(plan.between_s)
        async with asyncio.timeout(END_S):
            await reached
        # The moment of the kill is what is tested: it falls anywhere after the anchor.
        await asyncio.sleep(plan.after_s)
        return asked

    async def _ask(self, plan: Plan, job: int, member: Member, channel: Channel) -> SentInteraction:
        return await self._discord.slash(
            member,
            channel,
            "imagine",
            {
                "prompt": plan.prompt(job),
                "model": "z-image-turbo",
                "size": "256x256",
                "images": plan.images[job],
                "private": plan.private[job],
            },
        )

    async def _reached(self, plan: Plan) -> None:
        """Wait for the plan's anchor."""
        match plan.anchor:
            case Anchor.ACKNOWLEDGED:
                await self._served(CALLBACK, plan.count)
            case Anchor.SHOWN:
                await self._served(ANSWER, plan.count)
            case Anchor.ASKED_OF_VENICE:
                before = sum(each.route == GENERATE for each in self._venice.requests)
                await self._venice.wait_for_requests(before + plan.count, route=GENERATE)

    async def _served(self, route: str, count: int) -> None:
        def so_far() -> int:
            return sum(each.route == route for each in self._discord.served)

        before = so_far()
        await self._discord.until(lambda: so_far() >= before + count, timeout_s=END_S)

    async def _all_ended(self) -> None:
        async with asyncio.timeout(END_S):
            while self._records.open_jobs():  # noqa: ASYNC110 - written by another process
                await asyncio.sleep(LOOK_AGAIN_S)


@asynccontextmanager
async def open_voyage(directory: Path, *, seed: int) -> AsyncIterator[Voyage]:
    """A voyage in an empty directory."""
    options = StandInOptions(
        api_key=KEY, sketch=True, images_per_minute=1_000_000, balance_usd_micros=10**12
    )
    world = make_world(crowded_guild(MEMBERS))
    async with (
        LoopbackDiscord(world=world, contract=ContractCheck(None)) as discord,
        VeniceStandIn(options) as venice,
    ):
        yield Voyage(directory, discord, venice, seed=seed)
        assert not discord.contract_violations
