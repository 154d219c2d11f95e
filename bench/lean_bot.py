"""The floor: the least a bot can do. Defer, one call for the bytes, one edit."""

import asyncio
import io
import os

import aiohttp
import discord
import uvloop
import yarl

VENICE = f"{os.environ['VENICE_BASE_URL']}/image/generate"
KEY = {"Authorization": f"Bearer {os.environ['VENICE_API_KEY']}"}
discord.http.Route.BASE = os.environ["DISCORD_API_URL"]
discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(os.environ["DISCORD_GATEWAY_URL"])
client = discord.Client(intents=discord.Intents(guilds=True))
tree = discord.app_commands.CommandTree(client)


async def paint(venice: aiohttp.ClientSession, prompt: str) -> discord.File:  # noqa: D103 - lean
    body = {"model": "z-image-turbo", "prompt": prompt, "return_binary": True}
    async with venice.post(VENICE, json=body, headers=KEY) as answer:
        return discord.File(io.BytesIO(await answer.read()), "picture.png")


async def main() -> None:  # noqa: D103 - lean
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as venice, client:

        @tree.command(description="Paint")
        async def imagine(interaction: discord.Interaction, prompt: str, images: int = 1) -> None:
            await interaction.response.defer(thinking=True)
            files = await asyncio.gather(*(paint(venice, prompt) for _ in range(images)))
            await interaction.edit_original_response(attachments=files)

        await client.login(os.environ["DISCORD_TOKEN"])
        await tree.sync()
        await client.connect()


uvloop.run(main())
