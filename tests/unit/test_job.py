from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.asking.request import ImageRequest, Recipe
from bot.domain.ids import AccountKey, ChannelId, ImageId, JobId, ModelId, UserId
from bot.domain.jobs.failure import FailureReason, ImageFailure, PaintingError
from bot.domain.jobs.job import (
    OPEN_JOB_STATES,
    TERMINAL_JOB_STATES,
    ImageState,
    Job,
    JobImage,
    JobState,
    Origin,
    outcome,
)
from bot.domain.sizing import PixelSize

ENDED = (
    ImageState.DELIVERED,
    ImageState.FAILED,
    ImageState.REFUSED,
    ImageState.LOST,
    ImageState.CANCELLED,
)


def make_image(position: int = 0, **overrides: object) -> JobImage:
    values: dict[str, Any] = {
        "id": ImageId(f"image-{position}"),
        "position": position,
        "seed": 7 + position,
    }
    return JobImage(**(values | overrides))


def images_in(*states: ImageState) -> tuple[JobImage, ...]:
    return tuple(make_image(position, state=state) for position, state in enumerate(states))


def make_job(*images: JobImage) -> Job:
    return Job(
        id=JobId("job"),
        request=ImageRequest(prompt="a lighthouse in fog"),
        recipe=Recipe(
            prompt="a lighthouse in fog",
            model=ModelId("test-model"),
            model_name="Test Model",
            size=PixelSize(1024, 1024),
            safe_mode=True,
        ),
        origin=Origin(
            user_id=UserId(1),
            guild_id=None,
            channel_id=ChannelId(2),
            account=AccountKey("test-account"),
            locale="en-GB",
        ),
        images=images,
        created_at=datetime(2025, 5, 20, tzinfo=UTC),
    )


def test_one_image_is_replaced_and_the_others_stay() -> None:
    first, second = make_image(0), make_image(1)
    stored = make_image(1, state=ImageState.STORED)

    assert make_job(first, second).with_image(stored).images == (first, stored)


def test_an_image_of_another_job_replaces_nothing() -> None:
    job = make_job(make_image(0))

    assert job.with_image(make_image(1)) == job


@pytest.mark.parametrize(
    ("states", "ended"),
    [
        ((ImageState.DELIVERED,), JobState.DONE),
        ((ImageState.DELIVERED, ImageState.FAILED), JobState.DONE),
        ((ImageState.DELIVERED, ImageState.REFUSED, ImageState.LOST), JobState.DONE),
        ((ImageState.REFUSED,), JobState.REFUSED),
        ((ImageState.REFUSED, ImageState.FAILED), JobState.REFUSED),
        ((ImageState.CANCELLED, ImageState.CANCELLED), JobState.CANCELLED),
        ((ImageState.CANCELLED, ImageState.FAILED), JobState.FAILED),
        ((ImageState.FAILED,), JobState.FAILED),
        ((ImageState.LOST,), JobState.FAILED),
    ],
)
def test_a_job_ends_as_its_images_did(states: tuple[ImageState, ...], ended: JobState) -> None:
    assert outcome(images_in(*states)) is ended


@given(st.lists(st.sampled_from(ENDED), min_size=1, max_size=4))
def test_a_job_whose_images_ended_is_over_and_done_only_if_one_was_shown(
    states: list[ImageState],
) -> None:
    ended = outcome(images_in(*states))

    assert ended in TERMINAL_JOB_STATES
    assert (ended is JobState.DONE) == (ImageState.DELIVERED in states)


def test_a_job_is_open_or_over_or_waits_for_a_moderator() -> None:
    assert not OPEN_JOB_STATES & TERMINAL_JOB_STATES
    assert set(JobState) - OPEN_JOB_STATES - TERMINAL_JOB_STATES == {JobState.HELD}


@pytest.mark.parametrize(
    ("detail", "said"), [("too busy", "at_capacity: too busy"), (None, "at_capacity: no detail")]
)
def test_a_painting_error_carries_its_failure(detail: str | None, said: str) -> None:
    failure = ImageFailure(FailureReason.AT_CAPACITY, detail=detail)

    error = PaintingError(failure)

    assert error.failure is failure
    assert str(error) == said
