"""A voyage: the bot is asked, killed in the midst of it, started anew, and what it owes is read."""

import asyncio
import random
import time
from collections import Counter
from collections.abc import AsyncIterator, Container, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sandbox.venice.options import StandInOptions
from sandbox.venice.server import VeniceStandIn
from tests.wire.crash.ahead import RUN_AHEAD, VARIABLE
from tests.wire.crash.asked import Asked
from tests.wire.crash.audits.jobs import GENERATE, answered_by
from tests.wire.crash.findings import Findings
from tests.wire.crash.life import Life
from tests.wire.crash.plan import JOBS, Anchor, Plan, draw_plan
from tests.wire.crash.records import Records
from tests.wire.crash.town import Place, Town, make_town
from tests.wire.discord import LoopbackDiscord, make_world
from tests.wire.discord.contract import ContractCheck
from tests.wire.discord.faults import ANSWER, CALLBACK, Fault, SlowAnswer
from tests.wire.process import BotProcess, start_bot
from tests.wire.surroundings import KEY, settings_for

START_S = 60.0
END_S = 120.0
LOOK_AGAIN_S = 0.05


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
        self,
        directory: Path,
        discord: LoopbackDiscord,
        venice: VeniceStandIn,
        *,
        seed: int,
        jobs: int,
    ) -> None:
        self._directory = directory
        self._discord = discord
        self._venice = venice
        self._seed = seed
        self._jobs = jobs
        self._town = Town(discord, Records(directory))
        self._life = Life(self._town)
        self._ahead = timedelta()
        self._starts = 0

    async def sail(self, runs: range, *, told_to_stop: Container[int] = ()) -> AsyncIterator[Run]:
        """Ask, kill, start anew and audit, once a run; the bot of one run is killed in the next.

        Args:
            runs: the numbers of the runs, by which they are planned.
            told_to_stop: runs that are ended by SIGTERM, as a service manager does, not SIGKILL.
        """
        bot, stop = await self._start()
        try:
            await self._life.begin()
            for number in runs:
                plan = draw_plan(self._seed, number, jobs=self._jobs)
                asked = await self._ask_until_anchor(plan)
                if number in told_to_stop:
                    await bot.terminate(timeout_s=END_S)
                else:
                    await bot.kill()
                answered = answered_by(self._venice.requests)
                at_kill = self._town.records.jobs()
                await stop.aclose()
                self._let_time_pass(plan.down_for)
                bot, stop = await self._start()
                if plan.is_killed_again:
                    # Amid what it takes up: jobs that were left, and what fell due meanwhile.
                    await asyncio.sleep(plan.again_after_s)
                    await bot.kill()
                    answered |= answered_by(self._venice.requests)
                    await stop.aclose()
                    bot, stop = await self._start()
                await self._all_ended()
                mine = [at_kill[each.key] for each in asked if each.key in at_kill]
                yield Run(
                    plan,
                    Counter(job.state.value for job in mine),
                    Counter(image.state.value for job in mine for image in job.images),
                    self._life.audit(plan, asked, self._venice.requests, answered),
                )
        finally:
            await stop.aclose()

    def _let_time_pass(self, down_for: timedelta) -> None:
        self._ahead += down_for
        self._discord.advance(seconds=down_for.total_seconds())
        self._discord.faults.clear()
        self._venice.delay_s = 0

    async def _start(self) -> tuple[BotProcess, AsyncExitStack]:
        stop = AsyncExitStack()
        bot = await stop.enter_async_context(
            start_bot(
                directory=self._directory, environment=self._environment(), arguments=RUN_AHEAD
            )
        )
        self._starts += 1
        await self._discord.ready(timeout_s=START_S, identified=self._starts)
        return bot, stop

    def _environment(self) -> Mapping[str, str]:
        return {
            **settings_for(self._discord, self._venice),
            "LOG_FORMAT": "json",
            "DAILY_IMAGES_PER_USER": "100000",
            "DAILY_USD_BOT_LIMIT": "100000",
            "DEFAULT_SERVER_USD_PER_DAY": "100000",
            "MAX_CONCURRENT_GENERATIONS": "6",
            VARIABLE: f"{self._ahead.total_seconds()}",
        }

    async def _ask_until_anchor(self, plan: Plan) -> list[Asked]:
        self._venice.delay_s = plan.painting_s
        slow = SlowAnswer(plan.delivery_s)
        self._discord.faults.add(Fault(slow, "PATCH", ANSWER, times=self._jobs))
        chance = random.Random(f"{self._seed}/{plan.number}/life")  # noqa: S311 - reproducible
        asked: list[Asked] = []
        with self._life.going_on(chance):
            reached = asyncio.create_task(self._reached(plan))
            for job in range(self._jobs):
                if reached.done():
                    break
                asked.append(await self._ask(plan, job))
                await asyncio.sleep(plan.between_s)
            async with asyncio.timeout(END_S):
                await reached
            # The moment of the kill is what is tested: it falls anywhere after the anchor.
            await asyncio.sleep(plan.after_s)
        return [*asked, *self._life.take_asked()]

    async def _ask(self, plan: Plan, job: int) -> Asked:
        prompt, members = plan.prompt(job), self._town.members
        sent = await self._discord.slash(
            members[job % len(members)],
            self._town.channel(Place.STUDIO),
            "imagine",
            {
                "prompt": prompt,
                "model": "z-image-turbo",
                "size": "256x256",
                "images": plan.images[job],
                "private": plan.private[job],
            },
        )
        return Asked(prompt, plan.images[job], sent, prompt)

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
        """Wait until no job has anything to be done for it, and no scheduled work is due."""
        until = time.monotonic() + END_S
        while undone := self._undone():
            assert time.monotonic() < until, f"never done: {undone}"
            await asyncio.sleep(LOOK_AGAIN_S)

    def _undone(self) -> list[str]:
        records = self._town.records
        jobs = [f"{count} jobs" for count in [records.open_jobs()] if count]
        return [*jobs, *records.work_due(now=datetime.now(UTC) + self._ahead)]


@asynccontextmanager
async def open_voyage(directory: Path, *, seed: int, jobs: int = JOBS) -> AsyncIterator[Voyage]:
    """A voyage in an empty directory."""
    options = StandInOptions(
        api_key=KEY, sketch=True, images_per_minute=1_000_000, balance_usd_micros=10**12
    )
    async with (
        LoopbackDiscord(world=make_world(make_town()), contract=ContractCheck(None)) as discord,
        VeniceStandIn(options) as venice,
    ):
        yield Voyage(directory, discord, venice, seed=seed, jobs=jobs)
        assert not discord.contract_violations, discord.contract_violations
