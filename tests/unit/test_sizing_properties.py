"""Whatever anybody types, sizing answers by the model's rules or with an error that has words."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from bot.domain.models.image_model import PixelSizing, RatioSizing, Sizing, TierSizing
from bot.domain.sizing import (
    PixelSize,
    RatioChoice,
    SizeChoice,
    SizeWish,
    SizingError,
    TierChoice,
    fit,
    notes_on,
    parse_wish,
)
from bot.text.asking.notes import explain_note
from bot.text.errors import explain
from bot.text.words import words_for
from tests.unit.strategies import sizings, typed_sizes

CATALOGUE = Path(__file__).parents[3] / "shared" / "venice" / "models.json"


def catalogue_sizings() -> dict[str, Sizing]:
    """The sizing of every model that paints from a prompt, or nothing without the file."""
    if not CATALOGUE.exists():
        return {}
    entries = json.loads(CATALOGUE.read_text("utf-8"))["data"]
    return {
        entry["id"]: sizing_of(entry["model_spec"]["constraints"])
        for entry in entries
        if entry["type"] == "image" and "promptCharacterLimit" in entry["model_spec"]["constraints"]
    }


def sizing_of(constraints: Mapping[str, Any]) -> Sizing:
    ratios = tuple(constraints.get("aspectRatios", ()))
    tiers = tuple(constraints.get("resolutions", ()))
    if not ratios:
        return PixelSizing(constraints["widthHeightDivisor"])
    if not tiers:
        return RatioSizing(ratios, constraints.get("defaultAspectRatio"))
    return TierSizing(
        ratios, tiers, constraints.get("defaultAspectRatio"), constraints.get("defaultResolution")
    )


def obeys(choice: SizeChoice, sizing: Sizing) -> bool:
    match sizing, choice:
        case PixelSizing(divisor, max_side), PixelSize(width, height):
            return all(0 < side <= max_side and side % divisor == 0 for side in (width, height))
        case RatioSizing(ratios=ratios), RatioChoice(ratio):
            return ratio in ratios
        case TierSizing(ratios=ratios, tiers=tiers), TierChoice(ratio, tier):
            return ratio in ratios and tier in tiers
        case _:
            return False


def answered(sizing: Sizing, aspect: str | None, size: str | None) -> SizeChoice | SizingError:
    try:
        return fit(sizing, parse_wish(aspect=aspect, size=size))
    except SizingError as error:
        return error


def asking_for(choice: SizeChoice) -> SizeWish:
    match choice:
        case PixelSize():
            return parse_wish(aspect=None, size=str(choice))
        case RatioChoice(ratio):
            return parse_wish(aspect=ratio, size=None)
        case TierChoice(ratio, tier):
            return parse_wish(aspect=ratio, size=tier)


def check(sizing: Sizing, aspect: str | None, size: str | None) -> None:
    answer = answered(sizing, aspect, size)
    if isinstance(answer, SizingError):
        assert 0 < len(explain(answer, words_for("en"))) < 1_000
        return
    assert obeys(answer, sizing)
    for note in notes_on(parse_wish(aspect=aspect, size=size), answer):
        sentence = explain_note(note, words_for("en"))
        assert len(sentence) < 200
        assert "\n" not in sentence


@settings(max_examples=500)
@given(sizing=sizings(), aspect=typed_sizes, size=typed_sizes)
def test_every_wish_ends_within_the_rules_or_in_words(
    sizing: Sizing, aspect: str | None, size: str | None
) -> None:
    check(sizing, aspect, size)


@given(sizing=sizings())
def test_nothing_asked_is_never_refused_nor_remarked_on(sizing: Sizing) -> None:
    wish = parse_wish(aspect=None, size=None)

    choice = fit(sizing, wish)

    assert obeys(choice, sizing)
    assert notes_on(wish, choice) == ()


@given(sizing=sizings(), aspect=typed_sizes, size=typed_sizes)
def test_what_was_chosen_is_chosen_again_when_it_is_asked_for(
    sizing: Sizing, aspect: str | None, size: str | None
) -> None:
    choice = answered(sizing, aspect, size)
    if isinstance(choice, SizingError):
        return
    again = asking_for(choice)

    assert fit(sizing, again) == choice
    assert notes_on(again, choice) == ()


@pytest.mark.skipif(not CATALOGUE.exists(), reason="shared/venice/models.json is absent")
@pytest.mark.parametrize(("model", "sizing"), catalogue_sizings().items())
class TestEveryPublishedModel:
    @settings(max_examples=50)
    @given(aspect=typed_sizes, size=typed_sizes)
    def test_every_wish_ends_within_the_rules_or_in_words(
        self, model: str, sizing: Sizing, aspect: str | None, size: str | None
    ) -> None:
        del model
        check(sizing, aspect, size)

    @pytest.mark.parametrize("aspect", ["1:1", "4:3", "16:9", "9:16", "21:9", "5:4"])
    def test_every_common_ratio_is_answered(self, model: str, sizing: Sizing, aspect: str) -> None:
        del model
        choice = fit(sizing, parse_wish(aspect=aspect, size=None))
        assert obeys(choice, sizing)
