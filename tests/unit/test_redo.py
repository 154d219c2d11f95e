"""The requests that the buttons under a result make."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.asking.any_recipe import prompt_of
from bot.domain.asking.redo import Remix, parent_of_all, remix_of, remixed, rerolled, varied
from bot.domain.asking.request import ImageRequest
from bot.domain.flags import OptionFlagConflict, Options
from bot.domain.jobs.job import ImageState, Job
from bot.domain.jobs.stored_picture import StoredPicture
from bot.domain.sizing import COMMON_RATIOS, parse_wish
from tests.paintings import asked
from tests.unit.test_job import make_image, make_job

PICTURE = StoredPicture(sha256="ab" * 32, content_type="image/webp", size_bytes=1)


def job_of(**options: Any) -> Job:
    """A job on `test-model`."""
    request = ImageRequest(**{"prompt": "a lighthouse in fog", **options})
    return replace(make_job(make_image(0), make_image(1)), request=request)


def remix(job: Job, form: Remix) -> tuple[ImageRequest, ...]:
    return remixed(job, form).requests


def test_a_reroll_is_the_same_request_with_new_seeds() -> None:
    job = job_of(seed=42, images=3, style="Watercolor", aspect="16:9", private=True)

    assert rerolled(job) == replace(asked(job), seed=None, model="test-model")


def test_a_reroll_stays_on_the_model_even_if_nobody_named_it() -> None:
    again = rerolled(job_of())

    assert isinstance(again, ImageRequest)
    assert again.model == "test-model"


def test_a_variation_is_one_picture() -> None:
    job = job_of(images=4, seed=42)

    assert varied(job) == replace(asked(job), model="test-model", seed=None, images=1)


@pytest.mark.parametrize(
    ("shape", "aspect", "size"),
    [
        ("", None, None),
        ("16:9", "16:9", None),
        ("16 : 9", "16:9", None),
        ("16/9", "16/9", None),
        ("1280x720", None, "1280x720"),
        ("1280 x 720", None, "1280x720"),
        ("1280 × 720", None, "1280×720"),
        ("2K", None, "2K"),
        ("3:2 2K", "3:2", "2K"),
        ("2K 3:2", "3:2", "2K"),
        ("Auto", "Auto", None),
        ("wide", None, "wide"),
    ],
)
def test_one_field_holds_the_ratio_and_the_size(
    shape: str, aspect: str | None, size: str | None
) -> None:
    [request] = remix(job_of(), Remix(prompt="a fox", shape=shape))

    assert (request.aspect, request.size) == (aspect, size)


def test_a_remix_asks_for_what_was_written_and_nothing_else() -> None:
    job = job_of(seed=42, images=2, private=True, style="Watercolor", negative="text", aspect="1:1")

    [request] = remix(job, Remix(prompt="a fox", model="  ", negative=" ", style=""))

    assert request == ImageRequest(prompt="a fox", images=2, private=True)


def test_flags_and_braces_in_the_form_count_as_anywhere() -> None:
    job = job_of(aspect="1:1", private=True, steps=8)

    read = remixed(job, replace(remix_of(job), prompt="a {red,blue} fox --ar 16:9 --no text"))

    red, blue = read.requests
    assert (red.prompt, blue.prompt) == ("a red fox", "a blue fox")
    assert (red.aspect, red.negative, red.private, red.steps) == ("16:9", "text", True, 8)
    assert read.said == Options(aspect="16:9", negative="text")


def test_a_flag_that_differs_from_a_field_that_was_changed_is_an_error() -> None:
    job = job_of(style="Watercolor")

    with pytest.raises(OptionFlagConflict):
        remixed(job, replace(remix_of(job), prompt="a fox --style Anime", style="Film Noir"))


def test_a_raw_remix_has_neither_style_nor_rewriting() -> None:
    job = job_of(style="Watercolor", enhance=True)

    [request] = remix(job, replace(remix_of(job), prompt="a {red,blue} fox --raw"))

    assert (request.prompt, request.style, request.enhance) == ("a {red,blue} fox", None, False)


def test_steps_stay_with_their_model_and_the_other_numbers_stay() -> None:
    job = job_of(steps=8, guidance=7.5, lora_strength=0, web_search=True, format="png")

    [same] = remix(job, remix_of(job))
    [other] = remix(job, replace(remix_of(job), model="another"))

    assert same == replace(asked(job), model="test-model")
    assert other == replace(asked(job), model="another", steps=None)


def test_braces_that_were_text_are_text_again() -> None:
    job = replace(job_of(), request=replace(asked(job_of()), prompt="a {red,blue} fox"))

    [request] = remix(job, remix_of(job))

    assert request.prompt == "a {red,blue} fox"


def test_a_quality_goes_with_its_model() -> None:
    job = job_of(quality="high")

    assert remix(job, Remix(prompt="a fox", model="test-model"))[0].quality == "high"
    assert remix(job, Remix(prompt="a fox", model="another"))[0].quality is None


@given(
    aspect=st.none() | st.sampled_from((*COMMON_RATIOS, "16x9", "4 / 3", "auto")),
    size=st.none() | st.sampled_from(("1280x720", "1024 × 768", "2K")),
    style=st.none() | st.just("Film Noir"),
    negative=st.none() | st.just("text, frames"),
)
def test_a_form_sent_as_it_opened_asks_for_the_same(
    aspect: str | None, size: str | None, style: str | None, negative: str | None
) -> None:
    job = job_of(aspect=aspect, size=size, style=style, negative=negative)

    [request] = remix(job, remix_of(job))

    assert parse_wish(aspect=request.aspect, size=request.size) == parse_wish(
        aspect=aspect, size=size
    )
    assert (request.prompt, request.style, request.negative) == (
        prompt_of(job.request),
        style,
        negative,
    )


def test_the_parent_of_a_whole_result_is_its_first_picture() -> None:
    failed = make_image(0, state=ImageState.FAILED)
    shown = make_image(1, state=ImageState.DELIVERED, picture=PICTURE)

    assert parent_of_all(make_job(failed, shown)) == shown.id
    assert parent_of_all(make_job(failed)) == failed.id
