"""Bursts of votes are held, tallies are explained, and a member's votes can be withdrawn."""

import discord
import pytest
from simcord import ChannelHandle, MemberActor
from simcord.results import InteractionResult

from bot.domain.voting.holding import FEWEST_MEMBERS
from bot.services.votes.held_votes import REMINDED_AFTER, TOLD_AFTER
from tests.behaviour.server import Server, answer, buttons_of, text_of
from tests.behaviour.test_votes import counts, counts_shown, newcomer, vote


@pytest.fixture
def manager(server: Server) -> MemberActor:
    role = server.guild.create_role(
        "managers",
        permissions=discord.Permissions(
            manage_guild=True, manage_messages=True, moderate_members=True, send_messages=True
        ),
    )
    return server.guild.add_member(server.env.create_user("mona"), roles=[role])


@pytest.fixture
async def mods(server: Server, manager: MemberActor) -> ChannelHandle:
    channel = server.guild.create_text_channel("moderators")
    await manager.slash(server.general, "server reports-channel", channel=channel)
    return channel


def who_just_joined(server: Server, name: str) -> MemberActor:
    member = newcomer(server, name)
    known = server.env.backend.get_member(server.guild.id, member.id)
    known.joined_at = server.clock.now().isoformat()
    return member


async def burst(server: Server, picture: InteractionResult) -> list[InteractionResult]:
    """Just as many new members as make a burst vote for a picture."""
    members = [who_just_joined(server, f"guest{n}") for n in range(FEWEST_MEMBERS)]
    return [await vote(server, member, answer(picture), "👍") for member in members]


async def told(server: Server, mods: ChannelHandle) -> discord.Message:
    await server.wait(TOLD_AFTER)
    return last(mods)


def last(mods: ChannelHandle) -> discord.Message:
    message = mods.last_message
    assert message is not None
    return message


async def shown(server: Server, picture: InteractionResult) -> list[str]:
    await counts_shown(server)
    return counts(answer(picture))


async def test_a_burst_is_held_and_moderators_let_it_count(
    server: Server, mods: ChannelHandle, manager: MemberActor
) -> None:
    picture = await server.imagine("a red fox", style="Watercolor")
    await vote(server, server.bob, answer(picture), "👍")

    said = await burst(server, picture)

    assert "weighs nothing yet" in text_of(answer(said[0]))
    assert "It waits for this server's moderators" in text_of(answer(said[-1]))
    assert await shown(server, picture) == ["👍 1", "👎 0"]

    late = who_just_joined(server, "late")
    assert "It waits" in text_of(answer(await vote(server, late, answer(picture), "👎")))
    question = await told(server, mods)
    assert f"{FEWEST_MEMBERS + 1} new members voted within 10 minutes" in text_of(question)
    assert "👍 5 · 👎 1" in text_of(question)
    assert f"<@{late.id}>" in text_of(question)
    assert buttons_of(question) == [["Count them", "Drop them"]]

    explained = await server.alice.slash(server.general, "style explain", style="watercolor")
    assert "1 vote in all: 👍 1 · 👎 0" in text_of(answer(explained))
    assert f"{FEWEST_MEMBERS + 1} more are held until moderators decide" in text_of(
        answer(explained)
    )

    await server.restart()
    await server.press(manager, question, "Count them")

    assert f"<@{manager.id}> has let 6 votes count." in text_of(last(mods))
    assert buttons_of(last(mods)) == []
    assert await shown(server, picture) == ["👍 6", "👎 1"]
    explained = await server.alice.slash(server.general, "style explain", style="Watercolor")
    assert "7 votes in all: 👍 6 · 👎 1" in text_of(answer(explained))
    assert "6 count for nothing: new member" in text_of(answer(explained))
    assert "By that it is number 1 of 1 styles" in text_of(answer(explained))


