"""Battles of styles, as members start them, vote in them and see them end."""

import json
from datetime import timedelta
from typing import Any

import discord
import pytest
from simcord import MemberActor
from simcord.backend.serializers import message_payload
from simcord.results import InteractionResult

from bot.domain.ids import GuildId
from bot.domain.moderation.audit import Act
from sandbox.venice.faults import Answered, Fault, JsonBody
from sandbox.venice.server import VeniceStandIn
from tests.behaviour.server import (
    Server,
    answer,
    buttons_of,
    every_button_of,
    field_of,
    gallery_of,
    text_of,
)
from tests.behaviour.test_votes import newcomer

HOUR = timedelta(hours=1)
SECRETS = ("harbour", "attic", "zinnober", "aubergine", "turbo", "4711")
"""What would tell of a picture: names and templates of styles, the model, the seed."""

pytestmark = pytest.mark.usefixtures("styles")


@pytest.fixture
async def styles(server: Server) -> None:
    """Two styles of the server's, whose names and templates stand nowhere else."""
    role = server.guild.create_role("mayors", permissions=discord.Permissions(manage_guild=True))
    mayor = server.guild.add_member(server.env.create_user("marco"), roles=[role])
    for name, template in (("Harbour", "{prompt}, zinnober"), ("Attic", "{prompt}, aubergine")):
        await mayor.slash(server.general, "style add", name=name, template=template)


async def asked(server: Server, **options: Any) -> InteractionResult:
    wish = {"prompt": "a red fox --seed 4711", **options}
    return await server.alice.slash(server.general, "style battle", **wish)


async def started(server: Server, **options: Any) -> None:
    """Alice starts a battle, and the bot does all there is to do."""
    question = await asked(server, **options)
    [button] = every_button_of(answer(question))
    await server.alice.click(answer(question), custom_id=button.custom_id)
    await server.finish()


def public(server: Server) -> list[discord.Message]:
    """What everybody sees in the channel."""
    seen = server.general.history(viewer=server.bob)
    return [message for message in seen if not message.flags.ephemeral]


def battle_of(server: Server) -> discord.Message:
    """The message of the battle, as it is now."""
    return [message for message in public(server) if text_of(message).startswith("⚔️")][-1]


def others(server: Server) -> list[discord.Message]:
    """Everybody's other messages."""
    return [message for message in public(server) if not text_of(message).startswith("⚔️")]


async def press(server: Server, member: MemberActor, label: str) -> str:
    """A member presses a button of the battle; what the bot says to them."""
    result = await server.press(member, battle_of(server), label)
    return text_of(answer(result))


def seen_by_bob(server: Server) -> str:
    """Every message that a member can see, whole, as Discord has it."""
    backend = server.env.backend
    messages = backend.messages[server.general.id].values()
    payloads = [
        message_payload(backend, each) for each in messages if each.visible_to(server.bob.id)
    ]
    return json.dumps(payloads, default=str).casefold()


def leaks(server: Server) -> list[str]:
    """What members could learn of the pictures before the end."""
    seen = seen_by_bob(server)
    return [secret for secret in SECRETS if secret in seen]


def members(server: Server, count: int) -> list[MemberActor]:
    return [newcomer(server, f"voter-{number}") for number in range(count)]


async def counts_shown(server: Server) -> None:
    await server.app.vote_board.show_all()
    await server.finish()


async def test_a_whole_battle_with_a_restart_in_the_middle(
    server: Server, venice: VeniceStandIn
) -> None:
    question = await asked(server)
    assert question.ephemeral
    assert "**Attic** against **Harbour**: 2 images" in text_of(answer(question))
    assert painted(venice) == []
    [button] = every_button_of(answer(question))
    await server.alice.click(answer(question), custom_id=button.custom_id)
    await server.finish()
    assert "You are told there what comes of it." in text_of(answer(question))

    assert sorted(body["prompt"] for body in painted(venice)) == [
        "a red fox, aubergine",
        "a red fox, zinnober",
    ]
    assert {body["seed"] for body in painted(venice)} == {4711}
    assert len(gallery_of(battle_of(server))) == 2
    assert leaks(server) == []
    voters = members(server, 15)
    for voter in voters[:9]:
        assert "You voted for A." in await press(server, voter, "A")
    assert "Who starts a battle does not vote in it" in await press(server, server.alice, "A")
    await counts_shown(server)
    assert buttons_of(battle_of(server))[0] == ["A", "B", "9 votes"]

    await server.restart()

    assert "Your vote is for B now." in await press(server, voters[0], "B")
    for voter in voters[9:]:
        await press(server, voter, "B")
    await counts_shown(server)
    assert buttons_of(battle_of(server))[0] == ["A", "B", "15 votes"]
    assert leaks(server) == []
    history = await server.alice.slash(server.general, "history")
    assert "A picture in a battle that goes on" in text_of(answer(history))
    assert not [secret for secret in SECRETS if secret in text_of(answer(history)).casefold()]
    gallery = await server.bob.slash(server.general, "gallery")
    assert "There are no pictures yet." in text_of(answer(gallery))

    await server.wait(HOUR)
    message = battle_of(server)
    said = text_of(message)
    a, b = (line for line in said.splitlines() if "rating 1,500 → " in line)
    assert a.startswith("**A**")
    assert "8 votes (53%)" in a
    assert b.startswith("**B**")
    assert "7 votes (47%)" in b
    winner = "Harbour" if "Harbour" in a else "Attic"
    assert f"**{winner}** wins." in said
    assert [len(gallery.media.url) > 0 for gallery in gallery_of(message)] == [True] * 3
    assert buttons_of(message)[0][0] == "A · Remix"
    gallery = await server.bob.slash(server.general, "gallery")
    assert "zinnober" in text_of(answer(gallery))
    board = await server.bob.slash(server.general, "style leaderboard", of="battles")
    assert f"1. **{winner}** · " in text_of(answer(board))
    assert "· 1 battle" in text_of(answer(board))


