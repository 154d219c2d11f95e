"""A bot of a few commands that says what discord.py makes of the loopback Discord.

As a process: `python -m tests.wire.tiny_bot`, with the settings that the real bot takes too.
"""

import asyncio
import io
import os
import sys

import discord
import yarl
from discord import app_commands
from discord.gateway import DiscordWebSocket
from discord.http import Route
from PIL import Image

MODELS = ("flux-dev", "flux-pro", "lustify")
READY_LINE = "tiny bot is ready"
AGAIN = "tiny:again"
PROMPT_FIELD = "tiny:prompt"
PICTURE_SIZE = (48, 32)
_NONCE = "one-announcement"


def picture() -> bytes:
    """A small PNG."""
    buffer = io.BytesIO()
    Image.new("RGB", PICTURE_SIZE, "firebrick").save(buffer, "PNG")
    return buffer.getvalue()


class TinyBot(discord.Client):
    """Registers its commands on start."""

    def __init__(self) -> None:
        intents = discord.Intents(guilds=True, guild_messages=True)
        super().__init__(intents=intents, guild_ready_timeout=0.05)
        self.tree = app_commands.CommandTree(self)
        self.tree.add_command(paint)
        self.tree.add_command(announce)

    async def setup_hook(self) -> None:
        # By its custom id, so that a click finds it however soon it comes after the edit.
        self.add_view(Painting(""))
        await self.tree.sync()

    async def on_ready(self) -> None:
        sys.stdout.write(f"{READY_LINE}: {self.user}\n")
        sys.stdout.flush()


class Painting(discord.ui.LayoutView):
    """A gallery of one picture, its prompt, and a button."""

    def __init__(self, prompt: str) -> None:
        super().__init__(timeout=None)
        self.add_item(discord.ui.TextDisplay(prompt))
        self.add_item(discord.ui.MediaGallery(discord.MediaGalleryItem("attachment://fox.png")))
        self.add_item(discord.ui.ActionRow(Again()))


class Again(discord.ui.Button[Painting]):
    """Asks for another prompt."""

    def __init__(self) -> None:
        super().__init__(label="Again", emoji="🎲", custom_id=AGAIN)

    async def callback(self, interaction: discord.Interaction) -> None:
        await interaction.response.send_modal(AnotherPrompt())


class AnotherPrompt(discord.ui.Modal):
    """A modal of one text field."""

    def __init__(self) -> None:
        super().__init__(title="Again", timeout=60)
        self._field = discord.ui.TextInput[discord.ui.Modal](custom_id=PROMPT_FIELD, max_length=100)
        self.add_item(discord.ui.Label(text="Prompt", component=self._field))

    async def on_submit(self, interaction: discord.Interaction) -> None:
        view = Painting(self._field.value)
        await interaction.response.edit_message(view=view, attachments=[_file(picture())])


@app_commands.command(description="Paint a picture")
async def paint(
    interaction: discord.Interaction,
    prompt: str,
    model: str = MODELS[0],
    private: bool = False,
    reference: discord.Attachment | None = None,
) -> None:
    """Defer, then fill the answer with the picture, by the id that the defer gave."""
    answer = await interaction.response.defer(ephemeral=private, thinking=True)
    data = picture() if reference is None else await reference.read()
    assert answer is not None
    assert answer.message_id is not None
    await interaction.followup.edit_message(
        answer.message_id, view=Painting(f"{prompt} by {model}"), attachments=[_file(data)]
    )


@paint.autocomplete("model")
async def complete_model(_: discord.Interaction, current: str) -> list[app_commands.Choice[str]]:
    """The models whose names begin so."""
    return [
        app_commands.Choice(name=model, value=model)
        for model in MODELS
        if model.startswith(current)
    ]


@app_commands.command(description="Say something in the channel, once")
async def announce(interaction: discord.Interaction, text: str) -> None:
    """Send the same message twice, as a retry does, and tell whether it is one."""
    await interaction.response.defer(ephemeral=True)
    assert isinstance(interaction.channel, discord.TextChannel)
    first = await interaction.channel.send(text, nonce=_NONCE)
    second = await interaction.channel.send(text, nonce=_NONCE)
    await interaction.followup.send("one message" if first == second else "two messages")


def use_servers(*, api_url: str, gateway_url: str) -> None:
    """Send discord.py elsewhere, for the whole process."""
    Route.BASE = api_url
    DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(gateway_url)


def _file(data: bytes) -> discord.File:
    return discord.File(io.BytesIO(data), filename="fox.png", description="A red fox")


async def _main() -> None:
    use_servers(
        api_url=os.environ["DISCORD_API_URL"], gateway_url=os.environ["DISCORD_GATEWAY_URL"]
    )
    async with TinyBot() as bot:
        await bot.start(os.environ["DISCORD_TOKEN"])


if __name__ == "__main__":
    asyncio.run(_main())
