"""What is offered while a member types."""

from dataclasses import replace

import pytest

from bot.domain.asking.wish import ImageWish
from bot.domain.flags import Options
from bot.domain.preferences.defaults import Defaults, DefaultsScope
from bot.domain.preferences.preset import Preset
from bot.services.asking.suggestions import StepsRange, Suggestion
from tests.services.house import House, make_place
from tests.services.models import OFFLINE_MODEL, PIXEL_MODEL, RATIO_MODEL, TIER_MODEL

PIXEL, RATIO, TIER = (Options(model=model.id) for model in (PIXEL_MODEL, RATIO_MODEL, TIER_MODEL))
TYPED_HALF = Options(model="flu")


def values(found: list[Suggestion]) -> list[str]:
    return [each.value for each in found]


def prices(found: list[Suggestion]) -> list[int | None]:
    return [each.price_usd_micros for each in found]


def chosen(house: House, prompt: str = "", **wish: object) -> Options:
    place = make_place()
    return house.suggestions.chosen(
        replace(ImageWish(prompt=prompt), **wish),  # type: ignore[arg-type] # fields by name
        user_id=place.user_id,
        guild_id=place.guild_id,
        channel_id=place.channel_id,
    )


def test_ratios_and_sizes_are_those_of_the_model(house: House) -> None:
    suggest = house.suggestions

    assert values(suggest.aspects(RATIO, "")) == ["1:1", "16:9"]
    assert values(suggest.sizes(TIER, "")) == ["1K", "2K"]
    assert suggest.sizes(RATIO, "") == []
    assert "1280×720" in values(suggest.sizes(PIXEL, ""))
    assert suggest.qualities(PIXEL, "") == []


def test_every_size_and_ratio_has_its_price_at_the_quality_chosen(house: House) -> None:
    low = replace(TIER, quality="low")

    assert prices(house.suggestions.sizes(low, "")) == [20_000, 30_000]
    assert prices(house.suggestions.sizes(TIER, "")) == [260_000, 500_000]
    assert prices(house.suggestions.aspects(replace(low, size="2K"), "")) == [30_000, 30_000]
    assert set(prices(house.suggestions.sizes(PIXEL, ""))) == {10_000}
    assert set(prices(house.suggestions.aspects(RATIO, ""))) == {30_000}


def test_qualities_are_priced_for_the_size_chosen(house: House) -> None:
    assert prices(house.suggestions.qualities(replace(TIER, size="2K"), "high")) == [500_000]
    assert prices(house.suggestions.qualities(replace(TIER, size="not one"), "high")) == [260_000]


def test_models_match_what_is_typed_and_leave_out_offline_ones(house: House) -> None:
    assert values(house.suggestions.models("flux")) == [RATIO_MODEL.id]
    assert OFFLINE_MODEL.id not in values(house.suggestions.models(""))


def test_a_model_that_is_still_being_typed_suggests_what_most_models_take(house: House) -> None:
    assert "16:9" in values(house.suggestions.aspects(TYPED_HALF, ""))
    assert house.suggestions.sizes(TYPED_HALF, "") == []
    assert house.suggestions.qualities(TYPED_HALF, "") == []
    assert house.suggestions.steps(TYPED_HALF) is None


def test_styles_match_what_is_typed(house: House) -> None:
    assert values(house.suggestions.styles(None, "noir")) == ["Film Noir"]


def test_steps_have_the_range_of_a_model_that_heeds_them(house: House) -> None:
    house.catalogue.all_models = (
        replace(PIXEL_MODEL, steps_default=8, steps_max=30),
        replace(RATIO_MODEL, steps_max=50),
    )

    assert house.suggestions.steps(PIXEL) == StepsRange(8, 30)
    assert house.suggestions.steps(RATIO) is None


def test_a_flag_in_the_prompt_chooses_the_model_as_an_option_does(house: House) -> None:
    assert chosen(house, f"a fox --model {RATIO_MODEL.id}").model == RATIO_MODEL.id
    by_both = chosen(house, f"a fox --model {RATIO_MODEL.id}", options=TIER)
    assert by_both.model == TIER_MODEL.id


@pytest.mark.parametrize("prompt", ["a fox --mod", "a fox --model", "--seed x", "{a,"])
def test_what_is_half_typed_chooses_nothing(house: House, prompt: str) -> None:
    assert chosen(house, prompt) == Options()


async def test_presets_and_defaults_choose_where_nothing_is_said(house: House) -> None:
    me = make_place().user_id
    await house.preferences.set_defaults(DefaultsScope.MEMBER, me, Defaults(options=RATIO))
    await house.preferences.save_preset(me, Preset("Posters", TIER))

    assert chosen(house).model == RATIO_MODEL.id
    assert chosen(house, preset="posters").model == TIER_MODEL.id
    assert chosen(house, preset="unknown").model == RATIO_MODEL.id
