"""What a bot that runs as a process needs around it: a Discord and an image API on loopback."""

from typing import Protocol

from tests.wire.discord import LoopbackDiscord

KEY = "test-key"


class ImageApi(Protocol):
    """A server that paints."""

    @property
    def base_url(self) -> str:
        """Where it is."""
        ...


def settings_for(discord: LoopbackDiscord, venice: ImageApi) -> dict[str, str]:
    """The settings by which a bot finds both."""
    return {
        "DISCORD_TOKEN": discord.token,
        "DISCORD_API_URL": discord.api_url,
        "DISCORD_GATEWAY_URL": discord.gateway_url,
        "VENICE_API_KEY": KEY,
        "VENICE_BASE_URL": venice.base_url,
    }
