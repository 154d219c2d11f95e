"""What custom ids say is a stranger's word: each press is judged as if it were the first."""

import discord
from simcord.results import InteractionResult

from bot.ui.parts.actions import ActionButton, ButtonLook
from tests.behaviour.server import Server, answer, every_button_of, gallery_of, text_of


def kinds(server: Server) -> list[str]:
    return sorted(server.app.client.actions._handlers)


def forged(kind: str, target: str) -> discord.ui.LayoutView:
    view = discord.ui.LayoutView(timeout=None)
    row: discord.ui.ActionRow[discord.ui.LayoutView] = discord.ui.ActionRow()
    row.add_item(ActionButton(kind, target, ButtonLook(label=kind)))
    view.add_item(row)
    return view


async def press_forged(server: Server, target: str) -> list[InteractionResult]:
    """Bob presses a button of every kind that there is, with a target he made up."""
    channel = server.app.client.get_channel(server.general.id)
    assert isinstance(channel, discord.TextChannel)
    return [
        await server.press(server.bob, await channel.send(view=forged(kind, target)), kind)
        for kind in kinds(server)
    ]


def shown(results: list[InteractionResult]) -> list[discord.MediaGalleryItem]:
    return [
        picture
        for result in results
        if result.response is not None
        for picture in gallery_of(result.response.message)
    ]


async def test_a_target_that_means_nothing_is_answered_and_changes_nothing(
    server: Server,
) -> None:
    first = await server.imagine("a red fox")

    results = await press_forged(server, "0123456789abcdef")

    assert len(results) == len(kinds(server)) > 20
    assert shown(results) == []
    assert len(gallery_of(answer(first))) == 1


async def test_anothers_private_result_is_neither_shown_nor_touched_by_any_button(
    server: Server,
) -> None:
    private = await server.imagine("a surprise for Bob", private=True)
    buttons = every_button_of(answer(private))
    targets = {f"{button.custom_id}".rpartition(":")[2] for button in buttons if button.custom_id}

    for target in sorted(targets):
        assert shown(await press_forged(server, target)) == []

    assert len(gallery_of(answer(private))) == 1
    again = await server.press(server.alice, answer(private), "Details")
    assert "a surprise for Bob" in text_of(answer(again))


async def test_a_moderator_who_is_none_any_more_cannot_finish_what_they_began(
    server: Server,
) -> None:
    moderator = server.add_moderator()
    first = await server.imagine("a red fox")
    question = await server.press(moderator, answer(first), "Delete")

    guild = server.app.client.get_guild(server.guild.id)
    assert guild is not None
    member = await guild.fetch_member(moderator.id)
    await member.remove_roles(*member.roles[1:])
    refused = await server.press(moderator, answer(question), "Delete for good")

    [said] = refused.followups
    assert "Only the member who asked for this result" in text_of(said.message)
    assert len(gallery_of(answer(first))) == 1
