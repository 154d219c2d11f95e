"""Five hundred requests in ten seconds: everybody is answered, and nothing is lost."""

import asyncio
import logging
from collections import Counter
from pathlib import Path

from sandbox.venice.faults import Fault, Judged
from sandbox.venice.options import StandInOptions
from sandbox.venice.server import VeniceStandIn
from tests.wire.crash.records import Records
from tests.wire.crowd import crowd_of, crowded_guild
from tests.wire.discord import LoopbackDiscord, SentInteraction, TimeLimits, make_world
from tests.wire.discord.contract import ContractCheck
from tests.wire.process import start_bot
from tests.wire.surroundings import KEY, settings_for

log = logging.getLogger(__name__)

REQUESTS = 500
WITHIN_S = 10.0
MEMBERS = 250
"""So many that none has the three violations that pause a member."""
MOST_QUEUED = 60
START_S = 60.0
END_S = 120.0
LOOK_AGAIN_S = 0.5
FULL = "The queue is full"

# How fast it is belongs into a benchmark: here only what is answered and kept is counted.
PATIENT = TimeLimits(acknowledgement_s=END_S)


def text_of(interaction: SentInteraction) -> str:
    return "\n".join(text for message in interaction.messages for text in message.texts)


async def test_of_500_requests_in_10_s_all_are_answered_and_none_is_lost(tmp_path: Path) -> None:
    # A picture of a violation costs next to nothing to paint; its member is told so.
    cheap = Fault(Judged(), route="/image/generate", times=REQUESTS)
    world = make_world(crowded_guild(MEMBERS))
    options = StandInOptions(api_key=KEY, sketch=True, images_per_minute=1_000_000)
    async with (
        LoopbackDiscord(world=world, limits=PATIENT, contract=ContractCheck(None)) as discord,
        VeniceStandIn(options) as venice,
    ):
        venice.faults.add(cheap)
        environment = {
            **settings_for(discord, venice),
            "LOG_LEVEL": "WARNING",
            "MAX_QUEUED_JOBS": str(MOST_QUEUED),
        }
        async with start_bot(directory=tmp_path, environment=environment) as bot:
            await discord.ready(timeout_s=START_S)
            sent = await flood(discord)
            for interaction in sent:
                await interaction.acknowledged(timeout_s=END_S)
            records = Records(tmp_path)
            await answered(sent, records)
            log.info("the bot had at most %d MB", bot.peak_memory_bytes // 1_000_000)

    jobs = records.jobs()
    refused = [each for each in sent if FULL in text_of(each)]
    assert len(jobs) + len(refused) == REQUESTS
    assert refused, "the queue's limit was not reached"
    assert Counter(each.route for each in venice.requests)["/image/generate"] == len(jobs)
    assert records.wrong_balances() == []
    assert not discord.contract_violations


async def flood(discord: LoopbackDiscord) -> list[SentInteraction]:
    """The requests, evenly over the time."""
    members, studio = crowd_of(discord.world.guild), discord.world.channel("studio")
    loop = asyncio.get_running_loop()
    began = loop.time()
    sent: list[SentInteraction] = []
    for number in range(REQUESTS):
        options = {"prompt": f"boat {number}x", "model": "z-image-turbo", "size": "256x256"}
        sent.append(await discord.slash(members[number % MEMBERS], studio, "imagine", options))
        await asyncio.sleep(began + (number + 1) * WITHIN_S / REQUESTS - loop.time())
    return sent


async def answered(sent: list[SentInteraction], records: Records) -> None:
    """Wait until every request has words and every job has ended."""
    async with asyncio.timeout(END_S):
        while records.open_jobs() or not all(text_of(each) for each in sent):  # noqa: ASYNC110 - another process writes the records
            await asyncio.sleep(LOOK_AGAIN_S)
