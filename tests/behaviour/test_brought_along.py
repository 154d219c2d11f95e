"""A member uses the bot that they have installed for themselves, where the server has not."""

import pytest

from bot.domain.ids import GuildId, UserId
from bot.domain.quotas.spender import Spender
from tests.behaviour.interactions import Altered
from tests.behaviour.server import Server, answer, buttons_of, gallery_of, text_of

ANSWER = "/webhooks/*/messages/*"
NOT_THIS_SERVER = "4711"


@pytest.fixture
def guest(server: Server, monkeypatch: pytest.MonkeyPatch) -> Server:
    """The server, which has not installed the bot; Alice has."""
    Altered(monkeypatch).brought_along_by(server.alice.id)
    return server


async def used(guest: Server, guild_id: GuildId | None) -> int:
    """How many images of today stand on Alice's account in a server, or on her own."""
    alice = Spender(user_id=UserId(guest.alice.id), guild_id=guild_id)
    [line] = (await guest.app.services.quota.status(alice)).lines
    return line.used


async def test_a_picture_is_painted_by_the_members_own_account(guest: Server) -> None:
    message = answer(await guest.imagine("a red fox"))

    assert len(gallery_of(message)) == 1
    assert await used(guest, None) == 1
    assert await used(guest, GuildId(guest.guild.id)) == 0


async def test_buttons_ask_by_the_same_account(guest: Server) -> None:
    message = answer(await guest.imagine("a red fox"))

    again = await guest.press(guest.alice, message, "Reroll")

    assert len(gallery_of(answer(again))) == 1
    assert await used(guest, None) == 2


async def test_a_late_result_goes_to_the_member_and_never_to_the_channel(guest: Server) -> None:
    with guest.refusing("PATCH", ANSWER, status=401, code=50027):
        await guest.imagine("a red fox")

    [message] = guest.alice.user.dm_channel.history()
    assert len(gallery_of(message)) == 1
    assert all(gallery_of(shown) == [] for shown in guest.general.history())


async def test_a_private_picture_has_nobody_to_be_shared_with(guest: Server) -> None:
    message = answer(await guest.imagine("a surprise", private=True))

    assert "Share" not in buttons_of(message)[0]


@pytest.mark.settings(allowed_guilds=NOT_THIS_SERVER)
async def test_the_operators_list_of_servers_holds_for_guests_too(guest: Server) -> None:
    refusal = await guest.imagine("a red fox")

    assert refusal.ephemeral
    assert "has not admitted this server" in text_of(answer(refusal))


async def test_defaults_of_a_server_that_has_not_the_bot_cannot_be_set(guest: Server) -> None:
    refusal = await guest.alice.slash(
        guest.general, "defaults set", scope="server", model="flux-2-pro"
    )

    assert "a server that has installed the bot" in text_of(answer(refusal))


async def test_help_names_only_what_can_be_used_here(guest: Server) -> None:
    message = answer(await guest.alice.slash(guest.general, "help"))

    assert "/imagine" in text_of(message)
    assert "/gallery" not in text_of(message)


async def test_history_shows_a_guests_pictures(guest: Server) -> None:
    await guest.imagine("a red fox")

    message = answer(await guest.alice.slash(guest.general, "history"))

    assert "a red fox" in text_of(message)


async def test_members_take_along_what_serves_them_and_not_what_is_the_servers(
    server: Server,
) -> None:
    tree = server.app.client.tree
    offered = {command.name: command.to_dict(tree) for command in tree.get_commands()}

    assert offered["imagine"]["integration_types"] == [0, 1]
    assert offered["imagine"]["contexts"] == [0, 1, 2]
    assert offered["gallery"]["integration_types"] == [0]
    assert offered["gallery"]["contexts"] == [0]
