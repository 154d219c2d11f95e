"""Every button under a result works after the bot was restarted."""

import pytest

from tests.behaviour.server import Server, answer, gallery_of, text_of


async def test_reroll(server: Server) -> None:
    message = answer(await server.imagine("a red fox"))
    await server.restart()

    again = await server.press(server.bob, message, "Reroll")

    assert len(gallery_of(answer(again))) == 1


async def test_remix(server: Server) -> None:
    message = answer(await server.imagine("a red fox"))
    await server.restart()

    form = await server.press(server.bob, message, "Remix")
    remixed = await server.fill_in(server.bob, form, prompt="a blue fox")

    assert "a blue fox" in text_of(answer(remixed))


@pytest.mark.parametrize("pictures", [1, 2])
async def test_vary(server: Server, pictures: int) -> None:
    message = answer(await server.imagine("a red fox", images=pictures))
    await server.restart()

    result = await server.press(server.bob, message, "Vary")
    if pictures > 1:
        await server.restart()
        result = await server.press(server.bob, answer(result), "2")

    assert len(gallery_of(answer(result))) == 1


async def test_favourite(server: Server) -> None:
    message = answer(await server.imagine("a red fox"))
    await server.press(server.bob, message, "Favourite")
    await server.restart()

    taken_back = await server.press(server.bob, message, "Favourite")

    assert "is no longer one of your favourites" in text_of(answer(taken_back))


async def test_share(server: Server) -> None:
    message = answer(await server.imagine("a surprise for Bob", private=True))
    await server.restart()

    await server.press(server.alice, message, "Share")

    [shared] = server.general.history(viewer=server.bob)
    assert len(gallery_of(shared)) == 1


async def test_details(server: Server) -> None:
    message = answer(await server.imagine("a red fox", seed=42))
    await server.restart()

    details = await server.press(server.bob, message, "Details")

    assert "seed 42" in text_of(answer(details))


async def test_delete(server: Server) -> None:
    message = answer(await server.imagine("a red fox"))
    await server.restart()

    question = await server.press(server.alice, message, "Delete")
    await server.restart()
    await server.press(server.alice, answer(question), "Delete for good")

    assert server.general.history(viewer=server.bob) == []


async def test_report(server: Server) -> None:
    message = answer(await server.imagine("a red fox"))
    await server.restart()

    form = await server.press(server.bob, message, "Report")
    thanks = await server.fill_in(server.bob, form, reason="it shows me")

    assert "Thank you." in text_of(answer(thanks))


async def test_a_restart_between_two_presses_makes_them_two(server: Server) -> None:
    message = answer(await server.imagine("a red fox"))
    await server.press(server.bob, message, "Reroll")
    await server.restart()

    await server.press(server.bob, message, "Reroll")

    assert len(server.general.history()) == 3
