"""What a style looks like, as members see it in `/styles` and on leaderboards."""

import discord
import pytest
from simcord import MemberActor

from tests.behaviour.server import (
    Server,
    answer,
    every_button_of,
    gallery_of,
    picture,
    text_of,
)
from tests.behaviour.test_styles import add
from tests.behaviour.test_votes import vote

GONE = "The example chosen for it cannot be shown here any more."
WITHOUT_PICTURES_PX = 300


@pytest.fixture
def mayor(server: Server) -> MemberActor:
    role = server.guild.create_role("mayors", permissions=discord.Permissions(manage_guild=True))
    return server.guild.add_member(server.env.create_user("marco"), roles=[role])


async def browsed(server: Server) -> tuple[str, int]:
    """The text of `/styles`, and how many styles have pictures there."""
    shown = answer(await server.bob.slash(server.general, "styles", text="harbour"))
    assert len(gallery_of(shown)) == len(shown.attachments)
    return text_of(shown), len(gallery_of(shown))


async def height_of_the_board(server: Server) -> int:
    """How high the leaderboard of styles is: higher where a bar stands beside a picture."""
    shown = await server.bob.slash(server.general, "style leaderboard", of="styles")
    [chart] = answer(shown).attachments
    return (await picture(chart)).height


async def test_a_style_is_shown_by_pictures_until_they_are_deleted(
    server: Server, mayor: MemberActor
) -> None:
    await add(server, mayor, "Harbour", "{prompt}, oils")
    assert (await browsed(server))[1] == 0

    fox = await server.imagine("a red fox", style="Harbour")
    await vote(server, server.bob, answer(fox), "👍")
    boat = await mayor.slash(server.general, "imagine", prompt="a boat")
    await server.finish()
    [offered] = await mayor.autocomplete(server.general, "style example", "image", "boat")
    chosen = await mayor.slash(
        server.general, "style example", name="harbour", image=offered["value"]
    )
    assert "Your picture shows what `Harbour` looks like now" in text_of(answer(chosen))
    await server.restart()

    said, pictured = await browsed(server)
    assert pictured == 1
    assert "Examples, from the left: [👍 0](https://discord.com/channels/" in said
    assert said.count("👍 1") == 2
    assert await height_of_the_board(server) > WITHOUT_PICTURES_PX

    await delete(server, mayor, answer(boat))
    said, pictured = await browsed(server)
    assert pictured == 1
    assert GONE in said
    assert "👍 1 · 👎 0" in said
    await delete(server, server.alice, answer(fox))
    assert (await browsed(server))[1] == 0


async def test_others_do_not_say_what_a_style_looks_like(
    server: Server, mayor: MemberActor
) -> None:
    await add(server, mayor, "Harbour", "{prompt}, oils")

    refused = await server.bob.slash(server.general, "style example", name="Harbour")

    assert refused.ephemeral
    assert "The style `Harbour` is another member's." in text_of(answer(refused))


async def delete(server: Server, member: MemberActor, result: discord.Message) -> None:
    await server.press(member, result, "Delete")
    question = next(
        message
        for message in server.general.history(viewer=member)
        if "Delete for good" in {button.label for button in every_button_of(message)}
    )
    await server.press(member, question, "Delete for good")
