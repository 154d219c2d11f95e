"""Strikes that the bot gives by itself, and what processes tell each other of blocks."""

from datetime import timedelta

from bot.domain.conduct.bars import Block
from bot.domain.conduct.strikes import CONTENT_VIOLATION, GivenStrike
from bot.domain.gate.rule import Rule
from bot.domain.ids import GuildId
from bot.domain.jobs.failure import FailureReason
from bot.domain.jobs.job import JobState
from bot.domain.quotas.ledger import BOT_ACCOUNT
from bot.services.conduct.book import ConductBook
from bot.services.conduct.striking import StrikeDesk
from tests.services.house import House, make_place
from tests.services.painters import failing

PLACE = make_place()
HERE = GuildId(70)


async def strikes_of(house: House) -> list[GivenStrike]:
    async with house.database.read() as tx:
        return list(await tx.conduct.all_strikes(now=house.clock.now()))


async def test_a_violation_is_one_strike_a_request_told_by_the_bot(house: House) -> None:
    house.painter.paint_one = failing(FailureReason.CONTENT_VIOLATION)

    job = await house.ask(PLACE, images=2)
    await house.finish()

    [strike] = await strikes_of(house)
    assert (strike.user_id, strike.guild_id) == (PLACE.user_id, HERE)
    assert (strike.reason, strike.account) == (CONTENT_VIOLATION, BOT_ACCOUNT)
    assert strike.image_id == job.images[0].id


async def test_a_delivery_that_runs_twice_gives_one_strike(house: House) -> None:
    house.painter.paint_one = failing(FailureReason.CONTENT_VIOLATION)
    job = await house.ask(PLACE)
    desk = StrikeDesk(ConductBook(house.database, house.clock), house.clock)
    # As a process does that is gone before it could end the job.
    await desk.strike(
        guild_id=HERE,
        user_id=PLACE.user_id,
        by=None,
        reason=CONTENT_VIOLATION,
        image_id=job.images[0].id,
    )

    await house.finish()

    assert (await house.job(job)).state is JobState.FAILED
    assert len(await strikes_of(house)) == 1


async def test_other_failures_and_direct_messages_give_none(house: House) -> None:
    house.painter.paint_one = failing(FailureReason.REJECTED)
    await house.ask(PLACE)
    await house.finish()
    house.painter.paint_one = failing(FailureReason.CONTENT_VIOLATION)
    await house.ask(make_place(guild_id=None), key="private")
    await house.finish()

    assert await strikes_of(house) == []


async def test_another_process_learns_of_a_block_and_it_ends_by_the_clock(house: House) -> None:
    ours, theirs = (ConductBook(house.database, house.clock) for _ in range(2))
    await theirs.load()
    ends = house.clock.now() + timedelta(hours=1)
    block = Block(
        guild_id=HERE, user_id=PLACE.user_id, since=house.clock.now(), until=ends, reason="spam"
    )
    async with ours.changing() as tx:
        await tx.conduct.put_block(block)

    await theirs.look()

    bar = theirs.barred(HERE).bar_of(PLACE.user_id)
    assert bar is not None
    assert (bar.rule, bar.until) == (Rule.BLOCKED, ends)
    assert theirs.barred(GuildId(71)).bar_of(PLACE.user_id) is None
    house.clock.move(3_600)
    assert theirs.barred(HERE).bar_of(PLACE.user_id) is None
    assert theirs.blocks_of(HERE) == ()
