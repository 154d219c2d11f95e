"""Pictures that are larger than what Discord takes: smaller copies, and the way to the original."""

import pytest

from tests.behaviour.interactions import Altered
from tests.behaviour.server import (
    Server,
    answer,
    buttons_of,
    every_button_of,
    gallery_of,
    picture,
    text_of,
)

SMALL = 20_000
LARGE = 10 * 1024 * 1024


@pytest.fixture
def interactions(monkeypatch: pytest.MonkeyPatch) -> Altered:
    altered = Altered(monkeypatch)
    altered.file_limit(SMALL)
    return altered


@pytest.mark.usefixtures("interactions")
async def test_a_large_picture_is_shown_as_a_smaller_copy_that_says_so(server: Server) -> None:
    message = answer(await server.imagine("a red fox"))

    [attachment] = message.attachments
    assert attachment.size <= SMALL
    assert attachment.filename.endswith("-small.webp")
    assert len(gallery_of(message)) == 1
    assert "1 picture is shown as a smaller copy; the original has 0." in text_of(message)
    assert buttons_of(message)[-2] == ["Favourite", "Details", "Report", "Delete", "Original"]


async def test_a_picture_that_fits_is_shown_as_it_is(server: Server, interactions: Altered) -> None:
    interactions.file_limit(LARGE)

    message = answer(await server.imagine("a red fox"))

    assert not message.attachments[0].filename.endswith("-small.webp")
    assert "smaller copy" not in text_of(message)
    assert "Original" not in buttons_of(message)[1]


async def test_the_original_comes_to_whoever_asks_for_it(
    server: Server, interactions: Altered
) -> None:
    message = answer(await server.imagine("a red fox"))
    interactions.file_limit(LARGE)

    result = await server.press(server.bob, message, "Original")

    assert result.ephemeral
    [original] = answer(result).attachments
    assert original.size > SMALL
    assert (await picture(original)).size == (1024, 1024)
    assert gallery_of(answer(result))[0].description == "a red fox"


@pytest.mark.usefixtures("interactions")
async def test_an_original_that_does_not_fit_says_by_how_much(server: Server) -> None:
    message = answer(await server.imagine("a red fox"))

    result = await server.press(server.alice, message, "Original")

    assert result.ephemeral
    assert answer(result).attachments == []
    assert "MB more than Discord takes here" in text_of(answer(result))


async def test_of_several_pictures_each_has_its_original(
    server: Server, interactions: Altered
) -> None:
    message = answer(await server.imagine("a red fox", images=2))
    assert "2 pictures are shown as smaller copies" in text_of(message)
    interactions.file_limit(LARGE)

    question = answer(await server.press(server.alice, message, "Original"))
    second = every_button_of(question)[1]
    result = await server.press(server.alice, question, f"{second.label}")

    [original] = answer(result).attachments
    assert original.filename.startswith("gondola-")
    assert original.size > SMALL


async def test_a_limit_that_was_lowered_meanwhile_is_met(
    server: Server, interactions: Altered
) -> None:
    interactions.file_limit(2 * LARGE)
    server.env.inject_error(
        "PATCH", "/webhooks/*/messages/*", status=413, code=40005, message="Too large"
    )

    message = answer(await server.imagine("a red fox"))

    assert len(gallery_of(message)) == 1


async def test_a_picture_that_cannot_be_made_to_fit_is_refunded_and_told(
    server: Server, interactions: Altered
) -> None:
    interactions.file_limit(10)
    await server.imagine("a red fox")

    quota = await server.alice.slash(server.general, "quota")

    assert "25 images" in text_of(answer(quota))
    [notice] = quota.followups
    assert "could not be shown" in text_of(notice.message)
