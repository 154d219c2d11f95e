"""Every picture says what it shows to those who do not see it."""

import pytest

from tests.behaviour.server import Server, answer, gallery_of, thumbnails_of

LONGEST = "a very long story " * 222


async def test_a_result_is_described_by_its_prompt(server: Server) -> None:
    message = answer(await server.imagine("a red fox", images=2))

    assert [item.description for item in gallery_of(message)] == ["a red fox"] * 2
    assert [file.description for file in message.attachments] == ["a red fox"] * 2


async def test_a_long_prompt_is_cut_where_discord_would_refuse_it(server: Server) -> None:
    message = answer(await server.imagine(LONGEST, model="gpt-image-2"))

    [item] = gallery_of(message)
    assert item.description is not None
    assert len(item.description) == 1_024
    assert item.description.endswith("…")


@pytest.mark.parametrize("command", ["history", "gallery"])
async def test_pages_of_pictures_describe_each(server: Server, command: str) -> None:
    await server.imagine("a red fox")

    message = answer(await server.alice.slash(server.general, command))

    described = [item.description for item in gallery_of(message)]
    described += [item.description for item in thumbnails_of(message)]
    assert described == ["a red fox"]
    assert [file.description for file in message.attachments] == ["a red fox"]


async def test_a_shared_picture_is_described(server: Server) -> None:
    private = answer(await server.imagine("a surprise", private=True))

    await server.press(server.alice, private, "Share")

    shared = server.general.last_message
    assert shared is not None
    assert [item.description for item in gallery_of(shared)] == ["a surprise"]
