"""What counts where a member says nothing."""

from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.flags import Options
from bot.domain.ids import ModelId
from bot.domain.models.image_model import ImageModel, ModelKind, PixelSizing, PriceList, Quality
from bot.domain.preferences.defaults import (
    NO_DEFAULTS,
    NO_OPTIONS,
    Defaults,
    OutputSettings,
    output_settings,
    overlaid,
    resolve,
    suited,
    without,
    without_additions,
)
from bot.domain.sizing import SizingError, fit, parse_wish
from tests.unit.strategies import LISTED_RATIOS, LISTED_TIERS, sizings

NAMES = tuple(field.name for field in fields(Options))
SIZING = {"aspect", "size"}

PIXELS = ("1024x1024", "1280x720", "640 × 480")
options = st.builds(
    Options,
    model=st.none() | st.sampled_from(["a", "b"]),
    style=st.none() | st.sampled_from(["Anime", ""]),
    aspect=st.none() | st.sampled_from(LISTED_RATIOS),
    size=st.none() | st.sampled_from([*PIXELS, *LISTED_TIERS, "no size"]),
    quality=st.none() | st.sampled_from(Quality),
    negative=st.none() | st.sampled_from(["text", "x" * 500]),
    images=st.none() | st.integers(1, 4),
    private=st.none() | st.booleans(),
    web_search=st.none() | st.booleans(),
)
layers = st.lists(options, max_size=6)
models = st.builds(
    ImageModel,
    id=st.just(ModelId("a")),
    name=st.just("A"),
    kind=st.just(ModelKind.GENERATE),
    sizing=sizings(),
    prompt_limit=st.sampled_from([100, 1_500]),
    prices=st.just(PriceList()),
    qualities=st.sampled_from([(), (Quality.LOW, Quality.HIGH)]),
)


@given(options)
def test_a_single_layer_counts_as_far_as_it_does_not_contradict_itself(layer: Options) -> None:
    assert resolve([layer]) == layer


@given(layers)
def test_each_option_is_that_of_the_first_layer_that_says_it(stack: list[Options]) -> None:
    resolved = resolve(stack)
    for name in set(NAMES) - SIZING:
        said = [value for layer in stack if (value := getattr(layer, name)) is not None]
        assert getattr(resolved, name) == (said[0] if said else None)


@given(layers)
def test_nothing_is_made_up(stack: list[Options]) -> None:
    resolved = resolve(stack)
    for name in NAMES:
        value = getattr(resolved, name)
        assert value is None or value in [getattr(layer, name) for layer in stack]


@given(layers, st.integers(0, 6))
def test_a_layer_that_says_nothing_changes_nothing(stack: list[Options], at: int) -> None:
    assert resolve([*stack[:at], NO_OPTIONS, *stack[at:]]) == resolve(stack)


@given(layers)
def test_what_counts_does_not_change_when_it_is_resolved_again(stack: list[Options]) -> None:
    resolved = resolve(stack)
    assert resolve([resolved]) == resolved
    assert resolve([resolved, *stack]) == resolved


@given(layers.filter(bool))
def test_the_highest_layer_counts_as_a_whole(stack: list[Options]) -> None:
    resolved = resolve(stack)
    for name in NAMES:
        said = getattr(stack[0], name)
        assert said is None or getattr(resolved, name) == said


@pytest.mark.parametrize(
    ("above", "below", "resolved"),
    [
        ({"aspect": "16:9"}, {"size": "1024x1024"}, {"aspect": "16:9"}),
        ({"size": "1024x1024"}, {"aspect": "16:9"}, {"size": "1024x1024"}),
        ({"aspect": "16:9"}, {"size": "2K"}, {"aspect": "16:9", "size": "2K"}),
        ({"size": "2K"}, {"aspect": "16:9"}, {"aspect": "16:9", "size": "2K"}),
        ({"size": "2K"}, {"size": "1024x1024", "aspect": "1:1"}, {"size": "2K", "aspect": "1:1"}),
    ],
)
def test_pixels_and_a_ratio_are_one_choice(
    above: dict[str, str], below: dict[str, str], resolved: dict[str, str]
) -> None:
    assert resolve([Options(**above), Options(**below)]) == Options(**resolved)  # type: ignore[arg-type] # by name


def is_painted(asked: Options, model: ImageModel) -> bool:
    """Whether a model takes what is asked of it."""
    assert model.sizing is not None
    try:
        fit(model.sizing, parse_wish(aspect=asked.aspect, size=asked.size))
    except SizingError:
        return False
    return (
        (asked.quality is None or asked.quality in model.qualities)
        and len(asked.negative or "") <= model.prompt_limit
        and (asked.steps is None or takes_steps(model, asked.steps))
        and (not asked.web_search or model.web_search)
    )


def takes_steps(model: ImageModel, steps: int) -> bool:
    if not isinstance(model.sizing, PixelSizing) or model.steps_max is None:
        return False
    return steps <= model.steps_max


@given(said=options, defaults=options, model=models)
def test_defaults_never_make_a_request_fail_that_would_pass_without_them(
    said: Options, defaults: Options, model: ImageModel
) -> None:
    if is_painted(said, model):
        both = resolve([said, suited(defaults, said=said, model=model)])
        assert is_painted(both, model)


@given(said=options, defaults=options, model=models)
def test_defaults_that_fit_are_kept(said: Options, defaults: Options, model: ImageModel) -> None:
    if is_painted(defaults, model) and is_painted(resolve([said, defaults]), model):
        assert suited(defaults, said=said, model=model) == defaults


def test_a_raw_prompt_gets_no_words_from_defaults() -> None:
    defaults = Options(style="Anime", negative="text", enhance=True, images=2, aspect="16:9")

    assert without_additions(defaults) == Options(images=2, aspect="16:9")


def test_new_defaults_lie_over_former_ones() -> None:
    former = Defaults(options=Options(style="Anime", images=2), hide_watermark=True)
    given = Defaults(options=Options(style="Origami"), embed_exif_metadata=False)

    assert overlaid(given, former) == Defaults(
        options=Options(style="Origami", images=2), hide_watermark=True, embed_exif_metadata=False
    )
    assert overlaid(Defaults(hide_watermark=False), former).hide_watermark is False


@pytest.mark.parametrize("name", ["style", "hide_watermark"])
def test_one_default_is_taken_back(name: str) -> None:
    style = Defaults(options=Options(style="Anime"))
    both = replace(style, hide_watermark=True)

    assert without(both, name) == (Defaults(hide_watermark=True) if name == "style" else style)
    assert without(without(both, "style"), "hide_watermark") == NO_DEFAULTS


def test_a_server_that_says_nothing_gets_the_bots_own_settings() -> None:
    assert output_settings(NO_DEFAULTS) == OutputSettings()
    assert output_settings(
        Defaults(options=Options(format="png"), hide_watermark=True)
    ) == OutputSettings(image_format="png", hide_watermark=True)
