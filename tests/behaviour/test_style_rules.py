"""Merging styles, and saying who may take part, as a server's managers do it."""

import discord
import pytest
from simcord import MemberActor

from sandbox.venice.server import VeniceStandIn
from tests.behaviour.server import Server, answer, buttons_of, every_button_of, text_of
from tests.behaviour.test_styles import add, painted
from tests.behaviour.test_votes import newcomer, vote

ROLE = "Only members with the role <@&{role}> may {do} here: that is the rule `{rule}` of"


@pytest.fixture
def mayor(server: Server) -> MemberActor:
    granted = discord.Permissions(manage_guild=True, moderate_members=True, manage_messages=True)
    role = server.guild.create_role("mayors", permissions=granted)
    return server.guild.add_member(server.env.create_user("marco"), roles=[role])


async def rule(server: Server, mayor: MemberActor, name: str, **options: object) -> str:
    said = await mayor.slash(server.general, "style rules", rule=name, **options)
    return text_of(answer(said))


async def logged(server: Server, mayor: MemberActor) -> str:
    return text_of(answer(await mayor.slash(server.general, "moderation log")))


async def test_a_style_is_merged_and_everything_that_named_it_goes_on(
    server: Server, mayor: MemberActor, venice: VeniceStandIn
) -> None:
    await add(server, mayor, "Attic", "{prompt}, dust")
    await add(server, mayor, "Harbour", "{prompt}, oils")
    picture = await server.imagine("a red fox", style="Attic")
    await vote(server, server.bob, answer(picture), "👍")
    await server.alice.slash(server.general, "preset save", name="mine", style="Attic")

    wish = {"prompt": "a fox", "a": "Attic", "b": "Harbour"}
    asked = await server.alice.slash(server.general, "style battle", **wish)

    options = {"from": "attic", "into": "harbour"}
    refused = await server.bob.slash(server.general, "style merge", **options)
    assert "Only members who may manage the server" in text_of(answer(refused))
    question = await mayor.slash(server.general, "style merge", **options)
    assert "Merge `Attic` into `Harbour`? This cannot be undone." in text_of(answer(question))
    assert "1 vote for `Attic` counts for `Harbour` then." in text_of(answer(question))
    assert "1 preset of members here names `Attic`" in text_of(answer(question))
    await server.restart()
    await server.press(mayor, answer(question), "Merge Attic into Harbour")

    assert "`Attic` is merged into `Harbour`." in text_of(answer(question))
    assert buttons_of(answer(question)) == []
    [start] = every_button_of(answer(asked))
    refused = await server.alice.click(answer(asked), custom_id=start.custom_id)
    await server.finish()
    assert "Both sides are the style `Harbour`." in text_of(answer(refused))
    await vote(server, newcomer(server, "carol"), answer(picture), "👎")
    await server.restart()
    explained = await server.alice.slash(server.general, "style explain", style="Attic")
    assert "The votes for Harbour" in text_of(answer(explained))
    assert "2 votes in all: 👍 1 · 👎 1" in text_of(answer(explained))
    await server.imagine("a grey fox", preset="mine")
    assert painted(venice)["prompt"] == "a grey fox, oils"
    renamed = await mayor.slash(server.general, "style rename", name="Attic", new_name="Loft")
    assert "The style `Attic` was merged into another" in text_of(answer(renamed))
    log = await logged(server, mayor)
    assert "merged a style into another: `Attic` · `into Harbour`" in log
    assert "added a style: `Harbour`" in log


async def test_only_those_vote_whom_the_rules_let_vote_when_they_press(
    server: Server, mayor: MemberActor
) -> None:
    picture = await server.imagine("a red fox")
    voters = server.guild.create_role("voters")

    shown = await rule(server, mayor, "vote", role=voters)

    assert f"Members with <@&{voters.id}> may vote" in shown
    refused = await vote(server, server.bob, answer(picture), "👍")
    assert ROLE.format(
        role=voters.id, do="vote on pictures, in battles, in rounds and in contests", rule="vote"
    ) in text_of(answer(refused))
    carol = server.guild.add_member(server.env.create_user("carol"), roles=[voters])
    for member in (carol, mayor):
        voted = await vote(server, member, answer(picture), "👍")
        assert "You voted for this picture." in text_of(answer(voted))

    await server.restart()
    assert "vote on pictures" in text_of(
        answer(await vote(server, server.bob, answer(picture), "👎"))
    )
    await rule(server, mayor, "vote", who="everybody")
    voted = await vote(server, server.bob, answer(picture), "👍")
    assert "You voted for this picture." in text_of(answer(voted))
    log = await logged(server, mayor)
    assert f"changed who may take part: `vote` · `role {voters.id}`" in log
    assert "changed who may take part: `vote` · `everybody`" in log


async def test_who_begins_what_is_a_rule_of_its_own(server: Server, mayor: MemberActor) -> None:
    for name in ("Attic", "Harbour"):
        await add(server, mayor, name, "{prompt}, oils")
    asked = await server.alice.slash(server.general, "style battle", prompt="a red fox")
    hosts = server.guild.create_role("hosts", permissions=discord.Permissions(send_messages=True))
    hana = server.guild.add_member(server.env.create_user("hana"), roles=[hosts])

    assert "Name a `rule:`" in await rule(server, mayor, "start_battles")
    await rule(server, mayor, "start_battles", who="managers")
    for name in ("open_rounds", "open_contests"):
        await rule(server, mayor, name, role=hosts)

    [button] = every_button_of(answer(asked))
    pressed = await server.alice.click(answer(asked), custom_id=button.custom_id)
    await server.finish()
    assert "Only members who may manage the server may start battles here" in text_of(
        answer(pressed)
    )
    theme = {"theme": "winter nights"}
    refused = await server.bob.slash(server.general, "contest open", **theme)
    assert f"<@&{hosts.id}> may open contests here" in text_of(answer(refused))
    refused = await hana.slash(server.general, "contest open", prize_images="5", **theme)
    assert "Only members who may manage the server" in text_of(answer(refused))
    elsewhere = server.guild.create_text_channel("news")
    refused = await hana.slash(server.general, "contest open", channel=elsewhere, **theme)
    assert "Only members who may manage the server" in text_of(answer(refused))
    await mayor.slash(server.general, "moderation terms add", term="grommet")
    refused = await hana.slash(server.general, "contest open", theme="a grommet in winter")
    assert "blocked" in text_of(answer(refused))
    opened = await hana.slash(server.general, "contest open", **theme)
    assert "The contest is open in" in text_of(answer(opened))
    refused = await hana.slash(server.general, "style round open", default=True, **theme)
    assert "Only members who may manage the server" in text_of(answer(refused))
    opened = await hana.slash(server.general, "style round open", **theme)
    await server.finish()
    assert "winter nights" in text_of(answer(opened))
    await rule(server, mayor, "propose", who="managers")
    options = {"name": "Ice", "template": "{prompt}, ice"}
    refused = await server.bob.slash(server.general, "style round propose", **options)
    assert "may propose styles in rounds here" in text_of(answer(refused))
