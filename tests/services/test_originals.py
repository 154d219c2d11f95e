"""The picture as it was painted, for whoever may see it and wherever it fits."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.domain.errors import ActionDenied, OriginalTooLarge, PictureGone
from bot.domain.gate.permissions import Actor
from bot.domain.ids import UserId
from bot.domain.jobs.job import Job
from tests.services.house import House, make_place, open_house

SIZE = len(b"picture 1000")


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with open_house(tmp_path) as opened:
        yield opened


def actor(user_id: int = 7) -> Actor:
    place = make_place()
    return Actor(user_id=UserId(user_id), guild_id=place.guild_id, channel_id=place.channel_id)


async def result_of(house: House, **request: Any) -> Job:
    job = await house.ask(make_place(), **request)
    await house.finish()
    return await house.job(job)


async def test_an_original_of_exactly_the_limit_is_handed_out(house: House) -> None:
    image = (await result_of(house)).images[0]

    found = await house.results.originals.original(image.id, actor(), file_limit_bytes=SIZE)

    assert found.path.read_bytes() == b"picture 1000"


async def test_one_byte_more_is_too_large(house: House) -> None:
    image = (await result_of(house)).images[0]

    with pytest.raises(OriginalTooLarge) as refused:
        await house.results.originals.original(image.id, actor(), file_limit_bytes=SIZE - 1)

    assert (refused.value.size_bytes, refused.value.limit_bytes) == (SIZE, SIZE - 1)


async def test_an_original_that_is_no_longer_kept_is_gone(house: House) -> None:
    image = (await result_of(house)).images[0]
    assert image.picture is not None
    await house.pictures.remove(image.picture)

    with pytest.raises(PictureGone):
        await house.results.originals.original(image.id, actor(), file_limit_bytes=SIZE)


async def test_a_private_original_is_its_members_alone(house: House) -> None:
    image = (await result_of(house, private=True)).images[0]

    await house.results.originals.original(image.id, actor(), file_limit_bytes=SIZE)
    with pytest.raises(ActionDenied):
        await house.results.originals.original(
            image.id, replace(actor(), user_id=UserId(8)), file_limit_bytes=SIZE
        )
