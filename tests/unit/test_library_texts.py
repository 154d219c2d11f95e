"""The words of lists, presets, defaults and help, in every language."""

from dataclasses import replace
from datetime import UTC, datetime
from types import MappingProxyType
from typing import get_args, get_type_hints

import pytest

from bot.domain.asking.effects import Setting
from bot.domain.flags import Options
from bot.domain.ids import ChannelId, ImageId, JobId, ModelId, UserId
from bot.domain.jobs.stored_picture import StoredPicture
from bot.domain.library.browsing import ModelQuery, Order, PictureEntry, PictureQuery, Shelf
from bot.domain.models.image_model import (
    Deprecation,
    ImageModel,
    ModelKind,
    PixelSizing,
    PriceList,
    Quality,
    RatioSizing,
    TierSizing,
)
from bot.domain.money import UsdMicros
from bot.domain.preferences.defaults import Defaults, DefaultsScope
from bot.domain.preferences.preset import MAX_PRESETS, Preset
from bot.services.library.library import PictureCard, PicturePage
from bot.services.library.showroom import ModelCard, ModelPage
from bot.text.asking import models
from bot.text.asking.surprises import SURPRISES
from bot.text.library import help as help_text
from bot.text.library import library, preferences
from bot.text.words import Words, languages, words_for
from bot.ui.library.library_panel import library_panel
from bot.ui.library.preferences_panel import presets_panel
from bot.ui.library.showroom_panel import models_panel
from bot.ui.parts.panel import MAX_TEXT
from cogs.showroom import ShowroomCog

EN, DE = words_for("en-GB"), words_for("de")
EVERY_LANGUAGE = tuple(map(words_for, languages()))
WHEN = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)

MODEL = ImageModel(
    id=ModelId("model-a"),
    name="Model A",
    kind=ModelKind.GENERATE,
    sizing=PixelSizing(8),
    prompt_limit=1_500,
    prices=PriceList(flat=UsdMicros(10_000)),
)


def make_entry(**overrides: object) -> PictureEntry:
    entry = PictureEntry(
        image_id=ImageId("0123456789abcdef"),
        job_id=JobId("job"),
        user_id=UserId(7),
        guild_id=None,
        channel_id=ChannelId(1),
        private=False,
        prompt="a red fox",
        model_name="Model A",
        size="1024×1024",
        style=None,
        seed=42,
        created_at=WHEN,
        picture=StoredPicture(sha256="ab", content_type="image/webp", size_bytes=1),
    )
    return replace(entry, **overrides)  # type: ignore[arg-type] # fields by name


@pytest.mark.parametrize(
    ("prices", "line"),
    [
        (PriceList(flat=UsdMicros(10_000)), "$0.01 an image"),
        (PriceList(), "price unknown"),
        (
            PriceList(by_tier=MappingProxyType({"1K": UsdMicros(50_000), "2K": UsdMicros(90_000)})),
            "$0.05 to $0.09 an image, by size and quality",
        ),
        (
            PriceList(
                by_tier_and_quality=MappingProxyType({("1K", Quality.LOW): UsdMicros(20_000)})
            ),
            "$0.02 an image",
        ),
    ],
)
def test_what_an_image_costs(prices: PriceList, line: str) -> None:
    assert models.price_line(prices, EN) == line


@pytest.mark.parametrize(
    ("sizing", "line"),
    [
        (PixelSizing(16), "any size up to 1280×1280 pixels, in steps of 16"),
        (RatioSizing(("1:1", "16:9")), "aspect ratios `1:1`, `16:9`"),
        (TierSizing(("1:1",), ("1K", "2K")), "sizes `1K`, `2K`; aspect ratios `1:1`"),
        (None, "the size of the picture it is given"),
    ],
)
def test_which_sizes_a_model_takes(sizing: PixelSizing | None, line: str) -> None:
    assert models.sizing_line(replace(MODEL, sizing=sizing), EN) == line


def test_long_lists_of_ratios_are_shortened() -> None:
    many = RatioSizing(tuple(f"{number}:1" for number in range(1, 40)))

    assert models.sizing_line(replace(MODEL, sizing=many), EN).endswith("`10:1`, …")


@pytest.mark.parametrize(
    ("removes_at", "replacement", "line"),
    [
        (
            WHEN,
            ModelId("b"),
            f"will be removed on <t:{int(WHEN.timestamp())}:D>; `b` takes its place",
        ),
        (WHEN, None, f"will be removed on <t:{int(WHEN.timestamp())}:D>"),
        (None, ModelId("b"), "will be removed; `b` takes its place"),
        (None, None, "will be removed"),
    ],
)
def test_a_model_that_goes_says_when_and_what_takes_its_place(
    removes_at: datetime | None, replacement: ModelId | None, line: str
) -> None:
    going = replace(MODEL, deprecation=Deprecation(removes_at, replacement))

    assert models.warnings(going, offered=True, words=EN) == [line]


def test_an_uncensored_model_is_marked_and_not_offered_in_safe_places() -> None:
    model = replace(MODEL, uncensored=True)

    assert models.warnings(model, offered=True, words=EN) == ["uncensored"]
    assert "not offered here" in models.warnings(model, offered=False, words=EN)[0]


