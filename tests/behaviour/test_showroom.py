"""What members see of `/models` and `/styles`."""

from sandbox.venice.server import VeniceStandIn
from tests.behaviour.server import (
    Server,
    answer,
    every_button_of,
    gallery_of,
    send_prompt,
    text_of,
)


async def test_models_are_shown_with_price_size_and_limits_to_the_member_alone(
    server: Server,
) -> None:
    result = await server.alice.slash(server.general, "models", text="turbo")

    assert result.ephemeral
    said = text_of(answer(result))
    assert "**Z-Image Turbo** `z-image-turbo`" in said
    assert "$0.01 an image · any size up to 1280×1280 pixels, in steps of 8" in said
    assert "prompts up to 7500 characters" in said


async def test_leafing_through_the_models(server: Server) -> None:
    first = answer(await server.alice.slash(server.general, "models"))
    assert "Page 1 of " in text_of(first)

    second = answer(await server.press(server.alice, first, "Next"))

    assert "Page 2 of " in text_of(second)
    assert text_of(second) != text_of(first)
    assert text_of(answer(await server.press(server.alice, second, "Back"))) == text_of(first)


async def test_filters_that_leave_nothing_say_so(server: Server) -> None:
    result = await server.alice.slash(server.general, "models", text="no such model")

    assert "Nothing fits." in text_of(answer(result))


async def test_a_model_begins_a_prompt(server: Server) -> None:
    listed = answer(await server.alice.slash(server.general, "models", text="venice-sd35"))

    form = await server.alice.click(listed, label="Paint with it")
    assert form.modal is not None
    assert form.modal["title"] == "Venice SD35"
    message = await send_prompt(server, server.alice, form, "a red fox")

    assert len(gallery_of(message)) == 1
    assert "Venice SD35 · " in text_of(message)


async def test_a_style_begins_a_prompt(server: Server) -> None:
    listed = answer(await server.alice.slash(server.general, "styles", text="film noir"))

    form = await server.alice.click(listed, label="Paint with it")
    message = await send_prompt(server, server.alice, form, "a red fox")

    assert "1024×1024 · Film Noir · " in text_of(message)


async def test_what_a_form_asks_is_refused_like_any_other_request(
    server: Server, venice: VeniceStandIn
) -> None:
    listed = answer(await server.alice.slash(server.general, "models", text="venice-sd35"))
    form = await server.alice.click(listed, label="Paint with it")

    message = await send_prompt(server, server.alice, form, "x" * 1_501)

    assert "this model takes 1500. Please shorten it." in text_of(message)
    assert [request for request in venice.requests if request.route == "/image/generate"] == []


async def test_leafing_through_the_styles(server: Server) -> None:
    first = answer(await server.alice.slash(server.general, "styles"))
    second = answer(await server.press(server.alice, first, "Next"))

    assert "Page 2 of " in text_of(second)
    assert len(every_button_of(second)) == 7