async def test_moderators_drop_a_burst_once_and_nobody_else_does(
    server: Server, mods: ChannelHandle, manager: MemberActor
) -> None:
    picture = await server.imagine("a red fox")
    await burst(server, picture)
    question = await told(server, mods)

    refused = await server.press(server.bob, question, "Count them")
    [why] = refused.followups
    assert "Manage Messages" in text_of(why.message)
    assert buttons_of(last(mods)) == [["Count them", "Drop them"]]

    before = len(mods.history())
    await server.wait(TOLD_AFTER)
    assert len(mods.history()) == before

    data = dict.fromkeys(("Drop them",), question)
    await server.press(manager, data["Drop them"], "Drop them")
    assert f"<@{manager.id}> has dropped 5 votes." in text_of(last(mods))
    assert await shown(server, picture) == ["👍 0", "👎 0"]

    again = await manager.slash(server.general, "moderation log")
    assert "decided on held votes" in text_of(answer(again))
    assert "dropped votes=5" in text_of(answer(again))


async def test_moderators_are_reminded_once_and_leave_votes_for_their_own_to_others(
    server: Server, mods: ChannelHandle, manager: MemberActor
) -> None:
    picture = await manager.slash(server.general, "imagine", prompt="a red fox")
    await server.finish()
    await burst(server, picture)
    question = await told(server, mods)

    refused = await server.press(manager, question, "Count them")
    [why] = refused.followups
    assert "for pictures or a style of yours" in text_of(why.message)

    await server.restart()
    await server.wait(REMINDED_AFTER)
    reminder = last(mods)
    assert reminder.id != question.id
    assert "These votes have waited since" in text_of(reminder)
    said = len(mods.history())
    await server.wait(REMINDED_AFTER)
    assert len(mods.history()) == said

    await server.press(server.add_moderator(), reminder, "Count them")
    assert "has let 5 votes count." in text_of(last(mods))
    assert await shown(server, picture) == ["👍 5", "👎 0"]


async def test_without_a_reports_channel_managers_are_asked_where_the_server_is_told(
    server: Server,
) -> None:
    picture = await server.imagine("a red fox")
    await burst(server, picture)

    await server.wait(TOLD_AFTER)

    # A server without a system channel has its owner told.
    [question] = server.guild.owner.dm_channel.history()
    assert "5 new members voted within 10 minutes" in text_of(question)

    await server.guild.owner.click(question, label="Drop them")
    await server.finish()

    [question] = server.guild.owner.dm_channel.history()
    assert "has dropped 5 votes." in text_of(question)
    assert await shown(server, picture) == ["👍 0", "👎 0"]


async def test_the_votes_of_somebody_who_left_are_withdrawn(
    server: Server, manager: MemberActor
) -> None:
    first = await server.imagine("a red fox")
    second = await server.imagine("a blue fox")
    carol = newcomer(server, "carol")
    for picture in (first, second):
        await vote(server, carol, answer(picture), "👍")
    await vote(server, server.bob, answer(first), "👍")
    server.guild.remove_member(carol)

    refused = await server.bob.slash(server.general, "style withdraw-votes", member=carol.user)
    assert "may manage the server" in text_of(answer(refused))

    asked = await manager.slash(server.general, "style withdraw-votes", member=carol.user)
    assert "has voted on 2 pictures of this server" in text_of(answer(asked))
    assert await shown(server, first) == ["👍 2", "👎 0"]

    await server.press(manager, answer(asked), "Withdraw 2 votes")
    assert f"2 votes of <@{carol.id}> are withdrawn" in text_of(answer(asked))
    assert await shown(server, first) == ["👍 1", "👎 0"]
    assert await shown(server, second) == ["👍 0", "👎 0"]

    none = await manager.slash(server.general, "style withdraw-votes", member=carol.user)
    assert "There is no vote of that member" in text_of(answer(none))
    log = await manager.slash(server.general, "moderation log")
    assert "withdrew a member's votes" in text_of(answer(log))


async def test_a_style_without_votes_or_without_a_name_is_said_to_be_so(server: Server) -> None:
    nothing = await server.alice.slash(server.general, "style explain", style="Watercolor")
    assert "Nobody has voted for a picture in this style yet." in text_of(answer(nothing))

    unknown = await server.alice.slash(server.general, "style explain", style="Watercolour")
    assert "Did you mean" in text_of(answer(unknown))
