"""`/imagine reference:`: the style of a picture that a member brings."""

import pytest

from sandbox.venice.server import VeniceStandIn
from tests.behaviour.server import Server, answer, buttons_of, gallery_of, text_of
from tests.behaviour.test_tools import upload

takes_references = pytest.mark.settings(default_model="krea-v2-large")


def references_sent(venice: VeniceStandIn) -> list[int]:
    """How many style references each painting was asked for with."""
    bodies = [each.body for each in venice.requests if each.route == "/image/generate"]
    return [len(references_in(body.get("style_references"))) for body in bodies]


def references_in(value: object) -> list[object]:
    return value if isinstance(value, list) else []


@takes_references
async def test_a_picture_gives_its_style(server: Server, venice: VeniceStandIn) -> None:
    result = await server.imagine("a lighthouse", reference=upload())

    assert "**a lighthouse**" in text_of(answer(result))
    assert len(gallery_of(answer(result))) == 1
    assert references_sent(venice) == [1]


@takes_references
async def test_every_prompt_of_the_braces_has_it(server: Server, venice: VeniceStandIn) -> None:
    await server.imagine("a {red,blue} lighthouse", reference=upload())

    assert references_sent(venice) == [1, 1]


@takes_references
async def test_a_reroll_and_a_remix_keep_it(server: Server, venice: VeniceStandIn) -> None:
    result = await server.imagine("a lighthouse", reference=upload())

    await server.press(server.bob, answer(result), "Reroll")
    form = await server.press(server.bob, answer(result), "Remix")
    await server.fill_in(server.bob, form, prompt="a windmill")

    assert references_sent(venice) == [1, 1, 1]


@takes_references
async def test_what_is_no_picture_is_refused_before_anything_is_fetched(
    server: Server, venice: VeniceStandIn
) -> None:
    result = await server.imagine("a lighthouse", reference=("notes.txt", b"no picture"))

    assert result.ephemeral
    assert references_sent(venice) == []


async def test_a_model_that_takes_none_asks_before_it_paints_without(
    server: Server, venice: VeniceStandIn
) -> None:
    asked = await server.imagine("a lighthouse", reference=upload())

    assert asked.ephemeral
    assert "`reference` has no effect on `" in text_of(answer(asked))
    assert references_sent(venice) == []

    [[label]] = buttons_of(answer(asked))
    painted = await server.press(server.alice, answer(asked), label)

    assert len(gallery_of(answer(painted))) == 1
    assert references_sent(venice) == [0]


async def test_a_remix_on_a_model_that_takes_references_uses_what_was_brought(
    server: Server, venice: VeniceStandIn
) -> None:
    asked = await server.imagine("a lighthouse", reference=upload())
    [[label]] = buttons_of(answer(asked))
    painted = await server.press(server.alice, answer(asked), label)

    form = await server.press(server.alice, answer(painted), "Remix")
    await server.fill_in(server.alice, form, prompt="a lighthouse", model="krea-v2-large")

    assert references_sent(venice) == [0, 1]
