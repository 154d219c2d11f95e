"""The log of rules and moderators: found again, handed out, and told in a channel."""

import csv
import io
from datetime import timedelta

import discord
import pytest
import structlog
from simcord import ChannelHandle, MemberActor

from bot.services.moderation.audit_reader import ACTS_SHOWN
from tests.behaviour.server import Server, answer, buttons_of, text_of


@pytest.fixture
def mona(server: Server) -> MemberActor:
    """A manager of the server, who is a moderator too."""
    role = server.guild.create_role(
        "managers",
        permissions=discord.Permissions(
            manage_guild=True,
            manage_channels=True,
            manage_messages=True,
            moderate_members=True,
            send_messages=True,
        ),
    )
    return server.guild.add_member(server.env.create_user("mona"), roles=[role])


@pytest.fixture
def mods(server: Server) -> ChannelHandle:
    return server.guild.create_text_channel("moderators")


async def block(server: Server, mona: MemberActor, term: str = "grim") -> None:
    await mona.slash(server.general, "moderation terms add", term=term)


async def log(server: Server, mona: MemberActor, **filters: object) -> discord.Message:
    await server.app.services.moderation.log.look()
    return answer(await mona.slash(server.general, "moderation log", **filters))


async def told(server: Server, mods: ChannelHandle, *, after: timedelta) -> str:
    """What stands in the log channel once time has passed."""
    server.clock.move(after)
    await server.app.services.moderation.log.look()
    await server.finish()
    return "\n".join(text_of(message) for message in mods.history())


async def test_the_log_has_what_the_rules_refused_and_is_filtered(
    server: Server, mona: MemberActor
) -> None:
    await block(server, mona)
    for _ in range(3):
        await server.imagine("a grim king")

    said = text_of(await log(server, mona))
    assert f"<@{server.alice.id}> was refused by a rule: <#{server.general.id}>" in said
    assert "`blocked_term` · 3 times" in said
    assert "king" not in said
    refusals = text_of(await log(server, mona, act="refused"))
    assert "blocked a term" not in refusals
    assert "blocked_term" in refusals
    of_mona = text_of(await log(server, mona, member=mona, days=1))
    assert "blocked a term" in of_mona
    assert "refused" not in of_mona
    assert "Nothing in the log fits" in text_of(await log(server, mona, text="nothing such"))
    assert "refused" in text_of(await log(server, mona, channel=server.general))
    assert "is called `nonsense`" in text_of(await log(server, mona, act="nonsense"))


async def test_pages_are_turned_and_handed_out_after_a_restart_by_moderators_alone(
    server: Server, mona: MemberActor
) -> None:
    await block(server, mona, "=formula")
    for number in range(ACTS_SHOWN):
        await block(server, mona, f"term {number}")
    page = await log(server, mona)
    assert "formula" not in text_of(page)
    await server.restart()

    second = answer(await server.press(mona, page, "Next"))
    assert "formula" in text_of(second)
    table = answer(await server.press(mona, second, "As a table"))

    [file] = table.attachments
    rows = list(csv.DictReader(io.StringIO((await file.read()).decode())))
    assert len(rows) == ACTS_SHOWN + 1
    assert {row["mention"] for row in rows} == {f"<@{mona.id}>"}
    assert rows[-1]["subject"] == "'=formula"
    await server.demote(mona)
    refused = answer(await server.press(mona, second, "As a table"))
    assert "permission Timeout Members" in text_of(refused)


async def test_a_channel_is_told_of_acts_at_once_and_of_refusals_with_their_number(
    server: Server, mona: MemberActor, mods: ChannelHandle
) -> None:
    chosen = await mona.slash(server.general, "server log-channel", channel=mods)
    assert f"told in <#{mods.id}> from now on" in text_of(answer(chosen))
    await mona.slash(
        server.general, "channel pause", scope="channel", reason="@everyone <@1> a raid"
    )
    for _ in range(2):
        await server.imagine("a red fox")

    first = await told(server, mods, after=timedelta(seconds=1))
    assert "paused" in first
    assert "@everyone" not in first
    assert "refused" not in first
    await server.restart()
    both = await told(server, mods, after=timedelta(minutes=6))
    assert "`paused` · 2 times" in both
    assert await told(server, mods, after=timedelta(minutes=6)) == both
    assert not any(message.mention_everyone for message in mods.history())


async def test_what_did_not_get_through_is_told_later(
    server: Server, mona: MemberActor, mods: ChannelHandle
) -> None:
    await mona.slash(server.general, "server log-channel", channel=mods)
    # Not one of those that discord.py tries again by itself, which takes its time.
    server.env.inject_error("POST", f"/channels/{mods.id}/messages", status=400, times=1)
    assert await told(server, mods, after=timedelta(seconds=1)) == ""
    await server.restart()

    assert "chose the log channel" in await told(server, mods, after=timedelta(minutes=2))


async def test_a_channel_that_is_gone_is_told_of_once_and_turned_off(
    server: Server, mona: MemberActor, mods: ChannelHandle
) -> None:
    await mona.slash(server.general, "server log-channel", channel=mods)
    server.env.inject_error(
        "POST", f"/channels/{mods.id}/messages", status=404, code=10003, times=2
    )

    with structlog.testing.capture_logs() as logs:
        for _ in range(2):
            await told(server, mods, after=timedelta(minutes=2))
            await block(server, mona)

    assert [line["event"] for line in logs].count("log_channel_lost") == 1
    assert "chose the log channel" in text_of(await log(server, mona))


async def test_a_moderator_who_deletes_a_result_is_in_the_log(
    server: Server, mona: MemberActor
) -> None:
    shown = answer(await server.imagine("a red fox"))
    question = await server.press(mona, shown, "Delete")
    await server.press(mona, answer(question), "Delete for good")

    said = text_of(await log(server, mona))

    assert f"<@{mona.id}> deleted a member's result: <#{server.general.id}>" in said
    assert "fox" not in said


async def test_the_log_channel_can_be_given_up(
    server: Server, mona: MemberActor, mods: ChannelHandle
) -> None:
    await mona.slash(server.general, "server log-channel", channel=mods)
    given_up = await mona.slash(server.general, "server log-channel")

    assert "told nowhere from now on" in text_of(answer(given_up))
    assert await told(server, mods, after=timedelta(minutes=6)) == ""
    assert buttons_of(await log(server, mona)) == [["As a table"]]
