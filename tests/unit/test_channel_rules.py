from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.gate.channel_rules import (
    SETTING_NAMES,
    ArtCommand,
    ChannelRules,
    ChannelSettings,
    Decided,
    Layer,
    PrivateImages,
    Review,
    UnknownSignals,
    overlaid,
    rules_of,
    strictest,
    without,
)
from bot.domain.ids import ModelId

models = st.frozensets(st.sampled_from(["flux", "qwen", "z-image"]).map(ModelId))
settings = st.builds(
    ChannelSettings,
    safe_mode=st.none() | st.booleans(),
    allowed_models=st.none() | models,
    forbidden_models=st.none() | models,
    review=st.none() | st.sampled_from(Review),
    commands=st.none() | st.frozensets(st.sampled_from(ArtCommand)),
    most_images=st.none() | st.sampled_from([1, 2, 3, 4]),
    slow_mode_s=st.none() | st.integers(0, 3600),
    spoilers=st.none() | st.booleans(),
    private_images=st.none() | st.sampled_from(PrivateImages),
    unknown_signals=st.none() | st.sampled_from(UnknownSignals),
)
layers = st.lists(settings, min_size=4, max_size=4).map(
    lambda said: list(zip(Layer, said, strict=False))
)


def rules(*, age_restricted: bool = False, **channel: Any) -> ChannelRules:
    return rules_of([(Layer.CHANNEL, ChannelSettings(**channel))], age_restricted=age_restricted)


def test_where_nobody_has_said_anything_the_bot_decides() -> None:
    decided = rules()
    assert decided.safe_mode == Decided(True, Layer.BOT)
    assert decided.review == Decided(Review.NONE, Layer.BOT)
    assert decided.commands == Decided(frozenset(ArtCommand), Layer.BOT)
    assert decided.most_images == Decided(4, Layer.BOT)
    assert not decided.safe_mode_forced


def test_safe_mode_is_off_only_in_an_age_restricted_channel() -> None:
    assert rules(safe_mode=False, age_restricted=True).safe_mode == Decided(False, Layer.CHANNEL)
    forced = rules(safe_mode=False)
    assert forced.safe_mode == Decided(True, Layer.BOT)
    assert forced.safe_mode_forced


def test_an_age_restricted_channel_is_safe_until_somebody_turns_it_off() -> None:
    assert rules(age_restricted=True).safe_mode == Decided(True, Layer.BOT)


def test_a_thread_takes_from_its_channel_what_it_does_not_say() -> None:
    decided = rules_of(
        [
            (Layer.THREAD, ChannelSettings(most_images=1)),
            (Layer.CHANNEL, ChannelSettings(most_images=3, spoilers=True)),
            (Layer.SERVER, ChannelSettings(review=Review.ALL)),
        ],
        age_restricted=False,
    )
    assert decided.most_images == Decided(1, Layer.THREAD)
    assert decided.spoilers == Decided(True, Layer.CHANNEL)
    assert decided.review == Decided(Review.ALL, Layer.SERVER)


def test_a_model_that_the_server_forbids_cannot_be_allowed_below() -> None:
    decided = rules_of(
        [
            (Layer.CHANNEL, ChannelSettings(allowed_models=frozenset({ModelId("flux")}))),
            (Layer.SERVER, ChannelSettings(forbidden_models=frozenset({ModelId("flux")}))),
        ],
        age_restricted=False,
    )
    assert decided.forbidden_models == {"flux"}


@given(layers)
def test_without_the_mark_a_channel_is_safe_whatever_is_set(
    said: list[tuple[Layer, ChannelSettings]],
) -> None:
    assert rules_of(said, age_restricted=False).safe_mode.value


@pytest.mark.parametrize("name", sorted(set(SETTING_NAMES) - {"safe_mode", "forbidden_models"}))
@given(said=layers, age_restricted=st.booleans())
def test_the_most_specific_layer_that_says_something_decides(
    name: str, said: list[tuple[Layer, ChannelSettings]], age_restricted: bool
) -> None:
    decided = getattr(rules_of(said, age_restricted=age_restricted), name)
    first = next(
        ((layer, getattr(s, name)) for layer, s in said if getattr(s, name) is not None), None
    )
    if first is None:
        assert decided.by is Layer.BOT
    else:
        assert (decided.by, decided.value) == first


@given(st.lists(settings, min_size=1), st.data())
def test_the_strictest_forbids_what_any_of_them_forbids(
    said: list[ChannelSettings], data: st.DataObject
) -> None:
    one = data.draw(st.sampled_from(said))
    all_of_them = strictest(said)

    assert all_of_them.forbidden_models is not None
    assert all_of_them.forbidden_models >= (one.forbidden_models or frozenset())
    if one.allowed_models is not None:
        assert all_of_them.allowed_models is not None
        assert all_of_them.allowed_models <= one.allowed_models
    if one.commands is not None:
        assert all_of_them.commands is not None
        assert all_of_them.commands <= one.commands
    assert (all_of_them.most_images or 4) <= (one.most_images or 4)
    assert (all_of_them.slow_mode_s or 0) >= (one.slow_mode_s or 0)
    if one.private_images is PrivateImages.NOBODY:
        assert all_of_them.private_images is PrivateImages.NOBODY


@given(upper=settings, lower=settings, name=st.sampled_from(SETTING_NAMES))
def test_what_is_set_anew_stands_beside_what_was_set(
    upper: ChannelSettings, lower: ChannelSettings, name: str
) -> None:
    both = overlaid(upper, lower)

    said = getattr(upper, name)
    assert getattr(both, name) == (getattr(lower, name) if said is None else said)
    assert getattr(without(both, name), name) is None
