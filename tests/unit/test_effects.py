from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.asking.effects import Effect, IgnoredSetting, Setting, ignored_settings, settings_in
from bot.domain.flags import Options
from bot.domain.ids import ModelId
from bot.domain.models.image_model import (
    ImageModel,
    ModelKind,
    PixelSizing,
    PriceList,
    RatioSizing,
    Sizing,
    TierSizing,
)
from bot.text.asking.effects import explain_ignored
from bot.text.words import Words, languages, words_for

PIXELS = PixelSizing(8)
RATIOS = RatioSizing(("1:1",))
TIERS = TierSizing(("1:1",), ("1K",))

settings = st.sets(st.sampled_from(Setting))


def make_model(**overrides: Any) -> ImageModel:
    plain: dict[str, Any] = {
        "id": ModelId("flux"),
        "name": "Flux",
        "kind": ModelKind.GENERATE,
        "sizing": PIXELS,
        "prompt_limit": 1_500,
        "prices": PriceList(),
        "steps_max": 30,
    }
    return ImageModel(**{**plain, **overrides})


def effect_of(setting: Setting, model: ImageModel) -> Effect | None:
    ignored = ignored_settings(model, {setting})
    return ignored[0].effect if ignored else None


@pytest.mark.parametrize(
    ("sizing", "steps_max", "effect"),
    [
        (PIXELS, 30, None),
        (PIXELS, None, Effect.NO_EFFECT),
        (RATIOS, 50, Effect.NO_EFFECT),
        (TIERS, 50, Effect.NO_EFFECT),
    ],
)
def test_steps_count_on_pixel_models_that_list_a_maximum(
    sizing: Sizing, steps_max: int | None, effect: Effect | None
) -> None:
    model = make_model(sizing=sizing, steps_max=steps_max)

    assert effect_of(Setting.STEPS, model) is effect


@pytest.mark.parametrize("setting", [Setting.NEGATIVE, Setting.GUIDANCE])
@pytest.mark.parametrize(
    ("sizing", "effect"),
    [(PIXELS, None), (RATIOS, Effect.MAY_BE_IGNORED), (TIERS, Effect.MAY_BE_IGNORED)],
)
def test_negative_prompt_and_guidance_are_doubted_where_the_model_is_not_pixel_sized(
    setting: Setting, sizing: Sizing, effect: Effect | None
) -> None:
    assert effect_of(setting, make_model(sizing=sizing)) is effect


@pytest.mark.parametrize("sizing", [PIXELS, RATIOS, TIERS])
def test_lora_strength_is_doubted_everywhere(sizing: Sizing) -> None:
    assert effect_of(Setting.LORA_STRENGTH, make_model(sizing=sizing)) is Effect.MAY_BE_IGNORED


def test_web_search_works_where_the_model_lists_it() -> None:
    assert effect_of(Setting.WEB_SEARCH, make_model(web_search=True)) is None
    assert effect_of(Setting.WEB_SEARCH, make_model()) is Effect.NO_EFFECT


def test_references_work_where_the_model_takes_any() -> None:
    assert effect_of(Setting.REFERENCE, make_model(max_style_references=3)) is None
    assert effect_of(Setting.REFERENCE, make_model()) is Effect.NO_EFFECT


@given(settings)
def test_only_what_was_given_is_told_and_in_one_order(given: set[Setting]) -> None:
    told = [ignored.setting for ignored in ignored_settings(make_model(sizing=TIERS), given)]

    assert told == [setting for setting in Setting if setting in given]


@pytest.mark.parametrize(
    ("options", "given"),
    [
        (Options(), set()),
        (Options(negative="fog"), {Setting.NEGATIVE}),
        (Options(steps=20, guidance=7.5), {Setting.STEPS, Setting.GUIDANCE}),
        (Options(lora_strength=0), {Setting.LORA_STRENGTH}),
        (Options(web_search=True), {Setting.WEB_SEARCH}),
        (Options(web_search=False), set()),
        (Options(model="flux", style="Anime", seed=5, raw=True), set()),
    ],
)
def test_settings_are_found_among_the_options(options: Options, given: set[Setting]) -> None:
    assert settings_in(options) == given


@pytest.mark.parametrize(
    ("ignored", "lines"),
    [
        ([], []),
        (
            [IgnoredSetting(Setting.STEPS, Effect.NO_EFFECT)],
            ["`steps` has no effect on `Flux 2`."],
        ),
        (
            [
                IgnoredSetting(Setting.NEGATIVE, Effect.MAY_BE_IGNORED),
                IgnoredSetting(Setting.STEPS, Effect.NO_EFFECT),
                IgnoredSetting(Setting.WEB_SEARCH, Effect.NO_EFFECT),
            ],
            [
                "`steps`, `web_search` have no effect on `Flux 2`.",
                "`Flux 2` may ignore `negative`.",
            ],
        ),
    ],
)
def test_one_sentence_tells_each_kind(ignored: list[IgnoredSetting], lines: list[str]) -> None:
    assert explain_ignored(ignored, words_for("en"), model_name="Flux 2") == lines


@pytest.mark.parametrize("words", [words_for(language) for language in languages()])
@pytest.mark.parametrize("effect", Effect)
def test_every_language_names_the_setting_and_the_model(effect: Effect, words: Words) -> None:
    [line] = explain_ignored([IgnoredSetting(Setting.STEPS, effect)], words, model_name="Flux 2")

    assert "`steps`" in line
    assert "`Flux 2`" in line
