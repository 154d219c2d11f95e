"""The requests that the buttons under a result make."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.job import ImageState, Job, StoredPicture
from bot.domain.redo import Remix, parent_of_all, remix_of, remixed, rerolled, varied
from bot.domain.request import ImageRequest
from bot.domain.sizing import COMMON_RATIOS, parse_wish
from tests.unit.test_job import make_image, make_job

PICTURE = StoredPicture(sha256="ab" * 32, content_type="image/webp", size_bytes=1)


def job_of(**asked: Any) -> Job:
    """A job on `test-model`."""
    request = ImageRequest(**{"prompt": "a lighthouse in fog", **asked})
    return replace(make_job(make_image(0), make_image(1)), request=request)


def test_a_reroll_is_the_same_request_with_new_seeds() -> None:
    job = job_of(seed=42, images=3, style="Watercolor", aspect="16:9", private=True)

    assert rerolled(job) == replace(job.request, seed=None, model="test-model")


def test_a_reroll_stays_on_the_model_even_if_nobody_named_it() -> None:
    assert rerolled(job_of()).model == "test-model"


def test_a_variation_is_one_picture() -> None:
    assert varied(job_of(images=4, seed=42)) == replace(rerolled(job_of()), images=1)


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
    request = remixed(job_of(), Remix(prompt="a fox", shape=shape))

    assert (request.aspect, request.size) == (aspect, size)


def test_a_remix_asks_for_what_was_written_and_nothing_else() -> None:
    job = job_of(seed=42, images=2, private=True, style="Watercolor", negative="text", aspect="1:1")

    request = remixed(job, Remix(prompt="a fox", model="  ", negative=" ", style=""))

    assert request == ImageRequest(prompt="a fox", images=2, private=True)


def test_a_quality_goes_with_its_model() -> None:
    job = job_of(quality="high")

    assert remixed(job, Remix(prompt="a fox", model="test-model")).quality == "high"
    assert remixed(job, Remix(prompt="a fox", model="another")).quality is None


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

    request = remixed(job, remix_of(job))

    assert parse_wish(aspect=request.aspect, size=request.size) == parse_wish(
        aspect=aspect, size=size
    )
    assert (request.prompt, request.style, request.negative) == (
        job.request.prompt,
        style,
        negative,
    )


def test_the_parent_of_a_whole_result_is_its_first_picture() -> None:
    failed = make_image(0, state=ImageState.FAILED)
    shown = make_image(1, state=ImageState.DELIVERED, picture=PICTURE)

    assert parent_of_all(make_job(failed, shown)) == shown.id
    assert parent_of_all(make_job(failed)) == failed.id
