"""Asking for a member's word, and what becomes of what they confirm."""

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from bot.domain.asking.effects import Effect, IgnoredSetting, Setting
from bot.domain.asking.pending import WAITS_FOR, confirm_target
from bot.domain.asking.wish import ImageWish
from bot.domain.asking.wish_errors import NoLongerWaiting
from bot.domain.errors import BudgetReached, NotYours, QuotaExceeded
from bot.domain.flags import Options
from bot.domain.ids import MessageId, UserId
from bot.domain.jobs.cancelling import Cancelling
from bot.domain.jobs.job import JobState
from bot.domain.jobs.painting import Painting
from bot.services.asking.confirming import Question
from bot.services.asking.plans import Place
from tests.paintings import asked
from tests.services.house import (
    House,
    make_limits,
    make_place,
    make_reply,
    make_request,
    open_house,
    seeds_of,
)
from tests.services.models import PIXEL_MODEL, RATIO_MODEL, UNPRICED_MODEL
from tests.services.painters import DirectedPainter, painting

SIX = ImageWish(prompt="a {red,blue,green} fox", options=Options(images=2))


async def ask(house: House, wish: ImageWish = SIX, place: Place | None = None) -> Question:
    place = place or make_place()
    return await house.confirming.ask(
        house.proposer.propose(wish, place),
        place,
        interaction_id=12_345,
        question=make_reply(house.clock),
    )


async def confirm(house: House, question: Question, *, answer: int = 50) -> list[str]:
    reply = replace(make_reply(house.clock), message_id=MessageId(answer))
    confirmed = await house.confirming.confirm(question.pending.id, make_place(), reply=reply)
    return [asked(job).prompt for job in confirmed.jobs]


async def used(house: House) -> int:
    [line] = (await house.quota.status(make_place().spender)).lines
    return line.used


def test_four_images_need_no_word_and_five_do(house: House) -> None:
    four = house.proposer.propose(ImageWish(prompt="a {red,blue} fox --images 2"), make_place())
    five = house.proposer.propose(ImageWish(prompt="{a,b,c,d,e}"), make_place())

    assert (four.images, four.needs_word) == (4, False)
    assert (five.images, five.needs_word) == (5, True)
    assert five.price_usd_micros == 50_000


def test_a_setting_in_vain_needs_a_word_and_a_doubtful_one_does_not(house: House) -> None:
    options = Options(model=RATIO_MODEL.id, steps=20, negative="text")
    vain = house.proposer.propose(ImageWish(prompt="a fox", options=options), make_place())
    doubtful = house.proposer.propose(
        ImageWish(prompt="a fox", options=replace(options, steps=None)), make_place()
    )

    assert vain.needs_word
    assert vain.plans[0].recipe.steps is None
    assert not doubtful.needs_word
    assert doubtful.ignored == (IgnoredSetting(Setting.NEGATIVE, Effect.MAY_BE_IGNORED),)


def test_prices_that_nobody_knows_are_unknown_together(house: House) -> None:
    wish = ImageWish(prompt="{a,b,c,d,e}", options=Options(model=UNPRICED_MODEL.id))

    assert house.proposer.propose(wish, make_place()).price_usd_micros is None


async def test_asking_spends_nothing(house: House) -> None:
    question = await ask(house)

    assert question.quota.lines[0].left == 25
    assert await used(house) == 0
    assert house.painter.orders == []


async def test_what_is_confirmed_is_painted_in_its_order(house: House) -> None:
    assert await confirm(house, await ask(house)) == ["a red fox", "a blue fox", "a green fox"]

    await house.finish()

    assert len(seeds_of(house.messenger.shown)) == 6
    replies = {asked(result.job).prompt: result.job.reply for result in house.messenger.shown}
    assert replies["a red fox"] is not None
    assert replies["a blue fox"] is replies["a green fox"] is None


async def test_however_often_it_is_confirmed_it_is_painted_once(house: House) -> None:
    question = await ask(house)

    answers = await asyncio.gather(
        *(confirm(house, question, answer=number) for number in range(5)), return_exceptions=True
    )

    assert len([answer for answer in answers if isinstance(answer, list)]) == 1
    assert len([answer for answer in answers if isinstance(answer, NoLongerWaiting)]) == 4
    assert await used(house) == 6


