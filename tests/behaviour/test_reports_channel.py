"""Reports reach the moderators in the channel that they have chosen, and are kept in any case."""

import discord
import pytest
import structlog
from simcord import ChannelHandle, MemberActor
from simcord.results import InteractionResult

from tests.behaviour.server import Server, answer, gallery_of, text_of

NO_WRITING = discord.PermissionOverwrite(send_messages=False)


@pytest.fixture
def mods(server: Server) -> ChannelHandle:
    return server.guild.create_text_channel("moderators")


@pytest.fixture
def manager(server: Server) -> MemberActor:
    role = server.guild.create_role(
        "managers", permissions=discord.Permissions(manage_guild=True, send_messages=True)
    )
    return server.guild.add_member(server.env.create_user("mona"), roles=[role])


async def choose(
    server: Server, manager: MemberActor, channel: ChannelHandle | None
) -> InteractionResult:
    options = {} if channel is None else {"channel": channel}
    return await manager.slash(server.general, "server reports-channel", **options)


async def report(server: Server, reason: str = "it shows me") -> InteractionResult:
    """Alice asks for a picture, and Bob reports it."""
    result = await server.imagine("a red fox")
    form = await server.press(server.bob, answer(result), "Report")
    return await server.fill_in(server.bob, form, reason=reason)


async def test_moderators_see_who_reported_what_and_why(
    server: Server, mods: ChannelHandle, manager: MemberActor
) -> None:
    chosen = await choose(server, manager, mods)
    assert f"Reports are told in <#{mods.id}>" in text_of(answer(chosen))

    await report(server)

    told = mods.last_message
    assert told is not None
    said = text_of(told)
    assert f"<@{server.bob.id}> reports a picture of <@{server.alice.id}>" in said
    assert "it shows me" in said
    assert f"https://discord.com/channels/{server.guild.id}/{server.general.id}/" in said
    assert f"-{server.bob.id}`" in said
    [item] = gallery_of(told)
    assert item.spoiler
    assert item.description == "a red fox"


async def test_a_report_calls_nobody(
    server: Server, mods: ChannelHandle, manager: MemberActor
) -> None:
    await choose(server, manager, mods)

    await report(server, f"@everyone <@{manager.id}> look **here**")

    told = mods.last_message
    assert told is not None
    assert manager.id not in {member.id for member in told.mentions}
    assert not told.mention_everyone
    assert "@everyone" not in text_of(told)
    assert "\\*\\*here" in text_of(told)


async def test_without_a_channel_a_report_is_kept(
    server: Server, mods: ChannelHandle, manager: MemberActor
) -> None:
    await choose(server, manager, mods)
    cleared = await choose(server, manager, None)
    assert "told nowhere from now on" in text_of(answer(cleared))

    thanks = await report(server)

    assert "Thank you." in text_of(answer(thanks))
    assert mods.last_message is None


async def test_a_channel_in_which_the_bot_may_not_write_is_refused(
    server: Server, manager: MemberActor
) -> None:
    me = server.app.client.user
    assert me is not None
    closed = server.guild.create_text_channel("closed", overwrites={me: NO_WRITING})

    refusal = await choose(server, manager, closed)

    assert refusal.ephemeral
    assert f"I may not post pictures in <#{closed.id}>" in text_of(answer(refusal))


async def test_a_channel_that_is_gone_costs_no_report_and_is_logged_once(
    server: Server, mods: ChannelHandle, manager: MemberActor
) -> None:
    await choose(server, manager, mods)
    server.env.inject_error(
        "POST", f"/channels/{mods.id}/messages", status=404, code=10003, times=2
    )

    with structlog.testing.capture_logs() as logs:
        first = await report(server)
        second = await report(server)

    assert "Thank you." in text_of(answer(first))
    assert "Thank you." in text_of(answer(second))
    assert [line["event"] for line in logs].count("moderators_not_reached") == 1


async def test_only_those_who_manage_the_server_are_offered_the_command(server: Server) -> None:
    command = server.app.client.tree.get_command("server")

    assert isinstance(command, discord.app_commands.Group)
    assert command.default_permissions == discord.Permissions(manage_guild=True)
    assert command.guild_only
