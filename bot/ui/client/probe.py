"""A look at Discord without the gateway: who the bot is, and what it may do where."""

import asyncio
from dataclasses import dataclass

import aiohttp
import discord
from discord.http import Route

NEEDED_PERMISSIONS = ("view_channel", "send_messages", "embed_links", "attach_files")

_TIMEOUT_S = 30.0
_PAGE = 200
_MOST_PAGES = 50


class ProbeError(Exception):
    """Discord could not be asked; the message says why."""


class TokenRefused(ProbeError):
    """Discord does not know the token."""


@dataclass(frozen=True, slots=True)
class SeenServer:
    """A server, and which permissions that the bot needs its roles lack there."""

    name: str
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SeenDiscord:
    """The bot as Discord has it. `flags` are those of its application that are on."""

    bot_name: str
    flags: tuple[str, ...]
    servers: tuple[SeenServer, ...]


async def probe(token: str, *, api_url: str | None) -> SeenDiscord:
    """Log in, and read.

    Args:
        token: the bot's.
        api_url: a proxy or test server instead of Discord, for the whole process.

    Raises:
        TokenRefused: if Discord does not know the token.
        ProbeError: if it cannot be asked.
    """
    if api_url:
        Route.BASE = api_url
    client = discord.Client(intents=discord.Intents.none())
    try:
        async with asyncio.timeout(_TIMEOUT_S), client:
            await client.login(token)
            application = await client.application_info()
            return SeenDiscord(
                bot_name=str(client.user),
                flags=tuple(name for name, is_on in application.flags if is_on),
                servers=await _servers(client),
            )
    except discord.LoginFailure as error:
        raise TokenRefused("the token was refused") from error
    except (discord.HTTPException, aiohttp.ClientError, OSError, TimeoutError) as error:
        raise ProbeError(f"{type(error).__name__}: {error}") from error


async def _servers(client: discord.Client) -> tuple[SeenServer, ...]:
    """The list has the bot's permissions by its roles; a channel may still take some away."""
    seen: list[SeenServer] = []
    after = None
    for _ in range(_MOST_PAGES):
        page = await client.http.get_guilds(_PAGE, after=after, with_counts=False)
        for guild in page:
            granted = discord.Permissions(int(guild["permissions"]))
            seen.append(SeenServer(guild["name"], _missing(granted)))
        if len(page) < _PAGE:
            break
        after = page[-1]["id"]
    return tuple(seen)


def _missing(granted: discord.Permissions) -> tuple[str, ...]:
    if granted.administrator:
        return ()
    return tuple(
        name.replace("_", " ") for name in NEEDED_PERMISSIONS if not getattr(granted, name)
    )
