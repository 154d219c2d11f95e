"""`/imagine` with a server of OpenAI's shape instead of Venice's own route."""

from typing import Any

import pytest

from sandbox.venice.server import VeniceStandIn
from tests.behaviour.server import API_KEY, Server, answer, gallery_of, text_of


@pytest.fixture
def settings_overrides(venice: VeniceStandIn) -> dict[str, Any]:
    return {
        "image_backend": "openai",
        "image_backend_url": venice.base_url,
        "image_backend_key": API_KEY,
        "default_model": "z-image-turbo",
    }


def painted(venice: VeniceStandIn) -> list[str]:
    return [request.route for request in venice.requests if request.method == "POST"]


async def test_a_prompt_becomes_a_picture(server: Server, venice: VeniceStandIn) -> None:
    result = await server.imagine("a red fox at dawn")

    assert len(gallery_of(answer(result))) == 1
    assert painted(venice) == ["/images/generations"]


async def test_what_the_route_cannot_carry_is_refused_and_not_dropped(
    server: Server, venice: VeniceStandIn
) -> None:
    result = await server.imagine("a red fox", negative="trees")

    said = text_of(answer(result))
    assert "cannot take: negative" in said
    assert "Not charged." in said
    assert painted(venice) == []


@pytest.mark.parametrize("label", ["Edit", "Upscale", "Cut out", "Vary subtly"])
async def test_what_such_a_server_cannot_do_is_said(
    server: Server, venice: VeniceStandIn, label: str
) -> None:
    message = answer(await server.imagine("a red fox at dawn"))

    refused = await server.press(server.alice, message, label)

    assert "The image service that this bot uses cannot" in text_of(answer(refused))
    assert painted(venice) == ["/images/generations"]
