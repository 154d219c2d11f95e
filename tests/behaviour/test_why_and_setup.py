"""Members are told why, moderators set a channel up by four questions, and pictures are covered."""

import discord
import pytest
from simcord import MemberActor

from tests.behaviour.server import (
    Server,
    answer,
    buttons_of,
    gallery_of,
    text_of,
    thumbnails_of,
)


@pytest.fixture
def mona(server: Server) -> MemberActor:
    """A manager of the server."""
    role = server.guild.create_role(
        "managers",
        permissions=discord.Permissions(
            manage_guild=True, manage_channels=True, moderate_members=True, send_messages=True
        ),
    )
    return server.guild.add_member(server.env.create_user("mona"), roles=[role])


async def setting(server: Server, mona: MemberActor, **options: object) -> None:
    await mona.slash(server.general, "channel set", **options)


async def test_a_refusal_tells_why_after_a_restart_too(server: Server, mona: MemberActor) -> None:
    await setting(server, mona, most_images=1, slow_mode=30, review="all")
    refused = answer(await server.imagine("a red fox", images=2))
    assert buttons_of(refused) == [["Why?"]]
    await server.restart()

    why = await server.press(server.alice, refused, "Why?")

    assert why.ephemeral
    said = text_of(answer(why))
    assert "Rule: `too_many_images`. (set for the channel)" in said
    assert "**Images in a request**: 1 · set for the channel" in said
    assert "They wait 30 seconds between two requests. · set for the channel" in said
    assert "Moderators see their pictures before others do. · set for the channel" in said
    assert "Their limits" in said
    assert "left of 25" in said


async def test_an_error_that_no_rule_made_has_no_such_button(server: Server) -> None:
    assert buttons_of(answer(await server.imagine("a red fox", model="nonsense"))) == []


async def test_four_questions_set_a_channel_up_over_a_restart(
    server: Server, mona: MemberActor
) -> None:
    asked = answer(await mona.slash(server.general, "channel setup"))
    assert f"Setting up <#{server.general.id}>: question 1 of 4" in text_of(asked)
    asked = answer(await server.press(mona, asked, "on"))
    asked = answer(await server.press(mona, asked, "nobody"))
    await server.restart()
    asked = answer(await server.press(mona, asked, "Back"))
    asked = answer(await server.press(mona, asked, "moderators"))
    asked = answer(await server.press(mona, asked, "flagged ones"))
    asked = answer(await server.press(mona, asked, "covered"))
    said = text_of(asked)
    assert "**Private images**: everybody → **moderators**" in said
    assert "**Spoilers**: not covered → **covered**" in said
    before = text_of(answer(await mona.slash(server.general, "channel show")))
    assert "set for the channel" not in before

    done = await server.press(mona, asked, "Apply")

    assert "is set up" in text_of(answer(done))
    shown = text_of(answer(await mona.slash(server.general, "channel show")))
    assert "**Private images**: moderators, who may manage messages · set for the channel" in shown
    assert "**Spoilers**: covered · set for the channel" in shown
    log = text_of(answer(await mona.slash(server.general, "moderation log")))
    assert log.count("changed rules") == 1


async def test_setting_up_is_for_who_manages_the_server_and_can_be_left(
    server: Server, mona: MemberActor
) -> None:
    asked = answer(await mona.slash(server.general, "channel setup"))

    other = answer(await mona.slash(server.general, "channel setup"))
    left = await server.press(mona, other, "Cancel")
    assert "Nothing was changed" in text_of(answer(left))
    await server.demote(mona)

    refused = await server.press(mona, asked, "off")

    assert "permission Manage Server" in text_of(answer(refused))


async def test_covered_pictures_are_covered_wherever_they_are_shown(
    server: Server, mona: MemberActor
) -> None:
    before = answer(await server.imagine("a red fox"))
    assert [item.spoiler for item in gallery_of(before)] == [False]
    await setting(server, mona, spoilers=True)

    shown = answer(await server.imagine("a blue fox", private=True))
    await server.press(server.alice, shown, "Share")

    assert [item.spoiler for item in gallery_of(shown)] == [True]
    shared = server.general.last_message
    assert shared is not None
    assert [item.spoiler for item in gallery_of(shared)] == [True]
    history = answer(await server.alice.slash(server.general, "history"))
    assert {thumbnail.spoiler for thumbnail in thumbnails_of(history)} == {True}
    gallery = answer(await server.alice.slash(server.general, "gallery"))
    assert {item.spoiler for item in gallery_of(gallery)} == {True}


async def test_a_forum_has_rules_which_its_posts_take(server: Server, mona: MemberActor) -> None:
    forum = server.guild.create_forum_channel("art")

    shown = answer(await mona.slash(server.general, "channel show", channel=forum))

    assert f"The rules of <#{forum.id}>" in text_of(shown)