def test_the_limits_name_what_there_is() -> None:
    model = replace(
        MODEL, qualities=(Quality.LOW,), steps_max=30, max_style_references=3, privacy="private"
    )

    assert models.limits_line(model, EN) == (
        "prompts up to 1500 characters · quality `low` · up to 30 steps · up to 3 style references"
    )
    assert models.privacy_line(model, EN) == "private: prompts are not kept"
    assert models.privacy_line(MODEL, EN) is None


@pytest.mark.parametrize("words", EVERY_LANGUAGE)
def test_what_a_model_honours(words: Words) -> None:
    everything = tuple(Setting)
    assert "`steps`" in models.honours_line((), words)
    assert "`steps`" in models.honours_line(everything, words)
    assert "`negative`" in models.honours_line((Setting.STEPS,), words)


def test_a_title_fits_over_a_form() -> None:
    assert models.modal_title("x" * 45) == "x" * 45
    assert len(models.modal_title("x" * 46)) == 45


@pytest.mark.parametrize("words", EVERY_LANGUAGE)
@pytest.mark.parametrize("shelf", Shelf)
@pytest.mark.parametrize("order", Order)
def test_an_empty_shelf_says_why(words: Words, shelf: Shelf, order: Order) -> None:
    query = PictureQuery(shelf=shelf, order=order)
    assert library.heading(query, words)
    assert library.filters(query, words) is None
    assert library.nothing_there(query, words) != library.nothing_there(
        replace(query, text="fox"), words
    )


@pytest.mark.parametrize("words", EVERY_LANGUAGE)
@pytest.mark.parametrize("shelf", Shelf)
def test_a_page_of_the_longest_prompts_fits_in_a_message(words: Words, shelf: Shelf) -> None:
    long = make_entry(prompt="*" * 4_000, model_name="M" * 60, style="S" * 40, private=True)
    cards = tuple(
        PictureCard(replace(long, image_id=ImageId(f"{number:016}")), None, 1_000)
        for number in range(6)
    )
    query = PictureQuery(shelf=shelf, text="`" * 100, model="m" * 100, style="s" * 100)

    view = library_panel(PicturePage("0" * 12, query, cards, True, True), words)

    assert view.content_length() <= MAX_TEXT


@pytest.mark.parametrize("words", EVERY_LANGUAGE)
def test_a_page_of_the_most_talkative_models_fits_in_a_message(words: Words) -> None:
    model = replace(
        MODEL,
        name="N" * 60,
        sizing=TierSizing(tuple(f"{n}.5:{n}" for n in range(10, 40)), ("0.5K", "1K", "2K", "4K")),
        qualities=tuple(Quality),
        steps_max=30,
        max_style_references=9,
        privacy="anonymized",
        uncensored=True,
        deprecation=Deprecation(WHEN, ModelId("r" * 60)),
    )
    cards = tuple(
        ModelCard(replace(model, id=ModelId(f"{number}" + "i" * 60)), tuple(Setting)[:3], False)
        for number in range(5)
    )

    view = models_panel(ModelPage("0" * 12, ModelQuery(), cards, 1, 3, 15), words)

    assert view.content_length() <= MAX_TEXT


@pytest.mark.parametrize("words", EVERY_LANGUAGE)
def test_all_presets_that_there_can_be_fit_in_a_message(words: Words) -> None:
    options = Options(style="Film Noir", negative="_" * 4_000)
    presets = [Preset(f"{n}" * 16, options, "*" * 4_000) for n in range(10, 10 + MAX_PRESETS)]

    assert presets_panel(presets, words).content_length() <= MAX_TEXT
    assert "/preset save" in preferences.preset_lines([], words)


@pytest.mark.parametrize("words", EVERY_LANGUAGE)
@pytest.mark.parametrize("scope", DefaultsScope)
def test_every_layer_of_defaults_has_words(words: Words, scope: DefaultsScope) -> None:
    empty = preferences.defaults_line(scope, Defaults(), words)
    full = preferences.defaults_line(
        scope,
        Defaults(options=Options(style="Anime"), hide_watermark=False, embed_exif_metadata=False),
        words,
    )
    assert empty.startswith("**")
    assert "`--style Anime`" in full


def test_help_describes_commands_in_the_members_language() -> None:
    line = help_text.command_line("quota", "What you have left today, and when it resets", DE)

    assert line.startswith("`/quota` Was dir heute noch")
    assert help_text.safe_mode_line(on=False, words=EN) == "Safe mode is off here."


def test_there_are_forty_surprises_that_are_worth_it() -> None:
    assert len(set(SURPRISES)) == len(SURPRISES) == 40
    assert all(40 < len(prompt) <= 100 for prompt in SURPRISES)


def test_models_can_be_filtered_by_every_setting_that_may_be_ignored() -> None:
    command = next(each for each in ShowroomCog.__cog_app_commands__ if each.name == "models")
    [honours] = [option for option in command.parameters if option.name == "honours"]  # type: ignore[union-attr] # a command, no group

    assert [choice.value for choice in honours.choices] == [setting.value for setting in Setting]


def test_every_default_can_be_cleared() -> None:
    from cogs.defaults import DefaultsCog, Option  # noqa: PLC0415 - names of a type

    group = DefaultsCog.defaults
    [given] = [each for each in group.commands if each.name == "set"]
    names = {option.name for option in given.parameters} - {"scope"}  # type: ignore[union-attr] # a command

    assert set(get_args(Option)) == names
    assert names <= {*get_type_hints(Options), *get_type_hints(Defaults)}
