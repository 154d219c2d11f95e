"""Whatever a job is made of comes back from the database as it was written."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter
from sqlalchemy.exc import StatementError

from bot.domain.asking.request import ImageRequest, Recipe
from bot.domain.gate.policy import SafetySignals
from bot.domain.ids import ImageId
from bot.domain.jobs.failure import ImageFailure
from bot.domain.jobs.job import JobImage
from bot.domain.jobs.stored_picture import StoredPicture
from bot.domain.sizing import PixelSize, RatioChoice, SizeChoice, TierChoice
from bot.storage.database import Database
from bot.storage.jobs.records import recipe_of
from tests.paintings import painted_by
from tests.storage.factories import NOW, add_job, make_image, make_recipe, stored_job
from tests.thoroughness import tries

# A database for all examples of a test: each example writes rows of its own.
one_database = settings(
    max_examples=tries(10),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)

words = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=40)
counts = st.integers(min_value=0, max_value=2**31 - 1)
# Fixed offsets: a moment that a zone's clock change skips or repeats equals no other in Python.
moments = st.datetimes(
    min_value=datetime(2000, 1, 1),  # noqa: DTZ001 # Hypothesis adds the zone
    max_value=datetime(2200, 1, 1),  # noqa: DTZ001 # the same
    timezones=st.builds(timezone, st.integers(-14, 14).map(lambda hours: timedelta(hours=hours))),
)
pictures = st.builds(StoredPicture, sha256=words, content_type=words, size_bytes=counts)
failures = st.builds(ImageFailure, detail=st.none() | words, request_id=st.none() | words)
signals = st.from_type(SafetySignals)
guidances = st.none() | st.floats(0.1, 20)
requests = st.builds(replace, st.from_type(ImageRequest), guidance=guidances)
recipes = st.builds(replace, st.from_type(Recipe), guidance=guidances)
sizes = st.builds(PixelSize) | st.builds(RatioChoice) | st.builds(TierChoice)


@one_database
@given(request=requests, recipe=recipes)
@example(request=ImageRequest(prompt=""), recipe=make_recipe(model="\x00", style="\x00"))
async def test_any_request_and_recipe(
    database: Database, request: ImageRequest, recipe: Recipe
) -> None:
    job = await add_job(database, request=request, recipe=recipe)
    assert await stored_job(database, job) == job


@one_database
@given(size=sizes)
async def test_a_size_keeps_its_idiom(database: Database, size: SizeChoice) -> None:
    job = await add_job(database, recipe=make_recipe(size=size))
    assert painted_by(await stored_job(database, job)).size == size


@one_database
@given(
    image=st.builds(
        JobImage,
        id=st.just(ImageId("drawn below")),
        position=counts,
        seed=st.integers(min_value=0, max_value=2**53),
        reserved_usd_micros=st.none() | counts,
        sent_at=st.none() | moments,
        picture=st.none() | pictures,
        signals=signals,
        failure=st.none() | failures,
        duration_ms=st.none() | counts,
        enhanced_prompt=st.none() | words,
    ),
    created_at=moments,
)
async def test_any_image_and_any_moment(
    database: Database, image: JobImage, created_at: datetime
) -> None:
    image = replace(image, id=make_image().id)
    job = await add_job(database, images=(image,), created_at=created_at)
    found = await stored_job(database, job)
    assert found == job
    assert found.created_at.tzinfo is UTC


def test_a_recipe_from_before_there_were_extras_is_read_as_without() -> None:
    plain = make_recipe()
    new = {"steps", "guidance", "lora_strength", "enhance", "web_search"}
    written = {
        name: value
        for name, value in json.loads(TypeAdapter(Recipe).dump_json(plain)).items()
        if name not in new
    }

    assert recipe_of(json.dumps(written)) == plain


async def test_a_moment_comes_back_in_utc(database: Database) -> None:
    tokyo = NOW.astimezone(ZoneInfo("Asia/Tokyo"))
    job = await stored_job(database, await add_job(database, created_at=tokyo))
    assert job.created_at == NOW
    assert job.created_at.utcoffset() == timedelta(0)


async def test_a_moment_without_a_zone_is_refused(database: Database) -> None:
    with pytest.raises(StatementError, match="has no time zone"):
        await add_job(database, created_at=NOW.replace(tzinfo=None))
