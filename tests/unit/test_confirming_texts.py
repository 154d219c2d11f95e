"""The words before money is spent."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.asking.effects import Effect, IgnoredSetting, Setting
from bot.domain.money import UsdMicros
from bot.text.asking.confirming import (
    all_cancelled,
    confirm_button,
    confirmed,
    paint_anyway_button,
    prompt_lines,
    prompts_made,
    settings_without_effect,
    where_results_come,
)
from bot.text.asking.options import steps_label
from bot.text.words import languages, words_for

EN = words_for("en")
EVERY_LANGUAGE = [words_for(language) for language in languages()]
LONGEST_LABEL = 80
"""Of a button (Discord)."""

prices = st.none() | st.integers(0, 10**9).map(UsdMicros)


def test_braces_are_told_with_what_they_make_and_cost() -> None:
    made = prompts_made(3, 6, UsdMicros(60_000), EN)
    assert made == "The braces make 3 prompts: 6 images in all, $0.06."
    assert prompts_made(3, 6, None, EN).endswith("6 images in all, price unknown.")


@given(images=st.integers(1, 40), price=prices)
def test_every_button_fits_in_every_language(images: int, price: UsdMicros | None) -> None:
    for words in EVERY_LANGUAGE:
        assert len(confirm_button(images, price, words)) <= LONGEST_LABEL
        assert len(paint_anyway_button(price, words)) <= LONGEST_LABEL


@pytest.mark.parametrize(("prompts", "lines"), [(1, 1), (5, 5), (6, 6), (40, 6)])
def test_only_the_first_prompts_are_listed(prompts: int, lines: int) -> None:
    listed = prompt_lines(tuple(f"fox {number}" for number in range(prompts)), EN).splitlines()

    assert len(listed) == lines
    assert ("more" in listed[-1]) == (prompts > 5)


@given(prompt=st.text(max_size=4_000))
def test_a_listed_prompt_is_short_and_mentions_nobody(prompt: str) -> None:
    line = prompt_lines((f"@everyone <@1> {prompt}",), EN)

    assert len(line) < 200
    assert "@everyone" not in line


def test_what_does_not_count_is_named() -> None:
    ignored = (
        IgnoredSetting(Setting.STEPS, Effect.NO_EFFECT),
        IgnoredSetting(Setting.NEGATIVE, Effect.MAY_BE_IGNORED),
    )
    said = settings_without_effect(ignored, ("preset", "style"), EN, model_name="Flux 2")

    assert said == [
        "`steps` has no effect on `Flux 2`.",
        "`Flux 2` may ignore `negative`.",
        "`--raw` paints the prompt as it is; left out: `preset`, `style`.",
    ]
    assert settings_without_effect((), (), EN, model_name="Flux 2") == []


def test_members_are_told_where_results_come() -> None:
    assert "direct messages" in where_results_come(EN, private=True)
    assert "in this channel" in where_results_come(EN, private=False)


def test_confirmation_and_cancelling_name_their_numbers() -> None:
    assert confirmed(6, EN) == "Confirmed: 6 images are being painted."
    assert all_cancelled(2, 3, EN).startswith("2 of 3 prompts are cancelled.")
    assert "too late" in all_cancelled(0, 3, EN)


def test_steps_are_offered_with_the_models_range() -> None:
    assert steps_label(8, EN, default=8, highest=30).startswith("8 · what this model does unasked")
    assert steps_label(12, EN, default=8, highest=30) == "12 · this model takes 1 to 30"
