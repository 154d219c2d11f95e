"""Limits and budgets as members and managers meet them."""

import asyncio

import pytest

from bot.domain.ids import GuildId
from bot.domain.quotas.limits import OF_THE_SERVER, Cap, Limits, LimitScope, LimitSource, Unit
from bot.domain.quotas.windows import DAY
from tests.behaviour.server import Server, answer, text_of


def images_a_day(most: int) -> Limits:
    return Limits(caps=(Cap(Unit.IMAGES, DAY, most),))


async def test_members_of_a_role_have_its_limit_and_see_where_it_comes_from(
    server: Server,
) -> None:
    guild_id = GuildId(server.guild.id)
    role = server.guild.create_role("artists")
    artist = server.guild.add_member(server.env.create_user("anna"), roles=[role])
    of_artists = LimitSource(LimitScope.ROLE, role.id)
    await server.app.services.limits.set_limits(guild_id, OF_THE_SERVER, images_a_day(1))
    await server.app.services.limits.set_limits(guild_id, of_artists, images_a_day(9))

    hers = text_of(answer(await artist.slash(server.general, "quota")))
    alices = text_of(answer(await server.alice.slash(server.general, "quota")))

    assert "**9 images** left of 9, 0 used." in hers
    assert f"(limit of <@&{role.id}>)" in hers
    assert "**1 image** left of 1" in alices
    assert "(limit of this server)" in alices


async def test_more_images_than_a_request_may_have_are_refused_privately(server: Server) -> None:
    await server.app.services.limits.set_limits(
        GuildId(server.guild.id), OF_THE_SERVER, Limits(images_per_request=2)
    )

    refused = await server.imagine("a red fox", images=3)

    assert refused.ephemeral
    assert "One request may have 2 images here, and this one has 3" in text_of(answer(refused))


@pytest.mark.settings(default_server_usd_per_day=0.01)
async def test_the_owner_is_told_that_the_servers_budget_is_nearly_spent(server: Server) -> None:
    await server.imagine("a red fox")

    async with asyncio.timeout(60):
        while not server.guild.owner.dm_channel.history():
            await server.env.settle()
    [message] = server.guild.owner.dm_channel.history()
    assert "This server has used $0.01 of its $0.01 for today." in text_of(message)

    refused = await server.imagine("another fox")
    assert "this server's budget has $0.00 left for today" in text_of(answer(refused))
    assert "Today:" in text_of(answer(await server.alice.slash(server.general, "quota")))
