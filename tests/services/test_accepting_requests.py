"""What is asked before any work is accepted, and what a refusal leaves behind: nothing."""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.errors import (
    Budget,
    BudgetReached,
    ImageCountOutOfRange,
    ModelOffline,
    NegativePromptTooLong,
    NotServing,
    PriceUnknown,
    PromptEmpty,
    PromptTooLong,
    QualityNotTaken,
    QuotaExceeded,
    RefusedByRule,
    SeedOutOfRange,
    UnknownModel,
    UnknownQuality,
    UnknownStyle,
)
from bot.domain.gate.policy import PolicySnapshot
from bot.domain.gate.rule import Rule
from bot.domain.ids import GuildId
from bot.domain.models.image_model import Quality
from bot.domain.quotas.limits import OF_THE_BOT
from bot.domain.sizing import PixelSize, RatioChoice, TierChoice
from tests.services.house import House, make_limits, make_place, make_request, open_house
from tests.services.models import (
    OFFLINE_MODEL,
    PENNY,
    PIXEL_MODEL,
    RATIO_MODEL,
    TIER_MODEL,
    UNPRICED_MODEL,
)


def test_nothing_asked_is_the_default_model_at_its_default_size(house: House) -> None:
    plan = house.generation.plan(make_request(), make_place())

    assert plan.recipe.model == PIXEL_MODEL.id
    assert plan.recipe.size == PixelSize(1024, 1024)
    assert plan.price_usd_micros == PENNY
    assert plan.recipe.safe_mode is True


@pytest.mark.parametrize(
    ("asked", "size"),
    [
        ({"model": RATIO_MODEL.id, "aspect": "16:9"}, RatioChoice("16:9")),
        ({"model": TIER_MODEL.id, "aspect": "3:2", "size": "2k"}, TierChoice("3:2", "2K")),
        ({"model": PIXEL_MODEL.id, "aspect": "16:9"}, PixelSize(1280, 720)),
    ],
)
def test_the_size_is_in_the_idiom_of_the_model(
    house: House, asked: dict[str, str], size: object
) -> None:
    assert house.generation.plan(make_request(**asked), make_place()).recipe.size == size


def test_a_style_is_sent_in_the_exact_spelling_of_the_api(house: House) -> None:
    plan = house.generation.plan(make_request(style=" watercolor"), make_place())

    assert plan.recipe.style == "Watercolor"


def test_a_model_with_qualities_gets_its_default_one(house: House) -> None:
    plan = house.generation.plan(make_request(model=TIER_MODEL.id), make_place())

    assert plan.recipe.quality is Quality.HIGH


@pytest.mark.parametrize(
    ("asked", "error"),
    [
        ({"prompt": "  "}, PromptEmpty),
        ({"prompt": "x" * 1_501}, PromptTooLong),
        ({"negative": "x" * 1_501}, NegativePromptTooLong),
        ({"model": "z-image-turo"}, UnknownModel),
        ({"model": OFFLINE_MODEL.id}, ModelOffline),
        ({"style": "watercolour"}, UnknownStyle),
        ({"quality": "high"}, QualityNotTaken),
        ({"model": TIER_MODEL.id, "quality": "ultra"}, UnknownQuality),
        ({"seed": 1_000_000_000}, SeedOutOfRange),
        ({"images": 5}, ImageCountOutOfRange),
        ({"images": 0}, ImageCountOutOfRange),
    ],
)
def test_a_request_that_breaks_a_rule_is_refused_from_memory(
    house: House, asked: dict[str, object], error: type[Exception]
) -> None:
    with pytest.raises(error):
        house.generation.plan(make_request(**asked), make_place())


def test_a_mistyped_model_is_answered_with_the_nearest(house: House) -> None:
    with pytest.raises(UnknownModel) as raised:
        house.generation.plan(make_request(model="z-image-turo"), make_place())

    assert raised.value.nearest[0] == PIXEL_MODEL.id


def test_a_server_that_is_not_admitted_is_refused_by_the_named_rule(house: House) -> None:
    house.policies.policy = PolicySnapshot(allowed_guilds=frozenset({GuildId(99)}))

    with pytest.raises(RefusedByRule) as raised:
        house.generation.plan(make_request(), make_place())

    assert raised.value.rule is Rule.SERVER_NOT_ALLOWED


def test_direct_messages_belong_to_no_server(house: House) -> None:
    house.policies.policy = PolicySnapshot(allowed_guilds=frozenset({GuildId(99)}))

    assert house.generation.plan(make_request(), make_place(guild_id=None)).price_usd_micros


def test_without_a_catalogue_the_bot_does_not_serve_yet(house: House) -> None:
    house.catalogue.all_models = ()

    with pytest.raises(NotServing):
        house.generation.plan(make_request(), make_place())


