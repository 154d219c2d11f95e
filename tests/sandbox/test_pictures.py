"""The painter: right size, deterministic, different by prompt and seed."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageStat

from sandbox.venice.catalogue import load_catalogue
from sandbox.venice.painter import (
    Brief,
    EditBrief,
    StyleGuide,
    cut_out,
    edit_picture,
    encode,
    paint,
    upscale_picture,
)
from sandbox.venice.painter.canvas import Canvas
from sandbox.venice.painter.palette import MOOD_HINTS, MOOD_WORDS, PALETTES
from sandbox.venice.painter.scenes import SCENES, Scene
from sandbox.venice.painter.subjects import SUBJECTS
from sandbox.venice.painter.treatments import TREATMENTS


def make_brief(
    prompt: str = "a fox by a lake",
    *,
    seed: int = 7,
    style: str | None = None,
    model: str = "z-image-turbo",
    width: int = 96,
    height: int = 64,
) -> Brief:
    return Brief(prompt, seed, style, model, width, height)


def differ(first: Image.Image, second: Image.Image) -> bool:
    return ImageChops.difference(first.convert("RGB"), second.convert("RGB")).getbbox() is not None


@settings(max_examples=25, deadline=None)
@given(
    prompt=st.text(min_size=1, max_size=60),
    seed=st.integers(-999_999_999, 999_999_999),
    width=st.integers(1, 1280),
    height=st.integers(1, 1280),
)
def test_any_prompt_and_size_gives_a_picture_of_exactly_that_size(
    prompt: str, seed: int, width: int, height: int
) -> None:
    picture = paint(make_brief(prompt, seed=seed, width=width, height=height))
    assert picture.size == (width, height)
    assert picture.mode == "RGB"


@pytest.mark.parametrize("words", [" ".join(sorted(scene.words)[:2]) for scene in SCENES])
def test_every_scene_paints_in_any_shape(words: str) -> None:
    for width, height in ((96, 96), (160, 40), (40, 160)):
        assert paint(make_brief(words, width=width, height=height)).size == (width, height)


@pytest.mark.parametrize("scene", SCENES, ids=[scene.paint.__name__ for scene in SCENES])
def test_every_scene_has_room_where_it_offers_it(scene: Scene) -> None:
    stage = scene.paint(Canvas(120, 90), PALETTES["dawn"], make_brief().dice("scene"))
    assert set(stage.spots) == scene.offers
    assert stage.size > 0


@pytest.mark.parametrize("name", [min(subject.words) for subject in SUBJECTS])
def test_every_subject_changes_its_picture(name: str) -> None:
    without = paint(make_brief("the same place by a lake", width=200, height=200))
    drawn = edit_picture([without], EditBrief(f"add a {name}", "m", 200, 200))
    assert differ(without, drawn)


def test_equal_briefs_give_equal_bytes() -> None:
    first, second = (encode(paint(make_brief()), image_format="png") for _ in range(2))
    assert first == second


@pytest.mark.parametrize(
    "other",
    [make_brief(seed=8), make_brief("a cat by a lake"), make_brief(model="chroma")],
    ids=["seed", "prompt", "model"],
)
def test_another_seed_prompt_or_model_gives_another_picture(other: Brief) -> None:
    assert differ(paint(make_brief()), paint(other))


@pytest.mark.parametrize("style", load_catalogue().styles)
def test_every_listed_style_changes_the_picture(style: str) -> None:
    plain = paint(make_brief(width=128, height=128))
    styled = paint(make_brief(style=style, width=128, height=128))
    assert styled.size == plain.size
    assert differ(plain, styled)


def test_every_treatment_is_a_listed_style() -> None:
    assert set(TREATMENTS) <= set(load_catalogue().styles)


def test_every_mood_has_words_and_every_word_a_palette() -> None:
    assert set(PALETTES) == set(MOOD_WORDS) | set(MOOD_HINTS)


def test_pictures_are_neither_flat_nor_noise() -> None:
    picture = paint(make_brief(width=256, height=256))
    assert max(ImageStat.Stat(picture).stddev) > 15
    neighbours = ImageChops.difference(picture, ImageChops.offset(picture, 1, 0))
    assert max(ImageStat.Stat(neighbours).mean) < 12


@pytest.mark.parametrize("weather", ["rain", "fog", "snow"])
def test_weather_falls_on_the_picture(weather: str) -> None:
    base = Image.new("RGB", (200, 200), "#445566")
    assert differ(base, edit_picture([base], EditBrief(f"{weather}y", "m", 200, 200)))
    assert paint(make_brief(f"a lake in the {weather}")).size == (96, 64)


@pytest.mark.parametrize(
    "prompt", ["a whale", "a dragon by night", "a fox in the forest by night", "a fox in a pattern"]
)
def test_subjects_go_where_they_belong_or_are_left_out(prompt: str) -> None:
    assert paint(make_brief(prompt)).size == (96, 64)


def test_a_sketch_is_softer_and_of_the_same_size() -> None:
    brief = make_brief(width=768, height=768)
    full, sketch = paint(brief), paint(brief, sketch=True)
    assert sketch.size == full.size

    def detail(picture: Image.Image) -> float:
        shifted = ImageChops.offset(picture, 1, 0)
        return sum(ImageStat.Stat(ImageChops.difference(picture, shifted)).mean)

    assert detail(sketch) < detail(full)


def test_a_style_reference_lends_its_colours() -> None:
    plain = paint(make_brief())
    red = Image.linear_gradient("L").convert("RGB")
    red.paste("red", (0, 0, 256, 128))
    guided = paint(make_brief(), [StyleGuide(red, 1.0)])
    assert ImageStat.Stat(guided).mean[0] > ImageStat.Stat(plain).mean[0]
    assert differ(plain, guided)


@pytest.mark.parametrize(
    "prompt", ["make it watercolor", "sunset", "let it snow", "a fox", "with a frame", "xyzzy"]
)
def test_every_edit_is_visible_and_deterministic(prompt: str) -> None:
    base = paint(make_brief(width=200, height=160))
    brief = EditBrief(prompt, "firered-image-edit", 200, 160)
    edited = edit_picture([base], brief)
    assert edited.size == (200, 160)
    assert differ(base, edited)
    assert not differ(edited, edit_picture([base], brief))


def test_a_blend_shows_every_picture() -> None:
    base, red = paint(make_brief(width=256, height=256)), Image.new("RGB", (64, 64), "red")
    brief = EditBrief("combine", "m", 256, 256)
    assert differ(edit_picture([base], brief), edit_picture([base, red], brief))


def test_an_upscale_resizes() -> None:
    plain, sharp = (
        upscale_picture(paint(make_brief()), width=192, height=128, sharpness=sharpness)
        for sharpness in (0.0, 1.0)
    )
    assert plain.size == sharp.size == (192, 128)
    assert differ(plain, sharp)


def test_a_cut_out_keeps_what_stands_on_a_plain_ground() -> None:
    picture = Image.new("RGB", (200, 200), "white")
    picture.paste("navy", (60, 60, 140, 140))
    alpha = cut_out(picture).getchannel("A")
    assert alpha.getpixel((100, 100)) == 255
    assert alpha.getpixel((5, 5)) == 0


def test_a_cut_out_of_a_busy_picture_still_has_both_parts() -> None:
    alpha = cut_out(paint(make_brief(width=256, height=256))).getchannel("A")
    assert alpha.getextrema() == (0, 255)


def test_a_large_square_takes_well_under_half_a_second_of_cpu() -> None:
    brief = make_brief(width=1024, height=1024)
    paint(brief)
    began = time.process_time()
    encode(paint(brief), image_format="webp")
    assert time.process_time() - began < 0.75, "0.25 s where it was written; room for slow hosts"
