"""How a result finds its member when the ordinary way is closed, and after a restart."""

import contextlib
from collections.abc import Iterator

from bot.settings import Settings
from sandbox.venice.server import VeniceStandIn
from tests.behaviour.server import Server, answer, gallery_of, open_server, text_of

ANSWER = "/webhooks/*/messages/*"
INVALID_TOKEN = 50027
MISSING_ACCESS = 50001
UNKNOWN_MESSAGE = 10008


@contextlib.contextmanager
def nothing_can_be_shown(server: Server) -> Iterator[None]:
    """The answer is gone, and the channel is closed to the bot."""
    with (
        server.refusing("PATCH", ANSWER, status=404, code=UNKNOWN_MESSAGE),
        server.refusing("POST", "/channels/*/messages", status=403, code=MISSING_ACCESS),
    ):
        yield


async def test_a_dead_token_sends_the_result_to_the_channel(server: Server) -> None:
    with server.refusing("PATCH", ANSWER, status=401, code=INVALID_TOKEN):
        await server.imagine("a red fox at dawn")

    message = server.general.last_message
    assert message is not None
    assert len(gallery_of(message)) == 1


async def test_a_private_result_without_its_token_goes_to_the_member_alone(
    server: Server,
) -> None:
    with server.refusing("PATCH", ANSWER, status=404, code=UNKNOWN_MESSAGE):
        await server.imagine("a surprise for Bob", private=True)

    assert server.general.history(viewer=server.bob) == []
    [message] = server.alice.user.dm_channel.history()
    assert len(gallery_of(message)) == 1


async def test_a_result_that_cannot_be_shown_is_refunded_and_told_at_the_next_command(
    server: Server,
) -> None:
    with nothing_can_be_shown(server):
        await server.imagine("a red fox", images=2)

    quota = await server.alice.slash(server.general, "quota")

    assert "25 images" in text_of(answer(quota))
    [notice] = quota.followups
    assert notice.ephemeral
    assert "could not be shown. They were not charged to you." in text_of(notice.message)


async def test_a_waiting_notice_does_not_take_the_place_of_the_next_result(
    server: Server,
) -> None:
    with nothing_can_be_shown(server):
        await server.imagine("a red fox")

    result = await server.imagine("another fox")

    assert len(gallery_of(answer(result))) == 1
    [notice] = result.followups
    assert notice.ephemeral


async def test_a_stopping_bot_says_so_and_paints_nothing(
    settings: Settings, venice: VeniceStandIn
) -> None:
    async with open_server(settings) as server:
        server.app.stop_accepting()
        await server.app.drained()
        result = await server.alice.slash(server.general, "imagine", prompt="too late")
        assert "just starting or stopping" in text_of(answer(result))

    assert [request for request in venice.requests if request.route == "/image/generate"] == []