async def test_what_waits_survives_a_restart(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house:
        question = await ask(house)

    async with open_house(tmp_path, first_id=1_000) as house:
        assert len(await confirm(house, question)) == 3


async def test_what_got_no_word_is_forgotten(house: House) -> None:
    await ask(house)
    assert await house.housekeeping.forget_expired() == 0

    house.clock.move(WAITS_FOR.total_seconds())

    assert await house.housekeeping.forget_expired() == 1


async def test_after_fifteen_minutes_nothing_waits_any_more(house: House) -> None:
    question = await ask(house)
    target = confirm_target(question.pending)
    assert house.confirming.waiting(target) == question.pending.id

    house.clock.move(WAITS_FOR.total_seconds())

    with pytest.raises(NoLongerWaiting):
        house.confirming.waiting(target)
    with pytest.raises(NoLongerWaiting):
        await confirm(house, question)


@pytest.mark.parametrize("target", ["", "nonsense", "1-", "12345678901234567890123-1", "1-x"])
def test_a_button_that_says_something_else_confirms_nothing(house: House, target: str) -> None:
    with pytest.raises(NoLongerWaiting):
        house.confirming.waiting(target)


async def test_another_member_cannot_confirm_or_cancel_it(house: House) -> None:
    question = await ask(house)
    stranger = make_place(user_id=UserId(8))

    with pytest.raises(NotYours):
        await house.confirming.confirm(question.pending.id, stranger, reply=make_reply(house.clock))
    await confirm(house, question)
    with pytest.raises(NotYours):
        await house.confirming.cancel_all(question.pending.id, stranger.user_id)


async def test_more_than_is_left_is_refused_when_asked(tmp_path: Path) -> None:
    async with open_house(tmp_path, limits=make_limits(images=5)) as house:
        with pytest.raises(QuotaExceeded) as raised:
            await ask(house)

    assert (raised.value.wanted, raised.value.left) == (6, 5)


async def test_all_is_reserved_or_none(tmp_path: Path) -> None:
    async with open_house(tmp_path, limits=make_limits(images=7)) as house:
        question = await ask(house)
        await house.ask(make_place(), images=2)

        with pytest.raises(QuotaExceeded) as raised:
            await confirm(house, question)

        assert (raised.value.wanted, raised.value.left) == (6, 5)
        assert await used(house) == 2
        async with house.database.read() as tx:
            assert await tx.jobs.count_open() == 1


async def test_a_budget_refuses_all_with_the_sum_of_all(tmp_path: Path) -> None:
    async with open_house(tmp_path, limits=make_limits(bot_usd_micros=50_000)) as house:
        question = await ask(house)

        with pytest.raises(BudgetReached) as raised:
            await confirm(house, question)

    assert (raised.value.cost_usd_micros, raised.value.left_usd_micros) == (60_000, 50_000)


async def test_what_was_refused_still_waits(tmp_path: Path) -> None:
    async with open_house(tmp_path, limits=make_limits(images=7)) as house:
        question = await ask(house)
        blocking = await house.ask(make_place(), images=2)
        with pytest.raises(QuotaExceeded):
            await confirm(house, question)
        await house.cancelling.cancel(blocking.id, make_place().user_id, moderator=False)

        assert len(await confirm(house, question)) == 3


async def test_cancelling_all_ends_what_was_not_begun_without_a_word(house: House) -> None:
    question = await ask(house)
    await confirm(house, question)

    outcomes = await house.confirming.cancel_all(question.pending.id, make_place().user_id)

    assert outcomes == [Cancelling.CANCELLED] * 3
    assert await used(house) == 0
    assert [asked(result.job).prompt for result in house.messenger.shown] == ["a red fox"]
    assert (await house.notices.take(make_place().user_id)).of_results == []


async def test_what_was_taken_up_and_not_sent_ends_without_a_word_too(tmp_path: Path) -> None:
    may_paint = asyncio.Event()

    async def wait(seed: int) -> Painting:
        await may_paint.wait()
        return painting(seed)

    painter = DirectedPainter(paint_one=wait)
    async with open_house(tmp_path, painter=painter, concurrency=2) as house, house.working():
        question = await ask(house)
        await confirm(house, question)
        async with asyncio.timeout(60):
            while len(painter.orders) < 2 or house.pool.running < 2:  # noqa: ASYNC110 - there is no event to wait for
                await asyncio.sleep(0)
        await house.confirming.cancel_all(question.pending.id, make_place().user_id)
        may_paint.set()
        await house.pool.idle()

        assert [asked(result.job).prompt for result in house.messenger.shown] == ["a red fox"]
        assert await used(house) == 2


async def test_a_result_takes_the_place_of_its_own_progress(house: House) -> None:
    question = await ask(house)
    confirmed = await house.confirming.confirm(
        question.pending.id, make_place(), reply=make_reply(house.clock)
    )
    blue = confirmed.jobs[1]
    async with house.database.write() as tx:
        now = house.clock.now()
        claimed = await tx.jobs.claim(blue.id, owner="test", now=now, lease_until=now)
    assert claimed is not None
    running = replace(claimed, state=JobState.RUNNING)
    house.board.put(running)
    await house.board.tell_all()

    assert (await house.job(blue)).shown is not None


async def test_extras_are_reserved_at_their_most(house: House) -> None:
    plan = house.generation.plan(make_request(enhance=True), make_place())
    assert plan.price_usd_micros == 50_000

    house.catalogue.all_models = (replace(PIXEL_MODEL, web_search=True),)
    searching = house.generation.plan(make_request(web_search=True), make_place())
    assert searching.recipe.web_search
    assert searching.price_usd_micros is None
