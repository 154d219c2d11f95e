"""The Discord client: intents, cogs loaded by name, and a command tree synced when it changed."""

import hashlib
import json
import time
from collections.abc import Sequence
from typing import Generic, Protocol, TypeVar

import aiohttp
import discord
import structlog
import yarl
from discord import app_commands
from discord.ext import commands
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bot.text.words import translations_digest
from bot.ui.client.command_translator import CommandTranslator
from bot.ui.client.connection import ClientConnection
from bot.ui.parts.action_select import ActionSelect
from bot.ui.parts.actions import ActionButton, ActionRegistry
from bot.ui.parts.availability import EVERYWHERE, FOR_ALL
from bot.ui.parts.interaction_watch import InteractionWatch
from bot.ui.parts.presenter import present_error

log = structlog.get_logger(__name__)

EXTENSIONS = (
    "cogs.cancel",
    "cogs.channel",
    "cogs.channel_setup",
    "cogs.confirm",
    "cogs.contest",
    "cogs.defaults",
    "cogs.help",
    "cogs.imagine",
    "cogs.library",
    "cogs.moderation",
    "cogs.moderation_log",
    "cogs.presets",
    "cogs.privacy",
    "cogs.quota",
    "cogs.quotas",
    "cogs.results",
    "cogs.reviews",
    "cogs.server",
    "cogs.showroom",
    "cogs.starboard",
    "cogs.stats",
    "cogs.tools",
    "cogs.style",
    # Behind the group that their commands are in.
    "cogs.battles",
    "cogs.style_rules",
    "cogs.style_examples",
    "cogs.style_references",
    "cogs.vote_checks",
    "cogs.why",
    # Behind the cog whose command they add to.
    "cogs.rounds",
)

_LEFT_UNREAD = ("MESSAGE_CREATE", "MESSAGE_UPDATE")
"""Events that come along with the deletions of messages, and that nobody here listens to."""

_Services = TypeVar("_Services")


class StartError(Exception):
    """The bot cannot start; the message is one sentence for the operator."""


class TreeMemory(Protocol):
    """Remembers which command tree was synced last."""

    async def is_current(self, fingerprint: str) -> bool:
        """Whether this tree is the one that was synced last."""

    async def remember(self, fingerprint: str) -> None:
        """Write down that this tree was synced."""


class GondolaTree(app_commands.CommandTree[discord.AutoShardedClient]):
    """A command tree whose errors go to the one presenter."""

    async def on_error(
        self, interaction: discord.Interaction, error: app_commands.AppCommandError, /
    ) -> None:
        """Show an error of any command."""
        await present_error(interaction, error)


class Gondola(commands.AutoShardedBot, Generic[_Services]):
    """The bot as Discord sees it. `services` are what the cogs are handed."""

    def __init__(
        self,
        *,
        services: _Services,
        connection: ClientConnection,
        tree_memory: TreeMemory,
        extensions_to_load: Sequence[str] = EXTENSIONS,
        shard_count: int | None = None,
        watch: InteractionWatch | None = None,
    ) -> None:
        self.watch = watch or InteractionWatch(time.monotonic)
        # The bot never speaks: what voice would need is not missed.
        discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False
        # Deletions of messages arrive under guild_messages; no intent is a privileged one.
        super().__init__(
            command_prefix=commands.when_mentioned,
            help_command=None,
            intents=discord.Intents(guilds=True, guild_messages=True),
            tree_cls=GondolaTree,
            allowed_mentions=discord.AllowedMentions.none(),
            allowed_installs=FOR_ALL,
            allowed_contexts=EVERYWHERE,
            max_messages=None,
            shard_count=shard_count,
            http_trace=self.watch.trace(),
        )
        self.services = services
        self.connection = connection
        self.actions = ActionRegistry(present_error)
        self._tree_memory = tree_memory
        self._to_load = tuple(extensions_to_load)
        self._leave_messages_unread()

    async def setup_hook(self) -> None:
        """After the login, before the gateway: load the cogs and tell Discord of new commands."""
        self.add_dynamic_items(ActionButton, ActionSelect)
        for name in self._to_load:
            await self.load_extension(name)
        await self.tree.set_translator(CommandTranslator())
        await self._sync_if_changed()
        self.connection.opened(self)

    @property
    def is_online(self) -> bool:
        """Whether every shard hears Discord."""
        return self.is_ready() and not any(shard.is_closed() for shard in self.shards.values())

    def dispatch(self, event: str, /, *args: object, **kwargs: object) -> None:
        """Tell listeners of an event; the watch hears of interactions before any of them."""
        match args:
            case (discord.Interaction() as interaction,) if event == "interaction":
                self.watch.arrived(interaction)
            case _:
                pass
        super().dispatch(event, *args, **kwargs)

    async def on_ready(self) -> None:
        """Say that the bot is there."""
        log.info("ready", user=str(self.user), servers=len(self.guilds))

    def _leave_messages_unread(self) -> None:
        """Have discord.py pass over these events, as it does over those that it does not know.

        It would make objects of every message of every server. No public option prevents that.
        """
        for event in _LEFT_UNREAD:
            del self._connection.parsers[event]

    async def _sync_if_changed(self) -> None:
        fingerprint = self._fingerprint()
        if await self._tree_memory.is_current(fingerprint):
            return
        await self.tree.sync()
        await self._tree_memory.remember(fingerprint)
        log.info("commands_synced", count=len(self.tree.get_commands()))

    def _fingerprint(self) -> str:
        """A hash of all that Discord's picture of the commands comes from, and of the app.

        The translations count as files: to look each text up in each of Discord's languages takes
        longer than all else at a start.
        """
        commands = [command.to_dict(self.tree) for command in self.tree.get_commands()]
        text = json.dumps(
            [self.application_id, commands, translations_digest()], sort_keys=True, default=str
        )
        return hashlib.sha256(text.encode()).hexdigest()


def use_servers(*, api_url: str | None, gateway_url: str | None) -> None:
    """Use a proxy or a test server instead of Discord itself, for the whole process."""
    if api_url:
        Route.BASE = api_url
    if gateway_url:
        DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(gateway_url)


async def connect(client: discord.Client, token: str) -> None:
    """Log in and stay connected until the client is closed.

    Raises:
        StartError: if Discord refuses the token or the intents, or cannot be reached.
    """
    try:
        await client.start(token)
    except discord.LoginFailure:
        raise StartError(
            "Discord refused DISCORD_TOKEN. Copy the bot's token anew from the developer portal."
        ) from None
    except discord.PrivilegedIntentsRequired:
        raise StartError("Discord refused the bot's intents.") from None
    except discord.GatewayNotFound:
        raise StartError("Discord's gateway cannot be found. Is Discord down?") from None
    except aiohttp.ClientConnectionError as error:
        raise StartError(f"Discord cannot be reached: {error}.") from None