def test_a_stopping_bot_takes_no_new_work(house: House) -> None:
    house.generation.stop_accepting()

    with pytest.raises(NotServing):
        house.generation.plan(make_request(), make_place())


async def test_a_member_gets_no_more_images_a_day_than_the_limit(tmp_path: Path) -> None:
    async with open_house(tmp_path, limits=make_limits(images=5)) as house:
        await house.ask(make_place(), images=4)

        with pytest.raises(QuotaExceeded) as raised:
            await house.ask(make_place(), images=2, key="interaction-2")

        assert (raised.value.left, raised.value.limit) == (1, 5)
        async with house.database.read() as tx:
            assert await tx.jobs.count_open() == 1


async def test_the_limit_starts_anew_the_next_day(tmp_path: Path) -> None:
    async with open_house(tmp_path, limits=make_limits(images=4)) as house:
        await house.ask(make_place(), images=4)
        house.clock.move(timedelta(hours=12).total_seconds())

        await house.ask(make_place(), images=4, key="interaction-2")


async def test_each_server_has_its_own_count_for_a_member(tmp_path: Path) -> None:
    async with open_house(tmp_path, limits=make_limits(images=1)) as house:
        await house.ask(make_place())

        await house.ask(make_place(guild_id=GuildId(71)), key="interaction-2")
        await house.ask(make_place(guild_id=None), key="interaction-3")


async def test_fifty_requests_at_once_do_not_overspend(tmp_path: Path) -> None:
    async with open_house(tmp_path, limits=make_limits(images=25)) as house:
        asked = (house.ask(make_place(), key=f"interaction-{number}") for number in range(50))

        results = await asyncio.gather(*asked, return_exceptions=True)

        assert sum(isinstance(result, QuotaExceeded) for result in results) == 25


async def test_the_bots_budget_for_the_day_holds(tmp_path: Path) -> None:
    async with open_house(tmp_path, limits=make_limits(bot_usd_micros=2 * PENNY)) as house:
        await house.ask(make_place(), images=2)

        with pytest.raises(BudgetReached) as raised:
            await house.ask(make_place(guild_id=GuildId(71)), key="interaction-2")

        assert raised.value.budget is Budget.BOT


async def test_a_servers_budget_does_not_bind_another_server(tmp_path: Path) -> None:
    async with open_house(tmp_path, limits=make_limits(server_usd_micros=PENNY)) as house:
        await house.ask(make_place())

        with pytest.raises(BudgetReached) as raised:
            await house.ask(make_place(), key="interaction-2")
        await house.ask(make_place(guild_id=GuildId(71)), key="interaction-3")

        assert raised.value.budget is Budget.SERVER


async def test_an_unknown_price_is_refused_where_money_is_limited(tmp_path: Path) -> None:
    async with open_house(tmp_path, limits=make_limits(bot_usd_micros=10 * PENNY)) as house:
        with pytest.raises(PriceUnknown):
            house.generation.plan(make_request(model=UNPRICED_MODEL.id), make_place())


async def test_an_unknown_price_is_counted_in_images_where_money_is_not_limited(
    house: House,
) -> None:
    await house.ask(make_place(), model=UNPRICED_MODEL.id)

    await house.finish()

    assert house.messenger.shown[0].cost_usd_micros is None
    assert await house.images_used(make_place()) == 1


async def test_the_same_interaction_twice_is_one_request(house: House) -> None:
    first = await house.ask(make_place())
    second = await house.ask(make_place())

    assert second.id == first.id
    assert await house.images_used(make_place()) == 1


async def test_a_wished_seed_is_used_and_counted_up(house: House) -> None:
    job = await house.ask(make_place(), seed=41, images=3)

    assert [image.seed for image in job.images] == [41, 42, 43]


async def test_seed_zero_is_a_random_one(house: House) -> None:
    job = await house.ask(make_place(), seed=0)

    assert [image.seed for image in job.images] == [1_000]


async def test_quota_shows_what_is_left_and_when_it_resets(house: House) -> None:
    await house.ask(make_place(), images=3)

    status = await house.quota.status(make_place().spender)

    (line,) = status.lines
    assert (line.used, line.left, line.most) == (3, 22, 25)
    assert line.resets_at - house.clock.now() == timedelta(hours=12)
    assert line.source == OF_THE_BOT


async def test_pictures_of_unfinished_jobs_are_kept_whatever_the_limit(house: House) -> None:
    job = await house.ask(make_place())
    await house.finish()

    assert await house.housekeeping.tidy() == 0
    assert (await house.job(job)).images[0].picture is not None
