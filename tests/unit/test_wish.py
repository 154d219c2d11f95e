"""From a prompt and its options to requests."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.asking.effects import Effect, IgnoredSetting, Setting
from bot.domain.asking.numbers import guidance_of, lora_strength_of, steps_of
from bot.domain.asking.pending import (
    batch_key,
    confirm_target,
    needs_word,
    nth_key,
    read_confirm_target,
)
from bot.domain.asking.permutations import TooManyImages, expand, unexpanded
from bot.domain.asking.request import ImageRequest
from bot.domain.asking.wish import as_it_stands, requests_of
from bot.domain.asking.wish_errors import SettingOutOfRange
from bot.domain.flags import Options
from bot.domain.models.image_model import ImageModel, RatioSizing
from tests.storage.test_pending import make_pending
from tests.unit.test_effects import make_model

MODEL: ImageModel = make_model(steps_max=30)
RATIO_MODEL = replace(MODEL, sizing=RatioSizing(("1:1",)))
FOX = ImageRequest(prompt="a fox")

tricky = st.text(st.sampled_from(["{", "}", ",", "\\", "a", " "]), max_size=12)


@given(prompt=tricky | st.text(max_size=20))
def test_a_prompt_can_be_written_so_that_its_braces_are_text(prompt: str) -> None:
    assert expand(unexpanded(prompt), 1) == (prompt,)


@pytest.mark.parametrize("prompt", ["a fox", "a {red} fox, at dawn", "back\\slash"])
def test_a_prompt_without_groups_is_written_as_it_is(prompt: str) -> None:
    assert unexpanded(prompt) == prompt


def test_each_prompt_of_the_braces_is_a_request_with_the_same_options() -> None:
    red, blue = requests_of("a {red,blue} fox", Options(images=2, seed=7, enhance=True))

    assert (red.prompt, blue.prompt) == ("a red fox", "a blue fox")
    assert replace(red, prompt=blue.prompt) == blue
    assert (red.images, red.seed, red.enhance) == (2, 7, True)


def test_the_braces_of_a_raw_prompt_are_text() -> None:
    [request] = requests_of("a {red,blue} fox", Options(raw=True))

    assert request.prompt == "a {red,blue} fox"


def test_images_count_for_each_prompt() -> None:
    with pytest.raises(TooManyImages):
        requests_of("{a,b,c,d,e,f,g,h,i,j,k}", Options(images=4))


def test_a_raw_prompt_loses_style_and_rewriting_and_says_so() -> None:
    said = Options(raw=True, style="Anime", enhance=True, seed=7)

    assert as_it_stands(said) == (Options(raw=True, seed=7), ("style", "enhance"))
    assert as_it_stands(Options(raw=True, enhance=False))[1] == ()


@pytest.mark.parametrize(("steps", "sent"), [(None, None), (1, 1), (30, 30)])
def test_steps_are_held_to_the_models_range(steps: int | None, sent: int | None) -> None:
    assert steps_of(replace(FOX, steps=steps), MODEL) == sent


@pytest.mark.parametrize("steps", [0, -1, 31])
def test_steps_out_of_range_are_told_with_the_range(steps: int) -> None:
    with pytest.raises(SettingOutOfRange) as raised:
        steps_of(replace(FOX, steps=steps), MODEL)

    assert (raised.value.lowest, raised.value.highest) == (1, 30)


def test_steps_are_not_sent_where_they_do_nothing() -> None:
    assert steps_of(replace(FOX, steps=99), RATIO_MODEL) is None


@pytest.mark.parametrize("guidance", [0, -1, 20.1, float("nan"), float("inf")])
def test_guidance_is_above_nothing_and_up_to_twenty(guidance: float) -> None:
    with pytest.raises(SettingOutOfRange):
        guidance_of(replace(FOX, guidance=guidance), MODEL)
    assert guidance_of(replace(FOX, guidance=20), MODEL) == 20


@pytest.mark.parametrize("strength", [-1, 101])
def test_lora_strength_goes_from_nothing_to_a_hundred(strength: int) -> None:
    with pytest.raises(SettingOutOfRange):
        lora_strength_of(replace(FOX, lora_strength=strength), MODEL)
    assert lora_strength_of(replace(FOX, lora_strength=0), MODEL) == 0


def test_a_word_is_needed_for_many_images_and_for_what_is_in_vain() -> None:
    vain = IgnoredSetting(Setting.STEPS, Effect.NO_EFFECT)
    doubtful = IgnoredSetting(Setting.GUIDANCE, Effect.MAY_BE_IGNORED)

    assert not needs_word(4, [doubtful])
    assert needs_word(5, [])
    assert needs_word(1, [doubtful, vain])


def test_a_button_names_what_it_confirms_until_its_time_is_over() -> None:
    pending = make_pending()
    target = confirm_target(pending)

    before = pending.expires_at - timedelta(seconds=1)
    assert read_confirm_target(target, now=before) == pending.id
    assert read_confirm_target(target, now=pending.expires_at) is None


def test_a_wish_of_one_prompt_has_the_key_it_always_had() -> None:
    assert nth_key(batch_key("5"), 0) == "i:5"
    assert nth_key(batch_key("5"), 1) == "i:5:1"
