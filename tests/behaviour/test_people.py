"""Strikes and blocks, as moderators give them and members feel them."""

from datetime import timedelta

import discord
import pytest
from simcord import MemberActor
from simcord.results import InteractionResult

from tests.behaviour.server import Server, answer, buttons_of, every_button_of, text_of


@pytest.fixture
def mona(server: Server) -> MemberActor:
    return moderator(server, "mona", 5)


def moderator(server: Server, name: str, position: int) -> MemberActor:
    role = server.guild.create_role(
        f"role of {name}",
        permissions=discord.Permissions(moderate_members=True),
        position=position,
    )
    return server.guild.add_member(server.env.create_user(name), roles=[role])


async def strike(server: Server, by: MemberActor, member: MemberActor) -> InteractionResult:
    result = await by.slash(
        server.general, "moderation strike", member=member, reason="rude *prompts*"
    )
    await server.finish()
    return result


async def upvote(server: Server, member: MemberActor, message: discord.Message) -> str:
    [button] = [
        each for each in every_button_of(message) if f"{each.custom_id}".startswith("g1:upvote:")
    ]
    result = await member.click(message, custom_id=button.custom_id)
    await server.finish()
    return text_of(answer(result))


def letters_to(member: MemberActor) -> list[str]:
    return [text_of(message) for message in member.user.dm_channel.history()]


async def test_strikes_warn_then_pause_then_block(server: Server, mona: MemberActor) -> None:
    first = await strike(server, mona, server.alice)
    assert "has 1 strike that counts. That is a warning." in text_of(answer(first))
    assert first.ephemeral
    assert "You have got a strike in Venice" in letters_to(server.alice)[-1]
    assert "rude \\*prompts\\*" in letters_to(server.alice)[-1]
    assert "seed" in text_of(answer(await server.imagine("a fox")))

    await strike(server, mona, server.alice)
    third = await strike(server, mona, server.alice)
    assert "They are paused until" in text_of(answer(third))
    refused = await server.imagine("a fox")
    assert "Rule: `paused_for_strikes`" in text_of(answer(refused))

    await server.wait(timedelta(hours=25))
    assert "seed" in text_of(answer(await server.imagine("a fox")))

    await strike(server, mona, server.alice)
    await strike(server, mona, server.alice)
    blocked = await server.imagine("a fox")
    assert "You are blocked in this server until somebody lifts it" in text_of(answer(blocked))
    assert "Rule: `blocked`" in text_of(answer(blocked))
    assert "You are blocked in Venice" in letters_to(server.alice)[-1]


async def test_a_withdrawn_strike_lifts_the_block_that_rested_on_it(
    server: Server, mona: MemberActor
) -> None:
    await mona.slash(server.general, "moderation thresholds", warn=1, pause=1, block=2, days=7)
    await strike(server, mona, server.alice)
    shown = await strike(server, mona, server.alice)
    assert buttons_of(answer(shown)) == [["Withdraw 1", "Withdraw 2"]]
    await server.restart()

    await server.press(mona, answer(shown), "Withdraw 1")

    assert "has 1 strike" in text_of(answer(shown))
    assert "no longer blocked in Venice" in letters_to(server.alice)[-1]
    blocks = await mona.slash(server.general, "moderation blocks")
    assert "Nobody is blocked here." in text_of(answer(blocks))


async def test_roles_decide_who_may_be_struck(server: Server, mona: MemberActor) -> None:
    higher = moderator(server, "hedda", 9)

    for member, why in (
        (mona, "You cannot do that to yourself."),
        (higher, "highest role is not below yours"),
    ):
        assert why in text_of(answer(await strike(server, mona, member)))
    assert "has 1 strike" in text_of(answer(await strike(server, higher, mona)))


async def test_a_block_stops_what_waits_and_refunds_it(server: Server, mona: MemberActor) -> None:
    server.app.pool.drain()
    waiting = await server.alice.slash(server.general, "imagine", prompt="a fox", images=2)

    blocked = await mona.slash(
        server.general,
        "moderation block",
        member=server.alice,
        reason="spam",
        **{"for": "1d"},
    )
    await server.env.settle()

    assert "What they had waiting is refunded." in text_of(answer(blocked))
    assert "2 images were cancelled before they were sent. Not charged." in text_of(answer(waiting))
    assert "1 request that waited was cancelled" in letters_to(server.alice)[-1]
    async with server.app.database.read() as tx:
        assert await tx.ledger.wrong_balances() == []


async def test_a_block_ends_by_itself_or_is_lifted(server: Server, mona: MemberActor) -> None:
    image = answer(await server.imagine("a fox"))
    options = {"member": server.bob, "reason": "spam", "for": "1h"}
    await mona.slash(server.general, "moderation block", **options)
    shown = await mona.slash(server.general, "moderation blocks")
    assert f"<@{server.bob.id}> until" in text_of(answer(shown))

    assert "Rule: `blocked`" in await upvote(server, server.bob, image)
    await server.wait(timedelta(hours=2))
    assert "Rule: `blocked`" not in await upvote(server, server.bob, image)

    await mona.slash(server.general, "moderation block", **options)
    lifted = await mona.slash(server.general, "moderation unblock", member=server.bob)
    assert "no longer blocked" in text_of(answer(lifted))
    again = await mona.slash(server.general, "moderation unblock", member=server.bob)
    assert "is not blocked there" in text_of(answer(again))


async def test_a_member_who_takes_no_direct_messages_is_told_at_the_next_command(
    server: Server, mona: MemberActor
) -> None:
    server.env.inject_error("POST", "/users/@me/channels", status=403, code=50007, times=1)
    await strike(server, mona, server.alice)
    assert server.alice.user.dm_channel.history() == []

    result = await server.imagine("a fox")

    told = [text_of(each) for each in server.general.history(viewer=server.alice)]
    assert any("You have got a strike in Venice" in each for each in told)
    assert "seed" in text_of(answer(result))


async def test_only_the_bots_owner_blocks_everywhere(server: Server, mona: MemberActor) -> None:
    refused = await mona.slash(
        server.general,
        "moderation block",
        member=server.alice,
        reason="spam",
        scope="everywhere",
    )

    assert "Only the bot's owner can do that." in text_of(answer(refused))
    assert "seed" in text_of(answer(await server.imagine("a fox")))


async def test_a_block_by_the_owner_holds_in_every_server(server: Server) -> None:
    owner = moderator(server, "otto", 1)
    server.settings = server.settings.model_copy(update={"owner_ids": frozenset({owner.id})})
    await server.restart()

    blocked = await owner.slash(
        server.general,
        "moderation block",
        member=server.alice,
        reason="spam",
        scope="everywhere",
    )
    assert "blocked in all servers" in text_of(answer(blocked))
    refused = await server.imagine("a fox")
    assert "The bot's owner has blocked you" in text_of(answer(refused))
    await server.restart()
    again = await server.imagine("a fox")
    assert "Rule: `blocked`" in text_of(answer(again))
