"""The second backend: what its route can carry is sent, all else is refused before that."""

import dataclasses
from dataclasses import dataclass
from typing import Any

import pytest

from bot.domain.asking.request import Recipe
from bot.domain.gate.policy import NO_SIGNALS
from bot.domain.jobs.failure import Billing, FailureReason, ImageFailure, PaintingError
from bot.domain.jobs.painting import Painting
from bot.domain.models.image_model import Quality
from bot.domain.sizing import PixelSize, RatioChoice, SizeChoice, TierChoice
from bot.venice import OpenAIPainter, VeniceClient
from bot.venice.openai_backend import nearest_size, unsupported_options
from sandbox.venice import VeniceStandIn
from tests.venice.factories import SkippingClock, make_client, make_recipe
from tests.venice.raw_server import answer, raw_server

PIXEL_PNG = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk"
    "YPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
)


async def nothing() -> None:
    pass


async def paint(client: VeniceClient, **overrides: Any) -> Painting:
    recipe = make_recipe(**overrides)
    return await OpenAIPainter(client).paint(recipe, seed=7, before_send=nothing)


async def failure(client: VeniceClient, **overrides: Any) -> ImageFailure:
    with pytest.raises(PaintingError) as raised:
        await paint(client, **overrides)
    return raised.value.failure


async def test_a_recipe_is_sent_as_the_route_has_it(
    client: VeniceClient, stand_in: VeniceStandIn
) -> None:
    painting = await paint(client, quality=Quality.HIGH, image_format="jpeg")
    assert painting.body.content_type == "image/jpeg"
    await painting.body.aclose()
    assert stand_in.requests[-1].route == "/images/generations"
    assert stand_in.requests[-1].body == {
        "prompt": "a fox in the snow",
        "model": "z-image-turbo",
        "moderation": "auto",
        "size": "1536x1024",
        "quality": "high",
        "output_format": "jpeg",
        "response_format": "b64_json",
    }


async def test_where_adult_pictures_are_allowed_it_is_said(
    client: VeniceClient, stand_in: VeniceStandIn
) -> None:
    await (await paint(client, safe_mode=False)).body.aclose()
    assert stand_in.requests[-1].body["moderation"] == "low"


@pytest.mark.parametrize(
    ("size", "name"),
    [
        (PixelSize(1024, 1024), "1024x1024"),
        (PixelSize(500, 500), "512x512"),
        (PixelSize(200, 200), "256x256"),
        (PixelSize(1280, 720), "1792x1024"),
        (PixelSize(1216, 832), "1536x1024"),
        (RatioChoice("1:1"), "1024x1024"),
        (RatioChoice("3:2"), "1536x1024"),
        (RatioChoice("9:16"), "1024x1792"),
        (RatioChoice("21:9"), "1792x1024"),
        (RatioChoice("auto"), "auto"),
        (TierChoice("2:3", "2K"), "1024x1536"),
    ],
)
def test_the_size_is_the_nearest_of_the_routes_list(size: SizeChoice, name: str) -> None:
    assert nearest_size(size) == name


@pytest.mark.parametrize(
    ("overrides", "unsupported"),
    [
        ({}, ()),
        ({"quality": Quality.LOW}, ()),
        ({"style": "Anime"}, ("style",)),
        ({"style": "Anime", "negative": "blur"}, ("style", "negative")),
    ],
)
async def test_what_the_route_cannot_carry_is_refused_by_name(
    client: VeniceClient,
    stand_in: VeniceStandIn,
    overrides: dict[str, Any],
    unsupported: tuple[str, ...],
) -> None:
    assert unsupported_options(make_recipe(**overrides)) == unsupported
    if not unsupported:
        return
    failed = await failure(client, **overrides)
    assert failed == ImageFailure(
        FailureReason.REJECTED,
        Billing.NOT_BILLED,
        f"this image service cannot take: {', '.join(unsupported)}",
    )
    assert stand_in.requests == []


def test_an_option_that_nobody_has_heard_of_is_refused_too() -> None:
    @dataclass(frozen=True, slots=True, kw_only=True)
    class LaterRecipe(Recipe):
        glitter: bool = False

    fields = {
        field.name: getattr(make_recipe(), field.name) for field in dataclasses.fields(Recipe)
    }
    assert unsupported_options(LaterRecipe(**fields)) == ()
    assert unsupported_options(LaterRecipe(**fields, glitter=True)) == ("glitter",)


async def test_a_prompt_too_long_for_the_route_is_refused_unsent(
    client: VeniceClient, stand_in: VeniceStandIn
) -> None:
    failed = await failure(client, prompt="x" * 1_501)
    assert failed.reason is FailureReason.REJECTED
    assert stand_in.requests == []


@pytest.mark.parametrize(
    ("data", "painted"),
    [
        (f'[{{"b64_json": "{PIXEL_PNG}"}}]', True),
        (f'[{{"url": "data:image/png;base64,{PIXEL_PNG}"}}]', True),
        ('[{"url": "https://pictures.example/fox.png"}]', False),
        ('[{"url": "data:text/plain,fox"}]', False),
        ('[{"b64_json": "Zm94"}]', False),
        ("[{}]", False),
        ("[]", False),
        ("{}", False),
    ],
)
async def test_pictures_come_in_the_answer_and_are_never_fetched(
    clock: SkippingClock, data: str, painted: bool
) -> None:
    body = f'{{"created": 1, "data": {data}, "usage": {{}}}}'.encode()
    async with (
        raw_server(answer(body, content_type="application/json")) as server,
        make_client(server.url, clock) as client,
    ):
        if painted:
            painting = await paint(client)
            assert painting.body.content_type == "image/png"
            assert painting.signals == NO_SIGNALS
            await painting.body.aclose()
        else:
            failed = await failure(client)
            assert failed.reason is FailureReason.UNREACHABLE
            assert failed.billing is Billing.MAYBE_BILLED
    assert len(server.visits) == 1


async def test_openais_errors_are_understood(clock: SkippingClock) -> None:
    body = b'{"error": {"message": "Rejected", "code": "moderation_blocked", "type": "x"}}'
    async with (
        raw_server(answer(body, status="400 Bad Request")) as server,
        make_client(server.url, clock) as client,
    ):
        failed = await failure(client)
    assert failed.reason is FailureReason.CONTENT_VIOLATION
    assert failed.detail == "Rejected"
