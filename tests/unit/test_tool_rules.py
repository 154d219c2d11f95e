"""What the tools take, what they make of it, and how it is asked for again."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.asking.any_recipe import (
    AnyRecipe,
    inputs_of,
    prompt_of,
    published_recipe,
    published_request,
    size_of,
    wiped_recipe,
    wiped_request,
)
from bot.domain.asking.redo import ways_again
from bot.domain.asking.variation import variation_prompt
from bot.domain.gate.permissions import Action
from bot.domain.gate.policy import (
    NO_SIGNALS,
    Allow,
    PolicySnapshot,
    Refuse,
    Requester,
    SafetySignals,
    decide,
    is_known_safe,
)
from bot.domain.gate.rule import Rule
from bot.domain.ids import GuildId, UserId
from bot.domain.models.image_model import RatioSizing, Sizing, TierSizing
from bot.domain.sizing import AspectNotTaken, SizingError, TierNotListed, TierNotTaken
from bot.domain.tools.edit_shape import EDIT_RATIOS, EditShape, edit_shape
from bot.domain.tools.errors import (
    AlreadyLargest,
    PictureCountWrong,
    PictureTooHeavy,
    PictureTooLarge,
    PictureTooSmall,
)
from bot.domain.tools.limits import (
    INPUT_BYTES_BELOW,
    MOST_UPSCALED_PX,
    check_sources,
    upscaled_size,
    useful_scales,
)
from bot.domain.tools.request import ToolRequest
from tests.tool_values import (
    make_blend,
    make_blend_recipe,
    make_cutout,
    make_cutout_recipe,
    make_edit,
    make_edit_recipe,
    make_source,
    make_stored,
    make_upscale,
    make_upscale_recipe,
)
from tests.unit.strategies import typed_sizes
from tests.unit.test_policy import make_recipe

MEMBER = Requester(UserId(7), GuildId(1))
NOTHING_FOUND = SafetySignals(blurred=False, content_violation=False)
TIERS = TierSizing(("1:1", "3:2", "16:9"), ("1K", "2K"), "1:1", "1K")

sides = st.integers(1, 8_192)


class TestSources:
    @pytest.mark.parametrize(
        ("request_", "error"),
        [
            (make_edit(source=make_source(width=255, height=256)), PictureTooSmall),
            (make_edit(source=make_source(width=8_000, height=5_000)), PictureTooLarge),
            (
                make_edit(source=make_source(picture=make_stored(size_bytes=INPUT_BYTES_BELOW))),
                PictureTooHeavy,
            ),
            (make_blend(1), PictureCountWrong),
            (make_blend(7), PictureCountWrong),
            (make_upscale(source=make_source(width=200, height=200)), PictureTooSmall),
            (make_upscale(source=make_source(width=4_096, height=4_096)), AlreadyLargest),
            (make_upscale(source=make_source(width=2_048, height=2_048), scale=4), AlreadyLargest),
            (
                make_cutout(source=make_source(picture=make_stored(size_bytes=INPUT_BYTES_BELOW))),
                PictureTooHeavy,
            ),
        ],
    )
    def test_what_the_api_refuses_is_refused_before_it_is_sent(
        self, request_: ToolRequest, error: type[Exception]
    ) -> None:
        with pytest.raises(error):
            check_sources(request_)

    @pytest.mark.parametrize(
        "request_",
        [
            make_edit(source=make_source(width=256, height=256)),
            make_blend(2),
            make_blend(6),
            make_upscale(source=make_source(width=2_048, height=2_048), scale=2),
            make_cutout(source=make_source(width=10, height=10)),
        ],
    )
    def test_what_it_takes_passes(self, request_: ToolRequest) -> None:
        check_sources(request_)


class TestUpscaling:
    @given(width=sides, height=sides)
    def test_no_scale_makes_more_pixels_than_the_api_does(self, width: int, height: int) -> None:
        source = make_source(width=width, height=height)

        for scale in (2, 4):
            assert upscaled_size(source, scale).area <= MOST_UPSCALED_PX

    @given(width=sides, height=sides)
    def test_each_scale_offered_makes_a_larger_picture(self, width: int, height: int) -> None:
        source = make_source(width=width, height=height)

        areas = [upscaled_size(source, scale).area for scale in useful_scales(source)]

        assert [source.area_px, *areas] == sorted({source.area_px, *areas})

    def test_a_common_picture_can_be_doubled_and_quadrupled(self) -> None:
        source = make_source(width=1024, height=768)

        assert useful_scales(source) == (2, 4)
        assert str(upscaled_size(source, 4)) == "4096×3072"


class TestShapes:
    @pytest.mark.parametrize(
        ("aspect", "size", "shape"),
        [
            (None, None, EditShape()),
            ("auto", None, EditShape()),
            ("16:9", None, EditShape("16:9")),
            ("1920:1080", None, EditShape("16:9")),
            (None, "2k", EditShape(None, "2K")),
            ("3x2", "1K", EditShape("3:2", "1K")),
        ],
    )
    def test_only_what_was_asked_for_is_said(
        self, aspect: str | None, size: str | None, shape: EditShape
    ) -> None:
        assert edit_shape(TIERS, aspect=aspect, size=size) == shape

    @pytest.mark.parametrize(
        ("sizing", "wish", "error"),
        [
            (TIERS, {"size": "4K"}, TierNotListed),
            (TIERS, {"size": "1280x720"}, TierNotTaken),
            (RatioSizing(("1:1",)), {"size": "2K"}, TierNotTaken),
            (RatioSizing(("auto",)), {"aspect": "16:9"}, AspectNotTaken),
            (None, {"aspect": "16:9"}, AspectNotTaken),
            (None, {"size": "2K"}, TierNotTaken),
        ],
    )
    def test_what_the_model_does_not_take_is_refused(
        self, sizing: Sizing | None, wish: dict[str, str], error: type[SizingError]
    ) -> None:
        asked: dict[str, str | None] = {"aspect": None, "size": None, **wish}
        with pytest.raises(error):
            edit_shape(sizing, **asked)

    @given(aspect=typed_sizes, size=typed_sizes)
    def test_the_routes_are_never_asked_for_a_ratio_they_do_not_know(
        self, aspect: str | None, size: str | None
    ) -> None:
        odd = TierSizing(("19.5:9", "auto", "4:3", "1:1", "9:16"), ("1K",))
        try:
            shape = edit_shape(odd, aspect=aspect, size=size)
        except SizingError:
            return
        assert shape.aspect_ratio in {None, *EDIT_RATIOS}
        assert shape.resolution in {None, "1K"}


class TestTheGate:
    @pytest.mark.parametrize("make", [make_upscale_recipe, make_cutout_recipe])
    def test_where_safe_mode_is_on_what_carries_no_signals_takes_known_pictures_only(
        self, make: Any
    ) -> None:
        unknown, known = make(known_safe=False), make(known_safe=True)

        assert decide(PolicySnapshot(), MEMBER, unknown) == Refuse(Rule.PICTURE_NOT_KNOWN_SAFE)
        assert decide(PolicySnapshot(), MEMBER, known) == Allow(known)
        assert decide(PolicySnapshot(safe_mode=False), MEMBER, unknown) == Allow(unknown)

    @pytest.mark.parametrize("make", [make_edit_recipe, make_blend_recipe])
    def test_where_safe_mode_is_on_edits_are_made_under_it(self, make: Any) -> None:
        assert decide(PolicySnapshot(), MEMBER, make(safe_mode=False)) == Allow(
            make(safe_mode=True), changed_by=(Rule.SAFE_MODE,)
        )

    @pytest.mark.parametrize(
        ("recipe", "signals", "known"),
        [
            (make_recipe(), NOTHING_FOUND, True),
            (make_recipe(safe_mode=False), NOTHING_FOUND, False),
            (make_recipe(), SafetySignals(blurred=True, content_violation=False), False),
            (make_recipe(), SafetySignals(blurred=False), False),
            (make_edit_recipe(), NOTHING_FOUND, True),
            (make_upscale_recipe(), NO_SIGNALS, True),
            (make_cutout_recipe(known_safe=False), NO_SIGNALS, False),
        ],
    )
    def test_a_picture_is_known_safe_if_it_was_judged_or_made_of_one_that_was(
        self, recipe: AnyRecipe, signals: SafetySignals, known: bool
    ) -> None:
        assert is_known_safe(recipe, signals) is known


class TestRecords:
    @pytest.mark.parametrize("request_", [make_edit(), make_blend(), make_upscale(), make_cutout()])
    def test_a_deletion_leaves_neither_words_nor_pictures_in_the_request(
        self, request_: ToolRequest
    ) -> None:
        wiped = wiped_request(request_)

        assert prompt_of(wiped) == ""
        assert make_stored().sha256 not in f"{wiped}"

    @pytest.mark.parametrize(
        "recipe",
        [
            make_recipe(references=(make_stored(),)),
            make_edit_recipe(),
            make_blend_recipe(),
            make_upscale_recipe(),
            make_cutout_recipe(),
        ],
    )
    def test_nor_in_the_recipe(self, recipe: AnyRecipe) -> None:
        wiped = wiped_recipe(recipe)

        assert prompt_of(wiped) == ""
        assert inputs_of(wiped) == ()

    @pytest.mark.parametrize(
        "request_",
        [make_edit(private=True), make_blend(private=True), make_upscale(private=True)],
    )
    def test_sharing_shows_the_picture_and_not_what_it_was_made_of(
        self, request_: ToolRequest
    ) -> None:
        shown = published_request(request_)

        assert not shown.private
        assert make_stored().sha256 not in f"{shown}"
        assert ways_again(published_recipe(make_edit_recipe())) == frozenset()

    def test_a_size_is_on_record_where_one_was_asked_for(self) -> None:
        assert size_of(make_upscale_recipe(width=2048, height=1536)) == "2048×1536"
        assert size_of(make_edit_recipe()) is None
        assert size_of(make_edit_recipe(aspect_ratio="1:1", resolution="2K")) == "1:1 · 2K"
        assert size_of(make_cutout_recipe()) is None


@pytest.mark.parametrize(
    ("recipe", "ways"),
    [
        (make_edit_recipe(), {Action.REROLL}),
        (make_blend_recipe(), {Action.REROLL}),
        (make_upscale_recipe(), set()),
        (make_cutout_recipe(), set()),
    ],
)
def test_only_what_would_come_out_differently_can_be_asked_for_again(
    recipe: AnyRecipe, ways: set[Action]
) -> None:
    assert ways_again(recipe) == ways


@given(description=st.text(), limit=st.integers(200, 4_000))
def test_a_variations_prompt_stays_within_the_models_limit(description: str, limit: int) -> None:
    prompt = variation_prompt(description, limit=limit)

    assert len(prompt) <= limit
    assert prompt.startswith("Make a subtle variation")


def test_a_variation_of_a_variation_is_asked_for_in_the_same_words() -> None:
    prompt = variation_prompt("a red fox", limit=1_500)

    assert variation_prompt(prompt, limit=1_500) == prompt


def test_a_variations_prompt_says_what_the_picture_shows() -> None:
    assert variation_prompt("a red fox at dawn, oil on canvas", limit=1_500).endswith(
        "a red fox at dawn, oil on canvas"
    )
