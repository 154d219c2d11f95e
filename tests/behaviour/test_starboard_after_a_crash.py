"""What stands on a starboard after the bot died while it posted there."""

from dataclasses import replace

from simcord import ChannelHandle, MemberActor

from bot.domain.starboard import PostState
from bot.services.starboard.starboards import SWEEP_EVERY
from tests.behaviour.server import Server, answer, every_button_of
from tests.behaviour.test_starboard import (
    hall as hall,  # noqa: PLC0414 - a fixture
)
from tests.behaviour.test_starboard import (
    image_of,
    on_board,
    set_up,
    settled,
    standing,
    starred,
)
from tests.behaviour.test_starboard import (
    manager as manager,  # noqa: PLC0414 - a fixture
)


async def test_what_was_posted_before_a_crash_is_not_posted_again(
    server: Server, manager: MemberActor, hall: ChannelHandle
) -> None:
    await set_up(server, manager, hall, threshold=1)
    result = await starred(server)
    [shown] = on_board(server, hall)
    found = await standing(server, result)
    assert found is not None
    async with server.app.database.write() as tx:
        # As it stands where the process died after the message was sent.
        await tx.starboard.set_waiting(found.image_id, now=server.clock.now())
        await tx.starboard.begin(found.image_id, now=server.clock.now())

    await server.restart()
    await settled(server, SWEEP_EVERY)
    await settled(server, SWEEP_EVERY)

    assert [message.id for message in on_board(server, hall)] == [shown.id]
    found = await standing(server, result)
    assert found is not None
    assert (found.state, found.message_id) == (PostState.POSTED, shown.id)


async def test_what_was_begun_before_a_crash_is_not_taken_for_its_neighbour(
    server: Server, manager: MemberActor, hall: ChannelHandle
) -> None:
    await set_up(server, manager, hall, threshold=1)
    result = answer(await server.imagine("a red fox", images=2))
    ups = [each for each in every_button_of(result) if f"{each.emoji}" == "👍"]
    await server.bob.click(result, custom_id=ups[0].custom_id)
    await settled(server)
    [first] = on_board(server, hall)
    async with server.app.database.read() as tx:
        posted = await tx.starboard.find(image_of(ups[0]))
    assert posted is not None
    async with server.app.database.write() as tx:
        # As it stands where the process died before the message was sent.
        await tx.starboard.put_waiting(replace(posted, image_id=image_of(ups[1])))
        await tx.starboard.begin(image_of(ups[1]), now=server.clock.now())

    await server.restart()
    await settled(server, SWEEP_EVERY)
    await settled(server, SWEEP_EVERY)

    [_, second] = on_board(server, hall)
    assert second.attachments[0].filename != first.attachments[0].filename
