"""What a member is told who can have no picture now, or not this one."""

import re

import pytest

from bot.domain.jobs.cooldown import MOST_FAILURES
from sandbox.venice.faults import Answered, Fault, JsonBody
from sandbox.venice.server import VeniceStandIn
from tests.behaviour.server import Server, answer, gallery_of, painting, text_of


def until(text: str) -> bool:
    """Whether a sentence says when, in the reader's own time."""
    return bool(re.search(r"<t:\d+:t> \(<t:\d+:R>\)", text))


@pytest.mark.settings(max_queued_jobs=1, max_running_per_member=1)
async def test_a_full_queue_says_how_many_wait(server: Server, venice: VeniceStandIn) -> None:
    with painting(venice):
        first = await server.alice.slash(server.general, "imagine", prompt="a red fox")
        await venice.wait_for_requests(1, route="/image/generate")

        refused = await server.bob.slash(server.general, "imagine", prompt="a heron")
        again = await server.bob.slash(server.general, "imagine", prompt="a heron")

    said = text_of(answer(refused))
    assert "The queue is full: 1 request is waiting." in said
    assert "Nothing was charged." in said
    assert again.ephemeral
    await server.finish()
    assert len(gallery_of(answer(first))) == 1


@pytest.mark.settings(max_queued_per_member=1)
async def test_a_member_with_much_waiting_is_told_so(server: Server, venice: VeniceStandIn) -> None:
    with painting(venice):
        await server.alice.slash(server.general, "imagine", prompt="a red fox")
        await venice.wait_for_requests(1, route="/image/generate")

        refused = await server.alice.slash(server.general, "imagine", prompt="a heron")

    assert "You have 1 request waiting" in text_of(answer(refused))
    await server.finish()


@pytest.mark.settings(request_pause_s=3_600)
async def test_who_asks_again_too_soon_is_told_from_when(server: Server) -> None:
    await server.imagine("a red fox")

    refused = await server.imagine("a heron")

    said = text_of(answer(refused))
    assert "There has to be a pause between your requests." in said
    assert until(said)


async def test_who_is_refused_ten_times_in_a_minute_is_paused_until_a_time(
    server: Server, venice: VeniceStandIn
) -> None:
    refusal = Answered(400, JsonBody({"error": "Prompt is not acceptable"}))
    venice.faults.add(Fault(refusal, route="/image/generate", times=MOST_FAILURES))
    for number in range(MOST_FAILURES):
        await server.imagine(f"a fox {number}")

    refused = await server.imagine("a heron")

    said = text_of(answer(refused))
    assert "Many of your last requests were refused" in said
    assert until(said)
    others = await server.bob.slash(server.general, "imagine", prompt="a heron")
    await server.finish()
    assert "paused" not in text_of(answer(others))


@pytest.mark.settings(daily_usd_bot_limit=0.02)
async def test_what_a_budget_has_room_for_is_named(server: Server) -> None:
    refused = await server.imagine("a red fox", model="z-image-turbo", images=4)

    assert "2 images would fit." in text_of(answer(refused))


@pytest.mark.settings(daily_images_per_user=3)
async def test_what_a_quota_has_room_for_is_named(server: Server) -> None:
    refused = await server.imagine("a red fox", images=4)

    assert "You have 3 images left for today and asked for 4." in text_of(answer(refused))


async def test_a_waiting_member_behind_a_flood_is_told_the_place_in_turn(
    server: Server, venice: VeniceStandIn
) -> None:
    """Alice asks for six, Bob for one: his is the next but one at most."""
    with painting(venice):
        for number in range(6):
            await server.alice.slash(server.general, "imagine", prompt=f"a fox {number}", images=4)
        await venice.wait_for_requests(4, route="/image/generate")

        result = await server.bob.slash(server.general, "imagine", prompt="a heron", images=1)
        await server.app.board.tell_all()
        await server.env.settle()
        said = text_of(answer(result))

    assert "behind" not in said
    await server.finish()
    assert len(gallery_of(answer(result))) == 1
