"""Presets and defaults, answered from memory."""

import asyncio
from pathlib import Path

import pytest

from bot.domain.asking.wish import ImageWish
from bot.domain.errors import ModelOffline, NoServerHere, PresetsFull, PresetUnknown
from bot.domain.flags import Options
from bot.domain.ids import UserId
from bot.domain.preferences.defaults import NO_DEFAULTS, Defaults, DefaultsScope
from bot.domain.preferences.preset import MAX_PRESETS, Preset
from bot.services.preferences.preferences import LOOK_EVERY_S, PreferenceBook
from tests.services.house import House, make_place, make_request, open_house
from tests.services.models import OFFLINE_MODEL, TIER_MODEL

ME = UserId(7)


async def set_mine(house: House, **options: object) -> None:
    value = Defaults(options=Options(**options))  # type: ignore[arg-type] # options by name
    await house.preferences.set_defaults(DefaultsScope.MEMBER, ME, value)


async def test_preferences_are_there_after_a_restart(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house:
        await set_mine(house, style="Film Noir")
        await house.preferences.save_preset(ME, Preset("Noir", Options(seed=5)))

    async with open_house(tmp_path) as house:
        [plan] = house.proposer.propose(
            ImageWish(prompt="a fox", preset="noir"), make_place()
        ).plans

    assert plan.request.seed == 5
    assert plan.recipe.style == "Film Noir"


async def test_an_earlier_request_is_repeated_without_todays_defaults(house: House) -> None:
    await set_mine(house, style="Film Noir", private=True)

    plan = house.generation.plan(make_request(), make_place())

    assert plan.recipe.style is None
    assert not plan.request.private


async def test_a_raw_wish_takes_neither_preset_nor_words(house: House) -> None:
    await set_mine(house, style="Film Noir", images=2)
    await house.preferences.save_preset(ME, Preset("x", Options(seed=5), "in the rain"))

    wish = ImageWish(prompt="a fox", options=Options(raw=True), preset="x")
    proposal = house.proposer.propose(wish, make_place())
    [plan] = proposal.plans

    assert (plan.request.prompt, plan.request.style, plan.request.seed) == ("a fox", None, None)
    assert plan.request.images == 2
    assert proposal.left_out == ("preset",)


async def test_a_default_model_that_is_switched_off_is_told_and_not_swapped(house: House) -> None:
    await set_mine(house, model=OFFLINE_MODEL.id)

    with pytest.raises(ModelOffline):
        house.proposer.propose(ImageWish(prompt="a fox"), make_place())
    house.proposer.propose(
        ImageWish(prompt="a fox", options=Options(model=TIER_MODEL.id)), make_place()
    )


async def test_there_is_room_for_so_many_presets_and_for_changing_one(house: House) -> None:
    for number in range(MAX_PRESETS):
        await house.preferences.save_preset(ME, Preset(f"p{number}", Options(seed=5)))

    with pytest.raises(PresetsFull):
        house.presets.checked("one more", None, Options(seed=5), make_place())
    assert house.presets.checked("P3", None, Options(seed=6), make_place()).options.seed == 6


async def test_a_deleted_preset_is_gone(house: House) -> None:
    await house.preferences.save_preset(ME, Preset("Noir", Options(seed=5)))
    await house.presets.delete(ME, "noir")

    with pytest.raises(PresetUnknown):
        house.presets.find(ME, "Noir")
    assert house.presets.all(ME) == []


async def test_a_direct_message_has_no_server_to_set_defaults_for(house: House) -> None:
    with pytest.raises(NoServerHere):
        house.defaults.checked(
            DefaultsScope.SERVER,
            Defaults(hide_watermark=True),
            make_place(guild_id=None),
            may_manage=True,
        )


async def test_what_another_process_changes_counts_soon(house: House) -> None:
    other = PreferenceBook(house.database)
    await other.load()
    watching = asyncio.create_task(house.preferences.keep_fresh(house.clock))
    await asyncio.sleep(0)
    await other.set_defaults(DefaultsScope.MEMBER, ME, Defaults(options=Options(images=3)))
    assert house.preferences.defaults_of(DefaultsScope.MEMBER, ME) == NO_DEFAULTS

    house.clock.move(LOOK_EVERY_S)
    async with asyncio.timeout(60):
        while house.preferences.defaults_of(DefaultsScope.MEMBER, ME) == NO_DEFAULTS:  # noqa: ASYNC110 - there is no event to wait for
            await asyncio.sleep(0)
    watching.cancel()

    assert house.preferences.defaults_of(DefaultsScope.MEMBER, ME).options.images == 3


async def test_what_has_not_changed_is_not_read_again(house: House) -> None:
    held = house.preferences.presets_of(ME)
    await house.preferences.look()

    assert house.preferences.presets_of(ME) == held
