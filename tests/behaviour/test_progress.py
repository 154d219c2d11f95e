"""Waiting, as a member sees it."""

from sandbox.venice.server import VeniceStandIn
from tests.behaviour.server import Server, answer, gallery_of, painting, text_of


async def test_a_waiting_member_sees_where_the_job_stands_and_can_cancel(
    server: Server, venice: VeniceStandIn
) -> None:
    with painting(venice):
        result = await server.alice.slash(server.general, "imagine", prompt="a red fox", images=4)
        await venice.wait_for_requests(4, route="/image/generate")
        await server.app.board.tell_all()
        await server.env.settle()

        waiting = answer(result)
        assert "Painting: 0 of 4 there." in text_of(waiting)
        pressed = await server.alice.click(waiting, label="Cancel")

    assert pressed.ephemeral
    assert "What is being painted already will still be shown." in text_of(answer(pressed))
    await server.finish()
    assert len(gallery_of(answer(result))) == 4


async def test_a_stranger_cannot_cancel(server: Server, venice: VeniceStandIn) -> None:
    with painting(venice):
        result = await server.alice.slash(server.general, "imagine", prompt="a red fox")
        await venice.wait_for_requests(1, route="/image/generate")
        await server.app.board.tell_all()
        await server.env.settle()

        pressed = await server.bob.click(answer(result), label="Cancel")

    assert "Only the member who asked for this" in text_of(answer(pressed))
    await server.finish()
    assert len(gallery_of(answer(result))) == 1
