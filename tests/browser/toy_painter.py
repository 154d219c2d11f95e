"""A bot as small as a painting bot can be: it answers at once and delivers its picture later."""

import asyncio
import contextvars
import io
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import discord
from discord import app_commands
from discord.ext import commands
from PIL import Image

PICTURE_SIZE_PX = (512, 384)

_MODELS = ("qwen-image", "flux-dev", "flux-pro")


def draw_picture(colour: str = "#c2571a") -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", PICTURE_SIZE_PX, colour).save(buffer, "PNG")
    return buffer.getvalue()


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be painted, and the message that waits for it."""

    title: str
    spoiler: bool
    answer: discord.Webhook
    message_id: int


class Studio:
    """Paints outside the simulation, when it is told to: ``finish`` delivers the oldest order."""

    def __init__(self) -> None:
        self.orders: asyncio.Queue[Order] = asyncio.Queue()
        self.delivery_context = contextvars.Context()
        self._finished = asyncio.Semaphore(0)

    def finish(self) -> None:
        self._finished.release()

    async def work(self) -> None:
        while True:
            await self._finished.acquire()
            order = await self.orders.get()
            # The way back to Discord leads through the simulation's context.
            await asyncio.create_task(_deliver(order), context=self.delivery_context.copy())


async def _deliver(order: Order) -> None:
    file = discord.File(io.BytesIO(draw_picture()), "painting.png")
    await order.answer.edit_message(
        order.message_id,
        view=PaintingView(order.title, file, spoiler=order.spoiler),
        attachments=[file],
    )


class PaintingView(discord.ui.LayoutView):
    def __init__(self, title: str, file: discord.File, *, spoiler: bool) -> None:
        super().__init__(timeout=None)
        item = discord.MediaGalleryItem(file, description=title, spoiler=spoiler)
        row: discord.ui.ActionRow[PaintingView] = discord.ui.ActionRow(RenameButton())
        self.add_item(
            discord.ui.Container(
                discord.ui.TextDisplay(f"**{title}**"), discord.ui.MediaGallery(item), row
            )
        )


class RenameButton(discord.ui.Button[PaintingView]):
    def __init__(self) -> None:
        super().__init__(label="Rename", custom_id="rename")

    async def callback(self, interaction: discord.Interaction) -> None:
        await interaction.response.send_modal(RenameDialog())


class RenameDialog(discord.ui.Modal, title="Rename the painting"):
    name = discord.ui.Label(text="New name", component=discord.ui.TextInput[discord.ui.Modal]())

    async def on_submit(self, interaction: discord.Interaction) -> None:
        assert isinstance(self.name.component, discord.ui.TextInput)
        await interaction.response.send_message(f"Now called {self.name.component.value}")


class Easel(commands.Cog):
    """The toy's one command."""

    def __init__(self, studio: Studio) -> None:
        self._studio = studio

    @app_commands.command(name="paint", description="Paint a picture")
    @app_commands.describe(
        prompt="What to paint",
        model="Which model paints it",
        style="How it looks",
        reference="A picture to start from",
        spoiler="Hide it behind a spoiler",
        private="Show it to me alone",
    )
    @app_commands.choices(
        style=[app_commands.Choice(name=name, value=name.lower()) for name in ("Oil", "Ink")]
    )
    async def paint(
        self,
        interaction: discord.Interaction,
        prompt: str,
        model: str = _MODELS[0],
        style: str = "",
        reference: discord.Attachment | None = None,
        spoiler: bool = False,
        private: bool = False,
    ) -> None:
        answer = await interaction.response.defer(ephemeral=private)
        assert answer is not None
        assert answer.message_id is not None
        parts = [prompt, model, style]
        if reference is not None:
            parts.append(f"{len(await reference.read())} bytes")
        self._studio.orders.put_nowait(
            Order(
                title=" · ".join(filter(None, parts)),
                spoiler=spoiler,
                answer=interaction.followup,
                message_id=answer.message_id,
            )
        )

    @paint.autocomplete("model")
    async def suggest_models(
        self, _interaction: discord.Interaction, typed: str
    ) -> list[app_commands.Choice[str]]:
        return [app_commands.Choice(name=name, value=name) for name in _MODELS if typed in name]


class ToyPainter(commands.AutoShardedBot):
    """Sharded, with no privileged intent, as the real bot is."""

    def __init__(self, studio: Studio) -> None:
        super().__init__(
            commands.when_mentioned, intents=discord.Intents(guilds=True), shard_count=1
        )
        self._studio = studio

    async def setup_hook(self) -> None:
        self._studio.delivery_context = contextvars.copy_context()
        await self.add_cog(Easel(self._studio))
        await self.tree.sync()


@asynccontextmanager
async def open_studio() -> AsyncIterator[Studio]:
    """A studio at work; enter it before the simulation, which owns all that begins inside it."""
    studio = Studio()
    worker = asyncio.create_task(studio.work())
    try:
        yield studio
    finally:
        worker.cancel()
        await asyncio.wait([worker])
