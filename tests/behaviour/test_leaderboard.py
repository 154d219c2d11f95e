"""What a server likes best, as its members see it."""

import discord

from tests.behaviour.server import Server, answer, every_button_of, gallery_of, text_of
from tests.behaviour.test_votes import newcomer, vote


async def test_members_see_what_they_like_best_also_after_a_restart(server: Server) -> None:
    fox = await server.imagine("a red fox", style="Film Noir")
    wolf = await server.imagine("a grey wolf", style="Watercolor")
    await server.imagine("a lynx nobody votes for", style="Watercolor")
    voters = [server.bob, newcomer(server, "carol"), newcomer(server, "dario")]
    for voter in voters:
        await vote(server, voter, answer(fox), "👍")
    await vote(server, voters[0], answer(wolf), "👍")
    await vote(server, voters[1], answer(wolf), "👎")
    await server.restart()

    shown = await server.bob.slash(server.general, "style leaderboard", of="images")

    board = answer(shown)
    assert not shown.ephemeral
    assert "The pictures this server likes best" in text_of(board)
    [first, second] = [line for line in text_of(board).splitlines() if line[:2] in {"1.", "2."}]
    assert "a red fox" in first
    assert first.endswith("44% · 👍 3 · 👎 0")
    assert "a grey wolf" in second
    assert second.endswith("9% · 👍 1 · 👎 1")
    assert f"<@{server.alice.id}>" in first
    assert "a lynx" not in text_of(board)
    assert len(gallery_of(board)) == 1

    await server.press(server.bob, board, "Styles")
    assert "1. **Film Noir**" in text_of(board_now(server))
    assert "2. **Watercolor**" in text_of(board_now(server))
    await server.press(server.bob, board_now(server), "Members")
    assert f"1. <@{server.alice.id}>" in text_of(board_now(server))
    await server.press(server.bob, board_now(server), "This week")
    assert "· This week" in text_of(board_now(server))


def board_now(server: Server) -> discord.Message:
    """The leaderboard in the channel, as it is now."""
    return next(
        message
        for message in server.general.history(viewer=server.bob)
        if "this server likes best" in text_of(message)
    )


async def test_a_deleted_picture_takes_its_votes_from_every_leaderboard(server: Server) -> None:
    fox = await server.imagine("a red fox", style="Film Noir")
    await vote(server, server.bob, answer(fox), "👍")
    await server.press(server.alice, answer(fox), "Delete")
    question = next(
        message
        for message in server.general.history(viewer=server.alice)
        if "Delete for good" in {button.label for button in every_button_of(message)}
    )
    await server.press(server.alice, question, "Delete for good")

    for topic in ("images", "styles", "members"):
        shown = await server.bob.slash(server.general, "style leaderboard", of=topic)
        assert "No vote counts here in this time yet;" in text_of(answer(shown))
        assert gallery_of(answer(shown)) == []


async def test_pictures_of_channels_that_not_all_may_see_are_left_out(server: Server) -> None:
    hidden = server.guild.create_text_channel(
        "hidden",
        overwrites={
            server.guild.default_role: discord.PermissionOverwrite(view_channel=False),
            server.alice: discord.PermissionOverwrite(view_channel=True),
            server.bob: discord.PermissionOverwrite(view_channel=True),
        },
    )
    secret = await server.alice.slash(hidden, "imagine", prompt="a secret fox")
    await server.finish()
    await vote(server, server.bob, answer(secret), "👍")

    here = await server.bob.slash(server.general, "style leaderboard", of="images")
    assert "a secret fox" not in text_of(answer(here))
    there = await server.bob.slash(hidden, "style leaderboard", of="images")
    assert "a secret fox" in text_of(answer(there))
