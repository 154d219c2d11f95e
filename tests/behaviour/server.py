"""A Discord server with Gondola in it, acted on as members do."""

import asyncio
import contextlib
import io
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import discord
import simcord
from PIL import Image
from simcord import ChannelHandle, GuildHandle, MemberActor
from simcord.results import InteractionResult

from bot.app import App, open_app
from bot.domain.errors import GondolaError
from bot.settings import Settings
from sandbox.demo.cdn import SimulatedCdn
from sandbox.venice.faults import Fault, Held
from sandbox.venice.server import VeniceStandIn
from tests.clock import AdvancedClock

API_KEY = "test-key"

ANY_NUMBER = 1_000

SETTLED_WITHIN_S = 60.0
"""Only a bot that hangs takes so long; a machine with other work is slow."""


@dataclass
class Server:
    """One server, one channel, two members."""

    settings: Settings
    running: contextlib.AsyncExitStack
    clock: AdvancedClock
    cdn: SimulatedCdn
    env: simcord.Env
    app: App
    guild: GuildHandle
    general: ChannelHandle
    alice: MemberActor
    bob: MemberActor

    async def imagine(self, prompt: str, **options: Any) -> InteractionResult:
        """Alice types `/imagine` and waits until the bot has nothing left to do."""
        result = await self.alice.slash(self.general, "imagine", prompt=prompt, **options)
        await self.finish()
        return result

    async def press(
        self, member: MemberActor, message: discord.Message, label: str
    ) -> InteractionResult:
        """A member presses a button and waits until the bot has nothing left to do."""
        result = await member.click(message, label=label)
        await self.finish()
        return result

    async def fill_in(
        self, member: MemberActor, form: InteractionResult, **values: str | list[str]
    ) -> InteractionResult:
        """A member sends a form and waits until the bot has nothing left to do."""
        result = await member.submit_modal(form, values)
        await self.finish()
        return result

    def add_moderator(self) -> MemberActor:
        """A member who may manage messages."""
        role = self.guild.create_role(
            "moderators", permissions=discord.Permissions(manage_messages=True)
        )
        return self.guild.add_member(self.env.create_user("mona"), roles=[role])

    @contextlib.contextmanager
    def refusing(self, method: str, path: str, *, status: int, code: int) -> Iterator[None]:
        """Discord refuses these calls, however many there are: progress on a slow machine too."""
        self.env.inject_error(method, path, status=status, code=code, times=None)
        fault = self.env.backend.faults[-1]
        yield
        self.env.backend.faults.remove(fault)

    async def demote(self, member: MemberActor) -> None:
        """A member loses their roles."""
        guild = self.app.client.get_guild(self.guild.id)
        assert guild is not None
        for role in (await guild.fetch_member(member.id)).roles[1:]:
            await self.app.client.http.remove_role(guild.id, member.id, role.id)
        await self.env.settle()

    async def restart(self) -> None:
        """The bot stops, and starts anew on the same database and folder."""
        await self.running.aclose()
        self.app = await self.running.enter_async_context(
            open_app(self.settings, clock=self.clock, shard_count=1, fetcher=self.cdn)
        )
        self.cdn.serve(self.app.client)
        await self.env.restart_bot(self.app.client)

    async def wait(self, ahead: timedelta) -> None:
        """Time passes, and what fell due meanwhile is done."""
        self.clock.move(ahead)
        await self.app.scheduler.look()
        await self.finish()

    async def finish(self) -> None:
        """Let the workers do all there is to do, and the simulation take it in."""
        await self.app.pool.idle()
        await self.env.settle()


@contextlib.contextmanager
def painting(venice: VeniceStandIn) -> Iterator[None]:
    """Venice is at it until the block ends, however fast or slow the machine is."""
    released = asyncio.Event()
    venice.faults.add(Fault(Held(released), route="/image/generate", times=ANY_NUMBER))
    try:
        yield
    finally:
        released.set()


@contextlib.asynccontextmanager
async def open_server(settings: Settings) -> AsyncIterator[Server]:
    """The bot, logged in to a new server."""
    async with contextlib.AsyncExitStack() as running:
        cdn, clock = SimulatedCdn(), AdvancedClock()
        app = await running.enter_async_context(
            open_app(settings, clock=clock, shard_count=1, fetcher=cdn)
        )
        cdn.serve(app.client)
        env = simcord.Env(app.client, check_errors=False, settle_timeout=SETTLED_WITHIN_S)
        await env.start()
        try:
            guild = env.create_guild("Venice")
            yield Server(
                settings=settings,
                running=running,
                clock=clock,
                cdn=cdn,
                env=env,
                app=app,
                guild=guild,
                general=guild.create_text_channel("general"),
                alice=guild.add_member(env.create_user("alice")),
                bob=guild.add_member(env.create_user("bob")),
            )
        finally:
            await env.shutdown()
            unexpected = [error for error in env.errors if not _is_expected(error)]
    assert unexpected == []


def _is_expected(error: BaseException) -> bool:
    """Refusals are raised on purpose and shown by the presenter."""
    original = getattr(error, "original", error)
    return isinstance(original, GondolaError)


def answer(result: InteractionResult) -> discord.Message:
    """The message that answers a command, as it is now."""
    assert result.response is not None
    return result.response.message


def text_of(message: discord.Message) -> str:
    """All the text of a message."""
    return "\n".join(
        component.content
        for component in _walk(message.components)
        if isinstance(component, discord.TextDisplay)
    )


def gallery_of(message: discord.Message) -> list[discord.MediaGalleryItem]:
    """The pictures that a message shows."""
    return [
        item
        for component in _walk(message.components)
        if isinstance(component, discord.MediaGalleryComponent)
        for item in component.items
    ]


def buttons_of(message: discord.Message) -> list[list[str]]:
    """What the buttons of a message say, by row."""
    return [
        [f"{button.label}" for button in component.children if isinstance(button, discord.Button)]
        for component in _walk(message.components)
        if isinstance(component, discord.ActionRow)
    ]


def thumbnails_of(message: discord.Message) -> list[discord.ThumbnailComponent]:
    """The thumbnails beside a message's texts."""
    return [
        component.accessory
        for component in _walk(message.components)
        if isinstance(component, discord.SectionComponent)
        and isinstance(component.accessory, discord.ThumbnailComponent)
    ]


def every_button_of(message: discord.Message) -> list[discord.Button]:
    """The buttons of a message, those beside a text included."""
    return [
        button
        for component in _walk(message.components)
        for button in (component, getattr(component, "accessory", None))
        if isinstance(button, discord.Button)
    ]


async def send_prompt(
    server: Server, member: MemberActor, form: InteractionResult, prompt: str | None = None
) -> discord.Message:
    """Send the form with a prompt in it, changed or as it came; returns the answer."""
    field = field_of(form)
    sent = await server.fill_in(member, form, **{field["custom_id"]: prompt or field["value"]})
    return answer(sent)


def field_of(form: InteractionResult) -> dict[str, Any]:
    """The only text field of a form."""
    assert form.modal is not None
    [label] = form.modal["components"]
    field: dict[str, Any] = label["component"]
    return field


def _walk(components: Any) -> Iterator[Any]:
    for component in components:
        yield component
        yield from _walk(getattr(component, "children", ()))


async def picture(attachment: discord.Attachment) -> Image.Image:
    """An attached picture, decoded."""
    return Image.open(io.BytesIO(await attachment.read()))