def painted(venice: VeniceStandIn) -> list[dict[str, Any]]:
    """The bodies that asked for pictures."""
    return [dict(each.body) for each in venice.requests if each.route == "/image/generate"]


async def test_the_last_vote_that_is_wanted_closes_it(server: Server) -> None:
    await started(server, votes=2)
    one, other = members(server, 2)
    await press(server, one, "A")
    assert leaks(server) == []
    await press(server, other, "A")

    assert "**A**" in text_of(battle_of(server))
    assert "2 votes (100%)" in text_of(battle_of(server))
    await counts_shown(server)
    assert "2 votes (100%)" in text_of(battle_of(server))


async def test_a_battle_whose_time_passed_while_the_bot_was_down_closes_at_its_start(
    server: Server,
) -> None:
    await started(server, minutes=5)
    await press(server, server.bob, "B")
    server.clock.move(timedelta(minutes=10))
    await server.restart()
    await server.app.scheduler.look()
    await server.finish()

    assert "1 vote (100%)" in text_of(battle_of(server))


async def test_without_votes_the_ratings_stay(server: Server) -> None:
    await started(server)
    await server.wait(HOUR)

    assert "Nobody voted, so the ratings stay as they are." in text_of(battle_of(server))
    assert len(gallery_of(battle_of(server))) == 2
    assert leaks(server) == ["harbour", "attic"]


@pytest.mark.settings(daily_images_per_user=10)
async def test_one_picture_that_fails_calls_it_off_and_the_other_is_shown_and_paid(
    server: Server, venice: VeniceStandIn
) -> None:
    refusal = Answered(400, JsonBody({"error": "no"}))
    venice.faults.add(Fault(refusal, route="/image/generate", times=1))
    await started(server)
    await server.wait(timedelta(minutes=2))

    said = text_of(battle_of(server))
    assert "The battle is called off, and counts for nothing." in said
    assert "One of its pictures was not painted." in said
    assert "Not charged." in said
    [alone] = others(server)
    assert len(gallery_of(alone)) == 1
    assert "Remix" in buttons_of(alone)[0]
    quota = await server.alice.slash(server.general, "quota")
    assert "**9 images** left of 10, 1 used." in text_of(answer(quota))
    await server.wait(HOUR)
    assert "called off" in text_of(battle_of(server))


async def test_only_its_starter_or_a_moderator_calls_it_off(server: Server) -> None:
    await started(server)
    assert "Only the member who started this battle" in await press(server, server.bob, "Call off")

    moderator = server.add_moderator()
    assert "called off" in await press(server, moderator, "Call off")

    async with server.app.database.read() as tx:
        guild_id = GuildId(server.guild.id)
        [logged] = await tx.audit.latest(guild_id, act=Act.BATTLE_REMOVED, limit=2)
    assert (logged.user_id, logged.entry.subject) == (moderator.id, f"channel {server.general.id}")
    message = battle_of(server)
    assert "A moderator called it off." in text_of(message)
    assert gallery_of(message) == []
    assert others(server) == []
    history = await server.alice.slash(server.general, "history")
    assert "zinnober" in text_of(answer(history))


async def test_what_its_starter_calls_off_is_shown_as_ordinary_pictures(server: Server) -> None:
    await started(server)
    await press(server, server.alice, "Call off")

    assert "The member who started it called it off." in text_of(battle_of(server))
    assert [len(gallery_of(message)) for message in others(server)] == [1, 1]


async def test_a_picture_of_an_open_battle_can_be_reported_and_nothing_else(
    server: Server,
) -> None:
    await started(server)
    form = await server.bob.click(battle_of(server), label="Report B")
    assert form.modal is not None
    field = field_of(form)["custom_id"]
    sent = await server.fill_in(server.bob, form, **{field: "it has six legs"})

    assert "moderators" in text_of(answer(sent))
    assert leaks(server) == []


async def test_a_message_that_was_deleted_does_not_keep_a_battle_from_counting(
    server: Server,
) -> None:
    await started(server)
    await press(server, server.bob, "A")
    channel = server.app.client.get_partial_messageable(server.general.id)
    await channel.get_partial_message(battle_of(server).id).delete()
    await server.env.settle()
    await server.wait(HOUR)

    assert public(server) == []
    board = await server.bob.slash(server.general, "style leaderboard", of="battles")
    assert "· 1 battle" in text_of(answer(board))


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"a": "Harbour", "b": "harbour"}, "Both sides are the style `Harbour`."),
        ({"a": "Nowhere"}, "There is no style called `Nowhere`."),
        ({"prompt": "a {red, blue} fox"}, "these braces make several"),
        ({"prompt": "a fox --raw"}, "`--raw` leaves them out"),
        ({"prompt": "--ar 16:9"}, "The prompt is empty."),
    ],
)
async def test_what_makes_no_battle_is_told_in_a_sentence(
    server: Server, options: dict[str, str], sentence: str
) -> None:
    refused = await asked(server, **options)

    assert refused.ephemeral
    assert sentence in text_of(answer(refused))


async def test_a_style_that_is_named_meets_the_one_of_which_it_teaches_most(
    server: Server,
) -> None:
    question = await asked(server, a="Watercolor")

    assert "**Watercolor**" in text_of(answer(question))
    assert "**Harbour**" in text_of(answer(question)) or "**Attic**" in text_of(answer(question))
