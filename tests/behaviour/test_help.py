"""What members see of `/help` and `/surprise`."""

import re

import discord

from bot.text.asking.surprises import SURPRISES
from tests.behaviour.server import (
    Server,
    answer,
    field_of,
    gallery_of,
    send_prompt,
    text_of,
)


async def test_help_says_what_a_member_can_do_here_to_them_alone(server: Server) -> None:
    result = await server.alice.slash(server.general, "help")

    assert result.ephemeral
    said = text_of(answer(result))
    assert re.search(r"with \d+ models and \d+ styles", said)
    assert "Today: **25 images** left of 25, 0 used." in said
    assert "Safe mode is on here" in said
    assert "`a {red,blue} fox`" in said
    for command in ("imagine", "quota", "preset", "defaults", "gallery", "edit", "cutout"):
        assert f"`/{command}` " in said
    assert "**Edit image**, **Upscale image**" in said
    assert "Paint a picture from a prompt" in said


async def test_help_leaves_out_what_a_direct_message_has_not(server: Server) -> None:
    said = text_of(answer(await server.alice.user.slash("help")))

    assert "`/history` " in said
    assert "`/gallery` " not in said


async def test_help_leads_to_the_models(server: Server) -> None:
    helped = answer(await server.alice.slash(server.general, "help"))

    shown = answer(await server.press(server.alice, helped, "Show the models"))

    assert "Page 1 of " in text_of(shown)


async def test_a_surprise_is_offered_before_anything_is_spent(server: Server) -> None:
    form = await server.alice.slash(server.general, "surprise")
    assert field_of(form)["value"] in SURPRISES
    assert isinstance(form.modal, dict)

    message = await send_prompt(server, server.alice, form)

    assert len(gallery_of(message)) == 1
    assert discord.utils.escape_markdown(field_of(form)["value"]) in text_of(message)


async def test_help_surprises_too(server: Server) -> None:
    helped = answer(await server.alice.slash(server.general, "help"))

    form = await server.alice.click(helped, label="Surprise me")

    assert field_of(form)["value"] in SURPRISES
