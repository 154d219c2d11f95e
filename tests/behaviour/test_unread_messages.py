"""What members write to one another is none of the bot's business."""

from typing import Any

import discord

from tests.behaviour.server import Server


async def test_what_members_write_is_neither_read_nor_kept(server: Server) -> None:
    heard: list[Any] = []

    async def hear(told: Any) -> None:
        heard.append(told)

    client = server.app.client
    for event in ("on_message", "on_raw_message_edit"):
        client.add_listener(hear, event)
    written = await server.bob.send(server.general, "Have you seen the regatta?")
    await server.bob.edit(written, "Have you seen the regatta today?")
    await server.finish()

    assert heard == []
    assert list(client.cached_messages) == []


async def test_deleted_messages_are_heard_of(server: Server) -> None:
    heard: list[discord.RawMessageDeleteEvent] = []

    async def hear(told: discord.RawMessageDeleteEvent) -> None:
        heard.append(told)

    server.app.client.add_listener(hear, "on_raw_message_delete")
    written = await server.bob.send(server.general, "Have you seen the regatta?")
    await server.bob.delete(written)
    await server.finish()

    assert [each.message_id for each in heard] == [written.id]
